"""Dates at the top of the columns of a wide sheet."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from scheduler.calendars import TimeAxis

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
           "dec")  # fmt: skip
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_NUMBERS = re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?\.?")
_DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[\s.-]*([a-z]{3,9})\.?[\s,-]*(\d{4})?"
)
_MONTH_DAY = re.compile(
    r"([a-z]{3,9})\.?[\s-]*(\d{1,2})(?:st|nd|rd|th)?[\s,-]*(\d{4})?"
)
_WEEKDAY = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*[\s,.]*")


def dates_of(cells: Sequence[str], axis: TimeAxis, days: int) -> dict[int, dt.date]:
    """Return by column the dates of a header, as they are read best.

    Dates without a year are the plan's; of day first and month first it is what puts
    more of them among the plan's dates, and where both do, what fits the weekdays. A
    week that is named by its days alone is the plan's.

    >>> axis = TimeAxis(dt.date(2026, 3, 2), "UTC")
    >>> dates_of(["agent", "Mon 2 Mar", "03/03"], axis, 7)
    {1: datetime.date(2026, 3, 2), 2: datetime.date(2026, 3, 3)}
    """
    known = {axis.date(day) for day in range(days)}
    readings = [
        {
            column: date
            for column, cell in enumerate(cells)
            if (date := _date(cell, known, day_first=day_first)) is not None
        }
        for day_first in (True, False)
    ]
    if not any(readings) and days <= len(_WEEKDAYS):
        return _weekdays(cells, known)
    return max(readings, key=lambda found: sum(d in known for d in found.values()))


def _weekdays(cells: Sequence[str], known: set[dt.date]) -> dict[int, dt.date]:
    """Return the dates of columns that are named by their days of the week."""
    by_name = {_WEEKDAYS[date.weekday()]: date for date in known}
    found = {}
    for column, cell in enumerate(cells):
        match = _WEEKDAY.fullmatch(cell.strip().lower())
        if match and match[1] in by_name:
            found[column] = by_name[match[1]]
    return found


def _date(cell: str, known: set[dt.date], *, day_first: bool) -> dt.date | None:
    text = cell.strip().lower()
    weekday = _WEEKDAY.match(text)
    if weekday and weekday.end() < len(text):
        text = text[weekday.end() :]
    else:
        weekday = None
    for date in _readings(text, known, day_first=day_first):
        if weekday is None or _WEEKDAYS[date.weekday()] == weekday[1]:
            return date
    return None


def _readings(text: str, known: set[dt.date], *, day_first: bool) -> Iterator[dt.date]:
    """Yield the dates that a text may be."""
    if match := _ISO.fullmatch(text):
        yield from _made(int(match[1]), int(match[2]), int(match[3]), known)
    elif match := _NUMBERS.fullmatch(text):
        one, two = int(match[1]), int(match[2])
        day, month = (one, two) if day_first else (two, one)
        yield from _made(_year(match[3]), month, day, known)
    elif match := _DAY_MONTH.fullmatch(text):
        yield from _made(_year(match[3]), _month(match[2]), int(match[1]), known)
    elif match := _MONTH_DAY.fullmatch(text):
        yield from _made(_year(match[3]), _month(match[1]), int(match[2]), known)


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)


def _month(text: str) -> int:
    """Return the number of a month, 0 where it is none."""
    return _MONTHS.index(text[:3]) + 1 if text[:3] in _MONTHS else 0


def _made(
    year: int | None, month: int, day: int, known: set[dt.date]
) -> Iterator[dt.date]:
    """Yield a date; without a year those of the plan, then any in its first year."""
    years = [year] if year else sorted({date.year for date in known})
    found = []
    for each in years:
        try:
            found.append(dt.date(each, month, day))
        except ValueError:
            continue
    yield from sorted(found, key=lambda date: date not in known)
