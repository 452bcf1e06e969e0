"""Solves on a Ray cluster of two nodes: python -m tests.ray_cluster.

One node is killed in the middle of it; then a run is stopped; then somebody comes
without the token. Prints what was seen, as JSON.
"""

import json
import os
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from models.roster.result import Limits
from scheduler.executing import Processes, Task
from scheduler.executing.on_ray import OnRay
from scheduler.pipeline import Asked
from scheduler.samples import SAMPLES
from scheduler.whatif.changes import Changes
from scheduler.whatif.patches import patched
from scheduler.whatif.solving import WORK, Answer, answer_of, task_of

TASKS = 6


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
        there, errors = {}, []
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
        stranger = knocked(cluster.address)
    finally:
        cluster.shutdown()
    seen = {
        "here": here,
        "there": told(there),
        "errors": errors,
        "stopped": stopped,
        "helped": helped,
        "stranger": stranger,
    }
    print(json.dumps(seen))


if __name__ == "__main__":
    main()
