"""What becomes of cohorts in the capacity they get: the forward pass, day by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from models.errors import InvalidInput
from models.throughput.checks import Floats, slices
from models.throughput.cohorts import Cohort, column, one_case_type
from models.throughput.history import AGES, by_age

Order = Literal["recoverable_first", "earliest_deadline"]

_DAY_MINUTES = 1440


@dataclass(frozen=True)
class Forecast:
    """What becomes of one case type; arrays are per day, shape ``(days,)``.

    Attributes
    ----------
    opening, inflow, completed, closing
        Items: ``closing = opening + inflow - completed``.
    due
        Items whose deadline comes that day, done or not; without the already breached.
    breaches
        Those of them not completed by then: each counts once, on its deadline.
    overdue
        Items open at the end of the day that are late or were already breached.
    ages
        Items open at the end of each day by age in days, groups beginning at 0 and
        ``AGES``, shape ``(days, groups)``; an age on an edge is of the older group.
    oldest_days
        Age of the oldest item open at the end of the day; 0 if there is none.
    used_minutes, idle_minutes
        Agent-minutes of capacity that went into work, and that found none to do.
    open_items
        Items left of each cohort at the end, shape ``(cohorts,)``, in the given order.
    breach_list
        ``(minute, items)`` of every breach, by minute.
    mean_age_days
        Mean age of the completed items at completion; 0 if there are none.
    oldest_age_days
        Age at the end of the oldest item still open; 0 if there is none.
    already_breached
        Items whose deadline had passed before minute 0; never among ``breaches``.
    """

    opening: Floats
    inflow: Floats
    completed: Floats
    closing: Floats
    due: Floats
    breaches: Floats
    overdue: Floats
    ages: Floats
    oldest_days: Floats
    used_minutes: Floats
    idle_minutes: Floats
    open_items: Floats
    breach_list: tuple[tuple[float, float], ...]
    mean_age_days: float
    oldest_age_days: float
    already_breached: float


def forecast(
    cohorts: Sequence[Cohort],
    capacity_ends: npt.ArrayLike,
    capacity: npt.ArrayLike,
    day_ends: npt.ArrayLike,
    order: Order = "recoverable_first",
) -> Forecast:
    """Play the work of one case type forward through the capacity it gets.

    Parameters
    ----------
    cohorts
        Of one case type, in any order. Those that arrive at or after the last day's end
        do not count.
    capacity_ends
        Minutes at which slices end, ``> 0``, rising, shape ``(slices,)``; the first
        starts at 0. Capacity is spread evenly over its slice.
    capacity
        Agent-minutes in each slice, ``>= 0``, shape ``(slices,)``.
    day_ends
        Minutes at which days end, ``> 0``, rising, shape ``(days,)``, the last not
        before the last slice's end. A deadline on it belongs to the day that ends, an
        arrival on it to the day that begins.
    order
        ``"recoverable_first"``: what can still meet its deadline, by deadline, then
        what is past it, oldest deadline first. ``"earliest_deadline"``: all by
        deadline. Of breached cohorts the deadline is their target. Ties: the order
        given.

    Raises
    ------
    InvalidInput
        If the cohorts are of several case types, or another input is not as said.

    Notes
    -----
    Work starts in slices that begin at or after its arrival. Where nothing is breached
    at the start, earliest deadline first has the least work overdue at every minute
    (Horn, 1974), recoverable first the least work breached in all (Glover, 1967). A
    breached cohort is worked as if its target were its deadline, so with some the two
    are about deadlines and targets together.

    Examples
    --------
    >>> cases = [Cohort("claim", 0, 480, 4, 120, received=-1440)]
    >>> week = forecast(cases, [480, 960], [90, 90], day_ends=[1440])
    >>> week.breaches, week.completed, week.idle_minutes
    (array([1.]), array([4.]), array([60.]))
    """
    one_case_type(cohorts)
    if order not in get_args(Order):
        raise InvalidInput(f"order must be one of {get_args(Order)}, got {order!r}")
    ends, minutes, days = slices(capacity_ends, capacity, day_ends)
    return _Pass(cohorts, order, ends, minutes, days).result()


class _Pass:
    """The forward pass: what is left of each cohort, and two heaps of deadlines."""

    def __init__(
        self,
        cohorts: Sequence[Cohort],
        order: Order,
        ends: Floats,
        minutes: Floats,
        days: Floats,
    ) -> None:
        self.ends, self.minutes, self.days = ends, minutes, days
        self.start, self.due = column(cohorts, "start"), column(cohorts, "due")
        self.deadline = column(cohorts, "deadline")
        self.received = column(cohorts, "received")
        self.work, self.items = column(cohorts, "work_minutes"), _items(cohorts, days)
        self.was_breached = column(cohorts, "breached") > 0
        self.left, self.missed = self.items.copy(), np.zeros(len(cohorts))
        self.age_minutes = 0.0
        self.ages = np.zeros((len(days), len(AGES) + 1))
        edges = np.concatenate(([0.0], ends))
        came = np.flatnonzero(self.items)
        ready = edges[np.searchsorted(edges, self.start[came])]
        arrivals = zip(ready.tolist(), came.tolist(), strict=True)
        self.waiting = sorted(arrivals, reverse=True)
        self.ahead: list[tuple[float, int]] = []
        self.overdue: list[tuple[float, int]] = []
        self.recoverable_first = order == "recoverable_first"

    def result(self) -> Forecast:
        completed, used, idle, overdue, oldest_days = self.run()
        arrival_day = np.searchsorted(self.days, self.start, side="right")
        due_day = np.maximum(np.searchsorted(self.days, self.due), arrival_day)
        inflow = self.per_day(arrival_day, self.items * (self.start > 0))
        first = self.items[self.start == 0].sum()
        # Rounding must not leave less than nothing.
        closing = np.maximum(first + np.cumsum(inflow - completed), 0)
        late = sorted(zip(self.due.tolist(), self.missed.tolist(), strict=True))
        done = completed.sum()
        return Forecast(
            opening=np.concatenate(([first], closing[:-1])),
            inflow=inflow,
            completed=completed,
            closing=closing,
            due=self.per_day(due_day, self.items * ~self.was_breached),
            breaches=self.per_day(due_day, self.missed),
            overdue=overdue,
            ages=self.ages,
            oldest_days=oldest_days,
            used_minutes=used,
            idle_minutes=idle,
            open_items=self.left,
            breach_list=tuple(breach for breach in late if breach[1] > 0),
            mean_age_days=float(self.age_minutes / max(done, 1e-300) / _DAY_MINUTES),
            oldest_age_days=float(oldest_days[-1]),
            already_breached=float(self.items[self.was_breached].sum()),
        )

    def per_day(self, day: npt.NDArray[np.int64], items: Floats) -> Floats:
        """Sum items by day; what lies beyond the last day is left out."""
        days = len(self.days)
        sums = np.bincount(day, weights=items, minlength=days + 1)[:days]
        return sums.astype(float)

    def run(self) -> Floats:
        """Return completed, used, idle, overdue and oldest per day: ``(5, days)``."""
        end, totals = self.days[-1], np.zeros((5, len(self.days)))
        # Cut at deadlines and day ends, so that nothing happens inside a piece.
        inside = self.due[(self.due > 0) & (self.due < end)]
        cuts = np.unique(np.concatenate((self.ends, self.days, inside)))
        s, day = np.searchsorted(self.ends, cuts), np.searchsorted(self.days, cuts)
        rate = (self.minutes / np.diff(self.ends, prepend=0.0))[s]
        begin = 0.0
        for until, speed, d in zip(cuts.tolist(), rate.tolist(), day, strict=True):
            self.admit(begin)
            done, used = self.spend(begin, (until - begin) * speed, speed)
            totals[:3, d] += done, used, (until - begin) * speed - used
            if until == self.days[d]:
                late = self.was_breached | (self.due <= until)
                here = self.start < until
                totals[3, d] = self.left[late & here].sum()
                age = (until - self.received[here]) / _DAY_MINUTES
                still = self.left[here]
                totals[4, d] = age[still > 0].max(initial=0.0)
                self.ages[d] = by_age(age, still)
            begin = until
        self.admit(end)
        return totals

    def admit(self, now: float) -> None:
        """Let in what can be worked from now on, and move aside what is late now.

        A breached cohort is late once its target has passed, and not counted again.
        """
        while self.waiting and self.waiting[-1][0] <= now:
            k = self.waiting.pop()[1]
            heappush(self.ahead, (self.deadline[k], k))
        while self.ahead and self.ahead[0][0] <= now:
            late = heappop(self.ahead)
            heappush(self.overdue, late)
            if not self.was_breached[late[1]]:
                self.missed[late[1]] = self.left[late[1]]

    def spend(self, begin: float, minutes: float, speed: float) -> tuple[float, float]:
        """Work for so many agent-minutes; return the items done and minutes used."""
        heaps = [self.ahead, self.overdue]
        done = used = 0.0
        for heap in heaps if self.recoverable_first else reversed(heaps):
            while heap and used < minutes:
                k = heap[0][1]
                spent, items = self.finish(k, minutes - used)
                self.age_minutes += items * (
                    begin + (used + spent / 2) / speed - self.received[k]
                )
                self.left[k] -= items
                done, used = done + items, used + spent
                if not self.left[k]:
                    heappop(heap)
        return done, used

    def finish(self, k: int, minutes: float) -> tuple[float, float]:
        """Return the minutes and items of cohort ``k`` that can be done in so many."""
        each = self.work[k] / self.items[k]
        need = self.left[k] * each
        # A sliver left by rounding would count as a breach.
        if need - minutes <= 1e-10 * self.work[k]:
            return min(need, minutes), self.left[k]
        return minutes, minutes / each


def _items(cohorts: Sequence[Cohort], days: Floats) -> Floats:
    came = column(cohorts, "start") < days[-1]
    return np.where(came, column(cohorts, "items"), 0)
