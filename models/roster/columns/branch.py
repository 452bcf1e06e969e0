"""Rosters of shifts to the end: branch and price.

The linear program over tours is solved again with single days of single agents decided:
off or not, this shift or not. What is decided only closes options, so tours are priced
as before, and every node has a bound of its own (Barnhart, Johnson, Nemhauser,
Savelsbergh and Vance, 1998). Before all else, options are closed whose cheapest tour
cannot be in a better roster.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from models.roster.columns.graphs import Graphs
from models.roster.columns.kernels.compiled import NEVER
from models.roster.columns.node_program import NodeProgram, Now
from models.roster.columns.pricing import Pricer
from models.roster.columns.shared import Shared
from models.roster.columns.units import FINE
from models.roster.halting import Halt, go_on
from models.roster.rounding import raised

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Closed = list[npt.NDArray[np.bool_]]  # by agent: options, then days off

_WHOLE = 1e-6
_ROUNDS = 60  # of pricing in a node
_DIVES = 0.6  # share of a tour from which on a dive keeps it
_CLOSE_ENOUGH = 0.02  # steps between program and bound at which a node is solved


@dataclass(eq=False)
class Node:
    """What is closed, and what all rosters of it cost at least (cost units)."""

    closed: Closed
    bound: int
    depth: int = 0


@dataclass(frozen=True, eq=False)
class Solved:
    """A node's bound; ``shares[a]`` of each option and day off of agent ``a``.

    ``tours`` are (agent, options by day, share) of the tours in use.
    """

    bound: int
    shares: list[Floats]
    tours: Sequence[tuple[int, Ints, float]]


@dataclass(eq=False)
class Branching:
    """Branch and price on one problem.

    Parameters
    ----------
    step
        What all costs are multiples of.
    better
        Called with tours for all agents (options by day) that cost less than ``cost``;
        returns what the roster costs.
    """

    pricer: Pricer
    graphs: Graphs
    shared: Shared
    step: int
    better: Callable[[dict[int, Ints]], int]
    halt: Halt
    bound: int
    cost: int
    kinds: list[int] = field(init=False)

    def __post_init__(self) -> None:
        kinds = {a: c for c, k in enumerate(self.pricer.classes) for a in k.members}
        self.kinds = [kinds[a] for a in range(len(kinds))]
        self.program = NodeProgram(self.pricer, self.shared, self.kinds, self.step)

    def search(self, first: Iterator[tuple[int, Ints]]) -> Iterator[None]:
        """Search to the end; ``first`` are tours to begin with, (class, options)."""
        members = [kind.members for kind in self.pricer.classes]
        for c, options in first:
            for a in members[c]:
                self.program.add(a, options)
        closed = [
            np.zeros(self.graphs.options(c) + self.graphs.days, dtype=np.bool_)
            for c in self.kinds
        ]
        root = Node(closed, self.bound)
        open_nodes = [root]
        self._dive(root)
        yield
        while open_nodes:
            node = open_nodes.pop()
            if self._is_done(node.bound):
                continue
            solved = self._solve(node, fix=True)
            if solved is not None and not self._is_done(solved.bound):
                children = self._children(node, solved)
                open_nodes += children
            least = min([n.bound for n in open_nodes], default=self.cost)
            self.bound = max(self.bound, min(least, self.cost))
            yield

    def _is_done(self, bound: int) -> bool:
        """Whether no roster that costs so much is better than the best."""
        return raised(bound, self.step) >= self.cost

    def _dive(self, root: Node) -> None:
        """Keep the tours of most weight and price again, until all agents have one."""
        node = Node([own.copy() for own in root.closed], root.bound)
        while True:
            solved = self._solve(node, fix=False)
            if solved is None or self._is_done(solved.bound):
                return
            kept = [t for t in solved.tours if t[2] >= 1 - _WHOLE]
            if len(kept) == len(self.kinds):
                return
            part = [t for t in solved.tours if t[2] < 1 - _WHOLE]
            part.sort(key=lambda t: -t[2])
            sure = [t for t in part if t[2] >= _DIVES] or part[:1]
            for a, options, _ in (*kept, *sure):
                node.closed[a][:] = True
                node.closed[a][self._used(a, options)] = False

    def _used(self, a: int, options: Ints) -> Ints:
        """Return an agent's options of a tour, days off included."""
        off = self.graphs.options(self.kinds[a]) + np.arange(self.graphs.days)
        return np.where(options >= 0, options, off)

    def _solve(self, node: Node, *, fix: bool) -> Solved | None:
        """Price a node's tours; ``None`` where no roster of it is better.

        With ``fix`` its options are closed that cannot be in a better roster.
        """
        program, best = self.program, node.bound
        program.close(node.closed)
        for _ in range(_ROUNDS):
            go_on(self.halt)
            now = program.solve(self.halt)
            every, added = self._price(node, now)
            if every is None:
                return None
            bound = now.shared + sum(int(own.min()) for own in every)
            best = max(best, -(-bound // FINE))
            if fix:
                self._fix(node, every, bound)
            if self._is_done(best):
                return None
            if not added or now.objective - bound / FINE < _CLOSE_ENOUGH * self.step:
                break
            program.close(node.closed)
        used = program.solve(self.halt)
        if used.is_whole:
            found = {a: options for a, options, _ in used.tours}
            self.cost = min(self.cost, self.better(found))
            if self._is_done(best):
                return None
        return Solved(best, self._shares(used.tours), used.tours)

    def _price(self, node: Node, now: Now) -> tuple[list[Ints] | None, int]:
        """Return what each agent's options cost at least, and how many tours are new.

        ``None`` where an agent has no tour left.
        """
        every, added = [], 0
        for a, c in enumerate(self.kinds):
            costs = self.graphs.costs(c, self.program.values, now.people)
            costs[node.closed[a]] = -NEVER
            by_option, tours = self.graphs.through(c, costs, now.most[a])
            if by_option.min(initial=-NEVER) >= -NEVER:
                return None, added
            every.append(by_option)
            added += sum(self.program.add(a, row) for row in tours)
        return every, added

    def _fix(self, node: Node, every: list[Ints], bound: int) -> None:
        """Close what costs so much more than the cheapest that no better roster has it.

        All costs are multiples of the step, so a better roster costs one less.
        """
        room = (self.cost - self.step) * FINE - bound
        for own, by_option in zip(node.closed, every, strict=True):
            own |= by_option > by_option.min() + room

    def _shares(self, tours: Sequence[tuple[int, Ints, float]]) -> list[Floats]:
        shares = [
            np.zeros(self.graphs.options(c) + self.graphs.days) for c in self.kinds
        ]
        for a, options, share in tours:
            shares[a][self._used(a, options)] += share
        return shares

    def _children(self, node: Node, solved: Solved) -> list[Node]:
        """Return two nodes that part a node, the more likely one last."""
        a, options = self._parted(solved.shares)
        count = self.graphs.options(self.kinds[a])
        day = self._day(a, int(options[0]))
        there = self.pricer.classes[self.kinds[a]].options.day_first[day : day + 2]
        of_day = np.append(np.arange(*there), count + day)
        with_, without = (
            Node([own.copy() for own in node.closed], solved.bound, node.depth + 1)
            for _ in range(2)
        )
        without.closed[a][options] = True
        others = np.setdiff1d(of_day, options)
        with_.closed[a][others] = True
        share = float(solved.shares[a][options].sum())
        return [without, with_] if share >= 0.5 else [with_, without]

    def _parted(self, shares: list[Floats]) -> tuple[int, Ints]:
        """Return an agent and what to decide about: a day off, else a shift."""
        best, found = _WHOLE, None
        for days_off in (True, False):
            for a, own in enumerate(shares):
                count = self.graphs.options(self.kinds[a])
                part = slice(count, None) if days_off else slice(0, count)
                doubt = np.minimum(own[part], 1 - own[part])
                if len(doubt) and doubt.max() > best:
                    best = float(doubt.max())
                    at = int(doubt.argmax()) + (count if days_off else 0)
                    found = a, np.array([at])
            if found is not None:
                return found
        raise LookupError("nothing is left to decide")

    def _day(self, a: int, option: int) -> int:
        c = self.kinds[a]
        count = self.graphs.options(c)
        if option >= count:
            return option - count
        first = self.pricer.classes[c].options.day_first
        return int(np.searchsorted(first, option, side="right")) - 1
