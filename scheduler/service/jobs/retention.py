"""Forgetting: one agent's name in everything that is kept of a tenant.

The agent's id stays, which the roster needs to be read at all: who it is, is known to
the tenant's own records. ``DbosBackend.purge`` erases whole jobs when they are old.
"""

import html
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, select, update

from models.errors import InvalidInput
from scheduler.reading import plan_hash, read_plan_text
from scheduler.service.jobs.ledger import PLAN_FILE
from scheduler.service.jobs.rows import OVER
from scheduler.service.store.blobs import (
    Blob,
    blob_of,
    file_of,
    put_blob,
    put_file,
    sweep,
)
from scheduler.service.store.tables import (
    artifacts,
    drafts,
    events,
    jobs,
    version_weeks,
    versions,
)

_BATCH = 50  # jobs looked at in one transaction


@dataclass(frozen=True)
class Erased:
    """How many jobs had the agent's name, and how many have not ended yet."""

    jobs: int
    under_way: int


def erase_agent(engine: Engine, tenant: str, agent: str) -> Erased:
    """Put the agent's id in place of the name in every ended job of a tenant.

    Plans, also those of drafts and of what was published, say the id where they said
    the name; files and events that have the name in them, such as report.html, are
    erased. What is under way still has the name: ask again when it has ended.
    """
    with engine.connect() as connection:
        own = select(jobs.c.id, jobs.c.status).where(jobs.c.tenant == tenant)
        rows = connection.execute(own.order_by(jobs.c.submitted_at)).all()
    ended = [row.id for row in rows if row.status in OVER]
    count = 0
    for first in range(0, len(ended), _BATCH):
        with engine.begin() as connection:
            count += sum(
                _erase(connection, tenant, job, agent)
                for job in ended[first : first + _BATCH]
            )
            sweep(connection)
    for table in (drafts, versions):
        _erase_kept(engine, table, tenant, agent)
    _erase_weeks(engine, tenant, agent)
    return Erased(count, len(rows) - len(ended))


def _erase(connection: Connection, tenant: str, job: str, agent: str) -> bool:
    """Erase the agent's name from a job; return whether it had one."""
    kept = file_of(connection, job, PLAN_FILE)
    plan = None if kept is None else _content(kept)
    names = _names(plan, agent)
    if plan is None or not names:
        return False
    text = _renamed(plan, agent)
    put_file(connection, tenant, job, PLAN_FILE, Blob.of(text.encode()))
    hashed = {"plan_hash": _hash(text)} if _hash(text) else {}
    problems = _without(connection, job, names)
    connection.execute(
        update(jobs).where(jobs.c.id == job).values(**hashed, problems=problems)
    )
    _erase_files(connection, job, names)
    _erase_events(connection, job, names)
    return True


def _renamed(plan: Mapping[str, Any], agent: str) -> str:
    """Return the text of a plan that says the agent's id where it said the name."""
    for row in plan["agents"]:
        if row.get("agent_id") == agent:
            row["name"] = agent
    return json.dumps(plan, ensure_ascii=False, indent=1) + "\n"


def _erase_kept(engine: Engine, table: Table, tenant: str, agent: str) -> None:
    """Erase the agent's name from the plans of drafts, or of what was published."""
    own = select(table.c.plan).where(table.c.tenant == tenant).distinct()
    with engine.begin() as connection:
        for hashed in connection.execute(own).scalars().all():
            plan = _content(blob_of(connection, tenant, hashed))
            if plan is None or not _names(plan, agent):
                continue
            text = _renamed(plan, agent)
            blob = Blob.of(text.encode())
            put_blob(connection, tenant, blob)
            changes = {"plan": blob.hash, "plan_hash": _hash(text)}
            same = (table.c.tenant == tenant, table.c.plan == hashed)
            connection.execute(update(table).where(*same).values(changes))
        sweep(connection)


def _erase_weeks(engine: Engine, tenant: str, agent: str) -> None:
    """Erase the agent's name from what their link shows."""
    of_tenant = select(versions.c.id).where(versions.c.tenant == tenant)
    own = (version_weeks.c.version.in_(of_tenant), version_weeks.c.agent == agent)
    with engine.begin() as connection:
        found = select(version_weeks.c.version, version_weeks.c.week).where(*own)
        for version, week in connection.execute(found).all():
            connection.execute(
                update(version_weeks)
                .where(version_weeks.c.version == version, *own)
                .values(week={**week, "name": ""})
            )


def _content(plan: Blob) -> dict[str, Any] | None:
    """Return the content of a plan; ``None`` of what is no plan."""
    try:
        content = json.loads(plan.content)
    except ValueError:
        return None
    return content if isinstance(content, dict) else None


def _names(plan: Mapping[str, Any] | None, agent: str) -> set[str]:
    """Return the names of an agent in a plan, unless they are the id."""
    rows = plan.get("agents", []) if plan else []
    if not isinstance(rows, list):
        return set()
    own = [r for r in rows if isinstance(r, dict) and r.get("agent_id") == agent]
    return {str(row["name"]) for row in own if row.get("name")} - {agent}


def _hash(text: str) -> str:
    """Return the hash of a plan's content; of a wrong one there is none."""
    try:
        return plan_hash(read_plan_text(text).plan)
    except InvalidInput:
        return ""


def _without(connection: Connection, job: str, names: set[str]) -> list[Any]:
    """Return the problems of a job's plan that do not have a name in them."""
    problems = connection.execute(
        select(jobs.c.problems).where(jobs.c.id == job)
    ).scalar_one()
    return [each for each in problems if not _has(_json(each), names)]


def _erase_files(connection: Connection, job: str, names: set[str]) -> None:
    others = select(artifacts.c.name).where(
        artifacts.c.job == job, artifacts.c.name != PLAN_FILE
    )
    for name in connection.execute(others).scalars().all():
        blob = file_of(connection, job, name)
        if blob is not None and _has(blob.content.decode(errors="replace"), names):
            connection.execute(
                delete(artifacts).where(
                    artifacts.c.job == job, artifacts.c.name == name
                )
            )


def _erase_events(connection: Connection, job: str, names: set[str]) -> None:
    """Empty the lines of the log that have a name in them; their numbers stay."""
    told = select(events.c.number, events.c.data).where(
        events.c.job == job, events.c.kind == "log"
    )
    for number, data in connection.execute(told).all():
        if _has(_json(data), names):
            connection.execute(
                update(events)
                .where(events.c.job == job, events.c.number == number)
                .values(data={"line": ""})
            )


def _json(content: Any) -> str:
    """Return JSON in which names are as they are written."""
    return json.dumps(content, ensure_ascii=False)


def _has(text: str, names: set[str]) -> bool:
    """Whether a text has a name in it, as it is or as JSON and HTML write it."""
    forms = {form for name in names for form in _forms(name)}
    return any(form in text for form in forms)


def _forms(name: str) -> tuple[str, ...]:
    escaped = html.escape(name)
    ascii_only = json.dumps(name)[1:-1]
    return (name, escaped, ascii_only, _json(name)[1:-1])
