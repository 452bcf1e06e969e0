"""Scenarios of the sample bank: how much faster on two processes, and on a cluster.

The same scenarios are solved one at a time, two at a time, and on a Ray cluster of two
nodes of which one is killed in the middle. Every solve has one worker and a work limit,
so that all three must find the same rosters. Appends a line to a file of results.
"""

import argparse
import hashlib
import json
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.studies import records
from models.roster.result import Limits
from scheduler.executing import Done, Executor, Processes, Task
from scheduler.pipeline import Asked
from scheduler.samples import SAMPLES
from scheduler.whatif.changes import Changes
from scheduler.whatif.patches import patched
from scheduler.whatif.solving import WORK, answer_of, task_of

RESULTS = records.RESULTS / "whatif.jsonl"
LONG = 3600.0  # seconds: the work limit ends a solve, not the clock


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--case", default="retail-bank", choices=sorted(SAMPLES))
    parser.add_argument("--scenarios", type=int, default=40)
    parser.add_argument("--work-limit", type=int, default=30)
    parser.add_argument("--no-ray", action="store_true", help="Only this machine.")
    asked = parser.parse_args()
    tasks = list(scenarios(asked.case, asked.scenarios, asked.work_limit))
    list(Processes(1).run(WORK, tasks[:1], threading.Event()))  # compiles what is new
    one = timed(Processes(1), tasks)
    two = timed(Processes(2), tasks)
    record = {
        **records.origin(),
        "case": asked.case,
        "scenarios": asked.scenarios,
        "work_limit": asked.work_limit,
        "seconds_one": one["seconds"],
        "seconds_two": two["seconds"],
        "speed": round(one["seconds"] / two["seconds"], 3),
        "equal_two": one["answers"] == two["answers"],
        "bytes_task": max(len(task.content) for task in tasks),
        "bytes_answer": max(two["bytes"]),
        "gaps": two["gaps"],
    }
    if not asked.no_ray:
        lost = on_ray(tasks)
        record |= {
            "seconds_ray": lost["seconds"],
            "answers_ray": len(lost["answers"]),
            "errors_ray": lost["errors"],
            "equal_ray": lost["answers"] == one["answers"],
        }
    records.append(RESULTS, record)
    print(json.dumps(record))


def scenarios(case: str, count: int, work: int) -> Iterator[Task]:
    """Yield the tasks of a case with more and more calls and cases."""
    plan = SAMPLES[case]()
    asked = Asked(limits=Limits(LONG, 0.0, 0, 1, work))
    for n in range(count):
        change = f"{n - count // 2:+d}%"
        changes = Changes.model_validate({"calls": change, "inflow": change})
        yield task_of(patched(plan, changes), asked)


def timed(
    executor: Executor, tasks: list[Task], then: Callable[[int], None] = lambda n: None
) -> dict[str, Any]:
    """Return what comes of tasks, and the seconds that it takes.

    ``then`` is called with how many are there, after each.
    """
    begun = time.monotonic()
    found = list[Done]()
    for done in executor.run(WORK, tasks, threading.Event()):
        found.append(done)
        then(len(found))
    seconds = round(time.monotonic() - begun, 2)
    told = {d.key: answer_of(d.content) for d in found if d.content is not None}
    return {
        "seconds": seconds,
        "answers": {
            key: [
                one.result.objective,
                one.result.bound,
                digest(one.files["roster.csv"] + one.files["activities.csv"]),
            ]
            for key, one in told.items()
        },
        "errors": [d.error for d in found if d.content is None],
        "bytes": [len(d.content) for d in found if d.content is not None],
        "gaps": [one.result.gap for one in told.values()],
    }


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def on_ray(tasks: list[Task]) -> dict[str, Any]:
    """Solve on a cluster of two nodes, one of which is killed halfway."""
    os.environ["RAY_AUTH_MODE"] = "token"
    os.environ["RAY_AUTH_TOKEN"] = secrets.token_hex(32)
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"  # all on the loopback
    from ray.cluster_utils import Cluster

    from scheduler.executing.on_ray import OnRay

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0})
    try:
        nodes = [cluster.add_node(num_cpus=1) for _ in range(2)]

        def kill(answers: int) -> None:
            if answers == len(tasks) // 2:
                cluster.remove_node(nodes[1], allow_graceful=False)

        return timed(OnRay(cluster.address), tasks, kill)
    finally:
        cluster.shutdown()


if __name__ == "__main__":
    main()
