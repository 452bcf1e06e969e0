"""The SLA clock: by when a case must be done."""

import datetime as dt

from scheduler.calendars.hours import OpenHours
from scheduler.domain import Clock, SlaUnit

_DAY = dt.timedelta(days=1)


def received(moment: dt.date, hours: OpenHours) -> int:
    """Return the minute from which the clock runs for a date or a date and time.

    A date without a time counts from its opening, from midnight where it is closed.
    """
    if isinstance(moment, dt.datetime):
        return hours.axis.minute(moment)
    opened = hours.on(moment)
    return opened[0][0] if opened else hours.axis.local(moment, 0)


def deadline(
    arrival: int, sla: Clock, hours: OpenHours, date: dt.date | None = None
) -> int:
    """Return the minute by which a case must be done.

    Parameters
    ----------
    arrival
        Minute of receipt.
    hours
        Opening hours that the SLA counts; business days are dates on which some start.
    date
        Date of receipt, for the clocks that count days. Default: the local date of the
        minute; what comes in until midnight arrives on the next date's first minute.

    Raises
    ------
    InvalidInput
        If opening hours are counted and there are none for 400 days.
    """
    day = date or hours.axis.date_of(arrival)
    if sla.unit is SlaUnit.BUSINESS_DAYS:
        return hours.nth_close(day + _DAY, round(sla.within))
    if sla.unit is SlaUnit.CALENDAR_DAYS:
        return hours.axis.local(day + (round(sla.within) + 1) * _DAY, 0)
    minutes = round(60 * sla.within)
    if sla.unit is SlaUnit.BUSINESS_HOURS:
        return _after_opening_minutes(arrival, minutes, hours)
    return arrival + minutes


def resumed(
    arrival: int,
    stopped: int,
    again: int,
    sla: Clock,
    hours: OpenHours,
    date: dt.date | None = None,
) -> int:
    """Return the minute by which a case must be done whose clock stood still.

    Of clocks that count days, the day on which it stopped counts and the one on which
    it goes on does not, like the day of receipt.

    Parameters
    ----------
    arrival, stopped, again
        Minutes of receipt, of the clock's stop, and of its going on: not before the
        one before.
    hours, date
        As of :func:`deadline`, which it is where the clock never stood still.
    """
    axis = hours.axis
    first = date or axis.date_of(arrival)
    last, day = (max(first, axis.date_of(t - 1)) for t in (stopped, again))
    if sla.unit is SlaUnit.BUSINESS_DAYS:
        dates = (first + n * _DAY for n in range(1, (last - first).days + 1))
        left = round(sla.within) - sum(hours.is_open_day(date) for date in dates)
        if left <= 0:
            return hours.nth_close(day, 1)
        return hours.nth_close(day + _DAY, left)
    if sla.unit is SlaUnit.CALENDAR_DAYS:
        left = max(0, round(sla.within) - (last - first).days)
        return axis.local(day + (left + 1) * _DAY, 0)
    minutes = round(60 * sla.within)
    if sla.unit is SlaUnit.BUSINESS_HOURS:
        opened = hours.stretches(first - _DAY, last)
        used = sum(max(0, min(b, stopped) - max(a, arrival)) for a, b in opened)
        return _after_opening_minutes(again, max(0, minutes - used), hours)
    return again + max(0, minutes - (stopped - arrival))


def _after_opening_minutes(arrival: int, minutes: int, hours: OpenHours) -> int:
    """Return when so many minutes of opening hours have gone by since the arrival."""
    counted, left = arrival, minutes
    # Hours that started on the day before may still be running.
    for date in hours.open_dates(hours.axis.date_of(arrival) - _DAY):
        for start, end in hours.on(date):
            start = max(start, counted)
            if start + left <= end:
                return start + left
            left -= max(0, end - start)
            counted = max(counted, end)
    raise AssertionError("open_dates never ends")
