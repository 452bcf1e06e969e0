"""Orders on their way in: one tenant's after the other, repeated ones told apart."""

import datetime as dt

from sqlalchemy import Connection, func, select, update

from scheduler.service.jobs.backend import KeyReused
from scheduler.service.jobs.records import Job, Order, Usage
from scheduler.service.jobs.rows import OVER, job_of, now
from scheduler.service.store.tables import jobs

KEY_HOURS = 24  # for which an idempotency key is remembered
_TURNS = 8  # class of advisory locks; that of ``presence`` is another


def in_turn(connection: Connection, tenant: str) -> None:
    """Have the orders of a tenant come one after the other, until the commit.

    In SQLite the first row that is written does that.
    """
    if connection.dialect.name == "postgresql":
        turn = func.pg_advisory_xact_lock(_TURNS, func.hashtext(tenant))
        connection.execute(select(turn))


def usage_of(connection: Connection, tenant: str) -> Usage:
    """Return what a tenant has under way."""
    sums = (func.count(), func.sum(jobs.c.seconds), func.sum(jobs.c.threads))
    statement = select(*sums).where(jobs.c.tenant == tenant, jobs.c.status.not_in(OVER))
    count, seconds, threads = connection.execute(statement).one()
    return Usage(count, float(seconds or 0), int(threads or 0))


def ordered_before(connection: Connection, order: Order) -> Job | None:
    """Return the job that the same key has ordered; forget keys that are old."""
    if order.idempotency_key is None:
        return None
    same = (
        jobs.c.tenant == order.tenant,
        jobs.c.idempotency_key == order.idempotency_key,
    )
    oldest = now() - dt.timedelta(hours=KEY_HOURS)
    connection.execute(
        update(jobs)
        .where(*same, jobs.c.submitted_at < oldest)
        .values(idempotency_key=None)
    )
    row = connection.execute(select(jobs).where(*same)).first()
    if row is None:
        return None
    if row.request_hash != order.request_hash:
        raise KeyReused(
            f"idempotency key {order.idempotency_key!r} came with another request"
        )
    return job_of(row)
