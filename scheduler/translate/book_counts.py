"""Rows of the rule book that count: hours, days, shifts, nights, weekends."""

from collections.abc import Iterator
from dataclasses import replace

from models.roster.problem import ANY, Limit, Measure, Rule, Which
from scheduler.clock import MINUTES_PER_DAY
from scheduler.tables import BookRow
from scheduler.translate.subject import Subject
from scheduler.translate.weekends import Weekend

_HOUR = 60


def hours_worked(of: Subject, row: BookRow) -> Iterator[Rule]:
    """Paid hours of a window."""
    yield from of.limits(row, ANY, Measure.PAID, _HOUR)


def days_worked(of: Subject, row: BookRow) -> Iterator[Rule]:
    """Days of a window with a shift."""
    worked = {shift.day for shift in of.history}
    for window in of.windows(row):
        before = sum(window.first <= day < 0 for day in worked)
        limit = of.limit(row, window, before)
        if limit is not None:
            yield replace(limit, groups=tuple((day,) for day in window.days))


def shifts_counted(of: Subject, row: BookRow) -> Iterator[Rule]:
    """Shifts of some types, in a time of day, or that reach into the night."""
    yield from of.limits(row, of.which(row))


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
    """Weekends of a window with a shift on any of their days.

    One is of the window with its first day; where that is before all windows, of the
    one with its first day in the horizon.
    """
    worked = of.worked_weekends(row)
    windows = list(of.windows(row))
    earliest = min((window.first for window in windows), default=0)
    for window in windows:
        if row.window == "horizon":
            before, inside = 0, [each.days for each in of.weekends(row)]
        else:
            before = sum(window.first <= first <= window.last for first in worked)
            inside = [
                each.days
                for each in of.weekends(row)
                if each.first not in worked
                and window.first <= _anchor(each, earliest) <= window.last
            ]
        limit = of.limit(row, window, before)
        if inside and limit is not None:
            days = tuple(day for group in inside for day in group)
            yield replace(limit, days=days, groups=tuple(inside))


def _anchor(weekend: Weekend, earliest: int) -> int:
    """Return the day that decides of which windows a weekend is."""
    return weekend.first if weekend.first >= earliest else weekend.days[0]
