"""Rows of the rule book that count: hours, days, shifts, nights, weekends."""

from collections.abc import Iterator
from dataclasses import replace

from models.roster.problem import ANY, Limit, Measure, Rule, Which
from scheduler.clock import MINUTES_PER_DAY
from scheduler.tables import BookRow
from scheduler.translate.subject import Subject

_HOUR = 60
_NIGHT = 23 * _HOUR, 6 * _HOUR


def hours_worked(of: Subject, row: BookRow) -> Iterator[Rule]:
    """Paid hours of a window."""
    for window in of.windows(row, "week"):
        yield from of.limits(row, window, ANY, Measure.PAID, _HOUR)


def days_worked(of: Subject, row: BookRow) -> Iterator[Rule]:
    """Days of a window with a shift."""
    for window in of.windows(row, "week"):
        for limit in of.limits(row, window, ANY):
            days = {shift.day for shift in of.history}
            before = sum(window.first <= day < 0 for day in days)
            groups = tuple((day,) for day in window.days)
            yield replace(limit, groups=groups, before=before)


def shifts_of_type(of: Subject, row: BookRow) -> Iterator[Rule]:
    """Shifts of some types, or in a time of day."""
    for window in of.windows(row, "horizon"):
        yield from of.limits(row, window, of.which(row))


def nights(of: Subject, row: BookRow) -> Iterator[Rule]:
    """Shifts that reach into the night."""
    for window in of.windows(row, "week"):
        yield from of.limits(row, window, _night(of, row))


def _night(of: Subject, row: BookRow) -> Which:
    if row.start is None or row.end is None:
        row = row.model_copy(update={"start": _NIGHT[0], "end": _NIGHT[1]})
    return of.which(row)


def working_times(of: Subject, row: BookRow) -> Iterator[Rule]:
    """Shifts of a day that start too early, or end too late."""
    axis = of.frame.axis
    for day in of.days_on(row):
        date = axis.date(day)
        begin = of.frame.day_starts[day]
        if row.start is not None:
            early = ((begin, axis.local(date, row.start)),)
            yield Limit(row.rule.value, (day,), Which(starting=early), most=0)
        if row.end is not None:
            over = row.start is not None and row.end <= row.start
            end = row.end + MINUTES_PER_DAY * over
            late = ((axis.local(date, end), begin + 3 * MINUTES_PER_DAY),)
            yield Limit(row.rule.value, (day,), Which(touching=late), most=0)


def rotation(of: Subject, row: BookRow) -> Iterator[Rule]:
    """Other types than those whose turn it is, in the weeks of a turn."""
    frame = of.frame
    anchor = frame.week_start(row.date or frame.axis.first_day)
    turns, turn = row.turns or 1, row.turn or 1
    others = frozenset(range(len(frame.plan.shift_types)))
    others -= of.types(row.shift_types)
    days = tuple(
        day
        for day in of.days_on(row)
        if (frame.week_start(frame.axis.date(day)) - anchor).days // 7 % turns
        == turn - 1
    )
    if days and others:
        yield Limit(row.rule.value, days, Which(types=others), most=0)


def weekends_worked(of: Subject, row: BookRow) -> Iterator[Rule]:
    """Weekends of a window with a shift on any of their days."""
    every = of.weekends(row)
    past_ones = of.past_weekends(row)
    for window in of.windows(row, "horizon"):
        inside = tuple(days for days in every if set(days) <= set(window.days))
        days = tuple(day for group in inside for day in group)
        if not days:
            continue
        for limit in of.limits(row, window, ANY):
            before = sum(window.first <= group[0] for group in past_ones)
            yield replace(limit, days=days, groups=inside, before=before)
