"""What is different between two rosters of a plan, agent by agent and day by day."""

import datetime as dt
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import zip_longest

from pydantic import Field

from models.roster.problem import Kind
from models.roster.result import Activity, Roster, Worked
from scheduler.calendars import TimeAxis
from scheduler.rosters.document import Entry
from scheduler.translate import Translation


class Change(StrEnum):
    """What has become of an agent's day."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    WITHIN = "within"


class TimedShift(Entry):
    """A shift."""

    shift_type: str
    start: dt.datetime
    end: dt.datetime
    paid_minutes: int


class Stretch(Entry):
    """A stretch of time."""

    start: dt.datetime
    end: dt.datetime


class DoingChange(Entry):
    """A work, a break or a meeting that has other times in the same shift."""

    kind: Kind
    activity: str = Field(
        description="Its name: of a queue, a case type, a break or a meeting."
    )
    before: list[Stretch] = Field(description="When it was done.")
    after: list[Stretch] = Field(description="When it is done now.")


class DayChange(Entry):
    """What has changed for an agent on a date."""

    agent: str
    agent_name: str = Field(description="The agent's name, for the reader.")
    date: dt.date = Field(description="Day on which the shift starts.")
    change: Change = Field(
        description="changed: another type, other times or other paid minutes; "
        "within: the same shift, and other times of what is done in it."
    )
    before: TimedShift | None = Field(description="The shift that it was; null: none.")
    after: TimedShift | None = Field(
        description="The shift that it is now; null: none."
    )
    activities: list[DoingChange] = Field(description="Of the same shift only.")


def day_changes(
    translation: Translation, first: Roster, second: Roster
) -> list[DayChange]:
    """Return what has changed from one roster to another, by agent and date.

    Where either has only shifts, only shifts are compared.
    """
    names = {one.agent_id: one.name for one in translation.plan.agents}
    both = [_by_day(first), _by_day(second)]
    doings = [_by_agent(translation, roster) for roster in (first, second)]
    know = first.activities is not None and second.activities is not None
    found = []
    for agent, day in sorted(both[0].keys() | both[1].keys()):
        pairs = _pairs(both[0].get((agent, day), []), both[1].get((agent, day), []))
        for before, after in pairs:
            inside = []
            if before == after and know:
                inside = _inside(translation.axis, before, doings)
            if before == after and not inside:
                continue
            agent_id = translation.problem.agents[agent].name
            found.append(
                DayChange(
                    agent=agent_id,
                    agent_name=names.get(agent_id, ""),
                    date=translation.axis.date(day),
                    change=_change(before, after),
                    before=_shift(translation, before),
                    after=_shift(translation, after),
                    activities=inside,
                )
            )
    return found


def _by_day(roster: Roster) -> dict[tuple[int, int], list[Worked]]:
    found: dict[tuple[int, int], list[Worked]] = {}
    for shift in sorted(roster.worked, key=lambda w: w.start):
        found.setdefault((shift.agent, shift.day), []).append(shift)
    return found


def days_worked(first: Roster, second: Roster) -> set[tuple[int, int]]:
    """Return the days of agents on which either roster has a shift."""
    return _by_day(first).keys() | _by_day(second).keys()


def _by_agent(translation: Translation, roster: Roster) -> list[list[Activity]]:
    found: list[list[Activity]] = [[] for _ in translation.problem.agents]
    for doing in sorted(roster.activities or (), key=lambda x: x.start):
        found[doing.agent].append(doing)
    return found


def _pairs(
    first: Sequence[Worked], second: Sequence[Worked]
) -> Iterator[tuple[Worked | None, Worked | None]]:
    """Yield the shifts of a day side by side: equal ones, then the others in order."""
    kept = [shift for shift in first if shift in second]
    yield from zip(kept, kept, strict=True)
    yield from zip_longest(
        [shift for shift in first if shift not in kept],
        [shift for shift in second if shift not in kept],
    )


def _change(before: Worked | None, after: Worked | None) -> Change:
    if before == after:
        return Change.WITHIN
    if before is None:
        return Change.ADDED
    return Change.REMOVED if after is None else Change.CHANGED


def _shift(translation: Translation, shift: Worked | None) -> TimedShift | None:
    if shift is None:
        return None
    return TimedShift(
        shift_type=translation.problem.shift_types[shift.shift_type].name,
        start=translation.axis.moment(shift.start),
        end=translation.axis.moment(shift.end),
        paid_minutes=shift.paid_minutes,
    )


Times = dict[tuple[Kind, str], list[tuple[int, int]]]


def _inside(
    axis: TimeAxis, shift: Worked | None, doings: Sequence[list[list[Activity]]]
) -> list[DoingChange]:
    """Return what has other times within a shift that both rosters have."""
    if shift is None:
        return []
    then, now = (_times(shift, each[shift.agent]) for each in doings)
    return [
        DoingChange(
            kind=kind,
            activity=name,
            before=_stretches(axis, then.get((kind, name), [])),
            after=_stretches(axis, now.get((kind, name), [])),
        )
        for kind, name in sorted(then.keys() | now.keys())
        if then.get((kind, name)) != now.get((kind, name))
    ]


def _times(shift: Worked, doings: Sequence[Activity]) -> Times:
    """Return when each thing is done in a shift, stretches that touch as one."""
    found: Times = {}
    for x in doings:
        if shift.start <= x.start < shift.end:
            own = found.setdefault((x.kind, x.name), [])
            if own and own[-1][1] == x.start:
                own[-1] = (own[-1][0], x.end)
            else:
                own.append((x.start, x.end))
    return found


def _stretches(axis: TimeAxis, times: Sequence[tuple[int, int]]) -> list[Stretch]:
    return [Stretch(start=axis.moment(s), end=axis.moment(e)) for s, e in times]
