"""Many sites on a Ray cluster that the command begins: the same as here."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scheduler.cli import ExitCode, main
from tests.test_sites import command, written

pytestmark = [
    pytest.mark.ray,
    pytest.mark.skipif(
        importlib.util.find_spec("ray") is None,
        reason="no sites were solved on Ray: it is not installed",
    ),
]
RUN = "from scheduler.cli import main; raise SystemExit(main())"
_OF_THE_MACHINE = ("seconds", "megabytes")


def told(folder: Path) -> dict[str, Any]:
    """Return what must not depend on where sites were solved."""
    found: dict[str, Any] = json.loads((folder / "results.json").read_text("utf-8"))
    for one in (*found["sites"], found["total"]):
        for name in _OF_THE_MACHINE:
            del one[name]
    return found


def test_sites_have_the_rosters_and_bounds_that_they_have_here(tmp_path: Path) -> None:
    folder, here, there = (tmp_path / name for name in ("in", "here", "there"))
    written(folder)
    # A process of its own: Ray has threads, and warns of them.
    done = subprocess.run(
        [sys.executable, "-c", RUN, *command(folder, there, "--executor", "ray")],
        env={**os.environ, "PYTHONWARNINGS": "default"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == ExitCode.DONE, done.stderr[-3000:]
    assert main(command(folder, here)) == ExitCode.DONE
    assert told(there) == told(here)
    tables = [path.relative_to(here) for path in here.rglob("*.csv")]
    assert len(tables) > 3 * 2
    for table in tables:
        if table.name != "sites.csv":  # it has seconds
            assert (there / table).read_bytes() == (here / table).read_bytes()
