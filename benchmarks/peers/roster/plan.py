"""The roster problem of pyworkforce as a plan of ours."""

import datetime as dt
from collections import defaultdict
from typing import Any

from benchmarks.peers.roster.problem import Problem
from scheduler.domain import Plan

MONDAY = dt.date(2026, 3, 2)
SHORT = 1_000  # paid hours: nobody may be missing, and this many for one forbids it


def plan_of(problem: Problem) -> Plan:
    """Return a plan whose cost is the problem's, plus ``offset`` of it."""
    hours = dict(zip(problem.shifts, problem.shifts_hours, strict=True))
    origins = [pair["origin"] for pair in problem.non_sequential_shifts]
    working = problem.num_days - problem.max_resting
    return Plan.of(
        {
            "name": f"roster of {len(problem.resources)}",
            "horizon": {
                "first_day": str(MONDAY),
                "days": problem.num_days,
                "interval_minutes": 60,
                "grid_minutes": 60,
            },
            "weights": {"paid_hour": 1, "idle_hour": 0, "block_start": 0},
            "shift_types": [
                {"name": name, "starts": ["00:00"], "length_minutes": [60 * length]}
                for name, length in hours.items()
            ],
            "contracts": [
                {
                    "name": "all",
                    "shift_types": list(hours),
                    "max_hours_per_week": 168,
                    "max_days_per_week": 7,
                    "min_rest_hours": 0,
                    "max_days_in_a_row": None,
                }
            ],
            "agents": [
                {"agent_id": name, "contract": "all"} for name in problem.resources
            ],
            "rule_book": [
                {"rule": "days_worked", "min": working},
                {"rule": "hours_worked", "min": problem.min_working_hours},
                *(
                    {"rule": "successions", "shift_types": [o], "then": list(hours)}
                    for o in origins
                ),
            ],
            "preferences": [*_wishes(problem)],
            "headcount": [
                {
                    "day": _date(day),
                    "shift_type": shift,
                    "agents": least,
                    "short_weight": SHORT,
                    "over_weight": 0,
                }
                for shift, wanted in problem.required_resources.items()
                for day, least in enumerate(wanted)
            ],
        }
    )


def offset(problem: Problem) -> float:
    """Return what a plan's cost is above the problem's: wishes are worth 1 each."""
    return float(len(problem.resources_preferences) * problem.num_days)


def _wishes(problem: Problem) -> list[dict[str, Any]]:
    """Return bids for what is preferred, and prices no one pays for what is banned."""
    bans: dict[tuple[str, int], list[str]] = defaultdict(list)
    for ban in problem.banned_shifts:
        bans[ban["resource"], ban["day"]].append(ban["shift"])
    bids = [
        {
            "agent_id": liked["resource"],
            "day": _date(day),
            "wish": "shift",
            "shift_type": liked["shift"],
            "weight": 1,
        }
        for liked in problem.resources_preferences
        for day in range(problem.num_days)
    ]
    refusals = [
        {
            "agent_id": who,
            "day": _date(day),
            "wish": "no_shift",
            "shift_type": shift,
            "weight": SHORT,
        }
        for (who, day), shifts in bans.items()
        for shift in shifts
    ]
    return [*bids, *refusals]


def _date(day: int) -> str:
    return str(MONDAY + dt.timedelta(day))
