"""The least that makes an agent's week possible again."""

from collections.abc import Sequence

from models.roster.problem import RosterProblem
from models.roster.why.member import Member
from models.roster.why.possible import has_tour


def remedies(
    problem: RosterProblem, blamed: Sequence[Member]
) -> list[tuple[Member, int]]:
    """Return which of the members, eased by how many notches, is enough by itself.

    ``problem`` has everything else in it.
    """
    found = []
    for member in blamed:
        able = member.remedy is not None
        if able and has_tour(member.applied(problem, member.most)):
            found.append((member, _least(problem, member)))
    return found


def _least(problem: RosterProblem, member: Member) -> int:
    """Return the fewest notches that are enough; all of them are."""
    low, high = 0, 1
    while high < member.most and not has_tour(member.applied(problem, high)):
        low, high = high, min(2 * high, member.most)
    while high - low > 1:
        middle = (low + high) // 2
        if has_tour(member.applied(problem, middle)):
            high = middle
        else:
            low = middle
    return high
