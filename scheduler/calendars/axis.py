"""Minutes of the horizon, and the moments that they are."""

import datetime as dt
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

from scheduler.clock import MINUTES_PER_DAY
from scheduler.domain import Horizon

_MINUTE = dt.timedelta(minutes=1)
_HOUR = 60
_CHANGES = -(1 << 60)  # stands for an hour in which the clock changes
_DAY = dt.timedelta(days=1)
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class TimeAxis:
    """Elapsed minutes since the first local midnight of the horizon.

    Minutes may be negative (before the horizon) and lie after it. Clocks jump: a local
    time means the first moment at which the clock on the wall has reached it. That is
    the first of a repeated hour, and the moment of the jump for one that is skipped.

    Attributes
    ----------
    first_day
        Day 0.
    time_zone
        IANA name.
    """

    first_day: dt.date
    time_zone: str

    @classmethod
    def of(cls, horizon: Horizon) -> "TimeAxis":
        """Return the axis of a plan's horizon.

        >>> axis = TimeAxis.of(Horizon(first_day="2026-03-29", time_zone="Europe/Rome"))
        >>> axis.day_starts(days=2)  # the clocks go forward on the first day
        (0, 1380, 2820)
        """
        return cls(horizon.first_day, horizon.time_zone)

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @cached_property
    def _origin(self) -> dt.datetime:
        return self._reached(dt.datetime.combine(self.first_day, dt.time()))

    def _reached(self, wall: dt.datetime) -> dt.datetime:
        """Return the first moment, in UTC, at which the clock has reached ``wall``."""
        moment = wall.replace(tzinfo=self._zone, fold=0).astimezone(dt.UTC)
        if self._wall(moment) == wall:
            return moment
        # Skipped: the jump lies between the readings by the offsets after and before.
        early = wall.replace(tzinfo=self._zone, fold=1).astimezone(dt.UTC)
        minutes = range((moment - early) // _MINUTE)
        jump = bisect_left(
            minutes, wall, key=lambda minute: self._wall(early + minute * _MINUTE)
        )
        return early + jump * _MINUTE

    def _wall(self, moment: dt.datetime) -> dt.datetime:
        """Return what the clock on the wall shows."""
        return moment.astimezone(self._zone).replace(tzinfo=None, fold=0)

    def moment(self, minute: int) -> dt.datetime:
        """Return the aware moment, in the zone, at which a minute starts."""
        # Added in UTC: within one zone Python adds on the wall clock.
        return (self._origin + minute * _MINUTE).astimezone(self._zone)

    def minute(self, moment: dt.datetime) -> int:
        """Return the minute in which a moment lies; without an offset it is local."""
        if moment.tzinfo is None:
            return self._hour(moment.replace(minute=0, second=0, microsecond=0), moment)
        return (moment.astimezone(dt.UTC) - self._origin) // _MINUTE

    def _hour(self, hour: dt.datetime, moment: dt.datetime) -> int:
        """Return a local moment's minute; hours without a clock change are remembered.

        A million cases are received in a few hundred hours.
        """
        start = self._hours.get(hour)
        if start is None:
            start, end = (
                (self._reached(wall) - self._origin) // _MINUTE
                for wall in (hour, hour + dt.timedelta(hours=1))
            )
            plain = end - start == _HOUR and moment.fold == 0
            self._hours[hour] = start if plain else _CHANGES
        if start == _CHANGES or self._hours[hour] == _CHANGES:
            return (self._reached(moment) - self._origin) // _MINUTE
        return start + moment.minute

    @cached_property
    def _hours(self) -> dict[dt.datetime, int]:
        return {}

    def local(self, date: dt.date, minutes: int) -> int:
        """Return the minute at which the clock shows ``minutes`` after midnight.

        1440 and more are on the next day, by its clock.

        >>> axis = TimeAxis(dt.date(2026, 3, 29), "Europe/London")
        >>> [axis.local(axis.first_day, 60 * hour) for hour in (0, 1, 2, 24)]
        [0, 60, 60, 1380]
        """
        days, rest = divmod(minutes, MINUTES_PER_DAY)
        wall = dt.datetime.combine(date + days * _DAY, dt.time()) + rest * _MINUTE
        return self.minute(wall)

    def date(self, day: int) -> dt.date:
        """Return the date of a day's position."""
        return self.first_day + day * _DAY

    def date_of(self, minute: int) -> dt.date:
        """Return the local date in which a minute lies."""
        return self.moment(minute).date()

    def date_at(self, moment: dt.datetime) -> dt.date:
        """Return the local date of a moment; without an offset it is local.

        >>> axis = TimeAxis(dt.date(2026, 3, 2), "Europe/Berlin")
        >>> axis.date_at(dt.datetime.fromisoformat("2026-03-02T23:30+00:00"))
        datetime.date(2026, 3, 3)
        """
        return (moment if moment.tzinfo is None else self._wall(moment)).date()

    def day_starts(self, days: int) -> tuple[int, ...]:
        """Return the minute at which each day starts, and the end of the last."""
        return tuple(self.local(self.date(day), 0) for day in range(days + 1))

    def clock(self, minute: int) -> str:
        """Return a minute as words, with the UTC offset on days with a clock change.

        >>> TimeAxis(dt.date(2026, 3, 2), "Europe/London").clock(1440 + 9 * 60 + 15)
        'Tue 2026-03-03 09:15'
        >>> TimeAxis(dt.date(2026, 3, 29), "Europe/London").clock(9 * 60)
        'Sun 2026-03-29 10:00 +01:00'
        """
        if minute not in self._clocks:
            self._clocks[minute] = self._clock(minute)
        return self._clocks[minute]

    @cached_property
    def _clocks(self) -> dict[int, str]:
        return {}

    def _clock(self, minute: int) -> str:
        moment = self.moment(minute)
        date = moment.date()
        words = f"{_WEEKDAYS[date.weekday()]} {moment:%Y-%m-%d %H:%M}"
        ((start, end),) = pairwise(self.local(date + n * _DAY, 0) for n in (0, 1))
        if end - start == MINUTES_PER_DAY:
            return words
        return f"{words} {moment.isoformat()[-6:]}"
