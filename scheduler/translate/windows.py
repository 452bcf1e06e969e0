"""Stretches of days that a rule of the book speaks of, and what history says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.roster.problem import Measure, Stretch, Which
from scheduler.clock import MINUTES_PER_DAY
from scheduler.tables import History
from scheduler.tables.row import days_in
from scheduler.translate.frame import Frame

_WEEK = 7


@dataclass(frozen=True)
class Past:
    """A shift worked before day one; ``day`` is below 0.

    ``shift_type`` is its position, -1 of one that the plan does not have; ``None``
    where history does not tell.
    """

    day: int
    start: int
    end: int
    paid: int
    shift_type: int | None = None
    case_minutes: int | None = None


@dataclass(frozen=True)
class Window:
    """Days that are counted together, ``first`` to ``last``, some perhaps outside.

    ``days`` are those in the horizon.
    """

    first: int
    last: int
    days: tuple[int, ...]


def past(frame: Frame, rows: Sequence[History]) -> list[Past]:
    """Return an agent's shifts before day one."""
    found = []
    types = {kind.name: k for k, kind in enumerate(frame.plan.shift_types)}
    for row in rows:
        start, end = frame.axis.minute(row.start), frame.axis.minute(row.end)
        day = (frame.axis.date_of(start) - frame.axis.first_day).days
        paid = end - start if row.paid_minutes is None else row.paid_minutes
        kind = None if row.shift_type is None else types.get(row.shift_type, -1)
        found.append(Past(day, start, end, paid, kind, row.case_minutes))
    return found


def windows(frame: Frame, per: str) -> Iterator[Window]:
    """Yield the windows of ``per``: day, week, horizon, or N days that roll.

    A week may be cut by the horizon; N days end on each of its days.
    """
    days = frame.days
    if per == "horizon":
        yield Window(0, days - 1, tuple(range(days)))
    elif per == "day":
        yield from (Window(d, d, (d,)) for d in range(days))
    elif per == "week":
        for week in frame.weeks:
            start = frame.week_start(frame.axis.date(week[0]))
            first = (start - frame.axis.first_day).days
            yield Window(first, first + _WEEK - 1, week)
    else:
        size = days_in(per) or days
        for last in range(days):
            first = last - size + 1
            yield Window(first, last, tuple(range(max(0, first), last + 1)))


def daily(frame: Frame, start: int, end: int, first: int = -1) -> tuple[Stretch, ...]:
    """Return a time of day on every day from ``first`` to the one after the horizon.

    Where ``end`` is not after ``start`` it is on the next day.
    """
    until = end if end > start else end + MINUTES_PER_DAY
    dates = (frame.axis.date(day) for day in range(first, frame.days + 1))
    return tuple(
        (frame.axis.local(d, start), frame.axis.local(d, until)) for d in dates
    )


def counted(
    history: Sequence[Past], window: Window, which: Which, what: Measure
) -> int:
    """Return what shifts before day one add to a window.

    One whose type is not known is none of some types.
    """
    total = 0
    for shift in history:
        if not window.first <= shift.day < 0:
            continue
        if which.types is not None and shift.shift_type not in which.types:
            continue
        shared = sum(
            max(0, min(end, shift.end) - max(start, shift.start))
            for start, end in which.touching or ()
        )
        if which.touching is not None and shared < which.minutes:
            continue
        amount = {Measure.SHIFTS: 1, Measure.PAID: shift.paid, Measure.SHARED: shared}
        total += amount[what]
    return total


def in_a_row(history: Sequence[Past], *, off: bool) -> int | None:
    """Return how many days in a row up to day one were worked, or off.

    ``None`` where nothing is known; days off are known back to the first shift.
    """
    if not history:
        return None
    worked = {shift.day for shift in history}
    day, earliest = -1, min(worked)
    while day >= earliest and (day in worked) != off:
        day -= 1
    return -1 - day
