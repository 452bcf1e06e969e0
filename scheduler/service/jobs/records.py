"""What is known and told of jobs: the records that ``backend`` speaks."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal


class JobStatus(StrEnum):
    """Where a job is; the last four are its end."""

    QUEUED = "QUEUED"  #: waits for a worker
    VALIDATING = "VALIDATING"  #: a worker has it, the plan is read
    BUILDING = "BUILDING"  #: the plan is right, the problem is set up
    SOLVING = "SOLVING"  #: the search is on
    CHECKING = "CHECKING"  #: the roster is checked, foreseen and written
    COMPLETED = "COMPLETED"  #: there is an answer; see ``SolverStatus``
    INVALID = "INVALID"  #: the plan is wrong; ``Job.problems`` says where
    FAILED = "FAILED"  #: no answer; ``Job.reason`` says why
    CANCELLED = "CANCELLED"  #: discarded by who asked for it

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of the job."""
        return self in ENDED


ENDED = frozenset(
    {JobStatus.COMPLETED, JobStatus.INVALID, JobStatus.FAILED, JobStatus.CANCELLED}
)


class SolverStatus(StrEnum):
    """What is known of the roster."""

    OPTIMAL = "OPTIMAL"  #: a roster, proved best
    FEASIBLE = "FEASIBLE"  #: a roster, perhaps not best
    INFEASIBLE = "INFEASIBLE"  #: proved that no roster exists
    UNKNOWN = "UNKNOWN"  #: none found so far, or stopped before one was
    MODEL_INVALID = "MODEL_INVALID"  #: the checker refused the roster


class StopReason(StrEnum):
    """Why a job ended."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    GAP = "gap"
    TIME_LIMIT = "time_limit"
    WORK_LIMIT = "work_limit"
    NEAR = "near"  #: nothing more near the roster that it started from pays
    STOPPED_BY_USER = "stopped_by_user"
    CANCELLED_BY_USER = "cancelled_by_user"
    INVALID_PLAN = "invalid_plan"
    MEMORY = "memory"
    CRASH = "crash"


JobKind = Literal["roster", "whatif", "hire"]
#: What was sent beside the plan, by the kind of job.
BESIDE: Mapping[str, str] = {
    "roster": "start.json",
    "whatif": "scenarios.json",
    "hire": "hires.json",
}


def route_of(kind: str) -> str:
    """Return the path under which jobs of a kind are found."""
    return f"/v1/{kind}s"


@dataclass(frozen=True)
class Options:
    """What a roster is asked for; within the bounds of the settings.

    Attributes
    ----------
    seconds
        For the whole solve, model building included.
    workers
        Threads of the search; 1 makes it repeatable.
    verify
        Whether to simulate the roster and correct it, up to three times.
    report
        Whether to write report.html as well.
    scenarios
        How many scenarios share the seconds, one after the other; 0: no scenarios.
    each
        Seconds for each roster of a hiring plan, of the seconds for all.
    mixes
        Most mixes of a hiring plan whose rosters are looked for.
    near
        Whether to stay near the roster that the search starts from.
    """

    engine: str = "auto"
    seconds: float = 60.0
    gap: float = 0.01
    seed: int = 0
    workers: int = 1
    verify: bool = False
    report: bool = True
    scenarios: int = 0
    each: float = 0.0
    mixes: int = 0
    near: bool = False


@dataclass(frozen=True)
class Order:
    """A job to be taken in.

    Attributes
    ----------
    tenant, actor
        Whose job, and who asks (an API key's prefix, or the subject of a token).
    plan
        The plan as JSON text (``scheduler.writing.json_text``).
    plan_hash
        Of its content (``scheduler.reading.plan_hash``).
    request_hash
        SHA-256 of the whole request as canonical JSON; tells a repeated request from
        another one under the same idempotency key.
    beside
        What came beside the plan, as JSON text: scenarios, hires, or the roster that
        a search starts from (``starting``); empty: nothing did.
    """

    tenant: str
    actor: str
    plan: str
    plan_hash: str
    options: Options = Options()
    name: str = ""
    tags: tuple[str, ...] = ()
    kind: JobKind = "roster"
    beside: str = ""
    idempotency_key: str | None = None
    request_hash: str = ""
    trace_id: str = ""


@dataclass(frozen=True)
class Job:
    """A job as it stands.

    Attributes
    ----------
    attempt
        How often a worker has taken it up.
    version
        Grows with every change: for ETags; also the number of its last event.
    objective, bound
        Paid hours.
    reason
        Why it failed, for people.
    problems
        Everything that is wrong with the plan (INVALID), as ``Finding.as_dict``.
    submitted_at, started_at, solving_at, solved_at, ended_at
        Taken in; taken up by a worker; search began; search ended; all written.
    """

    id: str
    tenant: str
    kind: str
    name: str
    tags: tuple[str, ...]
    status: JobStatus
    solver_status: SolverStatus | None
    stop_reason: StopReason | None
    objective: float | None
    bound: float | None
    gap: float | None
    options: Options
    plan_hash: str
    idempotency_key: str | None
    trace_id: str
    attempt: int
    version: int
    stop_asked: bool
    reason: str
    problems: tuple[Mapping[str, Any], ...]
    submitted_at: dt.datetime
    started_at: dt.datetime | None
    solving_at: dt.datetime | None
    solved_at: dt.datetime | None
    ended_at: dt.datetime | None


@dataclass(frozen=True)
class Submitted:
    """The answer to an order: a new job, or the one of the same order before."""

    job: Job
    replayed: bool


EventKind = Literal["status", "incumbent", "log", "end"]


@dataclass(frozen=True)
class Event:
    """Something that happened to a job; ``id`` grows within the job, without gaps.

    ``data`` of status: status, solver_status, attempt; of incumbent: seconds, phase,
    objective, bound, gap; of log: line; of end: as of status, with stop_reason.
    """

    id: int
    kind: EventKind
    at: dt.datetime
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Artifact:
    """A file of a job: plan.json, result.json, roster.csv, report.html, ..."""

    name: str
    hash: str
    content: bytes


@dataclass(frozen=True)
class JobFilter:
    """Which jobs of a tenant to list; all where nothing is said."""

    statuses: tuple[JobStatus, ...] = ()
    kind: JobKind | None = None
    tag: str | None = None
    created_after: dt.datetime | None = None


EVERY_JOB = JobFilter()


@dataclass(frozen=True)
class Page:
    """Some jobs, the latest first; ``next`` is the cursor of those that follow."""

    jobs: Sequence[Job]
    next: str | None = None


@dataclass(frozen=True)
class Usage:
    """What a tenant has under way: jobs, their seconds and threads asked for."""

    jobs: int = 0
    seconds: float = 0.0
    workers: int = 0

    def exceeds(self, most: "Usage") -> bool:
        """Whether it is more than that in any way."""
        return (
            self.jobs > most.jobs
            or self.seconds > most.seconds
            or self.workers > most.workers
        )


@dataclass(frozen=True)
class Health:
    """Whether jobs are taken in and run.

    ``workers`` counts the processes that run jobs, in this or on other machines.
    """

    problems: tuple[str, ...] = ()
    workers: int = 0
    queued: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
