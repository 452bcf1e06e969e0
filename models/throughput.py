"""Deferred work: hours between what has arrived and what is due.

Work is a fluid: a cohort is a batch of cases of one case type that arrive together and
are due together, and any fraction of it can be done. Clocks are minutes from the start
of the horizon; what arrived before is there at minute 0.

Sources named below, without author or year: *turnella* is turnella.com, back-office
case work WFM; *WFM Labs* is that wiki's page on back office and knowledge workers.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from math import inf, isfinite, isnan
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from models.errors import InvalidInput

Floats = npt.NDArray[np.float64]
Order = Literal["recoverable_first", "earliest_deadline"]

_DAY_MINUTES = 1440


@dataclass(frozen=True)
class Cohort:
    """Cases of one case type that arrive together and are due together.

    Attributes
    ----------
    case_type
        Label, for messages.
    arrives
        Minute from which they can be worked; 0 or less: there at the start.
    deadline
        Minute by which they are due; ``inf``: never.
    items
        Number of cases, ``>= 0``, may be fractional.
    work_minutes
        Agent-minutes of a trained agent for all of them; 0 if and only if no items.
    received
        Minute their age counts from, may be negative; not after they arrive.
    breached
        True if their own deadline passed before minute 0; ``deadline`` is then the
        target by which to recover them.
    """

    case_type: str
    arrives: float
    deadline: float
    items: float
    work_minutes: float
    received: float
    breached: bool = False

    def __post_init__(self) -> None:
        _at_least_zero(items=self.items, work_minutes=self.work_minutes)
        if (self.items > 0) != (self.work_minutes > 0):
            raise InvalidInput(
                f"case type {self.case_type!r}: work_minutes must be > 0 exactly where "
                f"items are, got {self.work_minutes} for {self.items} items"
            )
        if not (isfinite(self.arrives) and -inf < self.received <= self.start):
            raise InvalidInput(
                f"case type {self.case_type!r}: must have received <= arrives, "
                f"got {self.received} and {self.arrives}"
            )
        if isnan(self.deadline):
            raise InvalidInput(
                f"case type {self.case_type!r}: deadline is not a number"
            )

    @property
    def start(self) -> float:
        """Minute from which it counts: ``max(arrives, 0)``."""
        return max(self.arrives, 0.0)

    @property
    def due(self) -> float:
        """Minute at which it is late: nothing is late before it has arrived."""
        return max(self.deadline, self.start)


@dataclass(frozen=True)
class BurnDown:
    """Full-time equivalents that clear a backlog, see :func:`burn_down`."""

    fte: float
    steady_state_fte: float
    extra_fte: float


@dataclass(frozen=True)
class StructuralCheck:
    """Whether capacity keeps up with inflow, see :func:`structural_check`."""

    ok: bool
    shortfall_hours: float
    sentence: str


def hours(items: float, handle_minutes: float, utilisation: float = 1.0) -> float:
    """Return the agent-hours that cases need: ``items * handle / 60 / utilisation``.

    Items ``>= 0``, handle minutes per case ``>= 0``, utilisation (the productive share
    of case time) in ``(0, 1]``; else :class:`InvalidInput`.

    Cases times minutes *per case* are minutes. Dividing by the handle time gives cases
    squared per minute: it fits only a rate, cases per hour (WFM Labs, corrected).

    >>> hours(items=120, handle_minutes=25, utilisation=0.8)
    62.5
    """
    _at_least_zero(items=items, handle_minutes=handle_minutes)
    if not 0 < utilisation <= 1:
        raise InvalidInput(f"utilisation must be in (0, 1], got {utilisation}")
    return items * handle_minutes / 60 / utilisation


def burn_down(
    inflow_per_week: float,
    backlog: float,
    weeks: float,
    handle_minutes: float,
    productive_hours: float,
) -> BurnDown:
    """Return the people who clear a backlog in time and keep up with inflow.

    Parameters
    ----------
    inflow_per_week, backlog
        Cases, ``>= 0``.
    weeks
        Weeks in which to clear the backlog, ``> 0``.
    handle_minutes
        Mean handle time per case in minutes, ``>= 0``.
    productive_hours
        Hours of case work per full-time equivalent and week, ``> 0``.

    Raises
    ------
    InvalidInput
        If a number is outside its range.

    Notes
    -----
    ``FTE = (inflow + backlog / weeks) * handle_hours / productive_hours``; the steady
    state is the same without backlog, the extra people stand down after ``weeks``
    (turnella).

    Examples
    --------
    >>> plan = burn_down(540, 2000, weeks=4, handle_minutes=30, productive_hours=30)
    >>> round(plan.fte, 2), plan.steady_state_fte, round(plan.extra_fte, 2)
    (17.33, 9.0, 8.33)
    """
    _above_zero(weeks=weeks, productive_hours=productive_hours)
    steady = hours(inflow_per_week, handle_minutes) / productive_hours
    extra = hours(backlog, handle_minutes) / weeks / productive_hours
    return BurnDown(fte=steady + extra, steady_state_fte=steady, extra_fte=extra)


def weeks_to_clear(capacity: float, inflow: float, backlog: float) -> float:
    """Return the weeks until no backlog is left: ``backlog / (capacity - inflow)``.

    All in cases (a week), ``>= 0``, else :class:`InvalidInput`. A backlog never clears,
    ``inf``, unless capacity exceeds inflow (turnella).

    >>> weeks_to_clear(capacity=1040, inflow=540, backlog=2000)
    4.0
    """
    _at_least_zero(capacity=capacity, inflow=inflow, backlog=backlog)
    if backlog == 0:
        return 0.0
    return backlog / (capacity - inflow) if capacity > inflow else inf


def required_daily_completions(
    arrivals_today: float, expiring_in_window: float
) -> float:
    """Return today's arrivals plus the backlog that expires in the SLA window.

    Both in cases, ``>= 0``, else :class:`InvalidInput`. It asks too much where the SLA
    is longer than a day: arrivals need not be done today, and what is still in the
    window is asked for again tomorrow (WFM Labs).

    >>> required_daily_completions(arrivals_today=80, expiring_in_window=200 / 5)
    120.0
    """
    _at_least_zero(arrivals_today=arrivals_today, expiring_in_window=expiring_in_window)
    return arrivals_today + expiring_in_window


def daily_fte(
    completions: float, handle_minutes: float, productive_hours: float
) -> float:
    """Return the people for a day's cases: ``completions * handle_hours / productive``.

    Completions and handle minutes per case ``>= 0``, productive hours per person and
    day ``> 0``; else :class:`InvalidInput` (turnella, back-office staffing).

    >>> round(daily_fte(120, handle_minutes=25, productive_hours=5.5), 2)
    9.09
    """
    _above_zero(productive_hours=productive_hours)
    return hours(completions, handle_minutes) / productive_hours


def effective_inflow(inflow: float, reopen_rate: float) -> float:
    """Return the inflow with the cases that come back: ``inflow / (1 - r)``.

    Inflow in cases, ``>= 0``; ``r``, reopened per completed case, in ``[0, 1)``; else
    :class:`InvalidInput`. A geometric series: reopened cases reopen too (turnella).

    >>> effective_inflow(inflow=90, reopen_rate=0.1)
    100.0
    """
    _at_least_zero(inflow=inflow)
    if not 0 <= reopen_rate < 1:
        raise InvalidInput(f"reopen_rate must be in [0, 1), got {reopen_rate}")
    return inflow / (1 - reopen_rate)


def conservation(opening: float, arrivals: float, completions: float) -> float:
    """Return the closing backlog: ``B(t+1) = B(t) + arrivals - completions``.

    All in cases, ``>= 0``, and no more completed than there were, up to rounding; else
    :class:`InvalidInput` (WFM Labs).

    >>> conservation(opening=200, arrivals=80, completions=120)
    160
    """
    _at_least_zero(opening=opening, arrivals=arrivals, completions=completions)
    there = opening + arrivals
    if completions > there * (1 + 1e-9):
        raise InvalidInput(f"completions must be <= {there}, got {completions}")
    return max(there - completions, 0)


def structural_check(inflow_hours: float, capacity_hours: float) -> StructuralCheck:
    """Say whether capacity keeps up with inflow, the first thing to ask.

    Both in agent-hours over the same time, ``>= 0``, else :class:`InvalidInput`. Below
    inflow the backlog grows without limit (turnella).

    >>> structural_check(inflow_hours=270, capacity_hours=240).shortfall_hours
    30
    """
    _at_least_zero(inflow_hours=inflow_hours, capacity_hours=capacity_hours)
    facts = f"capacity {capacity_hours:.1f} h, inflow {inflow_hours:.1f} h"
    if capacity_hours >= inflow_hours:
        return StructuralCheck(True, 0.0, f"capacity keeps up with inflow ({facts})")
    short = inflow_hours - capacity_hours
    verdict = f"breaches are certain whatever the priorities: {short:.1f} h short"
    return StructuralCheck(False, short, f"{verdict} ({facts})")


def curves(cohorts: Sequence[Cohort], times: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return the work available and the work due by each minute.

    Parameters
    ----------
    cohorts
        Any number, in any order.
    times
        Minutes, any shape.

    Returns
    -------
    tuple
        ``A(t)`` and ``D(t)``, cumulative agent-minutes, shape of ``times``;
        ``D(t) <= A(t)``, since nothing is due before it has arrived.

    Notes
    -----
    Where earlier arrivals have earlier deadlines, work done by ``t`` can meet every
    deadline if and only if it lies between the two (Horn, 1974).

    Examples
    --------
    >>> curves([Cohort("claim", 0, 480, 2, 60, 0)], [0, 479, 480])
    (array([60., 60., 60.]), array([ 0.,  0., 60.]))
    """
    work = _column(cohorts, "work_minutes")
    at = np.asarray(times, dtype=float)
    return (
        _cumulative(_column(cohorts, "start"), work, at),
        _cumulative(_column(cohorts, "due"), work, at),
    )


def monotone_streams(cohorts: Sequence[Cohort]) -> list[list[Cohort]]:
    """Split cohorts into the fewest streams where who comes first is due first.

    Parameters
    ----------
    cohorts
        Of one case type, in any order.

    Returns
    -------
    list
        Streams, each by arrival with deadlines that never fall; what is there at the
        start arrives at 0 and stands by deadline.

    Raises
    ------
    InvalidInput
        If the cohorts are of several case types.

    Notes
    -----
    Patience sorting: each cohort joins the stream with the latest last deadline that is
    not after its own. As many streams as the longest run of falling deadlines, so no
    split has fewer (Dilworth, 1950).

    Examples
    --------
    >>> a, b = Cohort("claim", 0, 900, 1, 30, 0), Cohort("claim", 60, 480, 1, 30, 60)
    >>> [[cohort.deadline for cohort in stream] for stream in monotone_streams([a, b])]
    [[900], [480]]
    """
    _one_case_type(cohorts)
    streams: list[list[Cohort]] = []
    latest: list[float] = []  # minus the last deadlines: stays sorted upwards
    for cohort in sorted(cohorts, key=lambda c: (c.start, c.deadline)):
        s = bisect_left(latest, -cohort.deadline)
        if s == len(streams):
            streams.append([])
            latest.append(0.0)
        streams[s].append(cohort)
        latest[s] = -cohort.deadline
    return streams


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
        ``"recoverable_first"``: what can still be in time by deadline, then the overdue
        by deadline. ``"earliest_deadline"``: all by deadline. Ties: the order given.

    Raises
    ------
    InvalidInput
        If the cohorts are of several case types, or another input is not as said.

    Notes
    -----
    Work starts in slices that begin at or after its arrival. Earliest deadline first
    has the least work overdue at every minute (Horn, 1974), recoverable first the least
    work breached in all (Glover, 1967).

    Examples
    --------
    >>> cases = [Cohort("claim", 0, 480, 4, 120, received=-1440)]
    >>> week = forecast(cases, [480, 960], [90, 90], day_ends=[1440])
    >>> week.breaches, week.completed, week.idle_minutes
    (array([1.]), array([4.]), array([60.]))
    """
    _one_case_type(cohorts)
    if order not in get_args(Order):
        raise InvalidInput(f"order must be one of {get_args(Order)}, got {order!r}")
    ends, minutes, days = _slices(capacity_ends, capacity, day_ends)
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
        self.start, self.due = _column(cohorts, "start"), _column(cohorts, "due")
        self.deadline = _column(cohorts, "deadline")
        self.received = _column(cohorts, "received")
        self.work, self.items = _column(cohorts, "work_minutes"), _items(cohorts, days)
        self.was_breached = _column(cohorts, "breached") > 0
        self.left, self.missed = self.items.copy(), np.zeros(len(cohorts))
        self.age_minutes = 0.0
        edges = np.concatenate(([0.0], ends))
        came = np.flatnonzero(self.items)
        ready = edges[np.searchsorted(edges, self.start[came])]
        arrivals = zip(ready.tolist(), came.tolist(), strict=True)
        self.waiting = sorted(arrivals, reverse=True)
        self.ahead: list[tuple[float, int]] = []
        self.overdue: list[tuple[float, int]] = []
        self.recoverable_first = order == "recoverable_first"

    def result(self) -> Forecast:
        completed, used, idle, overdue = self.run()
        arrival_day = np.searchsorted(self.days, self.start, side="right")
        due_day = np.maximum(np.searchsorted(self.days, self.due), arrival_day)
        inflow = self.per_day(arrival_day, self.items * (self.start > 0))
        first = self.items[self.start == 0].sum()
        # Rounding must not leave less than nothing.
        closing = np.maximum(first + np.cumsum(inflow - completed), 0)
        late = sorted(zip(self.due.tolist(), self.missed.tolist(), strict=True))
        end, done = self.days[-1], completed.sum()
        oldest = self.received[self.left > 0].min(initial=end)
        return Forecast(
            opening=np.concatenate(([first], closing[:-1])),
            inflow=inflow,
            completed=completed,
            closing=closing,
            due=self.per_day(due_day, self.items * ~self.was_breached),
            breaches=self.per_day(due_day, self.missed),
            overdue=overdue,
            used_minutes=used,
            idle_minutes=idle,
            open_items=self.left,
            breach_list=tuple(breach for breach in late if breach[1] > 0),
            mean_age_days=float(self.age_minutes / max(done, 1e-300) / _DAY_MINUTES),
            oldest_age_days=float((end - oldest) / _DAY_MINUTES),
            already_breached=float(self.items[self.was_breached].sum()),
        )

    def per_day(self, day: npt.NDArray[np.int64], items: Floats) -> Floats:
        """Sum items by day; what lies beyond the last day is left out."""
        days = len(self.days)
        sums = np.bincount(day, weights=items, minlength=days + 1)[:days]
        return sums.astype(float)

    def run(self) -> Floats:
        """Return completed, used, idle and overdue per day, shape ``(4, days)``."""
        end, totals = self.days[-1], np.zeros((4, len(self.days)))
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
                totals[3, d] = self.left[late & (self.start < until)].sum()
            begin = until
        self.admit(end)
        return totals

    def admit(self, now: float) -> None:
        """Let in what can be worked from now on, and move aside what is late now."""
        while self.waiting and self.waiting[-1][0] <= now:
            k = self.waiting.pop()[1]
            aside = self.recoverable_first and self.was_breached[k]
            heappush(self.overdue if aside else self.ahead, (self.deadline[k], k))
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


def _at_least_zero(**values: float) -> None:
    for name, value in values.items():
        if not 0 <= value < inf:
            raise InvalidInput(f"{name} must be >= 0, got {value}")


def _above_zero(**values: float) -> None:
    for name, value in values.items():
        if not 0 < value < inf:
            raise InvalidInput(f"{name} must be > 0, got {value}")


def _one_case_type(cohorts: Sequence[Cohort]) -> None:
    names = sorted({cohort.case_type for cohort in cohorts})
    if len(names) > 1:
        raise InvalidInput(f"cohorts must be of one case type, got {names}")


def _column(cohorts: Sequence[Cohort], name: str) -> Floats:
    return np.array([getattr(cohort, name) for cohort in cohorts], dtype=float)


def _items(cohorts: Sequence[Cohort], days: Floats) -> Floats:
    came = _column(cohorts, "start") < days[-1]
    return np.where(came, _column(cohorts, "items"), 0)


def _cumulative(minute: Floats, work: Floats, times: Floats) -> Floats:
    order = np.argsort(minute)
    total = np.concatenate(([0.0], np.cumsum(work[order])))
    return total[np.searchsorted(minute[order], times, side="right")]


def _rising(name: str, minutes: npt.ArrayLike) -> Floats:
    numbers = np.ravel(np.asarray(minutes, dtype=float))
    steps = np.diff(numbers, prepend=0.0)
    wrong = ~((steps > 0) & (steps < inf))
    if wrong.any():
        i = int(wrong.argmax())
        raise InvalidInput(f"{name} must rise from 0, got {numbers[i]} at position {i}")
    return numbers


def _slices(
    capacity_ends: npt.ArrayLike, capacity: npt.ArrayLike, day_ends: npt.ArrayLike
) -> tuple[Floats, Floats, Floats]:
    """Return slice ends, their minutes, day ends; slices go on to the last day."""
    ends, days = _rising("capacity_ends", capacity_ends), _rising("day_ends", day_ends)
    minutes = np.ravel(np.asarray(capacity, dtype=float))
    if minutes.shape != ends.shape:
        raise InvalidInput(
            f"capacity must have a number per slice={ends.size}, got {minutes.size}"
        )
    wrong = ~((minutes >= 0) & (minutes < inf))
    if wrong.any():
        raise InvalidInput(f"capacity must be >= 0, got {minutes[wrong][0]}")
    last = ends.max(initial=0.0)
    if not days.size or days[-1] < last:
        raise InvalidInput(
            f"day_ends must reach the last slice's end={last}, got {days}"
        )
    if days[-1] > last:
        ends, minutes = np.append(ends, days[-1]), np.append(minutes, 0.0)
    return ends, minutes, days
