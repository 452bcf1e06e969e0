"""Small plans in few words: everything has a default, a test says what it is about.

Monday 2026-03-02 to Sunday in UTC, hours as intervals, one shift type ``day``
(08:00-16:00, lunch unpaid), one contract ``full``, one agent ``ann`` with every skill.
"""

import datetime as dt
from typing import Any

from models.roster.problem import Agent
from scheduler.domain import Plan
from scheduler.translate import Translation, translate

MONDAY = dt.date(2026, 3, 2)
H, D = 60, 1440
LUNCH = {"name": "lunch", "minutes": 60, "earliest_minutes": 180, "latest_minutes": 300}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
OFFICE = {day: ["09:00-17:00"] for day in WEEKDAYS}
ALL_DAY = {day: ["00:00-24:00"] for day in (*WEEKDAYS, "saturday", "sunday")}


def plan(
    *,
    horizon: dict[str, Any] | None = None,
    contract: dict[str, Any] | None = None,
    shift_types: list[dict[str, Any]] | None = None,
    skills: dict[str, list[str]] | None = None,
    **content: Any,
) -> Plan:
    """Return a plan; ``skills`` are those of each agent, the agents their keys."""
    queues, cases = content.get("queues", []), content.get("case_types", [])
    every = sorted({work.get("skill", work["name"]) for work in [*queues, *cases]})
    speeds = {"ann": every} if skills is None else skills
    return Plan.of(
        {
            "horizon": {"first_day": MONDAY, "interval_minutes": 60} | (horizon or {}),
            "shift_types": shift_types or [day_shift()],
            "contracts": [
                {"name": "full", "shift_types": ["day"], "max_hours_per_week": 40}
                | (contract or {})
            ],
            "agents": [{"agent_id": name, "contract": "full"} for name in speeds],
            "skills": [_skill(a, text) for a, own in speeds.items() for text in own],
        }
        | content
    )


def _skill(agent_id: str, text: str) -> dict[str, Any]:
    name, _, speed = text.partition(":")
    return {"agent_id": agent_id, "skill": name, "speed": float(speed or 1)}


def translated(**content: Any) -> Translation:
    return translate(plan(**content))


def people(**content: Any) -> tuple[Agent, ...]:
    return translated(**({"skills": {"ann": []}} | content)).problem.agents


def worked(start: str, end: str, agent: str = "ann", **more: Any) -> dict[str, Any]:
    return {"agent_id": agent, "start": start, "end": end} | more


def day_shift(**changed: Any) -> dict[str, Any]:
    return {
        "name": "day",
        "starts": ["08:00"],
        "length_minutes": [540],
        "breaks": [LUNCH],
    } | changed


def night_shift(**changed: Any) -> dict[str, Any]:
    return day_shift(starts=["22:00"], length_minutes=[480], breaks=[]) | changed


def calls(queue: str, date: dt.date, *hours: int, number: float = 20) -> list[Any]:
    """Return calls of 6 minutes in some hours of a date: 20 are a load of 2 erlangs."""
    return [
        {
            "queue": queue,
            "start": f"{date}T{hour:02}:00",
            "calls": number,
            "handle_seconds": 360,
        }
        for hour in hours
    ]


def required(queue: str, date: dt.date, people: float, *hours: int) -> list[Any]:
    return [
        {"queue": queue, "start": f"{date}T{hour:02}:00", "agents": people}
        for hour in hours
    ]


def claims(**changed: Any) -> dict[str, Any]:
    """Return a case type of half-hour cases, due at the next office day's close."""
    return {
        "name": "claims",
        "calendar": "office",
        "handle_minutes": 30,
        "sla": {"within": 1, "unit": "business_days"},
    } | changed
