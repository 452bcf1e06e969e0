"""The plan: what a planner writes in plan.toml, and the tables beside it.

One definition serves the folder (plan.toml and CSV tables), plan.json, validation and
the JSON Schema. Field descriptions are the documentation of the format.
"""

import datetime as dt
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)

from scheduler import tables
from scheduler.clock import TimeRange, as_time_range
from scheduler.tables import Amount

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
OpenTimes = list[
    Annotated[
        TimeRange,
        PlainValidator(as_time_range),
        PlainSerializer(str, return_type=str),
        WithJsonSchema({"type": "string", "examples": ["08:00-17:30"]}),
    ]
]


class Weekday(StrEnum):
    """Days of the week, as they are written in a plan."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class Section(BaseModel):
    """Base of everything in plan.toml: unknown keys are errors, values are frozen."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, allow_inf_nan=False
    )


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


class Calendar(Section):
    """Opening hours by weekday and by date; a weekday left out is closed."""

    monday: OpenTimes = Field([], description='Such as ["08:00-12:00", "13:00-24:00"].')
    tuesday: OpenTimes = []
    wednesday: OpenTimes = []
    thursday: OpenTimes = []
    friday: OpenTimes = []
    saturday: OpenTimes = []
    sunday: OpenTimes = Field(
        [], description="A range such as 22:00-06:00 ends on the next day."
    )
    closed: list[dt.date] = Field([], description="Dates closed all day (holidays).")
    dates: dict[dt.date, OpenTimes] = Field(
        {}, description="Opening hours of single dates, instead of the weekday's."
    )


class Queue(Section):
    """Real-time work: calls that must be answered within seconds."""

    name: Name
    calendar: Name | None = Field(
        None, description="When it is open. Default: whenever there is demand."
    )
    skill: Name | None = Field(None, description="Skill needed. Default: its name.")
    service_level: float = Field(
        0.8, gt=0, lt=1, description="Share of offered calls answered in time."
    )
    answer_within_seconds: Amount = Field(20, ge=0, description="In time means this.")
    patience_seconds: Amount | None = Field(
        None,
        gt=0,
        description="Mean patience of callers: Erlang A. Without: Erlang C.",
    )
    maximum_occupancy: float | None = Field(
        None, gt=0, le=1, description="Most of an agent's time spent on calls."
    )
    unplanned_shrinkage: float = Field(
        0,
        ge=0,
        lt=1,
        description="Share of rostered people who are not there (sickness, lateness). "
        "Planned absence is on the roster and must not be in it.",
    )
    minimum_agents: Amount = Field(
        0, ge=0, description="People needed whenever the queue is open."
    )


class SlaUnit(StrEnum):
    """What a case type's SLA is counted in."""

    BUSINESS_DAYS = "business_days"  #: due at close of the n-th open day after receipt
    CALENDAR_DAYS = "calendar_days"  #: due at the end of the n-th day after receipt
    BUSINESS_HOURS = "business_hours"  #: opening hours since receipt
    HOURS = "hours"  #: hours on the clock since receipt


class Sla(Section):
    """By when a case must be done."""

    within: float = Field(gt=0, description="How many units; whole for days.")
    unit: SlaUnit = Field(description="What is counted.")
    calendar: Name | None = Field(
        None, description="Open days and hours. Default: the case type's calendar."
    )


class Blend(StrEnum):
    """How a case type gets its time."""

    RING_FENCED = "ring-fenced"  #: protected blocks between calls
    DEDICATED = "dedicated"  #: agents who do nothing else
    FILL = "fill"  #: surplus on voice; no engine has it yet


class CaseType(Section):
    """Deferred work: cases that wait in a backlog until their SLA deadline."""

    name: Name
    calendar: Name | None = Field(
        None, description="Hours when it may be worked. Default: always."
    )
    skill: Name | None = Field(None, description="Skill needed. Default: its name.")
    handle_minutes: Amount = Field(gt=0, description="Mean handle time of one case.")
    handle_cv: Amount = Field(
        0, ge=0, description="Standard deviation of handle time / mean (reported)."
    )
    sla: Sla
    reopen_rate: float = Field(
        0, ge=0, lt=1, description="Share of completed cases that come back."
    )
    utilisation: float = Field(
        1,
        gt=0,
        le=1,
        description="Share of block time that is handle time (settling in, waiting).",
    )
    unplanned_shrinkage: float = Field(
        0, ge=0, lt=1, description="Share of rostered block time that is lost."
    )
    minimum_block_minutes: int = Field(
        60, ge=5, description="Shortest uninterrupted ring-fenced block."
    )
    maximum_block_minutes: int | None = Field(
        None, ge=5, description="Longest block; a break ends a block."
    )
    weight: Amount = Field(
        1, gt=0, description="Multiplies the weight of an overdue hour-day."
    )
    blend: Blend = Blend.RING_FENCED
    breached_target_days: int = Field(
        3,
        ge=1,
        le=371,
        description="Cases already past their deadline on day one are to be done by "
        "the end of this many days with opening hours.",
    )


class Break(Section):
    """A break that a shift holds once."""

    name: Name
    minutes: int = Field(gt=0)
    paid: bool = False
    earliest_minutes: int = Field(
        ge=0, description="Earliest start, minutes after the shift's start."
    )
    latest_minutes: int = Field(
        ge=0, description="Latest start, minutes after the shift's start."
    )


class ShiftType(Section):
    """A menu of shifts: starts times lengths."""

    name: Name
    starts: list[Name] = Field(
        min_length=1,
        description='Start times: "08:00", or "07:00-10:00/30" (every 30 minutes).',
    )
    length_minutes: list[int] = Field(
        min_length=1, description="Lengths, unpaid breaks included."
    )
    weekdays: list[Weekday] = Field(
        list(Weekday), min_length=1, description="Days on which it may start."
    )
    breaks: list[Break] = Field([], description="In the order in which they come.")
    minutes_between_breaks: int = Field(
        0, ge=0, description="Least time from the end of a break to the next."
    )


class Contract(Section):
    """What an agent may and must work."""

    name: Name
    shift_types: list[Name] = Field(min_length=1)
    min_hours_per_week: float = Field(0, ge=0, le=168, description="Paid hours.")
    max_hours_per_week: float = Field(
        ge=0, le=168, description="Paid hours without overtime."
    )
    max_overtime_hours_per_week: float = Field(0, ge=0, le=168)
    min_days_per_week: int = Field(0, ge=0, le=7)
    max_days_per_week: int = Field(5, ge=0, le=7)
    min_rest_hours: Amount = Field(11, ge=0, description="Between two shifts.")
    max_days_in_a_row: int | None = Field(6, ge=1)
    public_holiday_hours: float = Field(
        0, ge=0, le=24, description="Hours that a public holiday credits to its week."
    )
    cost_per_hour: Amount = Field(1, ge=0, description="Of a paid hour, relative.")


class Rules(Section):
    """Rules for everybody."""

    shortest_voice_run_minutes: int = Field(
        30, ge=5, description="Shortest uninterrupted time on calls."
    )


class Weights(Section):
    """Exchange rates: what one unit is worth in paid hours."""

    paid_hour: Amount = Field(
        1, ge=0, description="Times the contract's cost_per_hour."
    )
    overtime_hour: Amount = Field(0.5, ge=0, description="On top of a paid hour.")
    voice_short_hour: Amount = Field(
        100, ge=0, description="Agent-hour of voice short."
    )
    overdue_hour_day: Amount = Field(
        30, ge=0, description="Hour of case work overdue for a day."
    )
    preference: Amount = Field(1, ge=0, description="Multiplies wishes' own weights.")
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


class Plan(Section):
    """A whole plan."""

    format: Literal[1] = Field(1, description="Version of this format.")
    name: str = Field("", description="Title, for reports.")
    horizon: Horizon
    pooling: Literal["subsets", "none"] = Field(
        "subsets",
        description="How agents with several queues count: for every set of queues "
        "that shares agents (optimistic), or one queue at a time (pessimistic).",
    )
    public_holidays: list[dt.date] = []
    calendars: dict[Name, Calendar] = {}
    queues: list[Queue] = []
    case_types: list[CaseType] = []
    shift_types: list[ShiftType] = Field(min_length=1)
    contracts: list[Contract] = Field(min_length=1)
    rules: Rules = Rules()
    weights: Weights = Weights()

    calls: list[tables.Calls] = []
    required: list[tables.Required] = []
    inflow: list[tables.Inflow] = []
    open_cases: list[tables.OpenCases] = []
    agents: list[tables.Agent] = []
    skills: list[tables.Skill] = []
    availability: list[tables.Availability] = []
    leave: list[tables.Leave] = []
    meetings: list[tables.Meeting] = []
    history: list[tables.History] = []
    pins: list[tables.Pin] = []
    preferences: list[tables.Preference] = []

    @classmethod
    def of(cls, content: dict[str, Any]) -> Self:
        """Return the plan of a JSON-like dictionary; raise pydantic's error if bad."""
        return cls.model_validate(content)
