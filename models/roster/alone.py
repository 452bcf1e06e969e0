"""Each agent on their own, without demand: what their tours cost, why there is none.

No rule joins agents, so a roster exists exactly if each agent has a legal tour.
"""

from dataclasses import dataclass, replace
from functools import cache

from ortools.sat.python.cp_model import LinearExpr

from models.roster.cpsat.model import RosterModel
from models.roster.cpsat.search import run
from models.roster.problem import RULES, Agent, RosterProblem
from models.roster.result import Limits, Status

TOUR_GOALS = ("paid_hours", "overtime", "preferences")
_QUICK = Limits(seconds=10, workers=1)


@dataclass(frozen=True)
class Tours:
    """What the cheapest legal tours cost.

    ``floor`` is the sum over agents of paid hours, overtime and wishes together;
    ``parts`` bounds each of the three on its own. ``without`` are the agents that have
    no legal tour at all.
    """

    floor: int
    parts: dict[str, int]
    without: tuple[int, ...]


def tours(problem: RosterProblem) -> Tours:
    """Return what the cheapest legal tours cost, agent by agent.

    Agents who are alike but for their name are looked at once.
    """

    @cache
    def cheapest(agent: Agent) -> tuple[int, dict[str, int]] | None:
        return _cheapest(alone(problem, agent))

    floor, parts, without = 0, dict.fromkeys(TOUR_GOALS, 0), []
    for a, agent in enumerate(problem.agents):
        found = cheapest(replace(agent, name=""))
        if found is None:
            without.append(a)
            continue
        floor += found[0]
        for goal in TOUR_GOALS:
            parts[goal] += found[1][goal]
    return Tours(floor, parts, tuple(without))


def alone(problem: RosterProblem, agent: Agent) -> RosterProblem:
    """Return the problem of one agent with nothing to cover or clear."""
    return replace(
        problem,
        agents=(replace(agent, speeds=()),),
        works=(),
        covers=(),
        cases=(),
        block_cost=0,
        idle_cost=0,
    )


def conflict(problem: RosterProblem, agent: Agent) -> str:
    """Return a sentence that names a smallest set of rules an agent cannot keep.

    Smallest in that without any one of them there is a legal tour (deletion filter,
    Chinneck and Dravnieks, 1991).
    """
    own = alone(problem, agent)
    needed = [rule for rule in RULES if problem.enforces(rule)]
    off: list[str] = []
    for rule in list(needed):
        if _cheapest(own.without(*off, rule)) is None:
            off.append(rule)
            needed.remove(rule)
    rules = ", ".join(needed)
    return f"{agent.name}: no legal tour; these rules cannot all hold: {rules}"


def _cheapest(problem: RosterProblem) -> tuple[int, dict[str, int]] | None:
    """Return the least cost and the least of each goal; ``None`` where no tour is."""
    made = RosterModel(problem)
    answer = run(made.model, _QUICK)
    if answer.status is Status.INFEASIBLE:
        return None
    parts = {goal: _least(made, goal) for goal in TOUR_GOALS}
    return max(answer.bound or 0, sum(parts.values())), parts


def _least(made: RosterModel, goal: str) -> int:
    """Return the least that a goal can be, or a bound below it."""
    terms = made.parts[goal]
    if not terms:
        return 0
    made.model.minimize(LinearExpr.sum(terms))
    return run(made.model, _QUICK).bound or 0
