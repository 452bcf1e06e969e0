"""The least that makes an agent's week possible again."""

from collections.abc import Callable, Sequence

from models.roster.problem import RosterProblem
from models.roster.why.member import Member

IsPossible = Callable[[RosterProblem], bool]


def remedies(
    problem: RosterProblem, blamed: Sequence[Member], is_possible: IsPossible
) -> list[tuple[Member, int]]:
    """Return which of the members, eased by how many notches, is enough by itself.

    ``problem`` has everything else in it.
    """
    found = []
    for member in blamed:
        if member.remedy is not None and is_possible(member.dropped(problem)):
            found.append((member, _least(problem, member, is_possible)))
    return found


def _least(problem: RosterProblem, member: Member, is_possible: IsPossible) -> int:
    """Return the fewest notches that are enough; all of them are."""
    low, high = 0, 1
    while high < member.most and not is_possible(member.eased(problem, high)):
        low, high = high, min(2 * high, member.most)
    while high - low > 1:
        middle = (low + high) // 2
        if is_possible(member.eased(problem, middle)):
            high = middle
        else:
            low = middle
    return high
