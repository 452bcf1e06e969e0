"""How much a tenant may have under way."""

from sqlalchemy import Engine, select

from scheduler.service.http.problems import Refusal
from scheduler.service.jobs.backend import BeyondCaps, JobBackend
from scheduler.service.jobs.records import Order, Submitted, Usage
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


def taken_in(
    backend: JobBackend, engine: Engine, settings: Settings, order: Order
) -> Submitted:
    """Take a job in, within what its tenant may have under way.

    Raises
    ------
    Refusal
        With every cap that it would exceed.
    """
    try:
        return backend.submit(order, caps_of(engine, order.tenant, settings))
    except BeyondCaps as error:
        then, most = vars(error.then), vars(error.most)
        errors = [
            {
                "code": name,
                "expected": f"{cap:g} under way at most",
                "value": f"{then[name]:g}",
            }
            for name, cap in most.items()
            if then[name] > cap
        ]
        raise Refusal("quota", str(error), errors, _WAIT) from None
