"""The commands about the database of the service: db upgrade, purge, erase."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from scheduler.cli.output import tell
from scheduler.cli.serving import Database, SettingsFile
from scheduler.report.words import plural
from scheduler.service.jobs.dbos_backend import DbosBackend
from scheduler.service.jobs.retention import erase_agent
from scheduler.service.settings import Settings, read_settings
from scheduler.service.store import migrate
from scheduler.service.store.engine import copy_sqlite, open_engine

db = typer.Typer(help="The service's database.", no_args_is_help=True)


@db.command()
def upgrade(database_url: Database = None, settings: SettingsFile = None) -> None:
    """Make the tables, or bring them to the version of this program."""
    told, _ = read_settings({"database_url": database_url}, settings)
    migrate.upgrade(told.database_url)
    shown = make_url(told.database_url).render_as_string(hide_password=True)
    tell([f"{shown} is up to date"])


@db.command()
def purge(
    days: Annotated[
        float | None,
        typer.Option(min=0, help="Default: retention_days of the settings."),
    ] = None,
    database_url: Database = None,
    settings: SettingsFile = None,
) -> None:
    """Erase jobs that ended so many days ago, with all that they have."""
    told, _ = read_settings({"database_url": database_url}, settings)
    kept = told.retention_days if days is None else days
    before = dt.datetime.now(dt.UTC) - dt.timedelta(days=kept)
    with _opened(told) as engine:
        backend = DbosBackend(engine)
        count = backend.purge(before)
        backend.close()
    tell([f"{plural(count, 'job')} erased"])


@db.command()
def erase(
    agent: Annotated[str, typer.Option(metavar="ID", help="The agent's id.")],
    tenant: Annotated[str, typer.Option(help="Whose plans.")],
    database_url: Database = None,
    settings: SettingsFile = None,
) -> None:
    """Erase an agent's name from all that is kept of a tenant; the id stays."""
    told, _ = read_settings({"database_url": database_url}, settings)
    with _opened(told) as engine:
        erased = erase_agent(engine, tenant, agent)
    tell([f"erased in {plural(erased.jobs, 'job')}"])
    if erased.under_way:
        tell([f"{plural(erased.under_way, 'job')} under way: ask again"])


@db.command()
def backup(
    to: Annotated[Path, typer.Argument(metavar="FILE", help="The copy to write.")],
    database_url: Database = None,
    settings: SettingsFile = None,
) -> None:
    """Copy a database of SQLite, while it is used; PostgreSQL has pg_dump."""
    told, _ = read_settings({"database_url": database_url}, settings)
    if not told.is_sqlite:
        raise typer.BadParameter(
            "is PostgreSQL's: use pg_dump", param_hint="--database-url"
        )
    if to.exists():
        raise typer.BadParameter(f"{to} is there already", param_hint="FILE")
    with _opened(told) as engine:
        copy_sqlite(engine, to)
    tell([f"{to} written"])


@contextmanager
def _opened(settings: Settings) -> Iterator[Engine]:
    """Give the database, if it is of this version."""
    engine = open_engine(settings.database_url)
    try:
        migrate.refuse_old(engine)
        yield engine
    finally:
        engine.dispose()
