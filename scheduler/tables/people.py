"""Rows of the tables about agents: what they can do, when, and what they wish."""

import datetime as dt
from enum import StrEnum

from pydantic import Field, field_validator

from scheduler.tables.row import (
    Amount,
    Copied,
    DayOrMoment,
    Id,
    Moment,
    Names,
    Row,
    TimeOfDay,
    WeekdayOrDate,
)


class Agent(Row):
    """agents.csv: people."""

    agent_id: Id
    name: str = Field(
        "", description="For the reader; files and results go by agent_id."
    )
    team: str = Field("", description="Name of their team.")
    contract: Id = Field(description="Name of their contract.")
    roles: Names = Field(
        default=[],
        description="What else they are, parted by |: supervisor|first-aider.",
    )


class Skill(Row):
    """skills.csv: who can do what, and how fast."""

    agent_id: Id
    skill: Id = Field(
        description="Name of a skill: of a queue or case type its own, unless it asks "
        "for another."
    )
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
    minutes: int = Field(gt=0, description="Its length, minutes.")
    start: Moment | None = Field(None, description="A fixed meeting's start.")
    earliest: DayOrMoment | None = Field(
        None, description="A floating one's earliest start; default the first day."
    )
    latest: DayOrMoment | None = Field(
        None,
        description="Its latest end; a date means the end of that day; default the "
        "last day.",
    )


class History(Copied):
    """history.csv: shifts worked before the first day."""

    agent_id: Id
    start: Moment
    end: Moment
    shift_type: str | None = Field(
        None, description="Its type, for rules that speak of some types."
    )
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
    ACTIVITY = "activity"


class Pin(Row):
    """pins.csv: an agent's day, or some hours of it, as the planner wants it."""

    agent_id: Id
    date: dt.date = Field(description="Day that is pinned.")
    pin: PinKind = Field(description="off, shift or activity.")
    shift_type: str | None = Field(None, description="Of a pinned shift.")
    start: TimeOfDay | None = Field(
        None, description="HH:MM, of a pinned shift or activity."
    )
    length_minutes: int | None = Field(
        None, gt=0, description="Needed where the shift type has several lengths."
    )
    activity: str | None = Field(
        None, description="Queue or case type of a pinned activity."
    )
    end: TimeOfDay | None = Field(
        None, description="HH:MM; at or before start: on the next day."
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
    start: TimeOfDay | None = Field(
        None,
        description="HH:MM, for avoid and hours: default the day's start; for shifts: "
        "default any.",
    )
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
