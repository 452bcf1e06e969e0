"""Where dates and moments lie in the horizon."""

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

from scheduler.calendars import TimeAxis
from scheduler.domain import Horizon

_DAY = dt.timedelta(days=1)
_REMEMBERED = 2**16  # moments: tables name the same ones again and again


class Timeline:
    """The horizon on its time axis; the time zone must be known."""

    def __init__(self, horizon: Horizon) -> None:
        self.axis = TimeAxis.of(horizon)
        self.zone = ZoneInfo(horizon.time_zone)
        self.first_day = horizon.first_day
        self.last_day = horizon.first_day + (horizon.days - 1) * _DAY
        self.days = horizon.days
        self.day_start = lru_cache(_REMEMBERED)(lambda day: self.axis.local(day, 0))
        self.minute = lru_cache(_REMEMBERED)(self.axis.minute)
        self._changes = lru_cache(_REMEMBERED)(self._clock_changes)

    @property
    def end(self) -> int:
        """Minute at which the horizon ends."""
        return self.ends(self.last_day)

    def covers(self, date: dt.date) -> bool:
        """Return whether a date lies in the horizon."""
        return self.first_day <= date <= self.last_day

    def begins(self, when: dt.date | dt.datetime) -> int:
        """Return the minute of a moment, or at which a date begins."""
        if isinstance(when, dt.datetime):
            return self.minute(when)
        return self.day_start(when)

    def ends(self, when: dt.date | dt.datetime) -> int:
        """Return the minute of a moment, or at which a date ends."""
        if isinstance(when, dt.datetime):
            return self.minute(when)
        return self.day_start(when + _DAY)

    def wall(self, when: dt.datetime) -> dt.datetime:
        """Return a moment as the clock on the wall shows it, without UTC offset."""
        if when.tzinfo is None:
            return when
        return when.astimezone(self.zone).replace(tzinfo=None, fold=0)

    def trouble(self, moment: dt.datetime) -> str | None:
        """Return why a local moment is not one moment, or ``None`` where it is."""
        if moment.tzinfo is not None or not self._changes(moment.date()):
            return None
        first = moment.replace(tzinfo=self.zone, fold=0)
        second = moment.replace(tzinfo=self.zone, fold=1)
        before, after = first.utcoffset(), second.utcoffset()
        if before == after or before is None or after is None:
            return None
        if before < after:
            return "a moment that exists: the clock is put forward over this one"
        return (
            "a UTC offset, because the clock is put back and this moment occurs twice: "
            f"{first.isoformat(timespec='minutes')} and "
            f"{second.isoformat(timespec='minutes')}"
        )

    def _clock_changes(self, date: dt.date) -> bool:
        """Return whether the clock is put forward or back on a date."""
        midnights = (
            dt.datetime.combine(day, dt.time(), self.zone).utcoffset()
            for day in (date, date + _DAY)
        )
        return len(set(midnights)) > 1
