"""When agents cannot work."""

import datetime as dt
from collections.abc import Sequence

from models.roster.problem import Stretch
from scheduler.calendars import clipped, gaps
from scheduler.clock import MINUTES_PER_DAY
from scheduler.domain import Weekday
from scheduler.tables import Availability, Leave, Preference
from scheduler.translate.frame import Frame


def leave_stretches(frame: Frame, rows: Sequence[Leave]) -> tuple[Stretch, ...]:
    """Return an agent's leave up to the last period."""
    return clipped(
        ((frame.begins(row.start), frame.ends(row.end)) for row in rows), (0, frame.end)
    )


def unavailable(frame: Frame, rows: Sequence[Availability]) -> tuple[Stretch, ...]:
    """Return when an agent is not available, up to the last period.

    Without any row that says yes everything is available that no row forbids; else only
    what such rows allow. On a date with rows of its own, its weekday's do not count.
    The dates on both sides of the horizon count too, for ranges and shifts that cross
    midnight.
    """
    span = (0, frame.end)
    last = frame.axis.date_of(frame.end)
    days = (last - frame.axis.first_day).days
    told = [
        (row.available, range_on(frame, row, date))
        for date in map(frame.axis.date, range(-1, days + 1))
        for row in _of_date(rows, date)
    ]
    forbidden = [stretch for available, stretch in told if not available]
    if any(row.available for row in rows):
        forbidden += gaps([stretch for available, stretch in told if available], span)
    return clipped(forbidden, span)


def _of_date(rows: Sequence[Availability], date: dt.date) -> list[Availability]:
    """Return the rows that speak of a date: its own, else its weekday's."""
    weekday = list(Weekday)[date.weekday()]
    return [row for row in rows if row.day == date] or [
        row for row in rows if row.day == weekday
    ]


def range_on(frame: Frame, row: Availability | Preference, date: dt.date) -> Stretch:
    """Return the minutes of a row on a date; one that wraps ends next day."""
    return stretch_on(frame, date, row.start, row.end)


def stretch_on(
    frame: Frame, date: dt.date, start: int | None, end: int | None
) -> Stretch:
    """Return the minutes between times of day; not after the start: next day's."""
    first, last = start or 0, end or 0
    until = last if last > first else last + MINUTES_PER_DAY
    return frame.axis.local(date, first), frame.axis.local(date, until)
