"""What a worker writes of its jobs; refused as soon as a job is another's."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Engine, select

from scheduler.service.jobs.records import (
    BESIDE,
    Job,
    JobStatus,
    SolverStatus,
    StopReason,
)
from scheduler.service.jobs.rows import OVER, happen, now
from scheduler.service.store.blobs import Blob, file_of, put_file
from scheduler.service.store.tables import jobs

PLAN_FILE = "plan.json"
MOST_ATTEMPTS = 20


class Superseded(Exception):
    """The job has ended, or another worker has taken it up."""


@dataclass(frozen=True)
class Ending:
    """How a job ends."""

    status: JobStatus
    solver_status: SolverStatus | None = None
    stop_reason: StopReason | None = None
    objective: float | None = None
    bound: float | None = None
    gap: float | None = None
    reason: str = ""
    problems: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Watched:
    """What became of a job while it ran."""

    attempt: int
    ended: bool
    stop_asked: bool


@dataclass(frozen=True)
class Ledger:
    """Entries of one worker."""

    engine: Engine
    worker: str

    def claim(self, job: str) -> Job | None:
        """Take up a job; ``None`` where it has ended, or does so after too many."""
        with self.engine.begin() as connection:
            claimed = happen(
                connection,
                job,
                "status",
                {"status": JobStatus.VALIDATING, "worker": self.worker},
                {
                    "status": JobStatus.VALIDATING,
                    "attempt": jobs.c.attempt + 1,
                    "worker": self.worker,
                    "started_at": now(),
                    "solving_at": None,
                    "solved_at": None,
                    "objective": None,
                    "bound": None,
                    "gap": None,
                },
            )
        if claimed is not None and claimed.attempt > MOST_ATTEMPTS:
            reason = f"its worker was lost {MOST_ATTEMPTS} times"
            crashed = Ending(
                JobStatus.FAILED, stop_reason=StopReason.CRASH, reason=reason
            )
            self.end(claimed, crashed, {})
            return None
        return claimed

    def plan(self, job: Job) -> bytes:
        """Return the plan of a job, as JSON."""
        with self.engine.connect() as connection:
            found = file_of(connection, job.id, PLAN_FILE)
        if found is None:
            raise Superseded(job.id)
        return found.content

    def beside(self, job: Job) -> bytes:
        """Return what came beside a job's plan, as JSON; empty where nothing did."""
        with self.engine.connect() as connection:
            found = file_of(connection, job.id, BESIDE[job.kind])
        return b"" if found is None else found.content

    def status(self, job: Job, status: JobStatus, **changes: Any) -> None:
        """Say where a job is."""
        data = {"status": status, "attempt": job.attempt}
        self._enter(job, "status", data, {"status": status, **changes})

    def incumbent(self, job: Job, data: Mapping[str, Any]) -> None:
        """Say what the search has found."""
        changes = {name: data[name] for name in ("objective", "bound", "gap")}
        found = data["objective"] is not None
        changes["solver_status"] = (
            SolverStatus.FEASIBLE if found else SolverStatus.UNKNOWN
        )
        self._enter(job, "incumbent", data, changes)

    def log(self, job: Job, line: str) -> None:
        """Say something else of a job."""
        self._enter(job, "log", {"line": line}, {})

    def end(self, job: Job, ending: Ending, files: Mapping[str, Blob]) -> Job:
        """End a job, with all of its files or not at all."""
        told = {
            "status": ending.status,
            "solver_status": ending.solver_status,
            "stop_reason": ending.stop_reason,
            "objective": ending.objective,
            "bound": ending.bound,
            "gap": ending.gap,
        }
        changes = {
            **told,
            "reason": ending.reason,
            "problems": list(ending.problems),
            "ended_at": now(),
            "worker": None,
        }
        with self.engine.begin() as connection:
            ended = happen(connection, job.id, "end", told, changes, _still(job))
            if ended is None:
                raise Superseded(job.id)
            for name, blob in files.items():
                put_file(connection, job.tenant, job.id, name, blob)
        return ended

    def watch(self, ids: Collection[str]) -> dict[str, Watched]:
        """Return what became of some jobs."""
        columns = (jobs.c.id, jobs.c.attempt, jobs.c.status, jobs.c.stop_asked)
        with self.engine.connect() as connection:
            rows = connection.execute(select(*columns).where(jobs.c.id.in_(ids)))
            return {
                row.id: Watched(row.attempt, row.status in OVER, row.stop_asked)
                for row in rows
            }

    def requeue(self, *, worker: str, reason: str) -> list[Job]:
        """Put back what a worker had, once it is surely gone."""
        his = (jobs.c.worker == worker, jobs.c.status.not_in(OVER))
        data = {"status": JobStatus.QUEUED, "reason": reason}
        changes = {"status": JobStatus.QUEUED, "worker": None}
        with self.engine.begin() as connection:
            ids = connection.execute(select(jobs.c.id).where(*his)).scalars().all()
            put = [
                happen(connection, job, "status", data, changes, his[0]) for job in ids
            ]
        return [job for job in put if job is not None]

    def _enter(
        self, job: Job, kind: Any, data: Mapping[str, Any], changes: Mapping[str, Any]
    ) -> None:
        with self.engine.begin() as connection:
            if happen(connection, job.id, kind, data, changes, _still(job)) is None:
                raise Superseded(job.id)


def _still(job: Job) -> ColumnElement[bool]:
    """Return that nobody has taken up the job again."""
    return jobs.c.attempt == job.attempt
