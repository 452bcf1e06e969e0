"""What the service says of jobs; the client reads the same."""

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from scheduler.rosters.document import MissedEntry, RosterResult, ViolationEntry
from scheduler.rosters.so_far_document import SoFar
from scheduler.service.jobs.records import JobStatus, SolverStatus, StopReason

Engine = Literal["auto", "columns", "cpsat", "milp", "milp-cbc"]


class Said(BaseModel):
    """Base of what is said; readers ignore what they do not know: more may come."""

    model_config = ConfigDict(frozen=True)


class JobOptions(Said):
    """What a roster is asked for."""

    engine: str
    time_limit: float = Field(description="Seconds for the whole solve.")
    gap: float = Field(description="Stop when (objective - bound) / bound is this.")
    seed: int
    workers: int = Field(description="Threads; 1 makes a run repeatable.")
    verify: bool
    report: bool
    near: bool = Field(description="Whether to stay near the roster it starts from.")


class PlanSize(Said):
    """How large a roster problem is."""

    agents: int
    days: int
    shifts: int
    queues: int
    case_types: int


class DryRun(Said):
    """What would be submitted; nothing was."""

    valid: Literal[True] = True
    name: str
    plan_hash: str
    size: PlanSize
    notes: list[str]


class Submission(Said):
    """A job that was taken in: the same answer each time it is asked for by its key."""

    id: str
    status: Literal[JobStatus.QUEUED] = JobStatus.QUEUED
    name: str
    tags: list[str]
    plan_hash: str
    options: JobOptions
    notes: list[str] = Field(description="What is worth saying of the plan.")
    submitted_at: dt.datetime


class WhatIfSubmission(Submission):
    """Scenarios that were taken in; the time limit is that of all together."""

    scenarios: list[str] = Field(description="Their names, the plan as it is first.")


class HireSubmission(Submission):
    """Hires that were taken in; the time limit is that of all together."""

    weeks: list[str] = Field(description="That are to be met.")
    mixes: int = Field(description="Of hires, within the limits.")


class Incumbent(Said):
    """A moment of the search: the best roster so far, and the bound."""

    at: dt.datetime
    phase: str = Field(description="What the search does.")
    seconds: float = Field(description="Since it began.")
    objective: float | None = Field(description="Paid hours; null without a roster.")
    bound: float | None = Field(description="No roster costs less, paid hours.")
    gap: float | None
    so_far: SoFar | None = Field(
        None,
        description="What the best roster leaves short and late; null before there is "
        "one, and where the engine does not tell (columns does).",
    )


class JobMetadata(Said):
    """A job as it stands."""

    id: str
    name: str
    tags: list[str]
    status: JobStatus = Field(description="Of the job.")
    solver_status: SolverStatus | None = Field(description="Of the roster.")
    stop_reason: StopReason | None
    objective: float | None = Field(description="Paid hours.")
    bound: float | None = Field(description="No roster costs less, paid hours.")
    gap: float | None = Field(description="(objective - bound) / bound.")
    options: JobOptions
    plan_hash: str
    attempt: int = Field(description="How often a worker has taken it up.")
    stop_asked: bool
    reason: str = Field(description="Why it failed; empty unless it did.")
    trace_id: str = Field(description="Of the request that submitted it.")
    submitted_at: dt.datetime
    started_at: dt.datetime | None = Field(description="Taken up by a worker.")
    solving_at: dt.datetime | None = Field(description="The search began.")
    solved_at: dt.datetime | None = Field(description="The search ended.")
    ended_at: dt.datetime | None


class JobFiles(Said):
    """A file of a job, by the hash of its content."""

    name: str
    sha256: str


class JobDocument(Said):
    """A job, what came of it, and its files."""

    metadata: JobMetadata
    result: RosterResult | None = Field(description="null until there is one.")
    files: list[JobFiles]


class JobList(Said):
    """Some jobs, the latest first."""

    items: list[JobMetadata]
    next: str | None = Field(description="Cursor of those that follow.")


class ViolationsDocument(Said):
    """Rules that a roster breaks, and what it does not keep of what was preferred."""

    legal: bool | None
    violations: list[ViolationEntry]
    not_kept: list[MissedEntry]


class RosterRow(Said):
    """A shift; a row of roster.csv."""

    agent_id: str
    date: dt.date
    shift_type: str
    start: dt.datetime
    end: dt.datetime
    paid_minutes: int


class ActivityRow(Said):
    """A stretch of a shift; a row of activities.csv."""

    agent_id: str
    start: dt.datetime
    end: dt.datetime
    kind: str
    activity: str


class CoverageRow(Said):
    """Calls of a queue in an interval; a row of coverage.csv."""

    queue: str
    start: dt.datetime
    required: float | None
    rostered: float | None
    shortfall: float | None
    predicted_service_level: float | None
    effective: float | None
    least: float | None


class BacklogRow(Said):
    """Cases of a type on a day; a row of backlog.csv."""

    case_type: str
    date: dt.date
    opening: float | None
    inflow: float | None
    completed: float | None
    closing: float | None
    due: float | None
    breaches: float | None
    hours_needed: float | None
    hours_rostered: float | None
    oldest_days: float | None
    hours_fill: float | None
    age_0_1: float | None
    age_1_3: float | None
    age_3_5: float | None
    age_5_up: float | None


class RosterTable(Said):
    """The shifts of a roster."""

    rows: list[RosterRow]


class ActivityTable(Said):
    """What fills the shifts of a roster."""

    rows: list[ActivityRow]


class CoverageTable(Said):
    """The calls of a roster."""

    rows: list[CoverageRow]


class BacklogTable(Said):
    """The cases of a roster."""

    rows: list[BacklogRow]


class ExportDocument(Said):
    """Everything of a roster in one document."""

    metadata: JobMetadata
    result: RosterResult
    roster: list[RosterRow]
    activities: list[ActivityRow]
    coverage: list[CoverageRow]
    backlog: list[BacklogRow]
