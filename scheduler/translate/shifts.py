"""Shift types and the menu of dated shifts."""

import datetime as dt

from models.roster.problem import Break, Shift, ShiftType
from scheduler import domain
from scheduler.calendars import TimeAxis
from scheduler.clock import as_starts
from scheduler.domain import Plan, Weekday


def shift_types(plan: Plan) -> tuple[ShiftType, ...]:
    """Return the plan's shift types, in its order."""
    return tuple(
        ShiftType(
            kind.name, tuple(map(_break, kind.breaks)), kind.minutes_between_breaks
        )
        for kind in plan.shift_types
    )


def _break(pause: domain.Break) -> Break:
    return Break(
        name=pause.name,
        minutes=pause.minutes,
        paid=pause.paid,
        earliest=pause.earliest_minutes,
        latest=pause.latest_minutes,
    )


def menu(plan: Plan, axis: TimeAxis) -> tuple[Shift, ...]:
    """Return every dated shift that the contract of some agent allows.

    On a day with a clock change, start times that the clock skips are one and the same
    shift: they all start at the jump.
    """
    contracts = {agent.contract for agent in plan.agents}
    used = {
        name
        for contract in plan.contracts
        if contract.name in contracts
        for name in contract.shift_types
    }
    found = (
        _dated(plan, axis, position, axis.date(day), start, length)
        for day in range(plan.horizon.days)
        for position, kind in enumerate(plan.shift_types)
        if kind.name in used
        and list(Weekday)[axis.date(day).weekday()] in kind.weekdays
        for text in kind.starts
        for start in as_starts(text)
        for length in kind.length_minutes
    )
    day_starts = axis.day_starts(plan.horizon.days)
    return tuple(
        shift
        for shift in dict.fromkeys(found)
        # Where the clock skips the last hour of a day, that day has no such start.
        if shift.start < day_starts[shift.day + 1]
    )


def _dated(
    plan: Plan, axis: TimeAxis, shift_type: int, date: dt.date, start: int, length: int
) -> Shift:
    """Return the shift of a type that starts on a date at a time of day.

    It lasts ``length`` elapsed minutes, whatever the clock on the wall shows then.
    """
    first = axis.local(date, start)
    unpaid = sum(b.minutes for b in plan.shift_types[shift_type].breaks if not b.paid)
    return Shift(
        shift_type=shift_type,
        day=(date - axis.first_day).days,
        start=first,
        end=first + length,
        paid_minutes=length - unpaid,
    )
