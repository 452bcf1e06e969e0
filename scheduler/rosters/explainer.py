"""Makes explanations of one roster of a plan, in the plan's words."""

import datetime as dt
from collections.abc import Iterable, Mapping

from models.errors import InvalidInput
from models.roster.explain import (
    CoverAt,
    Instead,
    Replacement,
    Unable,
    explain_day,
    explain_interval,
    replacements,
)
from models.roster.problem import FULL_SPEED
from models.roster.result import Roster
from scheduler.preparing import Prepared
from scheduler.rosters.explained import (
    AgentDay,
    BreachEntry,
    CoverEntry,
    DoingEntry,
    ExplainDocument,
    InsteadEntry,
    IntervalEntry,
    MissingAgent,
    OtherDays,
    ReplacementEntry,
    ShiftEntry,
    UnableEntry,
)
from scheduler.rosters.explained_cases import case_type_entry
from scheduler.rosters.units import in_hours, parts_in_hours
from scheduler.rosters.wide import names_of


class Explainer:
    """Explains one roster of a plan, in the plan's words."""

    def __init__(self, prepared: Prepared, roster: Roster) -> None:
        self._problem, self._roster = prepared.problem, roster
        self._translation, self._name = prepared.translation, prepared.plea.name
        self._axis = prepared.translation.axis

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
            agent=self._problem.agents[a].name,
            date=date,
            shifts=self._shifts((w.shift_type, w.start, w.end) for w in found.now),
            off=found.off,
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
            agent=self._problem.agents[a].name,
            date=date,
            shifts=self._shifts((w.shift_type, w.start, w.end) for w in found.shifts),
            cost=in_hours(sum(found.change.values())) or 0.0,
            goals=_changed(found.change),
            replacements=[self._replacement(each) for each in found.replacements],
            unable=[self._unable(each) for each in found.unable],
            cannot=found.cannot,
            not_asked=len(self._problem.agents) - found.written,
        )
        return ExplainDocument(name=self._name, missing_agent=own)

    def interval(self, moment: dt.datetime) -> ExplainDocument:
        """Return why calls are short at a moment; raises as ``agent_day``."""
        minute = self._minute(moment)
        found = explain_interval(self._problem, self._roster, minute)
        own = IntervalEntry(
            moment=self._axis.moment(minute),
            covers=[self._cover(each) for each in found],
        )
        return ExplainDocument(name=self._name, interval=own)

    def case_type(self, name: str) -> ExplainDocument:
        """Return why cases of a type breach.

        Raises
        ------
        InvalidInput
            For a case type that the plan does not have, or a roster of shifts.
        """
        own = case_type_entry(self._translation, self._roster, name)
        return ExplainDocument(name=self._name, case_type=own)

    def _minute(self, moment: dt.datetime) -> int:
        minute, end = self._axis.minute(moment), self._problem.end
        if not 0 <= minute < end:
            first, last = (self._axis.moment(m) for m in (0, end))
            known = f"a moment from {first:%Y-%m-%dT%H:%M} to before "
            raise InvalidInput(
                f"moment must be {known}{last:%Y-%m-%dT%H:%M}, got {moment.isoformat()}"
            )
        return minute

    def _cover(self, each: CoverAt) -> CoverEntry:
        names = [agent.name for agent in self._problem.agents]
        return CoverEntry(
            queues=self._problem.covers[each.cover].name,
            needed=each.needed / FULL_SPEED,
            planned=each.planned / FULL_SPEED,
            short=each.short / FULL_SPEED,
            doing=[
                DoingEntry(what=what, name=name, agents=[names[a] for a in who])
                for (what, name), who in each.doing.items()
            ],
            more=[self._replacement(way) for way in each.more],
        )

    def _agent(self, name: str) -> int:
        names = [agent.name for agent in self._problem.agents]
        called = names_of(self._translation.plan)
        meant = name if name in names else called.get(" ".join(name.split()), name)
        if meant not in names:
            known = f"an agent of the plan ({_some(names)})"
            raise InvalidInput(f"agent must be {known}, got {name!r}")
        return names.index(meant)

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
            work={name: more / 60 for name, more in each.work.items()},
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
