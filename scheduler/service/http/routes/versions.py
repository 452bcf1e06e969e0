"""What was published: versions, what each changes, and its roster."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path as Folder
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from scheduler.rosters.compared import CompareDocument
from scheduler.rosters.document import RESULT_FILE
from scheduler.service.documents import RosterTable
from scheduler.service.editing_documents import (
    AgentChanges,
    ChangesDocument,
    DayChanged,
    VersionDocument,
    VersionList,
)
from scheduler.service.http.auth.guard import Reading
from scheduler.service.http.auth.principal import Principal
from scheduler.service.http.desk.given import Given
from scheduler.service.http.drafting import FILES
from scheduler.service.http.problems import Refusal, declared
from scheduler.service.http.routes.bodies import sent
from scheduler.service.http.routes.drafts import READING
from scheduler.service.http.service import Service, service_of
from scheduler.service.store.published import Version

router = APIRouter(tags=["publishing"])
VersionId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", description="Of a version.")]


def document_of(version: Version) -> VersionDocument:
    """Return a version as a document says it."""
    return VersionDocument(
        id=version.id,
        number=version.number,
        published_by=version.actor,
        published_at=version.at,
        name=version.name,
        first_day=version.first_day,
        days=version.days,
        time_zone=version.time_zone,
        roster=version.job,
        draft=version.draft,
        plan_hash=version.plan_hash,
        legal=not version.violations,
        violations=len(version.violations),
        reason=version.reason,
        changed_agents=len({change["agent"] for change in version.changes}),
    )


def changes_of(number: int, changes: Sequence[Mapping[str, Any]]) -> ChangesDocument:
    """Return what the version of a number changes, agent by agent."""
    agents: dict[str, list[DayChanged]] = {}
    for change in changes:
        day = DayChanged.model_validate(change)
        agents.setdefault(change["agent"], []).append(day)
    return ChangesDocument(
        number=number,
        before=number - 1 or None,
        agents=[AgentChanges(agent_id=a, days=days) for a, days in agents.items()],
    )


@router.get("/v1/versions", responses=declared(401, 403, 422, 429))
async def versions(request: Request, principal: Reading) -> VersionList:
    """Return what the tenant has published, the latest first."""
    service = service_of(request)
    found = await run_in_threadpool(service.published.list, principal.tenant)
    return VersionList(items=[document_of(version) for version in found])


async def _found(request: Request, principal: Principal, version_id: str) -> Version:
    published = service_of(request).published
    return await run_in_threadpool(published.get, principal.tenant, version_id)


@router.get("/v1/versions/{version_id}", responses=READING)
async def version(
    request: Request, version_id: VersionId, principal: Reading
) -> VersionDocument:
    """Return when a version was published, by whom, and whether it is legal."""
    return document_of(await _found(request, principal, version_id))


@router.get("/v1/versions/{version_id}/changes", responses=READING)
async def version_changes(
    request: Request, version_id: VersionId, principal: Reading
) -> ChangesDocument:
    """Return, agent by agent, what a version changes against the one before."""
    found = await _found(request, principal, version_id)
    return changes_of(found.number, found.changes)


@router.get(
    "/v1/versions/{version_id}/roster",
    responses={200: {"model": RosterTable}, **READING, **declared(503)},
    response_class=Response,
)
async def version_roster(
    request: Request, version_id: VersionId, principal: Reading
) -> Response:
    """Return who works when in a version: a row for each shift."""
    service = service_of(request)
    await _found(request, principal, version_id)
    service.rates.take_heavy(principal.tenant)
    with service.desk.room() as folder:
        content = await run_in_threadpool(
            service.published.file, principal.tenant, version_id, "roster"
        )
        (folder / "roster.csv").write_bytes(content)
        given = Given(str(folder), options={"name": "roster"})
        answer = await service.desk.run("table", given)
    return Response(answer.body, media_type=answer.media_type)


@router.get(
    "/v1/versions/{version_id}/compare",
    responses={200: {"model": CompareDocument}, **READING, **declared(409, 503)},
    response_class=Response,
)
async def compare_versions(
    request: Request,
    version_id: VersionId,
    principal: Reading,
    other: Annotated[
        str, Query(pattern=r"^[0-9a-f]{32}$", description="The other version.")
    ],
) -> Response:
    """Return what changes for whom from this version to another, by this one's plan.

    Both are of the same days of a plan.
    """
    service = service_of(request)
    first = await _found(request, principal, version_id)
    second = await _found(request, principal, other)
    if _days_of(first) != _days_of(second):
        told = "expected two versions of the same days of a plan"
        raise Refusal("conflict", told)
    service.rates.take_heavy(principal.tenant)
    with service.desk.room() as folder:
        await run_in_threadpool(
            _laid_out, service, principal.tenant, first, second, folder
        )
        options = {"first": first.id, "second": second.id}
        given = Given(str(folder), options=options, bounds=service.bounds)
        return sent(await service.desk.run("compare", given))


def _days_of(version: Version) -> tuple[str, str, int]:
    """Return of what it is a version."""
    return version.name, version.first_day, version.days


def _laid_out(
    service: Service, tenant: str, first: Version, second: Version, folder: Folder
) -> None:
    """Write two versions into folders named by their ids, and the plan of the first.

    Each says for which plan it was made: a later one may be for another.
    """
    published = service.published
    for version in (first, second):
        own = folder / version.id
        own.mkdir(exist_ok=True)
        for column in ("roster", "activities"):
            content = published.file(tenant, version.id, column)
            (own / FILES[column]).write_bytes(content)
        made_for = json.dumps({"plan_hash": version.plan_hash})
        (own / RESULT_FILE).write_text(made_for, encoding="utf-8")
    plan = published.file(tenant, first.id, "plan")
    (folder / FILES["plan"]).write_bytes(plan)
