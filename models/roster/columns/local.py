"""Rosters: following the fractional plan, answering, exchanging.

Every roster is legal and whole from the moment all agents have a week.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from models.roster.columns.average import Average, average
from models.roster.columns.best import Best, copied
from models.roster.columns.kernels.between import renew_all_free
from models.roster.columns.kernels.books import (
    MISSING,
    Demand,
    LegTable,
    State,
    Targets,
    TourTable,
    WorkTable,
)
from models.roster.columns.kernels.follow import follow
from models.roster.columns.kernels.heads import count_heads, heads_cost
from models.roster.columns.kernels.renew import renew, renew_day
from models.roster.columns.kernels.search import own_cost
from models.roster.columns.kernels.shared import give, shared_cost
from models.roster.columns.master import Master, Solution
from models.roster.columns.pricing import Pricer
from models.roster.columns.rounds import prices_of
from models.roster.columns.tables import (
    demand,
    empty_state,
    leg_table,
    work_table,
)
from models.roster.columns.taken import Week
from models.roster.columns.units import FINE, HOUR
from models.roster.halting import Halt, go_on, never
from models.roster.problem import FULL_SPEED, REQUIRED_COST, TOUR_GOALS, UNIT

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

_AT_ONCE = 50  # agents between two looks at the clock
_ANY_PRICE = 1 << 60


@dataclass(eq=False)
class Local:
    """A roster that is being worked on, ``state``, and the best one so far.

    ``halt`` is asked often whether to end; if so ``Halted`` is raised. ``late_prices``
    by target is what a late call less is worth, as far as is known (fine units).
    """

    pricer: Pricer
    seed: int
    halt: Halt = never
    best: Best = field(default_factory=Best)
    works: WorkTable = field(init=False)
    legs: LegTable = field(init=False)
    tours: TourTable = field(init=False)
    demand: Demand = field(init=False)

    def __post_init__(self) -> None:
        self.works, self.legs = work_table(self.pricer), leg_table(self.pricer)
        self.tours = self.pricer.book.costing(TOUR_GOALS)
        self.demand = demand(self.pricer.problem)
        self.state = self._empty()
        self._table = np.zeros(
            (self.pricer.problem.periods + 1, self.works.longest + 1), dtype=np.int64
        )
        self.draws = np.random.Generator(np.random.PCG64(self.seed))
        self.late_prices = np.zeros(len(self.demand.late_allowed), dtype=np.int64)
        self._blur = np.array([2 * self.seed + 88172645463325252], dtype=np.int64)

    @property
    def agents(self) -> int:
        """Number of agents."""
        return len(self.pricer.problem.agents)

    def cost(self) -> int:
        """Return what the roster costs that is being worked on, cost units."""
        return cost_of(self.works, self.demand, self.state)

    def is_legal(self) -> bool:
        """Whether all have a week, and the required rules that join agents are kept."""
        return not (self.lacking().any() or self.broken().any())

    def lacking(self) -> Bools:
        """Return for each agent whether they have no week."""
        return np.asarray(self.state.own >= MISSING)

    def broken(self) -> Bools:
        """Return for each headcount whether it is required and not kept."""
        people = self.state.heads // FULL_SPEED - self.demand.heads[:, 0]
        must = self.demand.heads[:, 1:] == REQUIRED_COST
        few, many = (people < 0) & must[:, 0], (people > 0) & must[:, 1]
        return np.asarray(few | many)

    def keep(self) -> bool:
        """Remember the present roster if it is the best; say whether it is."""
        return self.best.keep(self.state, self.cost(), is_legal=self.is_legal())

    def back_to_best(self) -> None:
        """Go on from the best roster."""
        if self.best.state is not None:
            self.state = copied(self.best.state)

    def place(self, known: Mapping[int, Week] | None = None) -> None:
        """Give everybody a week, each as if those placed so far were all.

        Those of whom a week is known begin with it.
        """
        self.state = self._empty()
        for a, week in (known or {}).items():
            self.put(a, week)
        for a in self.draws.permutation(self.agents):
            if a not in (known or {}):
                self.exchange(np.array([a]), keep=False, blur=0, slack=_ANY_PRICE)

    def _empty(self) -> State:
        state = empty_state(self.pricer)
        renew_all_free(self.works, state)
        return state

    def put(self, a: int, week: Week) -> None:
        """Give an agent a week."""
        state = self.state
        kind = int(state.kind[a])
        group = int(self.tours.group[kind])
        give(self.works, state, group, state.codes[a], -1)
        count_heads(self.tours, state, kind, state.options[a], -1)
        state.options[a], state.codes[a] = week
        state.own[a] = own_cost(
            self.works, self.tours, kind, state.options[a], state.codes[a]
        )
        give(self.works, state, group, state.codes[a], 1)
        count_heads(self.tours, state, kind, state.options[a], 1)

    def follow(self, master: Master, solution: Solution, pull: float) -> None:
        """Give everybody a week that follows a fractional plan as near as can be."""
        shares = average(master, solution)
        targets = self._targets(master, solution, shares, pull)
        state = empty_state(self.pricer)
        state.cover[:] = shares.cover[state.kind].sum(axis=0)
        state.room[:] = shares.room[state.kind].sum(axis=0)
        empty = empty_state(self.pricer)
        state.cover[:] += empty.cover
        state.heads[:] += shares.heads[state.kind].sum(axis=0)
        for replaces in (1, 0):
            order = self.draws.permutation(self.agents)
            for some in np.array_split(order, -(-self.agents // _AT_ONCE)):
                go_on(self.halt)
                follow(
                    self.works,
                    self.legs,
                    self.tours,
                    state,
                    targets,
                    some,
                    shares.cover,
                    shares.room,
                    shares.heads,
                    replaces,
                )
        renew_all_free(self.works, state)
        self.state = state

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
            heads=state.heads + shares.heads[state.kind].sum(axis=0).astype(float),
            head_price=prices.people.astype(float),
            head_pull=_HEAD_PULL * pull * UNIT * FINE / FULL_SPEED,
        )

    def sweep(self, *, keep: bool, least: int = 0) -> int:
        """Let each agent answer all others once; return what is saved, cost units.

        An answer counts that saves ``least`` (fine units) at least.
        """
        saved = 0
        for a in self.draws.permutation(self.agents):
            saved -= self.exchange(np.array([a]), keep=keep, blur=0, slack=-least)
        return saved // FINE

    def exchange(self, agents: Ints, *, keep: bool, blur: int, slack: int) -> int:
        """Take some agents off and let them answer; return what it costs, fine.

        With ``keep`` shifts stay as they are; ``blur`` is how far, in thousandths, an
        agent misjudges; what costs up to ``slack`` (fine) more is taken.
        """
        go_on(self.halt)
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
            self.late_prices,
            self._blur,
        )

    def exchange_day(
        self, agents: Ints, day: int, *, moves: int, blur: int, slack: int
    ) -> int:
        """Take some agents off a day; ``moves`` as in ``kernels.renew.renew_day``."""
        go_on(self.halt)
        return renew_day(
            self.works,
            self.legs,
            self.tours,
            self.demand,
            self.state,
            agents,
            day,
            moves,
            blur,
            slack,
            self.late_prices,
            self._blur,
            self._table,
        )


def cost_of(works: WorkTable, demand: Demand, state: State) -> int:
    """Return what a roster costs, cost units."""
    shared = int(shared_cost(works, demand, state)) + int(heads_cost(demand, state))
    return shared + int(state.own.sum()) // FINE


_ROOM_PULL = 0.25  # of the pull on cover
_HEAD_PULL = 8.0  # hours of a shift
