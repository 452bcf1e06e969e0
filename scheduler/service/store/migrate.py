"""Brings a database to the version that this program needs."""

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from dbos import DBOS
from sqlalchemy import Connection, Engine, text

from models.errors import InvalidInput
from scheduler.service.store.engine import database_url, open_engine

_HERE = Path(__file__).parent / "migrations"
_VERSIONS = "ringfence_version"
_LOCK = 7_264_510  # any number: of our migrations, among advisory locks


def upgrade(url: str) -> None:
    """Make or bring up to date all tables, ours and the queue's."""
    engine = open_engine(url)
    try:
        with engine.begin() as connection:
            _alone(connection)
            configured = config()
            configured.attributes["connection"] = connection
            command.upgrade(configured, "head")
    finally:
        engine.dispose()
    logging.getLogger("dbos").setLevel(logging.WARNING)
    DBOS.migrate(queue_url(url))


def queue_url(url: str) -> str:
    """Return the address of the queue's tables: in the same database."""
    return database_url(url).render_as_string(hide_password=False)


def refuse_old(engine: Engine) -> None:
    """Raise ``InvalidInput`` unless the tables are of this version."""
    with engine.connect() as connection:
        found = version_of(connection)
    needed = ScriptDirectory.from_config(config()).get_current_head()
    if found != needed:
        raise InvalidInput(
            f"the database is at version {found or 'none'}, this program needs "
            f"{needed}: run ringfence db upgrade"
        )


def version_of(connection: Connection) -> str | None:
    """Return the version of our tables."""
    options = {"version_table": _VERSIONS}
    return MigrationContext.configure(connection, opts=options).get_current_revision()


def config() -> Config:
    """Return what Alembic needs to know."""
    configured = Config()
    configured.set_main_option("script_location", str(_HERE))
    return configured


def _alone(connection: Connection) -> None:
    """Wait until nobody else migrates."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("BEGIN IMMEDIATE"))
    else:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
