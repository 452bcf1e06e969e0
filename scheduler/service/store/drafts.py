"""Drafts in the database: a change is refused where somebody else was first."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, update

from models.errors import RingfenceError
from scheduler.service.store.blobs import KEPT, Blob, blob_of, put_blob, sweep
from scheduler.service.store.tables import draft_edits, drafts

Weeks = Mapping[str, Any]  # by agent: what of a week is kept
MOST_LISTED = 100


class NoSuchDraft(RingfenceError):
    """The tenant has no draft of this id."""


class Overtaken(RingfenceError):
    """Somebody else has changed it meanwhile."""


class NothingThere(RingfenceError):
    """There is nothing to undo, or to do again."""


@dataclass(frozen=True)
class Draft:
    """A draft as it stands.

    ``base`` names what it began with; ``edits`` counts those done, ``undone`` those
    that were undone.
    """

    id: str
    tenant: str
    job: str
    name: str
    plan_hash: str
    base: str
    version: int
    state: str
    edits: int
    undone: int
    locks: tuple[tuple[str, str], ...]
    created_at: dt.datetime
    changed_at: dt.datetime


@dataclass(frozen=True)
class Step:
    """An edit that was done: what was asked, and the weeks before and after."""

    edits: Sequence[Mapping[str, Any]]
    before: Weeks
    after: Weeks


class Drafts:
    """The drafts of a database; every call is about one tenant."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def create(
        self,
        tenant: str,
        actor: str,
        job: str,
        name: str,
        plan_hash: str,
        files: Mapping[str, bytes],
    ) -> Draft:
        """Begin a draft; ``files`` are plan, roster and activities."""
        kept = {column: Blob.of(files[column]) for column in KEPT}
        now, draft = _now(), uuid.uuid4().hex
        with self._engine.begin() as connection:
            for blob in kept.values():
                put_blob(connection, tenant, blob)
            connection.execute(
                insert(drafts).values(
                    id=draft,
                    tenant=tenant,
                    actor=actor,
                    job=job,
                    name=name,
                    plan_hash=plan_hash,
                    **{column: blob.hash for column, blob in kept.items()},
                    version=1,
                    state=uuid.uuid4().hex,
                    cursor=0,
                    locks=[],
                    created_at=now,
                    changed_at=now,
                )
            )
            return _draft(connection, tenant, draft)

    def get(self, tenant: str, draft: str) -> Draft:
        """Return a draft; raise ``NoSuchDraft``."""
        with self._engine.connect() as connection:
            return _draft(connection, tenant, draft)

    def list(self, tenant: str, job: str | None = None) -> Sequence[Draft]:
        """Return the drafts of a tenant that were changed last."""
        query = select(drafts.c.id).where(drafts.c.tenant == tenant)
        if job is not None:
            query = query.where(drafts.c.job == job)
        query = query.order_by(drafts.c.changed_at.desc(), drafts.c.id)
        with self._engine.connect() as connection:
            ids = connection.execute(query.limit(MOST_LISTED)).scalars().all()
            return [_draft(connection, tenant, draft) for draft in ids]

    def files(self, tenant: str, draft: str) -> dict[str, bytes]:
        """Return what a draft began with, and raise ``NoSuchDraft``."""
        with self._engine.connect() as connection:
            row = _row(connection, tenant, draft)
            return {
                column: blob_of(connection, tenant, getattr(row, column)).content
                for column in KEPT
            }

    def weeks(self, tenant: str, draft: str) -> dict[str, Any]:
        """Return the weeks that are not as they were in the beginning, by agent."""
        found: dict[str, Any] = {}
        with self._engine.connect() as connection:
            row = _row(connection, tenant, draft)
            query = select(draft_edits.c.after).where(
                draft_edits.c.draft == draft, draft_edits.c.number <= row.cursor
            )
            for after in connection.execute(query.order_by(draft_edits.c.number)):
                found.update(after[0])
        return found

    def step(self, tenant: str, draft: str, *, back: bool) -> Step:
        """Return the edit that was done last, or undone; raise ``NothingThere``."""
        with self._engine.connect() as connection:
            row = _row(connection, tenant, draft)
            number = row.cursor if back else row.cursor + 1
            found = connection.execute(
                select(draft_edits).where(
                    draft_edits.c.draft == draft, draft_edits.c.number == number
                )
            ).first()
        if found is None:
            raise NothingThere(draft)
        return Step(found.edits, found.before, found.after)

    def add(self, then: Draft, actor: str, step: Step, state: str) -> Draft:
        """Enter an edit of a draft as it was; what was undone is lost for good.

        Raises
        ------
        Overtaken
            Where the draft is no longer so.
        """
        with self._engine.begin() as connection:
            changes = {"state": state, "cursor": then.edits + 1}
            _change(connection, then, changes)
            connection.execute(
                delete(draft_edits).where(
                    draft_edits.c.draft == then.id, draft_edits.c.number > then.edits
                )
            )
            connection.execute(
                insert(draft_edits).values(
                    draft=then.id,
                    number=then.edits + 1,
                    actor=actor,
                    at=_now(),
                    edits=list(step.edits),
                    before=dict(step.before),
                    after=dict(step.after),
                )
            )
            return _draft(connection, then.tenant, then.id)

    def turn(self, then: Draft, state: str, *, back: bool) -> Draft:
        """Undo the last edit, or do it again; raise ``Overtaken``."""
        cursor = then.edits - 1 if back else then.edits + 1
        with self._engine.begin() as connection:
            _change(connection, then, {"state": state, "cursor": cursor})
            return _draft(connection, then.tenant, then.id)

    def lock(self, then: Draft, locks: Sequence[tuple[str, str]]) -> Draft:
        """Say which days of agents (agent, date) are locked; raise ``Overtaken``."""
        with self._engine.begin() as connection:
            _change(connection, then, {"locks": [list(one) for one in locks]})
            return _draft(connection, then.tenant, then.id)

    def delete(self, tenant: str, draft: str) -> None:
        """Erase a draft; raise ``NoSuchDraft``."""
        with self._engine.begin() as connection:
            _row(connection, tenant, draft)
            connection.execute(delete(drafts).where(drafts.c.id == draft))
            sweep(connection)


def _change(connection: Connection, then: Draft, changes: Mapping[str, Any]) -> None:
    found = connection.execute(
        update(drafts)
        .where(drafts.c.id == then.id, drafts.c.version == then.version)
        .values(version=then.version + 1, changed_at=_now(), **changes)
    )
    if not found.rowcount:
        raise Overtaken(then.id)


def _row(connection: Connection, tenant: str, draft: str) -> Row[Any]:
    row = connection.execute(
        select(drafts).where(drafts.c.tenant == tenant, drafts.c.id == draft)
    ).first()
    if row is None:
        raise NoSuchDraft(draft)
    return row


def _draft(connection: Connection, tenant: str, draft: str) -> Draft:
    row = _row(connection, tenant, draft)
    query = select(func.count()).where(
        draft_edits.c.draft == draft, draft_edits.c.number > row.cursor
    )
    return Draft(
        id=row.id,
        tenant=row.tenant,
        job=row.job,
        name=row.name,
        plan_hash=row.plan_hash,
        base="-".join(getattr(row, column) for column in KEPT),
        version=row.version,
        state=row.state,
        edits=row.cursor,
        undone=connection.scalar(query) or 0,
        locks=tuple((agent, date) for agent, date in row.locks),
        created_at=row.created_at,
        changed_at=row.changed_at,
    )


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
