"""Bounds on the backlog: work that must be done by a day's end, due or not.

A backlog may build up in the peak and be cleared in the trough: what bounds it is a
number of open cases at the end of days. Then as many cases as are too many, those due
soonest first, are planned to be done by then.
"""

import datetime as dt
from dataclasses import replace

from models.throughput import Cohort
from scheduler.domain import CaseType
from scheduler.translate.frame import Frame

_NOTHING = 1e-9  # cases


def bounds(first: dt.date, days: int, kind: CaseType) -> dict[int, float]:
    """Return the most cases that may be open at the end of days, by day."""
    found: dict[int, float] = {}
    if kind.maximum_backlog is not None:
        found = dict.fromkeys(range(days), kind.maximum_backlog)
    for target in kind.backlog_targets:
        day = (target.date - first).days
        found[day] = min(target.cases, found.get(day, target.cases))
    return dict(sorted(found.items()))


def held(frame: Frame, kind: CaseType, own: tuple[Cohort, ...]) -> tuple[Cohort, ...]:
    """Return cohorts with the deadlines that keep the backlog within its bounds."""
    planned = list(own)
    for day, most in bounds(frame.axis.first_day, frame.days, kind).items():
        end = frame.day_starts[day + 1]
        there = sum(cohort.items for cohort in planned if cohort.start < end)
        done = sum(cohort.items for cohort in planned if cohort.due <= end)
        planned = _sooner(planned, end, there - most - done)
    return tuple(sorted(planned, key=lambda cohort: (cohort.arrives, cohort.deadline)))


def _sooner(planned: list[Cohort], end: int, missing: float) -> list[Cohort]:
    """Return cohorts of which so many more cases are due by a day's end."""
    found = []
    for cohort in sorted(planned, key=lambda each: each.deadline):
        moved = 0.0
        if cohort.start < end < cohort.due and missing > _NOTHING:
            moved = min(missing, cohort.items)
            missing -= moved
            found.append(_part(cohort, moved, end))
        if cohort.items - moved > _NOTHING:
            found.append(_part(cohort, cohort.items - moved, cohort.deadline))
    return found


def _part(cohort: Cohort, items: float, deadline: float) -> Cohort:
    """Return some of a cohort's cases, with a deadline."""
    work = cohort.work_minutes * items / cohort.items
    return replace(cohort, items=items, work_minutes=work, deadline=deadline)
