"""Rosters: following the fractional plan, then exchanging and annealing.

Every roster is legal and whole from the moment all agents have a week.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import exp, log

import numpy as np
import numpy.typing as npt

from models.roster.columns.average import Average, average
from models.roster.columns.kernels.books import (
    Demand,
    LegTable,
    State,
    Targets,
    TourTable,
    WorkTable,
)
from models.roster.columns.kernels.follow import follow
from models.roster.columns.kernels.search import renew, shared_cost
from models.roster.columns.master import Master, Solution
from models.roster.columns.pricing import Pricer
from models.roster.columns.rounds import prices_of
from models.roster.columns.tables import (
    demand,
    empty_state,
    leg_table,
    tour_table,
    work_table,
)
from models.roster.columns.units import FINE, HOUR
from models.roster.problem import FULL_SPEED, UNIT

Ints = npt.NDArray[np.int64]

_AT_ONCE = 50  # agents between two looks at the clock
_ANY_PRICE = 1 << 60
_CREWS = (1, 1, 1, 2, 2, 3, 4, 6)  # agents who are taken off together
_KEEP = 0.3  # share of exchanges in which shifts stay as they are
_BLUR = (0, 0, 20, 100)  # thousandths by which agents misjudge


class Halted(Exception):
    """The search was told to end."""


@dataclass(eq=False)
class Local:
    """The best roster so far, and one that is being worked on.

    ``cost`` and ``best_cost`` are cost units; ``best`` is ``None`` until there is one.
    ``halt`` is asked often whether to end; if so ``Halted`` is raised.
    """

    pricer: Pricer
    seed: int
    halt: Callable[[], bool] = lambda: False
    best: State | None = None
    best_cost: int | None = None
    works: WorkTable = field(init=False)
    legs: LegTable = field(init=False)
    tours: TourTable = field(init=False)
    demand: Demand = field(init=False)

    def __post_init__(self) -> None:
        self.works, self.legs = work_table(self.pricer), leg_table(self.pricer)
        self.tours, self.demand = tour_table(self.pricer), demand(self.pricer.problem)
        self.state = empty_state(self.pricer)
        self._draws = np.random.Generator(np.random.PCG64(self.seed))
        self._blur = np.array([2 * self.seed + 88172645463325252], dtype=np.int64)

    @property
    def agents(self) -> int:
        """Number of agents."""
        return len(self.pricer.problem.agents)

    def cost(self) -> int:
        """Return what the roster costs that is being worked on, cost units."""
        own = int(self.state.own.sum()) // FINE
        return int(shared_cost(self.demand, self.state)) + own

    def keep(self) -> bool:
        """Remember the present roster if it is the best; say whether it is."""
        cost = self.cost()
        if self.best_cost is not None and cost >= self.best_cost:
            return False
        self.best, self.best_cost = copied(self.state), cost
        return True

    def back_to_best(self) -> None:
        """Go on from the best roster."""
        if self.best is not None:
            self.state = copied(self.best)

    def place(self) -> None:
        """Give everybody a week, each as if those placed so far were all."""
        self.state = empty_state(self.pricer)
        for a in self._draws.permutation(self.agents):
            self._renew(np.array([a]), keep=False, blur=0, slack=_ANY_PRICE)

    def follow(self, master: Master, solution: Solution, pull: float) -> None:
        """Give everybody a week that follows a fractional plan as near as can be."""
        shares = average(master, solution)
        targets = self._targets(master, solution, shares, pull)
        state = empty_state(self.pricer)
        state.cover[:] = shares.cover[state.kind].sum(axis=0)
        state.room[:] = shares.room[state.kind].sum(axis=0)
        fixed = empty_state(self.pricer).cover
        state.cover[:] += fixed
        for replaces in (1, 0):
            order = self._draws.permutation(self.agents)
            for some in np.array_split(order, -(-self.agents // _AT_ONCE)):
                self._go_on()
                follow(
                    self.works,
                    self.legs,
                    self.tours,
                    state,
                    targets,
                    some,
                    shares.cover,
                    shares.room,
                    replaces,
                )
        self.state = state

    def _go_on(self) -> None:
        if self.halt():
            raise Halted

    def _targets(
        self, master: Master, solution: Solution, shares: Average, pull: float
    ) -> Targets:
        state = empty_state(self.pricer)
        prices = prices_of(self.pricer, master.shared, solution.duals)
        hour = UNIT * FINE * self.pricer.problem.period / 60 / FULL_SPEED
        return Targets(
            cover=state.cover + shares.cover[state.kind].sum(axis=0).astype(float),
            price=(prices.cover + prices.heads).astype(float),
            pull=pull * hour / 100,
            room=shares.room[state.kind].sum(axis=0).astype(float),
            room_price=prices.room.astype(float),
            room_pull=_ROOM_PULL * pull * UNIT * FINE / HOUR**2,
        )

    def sweep(self, *, keep: bool) -> int:
        """Let each agent answer all others once; return what is saved, cost units."""
        saved = 0
        for a in self._draws.permutation(self.agents):
            saved -= self._renew(np.array([a]), keep=keep, blur=0, slack=0)
        return saved // FINE

    def exchange(self, heat: float) -> int:
        """Take a few agents off and let them answer; return what it costs, fine.

        What is up to ``heat`` paid hours worse may be taken, the worse the rarer
        (annealing; Kirkpatrick, Gelatt and Vecchi, 1983).
        """
        draws = self._draws
        crew = min(int(draws.choice(_CREWS)), self.agents)
        slack = -heat * log(1 - draws.random()) if heat else 0.0
        return self._renew(
            draws.choice(self.agents, crew, replace=False),
            keep=bool(draws.random() < _KEEP),
            blur=int(draws.choice(_BLUR)),
            slack=int(slack * UNIT * FINE),
        )

    def _renew(self, agents: Ints, *, keep: bool, blur: int, slack: int) -> int:
        self._go_on()
        return renew(
            self.works,
            self.legs,
            self.tours,
            self.demand,
            self.state,
            agents,
            int(keep),
            blur,
            slack,
            self._blur,
        )


def copied(state: State) -> State:
    """Return a state that does not change with another."""
    return State(
        kind=state.kind,
        options=state.options.copy(),
        codes=state.codes.copy(),
        own=state.own.copy(),
        cover=state.cover.copy(),
        room=state.room.copy(),
    )


_ROOM_PULL = 0.25  # of the pull on cover


def cooled(hot: float, cold: float, done: float) -> float:
    """Return the heat when a share of the way from hot to cold is done.

    >>> round(cooled(8, 2, 0.5), 6)
    4.0
    """
    return hot * exp(done * log(cold / hot))
