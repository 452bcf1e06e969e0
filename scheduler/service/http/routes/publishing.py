"""Publishing: a roster or a draft becomes a version, which stays as it is."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as Folder
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from scheduler.service.editing_documents import (
    ChangesDocument,
    PublishAsked,
    VersionDocument,
)
from scheduler.service.http.audit import noted
from scheduler.service.http.auth.guard import Reading, Writing
from scheduler.service.http.auth.principal import Principal
from scheduler.service.http.desk.given import Answer, Given
from scheduler.service.http.drafting import FILES, IfMatch, refuse_stale
from scheduler.service.http.owned import JobId, RosterReading, RosterWriting
from scheduler.service.http.problems import Refusal, declared
from scheduler.service.http.routes.drafts import (
    READING,
    WORKED,
    DraftId,
    files_of,
    found,
)
from scheduler.service.http.routes.versions import changes_of, document_of
from scheduler.service.http.service import Service, service_of
from scheduler.service.store.drafts import Draft
from scheduler.service.store.published import Made, Series, Version

router = APIRouter(tags=["publishing"])
_PUBLISHING = {
    201: {"headers": {"Location": {"schema": {"type": "string"}}}},
    **READING,
    **declared(400, 409, 412, 413, 503),
}


@dataclass(frozen=True)
class _Subject:
    """What is published: a job's roster, with other weeks of some agents."""

    files: Mapping[str, bytes]
    weeks: Mapping[str, Any]
    job: str
    draft: str | None
    plan_hash: str


@router.post("/v1/rosters/{job_id}/publish", status_code=201, responses=_PUBLISHING)
async def publish(
    request: Request,
    response: Response,
    job_id: JobId,
    principal: RosterWriting,
    asked: PublishAsked | None = None,
) -> VersionDocument:
    """Publish a job's roster as the next version of its days.

    One that breaks rules is refused, unless a reason is given.
    """
    subject = await _of_job(service_of(request), principal.tenant, job_id)
    return await _published(request, response, principal, asked, subject)


@router.get("/v1/rosters/{job_id}/changes", responses={**WORKED, **declared(409)})
async def roster_changes(
    request: Request, job_id: JobId, principal: RosterReading
) -> ChangesDocument:
    """Return, agent by agent, what publishing a job's roster would change."""
    service = service_of(request)
    subject = await _of_job(service, principal.tenant, job_id)
    return await _to_publish(service, principal.tenant, subject)


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
    now = await found(service, principal, draft_id)
    refuse_stale(now, match)
    subject = await _of_draft(service, now)
    return await _published(request, response, principal, asked, subject)


@router.get("/v1/drafts/{draft_id}/changes", responses=WORKED)
async def draft_changes(
    request: Request, draft_id: DraftId, principal: Reading
) -> ChangesDocument:
    """Return, agent by agent, what publishing a draft as it stands would change."""
    service = service_of(request)
    subject = await _of_draft(service, await found(service, principal, draft_id))
    return await _to_publish(service, principal.tenant, subject)


async def _of_job(service: Service, tenant: str, job_id: str) -> _Subject:
    kept = await run_in_threadpool(files_of, service, tenant, job_id)
    job = await run_in_threadpool(service.backend.get, tenant, job_id)
    return _Subject(kept, {}, job_id, None, job.plan_hash)


async def _of_draft(service: Service, now: Draft) -> _Subject:
    kept = await run_in_threadpool(service.drafts.files, now.tenant, now.id)
    weeks = await run_in_threadpool(service.drafts.weeks, now.tenant, now.id)
    return _Subject(kept, weeks, now.job, now.id, now.plan_hash)


async def _to_publish(
    service: Service, tenant: str, subject: _Subject
) -> ChangesDocument:
    """Return what the next version would change against the last one."""
    series = await run_in_threadpool(_series, subject.files["plan"])
    before = await run_in_threadpool(service.published.latest, tenant, series)
    if before is None:
        return changes_of(1, ())
    answer = await _compared(service, tenant, subject, before, "to_publish")
    return changes_of(before.number + 1, answer.told["changes"])


async def _published(
    request: Request,
    response: Response,
    principal: Principal,
    asked: PublishAsked | None,
    subject: _Subject,
) -> VersionDocument:
    """Publish a roster; refuse one that breaks rules without a reason."""
    service, reason = service_of(request), "" if asked is None else asked.reason.strip()
    tenant, trace = principal.tenant, request.state.trace_id
    series = await run_in_threadpool(_series, subject.files["plan"])
    before = await run_in_threadpool(service.published.latest, tenant, series)
    answer = await _compared(service, tenant, subject, before, "published")
    broken = answer.told["violations"]
    if broken and not reason:
        refused = subject.draft or subject.job
        await noted(service, principal, "publish", refused, trace, "refused")
        raise Refusal("conflict", *_why(broken))
    texts = {name: text.encode() for name, text in answer.told["files"].items()}
    made = Made(
        tenant=tenant,
        actor=principal.actor,
        series=series,
        number=1 if before is None else before.number + 1,
        job=subject.job,
        draft=subject.draft,
        plan_hash=subject.plan_hash,
        files={
            "plan": subject.files["plan"],
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
    subject: _Subject,
    before: Version | None,
    task: str,
) -> Answer:
    """Return what a task says of a roster beside the version before."""
    service.rates.take_heavy(tenant)
    with service.desk.room() as folder:
        await run_in_threadpool(
            _laid_out, service, tenant, subject.files, before, folder
        )
        options = {"weeks": dict(subject.weeks)}
        return await service.desk.run(task, Given(str(folder), options=options))


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
