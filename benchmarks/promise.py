"""Does a roster keep its promise: service level by day, promised and simulated.

Generated centres of 10 to 500 agents with one queue each (or two, ``--queues 2``) of
different patience, handle time, absence and certainty of the forecast; loads move, the
level is wanted in every interval. Appends a line for each to ``results/promise.jsonl``
and prints a table.
"""

import argparse
import os
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import records
from records import PROMISE

from models.roster.result import Limits
from scheduler.domain import MovingLoad, Plan
from scheduler.pipeline import Asked, build, prepare_made
from scheduler.rosters.simulated import DayCalls
from scheduler.samples.centre import centre
from scheduler.simulating import Wanted, simulate

SMALL = (10, 12, 15, 20, 25, 30, 40, 50, 60, 80)
SIZES = (*SMALL, 100, 120, 150, 180, 200, 250, 300, 350, 400, 500)
PATIENCE = (None, 60.0, 120.0, 180.0, 300.0)
ABSENT, UNSURE, LONGER = (0.0, 0.03, 0.06, 0.08), (0.0, 0.05, 0.1), (0.6, 1.0, 2.0)
POINTS = 0.02  # that a day may be off


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--queues", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--time-limit", type=float, default=30)
    parser.add_argument("--replications", type=int, default=200)
    asked = parser.parse_args()
    print(
        "| agents | patience | absent | forecast cv | handle | days within | largest |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- |")
    every = []
    for agents in asked.sizes:
        plan = varied(agents, asked.queues, asked.seed)
        days = list(gaps(plan, asked.time_limit, asked.replications))
        every += days
        tell(agents, plan, days)
        record = {
            **records.origin(),
            **vars(asked),
            "sizes": agents,
            "days": days,
        }
        records.append(PROMISE, record)
    print(f"{within(every):.1%} of {len(every)} days within {100 * POINTS:g} points")


def varied(agents: int, queues: int, seed: int) -> Plan:
    """Return a centre whose callers, people and forecast are drawn for its size."""
    rng = np.random.default_rng([seed, agents, queues])
    plan = centre(agents, load=0.88, queues=queues, seed=seed)
    longer = float(rng.choice(LONGER))
    changed = {
        "moving_load": MovingLoad.MODIFIED,
        "patience_seconds": PATIENCE[rng.integers(len(PATIENCE))],
        "unplanned_shrinkage": float(rng.choice(ABSENT)),
        "forecast_cv": float(rng.choice(UNSURE)),
    }
    calls = [
        row.model_copy(
            update={
                "handle_seconds": row.handle_seconds * longer,
                "calls": row.calls / longer,
            }
        )
        for row in plan.calls
    ]
    return plan.model_copy(
        update={
            "queues": [queue.model_copy(update=changed) for queue in plan.queues],
            "calls": calls,
        }
    )


def gaps(plan: Plan, seconds: float, replications: int) -> Iterator[dict[str, Any]]:
    """Yield what is promised and simulated of each queue and day."""
    prepared = prepare_made(plan)
    outcome = build(
        prepared, Asked(limits=Limits(seconds, 0.01, 0, os.cpu_count() or 1))
    )
    if outcome.result.roster is None:
        raise SystemExit(f"{plan.name}: no roster in {seconds} s")
    found = simulate(prepared, outcome.result.roster, Wanted(replications=replications))
    for queue in found.queues:
        for day in queue.days:
            if day.promised is not None and day.service_level.mean is not None:
                yield {"queue": queue.queue, "day": str(day.date), **_levels(day)}


def _levels(day: DayCalls) -> dict[str, float | None]:
    return {
        "promised": day.promised,
        "simulated": day.service_level.mean,
        "half": day.service_level.half,
    }


def off(day: dict[str, Any]) -> float:
    """Return by how much a day is off; simulated less promised."""
    return float(day["simulated"] - day["promised"])


def within(days: Sequence[dict[str, Any]]) -> float:
    """Return the share of days that are near enough."""
    return sum(abs(off(day)) <= POINTS for day in days) / max(1, len(days))


def tell(agents: int, plan: Plan, days: Sequence[dict[str, Any]]) -> None:
    """Print a row of the table."""
    queue = plan.queues[0]
    handle = sum(row.calls * row.handle_seconds for row in plan.calls)
    handle /= sum(row.calls for row in plan.calls)
    largest = max((off(day) for day in days), key=abs, default=0.0)
    cells = (
        agents,
        f"{queue.patience_seconds or 0:.0f} s" if queue.patience_seconds else "endless",
        f"{queue.unplanned_shrinkage:.0%}",
        queue.forecast_cv,
        f"{handle:.0f} s",
        f"{within(days):.0%}",
        f"{100 * largest:+.1f}",
    )
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


if __name__ == "__main__":
    main()
