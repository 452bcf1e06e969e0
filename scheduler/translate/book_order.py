"""Rows of the rule book about what follows what: runs, rests, successions, starts."""

from collections.abc import Iterator
from dataclasses import replace

from models.roster.problem import (
    ANY,
    Follow,
    Limit,
    LongRest,
    Rule,
    Run,
    Spread,
    Together,
    Which,
    Whole,
)
from scheduler.clock import MINUTES_PER_DAY
from scheduler.tables import BookRow
from scheduler.translate.subject import Subject
from scheduler.translate.windows import in_a_row

_HOUR = 60
_NOON = MINUTES_PER_DAY // 2
_WEEK = 7


def whole_weekends(of: Subject, row: BookRow) -> Iterator[Rule]:
    """Each weekend by itself; one that day one cuts goes on as it began."""
    worked = of.worked_weekends(row)
    for weekend in of.weekends(row):
        if weekend.first < 0 and of.history:
            began = weekend.first in worked
            for day in weekend.days:
                least, most = (1, None) if began else (None, 0)
                yield Limit(row.rule.value, (day,), least=least, most=most)
        elif len(weekend.days) > 1:
            yield Whole(row.rule.value, weekend.days)


def weekends_in_a_row(of: Subject, row: BookRow) -> Iterator[Rule]:
    """Weekends worked one after the other."""
    worked = of.worked_weekends(row)
    every = [each for each in of.weekends(row) if each.first not in worked]
    before, last = 0, every[0].first - _WEEK if every else 0
    while last in worked:
        before, last = before + 1, last - _WEEK
    days = tuple(each.days for each in every)
    yield from _run(row, days, before if of.history else None)


def days_in_a_row(of: Subject, row: BookRow) -> Iterator[Rule]:
    """Days worked one after the other."""
    yield from _run(row, _singles(of), in_a_row(of.history, off=False))


def days_off_in_a_row(of: Subject, row: BookRow) -> Iterator[Rule]:
    """Days off one after the other."""
    before = in_a_row(of.history, off=True)
    yield from _run(row, _singles(of), before, off=True)


def shifts_in_a_row(of: Subject, row: BookRow) -> Iterator[Rule]:
    """Days with such a shift one after the other."""
    which = of.which(row)
    told = which.types is None or all(x.shift_type is not None for x in of.history)
    before = None
    if of.history and told:
        before = in_a_row(of.was(row, which), off=False) or 0
    yield from _run(row, _singles(of), before, which)


def _run(
    row: BookRow,
    days: tuple[tuple[int, ...], ...],
    before: int | None,
    which: Which = ANY,
    *,
    off: bool = False,
) -> Iterator[Rule]:
    least = None if row.min is None else round(row.min)
    most = None if row.max is None else round(row.max)
    if days and (least, most) != (None, None):
        yield Run(row.rule.value, days, which, off, before, least, most)


def _singles(of: Subject) -> tuple[tuple[int, ...], ...]:
    return tuple((day,) for day in range(of.frame.days))


def days_off_together(of: Subject, row: BookRow) -> Iterator[Rule]:
    """Weeks that lie wholly inside the horizon."""
    for window in of.windows(row):
        if len(window.days) == window.last - window.first + 1 and row.min:
            yield Together(row.rule.value, window.days, round(row.min))


def weekly_rest(of: Subject, row: BookRow) -> Iterator[Rule]:
    """Weeks (or N days that roll) that lie wholly inside the horizon."""
    starts = of.frame.day_starts
    for window in of.windows(row):
        if len(window.days) == window.last - window.first + 1 and row.hours:
            stretch = starts[window.first], starts[window.last + 1]
            yield LongRest(row.rule.value, stretch, round(_HOUR * row.hours))


def rest_after(of: Subject, row: BookRow) -> Iterator[Rule]:
    """Hours that other shifts wait after some."""
    first, then = _pair(of, row)
    rest = round(_HOUR * (row.hours or 0))
    ends = [p.end for p in of.was(row, first)]
    ready = max(ends, default=-rest) + rest
    yield Follow(row.rule.value, first, then, rest=rest, ready=max(0, ready))


def successions(of: Subject, row: BookRow) -> Iterator[Rule]:
    """Days that other shifts wait after some."""
    first, then = _pair(of, row)
    days = row.days or 1
    last = max((p.day for p in of.was(row, first)), default=-days - 1)
    free = min(max(0, last + 1 + days), of.frame.days)
    ready = of.frame.day_starts[free] if free else 0
    yield Follow(row.rule.value, first, then, days=days, ready=ready)


def _pair(of: Subject, row: BookRow) -> tuple[Which, Which]:
    then = Which(types=of.types(row.then)) if row.then else ANY
    return replace(of.which(row), minutes=1), then


def start_consistency(of: Subject, row: BookRow) -> Iterator[Rule]:
    """Starts of a week, by the clock on the wall."""
    for window in of.windows(row):
        midnights = tuple(_midnight(of, day) for day in window.days)
        before = tuple(
            shift.start - _midnight(of, shift.day)
            for shift in of.history
            if shift.day >= window.first
        )
        apart = max(before) - min(before) if before else 0
        most = max(apart, round(_HOUR * (row.hours or 0)))
        yield Spread(row.rule.value, window.days, midnights, most, before)


def _midnight(of: Subject, day: int) -> int:
    """Return when a day's clock would show midnight, were it never changed."""
    axis = of.frame.axis
    return axis.local(axis.date(day), _NOON) - _NOON
