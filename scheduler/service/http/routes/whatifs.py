"""Scenarios of a plan as jobs: submitted, followed, what stands side by side."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field
from starlette.responses import StreamingResponse

from scheduler.domain import Plan
from scheduler.service.documents import (
    Engine,
    JobList,
    JobMetadata,
    WhatIfSubmission,
)
from scheduler.service.http.asked import Asked, Named, Tag
from scheduler.service.http.auth.guard import Reading, Writing
from scheduler.service.http.auth.principal import Principal
from scheduler.service.http.desk.given import ZIP
from scheduler.service.http.metadata import submission_of
from scheduler.service.http.owned import JobId, WhatIfReading, WhatIfWriting
from scheduler.service.http.problems import declared
from scheduler.service.http.routes import events as following
from scheduler.service.http.routes import rosters
from scheduler.service.http.routes.bodies import plan_body, worked
from scheduler.service.http.routes.exports import PAGE_POLICY
from scheduler.service.http.routes.results import file_of
from scheduler.service.http.routes.rosters import Match
from scheduler.service.http.service import service_of
from scheduler.service.http.submitting import (
    OF_BODIES,
    Key,
    in_flight,
    order_of,
    refuse_when_stopping,
    taken_in,
    taking,
)
from scheduler.service.jobs.records import JobFilter, JobStatus, Options
from scheduler.service.settings import Settings
from scheduler.whatif.document import WhatIfDocument
from scheduler.whatif.saving import DOCUMENT_FILE, PAGE_FILE, TABLE_FILE
from scheduler.whatif.sections import ScenarioFile

router = APIRouter(prefix="/v1/whatifs", tags=["whatifs"])
_READING = declared(401, 403, 404, 422, 429)
_RESULT = {**_READING, **declared(409)}


class WhatIfBody(BaseModel):
    """A plan, and the scenarios of it."""

    plan: Plan
    scenarios: ScenarioFile


class WhatIfAsked(Named):
    """The query of a submission."""

    engine: Engine = "auto"
    time_limit: float = Field(
        60.0, gt=0, allow_inf_nan=False, description="Seconds for each scenario."
    )
    gap: float = Field(0.01, ge=0, allow_inf_nan=False)
    seed: int = Field(0, ge=0, le=2**31 - 1)
    workers: int = Field(1, ge=1, description="Threads.")

    def options(self, settings: Settings, scenarios: int) -> Options:
        """Return it as a job keeps it; raise ``Refusal`` where it is too much."""
        asked = Asked(
            engine=self.engine,
            time_limit=self.time_limit * scenarios,
            gap=self.gap,
            seed=self.seed,
            workers=self.workers,
            report=False,
        )
        return asked.options(settings, scenarios)


@router.post(
    "",
    status_code=202,
    responses={**taking(WhatIfSubmission), **OF_BODIES},
    openapi_extra=plan_body("WhatIfBody", ZIP),
    response_model=None,
)
async def suppose(
    request: Request,
    response: Response,
    principal: Writing,
    asked: Annotated[WhatIfAsked, Query()],
    key: Key = None,
) -> WhatIfSubmission:
    """Submit a plan and scenarios of it; they are solved one after the other.

    As JSON `{plan, scenarios}`, or a zipped folder with the plan and scenarios.toml (or
    .json) beside it. Everything that is wrong with either is told at once.
    """
    service = service_of(request)
    refuse_when_stopping(service)
    with in_flight(service, principal, key):
        most = service.settings.most_scenarios
        answer = await worked(request, principal, "suppose", most=most)
        names = answer.told["names"]
        options = asked.options(service.settings, len(names))
        order = order_of(request, principal, asked, options, answer, key)
        job = await taken_in(request, response, principal, "suppose", order)
    submission = submission_of(job, answer.told["notes"])
    return WhatIfSubmission(**submission.model_dump(), scenarios=names)


@router.get(
    "",
    responses={
        200: {"headers": {"Link": {"schema": {"type": "string"}}}},
        **declared(401, 403, 422, 429),
    },
)
async def whatifs(
    request: Request,
    response: Response,
    principal: Reading,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    status: Annotated[list[JobStatus], Query(max_length=20)] = [],  # noqa: B006
    tag: Annotated[Tag | None, Query()] = None,
) -> JobList:
    """Return the tenant's jobs of scenarios, the latest first, some at a time."""
    wanted = JobFilter(tuple(status), "whatif", tag)
    return await rosters.page_of(request, response, principal, wanted, cursor, limit)


@router.get(
    "/{job_id}",
    responses={
        200: {"headers": {"ETag": {"schema": {"type": "string"}}}},
        304: {"description": "It is still as the ETag says."},
        **_READING,
    },
    response_model=JobMetadata,
)
async def whatif(
    request: Request,
    response: Response,
    job_id: JobId,
    principal: WhatIfReading,
    match: Match = None,
) -> JobMetadata | Response:
    """Return a job as it stands: cheap, to ask again and again."""
    return await rosters.metadata(request, response, job_id, principal, match)


@router.get(
    "/{job_id}/events",
    responses=following.RESPONSES,
    response_class=StreamingResponse,
)
async def whatif_events(
    request: Request, job_id: JobId, principal: WhatIfReading, last: following.Last = 0
) -> StreamingResponse:
    """Follow a job to its end: a `log` for each scenario that was solved."""
    return await following.events(request, job_id, principal, last)


@router.post("/{job_id}/stop", status_code=202, responses=_READING)
async def stop_whatif(
    request: Request, job_id: JobId, principal: WhatIfWriting
) -> JobMetadata:
    """Solve no more scenarios; keep what was found so far."""
    return await rosters.told(request, principal, "stop", job_id)


@router.post("/{job_id}/cancel", status_code=202, responses=_READING)
async def cancel_whatif(
    request: Request, job_id: JobId, principal: WhatIfWriting
) -> JobMetadata:
    """Discard a job: whatever was found is not kept."""
    return await rosters.told(request, principal, "cancel", job_id)


@router.delete("/{job_id}", status_code=204, responses={**_READING, **declared(409)})
async def erase_whatif(
    request: Request, job_id: JobId, principal: WhatIfWriting
) -> None:
    """Erase a job that has ended, with all that came of it."""
    await rosters.erase(request, job_id, principal)


@router.get(
    "/{job_id}/result",
    responses={200: {"model": WhatIfDocument}, **_RESULT},
    response_class=Response,
)
async def whatif_result(
    request: Request, job_id: JobId, principal: WhatIfReading
) -> Response:
    """Return the scenarios side by side; no folders, as no roster of them is kept."""
    content = await _file(request, principal, job_id, DOCUMENT_FILE)
    return Response(content, media_type="application/json")


@router.get("/{job_id}/scenarios", responses=_RESULT)
async def whatif_scenarios(
    request: Request, job_id: JobId, principal: WhatIfReading
) -> ScenarioFile:
    """Return the scenarios that were sent."""
    content = await _file(request, principal, job_id, "scenarios.json")
    return ScenarioFile.model_validate_json(content)


def _text(media_type: str) -> dict[int | str, dict[str, Any]]:
    content = {media_type: {"schema": {"type": "string"}}}
    return {200: {"description": "The file.", "content": content}, **_RESULT}


@router.get(
    "/{job_id}/export.csv", responses=_text("text/csv"), response_class=Response
)
async def whatif_csv(
    request: Request, job_id: JobId, principal: WhatIfReading
) -> Response:
    """Return the table of scenarios as CSV; no cell is a formula."""
    content = await _file(request, principal, job_id, TABLE_FILE)
    headers = _named(job_id, "csv")
    return Response(content, media_type="text/csv", headers=headers)


@router.get(
    "/{job_id}/export.html", responses=_text("text/html"), response_class=Response
)
async def whatif_html(
    request: Request, job_id: JobId, principal: WhatIfReading
) -> Response:
    """Return the page of scenarios: one file that opens offline."""
    content = await _file(request, principal, job_id, PAGE_FILE)
    headers = {"Content-Security-Policy": PAGE_POLICY, **_named(job_id, "html")}
    return Response(content, media_type="text/html", headers=headers)


def _named(job_id: str, suffix: str) -> dict[str, str]:
    name = f"whatif-{job_id}.{suffix}"
    return {"Content-Disposition": f'attachment; filename="{name}"'}


async def _file(
    request: Request, principal: Principal, job_id: str, name: str
) -> bytes:
    service = service_of(request)
    found = await run_in_threadpool(file_of, service, principal.tenant, job_id, name)
    return found.content
