"""What engines answer to generated problems, asked once for all tests.

``make test`` takes the first problems of each family, ``make test-full`` the counts
that the project promises.
"""

from functools import cache

import pytest

from models.roster import check, columns, cpsat, milp
from models.roster.problem import RosterProblem
from models.roster.result import Limits, Result, Status
from models.roster.track import Track
from tests.roster.generated import small

QUICK, FULL = 20, 300
ENGINES = {
    "columns": columns.solve,
    "cpsat": cpsat.solve,
    "milp": milp.solve,
}
PROOF = Limits(seconds=120, workers=1)

seeds = pytest.mark.parametrize(
    "seed",
    [
        *range(QUICK),
        *(pytest.param(seed, marks=pytest.mark.full) for seed in range(QUICK, FULL)),
    ],
)


def solved(problem: RosterProblem, engine: str = "cpsat") -> Result:
    """An engine's answer, which must be a proof, and which the checker must share."""
    return proved(problem, ENGINES[engine](problem, PROOF, Track()))


def proved(problem: RosterProblem, result: Result) -> Result:
    """An answer that must be a proof, and that the checker must share."""
    assert result.status in (Status.OPTIMAL, Status.INFEASIBLE)
    if result.roster is None:
        return result
    assert check.violations(problem, result.roster) == []
    assert check.cost(problem, result.roster) == result.bound
    return result


@cache
def best(seed: int) -> Result:
    """The proof for a small problem: its optimum, or that there is no roster."""
    return solved(small(seed))


def optimum(seed: int) -> int | None:
    """The optimum of a small problem; ``None`` where there is no roster."""
    return best(seed).bound


@cache
def by_columns(seed: int) -> tuple[Result, Track]:
    """What columns answers to a small problem, and has told on the way."""
    track = Track()
    return columns.solve(small(seed), PROOF, track), track


def solvable(seed: int) -> int:
    """The seed itself, or the next one of which the problem has a roster."""
    while optimum(seed) is None:
        seed += 1
    return seed
