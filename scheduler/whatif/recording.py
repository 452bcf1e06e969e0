"""Makes the content of whatif.json."""

from collections.abc import Sequence
from typing import Any

from scheduler.domain import Plan
from scheduler.exports.filenames import safe_names
from scheduler.pipeline import Asked
from scheduler.reading import plan_hash
from scheduler.rosters.document import RosterResult
from scheduler.rosters.record import versions
from scheduler.whatif.compared import compared, sampled
from scheduler.whatif.document import Outlook, ScenarioEntry, WhatIfDocument
from scheduler.whatif.running import Run, Solved
from scheduler.whatif.words import words

FOLDER = "scenarios"


def record(
    plan: Plan, run: Run, solved: Sequence[Solved], notes: Sequence[str]
) -> WhatIfDocument:
    """Return everything that is told of scenarios."""
    names = safe_names([one.made.scenario.name for one in solved])
    entries = compared([_entry(one, names) for one in solved])
    return WhatIfDocument(
        interrupted=run.interrupted,
        scenarios=entries,
        sampled=sampled(entries),
        notes=[*notes, *_notes(plan, solved)],
        **head_of(plan, run.asked),
    )


def settings_of(asked: Asked) -> dict[str, Any]:
    """Return by what, and for what, every solve was asked."""
    limits = asked.limits
    return {
        "versions": versions(),
        "engine": asked.engine,
        "time_limit": limits.seconds,
        "work_limit": limits.work,
        "asked_gap": limits.gap,
        "seed": limits.seed,
        "workers": limits.workers,
    }


def head_of(plan: Plan, asked: Asked) -> dict[str, Any]:
    """Return the same, and of which plan they are."""
    return {
        "name": plan.name,
        "plan_hash": plan_hash(plan),
        "locale": plan.locale,
        "time_zone": plan.horizon.time_zone,
        **settings_of(asked),
    }


def _notes(plan: Plan, solved: Sequence[Solved]) -> list[str]:
    """Return what the reader of the table should know."""
    told = []
    changed = any(
        one.made.scenario.changes.calls or one.made.scenario.changes.handle_time
        for one in solved
    )
    if plan.required and changed:
        told.append("intervals of required.csv stay as they are, whatever calls come")
    weak = [
        one.made.scenario.name for one in solved if one.answer and not one.answer.whole
    ]
    if weak:
        told.append(f"stopped before their time: {', '.join(weak)}")
    return told


def _entry(solved: Solved, names: dict[str, str]) -> ScenarioEntry:
    scenario, answer = solved.made.scenario, solved.answer
    found = answer.result if answer else None
    draw = scenario.draw
    has_roster = found is not None and found.objective is not None
    return ScenarioEntry(
        name=scenario.name,
        folder=f"{FOLDER}/{names[scenario.name]}" if has_roster else None,
        changes=words(scenario.changes),
        circumstances=scenario.circumstances,
        grid=scenario.group or None,
        of=scenario.of,
        samples=draw.samples.name if draw else None,
        sample=draw.sample + 1 if draw else None,
        status=found.status if found else "failed" if solved.error else "not_solved",
        error=solved.error,
        why=[one.message for one in found.conflicts] if found else [],
        found_before=solved.found_before,
        repeatable=found.repeatable if found else False,
        plan_hash=plan_hash(solved.made.plan),
        figures=figures(found, answer.level if answer else None),
        service_level_at_best=answer.at_best if answer else False,
        bound=found.bound if found else None,
        gap=found.gap if found else None,
        seconds=found.seconds if found else None,
        against=None,
        difference=None,
        on_frontier=False,
    )


def figures(found: RosterResult | None, level: float | None) -> Outlook:
    """Return what a roster gives."""
    summary = found.summary if found else None
    if found is None or summary is None:
        return Outlook(
            service_level=None,
            short_hours=None,
            breaches=None,
            paid_hours=None,
            overtime_hours=None,
            objective=None,
        )
    short = [queue.short_hours for queue in summary.queues]
    return Outlook(
        service_level=None if level is None else round(level, 6),
        short_hours=max(short) if short else None,
        breaches=round(sum(kind.breaches for kind in summary.cases), 6)
        if summary.cases
        else None,
        paid_hours=summary.people.paid_hours,
        overtime_hours=summary.people.overtime_hours,
        objective=found.objective,
    )
