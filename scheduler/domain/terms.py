"""On what terms people work: breaks, shift types, contracts."""

from typing import Literal

from pydantic import Field

from scheduler.domain.rule_sets import RuleSet
from scheduler.domain.sections import Name, Section, Weekday
from scheduler.tables import Amount


class Break(Section):
    """A break that a shift holds once."""

    name: Name
    minutes: int = Field(gt=0, description="Its length, minutes.")
    paid: bool = Field(False, description="Whether it is paid.")
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


class OvertimeBand(Section):
    """What paid time beyond some hours costs on top, band upon band."""

    above_hours: Amount = Field(ge=0, description="Paid hours, leave credited.")
    per: Literal["week", "day"] = Field(
        "week", description="Over which time the hours are counted."
    )
    surcharge: Amount = Field(
        gt=0, description="Share of the hour's own cost: 0.5 is half as much again."
    )


class Contract(Section):
    """What an agent may and must work."""

    name: Name
    shift_types: list[Name] = Field(
        min_length=1, description="Shift types that its agents may work."
    )
    min_hours_per_week: float = Field(0, ge=0, le=168, description="Paid hours.")
    max_hours_per_week: float = Field(
        ge=0, le=168, description="Paid hours without overtime."
    )
    max_overtime_hours_per_week: float = Field(
        0,
        ge=0,
        le=168,
        description="Paid hours beyond max_hours_per_week that are allowed.",
    )
    overtime: list[OvertimeBand] = Field(
        [], description="Bands of overtime, beside weights.overtime_hour."
    )
    min_days_per_week: int = Field(
        0, ge=0, le=7, description="Days with a shift, at least."
    )
    max_days_per_week: int = Field(
        5, ge=0, le=7, description="Days with a shift, at most."
    )
    min_rest_hours: Amount = Field(11, ge=0, description="Between two shifts.")
    max_days_in_a_row: int | None = Field(
        6, ge=1, description="Days with a shift, one after the other, at most."
    )
    public_holiday_hours: float = Field(
        0, ge=0, le=24, description="Hours that a public holiday credits to its week."
    )
    cost_per_hour: Amount = Field(1, ge=0, description="Of a paid hour, relative.")
    rules: RuleSet | None = Field(
        None, description="Labour rules to start from. Default: the plan's."
    )
