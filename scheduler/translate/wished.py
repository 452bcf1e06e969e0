"""Shifts that are wished for: by agents, and how many people by the plan."""

from collections.abc import Iterator, Sequence

from models.roster.problem import UNIT, Headcount, Limit, Measure, Which
from scheduler.tables import HeadcountRow, Preference, PreferenceKind
from scheduler.translate.absence import range_on
from scheduler.translate.frame import Frame, whole

_HOUR = 60


def wished_rules(frame: Frame, rows: Sequence[Preference]) -> Iterator[Limit]:
    """Yield the wishes that are for shifts, as rules that are preferred."""
    kinds = (PreferenceKind.SHIFT, PreferenceKind.NO_SHIFT, PreferenceKind.HOURS)
    own = [row for row in rows if row.wish in kinds]
    for day, row in frame.dated(own):
        yield _wished(frame, row, day)


def _wished(frame: Frame, row: Preference, day: int) -> Limit:
    hours = row.weight * frame.plan.weights.preference
    if row.wish is PreferenceKind.HOURS:
        start, end = range_on(frame, row, frame.axis.date(day))
        far = frame.end + (end - start)
        outside = Which(touching=((-far, start), (end, far)))
        return _preferred(day, outside, hours / _HOUR, Measure.SHARED, most=0)
    which = _shift(frame, day, row.shift_type, row.start)
    if row.wish is PreferenceKind.SHIFT:
        return _preferred(day, which, hours, least=1)
    return _preferred(day, which, hours, most=0)


def _preferred(
    day: int,
    which: Which,
    hours: float,
    measure: Measure = Measure.SHIFTS,
    *,
    least: int | None = None,
    most: int | None = None,
) -> Limit:
    return Limit(
        "preferences",
        (day,),
        which,
        measure,
        least=least,
        most=most,
        cost=whole(hours * UNIT),
        goal="preferences",
    )


def headcounts(frame: Frame, rows: Sequence[HeadcountRow]) -> Iterator[Headcount]:
    """Yield how many people are wanted on each day that a row speaks of."""
    for day, row in frame.dated(rows):
        label = row.shift_type or "any shift"
        yield Headcount(
            f"{frame.axis.date(day)} {label}",
            day,
            _shift(frame, day, row.shift_type, row.start),
            row.agents,
            whole(row.short_weight * UNIT),
            whole(row.over_weight * UNIT),
        )


def _shift(frame: Frame, day: int, shift_type: str | None, start: int | None) -> Which:
    """Return shifts of a type (any without), that start then (any time without)."""
    names = [kind.name for kind in frame.plan.shift_types]
    types = None if shift_type is None else frozenset({names.index(shift_type)})
    if start is None:
        return Which(types)
    first = frame.axis.local(frame.axis.date(day), start)
    return Which(types, starting=((first, first + 1),))
