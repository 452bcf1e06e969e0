"""What happens to a job, as it happens (server-sent events)."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated

from fastapi import APIRouter, Header, Request
from fastapi.sse import KEEPALIVE_COMMENT
from starlette.responses import StreamingResponse

from scheduler.service.http.feeds import Feeds
from scheduler.service.http.owned import JobId, RosterReading
from scheduler.service.http.problems import declared
from scheduler.service.http.service import service_of

router = APIRouter(prefix="/v1/rosters/{job_id}", tags=["rosters"])
_HEARTBEAT = 15.0  # seconds
_EVENT = {
    "type": "object",
    "required": ["data"],
    "properties": {
        "data": {
            "type": "string",
            "description": "JSON, on one line; of `incumbent`:",
            "contentMediaType": "application/json",
            "contentSchema": {
                "if": {"required": ["phase"]},
                "then": {"$ref": "#/components/schemas/Incumbent"},
            },
        },
        "event": {"enum": ["status", "incumbent", "log", "end"]},
        "id": {"type": "string", "description": "For Last-Event-ID."},
        "retry": {"type": "integer"},
    },
}
_STREAM = {
    "description": "Events `status`, `incumbent` (seconds, objective, bound, gap, and "
    "so_far: what the best roster leaves short and late), `log`, and last `end`; each "
    "with an id.",
    "content": {"text/event-stream": {"schema": _EVENT}},
}
RESPONSES = {200: _STREAM, **declared(401, 403, 404, 422, 429, 503)}
Last = Annotated[
    int,
    Header(alias="Last-Event-ID", ge=0, le=2**53, description="Go on after it."),
]


@router.get(
    "/events",
    responses=RESPONSES,
    response_class=StreamingResponse,
)
async def events(
    request: Request,
    job_id: JobId,
    principal: RosterReading,
    last: Last = 0,
) -> StreamingResponse:
    """Follow a job to its end; of one that has ended, hear what happened."""
    service = service_of(request)
    service.feeds.refuse_more()
    stream = _stream(service.feeds, principal.tenant, job_id, last)
    return StreamingResponse(
        stream,
        media_type="text/event-stream",
        headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"},
    )


async def _stream(
    feeds: Feeds, tenant: str, job_id: str, after: int
) -> AsyncIterator[bytes]:
    yield b"retry: 2000\n\n"
    async with aclosing(feeds.listen(tenant, job_id, after, _HEARTBEAT)) as heard:
        async for event in heard:
            yield KEEPALIVE_COMMENT if event is None else event.sent
