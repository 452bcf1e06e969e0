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
