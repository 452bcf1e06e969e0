"""Calls, people needed, cases: rows of the tables about work."""

import datetime as dt

from pydantic import Field

from scheduler.tables.row import (
    Amount,
    DayOrMoment,
    Id,
    Moment,
    Row,
)


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
    date: dt.date = Field(description="Day on which they come.")
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
