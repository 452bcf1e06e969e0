"""The master's rows that agents share, and what in them is there from the start.

Costs are paid hours, cover people, work hours, late calls calls.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from models.roster.columns.arrays import Arrays
from models.roster.columns.between import PARTS
from models.roster.columns.cover_rows import whole_speed
from models.roster.columns.legs import Legs
from models.roster.columns.settling import settled_shares
from models.roster.columns.shared import CaseDuals, Duals, HeadRow, Shared
from models.roster.columns.units import FINE, HOUR
from models.roster.problem import FULL_SPEED, LATE, UNIT
from models.roster.reach import units_per_period

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int16]


class Program:
    """Rows and columns of a linear program, as triplets."""

    def __init__(self) -> None:
        self.cost: list[float] = []
        self.upper: list[float] = []
        self.low: list[float] = []
        self.high: list[float] = []
        self.entries: list[tuple[int, int, float]] = []

    def row(self, low: float, high: float = np.inf) -> int:
        """Add a row; return its number."""
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1

    def column(
        self, cost: float, upper: float, entries: Sequence[tuple[int, float]]
    ) -> int:
        """Add a column with its (row, coefficient) entries; return its number."""
        column = len(self.cost)
        self.cost.append(cost)
        self.upper.append(upper)
        self.entries += [(column, row, value) for row, value in entries]
        return column


class SharedRows:
    """Rows of cover and case work in a program, with the columns of what is missing.

    ``cover_row[c, p]`` and ``room_row[k, i]`` are their numbers, -1 without one;
    ``target_row`` is by target, ``head_row`` by headcount.
    """

    def __init__(self, shared: Shared, program: Program) -> None:
        self.shared, self.static = shared, program
        problem = shared.problem
        shape = len(problem.covers), problem.periods
        self.cover_row = np.full(shape, -1, dtype=np.int64)
        self.whole = np.zeros(shape, dtype=np.bool_)
        self.target_row = [
            self.static.row(-target.allowed / LATE) for target in shared.targets
        ]
        for row, target in zip(self.target_row, shared.targets, strict=True):
            self.static.column(target.cost * LATE / UNIT, np.inf, [(row, 1.0)])
        bars = [(one, bar) for one in shared.freed for bar in one.bars]
        self._bars: dict[int, list[tuple[int, int]]] = {}
        for _, bar in bars:
            needs = shared.cover[bar.row].need - bar.needed
            number = self.static.row(-max(0, needs) / FULL_SPEED)
            self._bars.setdefault(bar.row, []).append((number, bar.needed))
        self._add_cover()
        self.room_row = np.full((len(problem.cases), len(problem.cuts)), -1, np.int64)
        self._case_rows: list[dict[tuple[str, int, int], int]] = []
        for k in range(len(problem.cases)):
            self._case_rows.append(self._add_cases(k))
        self._add_fills()
        self.head_row = np.array(
            [self._add_headcount(row) for row in shared.headcounts], dtype=np.int64
        )

    def _add_headcount(self, row: HeadRow) -> int:
        number = self.static.row(row.needed, row.needed)
        self.static.column(row.under_cost / UNIT, np.inf, [(number, 1.0)])
        self.static.column(row.over_cost / UNIT, np.inf, [(number, -1.0)])
        return number

    def _add_fills(self) -> None:
        """Add who is freed for cases between calls, by period, fill and work."""
        rows = {n: iter(own) for n, own in self._bars.items()}
        for one in self.shared.freed:
            bars = [(next(rows[bar.row])[0], bar.over) for bar in one.bars]
            room = int(self.room_row[one.cases, one.cut])
            for w, most in enumerate(one.most):
                entries = [(bar, -1.0) for bar, over in bars if w in over]
                entries.append((room, one.parts / PARTS * FULL_SPEED / HOUR))
                self.static.column(0.0, most / FULL_SPEED, entries)

    def _add_cover(self) -> None:
        for n, row in enumerate(self.shared.cover):
            number = self.static.row(row.need / FULL_SPEED)
            self.cover_row[row.cover, row.period] = number
            self.whole[row.cover, row.period] = row.whole
            bars, height = self._bars.get(n, []), row.need
            for piece in row.pieces:
                cost = piece.cost / piece.width * FULL_SPEED / UNIT
                entries = [(number, 1.0)]
                if piece.late:
                    late = piece.late / piece.width * FULL_SPEED / LATE
                    entries.append((self.target_row[row.target], -late))
                for bar, needed in bars:
                    above = min(piece.width, max(0, height - needed))
                    entries.append((bar, -above / piece.width))
                height -= piece.width
                self.static.column(cost, piece.width / FULL_SPEED, entries)
            if bars:
                over = [(number, -1.0), *((bar, 1.0) for bar, _ in bars)]
                self.static.column(0.0, np.inf, over)

    def _add_cases(self, k: int) -> dict[tuple[str, int, int], int]:
        """Add the work done by each cut, what is late and what is open."""
        rows, static = self.shared.cases[k], self.static
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
        found[key] = self.static.row(float(work) / HOUR)
        cost = float(price) * HOUR / UNIT
        self.static.column(cost, np.inf, [(found[key], 1.0)])

    def _add_stream(
        self, found: dict[tuple[str, int, int], int], k: int, s: int
    ) -> None:
        """Add what of a stream is done by each cut, and what is late."""
        rows, static = self.shared.cases[k], self.static
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

    def gives(
        self, made: Arrays, legs: Legs, leg: int, codes: Codes
    ) -> tuple[Ints, Floats]:
        """Return the shared rows that a pattern helps, and how much."""
        problem = self.shared.problem
        first = int(made.starts[legs.shift[leg]])
        speeds = legs.speeds[legs.group[leg]]
        shares = settled_shares(made.runs, codes)
        rows, values = [], []
        for w in np.unique(codes[codes >= 0]).tolist():
            periods = first + np.flatnonzero(codes == w)
            for c, cover in enumerate(problem.covers):
                if w in cover.counts:
                    rows.append(self.cover_row[c, periods])
                    whole = self.whole[c, periods]
                    counted = np.where(whole, whole_speed(speeds[w]), speeds[w])
                    values.append(counted / FULL_SPEED)
            for k, cases in enumerate(problem.cases):
                if cases.work == w:
                    rows.append(self.room_row[k, made.cut_of[periods]])
                    hours = units_per_period(problem, speeds[w]) / HOUR
                    values.append(hours * shares[codes == w])
        if not rows:
            return np.zeros(0, np.int64), np.zeros(0)
        every, amounts = np.concatenate(rows), np.concatenate(values)
        kept = every >= 0
        some, where = np.unique(every[kept], return_inverse=True)
        return some, _sums(where, amounts[kept], len(some))

    def duals(self, prices: Floats) -> Duals:
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
        return Duals(
            _fine(prices[cover] / FULL_SPEED),
            _fine(prices[self.target_row] / LATE),
            tuple(cases),
            _fine(prices[self.head_row]),
        )


def _sums(where: Ints, amounts: Floats, count: int) -> Floats:
    """Return the sum of the amounts at each place."""
    return np.asarray(np.bincount(where, weights=amounts, minlength=count), np.float64)


def _fine(hours: Floats) -> Ints:
    """Return prices in paid hours as whole fine units."""
    return np.rint(hours * (UNIT * FINE)).astype(np.int64)
