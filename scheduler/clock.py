"""Times of day and moments, as people write them."""

import datetime as dt
import re
from typing import Any, NamedTuple, TypeVar

MINUTES_PER_DAY = 1440
FIRST_YEAR, LAST_YEAR = 1970, 2200  # far enough from where dates end

_Date = TypeVar("_Date", bound=dt.date)
_TIME = re.compile(r"^(\d{1,2}):(\d{2})$")


class TimeRange(NamedTuple):
    """A stretch of a day, in minutes after midnight by the clock on the wall.

    ``end`` may be 1440 (midnight) or more (the range ends on the next day).
    """

    start: int
    end: int

    def __str__(self) -> str:
        return f"{as_text(self.start)}-{as_text(self.end, midnight_is_24=True)}"


def as_minutes(text: Any) -> int:
    """Return minutes after midnight of ``HH:MM`` (00:00 to 24:00).

    Raises
    ------
    ValueError
        Where it is not a time of day.

    >>> as_minutes("07:30"), as_minutes("24:00")
    (450, 1440)
    """
    match = _TIME.match(text.strip()) if isinstance(text, str) else None
    if match:
        minutes = int(match[1]) * 60 + int(match[2])
        if minutes <= MINUTES_PER_DAY and int(match[2]) < 60:
            return minutes
    raise ValueError(f"expected a time such as 07:30, got {text!r}")


def as_text(minutes: int, *, midnight_is_24: bool = False) -> str:
    """Return ``HH:MM`` of minutes after midnight; the next day's wrap round.

    >>> as_text(450), as_text(1500), as_text(1440, midnight_is_24=True)
    ('07:30', '01:00', '24:00')
    """
    if midnight_is_24 and minutes == MINUTES_PER_DAY:
        return "24:00"
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def as_time_range(value: Any) -> TimeRange:
    """Return the range of ``HH:MM-HH:MM``; an end at or before its start is next day's.

    >>> as_time_range("22:00-06:00")
    TimeRange(start=1320, end=1800)
    """
    if isinstance(value, TimeRange):
        return value
    if not isinstance(value, str) or value.count("-") != 1:
        raise ValueError(f'expected a range such as "08:00-17:30", got {value!r}')
    start, end = (as_minutes(part) for part in value.split("-"))
    return TimeRange(start, end if end > start else end + MINUTES_PER_DAY)


def as_starts(text: str) -> list[int]:
    """Return start times of ``HH:MM`` or ``HH:MM-HH:MM/minutes``.

    >>> as_starts("07:00-08:00/30")
    [420, 450, 480]
    """
    if "/" not in text:
        return [as_minutes(text)]
    span, _, step = text.partition("/")
    if not step.strip().isdigit() or int(step) == 0 or span.count("-") != 1:
        raise ValueError(f'expected starts such as "07:00-10:00/30", got {text!r}')
    first, last = (as_minutes(part) for part in span.split("-"))
    if last < first:
        raise ValueError(f"expected a last start after the first, got {text!r}")
    return list(range(first, last + 1, int(step)))


def as_moment(value: Any) -> dt.datetime:
    """Return the moment of an ISO date and time, with or without a UTC offset."""
    has_time = isinstance(value, str) and len(value.strip()) > len("2026-03-02")
    moment = _iso(dt.datetime, value) if has_time else value
    if not isinstance(moment, dt.datetime):
        raise ValueError(f"expected a moment such as 2026-03-02T08:30, got {value!r}")
    return _near(moment)


def as_day_or_moment(value: Any) -> dt.date | dt.datetime:
    """Return a date, or a date and time where one is written."""
    when = value
    if isinstance(value, str):
        a_date = len(value.strip()) <= len("2026-03-02")
        when = _iso(dt.date if a_date else dt.datetime, value)
    if not isinstance(when, dt.date):
        raise ValueError(f"expected a date or a date and time, got {value!r}")
    return _near(when)


def _iso(kind: type[_Date], text: str) -> _Date | None:
    """Return the date or moment of an ISO text, ``None`` where it is none."""
    try:
        return kind.fromisoformat(text.strip())
    except ValueError:
        return None


def _near(date: _Date) -> _Date:
    """Return a date or moment if it lies in a year that can be calculated with."""
    if not FIRST_YEAR <= date.year <= LAST_YEAR:
        raise ValueError(
            f"expected a year from {FIRST_YEAR} to {LAST_YEAR}, "
            f"got {date.isoformat()!r}"
        )
    return date
