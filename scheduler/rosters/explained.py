"""Explanations as a document: of an agent's day, and of a missing agent's day."""

import datetime as dt
from collections.abc import Iterable, Mapping

from pydantic import Field

from models.errors import InvalidInput
from models.roster.explain import (
    Instead,
    Replacement,
    Unable,
    explain_day,
    replacements,
)
from models.roster.result import Roster
from scheduler.preparing import Prepared
from scheduler.rosters.document import Entry
from scheduler.rosters.units import in_hours, parts_in_hours


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
    unable: list[UnableEntry]
    not_asked: int = Field(
        description="Agents whose week no engine could have made: not asked."
    )


class ExplainDocument(Entry):
    """An explanation of a roster; one of its parts is there."""

    name: str
    agent_day: AgentDay | None = None
    missing_agent: MissingAgent | None = None


class Explainer:
    """Explains one roster of a plan, in the plan's words."""

    def __init__(self, prepared: Prepared, roster: Roster) -> None:
        self._problem, self._roster = prepared.problem, roster
        self._axis, self._name = prepared.translation.axis, prepared.plea.name

    def agent_day(self, agent: str, date: dt.date) -> ExplainDocument:
        """Return why an agent works what they work on a date.

        Raises
        ------
        InvalidInput
            For an agent or a date that the plan does not have, or a roster of shifts.
        """
        a, day = self._agent(agent), self._day(date)
        found = explain_day(self._problem, self._roster, a, day)
        own = AgentDay(
            agent=agent,
            date=date,
            shifts=self._shifts((w.shift_type, w.start, w.end) for w in found.now),
            instead=[self._instead(each) for each in found.instead],
        )
        return ExplainDocument(name=self._name, agent_day=own)

    def missing_agent(self, agent: str, date: dt.date) -> ExplainDocument:
        """Return who could step in for an agent on a date; raises as ``agent_day``."""
        a, day = self._agent(agent), self._day(date)
        found = replacements(self._problem, self._roster, a, day)
        if not found.shifts:
            raise InvalidInput(f"{agent} does not work on {date}: nobody is missing")
        own = MissingAgent(
            agent=agent,
            date=date,
            shifts=self._shifts((w.shift_type, w.start, w.end) for w in found.shifts),
            cost=in_hours(sum(found.change.values())) or 0.0,
            goals=_changed(found.change),
            replacements=[self._replacement(each) for each in found.replacements],
            unable=[self._unable(each) for each in found.unable],
            not_asked=len(self._problem.agents) - found.written,
        )
        return ExplainDocument(name=self._name, missing_agent=own)

    def _agent(self, name: str) -> int:
        names = [agent.name for agent in self._problem.agents]
        if name not in names:
            known = f"an agent of the plan ({_some(names)})"
            raise InvalidInput(f"agent must be {known}, got {name!r}")
        return names.index(name)

    def _day(self, date: dt.date) -> int:
        dates = [self._axis.date(d) for d in range(self._problem.days)]
        if date not in dates:
            known = f"a day of the plan, {dates[0]} to {dates[-1]}"
            raise InvalidInput(f"day must be {known}, got {date}")
        return dates.index(date)

    def _shifts(self, shifts: Iterable[tuple[int, int, int]]) -> list[ShiftEntry]:
        return [
            ShiftEntry(
                shift_type=self._problem.shift_types[kind].name,
                start=self._axis.moment(start),
                end=self._axis.moment(end),
            )
            for kind, start, end in shifts
        ]

    def _instead(self, each: Instead) -> InsteadEntry:
        moved = each.moved and OtherDays(
            cost=in_hours(sum(each.moved.change.values())) or 0.0,
            goals=_changed(each.moved.change),
            dates=[self._axis.date(day) for day in each.moved.days],
        )
        return InsteadEntry(
            shifts=self._shifts(each.shifts),
            breaks=_breaches(each.breaks),
            cost=in_hours(each.cost),
            goals=_changed(each.change or {}),
            other_days=moved,
        )

    def _replacement(self, each: Replacement) -> ReplacementEntry:
        return ReplacementEntry(
            agent=self._problem.agents[each.agent].name,
            before=self._shifts(each.before),
            shifts=self._shifts(each.shifts),
            cost=in_hours(each.cost) or 0.0,
            goals=_changed(each.change),
        )

    def _unable(self, each: Unable) -> UnableEntry:
        name = self._problem.agents[each.agent].name
        return UnableEntry(agent=name, breaks=_breaches(each.breaks))


def _changed(change: Mapping[str, int]) -> dict[str, float]:
    return parts_in_hours({goal: cost for goal, cost in change.items() if cost})


def _breaches(breaks: Iterable[tuple[str, str]]) -> list[BreachEntry]:
    return [BreachEntry(rule=rule, message=message) for rule, message in breaks]


def _some(names: list[str]) -> str:
    """Return a few names as words.

    >>> _some(["A", "B"]), _some(["A", "B", "C", "D"])
    ('A, B', 'A, B, C …')
    """
    return ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
