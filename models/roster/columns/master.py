"""The master: which of the tours and patterns found so far, and how much of each.

A linear program in hours: one row for each class (its people have a tour each), each
leg (as many patterns as tours that work it), each period of cover, each cut period of
case work. Costs are paid hours, cover people, work hours.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt

from models.errors import RingfenceError
from models.roster.columns.arrays import Arrays, units_per_period
from models.roster.columns.legs import Legs
from models.roster.columns.shared import CaseDuals, Duals, Shared, whole_speed
from models.roster.columns.units import FINE
from models.roster.problem import UNIT, WORK_PER_MINUTE

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int16]

HOUR = 60 * WORK_PER_MINUTE  # units of work in an hour
_PERSON = 100


@dataclass(frozen=True, eq=False)
class Tour:
    """A tour of a class: its cost (fine units) and its options by day, -1: off."""

    kind: int
    cost: int
    options: tuple[int, ...]
    legs: tuple[int, ...]


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

    ``of_class`` and ``of_leg`` are the prices of classes and legs, paid hours.
    """

    objective: float
    tours: Floats
    patterns: Floats
    of_class: Floats
    of_leg: dict[int, float]
    duals: Duals


class _Static:
    """Rows and columns that are there from the start, as triplets."""

    def __init__(self) -> None:
        self.cost: list[float] = []
        self.upper: list[float] = []
        self.low: list[float] = []
        self.high: list[float] = []
        self.entries: list[tuple[int, int, float]] = []

    def row(self, low: float, high: float = np.inf) -> int:
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1

    def column(
        self, cost: float, upper: float, entries: Sequence[tuple[int, float]]
    ) -> int:
        column = len(self.cost)
        self.cost.append(cost)
        self.upper.append(upper)
        self.entries += [(column, row, value) for row, value in entries]
        return column


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
        self._static = _Static()
        self._class_rows = [self._static.row(n, n) for n in people]
        self.classes = len(people)
        problem = shared.problem
        shape = len(problem.covers), problem.periods
        self.cover_row = np.full(shape, -1, dtype=np.int64)
        self._whole = np.zeros(shape, dtype=np.bool_)
        self._add_cover()
        self.room_row = np.full((len(problem.cases), len(problem.cuts)), -1, np.int64)
        self._case_rows: list[dict[tuple[str, int, int], int]] = []
        for k in range(len(problem.cases)):
            self._case_rows.append(self._add_cases(k))

    @property
    def shared_rows(self) -> int:
        """Number of rows but links; see ``cover_row`` and ``room_row``."""
        return len(self._static.low)

    def _add_cover(self) -> None:
        for row in self.shared.cover:
            number = self._static.row(row.need / _PERSON)
            self.cover_row[row.cover, row.period] = number
            self._whole[row.cover, row.period] = row.whole
            for piece in row.pieces:
                cost = piece.cost / piece.width * _PERSON / UNIT
                self._static.column(cost, piece.width / _PERSON, [(number, 1.0)])

    def _add_cases(self, k: int) -> dict[tuple[str, int, int], int]:
        """Add the work done by each cut, what is late and what is open."""
        rows, static = self.shared.cases[k], self._static
        found: dict[tuple[str, int, int], int] = {}
        for i in range(1, len(rows.fixed)):
            self.room_row[k, i] = static.row(-float(rows.fixed[i]) / HOUR)
            self._add_slack(found, ("still", 0, i), rows.come[i], rows.open_costs[i])
        for s in range(len(rows.ready)):
            self._add_stream(found, k, s)
        return found

    def _add_slack(
        self,
        found: dict[tuple[str, int, int], int],
        key: tuple[str, int, int],
        work: int,
        price: int,
    ) -> None:
        """Add a row of work that should be done, and what it costs if it is not."""
        if not work or not price:
            return
        found[key] = self._static.row(float(work) / HOUR)
        cost = float(price) * HOUR / UNIT
        self._static.column(cost, np.inf, [(found[key], 1.0)])

    def _add_stream(
        self, found: dict[tuple[str, int, int], int], k: int, s: int
    ) -> None:
        """Add what of a stream is done by each cut, and what is late."""
        rows, static = self.shared.cases[k], self._static
        cuts = len(rows.fixed)
        for i in range(1, cuts):
            if i > 1:
                found["order", s, i] = static.row(0.0)
            self._add_slack(found, ("due", s, i), rows.due[s, i], rows.late_costs[i])
        for i in range(1, cuts):
            entries = [(int(self.room_row[k, i]), -1.0)]
            entries += [
                (found[key], 1.0)
                for key in (("order", s, i), ("due", s, i), ("still", 0, i))
                if key in found
            ]
            if i + 1 < cuts:
                entries.append((int(self.room_row[k, i + 1]), 1.0))
                entries.append((found["order", s, i + 1], -1.0))
            static.column(0.0, float(rows.ready[s, i]) / HOUR, entries)

    def add_tour(self, tour: Tour) -> bool:
        """Add a tour; say whether it is new."""
        key = tour.kind, tour.options
        if key in self._seen:
            return False
        self._seen.add(key)
        self.tours.append(tour)
        for leg in tour.legs:
            self.row_of_leg.setdefault(leg, len(self.row_of_leg))
        return True

    def add_pattern(self, leg: int, codes: Codes) -> bool:
        """Add a pattern, unless the leg has it; say whether it is new."""
        key = leg, codes.tobytes()
        if key in self._seen:
            return False
        self._seen.add(key)
        rows, values = self._gives(leg, codes)
        cost = fill_cost(self.arrays, codes)
        self.patterns.append(Pattern(leg, cost, codes, rows, values))
        return True

    def _gives(self, leg: int, codes: Codes) -> tuple[Ints, Floats]:
        """Return the shared rows that a pattern helps, and how much."""
        problem = self.shared.problem
        first = int(self.arrays.starts[self.legs.shift[leg]])
        speeds = self.legs.speeds[self.legs.group[leg]]
        rows, values = [], []
        for w in np.unique(codes[codes >= 0]).tolist():
            periods = first + np.flatnonzero(codes == w)
            for c, cover in enumerate(problem.covers):
                if w in cover.counts:
                    rows.append(self.cover_row[c, periods])
                    whole = self._whole[c, periods]
                    counted = np.where(whole, whole_speed(speeds[w]), speeds[w])
                    values.append(counted / _PERSON)
            for k, cases in enumerate(problem.cases):
                if cases.work == w:
                    rows.append(self.room_row[k, self.arrays.cut_of[periods]])
                    hours = units_per_period(problem, speeds[w]) / HOUR
                    values.append(np.full(len(periods), hours))
        if not rows:
            return np.zeros(0, np.int64), np.zeros(0)
        every, amounts = np.concatenate(rows), np.concatenate(values)
        kept = every >= 0
        some, where = np.unique(every[kept], return_inverse=True)
        return some, _sums(where, amounts[kept], len(some))

    def solve(
        self, tolerance: float, seconds: float, halt: Callable[[], bool]
    ) -> Solution | None:
        """Return an interior solution of the master; ``None`` if it took too long.

        It also ends, with ``None``, soon after ``halt`` says so.
        """
        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        highs.setOptionValue("solver", "ipm")
        highs.setOptionValue("run_crossover", "off")
        highs.setOptionValue("ipm_optimality_tolerance", tolerance)
        highs.setOptionValue("time_limit", seconds)
        highs.setOptionValue("threads", 1)
        if highs.passModel(self._program()) == highspy.HighsStatus.kError:
            raise RingfenceError("HiGHS refused the master")

        def end(event: Any) -> None:
            if halt():
                event.interrupt()

        highs.cbIpmInterrupt.subscribe(end)
        highs.run()
        if highs.getModelStatus() not in (
            highspy.HighsModelStatus.kOptimal,
            highspy.HighsModelStatus.kUnknown,
        ):
            return None
        found = highs.getSolution()
        return self._solution(
            np.array(found.col_value),
            np.array(found.row_dual),
            float(highs.getInfo().objective_function_value),
        )

    def _program(self) -> highspy.HighsLp:
        static, rows = self._static, len(self._static.low)
        by_column = sorted(static.entries)
        counts = [np.bincount([c for c, _, _ in by_column], minlength=len(static.cost))]
        index = [np.array([r for _, r, _ in by_column], dtype=np.int64)]
        value = [np.array([v for _, _, v in by_column])]
        for tour in self.tours:
            own = [self._class_rows[tour.kind]]
            own += [rows + self.row_of_leg[leg] for leg in tour.legs]
            index.append(np.array(own))
            value.append(np.ones(len(own)))
        for pattern in self.patterns:
            index.append(np.append(pattern.rows, rows + self.row_of_leg[pattern.leg]))
            value.append(np.append(pattern.values, -1.0))
        more = [len(own) for own in index[1:]]
        columns = len(static.cost) + len(more)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = columns, rows + len(self.row_of_leg)
        own_costs = [tour.cost for tour in self.tours]
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

    def _solution(self, columns: Floats, prices: Floats, objective: float) -> Solution:
        static, rows = len(self._static.cost), len(self._static.low)
        tours = static + len(self.tours)
        return Solution(
            objective=objective,
            tours=columns[static:tours],
            patterns=columns[tours:],
            of_class=prices[self._class_rows],
            of_leg={leg: prices[rows + row] for leg, row in self.row_of_leg.items()},
            duals=self.shared.clipped(self._duals(prices)),
        )

    def _duals(self, prices: Floats) -> Duals:
        """Return the prices of the shared rows as whole numbers."""
        cover = [self.cover_row[row.cover, row.period] for row in self.shared.cover]
        cases = []
        for k, rows in enumerate(self.shared.cases):
            room = np.zeros(len(rows.fixed))
            room[1:] = prices[self.room_row[k, 1:]]
            by_name = {
                name: np.zeros(rows.due.shape) for name in ("due", "order", "still")
            }
            for (name, s, i), number in self._case_rows[k].items():
                by_name[name][s, i] = prices[number]
            still = by_name["still"]
            cases.append(
                CaseDuals(
                    room=_fine(room / HOUR),
                    due=_fine(by_name["due"] / HOUR),
                    still=_fine(still[0] / HOUR if len(still) else 0 * room),
                    order=_fine(by_name["order"] / HOUR),
                )
            )
        return Duals(_fine(prices[cover] / _PERSON), tuple(cases))


def fill_cost(made: Arrays, codes: Codes) -> int:
    """Return what block starts and idle time of a pattern cost, fine units."""
    starts = np.append(codes[:1] >= 0, (codes[1:] != codes[:-1]) & (codes[1:] >= 0))
    return int(made.start_cost[codes[starts]].sum()) + made.idle_cost * int(
        (codes == -1).sum()
    )


def _sums(where: Ints, amounts: Floats, count: int) -> Floats:
    """Return the sum of the amounts at each place."""
    return np.asarray(np.bincount(where, weights=amounts, minlength=count), np.float64)


def _fine(hours: Floats) -> Ints:
    """Return prices in paid hours as whole fine units."""
    return np.rint(hours * (UNIT * FINE)).astype(np.int64)
