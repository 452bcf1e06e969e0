"""Nodes of branch and price: the linear program over tours, with options closed.

What is decided only closes options, so tours are priced as before, and every node has a
bound of its own.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from itertools import count

import numpy as np
import numpy.typing as npt

from models.machine_code import NEVER
from models.roster.columns.graphs import Graphs
from models.roster.columns.master import Tour
from models.roster.columns.node_program import NodeProgram, Now
from models.roster.columns.pricing import Pricer
from models.roster.columns.shared import Shared
from models.roster.columns.units import FINE
from models.roster.halting import Halt, go_on
from models.roster.rounding import raised

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Closed = list[npt.NDArray[np.bool_]]  # by agent: options, then days off

_ROUNDS = 60  # of pricing in a step of a dive; a node of the tree is priced out
_TRUST = 0.5  # weight of the prices that proved the most
_CLOSE_ENOUGH = 0.02  # steps between program and bound at which a node is solved


@dataclass(eq=False)
class Node:
    """What is closed, and what all rosters of it cost at least (cost units).

    ``people`` are the prices of headcounts that proved the most, ``proved`` (fine).
    """

    closed: Closed
    bound: int
    people: Ints | None = None
    proved: int = -(1 << 62)


@dataclass(frozen=True, eq=False)
class Solved:
    """A node's bound; ``shares[a]`` of each option and day off of agent ``a``.

    ``objective`` is of its program, cost units; ``tours`` are (agent, options by day,
    share) of the tours in use.
    """

    bound: int
    objective: float
    shares: list[Floats]
    tours: Sequence[tuple[int, Ints, float]]


@dataclass(frozen=True, eq=False)
class Priced:
    """A bound, what options of each agent cost at least (fine units), new tours."""

    bound: int
    every: list[Ints]
    added: int


@dataclass(eq=False)
class Nodes:
    """What solves the nodes of one problem.

    Parameters
    ----------
    step
        What all costs are multiples of.
    found
        Called with tours for all agents (options by day); returns what the roster
        costs.
    pool
        Tours to begin with.
    cost
        Of the best roster, cost units: nodes are of interest that may have a better.
    """

    pricer: Pricer
    graphs: Graphs
    shared: Shared
    step: int
    found: Callable[[Mapping[int, Ints]], int]
    halt: Halt
    pool: Sequence[Tour]
    cost: int
    kinds: list[int] = field(init=False)
    program: NodeProgram = field(init=False)
    _tours: dict[int, list[Tour]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        kinds = {a: c for c, k in enumerate(self.pricer.classes) for a in k.members}
        self.kinds = [kinds[a] for a in range(len(kinds))]
        for tour in self.pool:
            self._tours.setdefault(tour.kind, []).append(tour)
        self.program = self._program(range(len(kinds)))

    def _program(self, agents: Iterable[int]) -> NodeProgram:
        """Return a program with the pool's tours of some agents."""
        program = NodeProgram(self.pricer, self.shared, self.kinds, self.step)
        for a in agents:
            for tour in self._tours.get(self.kinds[a], []):
                program.put(a, tour)
        return program

    def beside(self, agents: Iterable[int]) -> "Nodes":
        """Return the same with a program of its own, small: the pool of some agents."""
        other = copy(self)
        other.program = self._program(agents)
        return other

    def open(self, bound: int) -> Node:
        """Return a node with nothing closed."""
        closed = [
            np.zeros(self.graphs.options(c) + self.graphs.days, dtype=np.bool_)
            for c in self.kinds
        ]
        return Node(closed, bound)

    def keep(self, node: Node, a: int, options: Ints) -> None:
        """Leave an agent one tour only."""
        node.closed[a][:] = True
        node.closed[a][self.used(a, options)] = False

    def is_done(self, bound: int) -> bool:
        """Whether no roster that costs so much is better than the best."""
        return raised(bound, self.step) >= self.cost

    def used(self, a: int, options: Ints) -> Ints:
        """Return an agent's options of a tour, days off included."""
        off = self.graphs.options(self.kinds[a]) + np.arange(self.graphs.days)
        return np.where(options >= 0, options, off)

    def solve(self, node: Node, *, fix: bool, enough: float = 0.0) -> Solved | None:
        """Price a node's tours; ``None`` where no roster of it is better.

        With ``fix`` its options are closed that cannot be in a better roster. No more
        tours are priced where the program costs ``enough`` (cost units) or less.
        """
        bound = self._generate(node, fix, enough)
        if bound is None or self.is_done(bound):
            return None
        now = self.program.solve(self.halt)
        if now.is_whole:
            self.cost = min(self.cost, self.found({a: o for a, o, _ in now.tours}))
        if self.is_done(bound):
            return None
        return Solved(bound, now.objective, self._shares(now.tours), now.tours)

    def _generate(self, node: Node, fix: bool, enough: float) -> int | None:
        """Find the tours that a node needs; return its bound, ``None``: no roster."""
        program, best = self.program, node.bound
        program.close(node.closed)
        for number in count(1):
            go_on(self.halt)
            now = program.solve(self.halt)
            if now.objective <= enough:
                break
            priced = self._price_between(node, now)
            if priced is None:
                return None
            best = max(best, -(-priced.bound // FINE))
            if fix:
                self._fix(node, priced)
            lacks = now.objective - priced.bound / FINE
            done = self.is_done(best) or lacks < _CLOSE_ENOUGH * self.step
            if done or not priced.added or (number == _ROUNDS and not fix):
                break
            program.close(node.closed)
        return best

    def _price_between(self, node: Node, now: Now) -> Priced | None:
        """Price between the program's prices and those that proved the most so far.

        Where that finds no tour, at the program's (smoothing; Wentges, 1997).
        """
        if node.people is not None:
            mixed = np.rint(_TRUST * node.people + (1 - _TRUST) * now.people)
            priced = self._price(node, now, mixed.astype(np.int64))
            if priced is None or priced.added:
                return priced
        return self._price(node, now, now.people)

    def _price(self, node: Node, now: Now, people: Ints) -> Priced | None:
        """Price at some prices; ``None`` where an agent has no tour left."""
        every, added = [], 0
        for a, c in enumerate(self.kinds):
            costs = self.graphs.costs(c, self.program.values, people)
            costs[node.closed[a]] = -NEVER
            by_option, tours = self.graphs.through(c, costs, now.most[a])
            if by_option.min(initial=-NEVER) >= -NEVER:
                return None
            every.append(by_option)
            added += sum(self.program.add(a, row) for row in tours)
        needed = sum(
            price * row.needed
            for price, row in zip(people.tolist(), self.shared.headcounts, strict=True)
        )
        bound = needed + sum(int(own.min()) for own in every)
        if node.people is None or bound > node.proved:
            node.people, node.proved = people, bound
        return Priced(bound, every, added)

    def _fix(self, node: Node, priced: Priced) -> None:
        """Close what costs so much more than the cheapest that no better roster has it.

        All costs are multiples of the step, so a better roster costs one less.
        """
        room = (self.cost - self.step) * FINE - priced.bound
        for own, by_option in zip(node.closed, priced.every, strict=True):
            own |= by_option > by_option.min() + room

    def _shares(self, tours: Sequence[tuple[int, Ints, float]]) -> list[Floats]:
        shares = [
            np.zeros(self.graphs.options(c) + self.graphs.days) for c in self.kinds
        ]
        for a, options, share in tours:
            shares[a][self.used(a, options)] += share
        return shares
