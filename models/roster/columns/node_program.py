"""The linear program over tours that branch and price solves again and again."""

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

from models.roster.columns.master import Tour
from models.roster.columns.pricing import Pricer, free
from models.roster.columns.rounds import tour_of
from models.roster.columns.shared import Shared
from models.roster.columns.units import FINE
from models.roster.halting import Halt, Halted, new_highs, run

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_SHARE = 1e-7
_WORTHWHILE = 1e-6  # steps by which a tour must promise to help
_NO_TOUR = 1e6  # steps that an agent without a tour costs
_MOST_CLOSED = 5_000  # tours left out that stay in the program
_DUAL, _PRIMAL = 1, 4  # ways of the simplex


@dataclass(frozen=True, eq=False)
class Now:
    """What the program says.

    Attributes
    ----------
    objective
        Cost units.
    people
        Prices of headcounts, fine units.
    shared
        The least that headcounts cost, people paid for, fine units.
    most
        By agent: what a tour must cost less than, people paid, to help (fine).
    tours
        (agent, options by day, share) of the tours in use.
    is_whole
        Whether every agent has one whole tour.
    """

    objective: float
    people: Ints
    shared: int
    most: list[int]
    tours: Sequence[tuple[int, Ints, float]]
    is_whole: bool


class NodeProgram:
    """One tour for each agent, people of each headcount; it grows by tours."""

    def __init__(
        self, pricer: Pricer, shared: Shared, kinds: Sequence[int], step: int
    ) -> None:
        self._pricer, self._shared, self._kinds = pricer, shared, kinds
        self._step = step
        self.values = pricer.values(free(pricer.problem))
        self._seen: set[tuple[int, bytes]] = set()
        self._agent: list[int] = []
        self._options: list[Ints] = []
        self._bounds = np.zeros(0)
        self._way = _PRIMAL
        self._highs = new_highs()
        for name, value in (
            ("threads", 1),
            ("presolve", "off"),
            ("solver", "simplex"),
        ):
            self._highs.setOptionValue(name, value)
        self._highs.passModel(self._empty())
        self._fixed = self._highs.getNumCol()

    def _empty(self) -> highspy.HighsLp:
        rows = self._shared.headcounts
        agents, count = len(self._kinds), len(self._shared.headcounts)
        lp = highspy.HighsLp()
        lp.num_row_, lp.num_col_ = agents + count, 2 * count + agents
        under = [row.under_cost / self._step for row in rows]
        over = [row.over_cost / self._step for row in rows]
        lp.col_cost_ = np.array(under + over + [_NO_TOUR] * agents)
        lp.col_lower_ = np.zeros(lp.num_col_)
        lp.col_upper_ = np.full(lp.num_col_, np.inf)
        right = [1.0] * agents + [float(row.needed) for row in rows]
        lp.row_lower_ = lp.row_upper_ = np.array(right)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = np.arange(lp.num_col_ + 1)
        of_rows = agents + np.arange(count)
        lp.a_matrix_.index_ = np.concatenate([of_rows, of_rows, np.arange(agents)])
        ones = np.ones(count)
        lp.a_matrix_.value_ = np.concatenate([ones, -ones, np.ones(agents)])
        return lp

    def add(self, a: int, options: Ints) -> bool:
        """Add a tour of an agent, open; say whether it is new."""
        if (a, options.tobytes()) in self._seen:
            return False
        self.put(a, tour_of(self._pricer, self._kinds[a], options))
        return True

    def put(self, a: int, tour: Tour) -> None:
        """Add a tour that is new."""
        options = np.array(tour.options, dtype=np.int64)
        self._seen.add((a, options.tobytes()))
        index = np.array(
            [a, *(len(self._kinds) + r for r, _ in tour.heads)], dtype=np.int32
        )
        values = np.array([1.0, *(float(amount) for _, amount in tour.heads)])
        cost = tour.cost / FINE / self._step
        self._highs.addCol(cost, 0.0, np.inf, len(index), index, values)
        self._agent.append(a)
        self._options.append(options)
        self._bounds = np.append(self._bounds, np.inf)
        self._way = _PRIMAL

    def close(self, closed: Sequence[npt.NDArray[np.bool_]]) -> None:
        """Leave out the tours that have a closed option; forget them if many."""
        if not self._agent:
            return
        every, agents = np.array(self._options), np.array(self._agent)
        days = np.arange(every.shape[1])
        upper = np.full(len(agents), np.inf)
        for a, own in enumerate(closed):
            mine = np.flatnonzero(agents == a)
            options = every[mine]
            used = np.where(options >= 0, options, len(own) - len(days) + days)
            upper[mine[own[used].any(axis=1)]] = 0.0
        changed = np.flatnonzero(upper != self._bounds)
        if len(changed):
            self._way = _PRIMAL if np.isinf(upper[changed]).any() else _DUAL
            self._highs.changeColsBounds(
                len(changed),
                (self._fixed + changed).astype(np.int32),
                np.zeros(len(changed)),
                upper[changed],
            )
        self._bounds = upper
        if np.count_nonzero(upper == 0) > _MOST_CLOSED:
            self._forget(np.flatnonzero(upper == 0))

    def _forget(self, tours: Ints) -> None:
        """Take tours out; pricing may find them again."""
        for x in tours:
            self._seen.remove((self._agent[x], self._options[x].tobytes()))
        left = np.setdiff1d(np.arange(len(self._agent)), tours, assume_unique=True)
        self._agent = [self._agent[x] for x in left]
        self._options = [self._options[x] for x in left]
        self._bounds = self._bounds[left]
        where = (self._fixed + tours).astype(np.int32)
        self._highs.deleteCols(len(where), where)

    def solve(self, halt: Halt) -> Now:
        """Solve it; raise ``Halted`` soon after ``halt``.

        The last basis is still feasible where there are more tours, and still optimal
        where there are fewer: each has a simplex of its own.
        """
        self._highs.setOptionValue("simplex_strategy", self._way)
        run(self._highs, halt)
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise Halted
        found = self._highs.getSolution()
        prices = np.array(found.row_dual) * self._step * FINE
        agents = len(self._kinds)
        rows = self._shared.headcounts
        people = np.clip(
            np.rint(prices[agents:]).astype(np.int64),
            np.array([-FINE * row.over_cost for row in rows], dtype=np.int64),
            np.array([FINE * row.under_cost for row in rows], dtype=np.int64),
        )
        least = _WORTHWHILE * self._step * FINE
        shares = np.array(found.col_value)[self._fixed :]
        used = np.flatnonzero(shares > _SHARE)
        tours = [(self._agent[x], self._options[x], float(shares[x])) for x in used]
        return Now(
            objective=self._highs.getInfo().objective_function_value * self._step,
            people=people,
            shared=sum(
                price * row.needed
                for price, row in zip(people.tolist(), rows, strict=True)
            ),
            most=[int(price - least) for price in prices[:agents]],
            tours=tours,
            is_whole=len(tours) == agents and bool((shares[used] > 1 - 1e-6).all()),
        )
