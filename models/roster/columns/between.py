"""Case work between calls: what frees people on voice, and what that is worth at most.

A row of cover keeps people back (``problem.Bar``): the freed of all works that count in
it are no more than its surplus. These rows get prices of their own, ``phi >= 0``, which
are never told: they follow from the prices of cover and room.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from models.roster.columns.cover_rows import CoverRow
from models.roster.columns.units import FINE
from models.roster.problem import (
    FULL_SPEED,
    WORK_PER_MINUTE,
    Fill,
    RosterProblem,
)
from models.roster.reach import cut_of, open_periods, speed_of

PARTS = 100 * FULL_SPEED  # of a unit of work: per cent times hundredths


@dataclass(frozen=True)
class Kept:
    """A bar in one period: its row (position), the help it needs, works it counts."""

    row: int
    needed: int
    over: tuple[int, ...]


@dataclass(frozen=True)
class Freed:
    """One fill in one period.

    Attributes
    ----------
    cases, cut
        The case type, and the cut period.
    parts
        ``PARTS`` of a unit of work that a hundredth of an agent is credited with.
    most
        By work: hundredths who may be on it at most.
    bars
        Those with a row of cover; the others are left out, which only raises credit.
    """

    cases: int
    cut: int
    parts: int
    most: tuple[int, ...]
    bars: tuple[Kept, ...]


def freed_rows(problem: RosterProblem, cover: Sequence[CoverRow]) -> list[Freed]:
    """Return each fill in each period in which it may be credited, by period."""
    row_of = {(row.cover, row.period): n for n, row in enumerate(cover)}
    cuts = cut_of(problem).tolist()
    most = [_most(problem, fill) for fill in problem.fills]
    opened = [
        open_periods(problem, problem.cases[fill.cases].work) for fill in problem.fills
    ]
    return [
        _freed(problem, fill, most[f], p, cuts[p], row_of)
        for p in range(problem.periods)
        for f, fill in enumerate(problem.fills)
        if cuts[p] and p in opened[f]
    ]


def fill_parts(problem: RosterProblem, fill: Fill) -> int:
    """Return the parts of a unit that a hundredth freed for a period is credited."""
    return fill.share * problem.period * WORK_PER_MINUTE


def _most(problem: RosterProblem, fill: Fill) -> list[int]:
    """Return by work the people who could be on it, at their speed on the cases."""
    work = problem.cases[fill.cases].work
    return [
        sum(
            speed_of(problem, agent, work)
            for agent in problem.agents
            if speed_of(problem, agent, w)
        )
        for w in fill.works
    ]


def _freed(
    problem: RosterProblem,
    fill: Fill,
    most: list[int],
    p: int,
    cut: int,
    row_of: Mapping[tuple[int, int], int],
) -> Freed:
    fixed = [row[p] for row in fill.fixed] or [0] * len(most)
    bars = [
        Kept(
            row_of[bar.cover, p],
            bar.needed[p] - problem.covers[bar.cover].fixed[p],
            tuple(
                n
                for n, w in enumerate(fill.works)
                if w in problem.covers[bar.cover].counts
            ),
        )
        for bar in fill.bars
        if (bar.cover, p) in row_of
    ]
    return Freed(
        cases=fill.cases,
        cut=cut,
        parts=fill_parts(problem, fill),
        most=tuple(a + b for a, b in zip(most, fixed, strict=True)),
        bars=tuple(bars),
    )


@dataclass(eq=False)
class RowPrice:
    """What one row of cover costs at least at its price, surplus paid for (fine).

    ``surplus`` has a price and the help above which it is due, for each fill.
    """

    row: CoverRow
    price: int
    late: int
    surplus: list[tuple[int, int]] = field(default_factory=list)

    @property
    def left(self) -> int:
        """What surplus may still be paid: beyond the price it would pay for itself."""
        return self.price - sum(paid for paid, _ in self.surplus)

    def least(self, more: Sequence[tuple[int, int]] = ()) -> int:
        """Return ``min over help: missing + price help - sum paid surplus(help)``.

        Over multiples of the row's step; between two turns it is a straight line.
        """
        paid = [*self.surplus, *more]
        turns = {0, self.row.need}
        height = self.row.need
        for piece in self.row.pieces:
            height -= piece.width
            turns.add(height)
        for _, needed in paid:
            below = max(0, needed // self.row.step * self.row.step)
            turns |= {below, below + self.row.step}
        return min(
            self._missing(x)
            + self.price * x
            - sum(price * max(0, x - needed) for price, needed in paid)
            for x in turns
        )

    def _missing(self, help_given: int) -> int:
        rest, cost = max(0, self.row.need - help_given), 0
        for piece in self.row.pieces:
            taken = min(rest, piece.width)
            whole = piece.cost * FINE + piece.late * self.late
            cost += whole * taken // piece.width
            rest -= taken
        return cost


def least_with_fills(
    freed: Sequence[Freed], rows: Mapping[int, RowPrice], room: Sequence[Sequence[int]]
) -> int:
    """Return what fills change in the least that rows of cover cost, fine units.

    Each work of a fill gains the price of room for its share. The rows that it counts
    in pay for that, one after the other, as far as their price goes; what is left the
    most people gain. A fill for which that proves less than paying nothing pays none.

    Parameters
    ----------
    freed
        In order of period.
    rows
        By position, the rows that bars name.
    room
        Price of a unit of room by case type and cut, fine units.
    """
    total = 0
    for one in freed:
        gain = -(-room[one.cases][one.cut] * one.parts // PARTS)
        if not gain:
            continue
        paid, open_gain = _paid(one, gain, rows)
        nothing = -gain * sum(one.most)
        some = -sum(a * b for a, b in zip(open_gain, one.most, strict=True))
        for bar, price in zip(one.bars, paid, strict=True):
            if price:
                row = rows[bar.row]
                some += row.least([(price, bar.needed)]) - row.least()
        if some >= nothing:
            for bar, price in zip(one.bars, paid, strict=True):
                if price:
                    rows[bar.row].surplus.append((price, bar.needed))
        total += max(some, nothing)
    return total


def _paid(
    one: Freed, gain: int, rows: Mapping[int, RowPrice]
) -> tuple[list[int], list[int]]:
    """Return what each bar pays for surplus, and what each work gains beyond that."""
    paid = [0] * len(one.bars)

    def beyond(w: int) -> int:
        of_bars = zip(one.bars, paid, strict=True)
        return max(0, gain - sum(price for bar, price in of_bars if w in bar.over))

    for w in range(len(one.most)):
        for b, bar in enumerate(one.bars):
            if w in bar.over:
                paid[b] += min(beyond(w), rows[bar.row].left - paid[b])
    return paid, [beyond(w) for w in range(len(one.most))]
