"""Who did what: ids and outcomes, no content."""

import datetime as dt

from fastapi.concurrency import run_in_threadpool
from sqlalchemy import insert

from scheduler.service.http.auth.principal import Principal
from scheduler.service.http.service import Service
from scheduler.service.store.tables import audit


async def noted(
    service: Service,
    principal: Principal,
    action: str,
    subject: str,
    trace_id: str,
    outcome: str = "done",
) -> None:
    """Write down that somebody did something to a job."""
    row = {
        "at": dt.datetime.now(dt.UTC),
        "tenant": principal.tenant,
        "actor": principal.actor,
        "action": action,
        "subject": subject[:200],
        "outcome": outcome,
        "trace_id": trace_id,
    }

    def write() -> None:
        with service.engine.begin() as connection:
            connection.execute(insert(audit).values(row))

    await run_in_threadpool(write)
