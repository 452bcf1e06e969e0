"""Weekend days, earlies and lates: how often people have hours that few like."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from models.roster.result import Worked
from scheduler.calendars import TimeAxis

EARLY_BEFORE = 9 * 60  # minute of the day: a shift that starts before it is an early
LATE_AFTER = 18 * 60  # one that ends after it, or on another day, is a late
_SATURDAY = 5


@dataclass(frozen=True)
class Turns:
    """How often an agent has hours that few people like."""

    weekends: int
    earlies: int
    lates: int

    @property
    def all(self) -> int:
        """All of them; a late on a Saturday counts twice."""
        return self.weekends + self.earlies + self.lates


def turns(axis: TimeAxis, shifts: Iterable[Worked]) -> Turns:
    """Return an agent's weekend days, earlies and lates, by the clock on the wall."""
    weekends = earlies = lates = 0
    for shift in shifts:
        start, end = axis.moment(shift.start), axis.moment(shift.end)
        weekends += axis.date(shift.day).weekday() >= _SATURDAY
        earlies += _minute(start) < EARLY_BEFORE
        lates += end.date() > start.date() or _minute(end) > LATE_AFTER
    return Turns(weekends, earlies, lates)


def _minute(moment: dt.datetime) -> int:
    return moment.hour * 60 + moment.minute
