"""Whether a problem without demand has a roster; asked again and again."""

from models.roster import alone
from models.roster.columns.floor import without_tours
from models.roster.problem import RosterProblem


def has_tour(problem: RosterProblem) -> bool:
    """Whether the agents of a problem have a legal tour each, and all together.

    By dynamic programming, as long as nothing joins agents or fills their shifts.
    """
    joined = any(row.is_required for row in problem.joint)
    if joined or problem.works:
        return alone.has_tour(problem)
    return not without_tours(problem)
