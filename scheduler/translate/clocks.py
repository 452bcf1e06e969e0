"""The hours and the SLA clocks of a case type."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from scheduler.calendars import OpenHours, deadline, resumed
from scheduler.domain import CaseType, Clock
from scheduler.translate.frame import Frame, floor_to

Dues = tuple[tuple[float, int], ...]  # shares of cases, and when they are due


@dataclass(frozen=True)
class Clocks:
    """A case type with its hours of work and the hours that its SLA counts."""

    frame: Frame
    case_type: CaseType

    @cached_property
    def hours(self) -> OpenHours:
        """When the cases come in and may be worked."""
        return self.frame.hours(self.case_type.calendar)

    @cached_property
    def sla_hours(self) -> OpenHours:
        """What the SLA counts."""
        return self._counted(self.case_type.sla)

    @cached_property
    def recovery(self) -> int:
        """Minute by which cases that are late on day one are to be done."""
        return self.recovery_from(0)

    def recovery_from(self, arrival: int) -> int:
        """Return the same for cases that come late: so many open days from then on."""
        days = self.case_type.breached_target_days
        closes = self.hours.nth_close(self.frame.axis.date_of(arrival), days)
        return floor_to(closes, self.frame.period)

    def dues(self, arrival: int, date: dt.date | None = None) -> Dues:
        """Return the deadlines by the SLA to the minute, of most cases and the rest."""
        return self._tiers(lambda c: deadline(arrival, c, self._counted(c), date))

    def resumed(self, arrival: int, stopped: int, again: int) -> Dues:
        """Return the same where the clock stood still from stopped to again.

        New cases come by the end of what they came in: midnight is of the day before.
        """
        date = self.frame.axis.date_of(arrival - 1 if arrival > 0 else arrival)
        return self._tiers(
            lambda c: resumed(arrival, stopped, again, c, self._counted(c), date)
        )

    def _tiers(self, due: Callable[[Clock], int]) -> Dues:
        sla = self.case_type.sla
        first = due(sla)
        if sla.rest is None:
            return ((1.0, first),)
        return ((sla.share, first), (1 - sla.share, max(first, due(sla.rest))))

    def left(self, arrival: int, date: dt.date | None = None) -> Dues:
        """Return the deadlines of cases that are open on day one.

        Those past their first deadline are of the rest.
        """
        dues = self.dues(arrival, date)
        return dues if dues[0][1] > 0 else ((1.0, dues[-1][1]),)

    def _counted(self, clock: Clock) -> OpenHours:
        return self.frame.hours(clock.calendar or self.case_type.calendar)
