"""The blending trap: the same people, calls and cases with and without blocks.

Rosters the bank and a centre, plays each with ring-fenced blocks, with cases between
calls, and with cases while more than a reserve of people are free; with the calls that
were forecast, and with more. Appends lines to ``blending.jsonl``; ``trade_off.py``
draws them.
"""

import argparse
import os
from collections.abc import Iterator
from typing import Any

from benchmarks.studies import records
from benchmarks.studies.records import BLENDING
from models.roster.result import Limits, Roster
from scheduler.bench import case_named
from scheduler.pipeline import Asked, Prepared, build, prepare_made
from scheduler.simulating import Blend, Wanted, simulate

CASES = ("retail-bank", "centre-60-different")
RESERVES = (1, 2, 3, 4, 5, 6, 8)
RESUME = (0, 60, 120)  # seconds to find back after a call
MORE = (1.0, 1.1, 1.2, 1.3)  # calls / forecast
SURE = 0.9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", nargs="+", default=CASES)
    parser.add_argument("--time-limit", type=float, default=60)
    parser.add_argument("--replications", type=int, default=200)
    asked = parser.parse_args()
    for name in asked.cases:
        plan = case_named(name).plan()
        for confidence in (None, SURE):
            rules = plan.rules.model_copy(update={"case_confidence": confidence})
            prepared = prepare_made(plan.model_copy(update={"rules": rules}))
            limits = Limits(asked.time_limit, 0.01, 0, os.cpu_count() or 1)
            roster = build(prepared, Asked(limits=limits)).result.roster
            if roster is None:
                raise SystemExit(f"{name}: no roster in {asked.time_limit} s")
            for more, wanted in manners(asked.replications, confidence):
                record = {
                    **records.origin(),
                    "case": name,
                    "confidence": confidence,
                    "time_limit": asked.time_limit,
                    "replications": asked.replications,
                    "calls": more,
                    **played(with_calls(prepared, more), roster, wanted),
                }
                records.append(BLENDING, record)
                tell(record)


def manners(
    replications: int, confidence: float | None
) -> Iterator[tuple[float, Wanted]]:
    """Yield how many call over the forecast, and how cases get their time."""
    for more in MORE:
        yield more, Wanted(replications)
        if confidence is None:
            for seconds in RESUME:
                yield (
                    more,
                    Wanted(replications, blend=Blend.BETWEEN_CALLS, resume=seconds),
                )
    if confidence is None:
        for reserve in RESERVES:
            yield 1.0, Wanted(replications, blend=Blend.THRESHOLD, reserve=reserve)


def with_calls(prepared: Prepared, more: float) -> Prepared:
    """Return the plan with so many times as many calls."""
    plan = prepared.translation.plan
    rows = [row.model_copy(update={"calls": more * row.calls}) for row in plan.calls]
    return prepare_made(plan.model_copy(update={"calls": rows}))


def tell(record: records.Record) -> None:
    """Print a line of what came of it."""
    print(
        record["case"],
        f"confidence {record['confidence']}, calls x {record['calls']}:",
        f"{record['blend']}, reserve {record['reserve']}, {record['resume']} s:",
        f"{record['service_level']:.1%} in time, {record['late_cases']:.0f} of "
        f"{record['due']:.0f} cases late",
        flush=True,
    )


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
