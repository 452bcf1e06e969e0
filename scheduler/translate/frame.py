"""What every part of the translation stands on: the axis, the grid, the menu."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

from models.roster.problem import Shift, Stretch
from scheduler.calendars import ALWAYS, OpenHours, TimeAxis, clipped
from scheduler.domain import Horizon, Plan, Weekday
from scheduler.translate.shifts import menu

_GRIDS = (15, 10, 5)


class _OfDay(Protocol):
    """A row that speaks of a weekday or date."""

    @property
    def day(self) -> str | dt.date: ...


_Row = TypeVar("_Row", bound=_OfDay)


@dataclass(frozen=True)
class Frame:
    """A plan with its axis, its grid, its shifts and the end of the last of them.

    Attributes
    ----------
    period
        Minutes of the grid.
    shifts
        The menu.
    end
        Minute at which the last period ends: the horizon's end, or where some shift
        crosses it the latest end of one, rounded up to whole demand intervals.
    """

    plan: Plan
    axis: TimeAxis
    period: int
    shifts: tuple[Shift, ...]
    end: int

    @classmethod
    def of(cls, plan: Plan) -> "Frame":
        """Return the frame of a plan."""
        axis = TimeAxis.of(plan.horizon)
        shifts = menu(plan, axis)
        day_starts = axis.day_starts(plan.horizon.days)
        latest = max((shift.end for shift in shifts), default=0)
        end = max(day_starts[-1], ceil_to(latest, plan.horizon.interval_minutes))
        return cls(plan, axis, grid_minutes(plan.horizon), shifts, end)

    @property
    def days(self) -> int:
        """Number of days."""
        return self.plan.horizon.days

    @property
    def interval(self) -> int:
        """Minutes of a demand interval."""
        return self.plan.horizon.interval_minutes

    @cached_property
    def day_starts(self) -> tuple[int, ...]:
        """Minute at which each day starts, and the horizon's end."""
        return self.axis.day_starts(self.days)

    @property
    def horizon_end(self) -> int:
        """Minute at which the last day ends."""
        return self.day_starts[-1]

    @property
    def periods(self) -> int:
        """Number of periods, tail included."""
        return self.end // self.period

    @cached_property
    def weeks(self) -> tuple[tuple[int, ...], ...]:
        """Positions of the days of each week, in order."""
        found: dict[dt.date, list[int]] = {}
        for day in range(self.days):
            found.setdefault(self.week_start(self.axis.date(day)), []).append(day)
        return tuple(tuple(days) for days in found.values())

    def days_of(self, when: str | dt.date) -> Sequence[int]:
        """Return the days of the horizon that are a weekday, or a date's."""
        return self._days_of.get(when, ())

    def dated(self, rows: Iterable[_Row]) -> list[tuple[int, _Row]]:
        """Return rows of a weekday or date with each of their days, by days."""
        found = [(day, row) for row in rows for day in self.days_of(row.day)]
        return sorted(found, key=lambda dated: dated[0])

    @cached_property
    def _days_of(self) -> dict[str | dt.date, list[int]]:
        weekdays = list(Weekday)
        found: dict[str | dt.date, list[int]] = {}
        for day in range(self.days):
            date = self.axis.date(day)
            found[date] = [day]
            found.setdefault(weekdays[date.weekday()], []).append(day)
        return found

    def week_start(self, date: dt.date) -> dt.date:
        """Return the first date of the week in which a date lies."""
        first = list(Weekday).index(self.plan.horizon.week_starts)
        return date - dt.timedelta(days=(date.weekday() - first) % 7)

    def begins(self, when: dt.date) -> int:
        """Return the minute of a moment, or at which a date begins."""
        if isinstance(when, dt.datetime):
            return self.axis.minute(when)
        return self.axis.local(when, 0)

    def ends(self, when: dt.date) -> int:
        """Return the minute of a moment, or at which a date ends."""
        if isinstance(when, dt.datetime):
            return self.axis.minute(when)
        return self.axis.local(when + dt.timedelta(days=1), 0)

    def hours(self, calendar: str | None) -> OpenHours:
        """Return the opening hours of a named calendar; without a name: always."""
        named = ALWAYS if calendar is None else self.plan.calendars[calendar]
        return OpenHours(named, self.axis)

    def opening(self, calendar: str | None) -> tuple[Stretch, ...]:
        """Return a calendar's opening hours up to the last period, whole periods."""
        hours = self.hours(calendar)
        yesterday = self.axis.date(-1)
        on_grid = (
            (ceil_to(start, self.period), floor_to(end, self.period))
            for start, end in hours.stretches(yesterday, self.axis.date_of(self.end))
        )
        return clipped(on_grid, within=(0, self.end))


def grid_minutes(horizon: Horizon) -> int:
    """Return the grid: as the plan says, or the longest that fits the interval.

    >>> grid_minutes(Horizon(first_day="2026-03-02", interval_minutes=20))
    10
    """
    if horizon.grid_minutes is not None:
        return horizon.grid_minutes
    return next(grid for grid in _GRIDS if horizon.interval_minutes % grid == 0)


def floor_to(minute: int, step: int) -> int:
    """Return the last multiple of ``step`` that is not after ``minute``."""
    return minute // step * step


def ceil_to(minute: int, step: int) -> int:
    """Return the first multiple of ``step`` that is not before ``minute``."""
    return -(-minute // step) * step


def whole(cost: float) -> int:
    """Return a cost as a whole number; one that is not nothing stays at least 1.

    >>> whole(93.75), whole(0.01), whole(0)
    (94, 1, 0)
    """
    return max(1, round(cost)) if cost > 0 else 0
