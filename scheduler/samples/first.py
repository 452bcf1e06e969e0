"""A small plan to change into one's own: eight people who take calls and do claims."""

import datetime as dt
from typing import Any

from scheduler.domain import Plan

MONDAY = dt.date(2026, 3, 2)
OPENS = 8
CALLS = (6, 9, 13, 16, 16, 15, 13, 12, 12, 13, 14, 13, 12, 11, 9, 8, 7, 6, 4, 3)
BUSY = (1.2, 1.0, 1.0, 1.0, 0.9)  # of the five days, beside a usual one
CLAIMS = (40, 34, 32, 32, 28)
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")
_PEOPLE = (
    ("a01", "Ann Archer", "full-time", ("calls", "claims")),
    ("a02", "Ben Baker", "full-time", ("calls", "claims")),
    ("a03", "Cleo Carter", "full-time", ("calls", "claims")),
    ("a04", "Dan Draper", "full-time", ("calls",)),
    ("a05", "Eve Fletcher", "full-time", ("calls", "claims")),
    ("a06", "Finn Glover", "full-time", ("calls",)),
    ("a07", "Gina Hooper", "part-time", ("calls", "claims")),
    ("a08", "Hal Mason", "part-time", ("claims",)),
)


def first() -> Plan:
    """Return a plan with a little of most things, which has a roster as it stands."""
    return Plan.of({**_settings(), **_tables()})


def _settings() -> dict[str, Any]:
    pause = {"name": "break", "minutes": 15, "paid": True}
    early = {**pause, "earliest_minutes": 75, "latest_minutes": 150}
    lunch = {"name": "lunch", "minutes": 30}
    late = {"earliest_minutes": 210, "latest_minutes": 300}
    return {
        "name": "A first plan",
        "horizon": {"first_day": MONDAY, "time_zone": "Europe/London"},
        "calendars": {"office": {day: ["08:00-18:00"] for day in _WEEK}},
        "queues": [{"name": "calls", "calendar": "office", "patience_seconds": 180}],
        "case_types": [
            {
                "name": "claims",
                "calendar": "office",
                "handle_minutes": 20,
                "sla": {"within": 2, "unit": "business_days"},
            }
        ],
        "shift_types": [
            {
                "name": "day",
                "starts": ["08:00-10:00/30"],
                "length_minutes": [480],
                "weekdays": _WEEK,
                "breaks": [early, {**lunch, **late}],
            },
            {
                "name": "short",
                "starts": ["08:00", "13:00"],
                "length_minutes": [300],
                "weekdays": _WEEK,
                "breaks": [early],
            },
        ],
        "contracts": [
            {
                "name": "full-time",
                "shift_types": ["day"],
                "min_hours_per_week": 30,
                "max_hours_per_week": 37.5,
            },
            {
                "name": "part-time",
                "shift_types": ["short"],
                "min_hours_per_week": 15,
                "max_hours_per_week": 20,
                "max_days_per_week": 4,
            },
        ],
        "rules": "eu-working-time",
    }


def _tables() -> dict[str, Any]:
    dates = [MONDAY + dt.timedelta(days=n) for n in range(len(BUSY))]
    opens = dt.time(OPENS)
    half_hour = dt.timedelta(minutes=30)
    return {
        "agents": [
            {"agent_id": agent, "name": name, "team": "Oak", "contract": contract}
            for agent, name, contract, _ in _PEOPLE
        ],
        "skills": [
            {"agent_id": agent, "skill": skill}
            for agent, _, _, skills in _PEOPLE
            for skill in skills
        ],
        "calls": [
            {
                "queue": "calls",
                "start": dt.datetime.combine(date, opens) + n * half_hour,
                "calls": round(busy * calls, 1),
                "handle_seconds": 240,
            }
            for date, busy in zip(dates, BUSY, strict=True)
            for n, calls in enumerate(CALLS)
        ],
        "inflow": [
            {"case_type": "claims", "date": date, "cases": cases}
            for date, cases in zip(dates, CLAIMS, strict=True)
        ],
        "open_cases": [
            {"case_type": "claims", "received": dt.date(2026, 2, 26), "cases": 12},
            {"case_type": "claims", "received": dt.date(2026, 2, 27), "cases": 30},
        ],
        "leave": [
            {
                "agent_id": "a03",
                "start": MONDAY + dt.timedelta(days=3),
                "end": MONDAY + dt.timedelta(days=4),
                "credited_hours": 15,
            }
        ],
        "meetings": [{"agent_id": "a04", "name": "1:1", "minutes": 30}],
        "preferences": [
            {"agent_id": "a02", "day": "friday", "wish": "avoid", "start": "16:00"}
        ],
    }
