"""Whose job it is, and of which kind: asked before a route does anything with it."""

from typing import Annotated, Any

from fastapi import Depends, Path, Request
from fastapi.concurrency import run_in_threadpool

from scheduler.service.http.auth.guard import needs
from scheduler.service.http.auth.principal import Principal, Scope
from scheduler.service.http.service import service_of
from scheduler.service.jobs.backend import JobBackend, NoSuchJob
from scheduler.service.jobs.records import Job, JobKind

JobId = Annotated[str, Path(pattern=r"^[0-9A-Za-z-]{1,64}$", description="Of a job.")]


def own_job(backend: JobBackend, tenant: str, job_id: str, kind: JobKind) -> Job:
    """Return a tenant's job of a kind; raise ``NoSuchJob``, also where it is another's.

    A job of scenarios has no roster, and a roster's has no scenarios: for who asks for
    the one, the other does not exist.
    """
    job = backend.get(tenant, job_id)
    if job.kind != kind:
        raise NoSuchJob(f"no job {job_id!r} of kind {kind}")
    return job


def own(kind: JobKind, scope: Scope) -> Any:
    """Return the dependency of a route about a job of a kind that asks for a scope."""
    let_in = needs(scope)

    async def guard(
        request: Request, job_id: JobId, principal: Annotated[Principal, let_in]
    ) -> Principal:
        backend = service_of(request).backend
        asked = (backend, principal.tenant, job_id, kind)
        request.state.job = await run_in_threadpool(own_job, *asked)
        return principal

    guard.scope = scope  # type: ignore[attr-defined]
    return Depends(guard)


RosterReading = Annotated[Principal, own("roster", Scope.READ)]
RosterWriting = Annotated[Principal, own("roster", Scope.WRITE)]
