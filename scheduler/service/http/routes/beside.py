"""Jobs of a plan and what came with it: the routes that all kinds have alike."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel
from starlette.responses import StreamingResponse

from scheduler.service.documents import JobList, JobMetadata
from scheduler.service.http.asked import Listing
from scheduler.service.http.auth.guard import Reading
from scheduler.service.http.auth.principal import Principal, Scope
from scheduler.service.http.owned import JobId, own
from scheduler.service.http.problems import declared
from scheduler.service.http.routes import events as following
from scheduler.service.http.routes import rosters
from scheduler.service.http.routes.exports import PAGE_POLICY
from scheduler.service.http.routes.results import file_of
from scheduler.service.http.routes.rosters import Match
from scheduler.service.http.service import service_of
from scheduler.service.jobs.records import (
    BESIDE,
    JobFilter,
    JobKind,
    route_of,
)

_READING = declared(401, 403, 404, 422, 429)
_RESULT = {**_READING, **declared(409)}


@dataclass(frozen=True)
class Planned:
    """A kind of such jobs.

    Attributes
    ----------
    what
        What is worked on, for descriptions.
    sent
        What came beside the plan, and its model.
    document
        What comes of it; ``files`` are its names as JSON, CSV and HTML.
    """

    kind: JobKind
    what: str
    sent: tuple[str, type[BaseModel]]
    document: type[BaseModel]
    files: tuple[str, str, str]


def routes_of(planned: Planned) -> APIRouter:
    """Return all routes of a kind but that of its submission."""
    router = APIRouter(prefix=route_of(planned.kind), tags=[f"{planned.kind}s"])
    _add_lists(router, planned)
    _add_ends(router, planned)
    _add_files(router, planned)
    return router


def _add_lists(router: APIRouter, planned: Planned) -> None:
    """Add what tells how jobs stand."""
    kind, reading = planned.kind, own(planned.kind, Scope.READ)

    @router.get(
        "",
        name=f"{kind}s",
        description=f"Return the tenant's jobs of {planned.what}, the latest first, "
        "some at a time.",
        responses={
            200: {"headers": {"Link": {"schema": {"type": "string"}}}},
            **declared(401, 403, 422, 429),
        },
    )
    async def listed(
        request: Request,
        response: Response,
        principal: Reading,
        asked: Annotated[Listing, Query()],
    ) -> JobList:
        wanted = JobFilter(tuple(asked.status), kind, asked.tag)
        return await rosters.page_of(request, response, principal, wanted, asked)

    @router.get(
        "/{job_id}",
        name=kind,
        description="Return a job as it stands: cheap, to ask again and again.",
        responses={
            200: {"headers": {"ETag": {"schema": {"type": "string"}}}},
            304: {"description": "It is still as the ETag says."},
            **_READING,
        },
        response_model=JobMetadata,
    )
    async def read(
        request: Request,
        response: Response,
        _: Annotated[Principal, reading],
        match: Match = None,
    ) -> JobMetadata | Response:
        return rosters.stands(request, response, match)

    @router.get(
        "/{job_id}/events",
        name=f"{kind}_events",
        description="Follow a job to its end: a `log` whenever something was solved.",
        responses=following.RESPONSES,
        response_class=StreamingResponse,
    )
    async def events(
        request: Request,
        job_id: JobId,
        principal: Annotated[Principal, reading],
        last: following.Last = 0,
    ) -> StreamingResponse:
        return await following.events(request, job_id, principal, last)


def _add_ends(router: APIRouter, planned: Planned) -> None:
    """Add what ends jobs."""
    kind, writing = planned.kind, own(planned.kind, Scope.WRITE)

    @router.post(
        "/{job_id}/stop",
        name=f"stop_{kind}",
        description="Solve nothing more; keep what was found so far.",
        status_code=202,
        responses=_READING,
    )
    async def stop(
        request: Request, job_id: JobId, principal: Annotated[Principal, writing]
    ) -> JobMetadata:
        return await rosters.told(request, principal, "stop", job_id)

    @router.post(
        "/{job_id}/cancel",
        name=f"cancel_{kind}",
        description="Discard a job: whatever was found is not kept.",
        status_code=202,
        responses=_READING,
    )
    async def cancel(
        request: Request, job_id: JobId, principal: Annotated[Principal, writing]
    ) -> JobMetadata:
        return await rosters.told(request, principal, "cancel", job_id)

    @router.delete(
        "/{job_id}",
        name=f"erase_{kind}",
        description="Erase a job that has ended, with all that came of it.",
        status_code=204,
        responses={**_READING, **declared(409)},
    )
    async def erase(
        request: Request, job_id: JobId, principal: Annotated[Principal, writing]
    ) -> None:
        await rosters.erase(request, job_id, principal)


def _add_files(router: APIRouter, planned: Planned) -> None:
    """Add what came of jobs, and what was sent."""
    kind, reading = planned.kind, own(planned.kind, Scope.READ)
    document, table, page = planned.files
    sent, model = planned.sent

    @router.get(
        "/{job_id}/result",
        name=f"{kind}_result",
        description=f"Return what came of {planned.what}; no folders, as no roster of "
        "it is kept.",
        responses={200: {"model": planned.document}, **_RESULT},
        response_class=Response,
    )
    async def result(
        request: Request, job_id: JobId, principal: Annotated[Principal, reading]
    ) -> Response:
        content = await _file(request, principal, job_id, document)
        return Response(content, media_type="application/json")

    @router.get(
        f"/{{job_id}}/{sent}",
        name=f"{kind}_{sent}",
        description=f"Return the {sent} that were sent.",
        responses=_RESULT,
        response_model=model,
    )
    async def asked(
        request: Request, job_id: JobId, principal: Annotated[Principal, reading]
    ) -> BaseModel:
        content = await _file(request, principal, job_id, BESIDE[kind])
        return model.model_validate_json(content)

    words = f"Return the table of {planned.what} as CSV; no cell is a formula."
    _add_export(router, kind, table, "text/csv", words)
    words = f"Return the page of {planned.what}: one file that opens offline."
    _add_export(router, kind, page, "text/html", words)


def _add_export(
    router: APIRouter, kind: JobKind, file: str, media_type: str, description: str
) -> None:
    """Add a route that gives a file under the name of its kind and job."""
    suffix = file.rpartition(".")[2]

    @router.get(
        f"/{{job_id}}/export.{suffix}",
        name=f"{kind}_{suffix}",
        description=description,
        responses=_text(media_type),
        response_class=Response,
    )
    async def export(
        request: Request,
        job_id: JobId,
        principal: Annotated[Principal, own(kind, Scope.READ)],
    ) -> Response:
        content = await _file(request, principal, job_id, file)
        named = f'attachment; filename="{kind}-{job_id}.{suffix}"'
        headers = {"Content-Disposition": named}
        if suffix == "html":
            headers["Content-Security-Policy"] = PAGE_POLICY
        return Response(content, media_type=media_type, headers=headers)


def _text(media_type: str) -> dict[int | str, dict[str, Any]]:
    content = {media_type: {"schema": {"type": "string"}}}
    return {200: {"description": "The file.", "content": content}, **_RESULT}


async def _file(
    request: Request, principal: Principal, job_id: str, name: str
) -> bytes:
    service = service_of(request)
    found = await run_in_threadpool(file_of, service, principal.tenant, job_id, name)
    return found.content
