"""The employee scheduling problem as a plan of ours."""

import datetime as dt
from typing import Any

from benchmarks.peers.slots.problem import (
    DAYS,
    FEW,
    HOURS,
    LEAST_DAYS,
    MOST_DAYS,
    REST_HOURS,
    SHORT,
    STARTS,
    UNWANTED,
    WANTED,
    Problem,
)
from scheduler.domain import Plan

MONDAY = dt.date(2026, 3, 2)
TOO_MANY = 1_000  # there are no more slots


def plan_of(problem: Problem) -> Plan:
    """Return a plan whose cost is the problem's."""
    leaders = set(problem.leaders)
    return Plan.of(
        {
            "name": f"slots for {len(problem.people)}",
            "horizon": {
                "first_day": str(MONDAY),
                "days": DAYS,
                "interval_minutes": 60,
                "grid_minutes": 60,
            },
            "weights": {"paid_hour": 0, "idle_hour": 0, "block_start": 0},
            "shift_types": [
                {
                    "name": f"{name}{skill}",
                    "starts": [f"{hour:02}:00"],
                    "length_minutes": [60 * HOURS],
                }
                for name, hour in STARTS.items()
                for skill in ("", " lead")
            ],
            "contracts": [_contract("plain", [""]), _contract("lead", ["", " lead"])],
            "agents": [
                {"agent_id": who, "contract": "lead" if who in leaders else "plain"}
                for who in problem.people
            ],
            "rule_book": [
                {
                    "rule": "days_worked",
                    "min": LEAST_DAYS,
                    "level": "preferred",
                    "weight": FEW,
                }
            ],
            "pins": [
                {"agent_id": who, "date": _date(day), "pin": "off"}
                for who, days in problem.away.items()
                for day in days
            ],
            "preferences": [
                *(_wish(w, "shift", WANTED) for w in problem.wanted),
                *(_wish(w, "no_shift", UNWANTED) for w in problem.unwanted),
            ],
            "headcount": [
                {
                    "day": _date(day),
                    "shift_type": kind,
                    "agents": number,
                    "short_weight": SHORT,
                    "over_weight": TOO_MANY,
                }
                for kind, day, number in problem.demand
            ],
        }
    )


def _contract(name: str, skills: list[str]) -> dict[str, Any]:
    return {
        "name": name,
        "shift_types": [f"{start}{skill}" for start in STARTS for skill in skills],
        "max_hours_per_week": HOURS * MOST_DAYS,
        "max_days_per_week": MOST_DAYS,
        "min_rest_hours": REST_HOURS,
        "max_days_in_a_row": None,
    }


def _wish(wish: tuple[str, int, str], kind: str, weight: int) -> dict[str, Any]:
    """Return a wish for a start, of whatever skill."""
    who, day, name = wish
    start = f"{STARTS[name]:02}:00"
    day_of = {"agent_id": who, "day": _date(day)}
    return {**day_of, "wish": kind, "start": start, "weight": weight}


def _date(day: int) -> str:
    return str(MONDAY + dt.timedelta(day))
