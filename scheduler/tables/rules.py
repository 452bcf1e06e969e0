"""Rows of the tables about rules: the book, who must be there, what was published."""

import datetime as dt
from enum import StrEnum

from pydantic import Field

from scheduler.tables.row import (
    WEEKDAYS,
    Amount,
    Id,
    Names,
    Per,
    Row,
    TimeOfDay,
    WeekdayOrDate,
    Weekdays,
    days_in,
)


class RuleLevel(StrEnum):
    """Whether a rule holds."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    OFF = "off"


class RuleName(StrEnum):
    """Rules of the book (``problem.BOOK_RULES`` but ``frozen``), and ``case_share``."""

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


_USUAL = {
    RuleName.SHIFTS_OF_TYPE: "horizon",
    RuleName.WEEKENDS_WORKED: "horizon",
}
OF_WEEKENDS = (
    RuleName.WEEKENDS_WORKED,
    RuleName.WHOLE_WEEKENDS,
    RuleName.WEEKENDS_IN_A_ROW,
)
_NIGHT = 23 * 60, 6 * 60


class BookRow(Row):
    """rule_book.csv: labour rules, for everybody, a contract or an agent.

    Rows of one subject for an agent take the place of those for the contract, these of
    those for everybody, and these of those of the set of rules.
    """

    rule: RuleName = Field(
        description="Name of the rule; what it says is in its numbers."
    )
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
    per: Per | None = Field(
        None,
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

    @property
    def window(self) -> str:
        """The window of the rule, also where the row leaves it to the rule."""
        return self.per or _USUAL.get(self.rule, "week")

    @property
    def times(self) -> tuple[int, int] | None:
        """The time of day of the shifts that it speaks of."""
        if self.start is not None and self.end is not None:
            return self.start, self.end
        return _NIGHT if self.rule is RuleName.NIGHTS else None

    @property
    def days_of_week(self) -> tuple[str, ...]:
        """The weekdays that it speaks of, in the order of the week; none: all."""
        usual = WEEKDAYS[5:] if self.rule in OF_WEEKENDS else ()
        return tuple(day for day in WEEKDAYS if day in (self.weekdays or usual))

    @property
    def subject(self) -> tuple[object, ...]:
        """What it is about: all but its numbers, its level, and whom it is for."""
        return (
            self.rule,
            days_in(self.window) if " " in self.window else self.window,
            frozenset(self.shift_types),
            frozenset(self.then),
            self.days_of_week,
            self.times or (self.start, self.end),
            self.turn,
        )


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
