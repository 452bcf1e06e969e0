"""Case types: deferred work, how much of it there is and by when it must be done."""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from math import sqrt

from pydantic import Field, PositiveFloat

from scheduler.domain.sections import Name, Section
from scheduler.tables import Amount


class SlaUnit(StrEnum):
    """What a case type's SLA is counted in."""

    BUSINESS_DAYS = "business_days"  #: due at close of the n-th open day after receipt
    CALENDAR_DAYS = "calendar_days"  #: due at the end of the n-th day after receipt
    BUSINESS_HOURS = "business_hours"  #: opening hours since receipt
    HOURS = "hours"  #: hours on the clock since receipt


class Clock(Section):
    """A length of time, counted in its own way."""

    within: float = Field(gt=0, description="How many units; whole for days.")
    unit: SlaUnit = Field(description="What is counted.")
    calendar: Name | None = Field(
        None, description="Open days and hours. Default: the case type's calendar."
    )


class Sla(Clock):
    """By when a case must be done; or most cases, and all of them later."""

    share: float = Field(
        1, gt=0, le=1, description="Share of cases that must be done within it."
    )
    rest: Clock | None = Field(
        None, description="With a share below 1: by when the rest must be done."
    )


class Part(Section):
    """One kind of cases in a mix."""

    name: Name
    share: float = Field(gt=0, le=1, description="Share of the cases.")
    handle_minutes: PositiveFloat = Field(description="Mean handle time of one.")
    handle_cv: Amount = Field(
        0, ge=0, description="Standard deviation of handle time / mean."
    )


class Stage(Section):
    """A case type in which cases go on."""

    case_type: Name = Field(description="Name of the case type in which they go on.")
    share: float = Field(1, gt=0, le=1, description="Share of the cases that go on.")
    wait_days: Amount = Field(
        0,
        ge=0,
        description="Days on the calendar in which they wait for the customer before "
        "they go on; no SLA counts them.",
    )
    same_clock: bool = Field(
        False,
        description="Whether the next SLA counts from when the case was received here, "
        "without the wait. Default: from when it goes on.",
    )


class BacklogTarget(Section):
    """How many cases may be open when a date ends."""

    date: dt.date = Field(description="At the end of this date.")
    cases: Amount = Field(ge=0, description="Open cases at most.")


class ReopenClock(StrEnum):
    """Which deadline a case has that comes back."""

    NEW = "new"  #: the SLA counts again from when it comes back
    SAME = "same"  #: the deadline it had


class Blend(StrEnum):
    """How a case type gets its time."""

    RING_FENCED = "ring-fenced"  #: protected blocks between calls
    DEDICATED = "dedicated"  #: agents who do nothing else
    FILL = "fill"  #: between calls as far as a plan counts on it, and in blocks


class CaseType(Section):
    """Deferred work: cases that wait in a backlog until their SLA deadline."""

    name: Name
    calendar: Name | None = Field(
        None, description="Hours when it may be worked. Default: always."
    )
    skill: Name | None = Field(None, description="Skill needed. Default: its name.")
    handle_minutes: Amount = Field(
        0,
        ge=0,
        description="Mean handle time of one case; left out where there is a mix.",
    )
    handle_cv: Amount = Field(
        0, ge=0, description="Standard deviation of handle time / mean."
    )
    forecast_cv: Amount = Field(
        0,
        ge=0,
        le=2,
        description="How uncertain the inflow is: standard deviation / forecast, "
        "beyond chance.",
    )
    mix: list[Part] = Field(
        [], description="Kinds of cases (simple, complex), instead of handle_minutes."
    )
    sla: Sla
    reopen_rate: float = Field(
        0, ge=0, lt=1, description="Share of completed cases that come back."
    )
    reopen_after_days: Amount = Field(
        0,
        ge=0,
        description="Days on the calendar from receipt until a case comes back. "
        "0: at once, work counts as if it were part of the case.",
    )
    reopen_clock: ReopenClock = Field(
        ReopenClock.NEW, description="Deadline of a case that comes back."
    )
    feeds: list[Stage] = Field(
        [],
        description="Case types in which its cases go on once they are done; planned "
        "to come there when they are due here.",
    )
    first_time_quality: float | None = Field(
        None,
        gt=0,
        le=1,
        description="Share of cases done right the first time, for figures per hour. "
        "Default: 1 - reopen_rate.",
    )
    automation_share: float = Field(
        0, ge=0, le=1, description="Share of new cases that a robot does."
    )
    automation_per_day: Amount | None = Field(
        None, ge=0, description="Most cases that the robot does on a day."
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
    settling_minutes: int = Field(
        0,
        ge=0,
        multiple_of=5,
        description="Minutes at the start of each block in which nothing gets done.",
    )
    maximum_block_minutes: int | None = Field(
        None, ge=5, description="Longest block; a break ends a block."
    )
    weight: Amount = Field(
        1, gt=0, description="Multiplies the weight of an overdue hour-day."
    )
    blend: Blend = Field(
        Blend.RING_FENCED,
        description="How it gets its time: ring-fenced blocks, agents who do nothing "
        "else, or also between calls.",
    )
    fill_efficiency: float = Field(
        0,
        ge=0,
        le=1,
        description="With blend fill: share of the time of people on calls beyond what "
        "calls require that counts as work on these cases; to the per cent.",
    )
    maximum_backlog: Amount | None = Field(
        None, ge=0, description="Most open cases at the end of any day."
    )
    backlog_targets: list[BacklogTarget] = Field(
        [], description="Most open cases at the end of single dates."
    )
    breached_target_days: int = Field(
        3,
        ge=1,
        le=371,
        description="Cases already past their deadline on day one are to be done by "
        "the end of this many days with opening hours.",
    )

    @property
    def quality(self) -> float:
        """Share of cases done right the first time."""
        if self.first_time_quality is not None:
            return self.first_time_quality
        return 1 - self.reopen_rate

    @property
    def mean_minutes(self) -> float:
        """Mean handle time of one case, over the mix."""
        if not self.mix:
            return self.handle_minutes
        return sum(part.share * part.handle_minutes for part in self.mix)

    @property
    def spread(self) -> float:
        """Standard deviation of handle time / mean, between and within the kinds."""
        if not self.mix:
            return self.handle_cv
        squares = sum(
            part.share * part.handle_minutes**2 * (1 + part.handle_cv**2)
            for part in self.mix
        )
        return sqrt(max(0.0, squares / self.mean_minutes**2 - 1))


def in_order(kinds: Sequence[CaseType]) -> list[CaseType]:
    """Return case types so that each comes after those that feed it; without cycles.

    Those of a cycle are left out.
    """
    left, found = list(kinds), list[CaseType]()
    while True:
        waiting = {stage.case_type for kind in left for stage in kind.feeds}
        ready = [kind for kind in left if kind.name not in waiting]
        if not ready:
            return found
        found += ready
        left = [kind for kind in left if kind.name in waiting]
