"""A drawn case without calls: shifts by headcount, under rules of the book."""

import datetime as dt
from random import Random
from typing import Any

from scheduler.domain import Plan

_MONDAY = dt.date(2026, 3, 2)
_DAYS = 14
_STARTS = {"early": "06:00", "late": "14:00", "night": "22:00"}
_SHARES = {"early": 0.25, "late": 0.2, "night": 0.12}  # of the people, each day


def crew(people: int, seed: int) -> Plan:
    """Return a plan for so many people, of whom each has wishes and a day off."""
    draw = Random(seed)
    agents = [f"c{number:03}" for number in range(people)]
    days = [str(_MONDAY + dt.timedelta(day)) for day in range(_DAYS)]
    return Plan.of(
        {
            "name": f"crew of {people}",
            "horizon": {"first_day": days[0], "days": _DAYS, "grid_minutes": 60},
            "weights": {"paid_hour": 1, "idle_hour": 0, "block_start": 0},
            "shift_types": [
                {"name": name, "starts": [start], "length_minutes": [480]}
                for name, start in _STARTS.items()
            ],
            "contracts": [
                {
                    "name": "all",
                    "shift_types": list(_STARTS),
                    "min_hours_per_week": 24,
                    "max_hours_per_week": 40,
                    "min_rest_hours": 11,
                }
            ],
            "agents": [{"agent_id": name, "contract": "all"} for name in agents],
            "rule_book": [
                {"rule": "days_in_a_row", "min": 2, "max": 5},
                {"rule": "days_off_in_a_row", "min": 2},
                {"rule": "weekends_worked", "max": 1},
                {"rule": "nights", "max": 4, "per": "week"},
            ],
            "pins": [
                {"agent_id": name, "date": draw.choice(days), "pin": "off"}
                for name in agents
            ],
            "preferences": [_wish(draw, name, days) for name in agents * 3],
            "headcount": [
                {
                    "day": day,
                    "shift_type": kind,
                    "agents": round(people * share * draw.uniform(0.85, 1.15)),
                    "short_weight": 100,
                    "over_weight": 1,
                }
                for day in days
                for kind, share in _SHARES.items()
            ],
        }
    )


def _wish(draw: Random, agent: str, days: list[str]) -> dict[str, Any]:
    return {
        "agent_id": agent,
        "day": draw.choice(days),
        "wish": draw.choice(["shift", "no_shift"]),
        "shift_type": draw.choice(list(_STARTS)),
        "weight": draw.randint(1, 5),
    }
