"""From a plan and a roster to the data of the report."""

from scheduler.report.page.calls import level_of_all, queues, simulated_level
from scheduler.report.page.casework import case_types
from scheduler.report.page.document import (
    Cost,
    Day,
    Headline,
    PageDocument,
    Simulated,
    Trouble,
)
from scheduler.report.page.doings import Doings, hours_by_day
from scheduler.report.page.metrics import metric_groups
from scheduler.report.page.people import people
from scheduler.report.page.sources import Sources
from scheduler.report.words import GOAL_WORDS
from scheduler.rosters.document import RosterResult
from scheduler.rosters.turns import EARLY_BEFORE, LATE_AFTER
from scheduler.version import VERSION

_MOST = 500  # sentences of one kind on the page


def page_document(sources: Sources) -> PageDocument:
    """Return everything that the page shows of a roster."""
    prepared, summary = sources.prepared, sources.summary
    translation = prepared.translation
    problem, axis = translation.problem, translation.axis
    doings = Doings.of(problem, sources.roster)
    return PageDocument(
        title=prepared.plea.name or "Roster",
        locale=translation.plan.locale,
        time_zone=axis.time_zone,
        origin=round(axis.moment(0).timestamp() * 1000),
        end=problem.day_starts[-1],
        version=VERSION,
        plan_hash=prepared.plea.plan_hash,
        days=[
            Day(date=axis.date(day), start=start)
            for day, start in enumerate(problem.day_starts[:-1])
        ],
        groups=list(doings.groups),
        labels=list(doings.labels),
        shift_types=[kind.name for kind in problem.shift_types],
        activities_known=sources.roster.activities is not None,
        early_before=EARLY_BEFORE,
        late_after=LATE_AFTER,
        headline=_headline(sources),
        queues=queues(sources),
        cases=case_types(sources, doings),
        metrics=metric_groups(summary.cases if summary else []),
        people=people(sources, doings),
        figures=summary.people if summary else None,
        day_figures=summary.days if summary else [],
        hours=hours_by_day(problem, axis, sources.roster, doings),
        cost=_cost(sources),
        trouble=_trouble(sources),
        simulated=_simulated(sources),
        made=_made(sources),
    )


def _headline(sources: Sources) -> Headline:
    summary, found = sources.summary, sources.simulated
    level, at_best = None, False
    if summary is not None:
        level, at_best = level_of_all(sources.prepared.translation.demands, summary)
    every = summary.queues if summary else []
    widest = max(every, key=lambda queue: queue.calls, default=None)
    paid = sum(w.paid_minutes for w in sources.roster.worked) / 60
    cases = None if summary is None or not summary.cases else summary.cases
    return Headline(
        level=level,
        at_best=at_best,
        simulated_level=simulated_level(found) if found else None,
        intervals=widest.intervals if widest else 0,
        intervals_covered=widest.intervals_covered if widest else None,
        due=sum(case.due for case in cases) if cases else None,
        breaches=sum(case.breaches for case in cases) if cases else None,
        simulated_breaches=sum(k.breaches.mean or 0 for k in found.case_types)
        if found and found.case_types
        else None,
        paid_hours=round(paid, 2),
        overtime_hours=summary.people.overtime_hours if summary else None,
        violations=len(sources.violations),
        not_kept=len(sources.not_kept),
    )


def _cost(sources: Sources) -> Cost:
    """Return the costs; of a roster with activities as a sum, and against the bound.

    The bound holds for every roster of the plan it was proved for, so also for one that
    was changed by hand since.
    """
    result, parts = sources.result, dict(sources.parts)
    same = result is not None and result.plan_hash == sources.prepared.plea.plan_hash
    known = sources.roster.activities is not None
    objective = sum(parts.values()) if known else None
    bound = result.bound if result and same else None
    gap = None
    if objective is not None and bound:
        gap = (objective - bound) / bound
    return Cost(
        parts=parts,
        bound_parts=result.bound_parts if result and same else {},
        words=GOAL_WORDS,
        objective=None if objective is None else round(objective, 4),
        bound=bound,
        floor=result.floor if result and same else None,
        gap=None if gap is None else round(gap, 6),
    )


def _trouble(sources: Sources) -> Trouble:
    violations, not_kept = sources.violations, sources.not_kept
    return Trouble(
        violations=violations[:_MOST],
        violations_left_out=max(0, len(violations) - _MOST),
        not_judged=list(sources.not_judged),
        not_kept=sorted(not_kept, key=lambda each: -each.cost)[:_MOST],
        not_kept_left_out=max(0, len(not_kept) - _MOST),
        worst=sources.summary.worst if sources.summary else [],
        flags=sources.simulated.flags if sources.simulated else [],
        notes=list(dict.fromkeys(sources.notes)),
    )


def _simulated(sources: Sources) -> Simulated | None:
    found = sources.simulated
    if found is None:
        return None
    return Simulated(
        replications=found.replications,
        seed=found.seed,
        blend=found.blend,
        confidence=found.confidence,
        kept=found.kept,
    )


def _made(sources: Sources) -> RosterResult | None:
    """Return result.json without what the page tells anew."""
    if sources.result is None:
        return None
    told: dict[str, object] = {"summary": None, "violations": [], "not_kept": []}
    return sources.result.model_copy(update=told)
