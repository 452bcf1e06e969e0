"""Rows of the CSV tables beside plan.toml (lists of objects in plan.json).

An empty cell is a value left out. Moments are ISO 8601 local times such as
``2026-03-02T08:30``; in the hour that a clock change repeats they need a UTC offset.
"""

import datetime as dt
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from scheduler.clock import as_day_or_moment, as_minutes, as_moment, as_text

Id = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Amount = Annotated[float, Field(le=1e6)]  # more is a typing mistake, and overflows
Moment = Annotated[dt.datetime, BeforeValidator(as_moment)]
DayOrMoment = Annotated[
    dt.datetime | dt.date,
    PlainValidator(as_day_or_moment),
    PlainSerializer(lambda v: v.isoformat(), return_type=str),
    WithJsonSchema({"type": "string", "examples": ["2026-03-02", "2026-03-02T08:30"]}),
]
TimeOfDay = Annotated[
    int,
    PlainValidator(as_minutes),
    PlainSerializer(lambda v: as_text(v, midnight_is_24=True), return_type=str),
    WithJsonSchema({"type": "string", "examples": ["07:30"]}),
]

_WEEKDAYS = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip


def _as_day(value: Any) -> Any:
    """Return a weekday's name or a date."""
    if isinstance(value, str):
        text = value.strip().lower()
        if text in _WEEKDAYS:
            return text
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            raise ValueError(
                f"expected a weekday such as monday or an ISO date, got {value!r}"
            ) from None
    if isinstance(value, dt.date):
        return value
    raise ValueError(f"expected a weekday or an ISO date, got {value!r}")


WeekdayOrDate = Annotated[
    dt.date | str,
    PlainValidator(_as_day),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "examples": ["monday", "2026-03-02"]}),
]


def _as_names(value: Any) -> Any:
    """Return the names that are parted by a bar."""
    if isinstance(value, str):
        return [name.strip() for name in value.split("|") if name.strip()]
    return value


_AS_TEXT = PlainSerializer("|".join, return_type=str)
_SCHEMA = WithJsonSchema({"type": "string", "examples": ["early|late"]})
Names = Annotated[list[Id], BeforeValidator(_as_names), _AS_TEXT, _SCHEMA]
Weekdays = Annotated[
    list[Literal[_WEEKDAYS]],  # type: ignore[valid-type]
    BeforeValidator(_as_names),
    _AS_TEXT,
    WithJsonSchema({"type": "string", "examples": ["saturday|sunday"]}),
]


class Row(BaseModel):
    """Base of all rows: spare columns are ignored with a note, empty cells left out."""

    model_config = ConfigDict(
        extra="ignore", frozen=True, str_strip_whitespace=True, allow_inf_nan=False
    )

    @model_validator(mode="before")
    @classmethod
    def _empty_is_left_out(cls, data: Any) -> Any:
        if isinstance(data, dict) and ("" in data.values() or None in data.values()):
            return {key: cell for key, cell in data.items() if cell not in ("", None)}
        return data


class Calls(Row):
    """calls.csv: forecast of one queue in one interval."""

    queue: Id
    start: Moment = Field(description="Start of the interval.")
    calls: Amount = Field(ge=0, description="Calls offered.")
    handle_seconds: float = Field(
        gt=0, le=86_400, description="Mean handle time, wrap-up included."
    )


class Required(Row):
    """required.csv: people needed, from another tool; overrides the formula."""

    queue: Id
    start: Moment = Field(description="Start of the interval.")
    agents: Amount = Field(ge=0, description="May be fractional.")


class Inflow(Row):
    """inflow.csv: new cases of one type on one day."""

    case_type: Id
    date: dt.date
    cases: Amount = Field(
        ge=0,
        description="Spread evenly over the day's opening hours of the type.",
    )


class OpenCases(Row):
    """open_cases.csv: the backlog at the start, by received date or item by item."""

    case_type: Id
    received: DayOrMoment = Field(description="Date, or date and time.")
    cases: Amount = Field(1, ge=0, description="How many.")
    due: DayOrMoment | None = Field(
        None, description="Deadline of its own; a date means its end. Default: the SLA."
    )
    case_id: str | None = Field(None, description="Only for your own reference.")


class BacklogAge(Row):
    """backlog_ages.csv: the backlog at the start, by groups of ages."""

    case_type: Id
    from_days: int = Field(ge=0, description="Days since receipt: more than these.")
    to_days: int = Field(ge=1, description="Up to these; the first day is day 1.")
    cases: Amount = Field(ge=0, description="Received evenly over these days.")


class Agent(Row):
    """agents.csv: people."""

    agent_id: Id
    name: str = ""
    team: str = ""
    contract: Id
    roles: Names = Field(
        default=[],
        description="What else they are, parted by |: supervisor|first-aider.",
    )


class Skill(Row):
    """skills.csv: who can do what, and how fast."""

    agent_id: Id
    skill: Id
    speed: float = Field(
        1,
        gt=0,
        le=2,
        description="1: trained; 0.8: a beginner, who does 80 % of a trained "
        "agent's work in the same time. Steps of 0.01.",
    )

    @field_validator("speed")
    @classmethod
    def _in_steps(cls, speed: float) -> float:
        if abs(100 * speed - round(100 * speed)) > 1e-6:
            raise ValueError("expected a speed in steps of 0.01")
        return speed


class Availability(Row):
    """availability.csv: when agents can work.

    An agent without rows, or only with rows that say no, is available otherwise. With
    rows that say yes, only then; a date's rows replace its weekday's.
    """

    agent_id: Id
    day: WeekdayOrDate = Field(description="monday ... sunday, or an ISO date.")
    start: TimeOfDay = Field(0, description="HH:MM; default the day's start.")
    end: TimeOfDay = Field(
        1440,
        description="HH:MM, 24:00 is midnight; at or before start: on the next day.",
    )
    available: bool = Field(True, description="yes or no.")


class Leave(Row):
    """leave.csv: approved absence."""

    agent_id: Id
    start: DayOrMoment = Field(description="First date, or date and time.")
    end: DayOrMoment = Field(description="Last date (included), or date and time.")
    credited_hours: Amount = Field(
        0,
        ge=0,
        description="Paid hours of the whole row that count toward the contract, "
        "spread evenly over its Mondays to Fridays (over all its days if none).",
    )


class Meeting(Row):
    """meetings.csv: something an agent attends once, on the roster."""

    agent_id: Id
    name: Id
    minutes: int = Field(gt=0)
    start: Moment | None = Field(None, description="A fixed meeting's start.")
    earliest: DayOrMoment | None = Field(
        None, description="A floating one's earliest start; default the first day."
    )
    latest: DayOrMoment | None = Field(
        None,
        description="Its latest end; a date means the end of that day; default the "
        "last day.",
    )


class History(Row):
    """history.csv: shifts worked before the first day."""

    agent_id: Id
    start: Moment
    end: Moment
    paid_minutes: int | None = Field(
        None, ge=0, description="Default: the whole length."
    )
    case_minutes: int | None = Field(
        None, ge=0, description="Minutes of it on cases, for shares of case work."
    )
    activity: str | None = Field(
        None,
        description="Queue that the part running into the horizon works on; without "
        "it that part counts for nothing.",
    )


class PinKind(StrEnum):
    """What a pin fixes."""

    OFF = "off"
    SHIFT = "shift"


class Pin(Row):
    """pins.csv: an agent's day as the planner wants it."""

    agent_id: Id
    date: dt.date
    pin: PinKind = Field(description="off or shift.")
    shift_type: str | None = Field(None, description="Of a pinned shift.")
    start: TimeOfDay | None = Field(None, description="HH:MM, of a pinned shift.")
    length_minutes: int | None = Field(
        None, gt=0, description="Needed where the shift type has several lengths."
    )


class PreferenceKind(StrEnum):
    """What a wish is about."""

    AVOID = "avoid"
    WORK = "work"
    SHIFT_TYPE = "shift_type"
    SHIFT = "shift"
    NO_SHIFT = "no_shift"
    HOURS = "hours"


class Preference(Row):
    """preferences.csv: wishes."""

    agent_id: Id
    day: WeekdayOrDate = Field(description="monday ... sunday, or an ISO date.")
    wish: PreferenceKind = Field(
        description="avoid: not to work between start and end; hours: only between "
        "them; work: to work that day; shift_type: this type if any; shift: to work a "
        "shift of this type that day, or (with start) the one that starts then; "
        "no_shift: not to work such a shift."
    )
    start: TimeOfDay = Field(0, description="HH:MM, for avoid, hours and shifts.")
    end: TimeOfDay = Field(
        1440, description="HH:MM, for avoid and hours; as in availability."
    )
    shift_type: str | None = Field(
        None, description="For shift_type, shift and no_shift."
    )
    weight: Amount = Field(
        1,
        gt=0,
        description="Paid hours that it is worth; for avoid and hours per hour "
        "overlapped, or outside.",
    )


class RuleLevel(StrEnum):
    """Whether a rule holds."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    OFF = "off"


class RuleName(StrEnum):
    """Rules of the book (``models.roster.problem.BOOK_RULES``), and ``case_share``."""

    HOURS_WORKED = "hours_worked"
    DAYS_WORKED = "days_worked"
    SHIFTS_OF_TYPE = "shifts_of_type"
    NIGHTS = "nights"
    WORKING_TIMES = "working_times"
    ROTATION = "rotation"
    WEEKENDS_WORKED = "weekends_worked"
    WHOLE_WEEKENDS = "whole_weekends"
    WEEKENDS_IN_A_ROW = "weekends_in_a_row"
    DAYS_IN_A_ROW = "days_in_a_row"
    DAYS_OFF_IN_A_ROW = "days_off_in_a_row"
    SHIFTS_IN_A_ROW = "shifts_in_a_row"
    DAYS_OFF_TOGETHER = "days_off_together"
    WEEKLY_REST = "weekly_rest"
    REST_AFTER = "rest_after"
    SUCCESSIONS = "successions"
    START_CONSISTENCY = "start_consistency"
    CASE_SHARE = "case_share"
    FROZEN = "frozen"


class BookRow(Row):
    """rule_book.csv: labour rules, for everybody, a contract or an agent.

    Of rows that differ only in numbers and level an agent's own counts, else the
    contract's, else everybody's, else that of the set of rules.
    """

    rule: RuleName
    contract: Id | None = Field(None, description="Only for this contract.")
    agent_id: Id | None = Field(None, description="Only for this agent.")
    level: RuleLevel = Field(
        RuleLevel.REQUIRED, description="required, preferred or off."
    )
    weight: Amount = Field(
        1, gt=0, description="Paid hours that each unit outside costs, if preferred."
    )
    min: Amount | None = Field(None, ge=0, description="At least: hours, days, shifts.")
    max: Amount | None = Field(None, ge=0, description="At most.")
    per: str | None = Field(
        None,
        pattern=r"^(day|week|horizon|[1-9]\d{0,2} (days|weeks))$",
        description="day, week, horizon, or N days (weeks): any N in a row.",
    )
    shift_types: Names = Field(
        default=[], description="Shift types that it speaks of, parted by |."
    )
    then: Names = Field(default=[], description="Shift types that must wait.")
    start: TimeOfDay | None = Field(None, description="HH:MM; of nights, of work.")
    end: TimeOfDay | None = Field(None, description="HH:MM; of nights, of work.")
    hours: Amount | None = Field(None, ge=0, description="Of rest; of night; apart.")
    days: int | None = Field(None, ge=1, le=28, description="That must pass.")
    weekdays: Weekdays = Field(default=[], description="Weekdays, parted by |.")
    percent: int | None = Field(
        None,
        ge=0,
        le=100,
        description="Of the paid time, beside max: of case_share.",
    )
    turn: int | None = Field(None, ge=1, description="Of a rotation: which week.")
    turns: int | None = Field(None, ge=1, le=52, description="Weeks of a rotation.")
    date: dt.date | None = Field(None, description="A date in a rotation's first week.")


class HeadcountRow(Row):
    """headcount.csv: people wanted on single shifts."""

    day: WeekdayOrDate = Field(description="monday ... sunday, or an ISO date.")
    shift_type: str | None = Field(None, description="Default: any.")
    start: TimeOfDay | None = Field(None, description="HH:MM. Default: any.")
    agents: int = Field(ge=0, description="How many.")
    short_weight: Amount = Field(
        100, ge=0, description="Paid hours that each person too few costs."
    )
    over_weight: Amount = Field(
        0, ge=0, description="Paid hours that each person too many costs."
    )


class FloorRow(Row):
    """floor_mix.csv: who must be on a shift whenever a time of day is."""

    day: WeekdayOrDate | None = Field(
        None, description="monday ... sunday, or an ISO date. Default: every day."
    )
    start: TimeOfDay = Field(description="HH:MM.")
    end: TimeOfDay = Field(description="HH:MM; at or before start: on the next day.")
    role: Id | None = Field(None, description="A role of agents.csv ...")
    skill: Id | None = Field(None, description="... or a skill of skills.csv.")
    agents: int = Field(1, ge=1, description="How many at least.")
    level: RuleLevel = Field(
        RuleLevel.REQUIRED, description="required, preferred or off."
    )
    weight: Amount = Field(
        10, gt=0, description="Paid hours that each hour without one costs."
    )


class PairRule(StrEnum):
    """How people work together."""

    SAME_HOURS = "same_hours"
    APART = "apart"


class PairRow(Row):
    """pairs.csv: two agents, or a team, with the same hours or never at a time."""

    rule: PairRule = Field(
        description="same_hours: every shift of the one is one of the others; apart: "
        "never two at a time."
    )
    agent_id: Id | None = Field(None, description="One ...")
    other_id: Id | None = Field(None, description="... and the other; or")
    team: Id | None = Field(None, description="a team of agents.csv.")
    level: RuleLevel = Field(
        RuleLevel.REQUIRED, description="required, preferred or off."
    )
    weight: Amount = Field(
        10,
        gt=0,
        description="Paid hours that each shift costs that the other does not work, or "
        "each hour together.",
    )


class Published(Row):
    """published.csv: the roster that people know of; roster.csv of an earlier run."""

    agent_id: Id
    date: dt.date
    shift_type: Id
    start: Moment
    end: Moment


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
    "rule_book": BookRow,
    "headcount": HeadcountRow,
    "floor_mix": FloorRow,
    "pairs": PairRow,
    "published": Published,
}
