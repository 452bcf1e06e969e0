"""Solves on a Ray cluster of two nodes: python -m tests.ray_cluster.

One node is killed in the middle of it; then a run is stopped; then a large roster is
built with helpers, whose node is killed; then somebody comes without the token. Prints
what was seen, as JSON.
"""

import json
import os
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.roster import check
from models.roster.cpsat.elsewhere import HELD
from models.roster.cpsat.improve import Improver
from models.roster.helpers import Helpers
from models.roster.result import Limits
from models.roster.track import Track
from scheduler.executing import Processes, Task
from scheduler.executing.on_ray import OnRay
from scheduler.pipeline import Asked
from scheduler.preparing import prepare_made
from scheduler.samples import SAMPLES
from scheduler.whatif.changes import Changes
from scheduler.whatif.patches import patched
from scheduler.whatif.solving import WORK, Answer, answer_of, task_of

TASKS = 6
AT_PART = 7  # a node is killed
ROSTER_SECONDS = 20.0


def tasks(limits: Limits) -> list[Task]:
    plan = SAMPLES["tiny"]()
    changes = [Changes.model_validate({"calls": f"+{5 * n}%"}) for n in range(TASKS)]
    return [task_of(patched(plan, each), Asked("auto", limits)) for each in changes]


def told(answers: dict[str, Answer]) -> dict[str, Any]:
    """Return what must not depend on where a scenario was solved."""
    return {
        key: [
            one.result.objective,
            one.result.bound,
            one.files["roster.csv"],
            one.files["activities.csv"],
        ]
        for key, one in answers.items()
    }


def waited(ray: OnRay) -> list[str | None]:
    """Return what tasks answer that are told to stop once one of them runs."""
    stop = threading.Event()
    with tempfile.TemporaryDirectory() as folder:

        def watch() -> None:
            while not any(Path(folder).iterdir()):
                time.sleep(0.1)
            stop.set()

        threading.Thread(target=watch, daemon=True).start()
        waiting = [Task(str(n), folder.encode()) for n in range(TASKS)]
        found = ray.run("tests.works:wait", waiting, stop)
        return [(one.content or b"").decode() or one.error for one in found]


def built(ray: OnRay, kill: Callable[[], None]) -> dict[str, Any]:
    """Return what comes of a roster in the middle of which a node is killed."""
    problem = prepare_made(SAMPLES["tiny"]()).problem
    parts: list[str] = []

    @dataclass
    class Watched:
        helpers: Helpers

        @property
        def width(self) -> int:
            return self.helpers.width

        def submit(self, work: str, content: bytes) -> "Future[bytes]":
            if content:
                parts.append(work)
                if len(parts) == AT_PART:
                    kill()
            return self.helpers.submit(work, content)

    with ray.helpers(HELD, b"") as helpers:
        improver = Improver(
            problem,
            Limits(ROSTER_SECONDS, workers=1),
            Track(),
            None,
            None,
            Watched(helpers),
        )
        while improver.elsewhere is None or not improver.elsewhere.width:
            time.sleep(0.1)
        improver.track.since = time.monotonic()
        reason = improver.search()
    roster = improver.state.roster()
    return {
        "reason": reason.value,
        "parts": len(parts),
        "legal": roster is not None and not check.violations(problem, roster),
    }


def knocked(address: str) -> list[object]:
    """Return exit code and words of somebody who comes with another token."""
    code = (
        "import threading; from scheduler.executing.on_ray import OnRay\n"
        f"list(OnRay({address!r}).run('', [], threading.Event()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "RAY_AUTH_TOKEN": secrets.token_hex(32)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return [done.returncode, done.stderr[-2000:]]


def main() -> None:
    os.environ["RAY_AUTH_MODE"] = "token"
    os.environ["RAY_AUTH_TOKEN"] = secrets.token_hex(32)
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"  # all on the loopback
    from ray.cluster_utils import Cluster

    repeatable = tasks(Limits(60, 0.01, 0, 1, 2))
    local = Processes(1).run(WORK, repeatable, threading.Event())
    here = told({one.key: answer_of(one.content or b"") for one in local})
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0})
    try:
        nodes = [cluster.add_node(num_cpus=1) for _ in range(2)]
        ray = OnRay(cluster.address)
        there: dict[str, Answer] = {}
        errors: list[str | None] = []
        for one in ray.run(WORK, repeatable, threading.Event()):
            if not there:
                cluster.remove_node(nodes[1], allow_graceful=False)
            if one.content is None:
                errors.append(one.error)
            else:
                there[one.key] = answer_of(one.content)
        stopped = waited(ray)
        with ray.helpers("builtins:bytes", b"held ") as helpers:
            asked = [helpers.submit("operator:add", word) for word in (b"a", b"b")]
            helped = [one.result(60).decode() for one in asked]
        nodes[1] = cluster.add_node(num_cpus=1)
        roster = built(ray, lambda: cluster.remove_node(nodes[1], allow_graceful=False))
        stranger = knocked(cluster.address)
    finally:
        cluster.shutdown()
    seen = {
        "here": here,
        "there": told(there),
        "errors": errors,
        "stopped": stopped,
        "helped": helped,
        "roster": roster,
        "stranger": stranger,
    }
    print(json.dumps(seen))


if __name__ == "__main__":
    main()
