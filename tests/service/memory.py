"""Jobs that stand still: what the HTTP skin is tested against, quickly."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from scheduler.service.jobs.backend import (
    BeyondCaps,
    JobNotEnded,
    KeyReused,
    NoSuchCursor,
    NoSuchJob,
)
from scheduler.service.jobs.records import (
    BESIDE,
    Artifact,
    Event,
    EventKind,
    Health,
    Job,
    JobFilter,
    JobStatus,
    Order,
    Page,
    SolverStatus,
    StopReason,
    Submitted,
    Usage,
)

EVERY = JobFilter()
NOW = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)


@dataclass
class _Kept:
    job: Job
    request_hash: str
    events: list[Event] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)


class MemoryBackend:
    """A ``JobBackend`` whose jobs go on when a test says so."""

    def __init__(self) -> None:
        self.kept: dict[str, _Kept] = {}
        self.problems: tuple[str, ...] = ()
        self.looks = 0

    def submit(self, order: Order, most: Usage | None = None) -> Submitted:
        for kept in self.kept.values():
            same = (kept.job.tenant, kept.job.idempotency_key)
            if order.idempotency_key and same == (order.tenant, order.idempotency_key):
                if kept.request_hash != order.request_hash:
                    raise KeyReused("another request")
                return Submitted(kept.job, replayed=True)
        now, asked = self.usage(order.tenant), order.options
        then = Usage(
            now.jobs + 1, now.seconds + asked.seconds, now.workers + asked.workers
        )
        if most is not None and then.exceeds(most):
            raise BeyondCaps(then, most)
        job = Job(
            id=uuid.uuid4().hex,
            tenant=order.tenant,
            kind=order.kind,
            name=order.name,
            tags=order.tags,
            status=JobStatus.QUEUED,
            solver_status=None,
            stop_reason=None,
            objective=None,
            bound=None,
            gap=None,
            options=order.options,
            plan_hash=order.plan_hash,
            idempotency_key=order.idempotency_key,
            trace_id=order.trace_id,
            attempt=0,
            version=0,
            stop_asked=False,
            reason="",
            problems=(),
            submitted_at=NOW + dt.timedelta(seconds=len(self.kept)),
            started_at=None,
            solving_at=None,
            solved_at=None,
            ended_at=None,
        )
        kept = _Kept(job, order.request_hash, files={"plan.json": order.plan.encode()})
        if order.beside:
            kept.files[BESIDE[order.kind]] = order.beside.encode()
        self.kept[job.id] = kept
        self.tell(job.id, "status", status="QUEUED")
        return Submitted(self.kept[job.id].job, replayed=False)

    def tell(self, job_id: str, kind: EventKind, **data: object) -> None:
        """Let something happen to a job."""
        kept = self.kept[job_id]
        number = kept.job.version + 1
        kept.events.append(Event(number, kind, NOW, data))
        kept.job = replace(kept.job, version=number)

    def complete(self, job_id: str, files: Mapping[str, bytes]) -> None:
        """Let a job end with a roster."""
        kept = self.kept[job_id]
        kept.files |= files
        kept.job = replace(
            kept.job,
            status=JobStatus.COMPLETED,
            solver_status=SolverStatus.FEASIBLE,
            stop_reason=StopReason.GAP,
            objective=10.0,
            bound=9.9,
            gap=0.01,
            ended_at=NOW,
        )
        self.tell(job_id, "end", status="COMPLETED", stop_reason="gap")

    def get(self, tenant: str, job_id: str) -> Job:
        return self._kept(tenant, job_id).job

    def list(
        self,
        tenant: str,
        wanted: JobFilter = EVERY,
        *,
        cursor: str | None = None,
        limit: int = 50,
    ) -> Page:
        if cursor is not None and not cursor.isdecimal():
            raise NoSuchCursor("no cursor")
        jobs = [k.job for k in self.kept.values() if k.job.tenant == tenant]
        jobs = [
            job
            for job in reversed(jobs)
            if (not wanted.statuses or job.status in wanted.statuses)
            and (wanted.kind is None or job.kind == wanted.kind)
            and (wanted.tag is None or wanted.tag in job.tags)
            and (not wanted.created_after or job.submitted_at > wanted.created_after)
        ]
        first = int(cursor or 0)
        more = first + limit < len(jobs)
        return Page(jobs[first : first + limit], str(first + limit) if more else None)

    def stop(self, tenant: str, job_id: str) -> Job:
        kept = self._kept(tenant, job_id)
        if not kept.job.status.ended:
            kept.job = replace(kept.job, stop_asked=True)
        return kept.job

    def cancel(self, tenant: str, job_id: str) -> Job:
        kept = self._kept(tenant, job_id)
        if not kept.job.status.ended:
            kept.job = replace(kept.job, status=JobStatus.CANCELLED, ended_at=NOW)
            self.tell(job_id, "end", status="CANCELLED")
        return kept.job

    def delete(self, tenant: str, job_id: str) -> None:
        if not self._kept(tenant, job_id).job.status.ended:
            raise JobNotEnded(job_id)
        del self.kept[job_id]

    def events(
        self, tenant: str, job_id: str, *, after: int = 0, limit: int = 500
    ) -> Sequence[Event]:
        self.looks += 1
        found = [e for e in self._kept(tenant, job_id).events if e.id > after]
        return found[:limit]

    def artifact(self, tenant: str, job_id: str, name: str) -> Artifact | None:
        content = self._kept(tenant, job_id).files.get(name)
        return None if content is None else Artifact(name, f"hash-of-{name}", content)

    def artifacts(self, tenant: str, job_id: str) -> Mapping[str, str]:
        return dict.fromkeys(self._kept(tenant, job_id).files, "0" * 64)

    def usage(self, tenant: str) -> Usage:
        own = [k.job for k in self.kept.values() if k.job.tenant == tenant]
        own = [job for job in own if not job.status.ended]
        return Usage(
            len(own),
            sum(job.options.seconds for job in own),
            sum(job.options.workers for job in own),
        )

    def health(self) -> Health:
        return Health(self.problems, 1, 0, {"QUEUED": len(self.kept)})

    def _kept(self, tenant: str, job_id: str) -> _Kept:
        kept = self.kept.get(job_id)
        if kept is None or kept.job.tenant != tenant:
            raise NoSuchJob(job_id)
        return kept
