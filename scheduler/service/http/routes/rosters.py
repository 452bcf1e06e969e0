"""Jobs: submitted, listed, looked at, stopped, erased."""

import datetime as dt
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from scheduler.rosters.document import RESULT_FILE, RosterResult
from scheduler.service.documents import (
    DryRun,
    JobDocument,
    JobFiles,
    JobList,
    JobMetadata,
    Submission,
)
from scheduler.service.http.asked import Asked, Listing, Since
from scheduler.service.http.audit import noted
from scheduler.service.http.auth.guard import Reading, Writing
from scheduler.service.http.auth.principal import Principal
from scheduler.service.http.desk.given import Answer
from scheduler.service.http.metadata import etag_of, metadata_of, submission_of
from scheduler.service.http.owned import JobId, RosterReading, RosterWriting
from scheduler.service.http.problems import declared
from scheduler.service.http.routes.bodies import plan_body, worked
from scheduler.service.http.service import service_of
from scheduler.service.http.submitting import (
    OF_BODIES,
    POLL,
    Key,
    in_flight,
    order_of,
    refuse_when_stopping,
    taken_in,
    taking,
)
from scheduler.service.jobs.records import Job, JobFilter

router = APIRouter(prefix="/v1/rosters", tags=["rosters"])
_READING = declared(401, 403, 404, 422, 429)
Match = Annotated[
    str | None,
    Header(alias="If-None-Match", description="An ETag: 304 if it is still so."),
]


@router.post(
    "",
    status_code=202,
    responses={
        200: {"model": DryRun, "description": "With dry_run."},
        **taking(Submission),
        **OF_BODIES,
    },
    openapi_extra=plan_body(),
    response_model=None,
)
async def submit(
    request: Request,
    response: Response,
    principal: Writing,
    asked: Annotated[Asked, Query()],
    key: Key = None,
) -> Submission | DryRun:
    """Submit a plan; its job goes on by itself.

    A plan that is not right is refused at once, with everything that is wrong with it.
    """
    service = service_of(request)
    options = asked.options(service.settings)
    refuse_when_stopping(service)
    with in_flight(service, principal, key):
        answer = await worked(request, principal, "submit")
        if asked.dry_run:
            response.status_code = 200
            return _measured(answer)
        order = order_of(request, principal, asked, options, answer, key)
        job = await taken_in(request, response, principal, "submit", order)
    return submission_of(job, answer.told["notes"])


def _measured(answer: Answer) -> DryRun:
    return DryRun.model_validate(
        {name: answer.told[name] for name in ("name", "plan_hash", "size", "notes")}
    )


@router.get(
    "",
    responses={
        200: {"headers": {"Link": {"schema": {"type": "string"}}}},
        **declared(401, 403, 422, 429),
    },
)
async def listed(
    request: Request,
    response: Response,
    principal: Reading,
    asked: Annotated[Since, Query()],
) -> JobList:
    """Return the tenant's jobs, the latest first, some at a time."""
    created_after = asked.created_after
    if created_after is not None and created_after.tzinfo is None:
        created_after = created_after.replace(tzinfo=dt.UTC)
    wanted = JobFilter(tuple(asked.status), "roster", asked.tag, created_after)
    return await page_of(request, response, principal, wanted, asked)


async def page_of(
    request: Request,
    response: Response,
    principal: Principal,
    wanted: JobFilter,
    asked: Listing,
) -> JobList:
    """Return some jobs, with a link to those that follow."""
    backend = service_of(request).backend
    page = await run_in_threadpool(
        lambda: backend.list(
            principal.tenant, wanted, cursor=asked.cursor, limit=asked.limit
        )
    )
    if page.next is not None:
        kept = [(k, v) for k, v in request.query_params.multi_items() if k != "cursor"]
        query = urlencode([*kept, ("cursor", page.next)])
        response.headers["Link"] = f'<{request.url.path}?{query}>; rel="next"'
    return JobList(items=[metadata_of(job) for job in page.jobs], next=page.next)


@router.get("/{job_id}", responses=_READING)
async def read(
    request: Request, job_id: JobId, principal: RosterReading
) -> JobDocument:
    """Return a job, what came of it, and what files it has."""
    backend = service_of(request).backend

    def look() -> JobDocument:
        job = backend.get(principal.tenant, job_id)
        files = backend.artifacts(principal.tenant, job_id)
        found = backend.artifact(principal.tenant, job_id, RESULT_FILE)
        return JobDocument(
            metadata=metadata_of(job),
            result=None
            if found is None
            else RosterResult.model_validate_json(found.content),
            files=[
                JobFiles(name=name, sha256=sha256)
                for name, sha256 in sorted(files.items())
            ],
        )

    return await run_in_threadpool(look)


@router.get(
    "/{job_id}/metadata",
    responses={
        200: {"headers": {"ETag": {"schema": {"type": "string"}}}},
        304: {"description": "It is still as the ETag says."},
        **_READING,
    },
    response_model=JobMetadata,
)
async def metadata(
    request: Request,
    response: Response,
    _: RosterReading,
    match: Match = None,
) -> JobMetadata | Response:
    """Return a job as it stands: cheap, to ask again and again."""
    return stands(request, response, match)


def stands(
    request: Request, response: Response, match: str | None
) -> JobMetadata | Response:
    """Return how the job of a request stands, unless that is known."""
    job: Job = request.state.job  # as it was read to see whose it is
    etag = etag_of(job)
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if is_known(match, etag):
        return Response(status_code=304, headers={**request.state.headers, **headers})
    response.headers.update(headers)
    if not job.status.ended:
        response.headers.update(POLL)
    return metadata_of(job)


def is_known(match: str | None, etag: str) -> bool:
    """Return whether an If-None-Match names what there is (RFC 9110, 13.1.2)."""
    if match is None:
        return False
    known = {part.strip().removeprefix("W/") for part in match.split(",")}
    return etag in known or "*" in known


@router.post("/{job_id}/stop", status_code=202, responses=_READING)
async def stop(
    request: Request, job_id: JobId, principal: RosterWriting
) -> JobMetadata:
    """End the search and keep the best roster found so far."""
    return await told(request, principal, "stop", job_id)


@router.post("/{job_id}/cancel", status_code=202, responses=_READING)
async def cancel(
    request: Request, job_id: JobId, principal: RosterWriting
) -> JobMetadata:
    """Discard a job: whatever was found is not kept."""
    return await told(request, principal, "cancel", job_id)


async def told(
    request: Request, principal: Principal, verb: Literal["stop", "cancel"], job_id: str
) -> JobMetadata:
    """Return a job that was told to stop, or cancelled."""
    service = service_of(request)
    ask = service.backend.stop if verb == "stop" else service.backend.cancel
    job = await run_in_threadpool(ask, principal.tenant, job_id)
    await noted(service, principal, verb, job.id, request.state.trace_id)
    return metadata_of(job)


@router.delete(
    "/{job_id}",
    status_code=204,
    responses={**_READING, **declared(409)},
)
async def erase(request: Request, job_id: JobId, principal: RosterWriting) -> None:
    """Erase a job that has ended, with all that came of it."""
    service = service_of(request)
    await run_in_threadpool(service.backend.delete, principal.tenant, job_id)
    await noted(service, principal, "erase", job_id, request.state.trace_id)
