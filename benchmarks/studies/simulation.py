"""The simulator: calls a second in one thread, and the week of a roster 200 times.

Writes a line to ``simulation.jsonl`` and prints it. The roster is made first
unless a folder is given that ``ringfence roster`` wrote for ``--case``.
"""

import argparse
import json
import os
import resource
import time
from typing import Any

import numpy as np

from benchmarks.studies import records
from models.roster.result import Limits
from models.simulation import Centre, QueueModel, StaffModel, drawn, played
from models.simulation.world import EVENT
from scheduler.bench import case_named
from scheduler.pipeline import Asked, build, prepare_made
from scheduler.simulating import Wanted, simulate

RESULTS = records.RESULTS / "simulation.jsonl"
CALLS, HANDLE, AGENTS = 2_000_000, 300.0, 500
LOAD = 480.0  # erlangs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--case", default="centre-1000-different")
    parser.add_argument("--replications", type=int, default=200)
    parser.add_argument("--time-limit", type=float, default=60)
    asked = parser.parse_args()
    record = {
        **records.origin(),
        **single_queue(),
        **weeks(asked.case, asked.replications, asked.time_limit),
    }
    records.append(RESULTS, record)
    print(json.dumps(record, indent=2))


def single_queue() -> dict[str, Any]:
    """Measure one queue with 500 agents, draws and play, in one thread."""
    hours = round(CALLS / (LOAD * 3600 / HANDLE))
    staff = StaffModel(
        events=np.array([(0.0, a, 1, 0, 0.0) for a in range(AGENTS)], dtype=EVENT),
        pools=np.array([-1]),
        serves=np.ones((1, 1), dtype=np.int8),
        queue_speed=np.ones((AGENTS, 1)),
        kind_speed=np.ones((AGENTS, 0)),
        shift_agent=np.zeros(1, dtype=np.int64),
        shift_day=np.zeros(1, dtype=np.int64),
        absence=np.zeros(1),
    )
    queue = QueueModel(
        "calls", np.full(hours, LOAD * 3600 / HANDLE), np.full(hours, HANDLE)
    )
    centre = Centre(3600.0, np.array([0.0, hours * 3600.0]), (queue,), (), staff)
    played(centre, drawn(centre, 0, 0))  # loads the machine code
    begun = time.perf_counter()
    chance = drawn(centre, 0, 1)
    between = time.perf_counter()
    played(centre, chance)
    end = time.perf_counter()
    number = len(chance.calls)
    return {
        "single_queue_calls": number,
        "calls_a_second": round(number / (end - begun)),
        "calls_a_second_without_draws": round(number / (end - between)),
    }


def weeks(case: str, replications: int, seconds: float) -> dict[str, Any]:
    """Measure the week of a roster, with all that is told of it."""
    prepared = prepare_made(case_named(case).plan())
    workers = os.cpu_count() or 1
    outcome = build(prepared, Asked(limits=Limits(seconds, 0.01, 0, workers)))
    roster = outcome.result.roster
    if roster is None:
        raise SystemExit(f"{case}: no roster in {seconds} s")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    found = simulate(prepared, roster, Wanted(replications=replications))
    took = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "case": case,
        "replications": replications,
        "calls": found.calls,
        "seconds": round(took, 2),
        "peak_mb": round(peak / 1024),
        "peak_mb_of_the_roster": round(before / 1024),
    }


if __name__ == "__main__":
    main()
