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

    Breaks are left aside here: they cost nothing. Agents who are alike but for their
    name are looked at once.
    """

    @cache
    def cheapest(agent: Agent) -> tuple[int, dict[str, int]] | None:
        return _cheapest(_without_breaks(alone(problem, agent)))

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


def without_tour(problem: RosterProblem) -> tuple[int, ...]:
    """Return the agents that have no legal tour, breaks included."""
    return tuple(
        a
        for a, agent in enumerate(problem.agents)
        if not _has_tour(alone(problem, agent))
    )


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


def _without_breaks(problem: RosterProblem) -> RosterProblem:
    types = tuple(replace(kind, breaks=()) for kind in problem.shift_types)
    return replace(problem, shift_types=types)


def _has_tour(problem: RosterProblem) -> bool:
    return run(RosterModel(problem).model, _QUICK).status is not Status.INFEASIBLE


def _cheapest(problem: RosterProblem) -> tuple[int, dict[str, int]] | None:
    """Return the least cost and the least of each goal; ``None`` where no tour is."""
    made = RosterModel(problem)
    answer = run(made.model, _QUICK)
    if answer.status is Status.INFEASIBLE:
        return None
    if answer.value is None:
        return 0, dict.fromkeys(TOUR_GOALS, 0)
    expressions = {goal: LinearExpr.sum(made.own[0][goal]) for goal in TOUR_GOALS}
    parts = {}
    for goal, expression in expressions.items():
        # What is nothing in the cheapest tour can be nothing.
        parts[goal] = answer.value(expression) and _least(made, expression)
    return answer.bound or 0, parts


def _least(made: RosterModel, goal: LinearExpr) -> int:
    """Return the least that a goal can be, or a bound below it."""
    made.model.minimize(goal)
    return run(made.model, _QUICK).bound or 0
