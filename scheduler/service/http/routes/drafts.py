"""Drafts: a roster changed by hand, undone, locked, and solved again around that."""

import datetime as dt
import json
import uuid
from typing import Annotated, Literal

from fastapi import APIRouter, BackgroundTasks, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from scheduler.calendars import TimeAxis
from scheduler.report.page import PageDocument
from scheduler.rosters.edits import week_rows
from scheduler.service.documents import ActivityTable, RosterTable, Submission
from scheduler.service.editing_documents import (
    DraftDocument,
    DraftList,
    EditedDocument,
    EditsAsked,
    LocksAsked,
    WeekList,
)
from scheduler.service.http.asked import Asked, request_hash
from scheduler.service.http.audit import noted
from scheduler.service.http.auth.guard import Reading, Writing
from scheduler.service.http.auth.principal import Principal
from scheduler.service.http.drafting import (
    FILES,
    IfMatch,
    asked_of,
    marked,
    merged,
    refuse_stale,
)
from scheduler.service.http.metadata import submission_of
from scheduler.service.http.problems import Refusal, declared
from scheduler.service.http.routes.bodies import sent
from scheduler.service.http.routes.results import file_of
from scheduler.service.http.routes.rosters import JobId, taken_in
from scheduler.service.http.service import Service, service_of
from scheduler.service.jobs.backend import Order
from scheduler.service.store.drafts import Draft, NoSuchDraft, Step

router = APIRouter(tags=["drafts"])
DraftId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", description="Of a draft.")]
_READING = declared(401, 403, 404, 422, 429)
_WORKED = {**_READING, **declared(503)}
_CHANGING = {**_WORKED, **declared(400, 409, 412, 413, 428)}


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
    principal: Writing,
    later: BackgroundTasks,
) -> DraftDocument:
    """Begin a draft with a job's roster, to change it by hand."""
    service = service_of(request)

    def begin() -> Draft:
        job = service.backend.get(principal.tenant, job_id)
        files = {
            column: file_of(service, principal.tenant, job_id, name).content
            for column, name in FILES.items()
        }
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
    roster: Annotated[str | None, Query(max_length=64)] = None,
) -> DraftList:
    """Return the tenant's drafts, also of one job only: those changed last first."""
    service = service_of(request)
    found = await run_in_threadpool(service.drafts.list, principal.tenant, roster)
    return DraftList(items=[marked(Response(), one) for one in found])


async def _found(service: Service, principal: Principal, draft_id: str) -> Draft:
    return await run_in_threadpool(service.drafts.get, principal.tenant, draft_id)


@router.get(
    "/v1/drafts/{draft_id}",
    responses={200: {"headers": {"ETag": {"schema": {"type": "string"}}}}, **_READING},
)
async def read_draft(
    request: Request, response: Response, draft_id: DraftId, principal: Reading
) -> DraftDocument:
    """Return how a draft stands."""
    return marked(response, await _found(service_of(request), principal, draft_id))


@router.get(
    "/v1/drafts/{draft_id}/roster",
    responses={200: {"model": RosterTable}, **_WORKED},
    response_class=Response,
)
async def draft_roster(
    request: Request, draft_id: DraftId, principal: Reading
) -> Response:
    """Return who works when in a draft: a row for each shift."""
    return await _table(request, principal, draft_id, "roster")


@router.get(
    "/v1/drafts/{draft_id}/activities",
    responses={200: {"model": ActivityTable}, **_WORKED},
    response_class=Response,
)
async def draft_activities(
    request: Request, draft_id: DraftId, principal: Reading
) -> Response:
    """Return what fills the shifts of a draft: a row for each stretch."""
    return await _table(request, principal, draft_id, "activities")


@router.get("/v1/drafts/{draft_id}/weeks", responses=_READING)
async def draft_weeks(
    request: Request, draft_id: DraftId, principal: Reading, later: BackgroundTasks
) -> WeekList:
    """Return the weeks of agents that edits have touched: no wait, no check."""
    service = service_of(request)
    now = await _found(service, principal, draft_id)

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
    "/v1/drafts/{draft_id}/page",
    responses={200: {"model": PageDocument}, **_WORKED},
    response_class=Response,
)
async def draft_page(
    request: Request, draft_id: DraftId, principal: Reading
) -> Response:
    """Return everything that a report shows of a draft, to be drawn."""
    service = service_of(request)
    now = await _found(service, principal, draft_id)
    return sent(await asked_of(service, now, "draft_page"))


async def _table(
    request: Request, principal: Principal, draft_id: str, table: str
) -> Response:
    service = service_of(request)
    now = await _found(service, principal, draft_id)
    return sent(await asked_of(service, now, "draft_table", table=table))


@router.post("/v1/drafts/{draft_id}/edits", responses=_CHANGING)
async def edit(
    request: Request,
    response: Response,
    draft_id: DraftId,
    principal: Writing,
    asked: EditsAsked,
    dry_run: Annotated[bool, Query(description="Only say what would be.")] = False,
    match: IfMatch = None,
) -> EditedDocument:
    """Change a draft by hand: all of the edits or none; the checker's word at once."""
    service = service_of(request)
    now = await _found(service, principal, draft_id)
    if match is not None or not dry_run:
        refuse_stale(now, match)
    edits = [one.model_dump(mode="json") for one in asked.edits]
    state = None if dry_run else uuid.uuid4().hex
    answer = await asked_of(service, now, "edit", put=None, edits=edits, then=state)
    if state is not None:
        step = Step(edits, answer.told["before"], answer.told["after"])
        now = await run_in_threadpool(
            service.drafts.add, now, principal.actor, step, state
        )
        await noted(service, principal, "edit", draft_id, request.state.trace_id)
    told = merged(answer, draft=marked(response, now))
    return EditedDocument.model_validate(told)


@router.post("/v1/drafts/{draft_id}/undo", responses=_CHANGING)
async def undo(
    request: Request,
    response: Response,
    draft_id: DraftId,
    principal: Writing,
    match: IfMatch = None,
) -> EditedDocument:
    """Undo the last edit of a draft."""
    return await _turned(request, response, principal, draft_id, match, "undo")


@router.post("/v1/drafts/{draft_id}/redo", responses=_CHANGING)
async def redo(
    request: Request,
    response: Response,
    draft_id: DraftId,
    principal: Writing,
    match: IfMatch = None,
) -> EditedDocument:
    """Do again what was undone last."""
    return await _turned(request, response, principal, draft_id, match, "redo")


async def _turned(
    request: Request,
    response: Response,
    principal: Principal,
    draft_id: str,
    match: str | None,
    verb: Literal["undo", "redo"],
) -> EditedDocument:
    service, back, state = service_of(request), verb == "undo", uuid.uuid4().hex
    now = await _found(service, principal, draft_id)
    refuse_stale(now, match)
    step = await run_in_threadpool(
        lambda: service.drafts.step(principal.tenant, draft_id, back=back)
    )
    weeks = step.before if back else step.after
    answer = await asked_of(service, now, "edit", put=weeks, edits=None, then=state)
    now = await run_in_threadpool(lambda: service.drafts.turn(now, state, back=back))
    await noted(service, principal, verb, draft_id, request.state.trace_id)
    return EditedDocument.model_validate(merged(answer, draft=marked(response, now)))


@router.put("/v1/drafts/{draft_id}/locks", responses=_CHANGING)
async def lock(
    request: Request,
    response: Response,
    draft_id: DraftId,
    principal: Writing,
    asked: LocksAsked,
    match: IfMatch = None,
) -> DraftDocument:
    """Say which days of agents stay as they are when the draft is solved again."""
    service = service_of(request)
    now = await _found(service, principal, draft_id)
    refuse_stale(now, match)
    locks = list(
        dict.fromkeys((one.agent_id, one.date.isoformat()) for one in asked.locks)
    )
    await asked_of(service, now, "known_days", days=locks)
    now = await run_in_threadpool(service.drafts.lock, now, locks)
    await noted(service, principal, "lock", draft_id, request.state.trace_id)
    return marked(response, now)


@router.post(
    "/v1/drafts/{draft_id}/solve",
    status_code=202,
    responses={
        202: {"headers": {"Location": {"schema": {"type": "string"}}}},
        **_WORKED,
        **declared(409),
    },
)
async def solve(
    request: Request,
    response: Response,
    draft_id: DraftId,
    principal: Writing,
    asked: Annotated[Asked, Query()],
) -> Submission:
    """Solve a draft again around its locks, with as few other changes as pay.

    A job of its own: its plan has the locked days pinned and the draft as published.
    """
    service = service_of(request)
    options = asked.options(service.settings)
    if service.stopping:
        raise Refusal("unavailable", "the service is shut down")
    if asked.dry_run:
        raise Refusal("invalid-request", "a draft is not solved for a measure")
    now = await _found(service, principal, draft_id)
    answer = await asked_of(
        service, now, "resolving", files=True, locks=[list(x) for x in now.locks]
    )
    tags, told = tuple(dict.fromkeys(asked.tag)), answer.told
    order = Order(
        tenant=principal.tenant,
        actor=principal.actor,
        plan=answer.body.decode(),
        plan_hash=told["plan_hash"],
        options=options,
        name=asked.name or now.name,
        tags=tags,
        request_hash=request_hash(told["plan_hash"], options, asked.name, tags),
        trace_id=request.state.trace_id,
    )
    done = await run_in_threadpool(taken_in, service, order)
    await noted(service, principal, "submit", done.job.id, order.trace_id)
    response.headers["Location"] = f"/v1/rosters/{done.job.id}"
    return submission_of(done.job, told["notes"])


@router.delete("/v1/drafts/{draft_id}", status_code=204, responses=_READING)
async def erase_draft(request: Request, draft_id: DraftId, principal: Writing) -> None:
    """Erase a draft; what was published of it stays."""
    service = service_of(request)
    await run_in_threadpool(service.drafts.delete, principal.tenant, draft_id)
    await noted(service, principal, "erase", draft_id, request.state.trace_id)
