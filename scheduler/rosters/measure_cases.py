"""Adds up what becomes of cases: completions, ages, breaches, and what would save them.

Ages are days since receipt, on the clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.roster.predict import case_slices
from models.throughput import (
    AGES,
    Chance,
    Cohort,
    breach_chance,
    by_age,
    rescues,
)
from scheduler.clock import MINUTES_PER_DAY
from scheduler.rosters.figures import (
    AgeGroup,
    BacklogBound,
    CaseDay,
    CaseFigures,
    ChanceFigures,
    RescueFigures,
)
from scheduler.rosters.outlook import CaseOutlook, Floats
from scheduler.translate import Translation
from scheduler.translate.backlog import bounds
from scheduler.translate.cohorts import automated

CONFIDENCE = 0.95  # of what breaches by chance
_RUNS, _FEWEST_RUNS = 100, 20
_PLAYED = 100_000  # cohorts of one type, all runs together
_NOTHING = 0.005  # cases


@dataclass(frozen=True)
class CaseSums:
    """One case type over the horizon, without what chance may do; as ``CaseFigures``.

    Hours are those of agents.
    """

    case_type: str
    completed: float
    breaches: float
    overdue: float
    hours_needed: float
    hours_rostered: float
    hours_fill: float
    hours_used: float


def case_sums(case: CaseOutlook) -> CaseSums:
    """Return the sums of one case type."""
    seen = case.forecast
    is_late = bool((seen.breaches >= _NOTHING).any())
    return CaseSums(
        case_type=case.case_type,
        completed=float(seen.completed.sum()),
        breaches=float(seen.breaches.sum()) if is_late else 0.0,
        overdue=float(seen.overdue[-1]),
        hours_needed=float(case.hours_needed.sum()),
        hours_rostered=float(case.hours_rostered.sum()),
        hours_fill=float(case.hours_fill.sum()),
        hours_used=float(seen.used_minutes.sum()) / 60,
    )


def case_figures(translation: Translation, case: CaseOutlook) -> CaseFigures:
    """Return the figures of one case type."""
    seen, axis, sums = case.forecast, translation.axis, case_sums(case)
    kind = case.kind
    late = np.flatnonzero(seen.breaches >= _NOTHING)
    due, breaches = float(seen.due.sum()), float(seen.breaches.sum())
    completed, used = sums.completed, sums.hours_used
    rostered, closing = sums.hours_rostered, float(seen.closing[-1])
    fill = sums.hours_fill
    protected = seen if case.blocks_only is None else case.blocks_only
    runs = max(_FEWEST_RUNS, min(_RUNS, _PLAYED // max(1, len(case.cohorts))))
    chance = _chance(translation, case, runs)
    per_hour = completed / used if used else None
    quality = kind.quality
    return CaseFigures(
        case_type=sums.case_type,
        opening=float(seen.opening[0]),
        inflow=float(seen.inflow.sum()),
        automated=_automated(translation, case),
        completed=completed,
        closing=closing,
        due=due,
        breaches=sums.breaches,
        first_breach=axis.date(int(late[0])) if late.size else None,
        already_breached=seen.already_breached,
        overdue=sums.overdue,
        hours_needed=sums.hours_needed,
        hours_rostered=rostered,
        hours_fill=fill,
        hours_used=used,
        utilisation=_share(used, rostered + fill),
        sla_compliance=1 - breaches / due if due else None,
        protected_compliance=1 - float(protected.breaches.sum()) / due if due else None,
        backlog_health=1 - sums.overdue / closing if closing else None,
        items_per_hour=per_hour,
        quality_adjusted_per_hour=None if per_hour is None else per_hour * quality,
        closed_share=_share(completed, float(seen.opening[0] + seen.inflow.sum())),
        reopen_rate=kind.reopen_rate,
        mean_age_days=seen.mean_age_days,
        oldest_age_days=seen.oldest_age_days,
        ages_at_start=_groups(_ages_at_start(case.cohorts)),
        ages_at_end=_groups(seen.ages[-1]),
        bounds=_bounds(translation, case),
        chance=ChanceFigures(
            runs=runs,
            confidence=CONFIDENCE,
            mean=float(chance.mean.sum()),
            high=chance.high_in_all,
            none=chance.none,
        ),
        rescues=_rescues(translation, case),
        days=[
            CaseDay(
                date=axis.date(day),
                completed=float(seen.completed[day]),
                due=float(seen.due[day]),
                breaches=float(seen.breaches[day]),
                breaches_high=float(chance.high[day]),
                closing=float(seen.closing[day]),
                ages=_groups(seen.ages[day]),
            )
            for day in range(len(seen.due))
        ],
    )


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _automated(translation: Translation, case: CaseOutlook) -> float:
    """Return the cases of the horizon that a robot does."""
    return sum(
        automated(case.kind, row.cases)
        for row in translation.plan.inflow
        if row.case_type == case.case_type
    )


def _ages_at_start(cohorts: Sequence[Cohort]) -> Floats:
    """Return how many open cases are how old at the start."""
    items = np.array([c.items if c.start == 0 else 0.0 for c in cohorts])
    received = np.array([c.received for c in cohorts])
    found: Floats = by_age(-received / MINUTES_PER_DAY, items)
    return found


def _groups(cases: Floats) -> list[AgeGroup]:
    edges = [int(age) for age in AGES]
    spans = zip((0, *edges), (*edges, None), cases.tolist(), strict=True)
    return [AgeGroup(from_days=a, to_days=b, cases=n) for a, b, n in spans]


def _bounds(translation: Translation, case: CaseOutlook) -> list[BacklogBound]:
    """Return the bounds on the backlog, and what it is then."""
    axis, days = translation.axis, translation.problem.days
    return [
        BacklogBound(
            date=axis.date(day),
            most=most,
            closing=float(case.forecast.closing[day]),
        )
        for day, most in bounds(axis.first_day, days, case.kind).items()
    ]


def _chance(translation: Translation, case: CaseOutlook, runs: int) -> Chance:
    """Return how many cases of a type may breach by chance."""
    problem = translation.problem
    return breach_chance(
        case.cohorts,
        *case_slices(problem, case.minutes),
        problem.day_starts[1:],
        case.kind.spread,
        case.kind.forecast_cv,
        confidence=CONFIDENCE,
        runs=runs,
    )


def _rescues(translation: Translation, case: CaseOutlook) -> list[RescueFigures]:
    """Return the hours that would save the cases that breach, deadline by deadline."""
    if case.forecast.breaches.sum() < _NOTHING:
        return []
    problem, axis = translation.problem, translation.axis
    usable = np.zeros(problem.periods, dtype=np.bool_)
    for start, end in problem.works[case.work].open:
        usable[start // problem.period : end // problem.period] = True
    ends, minutes = case_slices(problem, case.minutes)
    found = rescues(
        case.cohorts, ends, minutes, problem.day_starts[1:], usable[: len(ends)]
    )
    return [
        RescueFigures(
            deadline=axis.moment(int(one.deadline)),
            cases=one.items,
            hours=one.agent_minutes / 60,
            latest=None if one.latest is None else axis.moment(int(one.latest)),
        )
        for one in found
        if one.items >= _NOTHING
    ]
