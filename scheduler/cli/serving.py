"""The command that runs jobs of the service: worker."""

import signal
import threading
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer
from prometheus_client import CollectorRegistry, start_http_server

from scheduler.cli.output import tell
from scheduler.service.ending import LEAVE_SECONDS, end_now, end_within
from scheduler.service.jobs.children import preload
from scheduler.service.jobs.worker import Worker
from scheduler.service.logs import configure_logs
from scheduler.service.scratch import scratch
from scheduler.service.settings import Settings, read_settings
from scheduler.service.store.migrate import upgrade
from scheduler.service.tracing import set_up_tracing

Database = Annotated[
    str | None,
    typer.Option(metavar="URL", help="sqlite:///FILE or postgresql://..."),
]
SettingsFile = Annotated[
    Path | None,
    typer.Option("--settings", metavar="FILE", help="Default: ringfence.toml."),
]


def worker(
    database_url: Database = None,
    slots: Annotated[
        int | None, typer.Option(min=1, help="Jobs at a time, of every worker.")
    ] = None,
    memory_mb: Annotated[
        int | None, typer.Option(metavar="MB", help="Memory that a job may take.")
    ] = None,
    settings: SettingsFile = None,
) -> None:
    """Run jobs of the service, until it is told to end."""
    flags = {"database_url": database_url, "slots": slots, "memory_mb": memory_mb}
    told, _ = read_settings(flags, settings)
    if told.slots == 0:
        raise typer.BadParameter("must be >= 1 for a worker", param_hint="--slots")
    configure_logs(told)
    if told.is_sqlite:
        upgrade(told.database_url)
    end = threading.Event()

    def ended(signum: int, frame: FrameType | None) -> None:
        if not end.is_set():
            end_within(told.drain_seconds + LEAVE_SECONDS)
        end.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ended)
    with scratch():
        preload()
        if told.tracing:
            set_up_tracing()
        running = Worker(told, _figures(told))
        tell([f"worker {running.name} runs {told.slots} jobs at a time"])
        end.wait()
        running.close()
    end_now()


def _figures(settings: Settings) -> CollectorRegistry:
    """Return where figures are kept; they are served on a port of their own."""
    registry = CollectorRegistry()
    if settings.metrics_port is not None:
        try:
            start_http_server(settings.metrics_port, "127.0.0.1", registry)
        except OSError as error:
            tell([f"no metrics on port {settings.metrics_port}: {error.strerror}"])
    return registry
