"""Makes the content of result.json."""

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version

from models.roster.check import Missed, Violation
from models.roster.helpers import Opener
from models.roster.problem import UNIT
from models.roster.result import Conflict, Limits, Result
from models.roster.solve import engine_named
from scheduler.calendars import TimeAxis
from scheduler.domain import RuleSet, required_by
from scheduler.plea import Plea
from scheduler.rosters.document import (
    ConflictEntry,
    Machine,
    MissedEntry,
    ProgressEntry,
    RemedyEntry,
    RosterResult,
    Settings,
    ViolationEntry,
)
from scheduler.rosters.figures import Summary
from scheduler.rosters.start import StartRead
from scheduler.rosters.units import in_hours, parts_in_hours
from scheduler.version import VERSION

LIBRARIES = ("ortools", "highspy", "pulp", "numpy", "scipy", "pandas", "tzdata")


@dataclass(frozen=True)
class Asked:
    """What a solve is asked for.

    Attributes
    ----------
    start
        A roster to start from, as ``read_start`` reads it.
    opener
        Of helpers for a very large problem; they are no part of what is found.
    """

    engine: str = "auto"
    limits: Limits = field(default_factory=Limits)
    start: StartRead | None = None
    opener: Opener | None = None


@dataclass(frozen=True)
class Judged:
    """The checker's word on the roster found, and its figures; empty without one."""

    violations: Sequence[Violation] = ()
    parts: Mapping[str, int] = field(default_factory=dict)
    summary: Summary | None = None
    missed: Sequence[Missed] = ()


def record(
    plea: Plea, asked: Asked, result: Result, judged: Judged, axis: TimeAxis
) -> RosterResult:
    """Return the content of result.json."""
    found = result.roster is not None
    objective = sum(judged.parts.values()) if found else None
    limits, start = asked.limits, asked.start
    return RosterResult(
        name=plea.name,
        status="illegal" if judged.violations else result.status.value,
        stop_reason=result.stop_reason.value,
        legal=not judged.violations if found else None,
        violations=violation_entries(judged.violations, axis),
        not_kept=missed_entries(judged.missed, axis),
        conflicts=[_conflict(each, plea.laws) for each in result.conflicts],
        objective=in_hours(objective),
        objective_parts=parts_in_hours(judged.parts),
        bound=in_hours(result.bound),
        bound_parts=parts_in_hours(result.bound_parts),
        gap=ratio(objective, result.bound, 0),
        floor=in_hours(result.floor),
        influenced_gap=None
        if result.floor is None
        else ratio(objective, result.bound, result.floor),
        seconds=round(result.seconds, 3),
        engine=engine_named(asked.engine),
        seed=limits.seed,
        repeatable=result.repeatable,
        settings=Settings(
            engine=asked.engine,
            time_limit=limits.seconds,
            gap=limits.gap,
            work_limit=limits.work,
            workers=limits.workers,
            near=limits.near,
        ),
        versions=versions(),
        machine=Machine(platform=platform.platform(), processors=os.cpu_count() or 1),
        plan_hash=plea.plan_hash,
        notes=[*plea.notes, *(start.notes if start else ())],
        start=start.entry if start and not result.start_lost else None,
        progress=[
            ProgressEntry(
                phase=p.phase,
                round=p.round,
                seconds=round(p.seconds, 3),
                best=in_hours(p.best),
                bound=in_hours(p.bound),
                gap=None if p.gap is None else round(p.gap, 6),
            )
            for p in result.progress
        ],
        summary=judged.summary,
    )


def ratio(objective: int | None, bound: int | None, floor: int) -> float | None:
    """Return ``(objective - bound) / (bound - floor)``; 0 where nothing is between.

    >>> ratio(110, 100, 0), ratio(110, 100, 50), ratio(0, 0, 0), ratio(5, 0, 0)
    (0.1, 0.2, 0.0, None)
    """
    if objective is None or bound is None:
        return None
    if objective == bound:
        return 0.0
    return round((objective - bound) / (bound - floor), 6) if bound > floor else None


def missed_entries(missed: Sequence[Missed], axis: TimeAxis) -> list[MissedEntry]:
    """Return what is preferred and not kept, with dates and paid hours."""
    return [
        MissedEntry(
            rule=m.rule,
            goal=m.goal,
            agent=m.agent,
            date=None if m.day is None else axis.date(m.day),
            cost=round(m.cost / UNIT, 6),
            message=m.message,
        )
        for m in missed
        if m.goal != "fairness"  # told by summary.fair, against targets
    ]


def violation_entries(
    violations: Sequence[Violation], axis: TimeAxis
) -> list[ViolationEntry]:
    """Return violations with dates instead of positions."""
    return [
        ViolationEntry(
            rule=v.rule,
            agent=v.agent,
            date=None if v.day is None else axis.date(v.day),
            message=v.message,
        )
        for v in violations
    ]


def versions() -> dict[str, str]:
    """Return the versions of this product, Python and the libraries beneath."""
    found = {"ringfence": VERSION, "python": platform.python_version()}
    for library in LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            continue
    return found


def _conflict(found: Conflict, laws: Sequence[RuleSet]) -> ConflictEntry:
    return ConflictEntry(
        message=found.message,
        agent=found.agent,
        rules=list(found.rules),
        members=list(found.members),
        remedies=[
            RemedyEntry(
                words=each.words,
                rules=list(each.rules),
                laws=[x.value for x in laws if required_by(x).intersection(each.rules)],
            )
            for each in found.remedies
        ],
    )
