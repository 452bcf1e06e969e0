"""What every cost is a multiple of: a bound between two multiples is the upper one."""

from collections.abc import Iterator
from math import gcd

from models.roster.problem import Agent, RosterProblem


def cost_step(problem: RosterProblem) -> int:
    """Return the greatest number of which the cost of every roster is a multiple.

    >>> from models.roster.problem import RosterProblem
    >>> cost_step(RosterProblem(5, (0, 60), 12, (), (), (), (), ()))
    1
    """
    return gcd(*_prices(problem)) or 1


def raised(bound: int, step: int) -> int:
    """Return the least multiple of a step that is not below a bound.

    >>> raised(11, 5)
    15
    """
    return -(-bound // step) * step


def _prices(problem: RosterProblem) -> Iterator[int]:
    """Yield the price of each whole thing that costs."""
    yield from (problem.block_cost, problem.idle_cost)
    for cover in problem.covers:
        yield from (level.cost for level in cover.levels)
        yield from (target.cost for target in cover.targets)
    for cases in problem.cases:
        yield from cases.late_costs
        yield from cases.open_costs
    for row in problem.joint:
        yield from row.prices
    lengths = gcd(*(shift.paid_minutes for shift in problem.shifts))
    for agent in problem.agents:
        yield agent.paid_cost * lengths
        if _may_do_overtime(problem, agent):
            yield agent.overtime_cost
        yield from (wish.cost for wish in agent.wishes)
        yield from (rule.cost or 0 for rule in agent.rules)


def _may_do_overtime(problem: RosterProblem, agent: Agent) -> bool:
    """Whether an agent may be paid for more than some week's minutes."""
    any_hours = not problem.enforces("maximum_hours")
    return any_hours or any(limits.overtime_minutes > 0 for limits in agent.weeks)
