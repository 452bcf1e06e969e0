"""Who is on voice when."""

from collections.abc import Iterator, Sequence

from models.roster.check.cases import pieces, speed_on
from models.roster.check.reading import works
from models.roster.problem import RosterProblem
from models.roster.result import Activity, Roster

Rows = Sequence[Sequence[int]]


def cover(problem: RosterProblem, roster: Roster) -> list[list[int]]:
    """Return the cover of each of ``problem.covers`` in each period, centi-agents.

    ``fixed[p]`` plus ``speed * minutes // period`` of everybody on a work that counts.
    """
    rows = [list(row.fixed) for row in problem.covers]
    for x, k, counting in _covering(problem, roster):
        speed = speed_on(problem, x.agent, k)
        for p, minutes in pieces(problem, x):
            for c in counting:
                rows[c][p] += speed * minutes // problem.period
    return rows


def _covering(
    problem: RosterProblem, roster: Roster
) -> Iterator[tuple[Activity, int, list[int]]]:
    """Yield each activity on a work, the work, and the covers in which it counts."""
    position = works(problem)
    counting = [
        [c for c, row in enumerate(problem.covers) if k in row.counts]
        for k in range(len(problem.works))
    ]
    for x in roster.activities or ():
        k = position.get((x.kind, x.name))
        if k is not None:
            yield x, k, counting[k]


def heads(problem: RosterProblem, roster: Roster) -> list[list[int]]:
    """Return how many of the roster's people are on each cover's works, per period.

    Whole people: minutes of all of them ``// period``; ``fixed`` is not among them.
    """
    rows = [[0] * problem.periods for _ in problem.covers]
    for x, _, counting in _covering(problem, roster):
        for p, minutes in pieces(problem, x):
            for c in counting:
                rows[c][p] += minutes
    return [[minutes // problem.period for minutes in row] for row in rows]
