"""Opening hours."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from models.errors import InvalidInput
from models.roster.problem import Stretch
from scheduler.calendars.axis import TimeAxis
from scheduler.calendars.holidays import holiday
from scheduler.calendars.stretches import merged
from scheduler.clock import MINUTES_PER_DAY, TimeRange
from scheduler.domain import Calendar, Weekday

# Longer than any holiday, so that a calendar without opening hours is found out.
_CLOSED_FOR_GOOD_DAYS = 400
_DAY = dt.timedelta(days=1)

ALWAYS = Calendar.model_validate({day: ["00:00-24:00"] for day in Weekday})


@dataclass(frozen=True)
class OpenHours:
    """When a calendar is open, in minutes of an axis.

    Opening hours belong to the date on which they start. A closed date is closed from
    midnight to midnight, also for hours that would run into it.
    """

    calendar: Calendar
    axis: TimeAxis
    _closes: dict[tuple[dt.date, int], int] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _known: dict[dt.date, tuple[Stretch, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def on(self, date: dt.date) -> tuple[Stretch, ...]:
        """Return the opening hours that start on a date, joined and in order."""
        if date not in self._known:
            local = self.axis.local
            self._known[date] = merged(
                (local(date, start), local(date, end))
                for start, end in self._ranges(date)
            )
        return self._known[date]

    def _ranges(self, date: dt.date) -> Iterator[TimeRange]:
        """Yield the opening hours of a date by the clock on the wall."""
        if self._is_closed(date):
            return
        weekday = list(Weekday)[date.weekday()]
        usual: list[TimeRange] = getattr(self.calendar, weekday)
        latest = 2 * MINUTES_PER_DAY
        if self._is_closed(date + _DAY):
            latest = MINUTES_PER_DAY
        for start, end in self.calendar.dates.get(date, usual):
            yield TimeRange(start, min(end, latest))

    def _is_closed(self, date: dt.date) -> bool:
        """Whether a date is closed all day, whatever its weekday."""
        if date in self.calendar.closed:
            return True
        if date in self.calendar.dates:
            return False
        return holiday(self.calendar.holidays, date) is not None

    def is_open_day(self, date: dt.date) -> bool:
        """Whether opening hours start on a date."""
        return bool(self.on(date))

    def nth_close(self, first: dt.date, n: int) -> int:
        """Return when the n-th open date from ``first`` on closes, itself included."""
        key = first, n
        if key not in self._closes:
            date = next(islice(self.open_dates(first), n - 1, None))
            self._closes[key] = self.close_of(date)
        return self._closes[key]

    def close_of(self, date: dt.date) -> int:
        """Return when the last opening hours end that start on an open date."""
        return self.on(date)[-1][1]

    def stretches(self, first: dt.date, last: dt.date) -> tuple[Stretch, ...]:
        """Return the opening hours that start on the dates from first to last."""
        dates = (first + n * _DAY for n in range((last - first).days + 1))
        return merged(stretch for date in dates for stretch in self.on(date))

    def open_dates(self, first: dt.date) -> Iterator[dt.date]:
        """Yield the open dates from ``first`` on, without end.

        Raises
        ------
        InvalidInput
            When no opening hours start on any of 400 dates in a row.
        """
        date, closed_days = first, 0
        while closed_days < _CLOSED_FOR_GOOD_DAYS:
            if self.is_open_day(date):
                closed_days = 0
                yield date
            else:
                closed_days += 1
            date += _DAY
        raise InvalidInput(
            f"calendar: must be open within {_CLOSED_FOR_GOOD_DAYS} days, is closed "
            f"from {date - _CLOSED_FOR_GOOD_DAYS * _DAY} to {date - _DAY}"
        )
