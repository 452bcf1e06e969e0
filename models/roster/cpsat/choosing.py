"""Which agents and days are free next, the rest staying as it is."""

from collections.abc import Mapping, Sequence
from random import Random

from models.roster.cpsat.state import State
from models.roster.problem import Agent, RosterProblem

_GROUPS = (1, 1, 2)  # agents whose weeks are a part: more take longer than it is worth
_CREW = 8  # agents whose day is a part

DayPart = tuple[int, list[int]]  # a day, and agents with a shift on it


def parts_of_days(
    problem: RosterProblem, state: State, random: Random, count: int
) -> list[DayPart]:
    """Return some agents' shifts, each part on a day of its own while there are days.

    A day's chance grows with the periods in which it is short of people. Where cases
    are overdue, every other choice is of days before, and of who can do them. Nobody
    is in two parts of a day, nor in two at all whose case work is limited over days.
    """
    g, short = problem.period, state.short_periods()
    overdue = state.overdue()
    work, until = -1, problem.end
    if overdue and random.random() < 0.5:
        work, until = random.choice(overdue)
    chances = {}
    for day in range(problem.days):
        start, end = problem.day_starts[day : day + 2]
        if start < until and state.on_day(day):
            chances[day] = 4 + sum(start <= p * g < end for p in short)
    free = {day: list(state.on_day(day)) for day in chances}
    left: dict[int, int] = {}
    parts: list[DayPart] = []
    while len(parts) < count:
        left = _possible(left, free) or _possible(chances, free)
        if not left:
            break
        days, weights = zip(*left.items(), strict=True)
        (day,) = random.choices(days, weights)
        del left[day]
        crew = _crew(problem, random, free[day], work)
        parts.append((day, crew))
        bound = {a for a in crew if _is_bound(problem.agents[a])}
        for other, people in free.items():
            taken = crew if other == day else bound
            free[other] = [a for a in people if a not in taken]
    return parts


def _possible(
    chances: Mapping[int, int], free: Mapping[int, Sequence[int]]
) -> dict[int, int]:
    """Return the chances of days on which there is somebody left."""
    return {day: chance for day, chance in chances.items() if free[day]}


def _is_bound(agent: Agent) -> bool:
    """Whether what somebody does on one day says what is legal on another."""
    return any(
        limit.cost is None and len(limit.days) > 1 for limit in agent.case_limits
    )


def _crew(
    problem: RosterProblem, random: Random, on_day: Sequence[int], work: int
) -> list[int]:
    """Return some agents of a day, those who can do a work before others."""
    mixed = random.sample(on_day, len(on_day))
    mixed.sort(key=lambda a: work >= 0 and not problem.agents[a].speeds[work])
    return sorted(mixed[:_CREW])


def groups(
    problem: RosterProblem, state: State, random: Random, count: int
) -> list[list[int]]:
    """Return groups of agents with nobody in common.

    Half of the time anybody, else those who could help where it is short.
    """
    agents = list(range(len(problem.agents)))
    short = state.short_periods()
    if short and random.random() < 0.5:
        moment = random.choice(short) * problem.period
        agents = [a for a in agents if not state.on_calls(a, moment)] or agents
    size = random.choice(_GROUPS)
    some = random.sample(agents, min(len(agents), count * size))
    return [some[n : n + size] for n in range(0, len(some), size)]
