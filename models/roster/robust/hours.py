"""Hours held at those of a roster."""

from dataclasses import replace

from models.roster.problem import Agent, RosterProblem, WeekLimits
from models.roster.result import Roster


def holding(problem: RosterProblem, roster: Roster) -> RosterProblem:
    """Return the problem in which all work the paid minutes of a roster, week by week.

    So every roster of it costs the same pay and overtime as the one given.
    """
    paid = [[0] * len(problem.weeks) for _ in problem.agents]
    week_of = {day: h for h, days in enumerate(problem.weeks) for day in days}
    for shift in roster.worked:
        paid[shift.agent][week_of[shift.day]] += shift.paid_minutes
    agents = tuple(map(_held, problem.agents, paid))
    return replace(problem, agents=agents)


def _held(agent: Agent, paid: list[int]) -> Agent:
    weeks = tuple(map(_exactly, agent.weeks, paid))
    return replace(agent, weeks=weeks)


def _exactly(limits: WeekLimits, paid: int) -> WeekLimits:
    """Return limits that only this many minutes keep; what is overtime stays that."""
    most = min(paid, limits.max_minutes)
    return replace(
        limits, min_minutes=paid, max_minutes=most, overtime_minutes=paid - most
    )
