"""A calendar for each agent, as the next version of the one that is there."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from icalendar import Calendar, Event

from models.roster.result import Roster
from scheduler.exports.earlier import (
    NONE,
    PRODUCT,
    Earlier,
    marked_with,
    read_earlier,
)
from scheduler.exports.events import (
    Version,
    cancel,
    date_of,
    is_cancelled,
    made_event,
    same,
    stamp,
    text,
    version_of,
    zoned,
)
from scheduler.exports.filenames import safe_names
from scheduler.exports.planned import Planned, planned
from scheduler.translate import Translation


@dataclass
class Tally:
    """How many events of a calendar are new, changed, the same, or cancelled."""

    new: int = 0
    changed: int = 0
    same: int = 0
    cancelled: int = 0

    @property
    def touched(self) -> int:
        """Events that whoever has the last version does not know."""
        return self.new + self.changed + self.cancelled


@dataclass(frozen=True, eq=False)
class Calendars:
    """What is to be written.

    Attributes
    ----------
    texts
        By file name, those that are not there already.
    files
        By agent, also those that stay as they are.
    tallies
        By agent.
    idle
        Agents who have no calendar: no shift, and none before.
    """

    texts: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    tallies: dict[str, Tally] = field(default_factory=dict)
    idle: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def calendars(
    translation: Translation,
    roster: Roster,
    folder: Path,
    made: dt.datetime,
    *,
    sequence: int = 0,
    shifts_only: bool = False,
    watch: Callable[[int, int], None] | None = None,
) -> Calendars:
    """Return a calendar for each agent, in RFC 5545.

    Against the calendars in ``folder`` events that are the same keep their version,
    those that have changed get the next, and those that are gone are cancelled. Events
    of dates that are not in the plan's horizon stay as they are, and so do calendars of
    people who are not in the plan, unless it is the plan that they were in.

    Parameters
    ----------
    made
        When the roster was made.
    sequence
        The least version of events that are new or have changed.
    watch
        Is called with the number of calendars made and of all.

    Raises
    ------
    PlanError
        With every file that would be written over and is no calendar of ours.
    """
    plan, axis = translation.plan, translation.axis
    events = planned(translation, roster, shifts_only=shifts_only)
    files = {agent: f"{name}.ics" for agent, name in safe_names(list(events)).items()}
    before = read_earlier(folder, files)
    found = Calendars()
    for agent, then in before.items():
        if agent not in events and plan.name and then.plan == plan.name:
            events[agent], files[agent] = [], then.file
        elif agent not in events:
            found.notes.append(f"{then.file} stays: {agent!r} is not in the plan")
    titles = {
        one.agent_id: f"{one.name} ({one.agent_id})" for one in plan.agents if one.name
    }
    version = Version(sequence, made)
    dates = axis.date(0), axis.date(translation.problem.days - 1)
    for n, (agent, own) in enumerate(events.items()):
        if watch:
            watch(n, len(events))
        then = before.get(agent, NONE)
        now, tally = _next(own, then.events, version, dates)
        found.notes.extend(_notes(agent, files[agent], then, plan.name, tally))
        if not now:
            found.idle.append(agent)
            continue
        found.files[agent], found.tallies[agent] = files[agent], tally
        content = _content(now, titles.get(agent, agent), agent, plan.name)
        if (files[agent], content) != (then.file, then.content):
            found.texts[files[agent]] = content
    return found


def _notes(
    agent: str, file: str, then: Earlier, plan: str, tally: Tally
) -> Iterator[str]:
    """Yield what to say where a calendar is not the next version of the last one."""
    if then.file not in ("", file):
        yield f"{then.file} was the calendar of {agent!r}, which is {file} now"
    if tally.cancelled and then.plan != plan:
        yield (
            f"{file}: what the plan {then.plan!r} had on the same dates is cancelled"
        )


def _next(
    own: Sequence[Planned],
    then: Mapping[str, Event],
    version: Version,
    dates: tuple[dt.date, dt.date],
) -> tuple[list[Event], Tally]:
    """Return an agent's events, each as the next version of what it was then."""
    tally = Tally()
    now = [_renewed(one, then.get(one.uid), version, tally) for one in own]
    for uid in then.keys() - {one.uid for one in own}:
        event = then[uid]
        if dates[0] <= date_of(event) <= dates[1] and not is_cancelled(event):
            cancel(event, _after(event, version))
            tally.cancelled += 1
        now.append(event)
    return sorted(now, key=_order), tally


def _renewed(one: Planned, then: Event | None, version: Version, tally: Tally) -> Event:
    """Return an event: as it was if it is the same, else in its next version."""
    event = made_event(one, version)
    if then is None:
        tally.new += 1
    elif same(event, then):
        tally.same += 1
        stamp(event, version_of(then))
    else:
        tally.changed += 1
        stamp(event, _after(then, version))
    return event


def _after(then: Event, version: Version) -> Version:
    return Version(max(version_of(then).sequence + 1, version.sequence), version.made)


def _order(event: Event) -> tuple[dt.date, bool, str]:
    """Return by what events are sorted: time, and shifts before what is in them."""
    return event.start, "RELATED-TO" in event, str(event["UID"])


def _content(events: Sequence[Event], title: str, agent: str, plan: str) -> str:
    """Return a calendar as its file holds it."""
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    for name in ("NAME", "X-WR-CALNAME"):
        calendar.add(name, text(title))
    marked_with(calendar, agent, plan)
    for event in events:
        calendar.add_component(event)
    zoned(calendar)
    return str(calendar.to_ical(), "utf-8")
