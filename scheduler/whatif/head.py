"""What every document of many solves says first: of what, and what was asked for."""

from typing import Any, Literal

from pydantic import Field

from scheduler.domain import Plan
from scheduler.pipeline import Asked
from scheduler.reading import plan_hash
from scheduler.rosters.document import Entry
from scheduler.rosters.record import versions


class SolvesDocument(Entry):
    """What came of many solves, and what each was asked for."""

    format: Literal[1] = 1
    name: str
    versions: dict[str, str]
    engine: str
    time_limit: float = Field(description="Seconds for each solve.")
    work_limit: int
    asked_gap: float
    seed: int
    workers: int
    interrupted: bool
    notes: list[str]


class PlanSolvesDocument(SolvesDocument):
    """The same where all are of one plan."""

    plan_hash: str
    locale: str
    time_zone: str


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
