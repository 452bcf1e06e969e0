"""Calendars and queues: when work is done, and calls."""

import datetime as dt
from enum import StrEnum

from pydantic import Field, PositiveFloat

from models.erlang import Definition
from scheduler.domain.sections import Name, OpenTimes, Section
from scheduler.tables import Amount

_FLOOR = 0.6  # service level of intervals where the day or week has one


class Calendar(Section):
    """Opening hours by weekday and by date; a weekday left out is closed."""

    monday: OpenTimes = Field([], description='Such as ["08:00-12:00", "13:00-24:00"].')
    tuesday: OpenTimes = Field([], description="Opening hours on Tuesdays.")
    wednesday: OpenTimes = Field([], description="Opening hours on Wednesdays.")
    thursday: OpenTimes = Field([], description="Opening hours on Thursdays.")
    friday: OpenTimes = Field([], description="Opening hours on Fridays.")
    saturday: OpenTimes = Field([], description="Opening hours on Saturdays.")
    sunday: OpenTimes = Field(
        [], description="A range such as 22:00-06:00 ends on the next day."
    )
    closed: list[dt.date] = Field([], description="Dates closed all day.")
    holidays: str | None = Field(
        None,
        description="Country, or part of one, on whose public holidays it is closed: "
        "GB, GB-ENG, DE-BY. Opening hours in dates come first.",
    )
    dates: dict[dt.date, OpenTimes] = Field(
        {}, description="Opening hours of single dates, instead of the weekday's."
    )


class MovingLoad(StrEnum):
    """How the load of an interval follows from its calls."""

    MODIFIED = "modified"  #: calls go on in later intervals (modified offered load)
    SIPP = "sipp"  #: each interval by itself, as if it had always been like that


class Scope(StrEnum):
    """Over which time a service level is a mean."""

    INTERVAL = "interval"  #: every interval reaches it by itself
    DAY = "day"  #: the calls of a day reach it together
    WEEK = "week"  #: the calls of a week (of the part in the horizon)


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
    service_level_of: Definition = Field(
        Definition.OFFERED, description="Calls that count in the service level."
    )
    service_level_scope: Scope = Field(
        Scope.INTERVAL,
        description="What reaches the service level: every interval by itself, or all "
        "calls of a day or week together. Intervals in required.csv stay as they are.",
    )
    service_level_floor: float | None = Field(
        None,
        gt=0,
        lt=1,
        description="With scope day or week: the level of every interval by itself. "
        "Default: 0.6, or the service level if that is less.",
    )
    maximum_wait_seconds: Amount | None = Field(
        None, gt=0, description="Longest mean wait, over all calls."
    )
    maximum_abandonment: float | None = Field(
        None, gt=0, lt=1, description="Largest share of callers who give up."
    )
    patience_seconds: Amount | None = Field(
        None,
        gt=0,
        description="Mean patience of callers: Erlang A. Without: Erlang C.",
    )
    maximum_occupancy: float | None = Field(
        None, gt=0, le=1, description="Most of an agent's time spent on calls."
    )
    forecast_cv: float = Field(
        0,
        ge=0,
        le=2,
        description="How uncertain the calls are: standard deviation of the rate of an "
        "interval / its forecast.",
    )
    handle_factors: list[PositiveFloat] = Field(
        [1.0],
        min_length=1,
        description="For chats: handle time while an agent holds 1, 2, ... of them / "
        "handle time of one alone; as many as an agent may hold at once.",
    )
    moving_load: MovingLoad = Field(
        MovingLoad.MODIFIED, description="How the load follows from the calls."
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

    @property
    def level_of_intervals(self) -> float:
        """The service level that every interval reaches by itself."""
        if self.service_level_scope is Scope.INTERVAL:
            return self.service_level
        return self.service_level_floor or min(_FLOOR, self.service_level)
