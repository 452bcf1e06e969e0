"""What agents do together: cover and deferred work, as rows and columns of the master.

The Lagrangian of these rows is where a bound comes from: with any prices ``>= 0``, what
the shared part and each agent cost at least, apart, is less than any roster.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from models.roster.columns.between import (
    Freed,
    RowPrice,
    freed_rows,
    least_with_fills,
)
from models.roster.columns.case_rows import CaseRows, case_rows
from models.roster.columns.cover_rows import (
    CoverRow,
    TargetRow,
    cover_rows,
    target_rows,
)
from models.roster.columns.units import FINE
from models.roster.problem import GOALS, RosterProblem

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class CaseDuals:
    """Prices of the rows of one case type, fine units per unit of work, ``>= 0``.

    ``room`` and ``still`` (open work) by cut; ``due`` and ``order`` (work done does not
    shrink) by stream and cut. Cut 0 has no rows.
    """

    room: Ints
    due: Ints
    still: Ints
    order: Ints


@dataclass(frozen=True, eq=False)
class Duals:
    """Prices of all shared rows: ``cover`` in the order of ``cover_rows``.

    ``targets``, in that of ``target_rows``, are of a unit of late calls; ``people`` of
    one more in each headcount, which may cost.
    """

    cover: Ints
    targets: Ints
    cases: tuple[CaseDuals, ...]
    people: Ints


class HeadRow(NamedTuple):
    """A headcount: people needed (those outside taken off), costs of too few, many."""

    needed: int
    under_cost: int
    over_cost: int


@dataclass(frozen=True, eq=False)
class Shared:
    """The rows that agents share, and what they cost at least at given prices."""

    problem: RosterProblem
    cover: list[CoverRow]
    targets: list[TargetRow]
    cases: list[CaseRows]
    freed: list[Freed]
    headcounts: list[HeadRow]

    @staticmethod
    def of(problem: RosterProblem, goals: tuple[str, ...] = GOALS) -> "Shared":
        """Return the shared rows of a problem, with the costs of some goals."""
        cover = cover_rows(problem, goals)
        return Shared(
            problem,
            cover,
            target_rows(problem, goals),
            case_rows(problem, goals),
            freed_rows(problem, cover),
            _head_rows(problem) if "headcount" in goals else [],
        )

    def dearest(self, row: CoverRow) -> int:
        """Return what a hundredth costs at most, fine units."""
        last = row.pieces[-1]
        late = self.targets[row.target].cost * last.late if row.target >= 0 else 0
        return -(-(last.cost + late) * FINE // last.width)

    def clipped(self, duals: Duals) -> Duals:
        """Return prices in the box in which they can make sense."""
        dearest = np.array([self.dearest(row) for row in self.cover], dtype=np.int64)
        most = np.array([row.cost * FINE for row in self.targets], dtype=np.int64)
        return Duals(
            cover=np.clip(duals.cover, 0, dearest),
            targets=np.clip(duals.targets, 0, most),
            cases=tuple(
                CaseDuals(
                    room=np.maximum(own.room, 0),
                    due=np.clip(own.due, 0, rows.late_costs * FINE),
                    still=np.clip(own.still, 0, rows.open_costs * FINE),
                    order=np.maximum(own.order, 0),
                )
                for own, rows in zip(duals.cases, self.cases, strict=True)
            ),
            people=np.clip(
                duals.people,
                np.array([-FINE * row.over_cost for row in self.headcounts], np.int64),
                np.array([FINE * row.under_cost for row in self.headcounts], np.int64),
            ),
        )

    def least(self, duals: Duals) -> int:
        """Return what the shared part costs at least, agents' help paid for (fine).

        ``sum price need - sum max(0, price width - cost - late target)`` over cover,
        ``- target allowed`` over targets, and over case types
        ``sum due D + sum still A - sum room fixed + sum ready min(0, rest)``, where
        ``rest`` is what is left of the price of a unit done; and what fills change.
        ``price needed`` over headcounts: at a price in the box just enough are best.
        """
        total = 0
        targets = duals.targets.tolist()
        for row, price in zip(self.cover, duals.cover.tolist(), strict=True):
            late = targets[row.target] if row.target >= 0 else 0
            total += price * row.need - sum(
                max(0, price * piece.width - piece.cost * FINE - piece.late * late)
                for piece in row.pieces
            )
        for target, price in zip(self.targets, targets, strict=True):
            total -= price * target.allowed
        for rows, own in zip(self.cases, duals.cases, strict=True):
            total += rows.constant * FINE + _case_least(rows, own)
        for count, price in zip(self.headcounts, duals.people.tolist(), strict=True):
            total += price * count.needed
        return total + self._least_of_fills(duals)

    def _least_of_fills(self, duals: Duals) -> int:
        targets = duals.targets.tolist()
        named = sorted({bar.row for one in self.freed for bar in one.bars})
        rows = {
            n: RowPrice(
                row := self.cover[n],
                int(duals.cover[n]),
                targets[row.target] if row.target >= 0 else 0,
            )
            for n in named
        }
        room = [own.room.tolist() for own in duals.cases]
        return least_with_fills(self.freed, rows, room)


def _head_rows(problem: RosterProblem) -> list[HeadRow]:
    return [HeadRow(row.needed - row.fixed, *row.prices) for row in problem.joint]


def _case_least(rows: CaseRows, own: CaseDuals) -> int:
    rest = -own.due - own.still - own.order + own.room
    rest[:, :-1] += own.order[:, 1:] - own.room[1:]
    gains = np.minimum(rest[:, 1:], 0)
    return (
        _sum(own.due[:, 1:] * rows.due[:, 1:])
        + _sum(own.still[1:] * rows.come[1:])
        - _sum(own.room[1:] * rows.fixed[1:])
        + _sum(gains * rows.ready[:, 1:])
    )


def _sum(values: Ints) -> int:
    return sum(values.ravel().tolist())
