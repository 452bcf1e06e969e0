"""Drafts, published versions, and links of agents."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "agent_links",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("tenant", sa.String(length=100), nullable=False),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_agent_links_token_hash")),
    )
    with op.batch_alter_table("agent_links", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agent_links_tenant_agent"), ["tenant", "agent"], unique=False
        )

    op.create_table(
        "drafts",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("tenant", sa.String(length=100), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("job", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("plan_hash", sa.String(length=64), nullable=False),
        sa.Column("plan", sa.String(length=64), nullable=False),
        sa.Column("roster", sa.String(length=64), nullable=False),
        sa.Column("activities", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("cursor", sa.Integer(), nullable=False),
        sa.Column("locks", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "activities"],
            ["blobs.tenant", "blobs.hash"],
            name=op.f("fk_drafts_tenant_activities"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant", "plan"],
            ["blobs.tenant", "blobs.hash"],
            name=op.f("fk_drafts_tenant_plan"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant", "roster"],
            ["blobs.tenant", "blobs.hash"],
            name=op.f("fk_drafts_tenant_roster"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_drafts_tenant_job"), ["tenant", "job"], unique=False
        )

    op.create_table(
        "versions",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("tenant", sa.String(length=100), nullable=False),
        sa.Column("series", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("first_day", sa.String(length=10), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("time_zone", sa.String(length=100), nullable=False),
        sa.Column("job", sa.String(length=32), nullable=False),
        sa.Column("draft", sa.String(length=32), nullable=True),
        sa.Column("plan_hash", sa.String(length=64), nullable=False),
        sa.Column("plan", sa.String(length=64), nullable=False),
        sa.Column("roster", sa.String(length=64), nullable=False),
        sa.Column("activities", sa.String(length=64), nullable=False),
        sa.Column("violations", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "activities"],
            ["blobs.tenant", "blobs.hash"],
            name=op.f("fk_versions_tenant_activities"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant", "plan"],
            ["blobs.tenant", "blobs.hash"],
            name=op.f("fk_versions_tenant_plan"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant", "roster"],
            ["blobs.tenant", "blobs.hash"],
            name=op.f("fk_versions_tenant_roster"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_versions")),
    )
    with op.batch_alter_table("versions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_versions_tenant_at"), ["tenant", "at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_versions_tenant_series_number"),
            ["tenant", "series", "number"],
            unique=True,
        )

    op.create_table(
        "draft_edits",
        sa.Column("draft", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edits", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft"],
            ["drafts.id"],
            name=op.f("fk_draft_edits_draft"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("draft", "number", name=op.f("pk_draft_edits")),
    )
    op.create_table(
        "version_weeks",
        sa.Column("version", sa.String(length=32), nullable=False),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.Column("week", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version"],
            ["versions.id"],
            name=op.f("fk_version_weeks_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version", "agent", name=op.f("pk_version_weeks")),
    )
