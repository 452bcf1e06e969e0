"""The instance in CP-SAT, with the constraints of OR-Tools' example, written anew.

A Boolean for employee, shift and day; runs as clauses on spans of them; sums of weeks
and cover as linear constraints: as the example does it. All defaults, two workers.
"""

import json
import sys
import time
from collections.abc import Sequence
from typing import Any

from ortools.sat.python import cp_model

from benchmarks.peers.example.instance import DAYS, INSTANCE, PEOPLE, SHIFTS

Literal = Any
Cost = list[tuple[int, Literal]]


def main() -> None:
    asked = json.load(sys.stdin)
    began = time.perf_counter()
    model = cp_model.CpModel()
    work = {
        (e, s, d): model.new_bool_var(f"{e} {s} {d}")
        for e in range(PEOPLE)
        for s in SHIFTS
        for d in range(DAYS)
    }
    cost = constrain(model, work)
    model.minimize(sum(weight * literal for weight, literal in cost))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = asked["seconds"]
    solver.parameters.num_workers = 2
    status = solver.solve(model)
    rows = [
        "".join(s for d in range(DAYS) for s in SHIFTS if solver.value(work[e, s, d]))
        for e in range(PEOPLE)
    ]
    answer = {
        "status": solver.status_name(status).lower(),
        "objective": solver.objective_value,
        "bound": solver.best_objective_bound,
        "seconds": round(time.perf_counter() - began, 3),
        "rows": rows,
    }
    print(json.dumps(answer))


def constrain(model: cp_model.CpModel, work: Any) -> Cost:
    """Add all constraints; return what costs."""
    cost = [(w, work[e, s, d]) for e, s, d, w in INSTANCE["requests"]]
    for e in range(PEOPLE):
        for d in range(DAYS):
            model.add_exactly_one(work[e, s, d] for s in SHIFTS)
        for rule in INSTANCE["runs"]:
            days = [work[e, rule["shift"], d] for d in range(DAYS)]
            cost += runs(model, days, rule)
        for rule in INSTANCE["weekly"]:
            days = [work[e, rule["shift"], d] for d in range(DAYS)]
            for week in range(DAYS // 7):
                cost += total(model, days[7 * week : 7 * week + 7], rule)
        cost += transitions(model, work, e)
    for e, s, d in INSTANCE["fixed"]:
        model.add(work[e, s, d] == 1)
    return cost + cover(model, work)


def transitions(model: cp_model.CpModel, work: Any, e: int) -> Cost:
    """Forbid and price shifts on the day after others."""
    cost: Cost = []
    for first, then, price in INSTANCE["transitions"]:
        for d in range(DAYS - 1):
            clause = [~work[e, first, d], ~work[e, then, d + 1]]
            cost += priced(model, clause, price)
    return cost


def runs(model: cp_model.CpModel, days: Sequence[Literal], rule: Any) -> Cost:
    """Forbid and price runs by their length; runs end at the horizon's ends, too."""
    cost: Cost = []
    for length in range(1, rule["hard_max"] + 1):
        short = max(0, rule["soft_min"] - length) * rule["min_cost"]
        price = short + max(0, length - rule["soft_max"]) * rule["max_cost"]
        is_forbidden = length < rule["hard_min"]
        if not price and not is_forbidden:
            continue
        for start in range(len(days) - length + 1):
            span = [~day for day in days[start : start + length]]
            around = [*days[max(0, start - 1) : start]]
            around += days[start + length : start + length + 1]
            cost += priced(model, [*around, *span], None if is_forbidden else price)
    for start in range(len(days) - rule["hard_max"]):
        model.add_bool_or(~day for day in days[start : start + rule["hard_max"] + 1])
    return cost


def total(model: cp_model.CpModel, days: Sequence[Literal], rule: Any) -> Cost:
    """Bound how many of some days, and price those beyond the soft bounds."""
    count = model.new_int_var(rule["hard_min"], rule["hard_max"], "")
    model.add(count == sum(days))
    short, over = (model.new_int_var(0, len(days), "") for _ in range(2))
    model.add(short >= rule["soft_min"] - count)
    model.add(over >= count - rule["soft_max"])
    return [(rule["min_cost"], short), (rule["max_cost"], over)]


def priced(
    model: cp_model.CpModel, clause: Sequence[Literal], price: int | None
) -> Cost:
    """Add a clause that must hold, or costs where it does not."""
    if price is None:
        model.add_bool_or(clause)
        return []
    broken = model.new_bool_var("")
    model.add_bool_or([*clause, broken])
    return [(price, broken)]


def cover(model: cp_model.CpModel, work: Any) -> Cost:
    """Ask for people, and price those too many."""
    cost: Cost = []
    for d in range(DAYS):
        asked = zip(
            SHIFTS[1:], INSTANCE["demand"][d % 7], INSTANCE["excess_costs"], strict=True
        )
        for shift, wanted, price in asked:
            over = model.new_int_var(0, PEOPLE - wanted, "")
            model.add(sum(work[e, shift, d] for e in range(PEOPLE)) == wanted + over)
            cost.append((price, over))
    return cost


if __name__ == "__main__":
    main()
