"""Smallest sets of rules and data that cannot all be kept.

With a set alone there is no legal week, and without any one member of it there is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from models.roster.alone import alone, at_work
from models.roster.joint import joint_conflict
from models.roster.problem import Agent, RosterProblem
from models.roster.result import Conflict, Remedy, Stuck
from models.roster.why.member import Member, in_all_windows
from models.roster.why.members import members
from models.roster.why.possible import has_tour
from models.roster.why.remedies import remedies
from models.roster.why.subsets import only, smallest
from models.roster.why.together import narrowed

Eased = tuple[Member, int]  # and by how many notches

_NOT_KNOWN = Stuck()
_MOST_CONFLICTS = 10
_MOST_ROUNDS = 4  # conflicts of one agent that need a remedy each


def conflicts(problem: RosterProblem, without: Sequence[int]) -> tuple[Conflict, ...]:
    """Return the conflicts of agents without a legal tour, the same ones once.

    Of up to ten different ones; agents with yet others are only named.
    """
    found: list[tuple[Conflict, list[str]]] = []
    more: list[str] = []
    for a in without:
        agent = problem.agents[a]
        alike = next(
            (same for same in found if _holds_of(problem, agent, same[0])), None
        )
        if alike is not None:
            alike[1].append(agent.name)
        elif len(found) < _MOST_CONFLICTS:
            found.append((conflict_of(problem, agent), []))
        else:
            more.append(agent.name)
    return tuple(_all_told(found, more))


def _all_told(
    found: Sequence[tuple[Conflict, list[str]]], more: Sequence[str]
) -> Iterator[Conflict]:
    for conflict, names in found:
        yield conflict
        if names:
            yield replace(
                conflict,
                message=f"the same holds of {', '.join(names)}",
                agent=None,
                remedies=(),
            )
    if more:
        yield Conflict(f"nor is there a legal week of {', '.join(more)}")


def _holds_of(problem: RosterProblem, agent: Agent, conflict: Conflict) -> bool:
    """Whether the members of a conflict cannot all be kept by another agent either."""
    own = alone(problem, agent)
    every = list(members(own))
    blamed = [member for member in every if member.words in conflict.members]
    told = {member.words for member in blamed}
    return told == set(conflict.members) and not has_tour(only(own, every, blamed))


def conflict_of(problem: RosterProblem, agent: Agent) -> Conflict:
    """Return a smallest conflict of an agent without a legal tour, and remedies."""
    own = alone(problem, agent)
    if has_tour(own):
        own = at_work(problem, agent)
    every = list(members(own))
    blamed = smallest(own, every)
    asked = "; ".join(member.words for member in blamed)
    verb = "this cannot be kept" if len(blamed) == 1 else "these cannot all be kept"
    return Conflict(
        f"{agent.name} has no legal week, {verb}: {asked}",
        agent.name,
        tuple(member.rule for member in blamed),
        tuple(member.words for member in blamed),
        tuple(_told(way) for way in ways_out(own, every, blamed)),
    )


def conflict_together(
    problem: RosterProblem, stuck: Stuck = _NOT_KNOWN
) -> tuple[Conflict, ...]:
    """Return why agents who each have a legal week have none together.

    First of those whose pinned work does not fit into any.
    """
    if problem.enforces("pinned_work"):
        with_tasks = [a for a, agent in enumerate(problem.agents) if agent.tasks]
        suspects = [problem.agents[a] for a in stuck.agents or with_tasks]
        of_pins = (agent for agent in suspects if not has_tour(at_work(problem, agent)))
        if found := list(islice(of_pins, _MOST_CONFLICTS)):
            return tuple(conflict_of(problem, agent) for agent in found)
    joint = [row for row in problem.joint if row.is_required]
    rows = [problem.joint[i] for i in stuck.rows] or joint
    few = narrowed(problem, rows) if rows else None
    if few is None:
        return joint_conflict(problem)
    shifts, every = few
    blamed = smallest(shifts, every)
    asked = "; ".join(member.words for member in blamed)
    return (
        Conflict(
            f"everybody has a legal week, but these cannot all be kept: {asked}",
            None,
            tuple(member.rule for member in blamed),
            tuple(member.words for member in blamed),
            tuple(_told(way) for way in ways_out(shifts, every, blamed)),
        ),
    )


def ways_out(
    problem: RosterProblem, every: Sequence[Member], blamed: Sequence[Member]
) -> Iterator[list[Eased]]:
    """Yield what is enough: a member eased, or where none is by itself, several.

    Of a rule with several windows all may have to be eased.
    """
    done: list[Eased] = []
    for _ in range(_MOST_ROUNDS):
        found = remedies(problem, blamed)
        if not found:
            wider = (in_all_windows(member, every) for member in blamed)
            found = remedies(problem, list(filter(None, wider)))
        if found:
            yield from ([*done, eased] for eased in found)
            return
        able = [member for member in blamed if member.remedy is not None]
        if not able:
            return
        done.append((able[-1], able[-1].most))
        problem = able[-1].applied(problem, able[-1].most)
        blamed = smallest(problem, every)


def _told(way: Sequence[Eased]) -> Remedy:
    words = [member.remedy(k) for member, k in way if member.remedy is not None]
    return Remedy(" and ".join(words), tuple(member.rule for member, _ in way))
