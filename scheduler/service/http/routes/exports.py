"""A roster for other programs: tables, workbook, calendar, page, document."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from scheduler.rosters.document import REPORT_FILE, RESULT_FILE
from scheduler.service.documents import ExportDocument
from scheduler.service.http.desk.given import XLSX
from scheduler.service.http.metadata import metadata_of
from scheduler.service.http.owned import JobId, RosterReading
from scheduler.service.http.problems import declared
from scheduler.service.http.routes.bodies import sent
from scheduler.service.http.routes.results import PLAN, TABLES, desked, file_of
from scheduler.service.http.service import service_of

router = APIRouter(prefix="/v1/rosters/{job_id}", tags=["exports"])
_READING = declared(401, 403, 404, 409, 422, 429, 503)
_FILES = ("roster", "activities", "coverage", "backlog")
#: The page's own scripts and styles run, in a frame of nowhere: it can ask nobody.
PAGE_POLICY = (
    "sandbox allow-scripts allow-downloads; default-src 'none'; "
    "script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"
)


def _file(media_type: str) -> dict[int | str, dict[str, Any]]:
    content = {media_type: {"schema": {"type": "string"}}}
    return {200: {"description": "The file.", "content": content}, **_READING}


def _named(job_id: str, suffix: str) -> dict[str, str]:
    """Return headers that give a download its name."""
    name = f"roster-{job_id}.{suffix}"
    return {"Content-Disposition": f'attachment; filename="{name}"'}


@router.get("/export.csv", responses=_file("text/csv"), response_class=Response)
async def export_csv(
    request: Request,
    job_id: JobId,
    principal: RosterReading,
    table: Annotated[
        Literal["roster", "activities", "coverage", "backlog", "wishes", "fairness"],
        Query(description="Which table; wishes and fairness where the plan has any."),
    ] = "roster",
) -> Response:
    """Return a table of the roster as CSV; no cell is a formula."""
    found = await run_in_threadpool(
        file_of, service_of(request), principal.tenant, job_id, f"{table}.csv"
    )
    headers = _named(job_id, "csv")
    return Response(found.content, media_type="text/csv", headers=headers)


@router.get("/export.xlsx", responses=_file(XLSX), response_class=Response)
async def export_xlsx(
    request: Request, job_id: JobId, principal: RosterReading
) -> Response:
    """Return the roster as a workbook; edited, `ringfence check` reads it back."""
    names = (PLAN, RESULT_FILE, *TABLES)
    answer = await desked(request, principal, job_id, "workbook", names)
    return sent(answer, **_named(job_id, "xlsx"))


@router.get("/export.ics", responses=_file("text/calendar"), response_class=Response)
async def export_ics(
    request: Request,
    job_id: JobId,
    principal: RosterReading,
    agent: Annotated[
        str | None, Query(max_length=200, description="Id. Default: everybody.")
    ] = None,
) -> Response:
    """Return the roster as a calendar, of one agent or of everybody."""
    backend = service_of(request).backend
    job = await run_in_threadpool(backend.get, principal.tenant, job_id)
    made = job.ended_at or job.submitted_at
    answer = await desked(
        request,
        principal,
        job_id,
        "calendar",
        (PLAN, *TABLES),
        agent=agent,
        made=made.isoformat(timespec="seconds"),
    )
    return sent(answer, **_named(job_id, "ics"))


@router.get("/export.html", responses=_file("text/html"), response_class=Response)
async def export_html(
    request: Request, job_id: JobId, principal: RosterReading
) -> Response:
    """Return the report: one page that opens offline."""
    found = await run_in_threadpool(
        file_of, service_of(request), principal.tenant, job_id, REPORT_FILE
    )
    headers = {"Content-Security-Policy": PAGE_POLICY, **_named(job_id, "html")}
    return Response(found.content, media_type="text/html", headers=headers)


@router.get(
    "/export.json",
    responses={200: {"model": ExportDocument}, **_READING},
    response_class=Response,
)
async def export_json(
    request: Request, job_id: JobId, principal: RosterReading
) -> Response:
    """Return everything of the roster in one document."""
    backend = service_of(request).backend
    job = await run_in_threadpool(backend.get, principal.tenant, job_id)
    answer = await desked(
        request,
        principal,
        job_id,
        "whole",
        (RESULT_FILE, *(f"{name}.csv" for name in _FILES)),
        metadata=metadata_of(job).model_dump_json(),
    )
    return sent(answer, **_named(job_id, "json"))
