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

    date: dt.date = Field(description="Its date.")
    start: int = Field(description="Minute at which it starts.")


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
    simulated_level: float | None = Field(description="The same, simulated.")
    intervals: int = Field(description="In which somebody must be there.")
    intervals_covered: int | None = Field(
        description="Of them those in which nobody is missing."
    )
    due: float | None = Field(description="Cases due in the horizon.")
    breaches: float | None = Field(
        description="Of them not done by their deadline, predicted."
    )
    simulated_breaches: float | None = Field(description="The same, simulated.")
    paid_hours: float
    overtime_hours: float | None
    violations: int
    not_kept: int = Field(description="How much that was preferred is not kept.")


class PageQueue(Entry):
    """One queue, or a set of queues that share agents, per interval."""

    name: str
    members: list[str] = Field(description="Names of its queues.")
    minutes: int = Field(description="Length of an interval.")
    starts: list[int] = Field(description="Minutes at which intervals start.")
    calls: list[float] = Field(description="Calls offered, by interval.")
    required: list[float] = Field(description="People needed, by interval.")
    least: list[float] = Field(description="Who must be there in every interval.")
    rostered: list[float] | None = Field(description="People, by their speed.")
    heads: list[float] | None = Field(description="People, by heads.")
    short: list[float] | None = Field(description="Missing of those who must be there.")
    level: Known | None = Field(description="Predicted service level.")
    simulated: Known | None = Field(description="Simulated service level.")
    target: float = Field(description="Service level that the plan asks for.")
    scope: str = Field(description="What reaches it: interval, day or week.")
    figures: QueueFigures | None = Field(description="Its figures over the horizon.")


class Curve(Entry):
    """Agent-hours of one case type so far, at some minutes."""

    minutes: list[int] = Field(description="Minutes at which it is told.")
    available: list[float] = Field(description="Work that has come.")
    due: list[float] = Field(description="Work whose deadline has come.")
    rostered: list[float] | None = Field(description="Case time given.")
    done: list[float] | None = Field(description="Work done in it.")


class PageCaseType(Entry):
    """One case type."""

    name: str
    group: int = Field(description="Position among groups.")
    curve: Curve = Field(description="Its work over time.")
    inflow: list[float] | None = Field(description="New cases, by day.")
    overdue: list[float] | None = Field(description="Open past their deadline, by day.")
    hours_needed: list[float] | None
    hours_rostered: list[float] | None
    hours_fill: list[float] | None
    simulated_breaches: list[Mean] | None = Field(description="By day.")
    figures: CaseFigures | None = Field(description="Its figures over the horizon.")


class Metric(Entry):
    """A figure of case work with its definition."""

    name: str
    definition: str = Field(description="How it is worked out.")
    use: str = Field(description="What a planner does with it.")
    unit: Literal["cases", "share", "hours", "days", "rate"] = Field(
        description="What its values are counted in."
    )
    values: Known = Field(description="By case type.")


class MetricGroup(Entry):
    """Metrics that are read together."""

    name: str
    metrics: list[Metric] = Field(description="The figures.")


class Portion(Entry):
    """How far an agent is off a fair share of something."""

    name: str = Field(description="What is shared out.")
    unit: str = Field(description="What it is counted in.")
    had: float = Field(description="In the weeks that count and in the roster.")
    off: float = Field(description="How much more than would be fair; below 0: less.")


class Person(Entry):
    """An agent, and what the roster asks of them.

    ``shifts`` repeats day, start, minutes, type and paid minutes; ``doings`` repeats
    start, minutes and label; ``away`` repeats start and minutes of leave.
    """

    agent: str
    name: str
    team: str
    contract: str
    skills: list[str] = Field(description="Names of their skills.")
    shifts: list[int] = Field(
        description="Day, start, minutes, type and paid minutes of each shift, one "
        "after the other."
    )
    doings: list[int] = Field(
        description="Start, minutes and label of each stretch, one after the other."
    )
    away: list[int] = Field(
        description="Start and minutes of each leave, one after the other."
    )
    paid_hours: float
    least_hours: float = Field(description="Of the weeks, by the contract.")
    most_hours: float = Field(
        description="Of the weeks, by the contract, without overtime."
    )
    days: int = Field(description="Days with a shift.")
    weekends: int = Field(description="Days on Saturdays and Sundays.")
    earlies: int = Field(description="Early shifts.")
    lates: int = Field(description="Late shifts.")
    case_hours: float | None = Field(description="Hours on cases; null where unknown.")
    case_share: float | None = Field(
        description="Case hours / hours on calls and cases; null where unknown."
    )
    wishes: int = Field(description="Their wishes.")
    granted: int | None = Field(description="Of them granted; null where unknown.")
    against: float = Field(
        description="Earlies, lates and weekend days above the mean of the team."
    )
    portions: list[Portion] = Field(description="How far they are off fair shares.")


class DayHours(Entry):
    """Agent-hours of a day, by group."""

    date: dt.date
    hours: list[float] = Field(description="By group, in the groups' order.")
    paid_hours: float


class Cost(Entry):
    """What each goal costs, in paid hours' worth."""

    parts: dict[str, float] = Field(description="What each goal costs.")
    bound_parts: dict[str, float] = Field(description="The bound, goal by goal.")
    words: dict[str, str] = Field(description="Goals in words.")
    objective: float | None
    bound: float | None
    floor: float | None = Field(
        description="What the cheapest legal tours cost with no demand at all."
    )
    gap: float | None


class Trouble(Entry):
    """What is wrong, and what the reader should know."""

    violations: list[ViolationEntry] = Field(description="Rules that are broken.")
    violations_left_out: int = Field(description="How many more there are.")
    not_judged: list[str] = Field(description="Rules that need activities.")
    not_kept: list[MissedEntry] = Field(
        description="What was preferred and is not kept, the dearest first."
    )
    not_kept_left_out: int = Field(description="How many more there are.")
    worst: list[ShortMoment] = Field(description="Where most people are missing.")
    flags: list[str] = Field(
        description="Where the plan promises more than the simulation keeps."
    )
    notes: list[str]


class Simulated(Entry):
    """How it was simulated."""

    replications: int = Field(description="How often the horizon was played.")
    seed: int
    blend: str = Field(description="How cases get their time.")
    confidence: float = Field(description="Of the intervals around means.")
    kept: float | None = Field(
        description="Share of replications without a breach of any case type; null "
        "where there are no cases."
    )


class PageDocument(Entry):
    """Everything the page shows."""

    title: str = Field(description="Title of the plan.")
    locale: str
    time_zone: str
    origin: int = Field(description="Minute 0, milliseconds since 1970 in UTC.")
    end: int = Field(description="Minute at which the horizon ends.")
    version: str = Field(description="Version of the program.")
    plan_hash: str
    days: list[Day] = Field(description="Days of the horizon.")
    groups: list[Group] = Field(description="What has a colour of its own.")
    labels: list[Label] = Field(description="What people do.")
    shift_types: list[str] = Field(description="Names of the shift types.")
    activities_known: bool = Field(
        description="Whether it is known what fills the shifts."
    )
    early_before: int = Field(description="Minute of the day.")
    late_after: int = Field(
        description="A shift that ends after this minute of the day is late."
    )
    headline: Headline = Field(description="The answers in short.")
    queues: list[PageQueue] = Field(
        description="Each queue, and each set of queues that share agents."
    )
    cases: list[PageCaseType] = Field(description="Each case type.")
    metrics: list[MetricGroup] = Field(
        description="Figures of case work, with their definitions."
    )
    people: list[Person] = Field(description="Each agent.")
    figures: PeopleFigures | None = Field(
        description="What the roster asks of people; null where unknown."
    )
    day_figures: list[DayFigures] = Field(description="Figures by day.")
    hours: list[DayHours] = Field(description="Agent-hours by day.")
    cost: Cost = Field(description="What each goal costs.")
    trouble: Trouble = Field(description="What is wrong.")
    simulated: Simulated | None = Field(
        description="How it was simulated; null unless it was."
    )
    made: RosterResult | None = Field(
        description="How it was made; null where unknown."
    )
