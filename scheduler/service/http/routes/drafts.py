"""Drafts: rosters that are changed by hand, begun, read and erased."""

import datetime as dt
import json
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from scheduler.calendars import TimeAxis
from scheduler.report.page.document import PageDocument
from scheduler.rosters.edits import week_rows
from scheduler.service.documents import ActivityTable, RosterTable
from scheduler.service.editing_documents import (
    DraftDocument,
    DraftList,
    OnCallsList,
    WeekList,
)
from scheduler.service.http.audit import noted
from scheduler.service.http.auth.guard import Reading, Writing
from scheduler.service.http.auth.principal import Principal
from scheduler.service.http.drafting import (
    FILES,
    asked_of,
    marked,
    worked_out,
)
from scheduler.service.http.owned import JobId, RosterWriting
from scheduler.service.http.problems import Refusal, declared
from scheduler.service.http.routes.bodies import sent
from scheduler.service.http.routes.results import file_of
from scheduler.service.http.service import Service, service_of
from scheduler.service.store.drafts import Draft, NoSuchDraft

router = APIRouter(tags=["drafts"])
DraftId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", description="Of a draft.")]
READING = declared(401, 403, 404, 422, 429)
WORKED = {**READING, **declared(503)}


def files_of(service: Service, tenant: str, job_id: str) -> dict[str, bytes]:
    """Return of a job what a draft or a version keeps; raises as ``file_of``."""
    return {
        column: file_of(service, tenant, job_id, name).content
        for column, name in FILES.items()
    }


@router.post(
    "/v1/rosters/{job_id}/drafts",
    status_code=201,
    responses={
        201: {"headers": {"Location": {"schema": {"type": "string"}}}},
        **declared(401, 403, 404, 409, 422, 429),
    },
)
async def draft(
    request: Request,
    response: Response,
    job_id: JobId,
    principal: RosterWriting,
    later: BackgroundTasks,
) -> DraftDocument:
    """Begin a draft with a job's roster, to change it by hand."""
    service = service_of(request)

    def begin() -> Draft:
        job = service.backend.get(principal.tenant, job_id)
        files = files_of(service, principal.tenant, job_id)
        tenant, actor = principal.tenant, principal.actor
        return service.drafts.create(
            tenant, actor, job_id, job.name, job.plan_hash, files
        )

    made = await run_in_threadpool(begin)
    await noted(service, principal, "draft", made.id, request.state.trace_id)
    later.add_task(_warmed, service, made)
    response.headers["Location"] = f"/v1/drafts/{made.id}"
    return marked(response, made)


async def _warmed(service: Service, made: Draft) -> None:
    """Have a draft in memory by the time of its first edit."""
    try:
        await asked_of(service, made, "edit", put={}, edits=None, then=None)
    except (Refusal, NoSuchDraft):
        return  # whoever edits it hears why


@router.get("/v1/drafts", responses=declared(401, 403, 422, 429))
async def drafts(
    request: Request,
    principal: Reading,
    roster: Annotated[
        str | None, Query(max_length=64, description="Job that they began with.")
    ] = None,
) -> DraftList:
    """Return the tenant's drafts, also of one job only: those changed last first."""
    service = service_of(request)
    own = await run_in_threadpool(service.drafts.list, principal.tenant, roster)
    return DraftList(items=[marked(Response(), one) for one in own])


async def found(service: Service, principal: Principal, draft_id: str) -> Draft:
    """Return a tenant's draft."""
    return await run_in_threadpool(service.drafts.get, principal.tenant, draft_id)


@router.get(
    "/v1/drafts/{draft_id}",
    responses={200: {"headers": {"ETag": {"schema": {"type": "string"}}}}, **READING},
)
async def read_draft(
    request: Request, response: Response, draft_id: DraftId, principal: Reading
) -> DraftDocument:
    """Return how a draft stands."""
    return marked(response, await found(service_of(request), principal, draft_id))


@router.get(
    "/v1/drafts/{draft_id}/roster",
    responses={200: {"model": RosterTable}, **WORKED},
    response_class=Response,
)
async def draft_roster(
    request: Request, draft_id: DraftId, principal: Reading
) -> Response:
    """Return who works when in a draft: a row for each shift."""
    return await _table(request, principal, draft_id, "roster")


@router.get(
    "/v1/drafts/{draft_id}/activities",
    responses={200: {"model": ActivityTable}, **WORKED},
    response_class=Response,
)
async def draft_activities(
    request: Request, draft_id: DraftId, principal: Reading
) -> Response:
    """Return what fills the shifts of a draft: a row for each stretch."""
    return await _table(request, principal, draft_id, "activities")


@router.get("/v1/drafts/{draft_id}/weeks", responses=READING)
async def draft_weeks(
    request: Request, draft_id: DraftId, principal: Reading, later: BackgroundTasks
) -> WeekList:
    """Return the weeks of agents that edits have touched: no wait, no check."""
    service = service_of(request)
    now = await found(service, principal, draft_id)

    def look() -> WeekList:
        weeks = service.drafts.weeks(principal.tenant, draft_id)
        horizon = json.loads(service.drafts.files(principal.tenant, draft_id)["plan"])[
            "horizon"
        ]
        first = dt.date.fromisoformat(horizon["first_day"])
        axis = TimeAxis(first, horizon.get("time_zone", "UTC"))
        rows = [week_rows(axis, agent, kept) for agent, kept in weeks.items()]
        return WeekList.model_validate({"items": rows})

    later.add_task(_warmed, service, now)
    return await run_in_threadpool(look)


@router.get(
    "/v1/drafts/{draft_id}/calls",
    responses={200: {"model": OnCallsList}, **WORKED},
    response_class=Response,
)
async def draft_calls(
    request: Request, draft_id: DraftId, principal: Reading
) -> Response:
    """Return people on calls where a draft differs from what it began with."""
    service = service_of(request)
    now = await found(service, principal, draft_id)
    return sent(await asked_of(service, now, "draft_calls"))


@router.get(
    "/v1/drafts/{draft_id}/page",
    responses={200: {"model": PageDocument}, **WORKED},
    response_class=Response,
)
async def draft_page(
    request: Request, draft_id: DraftId, principal: Reading
) -> Response:
    """Return everything that a report shows of a draft, to be drawn."""
    service = service_of(request)
    now = await found(service, principal, draft_id)
    return sent(await worked_out(service, now, "draft_page"))


async def _table(
    request: Request, principal: Principal, draft_id: str, table: str
) -> Response:
    service = service_of(request)
    now = await found(service, principal, draft_id)
    return sent(await asked_of(service, now, "draft_table", table=table))


@router.delete("/v1/drafts/{draft_id}", status_code=204, responses=READING)
async def erase_draft(request: Request, draft_id: DraftId, principal: Writing) -> None:
    """Erase a draft; what was published of it stays."""
    service = service_of(request)
    await run_in_threadpool(service.drafts.delete, principal.tenant, draft_id)
    await noted(service, principal, "erase", draft_id, request.state.trace_id)
