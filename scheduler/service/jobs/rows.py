"""Jobs and events as rows of the database."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, update

from scheduler.service.jobs.records import (
    ENDED,
    Event,
    EventKind,
    Job,
    JobStatus,
    Options,
    SolverStatus,
    StopReason,
)
from scheduler.service.store.tables import events, jobs

_ALIKE = (
    "id",
    "tenant",
    "kind",
    "name",
    "objective",
    "bound",
    "gap",
    "plan_hash",
    "idempotency_key",
    "trace_id",
    "attempt",
    "version",
    "stop_asked",
    "reason",
    "submitted_at",
    "started_at",
    "solving_at",
    "solved_at",
    "ended_at",
)
OVER = tuple(status.value for status in sorted(ENDED))


def now() -> dt.datetime:
    """Return the moment, in UTC."""
    return dt.datetime.now(dt.UTC)


def job_of(row: Row[Any]) -> Job:
    """Return the job of a row of ``jobs``."""
    solver, stop = row.solver_status, row.stop_reason
    return Job(
        status=JobStatus(row.status),
        solver_status=None if solver is None else SolverStatus(solver),
        stop_reason=None if stop is None else StopReason(stop),
        options=Options(**row.options),
        tags=tuple(row.tags),
        problems=tuple(row.problems),
        **{name: getattr(row, name) for name in _ALIKE},
    )


def event_of(row: Row[Any]) -> Event:
    """Return the event of a row of ``events``."""
    return Event(row.number, row.kind, row.at, row.data)


def options_row(options: Options) -> dict[str, Any]:
    """Return options as they are kept."""
    return asdict(options)


def happen(
    connection: Connection,
    job: str,
    kind: EventKind,
    data: Mapping[str, Any],
    changes: Mapping[str, Any] | None = None,
    *conditions: ColumnElement[bool],
) -> Job | None:
    """Enter an event and what it changes of a job; return the job.

    ``None``, and nothing is entered, where the job has ended or a condition does not
    hold: the row is locked by the first word of this, so who comes second sees what the
    first has done.
    """
    row = connection.execute(
        update(jobs)
        .where(jobs.c.id == job, jobs.c.status.not_in(OVER), *conditions)
        .values(version=jobs.c.version + 1, **(changes or {}))
        .returning(jobs)
    ).first()
    if row is None:
        return None
    enter(connection, job, row.version, kind, data)
    return job_of(row)


def enter(
    connection: Connection,
    job: str,
    number: int,
    kind: EventKind,
    data: Mapping[str, Any],
) -> None:
    """Enter an event."""
    connection.execute(
        insert(events).values(
            job=job, number=number, kind=kind, at=now(), data=dict(data)
        )
    )
