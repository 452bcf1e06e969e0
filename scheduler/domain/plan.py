"""The plan as a whole: horizon, rules, weights, and all the rest by name."""

import datetime as dt
import re
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field

from scheduler import tables
from scheduler.domain.cases import CaseType
from scheduler.domain.exports import Exports
from scheduler.domain.rule_sets import RuleSet
from scheduler.domain.sections import Name, Section, Weekday
from scheduler.domain.terms import Contract, ShiftType
from scheduler.domain.work import Calendar, Queue
from scheduler.tables import Amount

_LOCALE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")


class Horizon(Section):
    """Which days are rostered, and on which grid."""

    first_day: dt.date = Field(description="First day of the roster (ISO date).")
    days: int = Field(7, ge=1, le=371, description="Number of days.")
    time_zone: Name = Field("UTC", description="IANA name, such as Europe/London.")
    interval_minutes: int = Field(
        30, ge=5, le=60, description="Length of a demand interval; divides 60."
    )
    grid_minutes: int | None = Field(
        None,
        ge=5,
        le=60,
        description="Shifts, breaks and blocks start and end on this grid; a multiple "
        "of 5 that divides interval_minutes. Default: the longest of 15, 10 and 5 that "
        "divides it.",
    )
    week_starts: Weekday = Field(Weekday.MONDAY, description="First day of a week.")


class Rules(Section):
    """Rules for everybody; ``rules = "eu-working-time"`` is short for its ``set``."""

    set: RuleSet = Field(
        RuleSet.NONE,
        description="Labour rules to start from: eu-working-time, us-basic or none; a "
        "contract may have another. Rows of rule_book.csv come first.",
    )
    case_confidence: float | None = Field(
        None,
        ge=0.5,
        lt=1,
        description="Chance that the case time planned for is enough at every deadline "
        "of every type, though cases take longer or more of them come. Default: plan "
        "for the work expected.",
    )
    shortest_voice_run_minutes: int = Field(
        30, ge=5, description="Shortest uninterrupted time on calls."
    )


def _as_rules(value: Any) -> Any:
    return {"set": value} if isinstance(value, str) else value


class Weights(Section):
    """Exchange rates: what one unit is worth in paid hours."""

    paid_hour: Amount = Field(
        1, ge=0, description="Times the contract's cost_per_hour."
    )
    overtime_hour: Amount = Field(0.5, ge=0, description="On top of a paid hour.")
    voice_short_hour: Amount = Field(
        100, ge=0, description="Agent-hour of voice short."
    )
    late_call: Amount = Field(
        10, ge=0, description="Call late beyond what its day or week may have."
    )
    overdue_hour_day: Amount = Field(
        30, ge=0, description="Hour of case work overdue for a day."
    )
    preference: Amount = Field(1, ge=0, description="Multiplies wishes' own weights.")
    change: Amount = Field(
        20, ge=0, description="Agent's day that is not as it was published."
    )
    preferred_rule: Amount = Field(
        1, ge=0, description="Multiplies the weights of preferred rules."
    )
    voice_cushion_hour: Amount = Field(
        0.2,
        ge=0,
        description="Missing agent-hour of cushion above the requirement: the first "
        "tenth of the requirement counts double.",
    )
    open_hour_day: Amount = Field(
        0.02, ge=0, description="Hour of case work not done at a midnight."
    )
    block_start: Amount = Field(0.05, ge=0, description="Each ring-fenced block.")
    idle_hour: Amount = Field(0.05, ge=0, description="Hour with nothing to do.")


class Fairness(Section):
    """What is shared out: everybody's, with history, by contract hours."""

    name: Name
    of: Literal["shifts", "case_work", "wishes"] = Field(
        "shifts",
        description="Shifts in the hours below, hours on cases, or wishes granted.",
    )
    weekdays: list[Weekday] = Field(
        list(Weekday), min_length=1, description="Days of the week whose shifts count."
    )
    start: Name | None = Field(None, description="HH:MM. Default: the day's start.")
    end: Name | None = Field(None, description="HH:MM. Default: the day's end.")
    weight: Amount = Field(
        1,
        gt=0,
        description="Paid hours that a shift costs for each one that its agent is "
        "ahead of the agent with fewest; each hour of case work off the share; how "
        "much more wishes weigh of who was granted none when others were granted all.",
    )
    weeks: int = Field(8, ge=1, le=52, description="Weeks of history that count.")


class Changes(Section):
    """How a published roster may change (published.csv, published_activities.csv)."""

    now: tables.Moment | None = Field(
        None, description="What starts before stays as it was published."
    )
    notice_hours: Amount = Field(
        48, ge=0, description="From now on; changes in them cost more."
    )
    notice_factor: Amount = Field(4, ge=1, description="How many times as much.")


def _locale(tag: str) -> str:
    if not _LOCALE.fullmatch(tag):
        raise ValueError("a language and country such as de-DE")
    return tag


class Plan(Section):
    """A whole plan."""

    format: Literal[1] = Field(1, description="Version of this format.")
    name: str = Field("", description="Title, for reports.")
    locale: Annotated[str, AfterValidator(_locale)] = Field(
        "en-GB",
        description="Language and country whose numbers and dates the report has, such "
        "as de-DE.",
    )
    horizon: Horizon
    pooling: Literal["subsets", "none"] = Field(
        "subsets",
        description="How agents with several queues count: for every set of queues "
        "that shares agents (optimistic), or one queue at a time (pessimistic).",
    )
    public_holidays: list[dt.date] = Field(
        [], description="Dates that credit hours to contracts."
    )
    calendars: dict[Name, Calendar] = Field(
        {}, description="Opening hours by name of the calendar."
    )
    queues: list[Queue] = []
    case_types: list[CaseType] = []
    shift_types: list[ShiftType] = Field(
        min_length=1, description="Menus of shifts: start times and lengths."
    )
    contracts: list[Contract] = Field(
        min_length=1, description="What agents may and must work."
    )
    rules: Annotated[Rules, BeforeValidator(_as_rules)] = Field(
        Rules(),
        description='Rules for everybody; "eu-working-time" alone is short for its '
        "`set`.",
    )
    weights: Weights = Weights()
    fairness: list[Fairness] = Field([], description="What is shared out fairly.")
    changes: Changes = Changes()
    exports: Exports = Exports()

    calls: list[tables.Calls] = []
    required: list[tables.Required] = []
    inflow: list[tables.Inflow] = []
    open_cases: list[tables.OpenCases] = []
    backlog_ages: list[tables.BacklogAge] = []
    agents: list[tables.Agent] = []
    skills: list[tables.Skill] = []
    availability: list[tables.Availability] = []
    leave: list[tables.Leave] = []
    meetings: list[tables.Meeting] = []
    history: list[tables.History] = []
    pins: list[tables.Pin] = []
    preferences: list[tables.Preference] = []
    wish_history: list[tables.WishHistory] = []
    rule_book: list[tables.BookRow] = []
    headcount: list[tables.HeadcountRow] = []
    floor_mix: list[tables.FloorRow] = []
    pairs: list[tables.PairRow] = []
    published: list[tables.Published] = []
    published_activities: list[tables.PublishedActivity] = []

    @classmethod
    def of(cls, content: dict[str, Any]) -> Self:
        """Return the plan of a JSON-like dictionary; raise pydantic's error if bad."""
        return cls.model_validate(content)

    def able(self, role: str | None, skill: str | None) -> list[str]:
        """Return the agents who have a role, or else a skill."""
        if role is not None:
            return [agent.agent_id for agent in self.agents if role in agent.roles]
        return [row.agent_id for row in self.skills if row.skill == skill]

    def members(self, row: tables.PairRow) -> list[str]:
        """Return the agents that a row of pairs is about: a team, or two."""
        if row.team is not None:
            return [each.agent_id for each in self.agents if each.team == row.team]
        return [name for name in (row.agent_id, row.other_id) if name is not None]
