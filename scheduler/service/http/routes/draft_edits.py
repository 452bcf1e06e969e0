"""What is done to a draft: edited, undone, locked, and solved again around that."""

import uuid
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from scheduler.service.documents import Submission
from scheduler.service.editing_documents import (
    DraftDocument,
    EditedDocument,
    EditsAsked,
    LocksAsked,
)
from scheduler.service.http.asked import AskedAgain
from scheduler.service.http.audit import noted
from scheduler.service.http.auth.guard import Writing
from scheduler.service.http.auth.principal import Principal
from scheduler.service.http.drafting import (
    IfMatch,
    asked_of,
    marked,
    merged,
    refuse_stale,
    worked_out,
)
from scheduler.service.http.metadata import submission_of
from scheduler.service.http.problems import Refusal, declared
from scheduler.service.http.routes.drafts import WORKED, DraftId, found
from scheduler.service.http.service import service_of
from scheduler.service.http.submitting import (
    order_of,
    refuse_when_stopping,
    taken_in,
    taking,
)
from scheduler.service.store.drafts import Step

router = APIRouter(tags=["drafts"])
_CHANGING = {**WORKED, **declared(400, 409, 412, 413, 428)}


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
    now = await found(service, principal, draft_id)
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
    now = await found(service, principal, draft_id)
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
    now = await found(service, principal, draft_id)
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
    responses={**WORKED, **taking(Submission)},
)
async def solve(
    request: Request,
    response: Response,
    draft_id: DraftId,
    principal: Writing,
    asked: Annotated[AskedAgain, Query()],
) -> Submission:
    """Solve a draft again around its locks, with as few other changes as pay.

    A job of its own: its plan has the locked days pinned and the draft as published,
    and its search starts from the draft (engines columns and cpsat).
    """
    service = service_of(request)
    options = asked.options(service.settings)
    refuse_when_stopping(service)
    if asked.dry_run:
        raise Refusal("invalid-request", "a draft is not solved for a measure")
    now = await found(service, principal, draft_id)
    locks = [list(lock) for lock in now.locks]
    answer = await worked_out(service, now, "resolving", locks=locks)
    order = order_of(request, principal, asked, options, answer, name=now.name)
    job = await taken_in(request, response, principal, "submit", order)
    return submission_of(job, answer.told["notes"])
