"""Measure what a service level for the day or week saves against one for intervals.

The same plans, rostered with each scope of the service level, one after the other.
"""

import argparse
import json

from benchmarks.studies import records
from models.roster import check
from models.roster.problem import UNIT
from models.roster.result import Limits
from models.roster.solve import solve
from scheduler.bench.cases import case_named
from scheduler.domain import Plan, Scope
from scheduler.rosters.measure import measure
from scheduler.rosters.outlook import outlook
from scheduler.rosters.record import versions
from scheduler.translate import translate

RESULTS = records.RESULTS / "scopes.json"
CASES = (
    ("retail-bank", None),
    ("centre-24-different", 1.0),
    ("centre-200-different", 1.0),
    ("centre-1000-different", 1.0),
    ("centre-1000-hard", 1.0),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    rows = []
    for name, load in CASES:
        plan = case_named(name).plan(load, asked.seed if load else 0)
        for scope in Scope:
            limits = Limits(seconds=asked.seconds, seed=asked.seed, workers=2)
            row = {"case": name, "load": load, **rostered(plan, scope, limits)}
            print(json.dumps(row), flush=True)
            rows.append(row)
    record = {"seconds": asked.seconds, "seed": asked.seed, "versions": versions()}
    RESULTS.write_text(json.dumps({**record, "rows": rows}, indent=2) + "\n")


def rostered(plan: Plan, scope: Scope, limits: Limits) -> dict[str, object]:
    """Return what a plan's roster costs and gives where all queues have a scope."""
    queues = [
        queue.model_copy(update={"service_level_scope": scope}) for queue in plan.queues
    ]
    made = translate(plan.model_copy(update={"queues": queues}))
    found = solve(made.problem, "columns", limits)
    if found.roster is None or found.bound is None:
        raise SystemExit(f"no roster: {found.status}")
    parts = check.objective(made.problem, found.roster)
    cost = sum(parts.values())
    seen = measure(made, found.roster, outlook(made, found.roster))
    alone = [queue for queue in seen.queues if "+" not in queue.queue]
    levels = [
        day.service_level
        for queue in alone
        for day in queue.days
        if day.service_level is not None
    ]
    return {
        "scope": scope.value,
        "violations": len(check.violations(made.problem, found.roster)),
        "required_hours": round(sum(day.required_hours for day in seen.days), 1),
        "paid_hours": round(seen.people.paid_hours, 1),
        "short_hours": round(sum(queue.short_hours for queue in seen.queues), 2),
        "late_calls_cost": round(parts["late_calls"] / UNIT, 2),
        "spans_reached": f"{sum(queue.spans_reached for queue in alone)} of "
        f"{sum(queue.spans for queue in alone)}",
        "lowest_level_of_a_day": round(min(levels), 4),
        "cost": round(cost / UNIT, 1),
        "bound": round(found.bound / UNIT, 1),
        "gap": round(cost / found.bound - 1, 5),
        "seconds": round(found.seconds, 1),
    }


if __name__ == "__main__":
    main()
