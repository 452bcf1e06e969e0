"""Links under which agents see their own published weeks."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.concurrency import run_in_threadpool

from scheduler.service.editing_documents import (
    LinkAsked,
    LinkDocument,
    LinkList,
    NewLink,
)
from scheduler.service.http.audit import noted
from scheduler.service.http.auth.guard import Reading, Writing
from scheduler.service.http.problems import declared
from scheduler.service.http.routes.drafts import READING
from scheduler.service.http.service import service_of
from scheduler.service.store.published import Link

router = APIRouter(tags=["publishing"])
LinkId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", description="Of a link.")]


def _link_of(link: Link) -> dict[str, Any]:
    return {
        "id": link.id,
        "agent_id": link.agent,
        "created_at": link.created_at,
        "revoked_at": link.revoked_at,
    }


@router.post(
    "/v1/agent-links", status_code=201, responses={**READING, **declared(400, 413)}
)
async def make_link(request: Request, principal: Writing, asked: LinkAsked) -> NewLink:
    """Make a link under which an agent sees their own published weeks.

    Its path is told this once: only a hash is kept.
    """
    service = service_of(request)
    link, token = await run_in_threadpool(
        service.published.make_link, principal.tenant, principal.actor, asked.agent_id
    )
    await noted(service, principal, "link", link.id, request.state.trace_id)
    path = f"/a/{token}"
    return NewLink(**_link_of(link), path=path, calendar_path=f"{path}.ics")


@router.get("/v1/agent-links", responses=declared(401, 403, 422, 429))
async def links(request: Request, principal: Reading) -> LinkList:
    """Return the links that were made, without their paths."""
    service = service_of(request)
    found = await run_in_threadpool(service.published.links, principal.tenant)
    return LinkList(items=[LinkDocument(**_link_of(link)) for link in found])


@router.delete("/v1/agent-links/{link_id}", status_code=204, responses=READING)
async def revoke_link(request: Request, link_id: LinkId, principal: Writing) -> None:
    """Make a link worthless, at once."""
    service = service_of(request)
    await run_in_threadpool(service.published.revoke, principal.tenant, link_id)
    await noted(service, principal, "revoke", link_id, request.state.trace_id)
