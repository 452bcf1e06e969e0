"""The instance as a plan of ours.

A run of nights that ends with the horizon counts in full in the example; with us it may
go on. So there is a day more, on which everybody works a shift of a type of its own,
which ends the runs and costs nothing.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from benchmarks.peers.example.instance import DAYS, INSTANCE, OFF, PEOPLE, SHIFTS
from scheduler.domain import Plan

MONDAY = dt.date(2026, 3, 2)
SHORT = 1_000  # nobody may be missing
WORK, AFTER = SHIFTS[1:], "after"


def plan_of() -> Plan:
    """Return a plan whose cost is the instance's, plus ``offset()``."""
    return Plan.of(
        {
            "name": "OR-Tools shift scheduling",
            "horizon": {
                "first_day": str(MONDAY),
                "days": DAYS + 1,
                "interval_minutes": 60,
                "grid_minutes": 60,
            },
            "weights": {"paid_hour": 0, "idle_hour": 0, "block_start": 0},
            "shift_types": [
                {"name": name, "starts": ["00:00"], "length_minutes": [480]}
                for name in (*WORK, AFTER)
            ],
            "contracts": [
                {
                    "name": "all",
                    "shift_types": [*WORK, AFTER],
                    "max_hours_per_week": 168,
                    "max_days_per_week": 7,
                    "min_rest_hours": 0,
                    "max_days_in_a_row": None,
                }
            ],
            "agents": [{"agent_id": f"e{e}", "contract": "all"} for e in range(PEOPLE)],
            "rule_book": [*_runs(), *_weekly(), *_transitions()],
            "pins": [*_pins()],
            "preferences": [*_requests()],
            "headcount": [*_cover()],
        }
    )


def offset() -> int:
    """Return what a plan's cost is above the instance's: gains are costs if denied."""
    return -sum(w for *_, w in INSTANCE["requests"] if w < 0)


def _runs() -> Iterator[dict[str, Any]]:
    for rule in INSTANCE["runs"]:
        name = {"rule": "shifts_in_a_row", "shift_types": [rule["shift"]]}
        if rule["shift"] == OFF:
            name = {"rule": "days_off_in_a_row"}
        yield {**name, "max": rule["hard_max"]}
        if rule["soft_min"] > rule["hard_min"]:
            price = {"level": "preferred", "weight": rule["min_cost"]}
            yield {**name, "min": rule["soft_min"], **price}
        if rule["soft_max"] < rule["hard_max"]:
            price = {"level": "preferred", "weight": rule["max_cost"]}
            yield {**name, "max": rule["soft_max"], **price}


def _weekly() -> Iterator[dict[str, Any]]:
    """Yield limits of whole weeks: days off are 7 less days worked."""
    for rule in INSTANCE["weekly"]:
        name = {"rule": "shifts_of_type", "shift_types": [rule["shift"]], "per": "week"}
        low, high = rule["hard_min"], rule["hard_max"]
        least, most = rule["soft_min"], rule["soft_max"]
        under, over = rule["min_cost"], rule["max_cost"]
        if rule["shift"] == OFF:
            name = {"rule": "days_worked", "per": "week"}
            low, high = 7 - high, 7 - low
            least, most = 7 - most, 7 - least
            under, over = over, under
        yield {**name, "min": low, "max": high}
        if least > low:
            yield {**name, "min": least, "level": "preferred", "weight": under}
        if most < high:
            yield {**name, "max": most, "level": "preferred", "weight": over}


def _transitions() -> Iterator[dict[str, Any]]:
    for first, then, cost in INSTANCE["transitions"]:
        name = {"rule": "successions", "shift_types": [first], "then": [then]}
        price = {} if cost is None else {"level": "preferred", "weight": cost}
        yield {**name, **price}
    yield {"rule": "shifts_of_type", "shift_types": [AFTER], "max": 1}


def _pins() -> Iterator[dict[str, Any]]:
    for e, shift, day in INSTANCE["fixed"]:
        yield _pin(e, day, shift)
    for e in range(PEOPLE):
        yield _pin(e, DAYS, AFTER)


def _pin(e: int, day: int, shift: str) -> dict[str, Any]:
    own = {"agent_id": f"e{e}", "date": _date(day)}
    if shift == OFF:
        return {**own, "pin": "off"}
    return {**own, "pin": "shift", "shift_type": shift, "start": "00:00"}


def _requests() -> Iterator[dict[str, Any]]:
    for e, shift, day, weight in INSTANCE["requests"]:
        own = {"agent_id": f"e{e}", "day": _date(day), "weight": abs(weight)}
        if shift == OFF:  # no shift of any type
            for name in WORK:
                yield {**own, "wish": "no_shift", "shift_type": name}
        else:
            wish = "shift" if weight < 0 else "no_shift"
            yield {**own, "wish": wish, "shift_type": shift}


def _cover() -> Iterator[dict[str, Any]]:
    for day in range(DAYS):
        for shift, wanted, cost in zip(
            WORK, INSTANCE["demand"][day % 7], INSTANCE["excess_costs"], strict=True
        ):
            yield {
                "day": _date(day),
                "shift_type": shift,
                "agents": wanted,
                "short_weight": SHORT,
                "over_weight": cost,
            }


def _date(day: int) -> str:
    return str(MONDAY + dt.timedelta(day))


def rows(shifts: list[tuple[str, int, str]]) -> list[str]:
    """Return a roster as the evaluator has it."""
    there = {(who, day): name for who, day, name in shifts}
    return [
        "".join(there.get((f"e{e}", day), OFF) for day in range(DAYS))
        for e in range(PEOPLE)
    ]
