"""Best patterns and cheapest tours at given prices, for all legs and classes."""

from collections.abc import Sequence
from concurrent.futures import Executor, wait
from dataclasses import dataclass
from functools import cached_property
from time import monotonic

import numpy as np
import numpy.typing as npt

from models.machine_code import NEVER
from models.roster.columns.arrays import STOP, Arrays, arrays
from models.roster.columns.classes import classes
from models.roster.columns.cover_rows import whole_speed
from models.roster.columns.graphs import Graphs
from models.roster.columns.kernels.batch import (
    class_tours,
    fill_stretches,
    leg_codes,
    leg_values,
)
from models.roster.columns.legs import Legs
from models.roster.columns.machine import Values
from models.roster.columns.tour_book import TourBook
from models.roster.halting import Halt, Halted, go_on, never
from models.roster.problem import TOUR_GOALS, RosterProblem
from models.roster.reach import units_per_period

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int16]

_POLL = 0.1  # seconds
_AT_ONCE = 0.1  # seconds of tours between two looks at the clock


@dataclass(frozen=True, eq=False)
class Prices:
    """What cover and case work are worth, fine units.

    ``cover[c, p]`` of a hundredth of an agent on a row of cover in a period;
    ``heads[c, p]`` of the same where speeds count as the next whole number;
    ``room[k, i]`` of a unit of work that cut period ``i`` of a case type has room for;
    ``people[r]`` of one more in a headcount, which may be below 0.
    """

    cover: Ints
    heads: Ints
    room: Ints
    people: Ints


def free(problem: RosterProblem) -> Prices:
    """Return prices at which nothing is worth anything."""
    cover = np.zeros((len(problem.covers), problem.periods), dtype=np.int64)
    room = np.zeros((len(problem.cases), len(problem.cuts)), dtype=np.int64)
    people = np.zeros(len(problem.joint), dtype=np.int64)
    return Prices(cover, cover, room, people)


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
    legs, values = Legs(problem, made), Values(problem)
    kinds = []
    for kind in classes(problem, legs, values):
        go_on(halt)
        kinds.append(kind)
    book = TourBook(problem, legs, kinds, values)
    return Pricer(problem, made, legs, book, pool, workers, halt)


class Pricer:
    """Prices the legs and classes of one problem, on some threads."""

    def __init__(
        self,
        problem: RosterProblem,
        made: Arrays,
        legs: Legs,
        book: TourBook,
        pool: Executor,
        workers: int,
        halt: Halt = never,
    ) -> None:
        self.problem, self.arrays, self.legs = problem, made, legs
        self.book, self.classes = book, book.kinds
        self.graphs: Graphs | None = None
        self._pool, self._workers, self._halt = pool, workers, halt
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

    def draw_graphs(self, halt: Halt) -> None:
        """Make graphs of all tours, where there is nothing to decide in a shift."""
        if not self.problem.works:
            table = self.book.costing(TOUR_GOALS)
            self.graphs = Graphs(table, self.problem.days, self._pool, halt)

    @cached_property
    def only_values(self) -> Ints | None:
        """What each leg is worth where there is nothing to work on but be there."""
        if self.problem.works:
            return None
        return self.values(free(self.problem))

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

    def legs_of(self, which: Ints) -> list[Ints]:
        """Return the legs that some classes can work, group by group."""
        own = [self.classes[c].options.legs for c in which.tolist()]
        legs = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *own]))
        return [legs[self.group[legs] == g] for g in range(len(self._of_group))]

    def values(self, prices: Prices, only: Sequence[Ints] | None = None) -> Ints:
        """Return what the best pattern of each leg is worth; ``NEVER`` without one.

        With ``only`` (see ``legs_of``) of these legs; all others have ``NEVER``.
        """
        found = np.full(len(self.legs), NEVER, dtype=np.int64)
        legs = self._of_group if only is None else only

        def one(group: int) -> None:
            table = self.table(self.worth(group, prices))
            leg_values(
                legs[group],
                self.spans,
                self.stop_first,
                self.stops,
                table,
                found,
            )

        list(self._pool.map(one, [g for g, own in enumerate(legs) if len(own)]))
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

    def tours(
        self,
        values: Ints,
        people: Ints,
        goals: Sequence[str] = TOUR_GOALS,
        which: Ints | None = None,
    ) -> Tours:
        """Return each class's cheapest tour where legs are worth ``values``.

        ``people`` as in ``Prices``. With ``which`` of these classes, in their order.
        Raises ``Halted`` soon after it is told to end.
        """
        wanted = np.arange(len(self.classes)) if which is None else which
        cost = np.zeros(len(wanted), dtype=np.int64)
        chosen = np.full((len(wanted), self.problem.days), -1, dtype=np.int64)
        parts = np.array_split(np.arange(len(wanted)), max(1, 4 * self._workers))

        def one(part: Ints) -> None:
            size = 1
            while len(part):
                go_on(self._halt)
                some, part = part[:size], part[size:]
                began = monotonic()
                found = self.tours_of(wanted[some], values, people, goals)
                if self.book.stop[0]:
                    raise Halted
                cost[some], chosen[some] = found.cost, found.chosen
                each = (monotonic() - began) / len(some)
                size = min(len(some) * 8, max(1, int(_AT_ONCE / max(each, 1e-9))))

        tasks = [self._pool.submit(one, part) for part in parts if len(part)]
        while wait(tasks, timeout=_POLL).not_done:
            if self._halt():
                self.book.stop[0] = 1  # a single tour may take minutes
        for task in tasks:
            task.result()
        return Tours(cost, chosen)

    def tours_of(
        self,
        which: Ints,
        values: Ints,
        people: Ints,
        goals: Sequence[str] = TOUR_GOALS,
    ) -> Tours:
        """Return the same of some classes, in their order."""
        best = np.zeros(len(which), dtype=np.int64)
        options = np.full((len(which), self.problem.days), -1, dtype=np.int64)
        left = np.ones(len(which), dtype=np.bool_)
        if self.graphs is not None and tuple(goals) == TOUR_GOALS:
            for i, c in enumerate(which.tolist()):
                if self.graphs.has(c):
                    costs = self.graphs.costs(c, values, people)
                    best[i] = self.graphs.cheapest(c, costs, options[i])
                    left[i] = False
        if left.any():
            table = self.book.costing(goals)
            some, chosen = best[left], options[left]
            class_tours(which[left], table, values, people, some, chosen)
            best[left], options[left] = some, chosen
        return Tours(best, options)
