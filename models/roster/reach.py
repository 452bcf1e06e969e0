"""What is within reach: shifts of the menu, works, periods, starts of breaks.

Rules that look at one agent and one shift need no constraint: a shift that breaks one
is left out of the agent's menu.
"""

from collections.abc import Callable, Iterable

from models.roster.problem import (
    FULL_SPEED,
    Agent,
    Kind,
    RosterProblem,
    Shift,
    Stretch,
)
from models.roster.result import Activity


def own_shift_types(_: RosterProblem, agent: Agent, shift: Shift) -> bool:
    """Whether the shift's type is one of the agent's contract."""
    return shift.shift_type in agent.shift_types


def availability(_: RosterProblem, agent: Agent, shift: Shift) -> bool:
    """Whether the agent is available from the shift's start to its end."""
    return not _meets_any(shift, agent.unavailable)


def leave(_: RosterProblem, agent: Agent, shift: Shift) -> bool:
    """Whether the agent is not on leave from the shift's start to its end."""
    return not _meets_any(shift, agent.leave)


def pins(_: RosterProblem, agent: Agent, shift: Shift) -> bool:
    """Whether no pin of that day says otherwise."""
    return all(pin.shift == shift for pin in agent.pins if pin.day == shift.day)


UNARY: dict[str, Callable[[RosterProblem, Agent, Shift], bool]] = {
    rule.__name__: rule for rule in (own_shift_types, availability, leave, pins)
}


def menu(problem: RosterProblem, agent: Agent) -> list[int]:
    """Return positions of the shifts that no unary rule forbids the agent."""
    rules = [rule for name, rule in UNARY.items() if problem.enforces(name)]
    free_from = _free_from(problem, agent)
    return [
        i
        for i, shift in enumerate(problem.shifts)
        if shift.start >= free_from
        and all(rule(problem, agent, shift) for rule in rules)
    ]


def speed_of(problem: RosterProblem, agent: Agent, work: int) -> int:
    """Return an agent's speed on a work; without the rule ``skills`` all can do all."""
    speed = agent.speeds[work]
    if not speed and not problem.enforces("skills"):
        return FULL_SPEED
    return speed


def break_starts(problem: RosterProblem, shift: int, number: int) -> range:
    """Return the periods in which a break of a shift may start."""
    found = problem.shifts[shift]
    rest = problem.breaks_of[shift][number]
    last = found.end - rest.minutes
    if not problem.enforces("breaks_in_window"):
        return range(found.start // problem.period, last // problem.period + 1)
    first = found.start + rest.earliest
    last = min(last, found.start + rest.latest)
    return range(-(-first // problem.period), last // problem.period + 1)


def open_periods(problem: RosterProblem, work: int) -> set[int]:
    """Return the periods in which a work may be done."""
    found = problem.works[work]
    rule = "opening_hours" if found.kind is Kind.VOICE else "case_hours"
    if not problem.enforces(rule):
        return set(range(problem.periods))
    g = problem.period
    return {
        p
        for start, end in found.open
        for p in range(-(-start // g), min(end // g, problem.periods))
    }  # whole periods only


def held(agent: Agent, activities: Iterable[Activity]) -> dict[int, Activity]:
    """Return which activity is which of an agent's meetings, by position.

    Meetings may share a name: each activity, by start, is the one that must start
    soonest of those it can be.
    """
    found: dict[int, Activity] = {}
    attended = (x for x in activities if x.kind is Kind.MEETING)
    for x in sorted(attended, key=lambda x: x.start):
        fits = [
            (meeting.latest, m)
            for m, meeting in enumerate(agent.meetings)
            if m not in found
            and meeting.name == x.name
            and meeting.minutes == x.end - x.start
            and meeting.earliest <= x.start <= meeting.latest
        ]
        if fits:
            found[min(fits)[1]] = x
    return found


def _free_from(problem: RosterProblem, agent: Agent) -> int:
    """Return the earliest start after what was worked before day one."""
    if agent.last_end is None:
        return 0
    rest = agent.min_rest if problem.enforces("rest_between_shifts") else 0
    return agent.last_end + max(rest, problem.period)  # two that touched would be one


def _meets_any(shift: Shift, stretches: tuple[Stretch, ...]) -> bool:
    return any(start < shift.end and shift.start < end for start, end in stretches)
