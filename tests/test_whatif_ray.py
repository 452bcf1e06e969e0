"""Scenarios on a Ray cluster: the same as here, though a node is lost."""

import importlib.util
import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.ray_cluster import AT_PART

pytestmark = [
    pytest.mark.ray,
    pytest.mark.skipif(
        importlib.util.find_spec("ray") is None,
        reason="nothing was solved on Ray: it is not installed",
    ),
]


@pytest.fixture(scope="module")
def seen() -> dict[str, Any]:
    """What is seen on a cluster, in a process of its own: Ray has threads."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.ray_cluster"],
        env={**os.environ, "PYTHONWARNINGS": "default"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def test_all_answers_are_those_of_this_machine_though_a_node_was_killed(
    seen: dict[str, Any],
) -> None:
    assert seen["errors"] == []
    assert len(seen["there"]) == 6
    assert seen["there"] == seen["here"]


def test_stop_reaches_who_runs_and_nobody_else_begins(seen: dict[str, Any]) -> None:
    assert set(seen["stopped"]) == {"best so far"}
    assert 1 <= len(seen["stopped"]) < 6


def test_helpers_hold_what_they_were_given(seen: dict[str, Any]) -> None:
    assert seen["helped"] == ["held a", "held b"]


def test_a_roster_ends_well_though_a_node_of_its_helpers_was_killed(
    seen: dict[str, Any],
) -> None:
    assert seen["roster"]["legal"]
    assert seen["roster"]["reason"] == "time_limit"
    assert seen["roster"]["parts"] > AT_PART


def test_nobody_comes_in_without_the_token(seen: dict[str, Any]) -> None:
    code, words = seen["stranger"]
    assert code != 0
    assert "no Ray cluster at" in words and "RAY_AUTH_TOKEN" in words
