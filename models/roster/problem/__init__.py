"""What a roster must satisfy, in positions and whole minutes.

Time is minutes since the start of the horizon (its first local midnight), elapsed
time: a day with a clock change has 1,380 or 1,500 of them. Stretches are half-open.
All times lie on the grid of ``period`` minutes. ``period p`` is
``[p * period, (p + 1) * period)``.

Quantities are whole numbers, so that engines and checker agree to the unit:

* speed: hundredths, 100 = a trained agent;
* cover: hundredths of an agent (centi-agents);
* work: twentieths of a minute (3 s) of a trained agent's time, so that every speed
  gives whole units on a grid of whole five minutes;
* late calls: ``1 / LATE`` of a call;
* cost: ``UNIT`` is worth one paid hour at a cost rate of 1.
"""

from models.roster.problem.demand import (
    Cases,
    Cover,
    Kind,
    LateCurve,
    Level,
    Stream,
    Target,
    Work,
)
from models.roster.problem.fills import Bar, Fill
from models.roster.problem.people import (
    Agent,
    Meeting,
    Pin,
    Task,
    WeekLimits,
    Wish,
    WishKind,
)
from models.roster.problem.rules import (
    ANY,
    REQUIRED_COST,
    SHARE,
    CaseLimit,
    Follow,
    Headcount,
    Limit,
    LongRest,
    Measure,
    Rule,
    Run,
    Spread,
    Together,
    Which,
    Whole,
)
from models.roster.problem.shifts import (
    Break,
    Shift,
    ShiftType,
)
from models.roster.problem.units import (
    BOOK_RULES,
    FULL_SPEED,
    GOALS,
    JOINT_RULES,
    LATE,
    RULES,
    TOUR_GOALS,
    UNIT,
    WORK_PER_MINUTE,
    Stretch,
)
from models.roster.problem.whole import (
    RosterProblem,
    plain_clock,
)

__all__ = [
    "ANY",
    "BOOK_RULES",
    "FULL_SPEED",
    "GOALS",
    "JOINT_RULES",
    "LATE",
    "REQUIRED_COST",
    "RULES",
    "SHARE",
    "TOUR_GOALS",
    "UNIT",
    "WORK_PER_MINUTE",
    "Agent",
    "Bar",
    "Break",
    "CaseLimit",
    "Cases",
    "Cover",
    "Fill",
    "Follow",
    "Headcount",
    "Kind",
    "LateCurve",
    "Level",
    "Limit",
    "LongRest",
    "Measure",
    "Meeting",
    "Pin",
    "RosterProblem",
    "Rule",
    "Run",
    "Shift",
    "ShiftType",
    "Spread",
    "Stream",
    "Stretch",
    "Target",
    "Task",
    "Together",
    "WeekLimits",
    "Which",
    "Whole",
    "Wish",
    "WishKind",
    "Work",
    "plain_clock",
]
