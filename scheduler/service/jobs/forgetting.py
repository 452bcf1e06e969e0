"""Erasing by itself what has been kept for long enough, while a worker is there."""

import datetime as dt
import threading
from contextlib import closing

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from scheduler.service.jobs.dbos_backend import DbosBackend
from scheduler.service.jobs.rows import now
from scheduler.service.settings import Settings

_FIRST_SECONDS = 600.0  # after its start: also who is started anew each day forgets
_log = structlog.get_logger("ringfence.worker")


def forget_from_time_to_time(
    engine: Engine, settings: Settings, closed: threading.Event
) -> None:
    """Purge every ``purge_hours`` until closed; that others do so, too, is no harm."""
    period = dt.timedelta(hours=settings.purge_hours).total_seconds()
    wait = min(_FIRST_SECONDS, period)
    while period and not closed.wait(wait):
        wait = period
        try:
            with closing(DbosBackend(engine)) as backend:
                count = backend.purge(
                    now() - dt.timedelta(days=settings.retention_days)
                )
        except DBAPIError as error:
            _log.warning("no database", error=type(error).__name__)
        else:
            _log.info("purged", jobs=count, days=settings.retention_days)
