"""How exceptions become problem documents."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import iter_route_contexts
from sqlalchemy.exc import DataError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree
from starlette.exceptions import HTTPException

from scheduler.service.http.problems import (
    MEDIA_TYPE,
    OF_STATUS,
    Refusal,
    document,
    of_validation,
)
from scheduler.service.jobs.backend import (
    JobNotEnded,
    KeyReused,
    NoSuchCursor,
    NoSuchJob,
)
from scheduler.service.store.drafts import NoSuchDraft, NothingThere, Overtaken
from scheduler.service.store.published import NoSuchLink, NoSuchVersion

_TOLD: Mapping[type[Exception], tuple[str, str]] = {
    # PostgreSQL keeps no NUL in a text, and a plan's name may have one.
    DataError: ("invalid-request", "a text has a character that cannot be kept"),
    NoSuchJob: ("not-found", "there is no such job"),
    NoSuchDraft: ("not-found", "there is no such draft"),
    NoSuchVersion: ("not-found", "there is no such published version"),
    NoSuchLink: ("not-found", "there is no such link"),
    Overtaken: (
        "precondition-failed",
        "it is no longer as the ETag says: read it again",
    ),
    NothingThere: ("conflict", "there is nothing to undo, or to do again"),
    NoSuchCursor: ("invalid-request", "the cursor is none that a list has told"),
    JobNotEnded: ("conflict", "only what has ended can be erased; cancel it first"),
    KeyReused: (
        "idempotency-key-reused",
        "the same Idempotency-Key came with another request before",
    ),
}
_AWAY = (OperationalError, InterfaceError, NoneFree)  # of the database
_log = structlog.get_logger("ringfence.http")


def add_handlers(app: FastAPI) -> None:
    """Make an application answer every error with a problem document."""
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_exception_handler(HTTPException, _of_http)
    for kind in _TOLD:
        app.add_exception_handler(kind, _of_jobs)
    for kind in _AWAY:
        app.add_exception_handler(kind, _without_database)


class _Told(JSONResponse):
    """JSON of what clients sent, too: text that cannot be sent back is marked."""

    def render(self, content: Any) -> bytes:
        """Return it as bytes."""
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return text.encode(errors="replace")


def problem(request: Request, refusal: Refusal) -> JSONResponse:
    """Return a refusal as the answer to a request."""
    told = document(refusal, request.url.path, request.state.trace_id)
    headers = {**getattr(request.state, "headers", {}), **refusal.headers}
    return _Told(
        told.model_dump(exclude_none=True), refusal.status, headers, MEDIA_TYPE
    )


async def _refused(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refusal)
    return problem(request, error)


async def _not_valid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    errors = error.errors()
    if any(each["type"] == "json_invalid" for each in errors):
        return problem(request, Refusal("malformed", "the body is no JSON"))
    count = len(errors)
    detail = f"{count} problem{'s' * (count != 1)} with the request"
    refusal = Refusal("invalid-request", detail, of_validation(errors))
    return problem(request, refusal)


async def _of_http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    name = OF_STATUS.get(error.status_code, "malformed")
    detail = str(error.detail or HTTPStatus(error.status_code).phrase).lower()
    headers = error.headers
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers = {"Allow": ", ".join(sorted(_methods(request)))}
    return problem(request, Refusal(name, detail, headers=headers))


def _methods(request: Request) -> set[str]:
    """Return the methods of all routes of a path: the first one's are not all."""
    path: str = request.scope["path"]
    return {
        method
        for route in iter_route_contexts(request.app.routes)
        if route.path_regex.match(path)
        for method in route.methods or ()
    }


async def _of_jobs(request: Request, error: Exception) -> JSONResponse:
    name, detail = _TOLD[type(error)]
    return problem(request, Refusal(name, detail))


async def _without_database(request: Request, error: Exception) -> JSONResponse:
    _log.warning("no database", error=type(error).__name__)
    words = "the database does not answer; ask again"
    return problem(request, Refusal("unavailable", words, headers={"Retry-After": "5"}))
