"""The blending trap: the same people, calls and cases with and without blocks.

Rosters the bank and a centre, plays each with ring-fenced blocks, with cases between
calls, and with cases while more than a reserve of people are free. Appends lines to
``results/blending.jsonl``; ``plots.py`` draws them.
"""

import argparse
import json
import os
from collections.abc import Iterator
from typing import Any

import records
from records import BLENDING

from models.roster.result import Limits, Roster
from scheduler.bench import case_named
from scheduler.pipeline import Asked, Prepared, build, prepare_made
from scheduler.simulating import Blend, Wanted, simulate

CASES = ("retail-bank", "centre-60-different")
RESERVES = (1, 2, 3, 4, 5, 6, 8)
RESUME = (0, 15, 30, 60, 120)  # seconds to find back after a call


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", nargs="+", default=CASES)
    parser.add_argument("--time-limit", type=float, default=60)
    parser.add_argument("--replications", type=int, default=200)
    asked = parser.parse_args()
    for name in asked.cases:
        prepared = prepare_made(case_named(name).plan())
        limits = Limits(asked.time_limit, 0.01, 0, os.cpu_count() or 1)
        result = build(prepared, Asked(limits=limits)).result
        if result.roster is None:
            raise SystemExit(f"{name}: no roster in {asked.time_limit} s")
        for wanted in manners(asked.replications):
            told = played(prepared, result.roster, wanted)
            record = {
                **records.origin(),
                "case": name,
                "time_limit": asked.time_limit,
                "replications": asked.replications,
                **told,
            }
            records.append(BLENDING, record)
            print(json.dumps(told | {"queues": None, "days": None}), flush=True)


def manners(replications: int) -> Iterator[Wanted]:
    """Yield in which manners cases get their time."""
    yield Wanted(replications)
    for seconds in RESUME:
        yield Wanted(replications, blend=Blend.BETWEEN_CALLS, resume=seconds)
    for reserve in RESERVES:
        yield Wanted(replications, blend=Blend.THRESHOLD, reserve=reserve)


def played(prepared: Prepared, roster: Roster, wanted: Wanted) -> dict[str, Any]:
    """Return what comes of calls and cases in one manner."""
    found = simulate(prepared, roster, wanted)
    offered = sum(queue.total.offered for queue in found.queues)
    level = sum(
        queue.total.offered * (queue.total.service_level.mean or 0.0)
        for queue in found.queues
    )
    return {
        "blend": wanted.blend.value,
        "reserve": wanted.reserve,
        "resume": wanted.resume,
        "service_level": level / offered,
        "late_cases": sum(kind.breaches.mean or 0.0 for kind in found.case_types),
        "half": sum(kind.breaches.half or 0.0 for kind in found.case_types),
        "due": sum(day.due for kind in found.case_types for day in kind.days),
        "kept": found.kept,
        "queues": {q.queue: q.total.service_level.mean for q in found.queues},
        "days": {
            kind.case_type: [day.overdue.mean for day in kind.days]
            for kind in found.case_types
        },
    }


if __name__ == "__main__":
    main()
