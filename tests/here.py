"""Solves of commands in this process: beginning another takes longer than solving."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from scheduler.executing.here import Here


@contextmanager
def solved_here() -> Iterator[None]:
    """Let commands that solve many plans do so one after the other."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("scheduler.cli.executors.OnProcesses", lambda *_: Here())
        yield
