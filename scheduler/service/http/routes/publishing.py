"""Publishing: versions that stay as they are, what changes, and links for agents."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path as Folder
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.concurrency import run_in_threadpool

from scheduler.service.documents import RosterTable
from scheduler.service.editing_documents import (
    AgentChanges,
    ChangesDocument,
    DayChanged,
    LinkAsked,
    LinkDocument,
    LinkList,
    NewLink,
    PublishAsked,
    VersionDocument,
    VersionList,
)
from scheduler.service.http.audit import noted
from scheduler.service.http.auth.guard import Reading, Writing
from scheduler.service.http.auth.principal import Principal
from scheduler.service.http.desk.given import Answer, Given
from scheduler.service.http.drafting import FILES, IfMatch, refuse_stale
from scheduler.service.http.problems import Refusal, declared
from scheduler.service.http.routes.drafts import DraftId
from scheduler.service.http.routes.results import file_of
from scheduler.service.http.routes.rosters import JobId
from scheduler.service.http.service import Service, service_of
from scheduler.service.store.blobs import KEPT
from scheduler.service.store.published import Link, Made, Series, Version

router = APIRouter(tags=["publishing"])
VersionId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", description="Of a version.")]
LinkId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", description="Of a link.")]
_READING = declared(401, 403, 404, 422, 429)
_PUBLISHING = {
    201: {"headers": {"Location": {"schema": {"type": "string"}}}},
    **_READING,
    **declared(400, 409, 412, 413, 503),
}


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


@router.post("/v1/rosters/{job_id}/publish", status_code=201, responses=_PUBLISHING)
async def publish(
    request: Request,
    response: Response,
    job_id: JobId,
    principal: Writing,
    asked: PublishAsked | None = None,
) -> VersionDocument:
    """Publish a job's roster as the next version of its days.

    One that breaks rules is refused, unless a reason is given.
    """
    service = service_of(request)

    def files() -> dict[str, bytes]:
        return {
            column: file_of(service, principal.tenant, job_id, name).content
            for column, name in FILES.items()
        }

    kept = await run_in_threadpool(files)
    job = await run_in_threadpool(service.backend.get, principal.tenant, job_id)
    return await _published(
        request, response, principal, asked, kept, {}, job_id, None, job.plan_hash
    )


@router.post(
    "/v1/drafts/{draft_id}/publish",
    status_code=201,
    responses={**_PUBLISHING, **declared(428)},
)
async def publish_draft(
    request: Request,
    response: Response,
    draft_id: DraftId,
    principal: Writing,
    asked: PublishAsked | None = None,
    match: IfMatch = None,
) -> VersionDocument:
    """Publish a draft as it stands, as the next version of its days."""
    service = service_of(request)
    now = await run_in_threadpool(service.drafts.get, principal.tenant, draft_id)
    refuse_stale(now, match)
    kept = await run_in_threadpool(service.drafts.files, principal.tenant, draft_id)
    weeks = await run_in_threadpool(service.drafts.weeks, principal.tenant, draft_id)
    return await _published(
        request,
        response,
        principal,
        asked,
        kept,
        weeks,
        now.job,
        draft_id,
        now.plan_hash,
    )


async def _published(
    request: Request,
    response: Response,
    principal: Principal,
    asked: PublishAsked | None,
    files: Mapping[str, bytes],
    weeks: Mapping[str, Any],
    job: str,
    draft: str | None,
    plan_hash: str,
) -> VersionDocument:
    """Publish a roster: some files, with other weeks of some agents."""
    service, reason = service_of(request), "" if asked is None else asked.reason.strip()
    tenant, trace = principal.tenant, request.state.trace_id
    series = await run_in_threadpool(_series, files["plan"])
    before = await run_in_threadpool(service.published.latest, tenant, series)
    answer = await _compared(service, tenant, files, weeks, before)
    broken = answer.told["violations"]
    if broken and not reason:
        subject = draft or job
        await noted(service, principal, "publish", subject, trace, "refused")
        raise Refusal("conflict", *_why(broken))
    texts = {name: text.encode() for name, text in answer.told["files"].items()}
    made = Made(
        tenant=tenant,
        actor=principal.actor,
        series=series,
        number=1 if before is None else before.number + 1,
        job=job,
        draft=draft,
        plan_hash=plan_hash,
        files={
            "plan": files["plan"],
            "roster": texts["roster.csv"],
            "activities": texts["activities.csv"],
        },
        violations=broken,
        reason=reason if broken else "",
        changes=answer.told["changes"],
        weeks=answer.told["weeks"],
    )
    version = await run_in_threadpool(service.published.add, made)
    outcome = "forced" if broken else "done"
    await noted(service, principal, "publish", version.id, trace, outcome)
    response.headers["Location"] = f"/v1/versions/{version.id}"
    return document_of(version)


def _why(broken: Sequence[Mapping[str, Any]]) -> tuple[str, list[dict[str, str]]]:
    """Return why a roster is not published, and its breaches."""
    count = len(broken)
    words = (
        f"it breaks rules {count} time{'s' * (count != 1)}: publish it with a reason"
    )
    return words, [
        {"code": each["rule"], "expected": each["message"]} for each in broken[:20]
    ]


def _series(plan: bytes) -> Series:
    """Return of what a plan's roster is a version."""
    content = json.loads(plan)
    horizon = content["horizon"]
    return Series(
        content.get("name", ""),
        horizon["first_day"],
        horizon.get("days", 7),
        horizon.get("time_zone", "UTC"),
    )


async def _compared(
    service: Service,
    tenant: str,
    files: Mapping[str, bytes],
    weeks: Mapping[str, Any],
    before: Version | None,
) -> Answer:
    """Return what the checker says of a roster, and what it changes."""
    service.rates.take_heavy(tenant)
    with service.editing.room() as folder:
        await run_in_threadpool(_laid_out, service, tenant, files, before, folder)
        options = {"base": _base(files), "state": "", "weeks": dict(weeks)}
        return await service.editing.run(
            "published", Given(str(folder), options=options)
        )


def _base(files: Mapping[str, bytes]) -> str:
    """Return the name of what a draft of these files began with."""
    return "-".join(hashlib.sha256(files[column]).hexdigest() for column in KEPT)


def _laid_out(
    service: Service,
    tenant: str,
    files: Mapping[str, bytes],
    before: Version | None,
    folder: Folder,
) -> None:
    for column, content in files.items():
        (folder / FILES[column]).write_bytes(content)
    if before is not None:
        (folder / "before").mkdir()
        for column in ("roster", "activities"):
            content = service.published.file(tenant, before.id, column)
            (folder / "before" / FILES[column]).write_bytes(content)


@router.get("/v1/versions", responses=declared(401, 403, 422, 429))
async def versions(request: Request, principal: Reading) -> VersionList:
    """Return what the tenant has published, the latest first."""
    service = service_of(request)
    found = await run_in_threadpool(service.published.list, principal.tenant)
    return VersionList(items=[document_of(version) for version in found])


async def _found(request: Request, principal: Principal, version_id: str) -> Version:
    published = service_of(request).published
    return await run_in_threadpool(published.get, principal.tenant, version_id)


@router.get("/v1/versions/{version_id}", responses=_READING)
async def version(
    request: Request, version_id: VersionId, principal: Reading
) -> VersionDocument:
    """Return when a version was published, by whom, and whether it is legal."""
    return document_of(await _found(request, principal, version_id))


@router.get("/v1/versions/{version_id}/changes", responses=_READING)
async def version_changes(
    request: Request, version_id: VersionId, principal: Reading
) -> ChangesDocument:
    """Return, agent by agent, what a version changes against the one before."""
    found = await _found(request, principal, version_id)
    agents: dict[str, list[DayChanged]] = {}
    for change in found.changes:
        day = DayChanged.model_validate(change)
        agents.setdefault(change["agent"], []).append(day)
    return ChangesDocument(
        number=found.number,
        before=found.number - 1 or None,
        agents=[AgentChanges(agent_id=a, days=days) for a, days in agents.items()],
    )


@router.get(
    "/v1/versions/{version_id}/roster",
    responses={200: {"model": RosterTable}, **_READING, **declared(503)},
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


def _link_of(link: Link) -> dict[str, Any]:
    return {
        "id": link.id,
        "agent_id": link.agent,
        "created_at": link.created_at,
        "revoked_at": link.revoked_at,
    }


@router.post(
    "/v1/agent-links", status_code=201, responses={**_READING, **declared(400, 413)}
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


@router.delete("/v1/agent-links/{link_id}", status_code=204, responses=_READING)
async def revoke_link(request: Request, link_id: LinkId, principal: Writing) -> None:
    """Make a link worthless, at once."""
    service = service_of(request)
    await run_in_threadpool(service.published.revoke, principal.tenant, link_id)
    await noted(service, principal, "revoke", link_id, request.state.trace_id)
