"""What a plan's settings say that its imports have to know."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError

from models.errors import InvalidInput
from scheduler.calendars import ALWAYS, OpenHours, TimeAxis, deadline, received
from scheduler.domain import Calendar, CaseType, Clock, SlaUnit
from scheduler.reading.source import Source, at

_MOST_DAYS = 1000
_USUAL_INTERVAL = 30
_DAY = dt.timedelta(days=1)
_BUSINESS = (SlaUnit.BUSINESS_DAYS, SlaUnit.BUSINESS_HOURS)


@dataclass(frozen=True)
class Given:
    """As much of the settings as is right; ``None``: not known.

    Attributes
    ----------
    first, last
        Dates that rows may have: to the second day after the horizon, until which
        shifts may run.
    zone
        The plan's time zone.
    interval
        Minutes of an interval.
    """

    first: dt.date | None
    last: dt.date | None
    zone: ZoneInfo | None
    interval: int
    _settings: dict[str, Any] = field(repr=False)
    _hours: dict[str | None, OpenHours | None] = field(default_factory=dict, repr=False)

    @property
    def axis(self) -> TimeAxis | None:
        """The plan's time axis."""
        if self.first is None or self.zone is None:
            return None
        return TimeAxis(self.first, self.zone.key)

    def open_hours(self, queue: str) -> OpenHours | None:
        """Return when a queue is open, ``None`` where it has no calendar."""
        named = self._named("queues", queue).get("calendar")
        return self._hours_of(named) if isinstance(named, str) else None

    def has_calendar(self, name: str) -> bool:
        """Whether the settings have a calendar, or none that could be read."""
        calendars = self._settings.get("calendars", {})
        return not isinstance(calendars, dict) or name in calendars

    def due(
        self,
        case_type: str,
        arrived: dt.date,
        paused: float,
        clock: Clock | None,
    ) -> dt.datetime | None:
        """Return a case's deadline where it is another than the plan would reckon.

        Parameters
        ----------
        paused
            Minutes in which its clock stood still, of the hours that the clock counts.
        clock
            Its own SLA. Default: its type's, with the rest of its cases left alone.
        """
        own = self._case_type(case_type)
        if own is None or (clock is None and (paused <= 0 or own.sla.rest is not None)):
            return None
        told = clock or own.sla
        hours = self._hours_of(told.calendar or own.calendar)
        if hours is None:
            return None
        try:
            return hours.axis.moment(_minute(arrived, paused, told, hours))
        except (InvalidInput, OverflowError):
            return None  # a calendar that never opens is told of elsewhere

    def _case_type(self, name: str) -> CaseType | None:
        try:
            return CaseType.model_validate(self._named("case_types", name))
        except ValidationError:
            return None

    def _named(self, part: str, name: str) -> dict[str, Any]:
        """Return the entry of a list that has a name; empty where there is none."""
        entries = self._settings.get(part)
        for entry in entries if isinstance(entries, list) else []:
            if isinstance(entry, dict) and entry.get("name") == name:
                return entry
        return {}

    def _hours_of(self, calendar: str | None) -> OpenHours | None:
        if calendar not in self._hours:
            self._hours[calendar] = self._read_hours(calendar)
        return self._hours[calendar]

    def _read_hours(self, calendar: str | None) -> OpenHours | None:
        axis = self.axis
        try:
            named = ALWAYS
            if calendar is not None:
                told = at(self._settings, ("calendars", calendar))
                named = Calendar.model_validate(told)
        except ValidationError:
            return None
        return None if axis is None else OpenHours(named, axis)

    def dates(self) -> Iterator[dt.date]:
        """Yield the dates that rows may have."""
        if self.first is not None and self.last is not None:
            for n in range((self.last - self.first).days + 1):
                yield self.first + n * _DAY


def _minute(arrived: dt.date, paused: float, told: Clock, hours: OpenHours) -> int:
    """Return the minute of a deadline: the SLA counts when the pause is over."""
    arrival = received(arrived, hours)
    if paused > 0:
        unit = SlaUnit.BUSINESS_HOURS if told.unit in _BUSINESS else SlaUnit.HOURS
        arrival = deadline(arrival, Clock(within=paused / 60, unit=unit), hours)
    return deadline(arrival, told, hours)


def given_by(source: Source) -> Given:
    """Return what the settings say, as far as they are right."""
    settings = source.settings or {}
    horizon = at(settings, ("horizon",))
    told = horizon if isinstance(horizon, dict) else {}
    first, days = told.get("first_day"), told.get("days", 7)
    last = None
    if isinstance(first, dt.date) and isinstance(days, int) and 0 < days <= _MOST_DAYS:
        last = first + dt.timedelta(days=days + 1)
    try:
        zone = ZoneInfo(str(told.get("time_zone", "UTC")))
    except (ZoneInfoNotFoundError, ValueError):
        zone = None
    interval = told.get("interval_minutes", _USUAL_INTERVAL)
    if not isinstance(interval, int) or not 5 <= interval <= 60:
        interval = _USUAL_INTERVAL
    return Given(first if last else None, last, zone, interval, settings)
