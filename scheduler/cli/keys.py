"""The commands that make and revoke keys of the service: keys."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType
from rich.text import Text
from sqlalchemy import Engine

from scheduler.cli.output import JsonFlag, give, tell
from scheduler.cli.serving import Database, SettingsFile
from scheduler.report.words import grid
from scheduler.service.http.auth.keys import (
    KeyRecord,
    create_key,
    list_keys,
    revoke_key,
)
from scheduler.service.http.auth.principal import Scope
from scheduler.service.settings import read_settings
from scheduler.service.store.engine import open_engine
from scheduler.service.store.migrate import upgrade

keys = typer.Typer(
    help="Keys of the service: make, list, revoke.", no_args_is_help=True
)


@keys.command()
def create(
    tenant: Annotated[
        str, typer.Argument(help="Whose jobs it opens; made if it is not there.")
    ],
    name: Annotated[str, typer.Option(help="What it is for.")] = "",
    scope: Annotated[
        list[str] | None,
        typer.Option(help="calculate, rosters:read, rosters:write. Default: all."),
    ] = None,
    days: Annotated[
        float | None, typer.Option(help="After which it expires. Default: never.")
    ] = None,
    database_url: Database = None,
    settings: SettingsFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Make a key for a tenant; it is shown this once."""
    with _engine(database_url, settings) as engine:
        known = {one.value: one for one in Scope}
        wanted = scope or list(known)
        if wrong := [one for one in wanted if one not in known]:
            expected = f"must be of {', '.join(known)}, got {', '.join(wrong)}"
            raise typer.BadParameter(expected, param_hint="--scope")
        expires = None if days is None else dt.datetime.now(dt.UTC) + dt.timedelta(days)
        scopes = [known[one] for one in wanted]
        key = create_key(engine, tenant, name, scopes, expires)
    if not as_json:
        tell(["keep it: only its hash is stored"])
    give({"tenant": tenant, "key": key}, as_json=as_json, shown=lambda: [Text(key)])


@keys.command("list")
def listed(
    tenant: Annotated[str | None, typer.Argument(help="Whose. Default: all.")] = None,
    database_url: Database = None,
    settings: SettingsFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Show keys by their prefixes; the secrets are not known."""
    with _engine(database_url, settings) as engine:
        found = list_keys(engine, tenant)
    document = {"keys": [_said(key) for key in found]}
    give(document, as_json=as_json, shown=lambda: _table(found))


@keys.command()
def revoke(
    prefix: Annotated[str, typer.Argument(help="The part between the underscores.")],
    database_url: Database = None,
    settings: SettingsFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Make a key worthless, from the next request on."""
    with _engine(database_url, settings) as engine:
        revoke_key(engine, prefix)
    words = f"revoked: {prefix}"
    give({"revoked": prefix}, as_json=as_json, shown=lambda: [Text(words)])


@contextmanager
def _engine(database_url: str | None, settings: Path | None) -> Iterator[Engine]:
    """Open the database of the service, made where there is none."""
    told, _ = read_settings({"database_url": database_url}, settings)
    upgrade(told.database_url)
    engine = open_engine(told.database_url)
    try:
        yield engine
    finally:
        engine.dispose()


def _said(key: KeyRecord) -> dict[str, object]:
    return {
        name: value.isoformat() if isinstance(value, dt.datetime) else value
        for name, value in asdict(key).items()
    }


def _table(found: Sequence[KeyRecord]) -> Iterator[RenderableType]:
    table = grid()
    for name in ("prefix", "tenant", "name", "scopes", "expires", "state"):
        table.add_column(name, no_wrap=True)
    now = dt.datetime.now(dt.UTC)
    for key in found:
        over = key.expires_at is not None and key.expires_at <= now
        state = "revoked" if key.revoked_at else "expired" if over else "open"
        expires = f"{key.expires_at:%Y-%m-%d}" if key.expires_at else "never"
        cells = (key.prefix, key.tenant, key.name, ", ".join(key.scopes), expires)
        table.add_row(*(Text(cell) for cell in (*cells, state)))
    yield table
