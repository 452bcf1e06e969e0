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

    engine: str = Field(description="What searches; auto is columns.")
    time_limit: float = Field(description="Seconds for the whole solve.")
    gap: float = Field(description="Stop when (objective - bound) / bound is this.")
    seed: int = Field(description="Of random choices: the same seed, the same choices.")
    workers: int = Field(description="Threads; 1 makes a run repeatable.")
    verify: bool = Field(
        description="Whether the roster is simulated, and corrected where it falls "
        "short."
    )
    report: bool = Field(description="Whether the page of export.html is made.")
    near: bool = Field(description="Whether to stay near the roster it starts from.")


class PlanSize(Said):
    """How large a roster problem is."""

    agents: int = Field(description="Agents.")
    days: int = Field(description="Days of the horizon.")
    shifts: int = Field(description="Shifts of all dates that may be worked.")
    queues: int = Field(description="Queues, and sets of queues that share agents.")
    case_types: int = Field(description="Case types.")


class DryRun(Said):
    """What would be submitted; nothing was."""

    valid: Literal[True] = Field(
        True, description="Whether the plan is right; one that is not is refused."
    )
    name: str = Field(description="Title of the plan.")
    plan_hash: str
    size: PlanSize
    notes: list[str]


class Submission(Said):
    """A job that was taken in: the same answer each time it is asked for by its key."""

    id: str = Field(description="Id of the job.")
    status: Literal[JobStatus.QUEUED] = Field(
        JobStatus.QUEUED, description="Of the job."
    )
    name: str = Field(description="Of the job; by default the plan's title.")
    tags: list[str]
    plan_hash: str
    options: JobOptions = Field(description="What was asked for.")
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

    at: dt.datetime = Field(description="When it was told.")
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

    id: str = Field(description="Id of the job.")
    name: str = Field(description="Of the job; by default the plan's title.")
    tags: list[str]
    status: JobStatus = Field(description="Of the job.")
    solver_status: SolverStatus | None = Field(description="Of the roster.")
    stop_reason: StopReason | None = Field(description="Why it ended; null until then.")
    objective: float | None = Field(description="Paid hours.")
    bound: float | None = Field(description="No roster costs less, paid hours.")
    gap: float | None = Field(description="(objective - bound) / bound.")
    options: JobOptions = Field(description="What was asked for.")
    plan_hash: str
    attempt: int = Field(description="How often a worker has taken it up.")
    stop_asked: bool = Field(description="Whether it was told to stop.")
    reason: str = Field(description="Why it failed; empty unless it did.")
    trace_id: str = Field(description="Of the request that submitted it.")
    submitted_at: dt.datetime
    started_at: dt.datetime | None = Field(description="Taken up by a worker.")
    solving_at: dt.datetime | None = Field(description="The search began.")
    solved_at: dt.datetime | None = Field(description="The search ended.")
    ended_at: dt.datetime | None = Field(description="It ended, in whatever way.")


class JobFiles(Said):
    """A file of a job, by the hash of its content."""

    name: str = Field(description="Name of the file.")
    sha256: str = Field(description="SHA-256 of its content.")


class JobDocument(Said):
    """A job, what came of it, and its files."""

    metadata: JobMetadata = Field(description="The job as it stands.")
    result: RosterResult | None = Field(description="null until there is one.")
    files: list[JobFiles] = Field(description="Its files.")


class JobList(Said):
    """Some jobs, the latest first."""

    items: list[JobMetadata] = Field(description="The jobs.")
    next: str | None = Field(description="Cursor of those that follow.")


class ViolationsDocument(Said):
    """Rules that a roster breaks, and what it does not keep of what was preferred."""

    legal: bool | None = Field(
        description="Whether it breaks no rule; null while that is not known."
    )
    violations: list[ViolationEntry] = Field(description="Rules that it breaks.")
    not_kept: list[MissedEntry] = Field(
        description="What was preferred and is not kept."
    )


class RosterRow(Said):
    """A shift; a row of roster.csv."""

    agent_id: str
    date: dt.date = Field(description="Day on which the shift starts.")
    shift_type: str
    start: dt.datetime
    end: dt.datetime
    paid_minutes: int


class ActivityRow(Said):
    """A stretch of a shift; a row of activities.csv."""

    agent_id: str
    start: dt.datetime
    end: dt.datetime
    kind: str = Field(description="voice, case, idle, break, meeting or other.")
    activity: str = Field(
        description="Its name: of a queue (or queues), a case type, a break or a "
        "meeting."
    )


class CoverageRow(Said):
    """Calls of a queue in an interval; a row of coverage.csv."""

    queue: str
    start: dt.datetime = Field(description="Start of the interval.")
    required: float | None = Field(description="People needed.")
    rostered: float | None = Field(description="People on calls, by heads.")
    shortfall: float | None = Field(
        description="People missing of those who must be there."
    )
    predicted_service_level: float | None = Field(
        description="Answered in time / offered, predicted."
    )
    effective: float | None = Field(description="People on calls, by their speed.")
    least: float | None = Field(
        description="People who must be there: fewer than needed where the level is "
        "one of the day or week."
    )


class BacklogRow(Said):
    """Cases of a type on a day; a row of backlog.csv."""

    case_type: str
    date: dt.date
    opening: float | None = Field(description="Open when the day begins.")
    inflow: float | None = Field(description="New cases.")
    completed: float | None = Field(description="Cases done.")
    closing: float | None = Field(description="Open when the day ends.")
    due: float | None = Field(description="Cases whose deadline is that day.")
    breaches: float | None = Field(
        description="Cases not done by their deadline that day."
    )
    hours_needed: float | None
    hours_rostered: float | None
    oldest_days: float | None = Field(
        description="Age of the oldest case open when the day ends, days."
    )
    hours_fill: float | None
    age_0_1: float | None = Field(
        description="Open when the day ends, less than a day old."
    )
    age_1_3: float | None = Field(
        description="Open when the day ends, one day to less than three old."
    )
    age_3_5: float | None = Field(
        description="Open when the day ends, three days to less than five old."
    )
    age_5_up: float | None = Field(
        description="Open when the day ends, five days old or more."
    )


class RosterTable(Said):
    """The shifts of a roster."""

    rows: list[RosterRow] = Field(description="Rows of roster.csv.")


class ActivityTable(Said):
    """What fills the shifts of a roster."""

    rows: list[ActivityRow] = Field(description="Rows of activities.csv.")


class CoverageTable(Said):
    """The calls of a roster."""

    rows: list[CoverageRow] = Field(description="Rows of coverage.csv.")


class BacklogTable(Said):
    """The cases of a roster."""

    rows: list[BacklogRow] = Field(description="Rows of backlog.csv.")


class ExportDocument(Said):
    """Everything of a roster in one document."""

    metadata: JobMetadata = Field(description="The job.")
    result: RosterResult = Field(description="Content of result.json.")
    roster: list[RosterRow] = Field(description="Rows of roster.csv.")
    activities: list[ActivityRow] = Field(description="Rows of activities.csv.")
    coverage: list[CoverageRow] = Field(description="Rows of coverage.csv.")
    backlog: list[BacklogRow] = Field(description="Rows of backlog.csv.")
