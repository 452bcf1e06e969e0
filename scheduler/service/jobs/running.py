"""One job, from being taken up to its end: runs its child and keeps what it says."""

import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog

from scheduler.service.jobs.children import Child, Gone, Killed, lacks_memory, start
from scheduler.service.jobs.figures import Figures
from scheduler.service.jobs.ledger import Ending, Ledger, Superseded
from scheduler.service.jobs.records import Job, JobStatus, SolverStatus, StopReason
from scheduler.service.jobs.rows import now
from scheduler.service.jobs.work import Work
from scheduler.service.settings import Settings
from scheduler.service.store.blobs import Blob
from scheduler.service.tracing import handed, span

LOG_FILE = "log.txt"
_APART = 0.5  # seconds between two incumbents told
_VERIFIED = 4  # times the time limit: the roster, and three that are corrected
_FIGURES = ("objective", "bound")
_SOLVER = {
    "optimal": SolverStatus.OPTIMAL,
    "feasible": SolverStatus.FEASIBLE,
    "infeasible": SolverStatus.INFEASIBLE,
    "unknown": SolverStatus.UNKNOWN,
    "illegal": SolverStatus.MODEL_INVALID,
}
_STOPPED = {
    "gap": StopReason.GAP,
    "time_limit": StopReason.TIME_LIMIT,
    "work_limit": StopReason.WORK_LIMIT,
    "near": StopReason.NEAR,
    "crash": StopReason.CRASH,  # of the plan as it is, among scenarios
}
_log = structlog.get_logger("ringfence.jobs")


class Released(BaseException):
    """The worker shuts down: the job is another's.

    No ``Exception``, so that the queue does not take it for the end of the job.
    """


@dataclass
class Running:
    """A job that this worker has taken up."""

    job: Job
    ledger: Ledger
    settings: Settings
    figures: Figures
    child: Child | None = None
    lines: list[str] = field(default_factory=list)
    told_at: float = 0.0
    held: Mapping[str, Any] | None = None
    found: tuple[float | None, ...] = (None, None)

    def run(self) -> None:
        """Run it to its end, and time that.

        Raises
        ------
        Superseded
            When the job was cancelled, or another worker has taken it up.
        Released
            When the worker shuts down.
        """
        job = self.job
        told: dict[str, str | int] = {
            "job": job.id,
            "attempt": job.attempt,
            "engine": job.options.engine,
        }
        with span("job", told, trace_id=job.trace_id):
            self._run()

    def _run(self) -> None:
        options = self.job.options
        times = _VERIFIED if options.verify else 1
        extra = max(1, options.scenarios) * self.settings.extra_seconds
        seconds = times * options.seconds + extra
        work = Work(
            self.ledger.plan(self.job),
            options,
            self.settings.memory_mb,
            self.job.kind,
            self.ledger.beside(self.job),
            handed(),
        )
        settings = self.settings
        self.child = start(
            work, seconds, settings.grace_seconds, settings.extra_seconds
        )
        gone = self.child.follow(self._heard)
        if gone.killed is Killed.RELEASED:
            raise Released
        if gone.killed is Killed.DISCARDED:
            raise Superseded(self.job.id)
        self._tell_held()
        ending = ending_of(gone, self.settings)
        files = {**gone.files, **self._log_file(gone)}
        self.figures.ended(self.ledger.end(self.job, ending, files))
        _log.info(
            "job ended",
            job=self.job.id,
            trace_id=self.job.trace_id,
            status=ending.status.value,
            stop_reason=ending.stop_reason,
            attempt=self.job.attempt,
        )

    def _heard(self, message: Mapping[str, Any]) -> None:
        """Keep what the child says."""
        content = {name: value for name, value in message.items() if name != "kind"}
        if message["kind"] == "incumbent":
            found = tuple(content[name] for name in _FIGURES)
            if found == self.found:
                return
            self.held, self.found = content, found
            if time.monotonic() - self.told_at >= _APART:
                self._tell_held()
            return
        self._tell_held()
        if message["kind"] == "log":
            self.lines.append(content["line"])
            self.ledger.log(self.job, content["line"])
        elif content["status"] != JobStatus.VALIDATING:  # said when it was taken up
            status = JobStatus(content["status"])
            self.lines.append(status.value)
            self.ledger.status(self.job, status, **_moment(status))

    def _tell_held(self) -> None:
        """Tell what was found last, unless it was told."""
        if self.held is not None:
            self.ledger.incumbent(self.job, self.held)
            self.held, self.told_at = None, time.monotonic()

    def _log_file(self, gone: Gone) -> dict[str, Blob]:
        """Return the log of a job, as a file: what it said, and what was printed."""
        text = "\n".join([*self.lines, gone.printed]).strip() + "\n"
        return {LOG_FILE: Blob.of(text.encode())}


def _moment(status: JobStatus) -> dict[str, Any]:
    """Return the moment that comes with a status."""
    if status is JobStatus.SOLVING:
        return {"solving_at": now()}
    return {"solved_at": now()} if status is JobStatus.CHECKING else {}


def ending_of(gone: Gone, settings: Settings) -> Ending:
    """Return how a job ends whose child is gone."""
    last = gone.last
    match last.get("kind"):
        case "end":
            return _answered(gone)
        case "invalid":
            count = len(last["problems"])
            return Ending(
                JobStatus.INVALID,
                stop_reason=StopReason.INVALID_PLAN,
                reason=f"{count} problem{'s' if count != 1 else ''} of the plan",
                problems=last["problems"],
            )
    if _lacked_memory(gone):
        return Ending(
            JobStatus.FAILED,
            stop_reason=StopReason.MEMORY,
            reason=f"out of memory: more than {settings.memory_mb} MB were needed",
        )
    if gone.killed is Killed.OVERDUE:
        return Ending(
            JobStatus.FAILED,
            stop_reason=StopReason.TIME_LIMIT,
            reason="it did not end in time, nor when it was told to",
        )
    if gone.code == -signal.SIGTERM:  # before it could listen
        return Ending(JobStatus.COMPLETED, SolverStatus.UNKNOWN, _why(gone))
    reason = last.get("error") or f"its process ended with code {gone.code}"
    return Ending(JobStatus.FAILED, stop_reason=StopReason.CRASH, reason=reason)


def _why(gone: Gone) -> StopReason:
    """Return who stopped a child: its user, or its time."""
    return StopReason.TIME_LIMIT if gone.overdue else StopReason.STOPPED_BY_USER


def _answered(gone: Gone) -> Ending:
    """Return the end of a job that has an answer."""
    last = gone.last
    status, stopped = last["status"], last["stop_reason"]
    reason = _why(gone) if stopped == "stopped" else _STOPPED.get(stopped)
    if reason is None:
        reason = StopReason.OPTIMAL if status == "optimal" else StopReason.INFEASIBLE
    figures = {name: last[name] for name in ("objective", "bound", "gap")}
    return Ending(JobStatus.COMPLETED, _SOLVER[status], reason, **figures)


def _lacked_memory(gone: Gone) -> bool:
    """Whether a child ended for want of memory, its own limit or the machine's."""
    if gone.last.get("kind") == "memory" or (
        gone.code == -signal.SIGKILL and gone.killed is None
    ):
        return True
    return lacks_memory(gone.printed + str(gone.last.get("error", "")))
