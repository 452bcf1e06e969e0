"""Whether the process lives, whether it can work, and its figures."""

import hmac
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import PlainTextResponse

from scheduler.service.http.auth.guard import lets_everybody_in
from scheduler.service.http.metrics import MEDIA_TYPE
from scheduler.service.http.problems import Refusal, declared
from scheduler.service.http.service import service_of

router = APIRouter(tags=["operations"])
_CHALLENGE = {"WWW-Authenticate": "Bearer"}
_TEXT: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/plain": {"schema": {"type": "string"}}}}
}


@router.get("/livez", response_class=PlainTextResponse)
async def livez() -> str:
    """Return that the process lives."""
    return "ok"


@router.get(
    "/readyz", response_class=PlainTextResponse, responses={**_TEXT, **declared(503)}
)
async def readyz(request: Request) -> str:
    """Return whether jobs are taken in: database, its version, the queue."""
    service = service_of(request)
    if service.stopping:
        raise Refusal("unavailable", "the service is shut down")
    found = await run_in_threadpool(service.backend.health)
    if found.problems:
        raise Refusal("unavailable", "; ".join(found.problems))
    return "ok"


@router.get(
    "/metrics",
    response_class=PlainTextResponse,
    responses={**_TEXT, **declared(401)},
)
async def metrics(request: Request) -> Response:
    """Return figures for Prometheus, to who has the token for them."""
    service = service_of(request)
    token = service.settings.metrics_token.get_secret_value()
    told = request.headers.get("authorization", "").removeprefix("Bearer ")
    right = hmac.compare_digest(told.encode(), token.encode()) if token else False
    if not right and (token or not await lets_everybody_in(service)):
        raise Refusal("unauthenticated", "a token is needed", headers=_CHALLENGE)
    text = await run_in_threadpool(service.metrics.text)
    return Response(text, media_type=MEDIA_TYPE)
