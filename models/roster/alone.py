"""Each agent on their own, without demand: whether there is a legal tour.

But for those that join agents a roster exists exactly if each agent has a legal tour.
"""

from dataclasses import replace

from models.roster.cpsat.model import RosterModel
from models.roster.cpsat.search import run
from models.roster.problem import Agent, RosterProblem
from models.roster.result import Limits, Status

_QUICK = Limits(seconds=10, workers=1)


def alone(problem: RosterProblem, agent: Agent) -> RosterProblem:
    """Return the problem of one agent with nothing to cover or clear."""
    return replace(
        problem,
        agents=(replace(agent, speeds=(), tasks=(), case_limits=()),),
        works=(),
        covers=(),
        fills=(),
        headcounts=(),
        cases=(),
        block_cost=0,
        idle_cost=0,
    )


def at_work(problem: RosterProblem, agent: Agent) -> RosterProblem:
    """Return the same with the agent's pinned work and required limits of case work."""
    pinned = {task.work for task in agent.tasks}
    own = replace(
        agent,
        speeds=tuple(s if w in pinned else 0 for w, s in enumerate(agent.speeds)),
        case_limits=tuple(x for x in agent.case_limits if x.cost is None),
    )
    bare = alone(problem, agent)
    return replace(bare, agents=(own,), works=problem.works)


def without_tour(problem: RosterProblem) -> tuple[int, ...]:
    """Return the agents that have no legal tour, breaks included."""
    return tuple(
        a
        for a, agent in enumerate(problem.agents)
        if not has_tour(alone(problem, agent))
    )


def has_tour(problem: RosterProblem) -> bool:
    """Whether the agents of a problem have a legal tour each."""
    return run(RosterModel(problem).model, _QUICK).status is not Status.INFEASIBLE
