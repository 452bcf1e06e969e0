"""How much a tenant may have under way."""

from sqlalchemy import Engine, select

from scheduler.service.http.problems import Refusal
from scheduler.service.jobs.backend import JobBackend, Options, Usage
from scheduler.service.settings import Settings
from scheduler.service.store.tables import tenants

_WAIT = {"Retry-After": "30"}


def caps_of(engine: Engine, tenant: str, settings: Settings) -> Usage:
    """Return the most that a tenant may have under way."""
    with engine.connect() as connection:
        row = connection.execute(
            select(tenants).where(tenants.c.name == tenant)
        ).first()
    jobs, seconds, workers = (
        (None, None, None) if row is None else (row.jobs, row.seconds, row.workers)
    )
    return Usage(
        settings.tenant_jobs if jobs is None else jobs,
        settings.tenant_seconds if seconds is None else seconds,
        settings.tenant_workers if workers is None else workers,
    )


def refuse_more(
    backend: JobBackend, engine: Engine, tenant: str, asked: Options, settings: Settings
) -> None:
    """Refuse a job with which a tenant would have more under way than it may.

    Raises
    ------
    Refusal
        With every cap that it would exceed.
    """
    now, most = backend.usage(tenant), caps_of(engine, tenant, settings)
    then = (
        ("jobs", now.jobs + 1, most.jobs),
        ("seconds", now.seconds + asked.seconds, most.seconds),
        ("workers", now.workers + asked.workers, most.workers),
    )
    errors = [
        {"code": name, "expected": f"{cap:g} under way at most", "value": f"{count:g}"}
        for name, count, cap in then
        if count > cap
    ]
    if errors:
        detail = "the tenant has as much under way as it may"
        raise Refusal("quota", detail, errors, _WAIT)
