"""The way to the database."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from models.errors import InvalidInput

_BUSY_MS = 30_000
#: A machine that is gone is noticed within some seconds.
_KEEPALIVE = {
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "options": "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 "
    "-c tcp_keepalives_count=3",
}


def database_url(text: str) -> URL:
    """Return the address of a database; raise ``InvalidInput`` if it is no such."""
    try:
        url = make_url(text)
    except ArgumentError:
        raise InvalidInput("database_url: no address of a database") from None
    kind = url.get_backend_name()
    if kind == "sqlite" and url.database not in (None, "", ":memory:"):
        return url.set(drivername="sqlite")
    if kind == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    raise InvalidInput(
        "database_url: must be sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"
    )


def open_engine(text: str) -> Engine:
    """Return the engine of a database; SQLite's writes are seen while others read."""
    url = database_url(text)
    if url.drivername != "sqlite":
        return create_engine(
            url, pool_pre_ping=True, pool_size=10, connect_args=_KEEPALIVE
        )
    engine = create_engine(url, pool_size=10)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def copy_sqlite(engine: Engine, to: Path) -> None:
    """Copy a database of SQLite as it is at one moment, whoever writes meanwhile."""
    partial = to.with_name(f".{to.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        with engine.connect() as connection, closing(sqlite3.connect(partial)) as copy:
            source: Any = connection.connection.driver_connection
            source.backup(copy)
        partial.replace(to)
    finally:
        partial.unlink(missing_ok=True)


def _prepare_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    """Wait for other writers; lock before the first write; leave nothing erased."""
    connection.isolation_level = "IMMEDIATE"
    connection.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA secure_delete=ON")
