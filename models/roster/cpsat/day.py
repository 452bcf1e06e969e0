"""One day of some agents as a problem of its own, all else staying as it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from models.roster.cpsat.part import Given, Own, with_others
from models.roster.cpsat.shares import on_cases
from models.roster.problem import (
    Agent,
    CaseLimit,
    Meeting,
    Pin,
    RosterProblem,
    Shift,
)
from models.roster.reach import held
from models.roster.result import Worked

_TOUR_RULES = (
    "minimum_hours",
    "maximum_hours",
    "minimum_days",
    "maximum_days",
    "run_of_days",
    "rest_between_shifts",
    "one_shift_per_day",
)


@dataclass(frozen=True)
class OfDay:
    """An agent who works on a day, and what the agent does all through the horizon."""

    agent: Agent
    own: Own


def refill_problem(
    problem: RosterProblem, others: Given, day: int, crew: Sequence[OfDay]
) -> RosterProblem:
    """Return the problem of filling the shifts of a day anew.

    ``others`` give what they give, and so does the crew on other days.
    """
    free = [_refilled(member, day) for member in crew]
    part = with_others(problem, others, free)
    shifts = {_shift_on(member, day): None for member in crew}
    return replace(part, shifts=tuple(shifts)).without(*_TOUR_RULES)


def _refilled(member: OfDay, day: int) -> Agent:
    """Return an agent who works the shift of now and attends the meetings in it."""
    worked, _, _ = member.own.split(day)
    meetings = tuple(
        replace(
            meeting,
            earliest=max(meeting.earliest, worked.start),
            latest=min(meeting.latest, worked.end - meeting.minutes),
        )
        for meeting in _meetings(member, worked)
    )
    return replace(
        member.agent,
        meetings=meetings,
        pins=(Pin(day, _shift_on(member, day)),),
        wishes=(),
        rules=(),
        case_limits=tuple(_left(member, day)),
        tasks=tuple(
            task
            for task in member.agent.tasks
            if worked.start <= task.start < worked.end
        ),
        last_end=None,
        paid_cost=0,
        overtime_cost=0,
    )


def _left(member: OfDay, day: int) -> Iterator[CaseLimit]:
    """Yield what limits of case work leave for a day, other days being as they are."""
    for limit in member.agent.case_limits:
        if day not in limit.days:
            continue
        others = set(limit.days) - {day}
        now, _ = on_cases(others, member.own.worked, member.own.activities)
        _, paid = on_cases(limit.days, member.own.worked, ())
        most = limit.most
        if most is not None:
            most = max(0, most + limit.percent * paid // 100) - now
        least = max(0, limit.least - now)
        yield replace(limit, days=(day,), least=least, most=most, percent=0)


def _meetings(member: OfDay, worked: Worked) -> tuple[Meeting, ...]:
    """Return the meetings that are held in a shift (which is which, the whole says)."""
    attended = held(member.agent, member.own.activities)
    return tuple(
        member.agent.meetings[m]
        for m, x in attended.items()
        if worked.start <= x.start < worked.end
    )


def _shift_on(member: OfDay, day: int) -> Shift:
    worked, _, _ = member.own.split(day)
    return Shift(
        worked.shift_type, worked.day, worked.start, worked.end, worked.paid_minutes
    )
