"""Two rosters of a plan side by side, as a document."""

import datetime as dt

from pydantic import Field

from scheduler.domain import Scope
from scheduler.rosters.changes import DayChange
from scheduler.rosters.document import Entry
from scheduler.rosters.scored import Score


class Counts(Entry):
    """How many days of agents are the same; how many shifts are not."""

    worked: int = Field(description="Days of agents with a shift in either.")
    same: int = Field(description="Days of agents with the same shifts.")
    added: int = Field(description="Shifts that only the second has.")
    removed: int = Field(description="Shifts that only the first has.")
    changed: int = Field(description="Shifts of another type, with other times or pay.")
    within: int | None = Field(
        description="Shifts in which only activities have changed; null where they are "
        "not known."
    )


class DayCounts(Counts):
    """The same on one date."""

    date: dt.date


class Totals(Counts):
    """The same on all dates."""

    agents: int = Field(description="Agents of the plan.")
    agents_touched: int = Field(description="Agents for whom something changes.")


class QueueSide(Entry):
    """What a roster gives one queue (or set of queues that share agents)."""

    rostered_hours: float
    short_hours: float
    service_level: float | None = Field(description="Predicted, over the horizon.")
    worst_day: dt.date | None = Field(
        description="With the lowest level; null without calls or without a level."
    )
    worst_level: float | None = Field(description="Service level of that day.")


class QueueSides(Entry):
    """One queue (or set of queues that share agents) in both rosters."""

    queue: str
    required_hours: float
    service_level_target: float = Field(
        description="Service level that the plan asks for."
    )
    service_level_scope: Scope = Field(
        description="Whether every interval reaches it, or all calls of a day or week."
    )
    at_best: bool = Field(
        description="Whether some of its people also do other queues; the levels count "
        "them here in full."
    )
    a: QueueSide = Field(description="What roster A gives it.")
    b: QueueSide = Field(description="What roster B gives it.")


class CaseSide(Entry):
    """What a roster does for one case type."""

    hours: float = Field(description="In ring-fenced blocks.")
    hours_fill: float = Field(description="Between calls, beside these.")
    completed: float = Field(description="Cases done.")
    breaches: float = Field(description="Cases not done by their deadline.")
    overdue: float = Field(description="Open at the end, past their deadline.")


class CaseSides(Entry):
    """One case type in both rosters."""

    case_type: str
    hours_needed: float
    a: CaseSide = Field(description="What roster A does for it.")
    b: CaseSide = Field(description="What roster B does for it.")


class CompareDocument(Entry):
    """What changes from roster A to roster B."""

    name: str = Field(description="Title of the plan.")
    plan_hash: str
    shifts_only: bool = Field(
        description="Whether one of them has no activities.csv: then only shifts are "
        "compared, and there are no queues and cases."
    )
    a: Score = Field(description="What roster A is worth.")
    b: Score = Field(description="What roster B is worth.")
    totals: Totals = Field(description="How many days and shifts change.")
    days: list[DayCounts] = Field(description="The same, date by date.")
    changes: list[DayChange] = Field(description="By agent, in the plan's order.")
    queues: list[QueueSides] = Field(description="Each queue in both rosters.")
    cases: list[CaseSides] = Field(description="Each case type in both rosters.")
    difference: dict[str, float] = Field(
        description="By goal that both know, what B costs more."
    )
    notes: list[str]
