"""Drafts as the routes see them: ETags, and questions to who holds them."""

import asyncio
import json
from pathlib import Path
from typing import Annotated, Any

from fastapi import Header, Response
from fastapi.concurrency import run_in_threadpool

from scheduler.service.editing_documents import DraftDocument, Lock
from scheduler.service.http.desk.given import Answer, Given
from scheduler.service.http.problems import Refusal
from scheduler.service.http.service import Service
from scheduler.service.store.drafts import Draft

_LOOK_AGAIN = 0.05  # seconds

FILES = {"plan": "plan.json", "roster": "roster.csv", "activities": "activities.csv"}

IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", description="The ETag of the draft that is changed."),
]


def document_of(draft: Draft) -> DraftDocument:
    """Return a draft as a document says it."""
    return DraftDocument(
        id=draft.id,
        roster=draft.job,
        name=draft.name,
        plan_hash=draft.plan_hash,
        version=draft.version,
        edits=draft.edits,
        undone=draft.undone,
        locks=[Lock(agent_id=agent, date=date) for agent, date in draft.locks],
        created_at=draft.created_at,
        changed_at=draft.changed_at,
    )


def etag_of(draft: Draft) -> str:
    """Return what is another one after every change."""
    return f'"{draft.id}-{draft.version}"'


def marked(response: Response, draft: Draft) -> DraftDocument:
    """Return a draft's document, with its ETag."""
    response.headers["ETag"] = etag_of(draft)
    return document_of(draft)


def refuse_stale(draft: Draft, match: str | None) -> None:
    """Refuse who does not say which version is meant, or means an older one."""
    if match is None:
        told = "a change needs If-Match with the ETag of the draft"
        raise Refusal("precondition-required", told)
    if etag_of(draft) not in {part.strip() for part in match.split(",")}:
        told = "the draft is no longer as the ETag says: read it again"
        raise Refusal("precondition-failed", told)


async def asked_of(service: Service, draft: Draft, task: str, **options: Any) -> Answer:
    """Return what a task makes of a draft, quickly.

    The process that holds it in memory is told how it came to be where it does not know
    that any more.
    """
    service.rates.take_heavy(draft.tenant)
    with service.editing.room() as folder:
        known: dict[str, Any] = {
            "base": draft.base,
            "state": draft.state,
            "weeks": None,
        }
        given = Given(str(folder), options={**known, **options})
        answer = await service.editing.run(task, given)
        if not answer.told.get("cold"):
            return answer
        known["weeks"] = await run_in_threadpool(_laid_out, service, draft, folder)
        await made_ready(service, folder, draft.base)
        given = Given(str(folder), options={**known, **options})
        return await service.editing.run(task, given)


async def worked_out(
    service: Service, draft: Draft, task: str, **options: Any
) -> Answer:
    """Return what a task makes of a draft where it may take long.

    Not in the process that holds drafts in memory: edits of others do not wait for it.
    """
    service.rates.take_heavy(draft.tenant)
    with service.desk.room() as folder:
        weeks = await run_in_threadpool(_laid_out, service, draft, folder)
        given = Given(str(folder), options={"weeks": weeks, **options})
        return await service.desk.run(task, given)


async def made_ready(service: Service, folder: Path, base: str) -> None:
    """Wait until what a draft began with is in memory; the files are in the folder.

    Raises
    ------
    Refusal
        Where that takes too much time or memory.
    """
    most = service.settings.desk_seconds
    given = Given(str(folder), options={"base": base})
    try:
        async with asyncio.timeout(most):
            while not (await service.editing.run("warm", given)).told["ready"]:
                await asyncio.sleep(_LOOK_AGAIN)
    except TimeoutError:
        raise Refusal("beyond-limits", f"it takes more than {most:g} s") from None


def _laid_out(service: Service, draft: Draft, folder: Path) -> dict[str, Any]:
    for name, content in service.drafts.files(draft.tenant, draft.id).items():
        (folder / FILES[name]).write_bytes(content)
    return service.drafts.weeks(draft.tenant, draft.id)


def merged(answer: Answer, **more: Any) -> dict[str, Any]:
    """Return what a task has answered, and more."""
    return {**json.loads(answer.body), **more}
