"""Which shifts of the menu an agent could work, rule by rule.

These rules look at one agent and one shift, so they need no constraint: a shift that
breaks one is left out of the agent's menu.
"""

from collections.abc import Callable

from models.roster.problem import Agent, RosterProblem, Shift, Stretch


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


def _free_from(problem: RosterProblem, agent: Agent) -> int:
    """Return the earliest start after what was worked before day one."""
    if agent.last_end is None:
        return 0
    rest = agent.min_rest if problem.enforces("rest_between_shifts") else 0
    return agent.last_end + max(rest, problem.period)  # two that touched would be one


def _meets_any(shift: Shift, stretches: tuple[Stretch, ...]) -> bool:
    return any(start < shift.end and shift.start < end for start, end in stretches)
