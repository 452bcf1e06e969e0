"""The server that processes of the service are forked from."""

import os
import subprocess
import sys
from pathlib import Path

import psutil

from tests.jobs.orders import until

_STARTING = """
import time
from multiprocessing import forkserver
from scheduler.service import forking
forking.preload("takes_long")
forkserver.ensure_running()
time.sleep(30)
"""


def test_it_ends_with_who_is_killed_while_it_loads(tmp_path: Path) -> None:
    (tmp_path / "takes_long.py").write_text(
        "import pathlib, time\n"
        f"pathlib.Path({str(tmp_path / 'begun')!r}).touch()\n"
        "time.sleep(30)\n",
        encoding="utf-8",
    )
    there = os.pathsep.join([str(tmp_path), *filter(None, sys.path)])
    with subprocess.Popen(
        [sys.executable, "-c", _STARTING], env={**os.environ, "PYTHONPATH": there}
    ) as parent:
        until((tmp_path / "begun").exists)
        family = psutil.Process(parent.pid).children(recursive=True)
        parent.kill()
        assert family
        until(lambda: not any(lives(each) for each in family), 10)


def lives(process: psutil.Process) -> bool:
    """Whether a process is there, and has not ended unnoticed."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
