"""Best patterns and cheapest tours at given prices, for all legs and classes."""

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from models.roster.columns.arrays import STOP, Arrays, arrays
from models.roster.columns.classes import (
    NEVER_COST,
    TourClass,
    classes,
    week_of_day,
)
from models.roster.columns.cover_rows import whole_speed
from models.roster.columns.kernels.batch import (
    class_tours,
    fill_stretches,
    leg_codes,
    leg_values,
)
from models.roster.columns.kernels.compiled import NEVER
from models.roster.columns.legs import Legs
from models.roster.halting import Halt, go_on, never
from models.roster.problem import RosterProblem
from models.roster.reach import units_per_period

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int16]

TOUR_GOALS = ("paid_hours", "overtime", "preferences")


@dataclass(frozen=True, eq=False)
class Prices:
    """What cover and case work are worth, fine units.

    ``cover[c, p]`` of a hundredth of an agent on a row of cover in a period;
    ``heads[c, p]`` of the same where speeds count as the next whole number;
    ``room[k, i]`` of a unit of work that cut period ``i`` of a case type has room for.
    """

    cover: Ints
    heads: Ints
    room: Ints


@dataclass(frozen=True, eq=False)
class Tours:
    """Cheapest tours: cost less what their legs are worth, and option by day."""

    cost: Ints
    chosen: Ints


def pricer(
    problem: RosterProblem, pool: Executor, workers: int, halt: Halt = never
) -> "Pricer":
    """Return the pricer of a problem; ``Halted`` is raised soon after ``halt``."""
    made = arrays(problem)
    legs = Legs(problem, made)
    kinds = []
    for kind in classes(problem, legs):
        go_on(halt)
        kinds.append(kind)
    return Pricer(problem, made, legs, kinds, pool, workers)


class Pricer:
    """Prices the legs and classes of one problem, on some threads."""

    def __init__(
        self,
        problem: RosterProblem,
        made: Arrays,
        legs: Legs,
        kinds: Sequence[TourClass],
        pool: Executor,
        workers: int,
    ) -> None:
        self.problem, self.arrays, self.legs, self.classes = problem, made, legs, kinds
        self._pool, self._workers = pool, workers
        shifts = np.array(legs.shift, dtype=np.int64)
        self.spans = np.column_stack(
            [made.starts[shifts], made.ends[shifts], made.spacing[shifts]]
        )
        stops = [legs.stops(leg) for leg in range(len(legs))]
        counts = [len(own) for own in stops]
        self.stop_first = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        self.stops = np.vstack([np.zeros((0, STOP), dtype=np.int64), *stops])
        self.group = np.array(legs.group, dtype=np.int64)
        self._of_group = [
            np.flatnonzero(self.group == g) for g in range(len(legs.speeds))
        ]
        self.book = _book(problem, kinds)
        self._costed: dict[tuple[str, ...], _Book] = {}

    def worth(self, group: int, prices: Prices) -> Ints:
        """Return what each work is worth in each period to a group's agents."""
        found = np.full(self.arrays.can.shape, NEVER, dtype=np.int64)
        for w, speed in enumerate(self.legs.speeds[group]):
            if not speed:
                continue
            value = np.zeros(self.problem.periods, dtype=np.int64)
            for c, cover in enumerate(self.problem.covers):
                if w in cover.counts:
                    value += speed * prices.cover[c]
                    value += whole_speed(speed) * prices.heads[c]
            for k, cases in enumerate(self.problem.cases):
                if cases.work == w:
                    units = units_per_period(self.problem, speed)
                    value += units * prices.room[k, self.arrays.cut_of]
            found[w] = np.where(self.arrays.can[w], value, NEVER)
        return found

    def table(self, worth: Ints) -> Ints:
        """Return what best fills each stretch, see ``kernels.fill.fill_table``."""
        made = self.arrays
        table = np.zeros((self.problem.periods + 1, made.longest + 1), dtype=np.int64)
        fill_stretches(
            made.stretches,
            made.longest,
            worth,
            made.runs,
            table,
        )
        return table

    def values(self, prices: Prices) -> Ints:
        """Return what the best pattern of each leg is worth; ``NEVER`` without one."""
        found = np.full(len(self.legs), NEVER, dtype=np.int64)

        def one(group: int) -> None:
            table = self.table(self.worth(group, prices))
            leg_values(
                self._of_group[group],
                self.spans,
                self.stop_first,
                self.stops,
                table,
                found,
            )

        list(self._pool.map(one, range(len(self._of_group))))
        return found

    def patterns(self, legs: Ints, prices: Prices) -> Codes:
        """Return the best pattern of some legs, a row of codes for each."""
        made = self.arrays
        codes = np.full((len(legs), made.longest), -1, dtype=np.int16)
        for group in np.unique(self.group[legs]).tolist():
            where = np.flatnonzero(self.group[legs] == group)
            worth = self.worth(group, prices)
            own = np.zeros((len(where), made.longest), dtype=np.int16)
            leg_codes(
                legs[where],
                self.spans,
                self.stop_first,
                self.stops,
                self.table(worth),
                worth,
                made.runs,
                own,
            )
            codes[where] = own
        return codes

    def costing(self, goals: tuple[str, ...]) -> "_Book":
        """Return all classes with the costs of some goals; kept, as sweeps are many."""
        if goals not in self._costed:
            self._costed[goals] = self.book.costing(goals)
        return self._costed[goals]

    def tours(self, values: Ints, goals: Sequence[str] = TOUR_GOALS) -> Tours:
        """Return each class's cheapest tour where legs are worth ``values``."""
        count = len(self.classes)
        cost = np.zeros(count, dtype=np.int64)
        chosen = np.full((count, self.problem.days), -1, dtype=np.int64)
        parts = np.array_split(np.arange(count), max(1, 4 * self._workers))

        def one(which: Ints) -> None:
            found = self.tours_of(which, values, goals)
            cost[which], chosen[which] = found.cost, found.chosen

        list(self._pool.map(one, [part for part in parts if len(part)]))
        return Tours(cost, chosen)

    def tours_of(
        self, which: Ints, values: Ints, goals: Sequence[str] = TOUR_GOALS
    ) -> Tours:
        """Return the same of some classes, in their order."""
        book = self.costing(tuple(goals))
        best = np.zeros(len(which), dtype=np.int64)
        options = np.full((len(which), self.problem.days), -1, dtype=np.int64)
        class_tours(
            which,
            book.option_first,
            book.day_first,
            book.rows,
            book.base,
            book.leg_first,
            book.legs,
            values,
            book.off,
            book.day_week,
            book.weeks,
            book.person,
            best,
            options,
        )
        return Tours(best, options)


@dataclass(frozen=True, eq=False)
class _Book:
    """All classes in one, as ``kernels.batch.class_tours`` wants them."""

    option_first: Ints
    day_first: Ints
    rows: Ints
    leg_first: Ints
    legs: Ints
    paid: Ints
    wishes: Ints
    off_wishes: Ints
    off: Ints
    weeks: Ints
    person: Ints
    day_week: Ints
    base: Ints

    def costing(self, goals: Sequence[str]) -> "_Book":
        """Return the same with the costs of some goals only."""
        base, off, weeks = np.zeros_like(self.paid), self.off, self.weeks
        if "paid_hours" in goals:
            base = base + self.paid
        if "preferences" in goals:
            base = base + self.wishes
            off = off.copy()
            free = off[:, :, 0] != NEVER_COST
            off[:, :, 0] += np.where(free, self.off_wishes, 0)
        if "overtime" not in goals:
            weeks = weeks.copy()
            weeks[:, :, 5] = 0
        return replace(self, base=base, off=off, weeks=weeks)


def _book(problem: RosterProblem, kinds: Sequence[TourClass]) -> _Book:
    options = [kind.options for kind in kinds]
    counts = [len(own.rows) for own in options]
    legs = [len(own.legs) for own in options]
    leg_offset = np.concatenate(([0], np.cumsum(legs))).astype(np.int64)
    leg_first = [
        own.leg_first[:-1] + offset
        for own, offset in zip(options, leg_offset, strict=False)
    ]
    paid = np.concatenate([np.zeros(0, np.int64), *(k.paid for k in kinds)])
    shape = len(kinds), problem.days
    return _Book(
        option_first=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        day_first=np.array([own.day_first for own in options], dtype=np.int64).reshape(
            len(kinds), problem.days + 1
        ),
        rows=np.vstack([np.zeros((0, 4), np.int64), *(own.rows for own in options)]),
        leg_first=np.concatenate([*leg_first, leg_offset[-1:]]).astype(np.int64),
        legs=np.concatenate([np.zeros(0, np.int64), *(own.legs for own in options)]),
        paid=paid,
        wishes=np.concatenate([np.zeros(0, np.int64), *(k.wishes for k in kinds)]),
        off_wishes=np.array([k.off_wishes for k in kinds], np.int64).reshape(shape),
        off=np.array([k.off for k in kinds], np.int64).reshape(*shape, 3),
        weeks=np.array([k.weeks for k in kinds], np.int64).reshape(
            len(kinds), len(problem.weeks), 6
        ),
        person=np.array([k.person for k in kinds], np.int64).reshape(len(kinds), 4),
        day_week=week_of_day(problem),
        base=paid,
    )
