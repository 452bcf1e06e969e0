"""What is within reach: shifts of the menu, works, periods, starts of breaks.

Rules that look at one agent and one shift need no constraint: a shift that breaks one
is left out of the agent's menu.
"""

from collections.abc import Callable, Iterable
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from models.roster.problem import (
    FULL_SPEED,
    WORK_PER_MINUTE,
    Agent,
    Headcount,
    Kind,
    Limit,
    Measure,
    RosterProblem,
    Stretch,
    Which,
)
from models.roster.problem.whole import DAY, END, PAID, START, TYPE
from models.roster.result import Activity

Bools = npt.NDArray[np.bool_]


def own_shift_types(problem: RosterProblem, agent: Agent) -> Bools:
    """Return for each shift whether its type is one of the agent's contract."""
    return np.isin(problem.shift_table[:, TYPE], sorted(agent.shift_types))


def availability(problem: RosterProblem, agent: Agent) -> Bools:
    """Return for each shift whether the agent is available all through it."""
    return _clear_of(problem, agent.unavailable)


def leave(problem: RosterProblem, agent: Agent) -> Bools:
    """Return for each shift whether the agent is not on leave at any time of it."""
    return _clear_of(problem, agent.leave)


def pins(problem: RosterProblem, agent: Agent) -> Bools:
    """Return for each shift whether no pin of its day says otherwise."""
    kept = np.ones(len(problem.shifts), dtype=np.bool_)
    for pin in agent.pins:
        for i in np.flatnonzero(problem.shift_table[:, DAY] == pin.day):
            kept[i] &= problem.shifts[i] == pin.shift
    return kept


UNARY: dict[str, Callable[[RosterProblem, Agent], Bools]] = {
    rule.__name__: rule for rule in (own_shift_types, availability, leave, pins)
}


def menu(problem: RosterProblem, agent: Agent) -> list[int]:
    """Return positions of the shifts that no unary rule forbids the agent."""
    allowed = problem.shift_table[:, START] >= free_from(problem, agent)
    for name, rule in UNARY.items():
        if problem.enforces(name):
            allowed &= rule(problem, agent)
    for limit in agent.rules:
        if limit.rule not in problem.off and isinstance(limit, Limit):
            allowed &= _fits(problem, limit)
    return [int(i) for i in np.flatnonzero(allowed)]


def _fits(problem: RosterProblem, rule: Limit) -> Bools:
    """Return for each shift whether a required limit leaves room for it alone."""
    if rule.cost is not None or rule.most is None:
        return np.ones(len(problem.shifts), dtype=np.bool_)
    adds = amounts(problem, rule.which, rule.measure)
    if rule.groups:
        adds = np.minimum(adds, 1)
    inside = np.isin(problem.shift_table[:, DAY], rule.days)
    return np.asarray(~inside | (rule.before + adds <= rule.most) | (adds == 0))


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


def cut_of(problem: RosterProblem) -> npt.NDArray[np.int64]:
    """Return the cut period that each period lies in; 0 after the last cut."""
    ends = (np.arange(problem.periods, dtype=np.int64) + 1) * problem.period
    found = np.searchsorted(np.array(problem.cuts, dtype=np.int64), ends)
    return np.where(found < len(problem.cuts), found, 0)


def units_per_period(problem: RosterProblem, speed: int) -> int:
    """Return the units of case work done at a speed in one period."""
    return speed * problem.period * WORK_PER_MINUTE // FULL_SPEED


def curve(problem: RosterProblem, steps: Iterable[tuple[int, int]]) -> list[int]:
    """Return what of (minute, work) has come by each cut, all told."""
    at = dict.fromkeys(problem.cuts, 0)
    for minute, work in steps:
        at[minute] += work
    return list(accumulate(at.values()))


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


def free_from(problem: RosterProblem, agent: Agent) -> int:
    """Return the earliest start after what was worked before day one, minutes."""
    if agent.last_end is None:
        return 0
    rest = agent.min_rest if problem.enforces("rest_between_shifts") else 0
    return agent.last_end + max(rest, problem.period)  # two that touched would be one


def _clear_of(problem: RosterProblem, stretches: tuple[Stretch, ...]) -> Bools:
    """Return for each shift whether it shares no minute with any stretch."""
    clear = np.ones(len(problem.shifts), dtype=np.bool_)
    starts, ends = problem.shift_table[:, START], problem.shift_table[:, END]
    for start, end in stretches:
        clear &= (ends <= start) | (starts >= end)
    return clear


def is_such(problem: RosterProblem, which: Which) -> Bools:
    """Return for each shift whether a rule of the book speaks of it."""
    found = np.ones(len(problem.shifts), dtype=np.bool_)
    starts = problem.shift_table[:, START]
    if which.types is not None:
        kinds = np.zeros(len(problem.shift_types), dtype=np.bool_)
        kinds[sorted(which.types)] = True
        found &= kinds[problem.shift_table[:, TYPE]]
    if which.starting is not None:
        inside = np.zeros(len(found), dtype=np.bool_)
        for first, end in which.starting:
            inside |= (first <= starts) & (starts < end)
        found &= inside
    if which.lengths is not None:
        lengths = problem.shift_table[:, END] - starts
        found &= np.isin(lengths, sorted(which.lengths))
    if which.touching is not None:
        found &= _shared(problem, which.touching) >= which.minutes
    return found


def in_headcount(problem: RosterProblem, row: Headcount) -> Bools:
    """Return for each shift whether somebody who works it is one of a headcount."""
    such = is_such(problem, row.which)
    if row.day is None:
        return such
    return np.asarray(such & (problem.shift_table[:, DAY] == row.day))


def amounts(
    problem: RosterProblem, which: Which, measure: Measure
) -> npt.NDArray[np.int64]:
    """Return what each shift of the menu adds to a limit of the book."""
    such = is_such(problem, which).astype(np.int64)
    if measure is Measure.PAID:
        return np.asarray(such * problem.shift_table[:, PAID])
    if measure is Measure.SHARED:
        return such * _shared(problem, which.touching or ())
    return such


def _shared(
    problem: RosterProblem, stretches: tuple[Stretch, ...]
) -> npt.NDArray[np.int64]:
    """Return the minutes that each shift shares with stretches of time."""
    starts, ends = problem.shift_table[:, START], problem.shift_table[:, END]
    total = np.zeros(len(starts), dtype=np.int64)
    for start, end in stretches:
        total += np.maximum(np.minimum(ends, end) - np.maximum(starts, start), 0)
    return total
