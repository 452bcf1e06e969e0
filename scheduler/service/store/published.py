"""Published rosters: versions that are never changed, and links of agents to theirs."""

import datetime as dt
import hashlib
import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from models.errors import RingfenceError
from scheduler.service.store.blobs import KEPT, Blob, blob_of, put_blob
from scheduler.service.store.drafts import Overtaken
from scheduler.service.store.tables import agent_links, version_weeks, versions

MOST_LISTED = 100
MOST_WEEKS = 12  # series that an agent's page looks at, the latest first


class NoSuchVersion(RingfenceError):
    """The tenant has published no such version."""


class NoSuchLink(RingfenceError):
    """The tenant has no such link, or it was revoked."""


@dataclass(frozen=True)
class Series:
    """What is published again and again: some days of a plan."""

    plan: str
    first_day: str
    days: int
    time_zone: str

    @property
    def key(self) -> str:
        """What is the same for all versions of it."""
        words = f"{self.first_day}\n{self.days}\n{self.plan}"
        return hashlib.sha256(words.encode()).hexdigest()


@dataclass(frozen=True)
class Made:
    """A version that is to be published, after the version ``number - 1``."""

    tenant: str
    actor: str
    series: Series
    number: int
    job: str
    draft: str | None
    plan_hash: str
    files: Mapping[str, bytes]
    violations: Sequence[Mapping[str, Any]]
    reason: str
    changes: Sequence[Mapping[str, Any]]
    weeks: Mapping[str, Any]


@dataclass(frozen=True)
class Version:
    """A published version."""

    id: str
    number: int
    actor: str
    at: dt.datetime
    name: str
    first_day: str
    days: int
    time_zone: str
    job: str
    draft: str | None
    plan_hash: str
    violations: Sequence[Mapping[str, Any]]
    reason: str
    changes: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Link:
    """An agent's link, without its token."""

    id: str
    tenant: str
    agent: str
    created_at: dt.datetime
    revoked_at: dt.datetime | None


class Published:
    """What was published of a database, each tenant on its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, made: Made) -> Version:
        """Publish a version.

        Raises
        ------
        Overtaken
            Where somebody else has published the next one meanwhile.
        """
        kept = {column: Blob.of(made.files[column]) for column in KEPT}
        version = uuid.uuid4().hex
        row = {
            "id": version,
            "tenant": made.tenant,
            "series": made.series.key,
            "number": made.number,
            "actor": made.actor,
            "at": _now(),
            "name": made.series.plan[:200],
            "first_day": made.series.first_day,
            "days": made.series.days,
            "time_zone": made.series.time_zone,
            "job": made.job,
            "draft": made.draft,
            "plan_hash": made.plan_hash,
            "violations": list(made.violations),
            "reason": made.reason,
            "changes": list(made.changes),
            **{column: blob.hash for column, blob in kept.items()},
        }
        weeks = [
            {"version": version, "agent": agent, "week": week}
            for agent, week in made.weeks.items()
        ]
        try:
            with self._engine.begin() as connection:
                for blob in kept.values():
                    put_blob(connection, made.tenant, blob)
                connection.execute(insert(versions).values(row))
                if weeks:
                    connection.execute(insert(version_weeks), weeks)
        except IntegrityError:
            raise Overtaken(made.series.key) from None
        return self.get(made.tenant, version)

    def latest(self, tenant: str, series: Series) -> Version | None:
        """Return the last version of a series."""
        query = (
            select(versions)
            .where(versions.c.tenant == tenant, versions.c.series == series.key)
            .order_by(versions.c.number.desc())
        )
        with self._engine.connect() as connection:
            row = connection.execute(query.limit(1)).first()
        return None if row is None else _version(row)

    def get(self, tenant: str, version: str) -> Version:
        """Return a version; raise ``NoSuchVersion``."""
        query = select(versions).where(
            versions.c.tenant == tenant, versions.c.id == version
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise NoSuchVersion(version)
        return _version(row)

    def list(self, tenant: str) -> Sequence[Version]:
        """Return the versions that were published last."""
        query = select(versions).where(versions.c.tenant == tenant)
        query = query.order_by(versions.c.at.desc(), versions.c.id).limit(MOST_LISTED)
        with self._engine.connect() as connection:
            return [_version(row) for row in connection.execute(query)]

    def file(self, tenant: str, version: str, name: str) -> bytes:
        """Return a file of a version: plan, roster or activities."""
        query = select(versions.c[name]).where(
            versions.c.tenant == tenant, versions.c.id == version
        )
        with self._engine.connect() as connection:
            hashed = connection.scalar(query)
            if hashed is None:
                raise NoSuchVersion(version)
            return blob_of(connection, tenant, hashed).content

    def make_link(self, tenant: str, actor: str, agent: str) -> tuple[Link, str]:
        """Make a link for an agent of something published; return its token, this once.

        Raises
        ------
        NoSuchVersion
            Where the agent is in nothing that was published.
        """
        token, link = secrets.token_urlsafe(32), uuid.uuid4().hex
        seen = (
            select(version_weeks.c.agent)
            .join(versions, versions.c.id == version_weeks.c.version)
            .where(versions.c.tenant == tenant, version_weeks.c.agent == agent)
        )
        with self._engine.begin() as connection:
            if connection.execute(seen.limit(1)).first() is None:
                raise NoSuchVersion(agent)
            row = connection.execute(
                insert(agent_links)
                .values(
                    id=link,
                    tenant=tenant,
                    agent=agent,
                    token_hash=_hash(token),
                    actor=actor,
                    created_at=_now(),
                )
                .returning(agent_links)
            ).one()
        return _link(row), token

    def links(self, tenant: str) -> Sequence[Link]:
        """Return the links of a tenant, revoked ones among them."""
        query = select(agent_links).where(agent_links.c.tenant == tenant)
        query = query.order_by(agent_links.c.agent, agent_links.c.created_at)
        with self._engine.connect() as connection:
            return [_link(row) for row in connection.execute(query)]

    def revoke(self, tenant: str, link: str) -> None:
        """Make a link worthless, from the next request on; raise ``NoSuchLink``."""
        with self._engine.begin() as connection:
            found = connection.execute(
                update(agent_links)
                .where(
                    agent_links.c.tenant == tenant,
                    agent_links.c.id == link,
                    agent_links.c.revoked_at.is_(None),
                )
                .values(revoked_at=_now())
            )
        if not found.rowcount:
            raise NoSuchLink(link)

    def opened(self, token: str) -> Link | None:
        """Return the link of a token, ``None`` where it opens nothing."""
        query = select(agent_links).where(
            agent_links.c.token_hash == _hash(token), agent_links.c.revoked_at.is_(None)
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return None if row is None else _link(row)

    def weeks_of(self, link: Link) -> Sequence[tuple[Version, Mapping[str, Any]]]:
        """Return what an agent has in the last version of each series, by first day.

        Who is in a version and not in the next one has nothing any more.
        """
        query = (
            select(versions)
            .where(versions.c.tenant == link.tenant)
            .order_by(versions.c.first_day.desc(), versions.c.number.desc())
        )
        found: dict[str, Row[Any]] = {}
        with self._engine.connect() as connection:
            for row in connection.execute(query):
                if row.series not in found and len(found) == MOST_WEEKS:
                    break
                found.setdefault(row.series, row)
            ids = {row.id: row for row in found.values()}
            weeks = connection.execute(
                select(version_weeks.c.version, version_weeks.c.week).where(
                    version_weeks.c.version.in_(ids),
                    version_weeks.c.agent == link.agent,
                )
            )
            pairs = [(_version(ids[row.version]), row.week) for row in weeks]
        return sorted(pairs, key=lambda pair: (pair[0].first_day, pair[0].name))


def _version(row: Row[Any]) -> Version:
    names = Version.__dataclass_fields__
    return Version(**{name: getattr(row, name) for name in names})


def _link(row: Row[Any]) -> Link:
    return Link(row.id, row.tenant, row.agent, row.created_at, row.revoked_at)


def _hash(token: str) -> str:
    """Return the SHA-256 of a token: with 256 bits of chance no more is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
