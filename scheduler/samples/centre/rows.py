"""Tables about the people of the sample ``centre``."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from scheduler.clock import as_text
from scheduler.domain import Weekday
from scheduler.samples.centre.people import Person
from scheduler.samples.centre.times import MEETING_MINUTES
from scheduler.tables import (
    Agent,
    Availability,
    History,
    Leave,
    Meeting,
    Preference,
    PreferenceKind,
    Skill,
)

FIRST_NAMES = (
    "Ada", "Ben", "Carla", "Dan", "Elif", "Femi", "Gwen", "Hari", "Ivy", "Jon",
    "Kira", "Liam", "Mona", "Noel", "Olga", "Paul", "Qi", "Rosa", "Sami", "Tess",
    "Uma", "Vic", "Wanda", "Xavi", "Yara", "Zack",
)  # fmt: skip
LAST_NAMES = (
    "Abbot", "Brook", "Castle", "Dale", "Easton", "Fields", "Grove", "Heath", "Inglis",
    "Jarvis", "Kerr", "Lane", "Marsh", "North", "Orchard", "Pike", "Quarry", "Ridge",
    "Stone", "Thorne", "Upton", "Vale", "West", "Yates", "Zeller",
)  # fmt: skip

Tables = dict[str, list[Any]]


def tables(members: Sequence[Person], monday: dt.date) -> Tables:
    """Return the tables of the members; one who stands there twice is two people."""
    found: Tables = {
        "agents": [],
        "skills": [],
        "availability": [],
        "leave": [],
        "meetings": [],
        "history": [],
        "preferences": [],
    }
    for number, person in enumerate(members):
        agent_id = f"A{number + 1:0{len(str(len(members)))}}"
        found["agents"].append(
            Agent(agent_id=agent_id, name=_name(number), contract=person.terms.name)
        )
        found["skills"] += [
            Skill(agent_id=agent_id, skill=skill, speed=person.speed)
            for skill in person.skills
        ]
        found["availability"] += _availability(agent_id, person)
        found["leave"] += _leave(agent_id, person, monday)
        found["meetings"] += _meetings(agent_id, person, monday)
        found["history"] += _history(agent_id, person, monday)
        found["preferences"] += _preferences(agent_id, person)
    return found


def _name(number: int) -> str:
    """Return an invented name; only after 650 people the same one comes again."""
    lap, place = divmod(number, len(FIRST_NAMES))
    return f"{FIRST_NAMES[place]} {LAST_NAMES[(place + lap) % len(LAST_NAMES)]}"


def _availability(agent_id: str, person: Person) -> Iterator[Availability]:
    for away in person.unavailable:
        yield Availability(
            agent_id=agent_id,
            day=list(Weekday)[away.day].value,
            start=as_text(away.start),
            end=as_text(away.end, midnight_is_24=True),
            available=False,
        )


def _leave(agent_id: str, person: Person, monday: dt.date) -> Iterator[Leave]:
    """Yield days of leave with their hours, and appointments, which credit none."""
    for first, last in person.leave:
        yield Leave(
            agent_id=agent_id,
            start=monday + dt.timedelta(first),
            end=monday + dt.timedelta(last),
            credited_hours=(last - first + 1) * person.terms.credited,
        )
    away = person.appointment
    if away is not None:
        start, end = (_moment(monday, away.day, at) for at in (away.start, away.end))
        yield Leave(agent_id=agent_id, start=start, end=end)


def _meetings(agent_id: str, person: Person, monday: dt.date) -> Iterator[Meeting]:
    if person.meeting is not None:
        yield Meeting(
            agent_id=agent_id,
            name="1:1",
            minutes=MEETING_MINUTES,
            start=_moment(monday, *person.meeting),
        )


def _history(agent_id: str, person: Person, monday: dt.date) -> Iterator[History]:
    """Yield the last days worked, all of the usual shift type."""
    shift = person.terms.usual
    length = shift.length_minutes[0]
    unpaid = sum(pause.minutes for pause in shift.breaks if not pause.paid)
    for ago in range(person.worked, 0, -1) if person.worked else (2,):
        yield History(
            agent_id=agent_id,
            start=_moment(monday, -ago, person.worked_from),
            end=_moment(monday, -ago, person.worked_from + length),
            paid_minutes=length - unpaid,
        )


def _preferences(agent_id: str, person: Person) -> Iterator[Preference]:
    for each in person.dislikes:
        yield Preference(
            agent_id=agent_id,
            day=list(Weekday)[each.day].value,
            wish=PreferenceKind.AVOID,
            start=as_text(each.start),
            end=as_text(each.end),
            weight=each.weight,
        )


def _moment(monday: dt.date, day: int, minute: int) -> dt.datetime:
    midnight = dt.datetime.combine(monday, dt.time())
    return midnight + dt.timedelta(days=day, minutes=minute)
