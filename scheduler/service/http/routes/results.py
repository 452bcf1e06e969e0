"""What came of a job: its roster, calls, cases."""

import json
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from scheduler.domain import Plan
from scheduler.report.page.document import PageDocument
from scheduler.report.page.render import page_data
from scheduler.rosters.document import REPORT_FILE, RESULT_FILE, RosterResult
from scheduler.service.documents import (
    ActivityTable,
    BacklogTable,
    CoverageTable,
    RosterTable,
    ViolationsDocument,
)
from scheduler.service.http.auth.principal import Principal
from scheduler.service.http.desk.given import Answer, Given
from scheduler.service.http.owned import JobId, RosterReading
from scheduler.service.http.problems import Refusal, declared
from scheduler.service.http.routes.bodies import sent
from scheduler.service.http.routes.rosters import Match, is_known
from scheduler.service.http.service import Service, service_of
from scheduler.service.jobs.records import Artifact

router = APIRouter(prefix="/v1/rosters/{job_id}", tags=["results"])
_READING = declared(401, 403, 404, 409, 422, 429)
WORKED = {**_READING, **declared(503)}
PLAN, TABLES = "plan.json", ("roster.csv", "activities.csv")


def _of(model: type[BaseModel]) -> dict[int | str, dict[str, Any]]:
    return {
        200: {"model": model, "headers": {"ETag": {"schema": {"type": "string"}}}},
        304: {"description": "It is still as the ETag says."},
        **WORKED,
    }


def file_of(service: Service, tenant: str, job_id: str, name: str) -> Artifact:
    """Return a file of a job.

    Raises
    ------
    NoSuchJob
        Where the tenant has no such job.
    Refusal
        Where the job has no such file, yet or at all.
    """
    found = service.backend.artifact(tenant, job_id, name)
    if found is None:
        job = service.backend.get(tenant, job_id)
        wait = {} if job.status.ended else {"Retry-After": "2"}
        state = ", ".join(filter(None, (job.status, job.solver_status)))
        raise Refusal("conflict", f"there is no {name}: the job is {state}", (), wait)
    return found


async def desked(
    request: Request,
    principal: Principal,
    job_id: str,
    task: str,
    names: tuple[str, ...],
    **options: Any,
) -> Answer:
    """Return what a task of the desk makes of a job's files."""
    service = service_of(request)
    service.rates.take_heavy(principal.tenant)
    with service.desk.room() as folder:
        await run_in_threadpool(
            laid_out, service, principal.tenant, job_id, names, folder
        )
        given = Given(str(folder), options=options, bounds=service.bounds)
        return await service.desk.run(task, given)


def laid_out(
    service: Service, tenant: str, job_id: str, names: tuple[str, ...], folder: Path
) -> None:
    """Write files of a job into a folder."""
    for name in names:
        content = file_of(service, tenant, job_id, name).content
        (folder / name).write_bytes(content)


async def _table(
    request: Request, principal: Principal, job_id: str, name: str, match: str | None
) -> Response:
    """Return a table of a roster, or that it is still what the client has."""
    service = service_of(request)
    file = f"{name}.csv"
    found = await run_in_threadpool(file_of, service, principal.tenant, job_id, file)
    headers = {"ETag": f'"{found.hash}"', "Cache-Control": "private, no-cache"}
    if is_known(match, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    answer = await desked(request, principal, job_id, "table", (file,), name=name)
    return sent(answer, **headers)


@router.get("/roster", responses=_of(RosterTable), response_class=Response)
async def roster(
    request: Request, job_id: JobId, principal: RosterReading, match: Match = None
) -> Response:
    """Return who works when: a row for each shift."""
    return await _table(request, principal, job_id, "roster", match)


@router.get("/activities", responses=_of(ActivityTable), response_class=Response)
async def activities(
    request: Request, job_id: JobId, principal: RosterReading, match: Match = None
) -> Response:
    """Return what fills the shifts: a row for each stretch."""
    return await _table(request, principal, job_id, "activities", match)


@router.get("/coverage", responses=_of(CoverageTable), response_class=Response)
async def coverage(
    request: Request, job_id: JobId, principal: RosterReading, match: Match = None
) -> Response:
    """Return how calls are covered: a row for each queue and interval."""
    return await _table(request, principal, job_id, "coverage", match)


@router.get("/backlog", responses=_of(BacklogTable), response_class=Response)
async def backlog(
    request: Request, job_id: JobId, principal: RosterReading, match: Match = None
) -> Response:
    """Return what becomes of the cases: a row for each case type and day."""
    return await _table(request, principal, job_id, "backlog", match)


@router.get(
    "/result",
    responses={200: {"model": RosterResult}, **_READING},
    response_class=Response,
)
async def result(request: Request, job_id: JobId, principal: RosterReading) -> Response:
    """Return what was found, how good it is, and how it was found."""
    found = await run_in_threadpool(
        file_of, service_of(request), principal.tenant, job_id, RESULT_FILE
    )
    return Response(found.content, media_type="application/json")


@router.get("/violations", responses=_READING)
async def violations(
    request: Request, job_id: JobId, principal: RosterReading
) -> ViolationsDocument:
    """Return the rules that the roster breaks, and what it does not keep."""
    found = await run_in_threadpool(
        file_of, service_of(request), principal.tenant, job_id, RESULT_FILE
    )
    names = ("legal", "violations", "not_kept")
    told = json.loads(found.content)
    return ViolationsDocument.model_validate({name: told[name] for name in names})


@router.get("/page", responses=_of(PageDocument), response_class=Response)
async def page(
    request: Request, job_id: JobId, principal: RosterReading, match: Match = None
) -> Response:
    """Return everything that the report shows, to be drawn."""
    service, tenant = service_of(request), principal.tenant
    names = (RESULT_FILE, *TABLES)
    made = await run_in_threadpool(file_of, service, tenant, job_id, RESULT_FILE)
    headers = {"ETag": f'"{made.hash}"', "Cache-Control": "private, no-cache"}
    if is_known(match, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    report = await run_in_threadpool(
        service.backend.artifact, tenant, job_id, REPORT_FILE
    )
    if report is not None:
        text = page_data(report.content.decode())
        return Response(text, headers=headers, media_type="application/json")
    answer = await desked(request, principal, job_id, "page", (PLAN, *names))
    return sent(answer, **headers)


@router.get(
    "/plan",
    responses={200: {"model": Plan}, **_READING},
    response_class=Response,
)
async def plan(request: Request, job_id: JobId, principal: RosterReading) -> Response:
    """Return the plan that the roster was asked for."""
    found = await run_in_threadpool(
        file_of, service_of(request), principal.tenant, job_id, PLAN
    )
    return Response(found.content, media_type="application/json")
