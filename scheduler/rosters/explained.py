"""Explanations as a document: of agents' days, of a moment, of a case type."""

import datetime as dt

from pydantic import Field

from scheduler.rosters.document import Entry
from scheduler.rosters.figures import RescueFigures


class ShiftEntry(Entry):
    """A shift; moments on the wall clock of the plan, with their offset from UTC."""

    shift_type: str
    start: dt.datetime
    end: dt.datetime


class BreachEntry(Entry):
    """A rule that would be broken."""

    rule: str
    message: str


class OtherDays(Entry):
    """The agent's cheapest week with the change, other days free to move."""

    cost: float = Field(description="What the whole costs more, paid hours.")
    goals: dict[str, float] = Field(description="The same, goal by goal.")
    dates: list[dt.date] = Field(description="Other days that change.")


class InsteadEntry(Entry):
    """Another thing to do on the day; no shifts: a day off."""

    shifts: list[ShiftEntry] = Field(description="Shifts of the day; none: a day off.")
    breaks: list[BreachEntry] = Field(description="With the other days as they are.")
    cost: float | None = Field(
        description="What the whole costs more, paid hours; null where a rule forbids "
        "it, but for a day off: anybody can fall sick."
    )
    goals: dict[str, float] = Field(description="The same, goal by goal.")
    other_days: OtherDays | None = Field(
        description="Where it breaks rules, what it takes to keep them; null: no week "
        "of this agent has it."
    )


class AgentDay(Entry):
    """What an agent does on a day, and the best of each shift type instead."""

    agent: str
    date: dt.date
    shifts: list[ShiftEntry] = Field(
        description="Shifts of the day as the roster has them."
    )
    off: str | None = Field(
        description="Of a day without a shift: on leave, not available, pinned off, or "
        "day off."
    )
    instead: list[InsteadEntry] = Field(
        description="What could be done instead, of each shift type the best, and a "
        "day off."
    )


class ReplacementEntry(Entry):
    """Somebody who could step in."""

    agent: str
    before: list[ShiftEntry] = Field(description="Shifts that they have that day now.")
    shifts: list[ShiftEntry] = Field(description="Shifts that they would have.")
    cost: float = Field(
        description="What the whole costs more than with nobody stepping in, paid "
        "hours; below 0 where it helps."
    )
    goals: dict[str, float] = Field(description="The same, goal by goal.")
    work: dict[str, float] = Field(
        description="Hours more on each queue and case type; below 0: less."
    )


class UnableEntry(Entry):
    """Somebody who cannot take the shift over."""

    agent: str
    breaks: list[BreachEntry] = Field(description="Rules that it would break.")


class MissingAgent(Entry):
    """An agent who is missing on a day, what that costs, and who could step in."""

    agent: str
    date: dt.date
    shifts: list[ShiftEntry] = Field(description="Shifts that they would have had.")
    cost: float = Field(description="If nobody steps in, paid hours.")
    goals: dict[str, float] = Field(description="The same, goal by goal.")
    replacements: list[ReplacementEntry] = Field(
        description="Who could step in, the cheapest first."
    )
    unable: list[UnableEntry] = Field(description="The ten nearest to it.")
    cannot: int = Field(description="How many cannot take the shift over.")
    not_asked: int = Field(
        description="Agents whose week no engine could have made: not asked."
    )


class DoingEntry(Entry):
    """What some of those with the skill do at a moment."""

    what: str = Field(
        description="'here': on these calls; the kind of another activity (break, "
        "meeting, case, voice, idle); or on leave, not available, day off, other hours."
    )
    name: str = Field(description="Of the activity.")
    agents: list[str] = Field(description="Ids of those who do it.")


class CoverEntry(Entry):
    """Calls at a moment: agents needed, there, and the cheapest ways to have one more.

    ``more`` is against the roster as it is: it costs more than it saves, or the roster
    would have it.
    """

    queues: str = Field(
        description="Name of the queue, or of queues that share agents."
    )
    needed: float = Field(description="People who must be there.")
    planned: float = Field(description="People there, by their speed.")
    short: float = Field(description="People missing.")
    doing: list[DoingEntry] = Field(description="What those with the skill do then.")
    more: list[ReplacementEntry] = Field(
        description="The cheapest ways to have one more."
    )


class IntervalEntry(Entry):
    """Why calls are short, or not, at a moment."""

    moment: dt.datetime = Field(description="Start of the interval.")
    covers: list[CoverEntry] = Field(
        description="Each queue, or set of queues that share agents, with demand then."
    )


class SkilledDay(Entry):
    """Where the hours of those who can work a case type go on a day."""

    date: dt.date
    due: float = Field(description="Cases of the type due that day.")
    breaches: float = Field(description="Of them not done in time.")
    needed_hours: float = Field(
        description="More hours of a trained agent that day, which save the cases."
    )
    agents: int = Field(description="With the skill, who work that day.")
    on_it: float = Field(description="Hours on this case type.")
    on_calls: float = Field(description="Hours on calls.")
    on_other_cases: float = Field(description="Hours on other case types.")
    idle: float = Field(description="Hours with nothing to do.")


class CaseTypeEntry(Entry):
    """Why cases of a type breach, and what would save them."""

    case_type: str
    breaches: float = Field(description="Cases not done by their deadline.")
    already_breached: float = Field(description="Open cases late before day one.")
    too_late: float = Field(description="Cases that come too late for their deadline.")
    rescues: list[RescueFigures] = Field(
        description="What would save them, deadline by deadline."
    )
    days: list[SkilledDay] = Field(
        description="Where the hours of those with the skill go, day by day."
    )


class ExplainDocument(Entry):
    """An explanation of a roster; one of its parts is there."""

    name: str = Field(description="Title of the plan.")
    agent_day: AgentDay | None = Field(
        None, description="An agent's day, where that was asked."
    )
    missing_agent: MissingAgent | None = Field(
        None, description="An agent who is missing, where that was asked."
    )
    interval: IntervalEntry | None = Field(
        None, description="A moment's calls, where that was asked."
    )
    case_type: CaseTypeEntry | None = Field(
        None, description="A case type, where that was asked."
    )
