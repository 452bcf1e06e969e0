"""The command that serves rosters over HTTP: serve."""

from typing import Annotated

import typer

from scheduler.cli.serving import Database, SettingsFile
from scheduler.service.ending import end_now
from scheduler.service.http.running import serve as served
from scheduler.service.settings import read_settings


def serve(
    host: Annotated[
        str | None,
        typer.Option(help="Address to listen on. Default: 127.0.0.1, this machine."),
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="Default: 8000; 0: any that is free.")
    ] = None,
    database_url: Database = None,
    slots: Annotated[
        int | None,
        typer.Option(help="Jobs that it runs at a time itself; 0: other workers do."),
    ] = None,
    log_format: Annotated[str | None, typer.Option(help="json or text.")] = None,
    settings: SettingsFile = None,
) -> None:
    """Serve rosters over HTTP: an API for planners' tools and other services."""
    flags = {
        "host": host,
        "port": port,
        "database_url": database_url,
        "slots": slots,
        "log_format": log_format,
    }
    told, _ = read_settings(flags, settings)
    served(told)
    end_now()
