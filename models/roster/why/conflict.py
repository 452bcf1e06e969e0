"""Smallest sets of rules and data that cannot all be kept.

With a set alone there is no legal week, and without any one member of it there is
(deletion filter; Chinneck and Dravnieks, 1991). Whole kinds of members are tried first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.roster.alone import alone, at_work
from models.roster.joint import joint_conflict
from models.roster.problem import Agent, RosterProblem
from models.roster.result import Conflict, Remedy
from models.roster.why.member import Member, in_all_windows
from models.roster.why.members import members
from models.roster.why.possible import has_tour
from models.roster.why.remedies import remedies
from models.roster.why.together import joint_members, shifts_alone

Eased = tuple[Member, int]  # and by how many notches

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


def conflict_together(problem: RosterProblem) -> tuple[Conflict, ...]:
    """Return why agents who each have a legal week have none together.

    First of those whose pinned work does not fit into any.
    """
    pinned = [a for a in problem.agents if a.tasks and problem.enforces("pinned_work")]
    stuck = [agent for agent in pinned if not has_tour(at_work(problem, agent))]
    if stuck:
        return tuple(conflict_of(problem, agent) for agent in stuck[:_MOST_CONFLICTS])
    shifts = shifts_alone(problem)
    if not shifts.agents or has_tour(shifts):
        return joint_conflict(problem)
    every = list(joint_members(shifts))
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


def smallest(problem: RosterProblem, every: Sequence[Member]) -> list[Member]:
    """Return a smallest set of members that cannot all be kept."""
    kept = list(every)
    for group in _groups(every):
        fewer = [member for member in kept if member not in group]
        if len(fewer) < len(kept) and not has_tour(only(problem, every, fewer)):
            kept = fewer
    return kept


def _groups(every: Sequence[Member]) -> Iterator[list[Member]]:
    """Yield what to leave out together: of an agent, of a rule of one, a member."""
    for key in (lambda m: m.whose, lambda m: (m.whose, m.rule), id):
        found: dict[object, list[Member]] = {}
        for member in every:
            found.setdefault(key(member), []).append(member)
        yield from found.values()


def only(
    problem: RosterProblem, every: Sequence[Member], kept: Sequence[Member]
) -> RosterProblem:
    """Return the problem without all members but some."""
    for member in every:
        if not any(member is other for other in kept):
            problem = member.dropped(problem)
    return problem


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
        problem = able[-1].dropped(problem)
        blamed = smallest(problem, every)


def _told(way: Sequence[Eased]) -> Remedy:
    words = [member.remedy(k) for member, k in way if member.remedy is not None]
    return Remedy(" and ".join(words), tuple(member.rule for member, _ in way))
