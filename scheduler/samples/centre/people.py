"""People of the sample ``centre``: who they are and when they can work.

Everybody is drawn around a usual week: the days and the start that they work when
nothing else is wanted of them. What else is drawn of a person (availability, leave,
the week before, a 1:1) leaves that week possible, so each has a legal tour.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.samples.centre import times
from scheduler.samples.centre.draws import between, dealt, pick
from scheduler.samples.centre.terms import CLOSES, FULL_TIME, PART_TIME, STEP, Terms

FULL_TIME_SHARE = 0.7
ON_LEAVE, WITH_MEETING, APPOINTMENT = 0.2, 0.5, 0.05  # shares of the people
SPEEDS = ((1.0, 0.5), (0.9, 0.2), (0.8, 0.2), (0.7, 0.1))
STARTS = (((7, 9), 0.45), ((9, 12), 0.25), ((12, 15), 0.3))  # from and before, o'clock


@dataclass(frozen=True)
class Person:
    """Somebody, or several who are alike but for their name.

    Attributes
    ----------
    days, start
        Usual week: weekdays from 0, Monday, and minute of the day.
    unavailable
        By weekday.
    leave
        First and last day of the horizon of each leave.
    worked, worked_from
        Days in a row worked up to the day before day one (0: the last one was two days
        before), and the minute of the day at which those shifts started.
    meeting
        Day of the horizon and minute of the day of a 1:1.
    appointment
        Leave for a part of a day of the horizon.
    """

    terms: Terms
    skills: tuple[str, ...]
    days: tuple[int, ...]
    start: int
    unavailable: tuple[times.Away, ...]
    leave: tuple[tuple[int, int], ...]
    worked: int
    worked_from: int
    speed: float = 1.0
    dislikes: tuple[times.Dislike, ...] = ()
    meeting: tuple[int, int] | None = None
    appointment: times.Away | None = None


@dataclass(frozen=True)
class Traits:
    """What is dealt to people so that a centre's mix is right at every size.

    ``starts`` are the hours between which the usual shift starts, ``limit`` is a kind
    of ``times.LIMITS``, ``on_leave`` are the weeks of the horizon with leave.
    """

    terms: Terms
    starts: tuple[int, int]
    limit: str
    skills: tuple[str, ...]
    speed: float
    on_leave: tuple[int, ...]
    has_meeting: bool
    has_appointment: bool


def people(
    rng: np.random.Generator,
    count: int,
    weeks: int,
    skill_sets: Sequence[tuple[tuple[str, ...], float]],
    *,
    own_wishes: bool,
    hard: bool,
) -> list[Person]:
    """Return so many people for a horizon of ``weeks``.

    ``skill_sets`` come with their shares. ``own_wishes`` gives everybody a preferred
    start; ``hard`` gives speeds, 1:1s at fixed times and appointments.
    """
    traits = _traits(rng, count, weeks, skill_sets, hard=hard)
    return [_person(rng, each, weeks, own_wishes=own_wishes) for each in traits]


def _traits(
    rng: np.random.Generator,
    count: int,
    weeks: int,
    skill_sets: Sequence[tuple[tuple[str, ...], float]],
    *,
    hard: bool,
) -> list[Traits]:
    menus = dealt(
        rng, count, [(FULL_TIME, FULL_TIME_SHARE), (PART_TIME, 1 - FULL_TIME_SHARE)]
    )
    starts = dealt(rng, count, STARTS)
    limits = dealt(rng, count, times.LIMITS)
    skills = dealt(rng, count, skill_sets)
    leave = [_flags(rng, count, ON_LEAVE) for _ in range(weeks)]
    speeds = dealt(rng, count, SPEEDS if hard else SPEEDS[:1])
    meetings = _flags(rng, count, WITH_MEETING if hard else 0)
    appointments = _flags(rng, count, APPOINTMENT if hard else 0)
    return [
        Traits(
            terms=pick(rng, menus[i]),
            starts=starts[i],
            limit=limits[i],
            skills=skills[i],
            speed=speeds[i],
            on_leave=tuple(week for week in range(weeks) if leave[week][i]),
            has_meeting=meetings[i],
            has_appointment=appointments[i],
        )
        for i in range(count)
    ]


def _flags(rng: np.random.Generator, count: int, share: float) -> list[bool]:
    return dealt(rng, count, [(True, share), (False, 1 - share)])


def _person(
    rng: np.random.Generator, traits: Traits, weeks: int, *, own_wishes: bool
) -> Person:
    terms = traits.terms
    days = pick(rng, times.usual_weeks(terms))
    start = _usual_start(rng, traits)
    worked = times.worked(rng, terms, days)
    leave = tuple(times.leave(rng, week) for week in traits.on_leave)
    at_work = [
        day
        for day in range(7 * weeks)
        if day % 7 in days and not any(first <= day <= last for first, last in leave)
    ]
    return Person(
        terms=terms,
        skills=traits.skills,
        days=days,
        start=start,
        unavailable=tuple(times.unavailable(rng, terms, traits.limit, days, start)),
        leave=leave,
        worked=worked,
        worked_from=times.worked_from(rng, terms, start),
        speed=traits.speed,
        dislikes=tuple(times.dislikes(rng, terms, start)) if own_wishes else (),
        meeting=times.meeting(rng, terms.usual, start, pick(rng, at_work))
        if traits.has_meeting
        else None,
        appointment=times.appointment(rng, terms, start, pick(rng, at_work))
        if traits.has_appointment
        else None,
    )


def _usual_start(rng: np.random.Generator, traits: Traits) -> int:
    """Return a start between the hours dealt, early enough to end when calls do."""
    first, last = traits.starts
    start = between(rng, 60 * first, 60 * last - STEP, STEP)
    return min(start, CLOSES - traits.terms.usual.length_minutes[0])
