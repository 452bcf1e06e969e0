"""The job backend on DBOS: orders in, answers out; see ``worker`` for who runs them."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Row,
    delete,
    func,
    insert,
    select,
    tuple_,
    update,
)
from sqlalchemy.exc import DBAPIError, IntegrityError

from scheduler.service.jobs.backend import BeyondCaps, JobNotEnded, NoSuchJob
from scheduler.service.jobs.ledger import PLAN_FILE
from scheduler.service.jobs.listing import conditions, cursor_after, place_of
from scheduler.service.jobs.ordering import in_turn, ordered_before, usage_of
from scheduler.service.jobs.presence import presence_of
from scheduler.service.jobs.queue import Tickets
from scheduler.service.jobs.records import (
    BESIDE,
    EVERY_JOB,
    Artifact,
    Event,
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
from scheduler.service.jobs.rows import (
    OVER,
    enter,
    event_of,
    happen,
    job_of,
    now,
    options_row,
)
from scheduler.service.store.blobs import Blob, file_of, put_file, sweep
from scheduler.service.store.tables import artifacts, drafts, events, job_tags, jobs

MOST_LISTED = 100


class DbosBackend:
    """Jobs of one database; implements ``JobBackend``."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._tickets = Tickets(engine)
        self._presence = presence_of(engine)

    def close(self) -> None:
        """Let go of what it holds."""
        self._tickets.close()

    def submit(self, order: Order, most: Usage | None = None) -> Submitted:
        """Take a job in, for good; raise ``KeyReused``, ``BeyondCaps``.

        ``most`` is what its tenant may have under way: however many orders come at
        once, it never has more.
        """
        plan = Blob.of(order.plan.encode())
        while True:
            try:
                with self._engine.begin() as connection:
                    if most is not None:
                        in_turn(connection, order.tenant)
                    before = ordered_before(connection, order)
                    if before is not None:
                        return Submitted(before, replayed=True)
                    job = self._enter(connection, order, plan)
                    then = usage_of(connection, order.tenant)
                    if most is not None and then.exceeds(most):
                        raise BeyondCaps(then, most)
                    return Submitted(job, False)
            except IntegrityError:
                # The same key came twice at once: the other was first.
                if order.idempotency_key is None:
                    raise

    def _enter(self, connection: Connection, order: Order, plan: Blob) -> Job:
        job = uuid.uuid4().hex
        row = connection.execute(
            insert(jobs)
            .values(
                id=job,
                tenant=order.tenant,
                actor=order.actor,
                kind=order.kind,
                name=order.name,
                tags=list(order.tags),
                status=JobStatus.QUEUED,
                options=options_row(order.options),
                seconds=order.options.seconds,
                threads=order.options.workers,
                plan_hash=order.plan_hash,
                request_hash=order.request_hash,
                idempotency_key=order.idempotency_key,
                trace_id=order.trace_id,
                version=1,
                submitted_at=now(),
            )
            .returning(jobs)
        ).one()
        for tag in dict.fromkeys(order.tags):
            connection.execute(insert(job_tags).values(job=job, tag=tag))
        enter(connection, job, 1, "status", {"status": JobStatus.QUEUED})
        put_file(connection, order.tenant, job, PLAN_FILE, plan)
        if order.beside:
            beside = Blob.of(order.beside.encode())
            put_file(connection, order.tenant, job, BESIDE[order.kind], beside)
        self._tickets.put(connection, job)
        return job_of(row)

    def get(self, tenant: str, job_id: str) -> Job:
        """Return a job; raise ``NoSuchJob``."""
        with self._engine.connect() as connection:
            return job_of(_own(connection, tenant, job_id))

    def list(
        self,
        tenant: str,
        wanted: JobFilter = EVERY_JOB,
        *,
        cursor: str | None = None,
        limit: int = 50,
    ) -> Page:
        """Return some jobs, the latest first; raise ``NoSuchCursor``."""
        limit = max(1, min(limit, MOST_LISTED))
        order = (jobs.c.submitted_at, jobs.c.id)
        statement = select(jobs).where(jobs.c.tenant == tenant, *conditions(wanted))
        if cursor is not None:
            statement = statement.where(tuple_(*order) < tuple_(*place_of(cursor)))
        statement = statement.order_by(*(each.desc() for each in order))
        with self._engine.connect() as connection:
            rows = connection.execute(statement.limit(limit + 1)).all()
        more = len(rows) > limit
        return Page(
            [job_of(row) for row in rows[:limit]],
            cursor_after(rows[limit - 1]) if more else None,
        )

    def stop(self, tenant: str, job_id: str) -> Job:
        """Ask for the best roster found so far; nothing happens to what has ended."""
        data = {
            "status": JobStatus.COMPLETED,
            "solver_status": SolverStatus.UNKNOWN,
            "stop_reason": StopReason.STOPPED_BY_USER,
        }
        with self._engine.begin() as connection:
            _own(connection, tenant, job_id)
            queued = jobs.c.status == JobStatus.QUEUED
            changes = {**data, "stop_asked": True, "ended_at": now()}
            happen(connection, job_id, "end", data, changes, queued)
            connection.execute(
                update(jobs)
                .where(jobs.c.id == job_id, jobs.c.status.not_in(OVER))
                .values(stop_asked=True)
            )
            return job_of(_own(connection, tenant, job_id))

    def cancel(self, tenant: str, job_id: str) -> Job:
        """Discard a job at once; nothing happens to what has ended."""
        data = {
            "status": JobStatus.CANCELLED,
            "stop_reason": StopReason.CANCELLED_BY_USER,
        }
        with self._engine.begin() as connection:
            _own(connection, tenant, job_id)
            changes = {**data, "ended_at": now(), "worker": None}
            happen(connection, job_id, "end", data, changes)
            return job_of(_own(connection, tenant, job_id))

    def delete(self, tenant: str, job_id: str) -> None:
        """Erase what has ended; raise ``JobNotEnded``, ``NoSuchJob``."""
        with self._engine.begin() as connection:
            job = job_of(_own(connection, tenant, job_id))
            if not job.status.ended:
                raise JobNotEnded(f"job {job_id!r} is {job.status}")
            erase(connection, [job_id])
        self._tickets.forget([job_id])

    def purge(self, before: dt.datetime) -> int:
        """Erase all that ended before a moment; return how many jobs.

        And drafts that nobody has changed since; what was published stays.
        """
        with self._engine.begin() as connection:
            connection.execute(delete(drafts).where(drafts.c.changed_at < before))
            sweep(connection)
        old = select(jobs.c.id).where(jobs.c.status.in_(OVER), jobs.c.ended_at < before)
        count = 0
        while True:
            with self._engine.begin() as connection:
                ids = connection.execute(old.limit(MOST_LISTED)).scalars().all()
                erase(connection, ids)
            if not ids:
                return count
            self._tickets.forget(ids)
            count += len(ids)

    def events(
        self, tenant: str, job_id: str, *, after: int = 0, limit: int = 500
    ) -> Sequence[Event]:
        """Return what happened after an event; raise ``NoSuchJob``."""
        statement = (
            select(events)
            .where(events.c.job == job_id, events.c.number > after)
            .order_by(events.c.number)
            .limit(limit)
        )
        with self._engine.connect() as connection:
            _own(connection, tenant, job_id)
            return [event_of(row) for row in connection.execute(statement)]

    def artifact(self, tenant: str, job_id: str, name: str) -> Artifact | None:
        """Return a file, ``None`` where the job has none; raise ``NoSuchJob``."""
        with self._engine.connect() as connection:
            _own(connection, tenant, job_id)
            found = file_of(connection, job_id, name)
        return None if found is None else Artifact(name, found.hash, found.content)

    def artifacts(self, tenant: str, job_id: str) -> Mapping[str, str]:
        """Return the hashes of a job's files by name; raise ``NoSuchJob``."""
        statement = select(artifacts.c.name, artifacts.c.hash).where(
            artifacts.c.job == job_id
        )
        with self._engine.connect() as connection:
            _own(connection, tenant, job_id)
            return {row.name: row.hash for row in connection.execute(statement)}

    def usage(self, tenant: str) -> Usage:
        """Return what the tenant has under way."""
        with self._engine.connect() as connection:
            return usage_of(connection, tenant)

    def health(self) -> Health:
        """Return how the service stands."""
        statement = select(jobs.c.status, func.count()).group_by(jobs.c.status)
        try:
            with self._engine.connect() as connection:
                found = connection.execute(statement).all()
            counts: dict[str, int] = {row.status: row[1] for row in found}
            workers = self._presence.count()
        except DBAPIError as error:
            return Health((f"no database: {type(error).__name__}",))
        problems = () if workers else ("no worker runs jobs",)
        queued = counts.get(JobStatus.QUEUED, 0)
        return Health(problems, workers, queued, counts)


def erase(connection: Connection, ids: Iterable[str]) -> None:
    """Erase jobs and all that they have."""
    gone = list(ids)
    for table in (artifacts, events, job_tags):
        connection.execute(delete(table).where(table.c.job.in_(gone)))
    connection.execute(delete(jobs).where(jobs.c.id.in_(gone)))
    sweep(connection)


def _own(connection: Connection, tenant: str, job_id: str) -> Row[Any]:
    """Return the row of a tenant's job."""
    own = select(jobs).where(jobs.c.id == job_id, jobs.c.tenant == tenant)
    row = connection.execute(own).first()
    if row is None:
        raise NoSuchJob(f"no job {job_id!r}")
    return row
