"""Rows of the CSV tables beside plan.toml (lists of objects in plan.json).

An empty cell is a value left out. Moments are ISO 8601 local times such as
``2026-03-02T08:30``; in the hour that a clock change repeats they need a UTC offset.
"""

from scheduler.tables.demand import BacklogAge, Calls, Inflow, OpenCases, Required
from scheduler.tables.earlier import (
    ActivityKind,
    Published,
    PublishedActivity,
    WishHistory,
)
from scheduler.tables.people import (
    Agent,
    Availability,
    History,
    Leave,
    Meeting,
    Pin,
    PinKind,
    Preference,
    PreferenceKind,
    Skill,
)
from scheduler.tables.row import (
    Amount,
    DayOrMoment,
    Id,
    Moment,
    Names,
    Row,
    TimeOfDay,
    WeekdayOrDate,
    Weekdays,
)
from scheduler.tables.rules import (
    BookRow,
    FloorRow,
    HeadcountRow,
    PairRow,
    PairRule,
    RuleLevel,
    RuleName,
)

__all__ = [
    "TABLES",
    "ActivityKind",
    "Agent",
    "Amount",
    "Availability",
    "BacklogAge",
    "BookRow",
    "Calls",
    "DayOrMoment",
    "FloorRow",
    "HeadcountRow",
    "History",
    "Id",
    "Inflow",
    "Leave",
    "Meeting",
    "Moment",
    "Names",
    "OpenCases",
    "PairRow",
    "PairRule",
    "Pin",
    "PinKind",
    "Preference",
    "PreferenceKind",
    "Published",
    "PublishedActivity",
    "Required",
    "Row",
    "RuleLevel",
    "RuleName",
    "Skill",
    "TimeOfDay",
    "WeekdayOrDate",
    "Weekdays",
    "WishHistory",
]

TABLES: dict[str, type[Row]] = {
    "calls": Calls,
    "required": Required,
    "inflow": Inflow,
    "open_cases": OpenCases,
    "backlog_ages": BacklogAge,
    "agents": Agent,
    "skills": Skill,
    "availability": Availability,
    "leave": Leave,
    "meetings": Meeting,
    "history": History,
    "pins": Pin,
    "preferences": Preference,
    "wish_history": WishHistory,
    "rule_book": BookRow,
    "headcount": HeadcountRow,
    "floor_mix": FloorRow,
    "pairs": PairRow,
    "published": Published,
    "published_activities": PublishedActivity,
}
