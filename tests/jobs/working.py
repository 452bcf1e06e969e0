"""Workers for tests: in this process, or one of their own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from scheduler.service.jobs.worker import Worker
from scheduler.service.settings import Settings

_COMMAND = "from scheduler.cli import main; raise SystemExit(main())"


@contextmanager
def working(url: str, **more: object) -> Iterator[Worker]:
    """Run a worker in this process."""
    worker = Worker(Settings(database_url=url, slots=1, drain_seconds=0, **more))
    try:
        yield worker
    finally:
        worker.close()


@contextmanager
def process_of(url: str, folder: Path, slots: int = 1) -> Iterator[psutil.Popen]:
    """Run ``ringfence worker`` in a folder of its own."""
    folder.mkdir()
    words = ["worker", "--database-url", url, "--slots", str(slots)]
    root = str(Path(__file__).parents[2])
    process = psutil.Popen(
        [sys.executable, "-c", _COMMAND, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": root},
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        if process.is_running():
            process.terminate()
        process.wait(60)
