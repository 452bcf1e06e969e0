"""Stretches of days that a rule of the book speaks of, and what history says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.roster.problem import Measure, Stretch, Which
from scheduler.clock import MINUTES_PER_DAY
from scheduler.domain import Weekday
from scheduler.tables import History
from scheduler.translate.frame import Frame

_WEEK = 7


@dataclass(frozen=True)
class Past:
    """A shift worked before day one; ``day`` is below 0."""

    day: int
    start: int
    end: int
    paid: int


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
    for row in rows:
        start, end = frame.axis.minute(row.start), frame.axis.minute(row.end)
        day = (frame.axis.date_of(start) - frame.axis.first_day).days
        paid = end - start if row.paid_minutes is None else row.paid_minutes
        found.append(Past(day, start, end, paid))
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
        size = rolling(per)
        for last in range(days):
            first = last - size + 1
            yield Window(first, last, tuple(range(max(0, first), last + 1)))


def rolling(per: str) -> int:
    """Return the days of ``N days`` or ``N weeks``.

    >>> rolling("14 days"), rolling("2 weeks")
    (14, 14)
    """
    count, unit = per.split()
    return int(count) * (_WEEK if unit.startswith("week") else 1)


def weekends(frame: Frame, weekdays: Sequence[Weekday]) -> list[tuple[int, ...]]:
    """Return the days of each weekend in the horizon: weekdays that follow each other.

    A weekend cut by the horizon has the days that lie inside.
    """
    wanted = [list(Weekday).index(day) for day in weekdays]
    found: list[list[int]] = []
    for day in range(frame.days):
        if frame.axis.date(day).weekday() in wanted:
            if found and found[-1][-1] == day - 1:
                found[-1].append(day)
            else:
                found.append([day])
    return [tuple(days) for days in found]


def daily(frame: Frame, start: int, end: int) -> tuple[Stretch, ...]:
    """Return a time of day on every day, also on those around the horizon.

    Where ``end`` is not after ``start`` it is on the next day.
    """
    until = end if end > start else end + MINUTES_PER_DAY
    dates = (frame.axis.date(day) for day in range(-1, frame.days + 1))
    return tuple(
        (frame.axis.local(d, start), frame.axis.local(d, until)) for d in dates
    )


def counted(
    history: Sequence[Past], window: Window, which: Which, what: Measure
) -> int:
    """Return what shifts before day one add to a window; their types are not known."""
    total = 0
    for shift in history:
        if not window.first <= shift.day < 0 or which.types is not None:
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
