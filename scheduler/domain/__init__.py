"""The plan: what a planner writes in plan.toml, and the tables beside it.

One definition serves the folder (plan.toml and CSV tables), plan.json, validation and
the JSON Schema. Field descriptions are the documentation of the format.
"""

from scheduler.domain.plan import Horizon, Plan, Rules, Weights
from scheduler.domain.sections import Name, OpenTimes, Section, Weekday
from scheduler.domain.terms import Break, Contract, ShiftType
from scheduler.domain.work import (
    Blend,
    Calendar,
    CaseType,
    MovingLoad,
    Queue,
    Scope,
    Sla,
    SlaUnit,
)

__all__ = [
    "Blend",
    "Break",
    "Calendar",
    "CaseType",
    "Contract",
    "Horizon",
    "MovingLoad",
    "Name",
    "OpenTimes",
    "Plan",
    "Queue",
    "Rules",
    "Scope",
    "Section",
    "ShiftType",
    "Sla",
    "SlaUnit",
    "Weekday",
    "Weights",
]
