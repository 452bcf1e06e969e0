"""Smallest parts of what cannot all be kept."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from models.roster.problem import RosterProblem
from models.roster.why.member import Member
from models.roster.why.possible import has_tour

T = TypeVar("T")


def least(items: Sequence[T], fails: Callable[[Sequence[T]], bool]) -> list[T]:
    """Return a part of ``items`` that fails, and no longer does without any one of it.

    Of two that may be blamed the later one is. All items together must fail, and what
    fails must fail with more (QuickXplain; Junker, 2004).
    """

    def needed(own: Sequence[T], beside: Sequence[T], *, more: bool) -> list[T]:
        if more and fails(beside):
            return []
        if len(own) <= 1:
            return list(own)
        early, late = own[: len(own) // 2], own[len(own) // 2 :]
        of_early = needed(early, [*late, *beside], more=True)
        of_late = needed(late, [*of_early, *beside], more=bool(of_early))
        return [*of_early, *of_late]

    return needed(items, [], more=False)


def smallest(problem: RosterProblem, every: Sequence[Member]) -> list[Member]:
    """Return a smallest set of members that cannot all be kept."""
    return least(every, lambda kept: not has_tour(only(problem, every, kept)))


def only(
    problem: RosterProblem, every: Sequence[Member], kept: Sequence[Member]
) -> RosterProblem:
    """Return the problem without all members but some."""
    kept_ones = set(map(id, kept))
    for member in every:
        if id(member) not in kept_ones:
            problem = member.dropped(problem)
    return problem
