"""The master: which of the tours and patterns found so far, and how much of each.

A linear program in hours: one row for each class (its people have a tour each), each
leg (as many patterns as tours that work it), each period of cover, each cut period of
case work. Costs are paid hours, cover people, work hours.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

from models.errors import RingfenceError
from models.roster.columns.arrays import Arrays
from models.roster.columns.legs import Legs
from models.roster.columns.shared import Duals, Shared
from models.roster.columns.shared_rows import Program, SharedRows
from models.roster.columns.units import FINE
from models.roster.halting import Halt, new_highs, run
from models.roster.problem import UNIT

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int16]

_WORTHWHILE = 1e-7  # paid hours by which a tour must promise to help
_SHARE = 1e-6
_MANY = 16_000  # tours without patterns: from here on a program has about these
_NEW = 60  # of each class that are put into it at once


@dataclass(frozen=True, eq=False)
class Tour:
    """A tour of a class: its cost (fine units) and its options by day, -1: off.

    ``heads`` are rows of headcount and what it counts for in them.
    """

    kind: int
    cost: int
    options: tuple[int, ...]
    legs: tuple[int, ...]
    heads: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, eq=False)
class Pattern:
    """What fills a leg: codes by period, see ``kernels.batch.leg_codes``."""

    leg: int
    cost: int
    codes: Codes
    rows: Ints
    values: Floats


@dataclass(frozen=True, eq=False)
class Solution:
    """Of the master: objective (paid hours), amounts of the columns, prices.

    ``of_class`` and ``of_leg`` are the prices of classes and legs, paid hours. A plan
    without columns has ``shares``: what one agent of each class gives to each row.
    """

    objective: float
    tours: Floats
    patterns: Floats
    of_class: Floats
    of_leg: dict[int, float]
    duals: Duals
    shares: Floats | None = None


class Master:
    """The restricted master; it grows by tours and patterns."""

    def __init__(
        self, shared: Shared, made: Arrays, legs: Legs, people: Sequence[int]
    ) -> None:
        self.shared, self.arrays, self.legs = shared, made, legs
        self.tours: list[Tour] = []
        self.patterns: list[Pattern] = []
        self.row_of_leg: dict[int, int] = {}
        self._seen: set[object] = set()
        self._heads: tuple[list[int], list[int], list[int]] = [], [], [0]
        self._last: Solution | None = None
        self._used: Ints = np.zeros(0, dtype=np.int64)
        self._static = Program()
        self._class_rows = [self._static.row(n, n) for n in people]
        self.classes = len(people)
        self.rows = SharedRows(shared, self._static)

    @property
    def shared_rows(self) -> int:
        """Number of rows but links; see ``SharedRows``."""
        return len(self._static.low)

    def add_tour(self, tour: Tour) -> bool:
        """Add a tour; say whether it is new."""
        key = tour.kind, tour.options
        if key in self._seen:
            return False
        self._seen.add(key)
        self.tours.append(tour)
        rows, amounts, first = self._heads
        rows += [r for r, _ in tour.heads]
        amounts += [amount for _, amount in tour.heads]
        first.append(len(rows))
        for leg in tour.legs:
            self.row_of_leg.setdefault(leg, len(self.row_of_leg))
        return True

    def add_pattern(self, leg: int, codes: Codes) -> bool:
        """Add a pattern, unless the leg has it; say whether it is new."""
        key = leg, codes.tobytes()
        if key in self._seen:
            return False
        self._seen.add(key)
        rows, values = self.rows.gives(self.arrays, self.legs, leg, codes)
        cost = fill_cost(self.arrays, codes)
        self.patterns.append(Pattern(leg, cost, codes, rows, values))
        return True

    def costs(self, people: Ints) -> Ints:
        """Return what each tour costs at prices of headcounts, fine units."""
        rows, amounts, first = (np.array(own, dtype=np.int64) for own in self._heads)
        worth = np.append(0, np.cumsum(people[rows] * amounts))
        own = np.array([tour.cost for tour in self.tours], dtype=np.int64)
        return np.asarray(own - np.diff(worth[first]), dtype=np.int64)

    def lacks(self, now: Solution) -> bool:
        """Whether a tour left out of the last program promises to help."""
        if len(self._used) == len(self.tours):
            return False
        costs = self._reduced(now)
        costs[self._used] = 0.0
        return bool((costs < -_WORTHWHILE).any())

    def _reduced(self, now: Solution) -> Floats:
        """Return what tours cost more than their class's price, paid hours."""
        hours = self.costs(now.duals.people) / (UNIT * FINE)
        return np.asarray(hours - now.of_class[self._kinds()])

    def _kinds(self) -> Ints:
        return np.array([tour.kind for tour in self.tours], dtype=np.int64)

    def _promising(self) -> Ints:
        """Return the tours of the next program.

        Of very many those of the last one, but for the dearest not in use, and the
        cheapest of each class that promise to help: the objective never rises.
        """
        count, last = len(self.tours), self._last
        if count <= _MANY or self.patterns or last is None:
            return np.arange(count)
        costs = self._reduced(last)
        there, kinds = np.zeros(count, dtype=np.bool_), self._kinds()
        there[self._used] = True
        fresh = np.flatnonzero(~there & (costs < -_WORTHWHILE))
        fresh = fresh[np.lexsort((costs[fresh], kinds[fresh]))]
        own = kinds[fresh]
        rank = np.arange(len(fresh)) - np.searchsorted(own, own)
        there[fresh[rank < _NEW]] = True
        in_use = np.flatnonzero(last.tours > _SHARE)
        spare = np.setdiff1d(self._used, in_use)
        spare = spare[costs[spare] > 0]
        surplus = max(0, int(there.sum()) - _MANY)
        there[spare[np.argsort(-costs[spare])][:surplus]] = False
        return np.flatnonzero(there)

    def solve(self, tolerance: float, seconds: float, halt: Halt) -> Solution | None:
        """Return an interior solution of the master; ``None`` if it took too long.

        It also ends, with ``None``, soon after ``halt`` says so.
        """
        highs = new_highs()
        highs.setOptionValue("solver", "ipm")
        highs.setOptionValue("run_crossover", "off")
        highs.setOptionValue("ipm_optimality_tolerance", tolerance)
        highs.setOptionValue("time_limit", seconds)
        highs.setOptionValue("threads", 1)
        used = self._promising()
        if highs.passModel(self._program(used)) == highspy.HighsStatus.kError:
            raise RingfenceError("HiGHS refused the master")
        run(highs, halt)
        if highs.getModelStatus() not in (
            highspy.HighsModelStatus.kOptimal,
            highspy.HighsModelStatus.kUnknown,
        ):
            return None
        found = highs.getSolution()
        self._used = used
        self._last = self._solution(
            np.array(found.col_value),
            np.array(found.row_dual),
            float(highs.getInfo().objective_function_value),
            used,
        )
        return self._last

    def whole(self) -> tuple[highspy.HighsLp, Ints, int]:
        """Return the program with whole numbers of tours; of rosters of shifts only.

        And which tours it has, and after how many other columns these come.
        """
        used, static = self._promising(), len(self._static.cost)
        program = self._program(used)
        others = [highspy.HighsVarType.kContinuous] * static
        program.integrality_ = others + [highspy.HighsVarType.kInteger] * len(used)
        return program, used, static

    def _program(self, used: Ints) -> highspy.HighsLp:
        static, rows = self._static, len(self._static.low)
        tours = [self.tours[x] for x in used]
        by_column = sorted(static.entries)
        counts = [np.bincount([c for c, _, _ in by_column], minlength=len(static.cost))]
        index = [np.array([r for _, r, _ in by_column], dtype=np.int64)]
        value = [np.array([v for _, _, v in by_column])]
        for tour in tours:
            own = [self._class_rows[tour.kind]]
            own += [rows + self.row_of_leg[leg] for leg in tour.legs]
            own += [int(self.rows.head_row[r]) for r, _ in tour.heads]
            index.append(np.array(own))
            once = np.ones(len(own) - len(tour.heads))
            value.append(np.append(once, [amount for _, amount in tour.heads]))
        for pattern in self.patterns:
            index.append(np.append(pattern.rows, rows + self.row_of_leg[pattern.leg]))
            value.append(np.append(pattern.values, -1.0))
        more = [len(own) for own in index[1:]]
        columns = len(static.cost) + len(more)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = columns, rows + len(self.row_of_leg)
        own_costs = [tour.cost for tour in tours]
        own_costs += [pattern.cost for pattern in self.patterns]
        lp.col_cost_ = np.concatenate(
            [static.cost, np.array(own_costs, dtype=float) / (UNIT * FINE)]
        )
        lp.col_lower_ = np.zeros(columns)
        lp.col_upper_ = np.concatenate([static.upper, np.full(len(more), np.inf)])
        links = np.zeros(len(self.row_of_leg))
        lp.row_lower_ = np.concatenate([static.low, links])
        lp.row_upper_ = np.concatenate([static.high, links])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        every = np.concatenate([*counts, np.array(more, dtype=np.int64)])
        lp.a_matrix_.start_ = np.concatenate(([0], np.cumsum(every)))
        lp.a_matrix_.index_ = np.concatenate(index)
        lp.a_matrix_.value_ = np.concatenate(value)
        return lp

    def _solution(
        self, columns: Floats, prices: Floats, objective: float, used: Ints
    ) -> Solution:
        static, rows = len(self._static.cost), len(self._static.low)
        last = static + len(used)
        tours = np.zeros(len(self.tours))
        tours[used] = columns[static:last]
        return Solution(
            objective=objective,
            tours=tours,
            patterns=columns[last:],
            of_class=prices[self._class_rows],
            of_leg={leg: prices[rows + row] for leg, row in self.row_of_leg.items()},
            duals=self.shared.clipped(self.rows.duals(prices)),
        )


def fill_cost(made: Arrays, codes: Codes) -> int:
    """Return what block starts and idle time of a pattern cost, fine units."""
    starts = np.append(codes[:1] >= 0, (codes[1:] != codes[:-1]) & (codes[1:] >= 0))
    return int(made.runs.start_cost[codes[starts]].sum()) + made.runs.idle_cost * int(
        (codes == -1).sum()
    )
