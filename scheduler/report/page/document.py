"""The data of a report: everything the page shows, as compact as it can be told.

Moments are minutes of the plan's axis; ``origin`` says what minute 0 is. Lists that
belong together have one entry for each interval, day, or case type.
"""

import datetime as dt
from typing import Literal

from pydantic import Field

from scheduler.rosters.document import Entry, MissedEntry, RosterResult, ViolationEntry
from scheduler.rosters.figures import (
    CaseFigures,
    DayFigures,
    PeopleFigures,
    QueueFigures,
    ShortMoment,
)
from scheduler.rosters.simulated import Mean

Known = list[float | None]


class Day(Entry):
    """A day, and the minute at which it starts."""

    date: dt.date
    start: int


class Group(Entry):
    """Something that has one colour on the whole page."""

    colour: str = Field(description="Its colour's name in the style sheet.")
    name: str


class Label(Entry):
    """What people do in a stretch of a shift."""

    name: str
    group: int = Field(description="Position among groups.")


class Headline(Entry):
    """The answers in short; null where nothing is known."""

    level: float | None = Field(description="Of all calls: answered in time / offered.")
    at_best: bool = Field(description="Whether people of several queues count in full.")
    simulated_level: float | None
    intervals: int = Field(description="In which somebody must be there.")
    intervals_covered: int | None
    due: float | None = Field(description="Cases due in the horizon.")
    breaches: float | None
    simulated_breaches: float | None
    paid_hours: float
    overtime_hours: float | None
    violations: int
    not_kept: int


class PageQueue(Entry):
    """One queue, or a set of queues that share agents, per interval."""

    name: str
    members: list[str]
    minutes: int = Field(description="Length of an interval.")
    starts: list[int]
    calls: list[float]
    required: list[float]
    least: list[float] = Field(description="Who must be there in every interval.")
    rostered: list[float] | None = Field(description="People, by their speed.")
    heads: list[float] | None
    short: list[float] | None = Field(description="Missing of those who must be there.")
    level: Known | None = Field(description="Predicted service level.")
    simulated: Known | None
    target: float
    scope: str
    figures: QueueFigures | None


class Curve(Entry):
    """Agent-hours of one case type so far, at some minutes."""

    minutes: list[int]
    available: list[float] = Field(description="Work that has come.")
    due: list[float] = Field(description="Work whose deadline has come.")
    rostered: list[float] | None = Field(description="Case time given.")
    done: list[float] | None = Field(description="Work done in it.")


class PageCaseType(Entry):
    """One case type."""

    name: str
    group: int
    curve: Curve
    inflow: list[float] | None = Field(description="New cases, by day.")
    overdue: list[float] | None = Field(description="Open past their deadline, by day.")
    hours_needed: list[float] | None
    hours_rostered: list[float] | None
    hours_fill: list[float] | None
    simulated_breaches: list[Mean] | None = Field(description="By day.")
    figures: CaseFigures | None


class Metric(Entry):
    """A figure of case work with its definition."""

    name: str
    definition: str
    use: str = Field(description="What a planner does with it.")
    unit: Literal["cases", "share", "hours", "days", "rate"]
    values: Known = Field(description="By case type.")


class MetricGroup(Entry):
    """Metrics that are read together."""

    name: str
    metrics: list[Metric]


class Portion(Entry):
    """How far an agent is off a fair share of something."""

    name: str
    unit: str
    had: float
    off: float


class Person(Entry):
    """An agent, and what the roster asks of them.

    ``shifts`` repeats day, start, minutes, type and paid minutes; ``doings`` repeats
    start, minutes and label; ``away`` repeats start and minutes of leave.
    """

    agent: str
    name: str
    team: str
    contract: str
    skills: list[str]
    shifts: list[int]
    doings: list[int]
    away: list[int]
    paid_hours: float
    least_hours: float = Field(description="Of the weeks, by the contract.")
    most_hours: float
    days: int
    weekends: int = Field(description="Days on Saturdays and Sundays.")
    earlies: int
    lates: int
    case_hours: float | None
    case_share: float | None = Field(
        description="Case hours / hours on calls and cases; null where unknown."
    )
    wishes: int
    granted: int | None
    against: float = Field(
        description="Earlies, lates and weekend days above the mean of the team."
    )
    portions: list[Portion]


class DayHours(Entry):
    """Agent-hours of a day, by group."""

    date: dt.date
    hours: list[float]
    paid_hours: float


class Cost(Entry):
    """What each goal costs, in paid hours' worth."""

    parts: dict[str, float]
    bound_parts: dict[str, float]
    words: dict[str, str]
    objective: float | None
    bound: float | None
    floor: float | None
    gap: float | None


class Trouble(Entry):
    """What is wrong, and what the reader should know."""

    violations: list[ViolationEntry]
    violations_left_out: int
    not_judged: list[str]
    not_kept: list[MissedEntry]
    not_kept_left_out: int
    worst: list[ShortMoment]
    flags: list[str]
    notes: list[str]


class Simulated(Entry):
    """How it was simulated."""

    replications: int
    seed: int
    blend: str
    confidence: float
    kept: float | None


class PageDocument(Entry):
    """Everything the page shows."""

    title: str
    locale: str
    time_zone: str
    origin: int = Field(description="Minute 0, milliseconds since 1970 in UTC.")
    end: int = Field(description="Minute at which the horizon ends.")
    version: str
    plan_hash: str
    days: list[Day]
    groups: list[Group]
    labels: list[Label]
    shift_types: list[str]
    activities_known: bool
    early_before: int = Field(description="Minute of the day.")
    late_after: int
    headline: Headline
    queues: list[PageQueue]
    cases: list[PageCaseType]
    metrics: list[MetricGroup]
    people: list[Person]
    figures: PeopleFigures | None
    day_figures: list[DayFigures]
    hours: list[DayHours]
    cost: Cost
    trouble: Trouble
    simulated: Simulated | None
    made: RosterResult | None
