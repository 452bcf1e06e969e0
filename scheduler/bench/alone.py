"""Runs of a grid, each in a process of its own that cannot do harm."""

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from datetime import UTC, datetime
from typing import IO

import psutil

from scheduler.bench.errors import kept
from scheduler.bench.grid import Record, Wanted
from scheduler.bench.memory import MB

PATIENCE = 2.0  # times the time limit, and
GRACE = 90.0  # seconds, after which a run that does not end is ended
SHARE = 0.8  # of the machine's memory that a run may have
_LOOKS = 0.1  # seconds between looks at its memory


def most_megabytes() -> float:
    """Return the memory that a run may have unless another is asked for."""
    return SHARE * psutil.virtual_memory().total / MB


def measured(asked: Wanted, megabytes: float | None = None) -> Record:
    """Return what is kept of a run; one that fails is kept, too, with its ``error``.

    A run is ended that needs more memory than ``megabytes``, or far more time than its
    limit.
    """
    date = datetime.now(UTC).isoformat(timespec="seconds")
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        child = subprocess.Popen(
            [sys.executable, "-m", "scheduler.bench.child"],
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=err,
            text=True,
        )
        try:
            ended = _watched(child, asked, megabytes or most_megabytes())
        finally:
            _end(child)
        answer = {"error": ended} if ended else _answer(_text(out), _text(err))
    record = {"date": date, **asdict(asked), "exit_code": child.returncode}
    return record | answer | {"case": asked.case}


def _watched(child: subprocess.Popen[str], asked: Wanted, megabytes: float) -> str:
    """Wait for a run; return why it had to be ended, empty where it ended itself."""
    if child.stdin is not None:
        json.dump(asdict(asked), child.stdin)
        child.stdin.close()
    process = psutil.Process(child.pid)
    last = time.monotonic() + PATIENCE * asked.time_limit + GRACE
    while child.poll() is None:
        if _megabytes(process) > megabytes:
            return f"ended: more than {megabytes:,.0f} MB of memory"
        if time.monotonic() > last:
            return f"ended: no end of it, with a limit of {asked.time_limit:g} s"
        time.sleep(_LOOKS)
    return ""


def _megabytes(process: psutil.Process) -> float:
    try:
        family = [process, *process.children(recursive=True)]
        return sum(each.memory_info().rss for each in family) / MB
    except psutil.Error:
        return 0.0


def _end(child: subprocess.Popen[str]) -> None:
    """End a run and what it has started, if it has not ended by itself."""
    if child.poll() is None:
        for each in psutil.Process(child.pid).children(recursive=True):
            each.kill()
        child.kill()
    child.wait()


def _answer(out: str, err: str) -> Record:
    """Return the figures of a run, or what went wrong."""
    try:
        answer: Record = json.loads(out)
    except json.JSONDecodeError:
        return {"error": kept(err or out or "it ended without a word")}
    if "error" in answer:
        answer["error"] = kept(answer["error"])
    return answer


def _text(file: IO[str]) -> str:
    file.seek(0)
    return file.read()
