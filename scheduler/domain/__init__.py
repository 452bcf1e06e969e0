"""The plan: what a planner writes in plan.toml, and the tables beside it.

One definition serves the folder (plan.toml and CSV tables), plan.json, validation and
the JSON Schema. Field descriptions are the documentation of the format.
"""

from scheduler.domain.cases import (
    BacklogTarget,
    Blend,
    CaseType,
    Clock,
    Part,
    ReopenClock,
    Sla,
    SlaUnit,
    Stage,
    in_order,
)
from scheduler.domain.exports import Codes, Exports, GenesysCodes
from scheduler.domain.plan import Changes, Fairness, Horizon, Plan, Rules, Weights
from scheduler.domain.rule_sets import RuleSet, required_by, rows_of
from scheduler.domain.sections import Name, OpenTimes, Section, Weekday
from scheduler.domain.terms import Break, Contract, OvertimeBand, ShiftType
from scheduler.domain.work import Calendar, MovingLoad, Queue, Scope

__all__ = [
    "BacklogTarget",
    "Blend",
    "Break",
    "Calendar",
    "CaseType",
    "Changes",
    "Clock",
    "Codes",
    "Contract",
    "Exports",
    "Fairness",
    "GenesysCodes",
    "Horizon",
    "MovingLoad",
    "Name",
    "OpenTimes",
    "OvertimeBand",
    "Part",
    "Plan",
    "Queue",
    "ReopenClock",
    "RuleSet",
    "Rules",
    "Scope",
    "Section",
    "ShiftType",
    "Sla",
    "SlaUnit",
    "Stage",
    "Weekday",
    "Weights",
    "in_order",
    "required_by",
    "rows_of",
]
