"""When an agent cannot work, day by day, by the clock on the wall."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from models.roster.problem import Stretch
from scheduler.calendars import clipped, gaps
from scheduler.clock import MINUTES_PER_DAY
from scheduler.tables import Availability, Leave, PinKind
from scheduler.validation.facts import Facts, weekday_of
from scheduler.validation.timeline import Timeline

_DAY = dt.timedelta(days=1)
_MINUTE = dt.timedelta(minutes=1)
_SATURDAY = 5
_TWO_DAYS = (0, 2 * MINUTES_PER_DAY)  # a shift starts in the first and ends in both


@dataclass(frozen=True)
class Absence:
    """A row of leave, in local time without UTC offset."""

    start: dt.datetime
    end: dt.datetime
    credited_minutes: float

    @classmethod
    def of(cls, row: Leave, line: Timeline) -> "Absence":
        """Return the local times of a row of leave."""
        start, end = row.start, row.end
        if not isinstance(start, dt.datetime):
            start = dt.datetime.combine(start, dt.time())
        if not isinstance(end, dt.datetime):
            end = dt.datetime.combine(end + _DAY, dt.time())
        return cls(line.wall(start), line.wall(end), 60 * row.credited_hours)

    def dates(self) -> list[dt.date]:
        """Return the dates that it touches."""
        first, last = self.start.date(), (self.end - _MINUTE).date()
        return [first + n * _DAY for n in range((last - first).days + 1)]

    def is_day(self, date: dt.date) -> bool:
        """Return whether a date counts as worked: whole and with credited hours."""
        midnight = dt.datetime.combine(date, dt.time())
        is_whole = self.start <= midnight and midnight + _DAY <= self.end
        return is_whole and self.credited_minutes > 0


class Credit(NamedTuple):
    """What leave on a date counts toward its week."""

    minutes: float = 0
    is_day: bool = False


@dataclass
class Diary:
    """What is known of one agent's time."""

    availability: dict[dt.date | str, list[Availability]] = field(default_factory=dict)
    only_when_available: bool = False
    absences: dict[dt.date, list[Absence]] = field(default_factory=dict)
    credits: dict[dt.date, Credit] = field(default_factory=dict)
    off: set[dt.date] = field(default_factory=set)

    def add_leave(self, absence: Absence) -> None:
        """Take leave, its credit spread over Mondays to Fridays, or over all days."""
        dates = absence.dates()
        for date in dates:
            self.absences.setdefault(date, []).append(absence)
        credited = [date for date in dates if date.weekday() < _SATURDAY] or dates
        share = absence.credited_minutes / len(credited)
        for date in credited:
            minutes, is_day = self.credits.get(date, Credit())
            self.credits[date] = Credit(minutes + share, is_day or absence.is_day(date))

    def special_dates(self) -> set[dt.date]:
        """Return the dates that are not like others of their weekday."""
        own = {date for date in self.availability if isinstance(date, dt.date)}
        own = own.union(self.off, self.absences)
        # Shifts reach the date after, and hours of availability too.
        return {date + n * _DAY for date in own for n in (-1, 0, 1)}

    def blocked(self, date: dt.date) -> tuple[Stretch, ...]:
        """Return when a shift that starts on a date may not be, of two days."""
        found = self._leave(date)
        for n in (-1, 0, 1):
            found += self._stretches(date + n * _DAY, n, available=False)
        if self.only_when_available:
            free = [
                stretch
                for n in (-1, 0, 1)
                for stretch in self._stretches(date + n * _DAY, n, available=True)
            ]
            found += gaps(free, _TWO_DAYS)
        return clipped(found, _TWO_DAYS)

    def _leave(self, date: dt.date) -> list[Stretch]:
        midnight = dt.datetime.combine(date, dt.time())
        return [
            ((each.start - midnight) // _MINUTE, (each.end - midnight) // _MINUTE)
            for day in (date, date + _DAY)
            for each in self.absences.get(day, [])
        ]

    def _stretches(self, date: dt.date, n: int, available: bool) -> list[Stretch]:
        """Return what rows say of a date, ``n`` days after the one looked at."""
        rows = self.availability.get(date)
        if rows is None:
            rows = self.availability.get(weekday_of(date).value, [])
        shift = n * MINUTES_PER_DAY
        return [
            (row.start + shift, _end(row) + shift)
            for row in rows
            if row.available is available
        ]


def _end(row: Availability) -> int:
    return row.end if row.end > row.start else row.end + MINUTES_PER_DAY


def diaries(facts: Facts) -> dict[str, Diary]:
    """Return the diary of every agent of the plan."""
    found = {agent.agent_id: Diary() for agent in facts.plan.agents}
    for row in facts.plan.availability:
        if diary := found.get(row.agent_id):
            diary.only_when_available |= row.available
            if isinstance(row.day, str) or _near(facts, row.day):
                diary.availability.setdefault(row.day, []).append(row)
    for agent_id, leave in _leave_in_horizon(facts):
        if diary := found.get(agent_id):
            diary.add_leave(Absence.of(leave, facts.timeline))
    for pin in facts.plan.pins:
        diary = found.get(pin.agent_id)
        if diary and pin.pin is PinKind.OFF and _near(facts, pin.date):
            diary.off.add(pin.date)
    return found


def _near(facts: Facts, date: dt.date) -> bool:
    """Return whether a date lies in the horizon or beside it."""
    line = facts.timeline
    return line.first_day - _DAY <= date <= line.last_day + _DAY


def _leave_in_horizon(facts: Facts) -> Iterator[tuple[str, Leave]]:
    line = facts.timeline
    for row in facts.plan.leave:
        start, end = line.begins(row.start), line.ends(row.end)
        if start < end and start < line.end and end > 0:
            yield row.agent_id, row
