"""The figures of one roster, as result.json and the terminal's summary show them."""

import datetime as dt

from pydantic import BaseModel, ConfigDict, Field

from scheduler.domain import Scope


class Figures(BaseModel):
    """Base of all figures: frozen, and nothing else in them."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DayFigures(Figures):
    """One day: its calls, its case work, its people. Hours are agent-hours."""

    date: dt.date
    calls: float = Field(description="Offered, by the forecast.")
    required_hours: float = Field(description="People that the calls need.")
    rostered_hours: float = Field(description="People on calls, by their speed.")
    short_hours: float = Field(description="Missing people, interval by interval.")
    service_level: float | None = Field(
        description="Predicted: answered in time / offered; null without calls."
    )
    at_best: bool = Field(
        False,
        description="Whether people of several queues count in full in the level of "
        "each: the queues promise different things.",
    )
    case_hours: float = Field(description="Case time that is rostered.")
    paid_hours: float


class QueueDay(Figures):
    """One queue (or set of queues that share agents) on one day."""

    date: dt.date
    calls: float = Field(description="Offered, by the forecast.")
    required_hours: float
    rostered_hours: float
    short_hours: float
    service_level: float | None


class QueueFigures(Figures):
    """One queue (or set of queues that share agents) over the horizon."""

    queue: str
    calls: float = Field(description="Offered, by the forecast.")
    required_hours: float
    rostered_hours: float
    short_hours: float = Field(
        description="Missing people, interval by interval; of a target for days or "
        "weeks below the floor of each interval."
    )
    intervals: int = Field(description="Intervals in which somebody is needed.")
    intervals_covered: int = Field(description="Those in which nobody is missing.")
    service_level: float | None = Field(
        description="Predicted, over the horizon; null without calls, and for a set of "
        "queues that promise different things."
    )
    at_best: bool = Field(
        False,
        description="Whether some of its people also do other queues; the level counts "
        "them here in full.",
    )
    service_level_target: float = Field(
        description="Service level that the plan asks for."
    )
    service_level_scope: Scope = Field(
        description="Whether every interval reaches it, or all calls of a day or week."
    )
    spans: int = Field(
        description="Days or weeks whose calls are to reach the target together."
    )
    spans_reached: int = Field(description="Those of which the calls do, predicted.")
    days: list[QueueDay] = Field(description="The same day by day.")


class ShortMoment(Figures):
    """An interval with people missing."""

    queue: str
    start: dt.datetime
    required: float = Field(description="People who must be there.")
    effective: float = Field(description="People there, by their speed.")
    short: float = Field(description="People missing.")


class AgeGroup(Figures):
    """Open cases of some ages, in days since receipt."""

    from_days: int = Field(description="From this age on.")
    to_days: int | None = Field(description="Up to, not included; null: any age.")
    cases: float = Field(description="Open cases of these ages.")


class CaseDay(Figures):
    """One case type on one day, in cases."""

    date: dt.date
    completed: float = Field(description="Cases done that day.")
    due: float = Field(description="Cases whose deadline is that day.")
    breaches: float = Field(description="Cases not done by their deadline that day.")
    breaches_high: float = Field(
        description="No more by chance, with the confidence of chance."
    )
    closing: float = Field(description="Open when the day ends.")
    ages: list[AgeGroup] = Field(description="Those open at its end.")


class BacklogBound(Figures):
    """A bound on the backlog at the end of a day, and what it is by the forecast."""

    date: dt.date = Field(description="At the end of this date.")
    most: float = Field(description="Open cases that the plan allows.")
    closing: float = Field(description="Open cases then, by the forecast.")


class RescueFigures(Figures):
    """Cases that breach at one deadline, and the case time that would save them."""

    deadline: dt.datetime = Field(description="When they are due.")
    cases: float = Field(description="Cases that are not done by then.")
    hours: float = Field(
        description="Of a trained agent, beside those that save cases due before."
    )
    latest: dt.datetime | None = Field(
        description="When the hours must have been given; null: they come too late."
    )


class ChanceFigures(Figures):
    """How many cases may breach by chance, over many runs of the forecast."""

    runs: int = Field(description="How often the horizon was played.")
    confidence: float = Field(
        description="Share of runs in which no more than `high` breach."
    )
    mean: float = Field(description="Breaches, the mean over the runs.")
    high: float = Field(description="No more breach in so many runs.")
    none: float = Field(description="Share of runs in which no case breaches.")


class CaseFigures(Figures):
    """One case type over the horizon, in cases and agent-hours."""

    case_type: str
    opening: float = Field(description="Open at the start.")
    inflow: float = Field(description="For people; what a robot does is not in it.")
    automated: float = Field(description="New cases that a robot does.")
    completed: float = Field(description="Done in the horizon.")
    closing: float = Field(description="Open at the end.")
    due: float = Field(description="Cases whose deadline lies in the horizon.")
    breaches: float = Field(description="Those not done by then, each once.")
    first_breach: dt.date | None = Field(
        description="Day of the first breach; null without one."
    )
    already_breached: float = Field(description="Past their deadline at the start.")
    overdue: float = Field(description="Open at the end, past their deadline.")
    hours_needed: float = Field(description="Of the cases due in the horizon.")
    hours_rostered: float = Field(description="In ring-fenced blocks.")
    hours_fill: float = Field(
        description="Between calls, as far as the plan counts on them; beside "
        "hours_rostered."
    )
    hours_used: float = Field(description="Hours, of both, with cases to do.")
    utilisation: float | None = Field(description="Hours used / both.")
    sla_compliance: float | None = Field(
        description="Of the cases due, those done by their deadline."
    )
    protected_compliance: float | None = Field(
        description="The same if nothing is done between calls."
    )
    backlog_health: float | None = Field(
        description="Of the cases open at the end, those not past their deadline."
    )
    items_per_hour: float | None = Field(description="Completed / hours used.")
    quality_adjusted_per_hour: float | None = Field(
        description="The same, times the share done right the first time."
    )
    closed_share: float | None = Field(
        description="Completed / (open at the start and new)."
    )
    reopen_rate: float = Field(description="Share that comes back, by the plan.")
    mean_age_days: float = Field(description="Of the completed, at completion.")
    oldest_age_days: float = Field(description="Of the oldest case open at the end.")
    ages_at_start: list[AgeGroup] = Field(
        description="Open cases at the start, by age."
    )
    ages_at_end: list[AgeGroup] = Field(description="Open cases at the end, by age.")
    bounds: list[BacklogBound] = Field(description="Most open cases at days' ends.")
    chance: ChanceFigures
    rescues: list[RescueFigures] = Field(
        description="What would save the cases that breach, by deadline."
    )
    days: list[CaseDay] = Field(description="The same day by day.")


class PeopleFigures(Figures):
    """What the roster asks of people, in hours."""

    agents: int = Field(description="Agents of the plan.")
    agents_rostered: int = Field(description="Agents with a shift.")
    shifts: int = Field(description="Shifts, all agents together.")
    paid_hours: float
    overtime_hours: float
    voice_hours: float = Field(description="Agent-hours on calls.")
    case_hours: float = Field(description="Agent-hours in blocks for cases.")
    break_hours: float = Field(description="Agent-hours in breaks.")
    meeting_hours: float = Field(description="Agent-hours in meetings.")
    idle_hours: float = Field(description="Time with nothing to do.")
    unused_case_hours: float = Field(description="Blocks with no case left to do.")
    useful_hours: float = Field(
        description="Calls' hours up to what they need, and case hours used."
    )
    useful_share: float | None = Field(description="Useful hours / paid hours.")
    wishes: int = Field(description="Wishes of the plan.")
    wishes_missed: int = Field(description="Wishes that are not granted.")


class OffShare(Figures):
    """How far an agent is off a fair share."""

    agent: str
    had: float = Field(description="In the weeks that count and in the roster.")
    target: float = Field(description="What would be fair of what all have.")
    off: float = Field(description="How much more than the target; below 0: less.")


class FairFigures(Figures):
    """Something that the plan shares out."""

    name: str = Field(description="What is shared out, by its name in the plan.")
    unit: str = Field(description="shifts or hours: what it is counted in.")
    agents: int = Field(description="Among whom.")
    before: float = Field(description="What they have had in the weeks that count.")
    rostered: float = Field(description="What the roster gives them.")
    furthest: list[OffShare] = Field(description="The furthest off their targets.")


class Summary(Figures):
    """Everything the one-screen summary shows."""

    days: list[DayFigures]
    queues: list[QueueFigures]
    worst: list[ShortMoment] = Field(description="Where most people are missing.")
    cases: list[CaseFigures]
    people: PeopleFigures
    fair: list[FairFigures] = Field([], description="What the plan shares out.")
