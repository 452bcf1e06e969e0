"""Our tables, for SQLite and PostgreSQL; the queue's own are DBOS's."""

import datetime as dt
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)


class Moment(TypeDecorator[dt.datetime]):
    """A moment, in UTC; SQLite has no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: dt.datetime | None, dialect: Dialect
    ) -> dt.datetime | None:
        """Return the moment as the database keeps it."""
        if value is None:
            return None
        utc = value.astimezone(dt.UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        """Return the moment with its zone."""
        if value is None:
            return None
        moment: dt.datetime = value
        if moment.tzinfo is None:
            return moment.replace(tzinfo=dt.UTC)
        return moment.astimezone(dt.UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _blobs(*names: str) -> list[ForeignKeyConstraint]:
    """Return that columns name content of the tenant's."""
    return [
        ForeignKeyConstraint(["tenant", name], ["blobs.tenant", "blobs.hash"])
        for name in names
    ]


#: Who shares this service; what nobody set is bounded by the settings.
tenants = Table(
    "tenants",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("created_at", Moment, nullable=False),
    Column("jobs", Integer),
    Column("seconds", Float),
    Column("workers", Integer),
)

#: Keys of the API: of the secret only its hash; ``scopes`` is a list.
api_keys = Table(
    "api_keys",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("tenant", String(100), ForeignKey("tenants.name"), nullable=False),
    Column("name", String(200), nullable=False),
    Column("prefix", String(32), nullable=False, unique=True),
    Column("secret_hash", String(200), nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("revoked_at", Moment),
    Index(None, "tenant"),
)

#: Who did what; ids and outcomes, no content.
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("tenant", String(100), nullable=False),
    Column("actor", String(200), nullable=False),
    Column("action", String(50), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("outcome", String(50), nullable=False),
    Column("trace_id", String(64), nullable=False),
    Index(None, "tenant", "at"),
)

#: Content, once for a tenant: compressed, under the SHA-256 of what it is.
blobs = Table(
    "blobs",
    metadata,
    Column("tenant", String(100), primary_key=True),
    Column("hash", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

#: ``attempt`` is the fencing token: who writes must be the latest to have taken it up.
#: ``version`` counts its events.
jobs = Table(
    "jobs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("tenant", String(100), nullable=False),
    Column("actor", String(200), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("name", String(200), nullable=False),
    Column("tags", JSON, nullable=False),
    Column("status", String(20), nullable=False),
    Column("solver_status", String(20)),
    Column("stop_reason", String(30)),
    Column("objective", Float),
    Column("bound", Float),
    Column("gap", Float),
    Column("options", JSON, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("threads", Integer, nullable=False),
    Column("plan_hash", String(64), nullable=False),
    Column("request_hash", String(64), nullable=False),
    Column("idempotency_key", String(255)),
    Column("trace_id", String(64), nullable=False),
    Column("attempt", Integer, nullable=False, default=0),
    Column("version", Integer, nullable=False, default=0),
    Column("worker", String(100)),
    Column("stop_asked", Boolean, nullable=False, default=False),
    Column("reason", Text, nullable=False, default=""),
    Column("problems", JSON, nullable=False, default=list),
    Column("submitted_at", Moment, nullable=False),
    Column("started_at", Moment),
    Column("solving_at", Moment),
    Column("solved_at", Moment),
    Column("ended_at", Moment),
    Index(None, "tenant", "submitted_at", "id"),
    Index(None, "status"),
    Index(None, "worker"),
    Index(None, "tenant", "idempotency_key", unique=True),
)

#: One row for a tag of a job, to list by.
job_tags = Table(
    "job_tags",
    metadata,
    Column(
        "job", String(32), ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("tag", String(100), primary_key=True),
    Index(None, "tag"),
)

#: What happened to jobs, numbered within each.
events = Table(
    "events",
    metadata,
    Column(
        "job", String(32), ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("number", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("at", Moment, nullable=False),
    Column("data", JSON, nullable=False),
)

#: Files of jobs.
artifacts = Table(
    "artifacts",
    metadata,
    Column(
        "job", String(32), ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("name", String(100), primary_key=True),
    Column("tenant", String(100), nullable=False),
    Column("hash", String(64), nullable=False),
    ForeignKeyConstraint(["tenant", "hash"], ["blobs.tenant", "blobs.hash"]),
    Index(None, "tenant", "hash"),
)

#: A roster that a planner changes by hand. It began with blobs; ``state`` names
#: what it is now, ``cursor`` the edit that was done last: those after it are undone.
drafts = Table(
    "drafts",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("tenant", String(100), nullable=False),
    Column("actor", String(200), nullable=False),
    Column("job", String(32), nullable=False),
    Column("name", String(200), nullable=False),
    Column("plan_hash", String(64), nullable=False),
    Column("plan", String(64), nullable=False),
    Column("roster", String(64), nullable=False),
    Column("activities", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", String(32), nullable=False),
    Column("cursor", Integer, nullable=False),
    Column("locks", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    *_blobs("plan", "roster", "activities"),
    Index(None, "tenant", "job"),
)

#: Edits of drafts; ``before`` and ``after`` hold the weeks of agents that they change.
draft_edits = Table(
    "draft_edits",
    metadata,
    Column(
        "draft",
        String(32),
        ForeignKey("drafts.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("number", Integer, primary_key=True),
    Column("actor", String(200), nullable=False),
    Column("at", Moment, nullable=False),
    Column("edits", JSON, nullable=False),
    Column("before", JSON, nullable=False),
    Column("after", JSON, nullable=False),
)

#: Rosters as they were published; never changed. ``series`` tells which are versions of
#: the same weeks, ``number`` counts them.
versions = Table(
    "versions",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("tenant", String(100), nullable=False),
    Column("series", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("actor", String(200), nullable=False),
    Column("at", Moment, nullable=False),
    Column("name", String(200), nullable=False),
    Column("first_day", String(10), nullable=False),
    Column("days", Integer, nullable=False),
    Column("time_zone", String(100), nullable=False),
    Column("job", String(32), nullable=False),
    Column("draft", String(32)),
    Column("plan_hash", String(64), nullable=False),
    Column("plan", String(64), nullable=False),
    Column("roster", String(64), nullable=False),
    Column("activities", String(64), nullable=False),
    Column("violations", JSON, nullable=False),
    Column("reason", Text, nullable=False),
    Column("changes", JSON, nullable=False),
    *_blobs("plan", "roster", "activities"),
    Index(None, "tenant", "series", "number", unique=True),
    Index(None, "tenant", "at"),
)

#: What each agent of a published roster sees of it.
version_weeks = Table(
    "version_weeks",
    metadata,
    Column(
        "version",
        String(32),
        ForeignKey("versions.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("agent", String(200), primary_key=True),
    Column("week", JSON, nullable=False),
)

#: Links of agents to their own weeks: of the token only its hash.
agent_links = Table(
    "agent_links",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("tenant", String(100), nullable=False),
    Column("agent", String(200), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("actor", String(200), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    Index(None, "tenant", "agent"),
)
