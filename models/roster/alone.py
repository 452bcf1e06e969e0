"""Each agent on their own, without demand: why there is no legal tour.

But for those that join agents a roster exists exactly if each agent has a legal tour.
"""

from collections.abc import Sequence
from dataclasses import replace

from models.roster.cpsat.model import RosterModel
from models.roster.cpsat.search import run
from models.roster.problem import RULES, Agent, RosterProblem
from models.roster.result import Limits, Status

_MOST = 10
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


def without_tour(problem: RosterProblem) -> tuple[int, ...]:
    """Return the agents that have no legal tour, breaks included."""
    return tuple(
        a
        for a, agent in enumerate(problem.agents)
        if not _has_tour(alone(problem, agent))
    )


def conflicts(problem: RosterProblem, without: Sequence[int]) -> tuple[str, ...]:
    """Return a sentence for each agent without a legal tour, up to ten, and a count."""
    sentences = [conflict(problem, problem.agents[a]) for a in without[:_MOST]]
    if more := len(without) - len(sentences):
        sentences.append(f"and {more} more agents without a legal tour")
    return tuple(sentences)


def conflict(problem: RosterProblem, agent: Agent) -> str:
    """Return a sentence that names a smallest set of rules an agent cannot keep.

    With these rules alone there is no legal tour, and without any one of them there is
    (deletion filter, Chinneck and Dravnieks, 1991). There may be a second conflict.
    """
    own = alone(problem, agent)
    needed = [rule for rule in RULES if problem.enforces(rule)]
    off: list[str] = []
    for rule in list(needed):
        if not _has_tour(own.without(*off, rule)):
            off.append(rule)
            needed.remove(rule)
    if len(needed) == 1:
        return f"{agent.name}: no legal tour; this rule cannot hold: {needed[0]}"
    rules = ", ".join(needed)
    return f"{agent.name}: no legal tour; these rules cannot all hold: {rules}"


def _has_tour(problem: RosterProblem) -> bool:
    return run(RosterModel(problem).model, _QUICK).status is not Status.INFEASIBLE
