"""What came of a job: its roster, calls, cases, and why it is so."""

import datetime as dt
import json
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field

from scheduler.domain import Plan
from scheduler.report.page import PageDocument, page_data
from scheduler.rosters.compared import CompareDocument
from scheduler.rosters.document import REPORT_FILE, RESULT_FILE, RosterResult
from scheduler.rosters.explained import ExplainDocument
from scheduler.rosters.simulated import SimulateDocument
from scheduler.service.documents import (
    ActivityTable,
    BacklogTable,
    CoverageTable,
    RosterTable,
    ViolationsDocument,
)
from scheduler.service.http.asked import Moment
from scheduler.service.http.auth.guard import Reading
from scheduler.service.http.auth.principal import Principal
from scheduler.service.http.desk.given import Answer, Given
from scheduler.service.http.problems import Refusal, declared
from scheduler.service.http.routes.bodies import sent
from scheduler.service.http.routes.rosters import JobId, Match, is_known
from scheduler.service.http.service import Service, service_of
from scheduler.service.jobs.backend import Artifact

router = APIRouter(prefix="/v1/rosters/{job_id}", tags=["results"])
_READING = declared(401, 403, 404, 409, 422, 429)
_WORKED = {**_READING, **declared(503)}
PLAN, TABLES = "plan.json", ("roster.csv", "activities.csv")


def _of(model: type[BaseModel]) -> dict[int | str, dict[str, Any]]:
    return {
        200: {"model": model, "headers": {"ETag": {"schema": {"type": "string"}}}},
        304: {"description": "It is still as the ETag says."},
        **_WORKED,
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
        state = job.status.value + (f", {job.solver_status}" if wait == {} else "")
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
            _laid_out, service, principal.tenant, job_id, names, folder
        )
        given = Given(str(folder), options=options, bounds=service.bounds)
        return await service.desk.run(task, given)


def _laid_out(
    service: Service, tenant: str, job_id: str, names: tuple[str, ...], folder: Path
) -> None:
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
    request: Request, job_id: JobId, principal: Reading, match: Match = None
) -> Response:
    """Return who works when: a row for each shift."""
    return await _table(request, principal, job_id, "roster", match)


@router.get("/activities", responses=_of(ActivityTable), response_class=Response)
async def activities(
    request: Request, job_id: JobId, principal: Reading, match: Match = None
) -> Response:
    """Return what fills the shifts: a row for each stretch."""
    return await _table(request, principal, job_id, "activities", match)


@router.get("/coverage", responses=_of(CoverageTable), response_class=Response)
async def coverage(
    request: Request, job_id: JobId, principal: Reading, match: Match = None
) -> Response:
    """Return how calls are covered: a row for each queue and interval."""
    return await _table(request, principal, job_id, "coverage", match)


@router.get("/backlog", responses=_of(BacklogTable), response_class=Response)
async def backlog(
    request: Request, job_id: JobId, principal: Reading, match: Match = None
) -> Response:
    """Return what becomes of the cases: a row for each case type and day."""
    return await _table(request, principal, job_id, "backlog", match)


@router.get(
    "/result",
    responses={200: {"model": RosterResult}, **_READING},
    response_class=Response,
)
async def result(request: Request, job_id: JobId, principal: Reading) -> Response:
    """Return what was found, how good it is, and how it was found."""
    found = await run_in_threadpool(
        file_of, service_of(request), principal.tenant, job_id, RESULT_FILE
    )
    return Response(found.content, media_type="application/json")


@router.get("/violations", responses=_READING)
async def violations(
    request: Request, job_id: JobId, principal: Reading
) -> ViolationsDocument:
    """Return the rules that the roster breaks, and what it does not keep."""
    found = await run_in_threadpool(
        file_of, service_of(request), principal.tenant, job_id, RESULT_FILE
    )
    names = ("legal", "violations", "not_kept")
    told = json.loads(found.content)
    return ViolationsDocument.model_validate({name: told[name] for name in names})


_Name = Annotated[str | None, Query(max_length=200)]


@router.get(
    "/explain",
    responses={200: {"model": ExplainDocument}, **_WORKED},
    response_class=Response,
)
async def explain(
    request: Request,
    job_id: JobId,
    principal: Reading,
    agent: _Name = None,
    replace: _Name = None,
    day: dt.date | None = None,
    interval: Moment | None = None,
    cases: _Name = None,
) -> Response:
    """Return why an agent works that, who could step in, why calls or cases are late.

    One of `agent` with `day`, `replace` with `day`, `interval`, `cases`.
    """
    given = [x for x in (agent, replace, interval, cases) if x is not None]
    of_a_day = agent is not None or replace is not None
    if len(given) != 1 or of_a_day != (day is not None):
        told = "expected one of agent with day, replace with day, interval, cases"
        raise Refusal("invalid-request", told)
    answer = await desked(
        request,
        principal,
        job_id,
        "explain",
        (PLAN, *TABLES),
        agent=agent,
        replace=replace,
        day=day and day.isoformat(),
        interval=interval and interval.isoformat(),
        cases=cases,
    )
    return sent(answer)


@router.get("/page", responses=_of(PageDocument), response_class=Response)
async def page(
    request: Request, job_id: JobId, principal: Reading, match: Match = None
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
async def plan(request: Request, job_id: JobId, principal: Reading) -> Response:
    """Return the plan that the roster was asked for."""
    found = await run_in_threadpool(
        file_of, service_of(request), principal.tenant, job_id, PLAN
    )
    return Response(found.content, media_type="application/json")


@router.get(
    "/compare",
    responses={200: {"model": CompareDocument}, **_WORKED},
    response_class=Response,
)
async def compare(
    request: Request,
    job_id: JobId,
    principal: Reading,
    other: Annotated[str, Query(pattern=r"^[0-9A-Za-z-]{1,64}$")],
) -> Response:
    """Return what changes for whom from this roster to another, by this one's plan."""
    service, tenant = service_of(request), principal.tenant
    service.rates.take_heavy(tenant)
    with service.desk.room() as folder:
        for one in (job_id, other):
            (folder / one).mkdir(exist_ok=True)
            names = (RESULT_FILE, *TABLES)
            await run_in_threadpool(
                _laid_out, service, tenant, one, names, folder / one
            )
        await run_in_threadpool(_laid_out, service, tenant, job_id, (PLAN,), folder)
        options = {"first": job_id, "second": other}
        given = Given(str(folder), options=options, bounds=service.bounds)
        return sent(await service.desk.run("compare", given))


class SimulationAsked(BaseModel):
    """The query of a simulation."""

    replications: int = Field(100, ge=1, le=1000)
    seed: int = Field(0, ge=0, le=2**31 - 1)
    half_width: float | None = Field(
        None,
        ge=0,
        le=100,
        description="Stop once the service level is known to so many points.",
    )
    blend: Literal["ring-fenced", "between-calls", "threshold"] = "ring-fenced"
    reserve: int = Field(0, ge=0, le=10_000, description="Goes with threshold.")
    resume_seconds: float = Field(
        60.0, ge=0, le=86_400, description="To find back to cases after a call."
    )
    keep_half_done: bool = False
    confidence: float = Field(0.95, ge=0.5, le=0.999)


@router.get(
    "/simulate",
    responses={200: {"model": SimulateDocument}, **_WORKED},
    response_class=Response,
)
async def simulate(
    request: Request,
    job_id: JobId,
    principal: Reading,
    asked: Annotated[SimulationAsked, Query()],
) -> Response:
    """Play the roster call by call and case by case: would it keep its promise."""
    if asked.reserve and asked.blend != "threshold":
        raise Refusal("invalid-request", "reserve goes with blend=threshold")
    answer = await desked(
        request, principal, job_id, "simulate", (PLAN, *TABLES), **asked.model_dump()
    )
    return sent(answer)
