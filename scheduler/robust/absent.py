"""People of a roster who turn out to be away: their shifts give nothing."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from models.roster.problem import Kind, RosterProblem, Task
from models.roster.result import Activity, Roster
from scheduler.domain import Plan

Lost = frozenset[tuple[int, int]]  # agent, day


def lost_days(plan: Plan, sample: Plan) -> Lost:
    """Return the days of agents that a sample of a plan takes: its leave on top."""
    position = {agent.agent_id: a for a, agent in enumerate(plan.agents)}
    first = plan.horizon.first_day
    more = sample.leave[len(plan.leave) :]
    return frozenset(
        (position[row.agent_id], (row.start - first).days)  # whole days, one a row
        for row in more
    )


def without(
    problem: RosterProblem, roster: Roster, lost: Lost
) -> tuple[RosterProblem, Roster]:
    """Return a problem and a roster in which who is away does no work in the shift.

    The shift stays, and so do breaks and meetings in it: nobody else can take those.
    """
    tasks: dict[int, list[Task]] = {}
    for shift in roster.worked:
        if (shift.agent, shift.day) in lost:
            task = Task(None, shift.start, shift.end)
            tasks.setdefault(shift.agent, []).append(task)
    agents = tuple(
        replace(agent, tasks=(*agent.tasks, *tasks.get(a, ())))
        for a, agent in enumerate(problem.agents)
    )
    activities = tuple(
        replace(one, kind=Kind.IDLE, name="")
        if one.kind in (Kind.VOICE, Kind.CASE) and _inside(one, tasks)
        else one
        for one in roster.activities or ()
    )
    return replace(problem, agents=agents), replace(roster, activities=activities)


def _inside(one: Activity, tasks: Mapping[int, Collection[Task]]) -> bool:
    own = tasks.get(one.agent, ())
    return any(task.start <= one.start < task.end for task in own)
