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

    shifts: list[ShiftEntry]
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
    shifts: list[ShiftEntry]
    off: str | None = Field(
        description="Of a day without a shift: on leave, not available, pinned off, or "
        "day off."
    )
    instead: list[InsteadEntry]


class ReplacementEntry(Entry):
    """Somebody who could step in."""

    agent: str
    before: list[ShiftEntry]
    shifts: list[ShiftEntry]
    cost: float = Field(
        description="What the whole costs more than with nobody stepping in, paid "
        "hours; below 0 where it helps."
    )
    goals: dict[str, float]
    work: dict[str, float] = Field(
        description="Hours more on each queue and case type; below 0: less."
    )


class UnableEntry(Entry):
    """Somebody who cannot take the shift over."""

    agent: str
    breaks: list[BreachEntry]


class MissingAgent(Entry):
    """An agent who is missing on a day, what that costs, and who could step in."""

    agent: str
    date: dt.date
    shifts: list[ShiftEntry]
    cost: float = Field(description="If nobody steps in, paid hours.")
    goals: dict[str, float]
    replacements: list[ReplacementEntry]
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
    agents: list[str]


class CoverEntry(Entry):
    """Calls at a moment: agents needed, there, and the cheapest ways to have one more.

    ``more`` is against the roster as it is: it costs more than it saves, or the roster
    would have it.
    """

    queues: str
    needed: float
    planned: float
    short: float
    doing: list[DoingEntry]
    more: list[ReplacementEntry]


class IntervalEntry(Entry):
    """Why calls are short, or not, at a moment."""

    moment: dt.datetime
    covers: list[CoverEntry]


class SkilledDay(Entry):
    """Where the hours of those who can work a case type go on a day."""

    date: dt.date
    due: float
    breaches: float
    needed_hours: float = Field(
        description="More hours of a trained agent that day, which save the cases."
    )
    agents: int = Field(description="With the skill, who work that day.")
    on_it: float = Field(description="Hours on this case type.")
    on_calls: float
    on_other_cases: float
    idle: float


class CaseTypeEntry(Entry):
    """Why cases of a type breach, and what would save them."""

    case_type: str
    breaches: float
    already_breached: float = Field(description="Open cases late before day one.")
    too_late: float = Field(description="Cases that come too late for their deadline.")
    rescues: list[RescueFigures]
    days: list[SkilledDay]


class ExplainDocument(Entry):
    """An explanation of a roster; one of its parts is there."""

    name: str
    agent_day: AgentDay | None = None
    missing_agent: MissingAgent | None = None
    interval: IntervalEntry | None = None
    case_type: CaseTypeEntry | None = None
