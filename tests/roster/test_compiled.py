"""Machine code: what Python may call of it, and the time it takes to make."""

import ast
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.roster.columns import kernels, warm
from models.roster.result import Limits, Progress, Status, StopReason
from models.roster.solve import solve
from tests.roster.builders import agent, problem

ROOT = Path(__file__).parents[2]
KERNELS = kernels.__name__
FOLDER = Path(*KERNELS.split("."))
FOLDERS = ("models", "scheduler", "tests", "benchmarks")
STOPPED = """
import threading
from models.roster.columns import warm
from models.roster.result import Limits
from models.roster.solve import solve
from tests.roster.builders import agent, problem

stop, phases = threading.Event(), []
warm._QUIET_SECONDS = 0

def watch(progress):
    phases.append(progress.phase)
    stop.set()

result = solve(problem(agents=[agent("Ann")]), limits=Limits(1), watch=watch, stop=stop)
print(*phases, result.status, result.stop_reason, result.roster)
"""


def test_only_entries_are_called_from_python() -> None:
    """What has no way in from Python ends the process when it is called."""
    called = set(_imported())
    assert called
    assert called <= set(_entries())


def _imported() -> Iterator[str]:
    """Names of functions that modules beside the kernels import from them."""
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*.py"):
            if (ROOT / FOLDER) in path.parents:
                continue
            text = path.read_text("utf-8")
            if KERNELS not in text:  # most: to parse them all takes seconds
                continue
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.ImportFrom) and _is_kernel(node.module):
                    names = (alias.name for alias in node.names)
                    yield from (name for name in names if name.islower())


def _is_kernel(module: str | None) -> bool:
    return module is not None and module.startswith(f"{KERNELS}.")


def _entries() -> Iterator[str]:
    for path in (ROOT / FOLDER).glob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                marks = [ast.unparse(mark) for mark in node.decorator_list]
                if "entry" in marks:
                    yield node.name


def test_while_it_is_compiled_that_is_told_and_can_be_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stop, phases = threading.Event(), []
    monkeypatch.setattr(warm, "_QUIET_SECONDS", 0)
    monkeypatch.setattr(warm, "_jobs", {})
    monkeypatch.setattr(warm, "_solve", lambda made: stop.wait(60))

    def watch(told: Progress) -> None:
        phases.append(told.phase)
        stop.set()

    asked = problem(agents=[agent("Ann")])
    result = solve(asked, limits=Limits(1), watch=watch, stop=stop)
    assert phases == [warm.COMPILING]
    assert (result.status, result.roster) == (Status.UNKNOWN, None)
    assert result.stop_reason is StopReason.STOPPED


@pytest.mark.full
def test_compiling_is_told_and_can_be_stopped(tmp_path: Path) -> None:
    """Without machine code there is neither a roster nor a time limit yet."""
    ran = subprocess.run(
        [sys.executable, "-c", STOPPED],
        cwd=ROOT,
        env={**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout.split() == ["compiling", "unknown", "stopped", "None"], ran.stderr
    assert ran.returncode == 0
