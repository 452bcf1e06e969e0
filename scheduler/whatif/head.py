"""What every document of many solves says first: of what, and what was asked for."""

from typing import Literal

from pydantic import Field

from scheduler.rosters.document import Entry


class SolvesDocument(Entry):
    """What came of many solves, and what each was asked for."""

    format: Literal[1] = 1
    name: str = Field(description="Title of the plan.")
    versions: dict[str, str]
    engine: str
    time_limit: float = Field(description="Seconds for each solve.")
    work_limit: int = Field(description="Steps of each solve at most; 0: no limit.")
    asked_gap: float = Field(description="A solve stops when its gap is at most this.")
    seed: int
    workers: int
    interrupted: bool = Field(
        description="Whether it was stopped before all was solved."
    )
    notes: list[str]


class PlanSolvesDocument(SolvesDocument):
    """The same where all are of one plan."""

    plan_hash: str
    locale: str
    time_zone: str
