"""Who is on voice when."""

from collections.abc import Sequence

from models.roster.check.cases import pieces, speed_on
from models.roster.check.reading import remembered_of_both, works
from models.roster.problem import RosterProblem
from models.roster.result import Roster

Rows = Sequence[Sequence[int]]


def cover(problem: RosterProblem, roster: Roster) -> Rows:
    """Return the cover of each of ``problem.covers`` in each period, centi-agents.

    ``fixed[p]`` plus ``speed * minutes // period`` of everybody on a work that counts.
    """
    return _there(problem, roster)[0]


def heads(problem: RosterProblem, roster: Roster) -> Rows:
    """Return how many of the roster's people are on each cover's works, per period.

    Whole people: minutes of all of them ``// period``; ``fixed`` is not among them.
    """
    rows = _there(problem, roster)[1]
    return [[minutes // problem.period for minutes in row] for row in rows]


@remembered_of_both
def _there(problem: RosterProblem, roster: Roster) -> tuple[Rows, Rows]:
    """Return each cover in each period, and the minutes of all on its works."""
    position = works(problem)
    counting = [
        [c for c, row in enumerate(problem.covers) if k in row.counts]
        for k in range(len(problem.works))
    ]
    found = [list(row.fixed) for row in problem.covers]
    total = [[0] * problem.periods for _ in problem.covers]
    for x in roster.activities or ():
        k = position.get((x.kind, x.name))
        if k is None:
            continue
        speed = speed_on(problem, x.agent, k)
        for p, minutes in pieces(problem, x):
            for c in counting[k]:
                found[c][p] += speed * minutes // problem.period
                total[c][p] += minutes
    return found, total
