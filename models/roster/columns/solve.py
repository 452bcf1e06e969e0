"""The engine ``columns``."""

import threading

from models.roster import cpsat
from models.roster.columns.search import Search
from models.roster.helpers import Opener
from models.roster.joint import nearest_breaks
from models.roster.problem import GOALS, RosterProblem
from models.roster.result import Limits, Result, Roster, Status, StopReason
from models.roster.track import Track

_VAST = 100_000  # shifts of agents, of rosters of shifts only: tours take too long
_REPEATABLE = (StopReason.PROOF, StopReason.GAP, StopReason.WORK_LIMIT)


def solve(
    problem: RosterProblem,
    limits: Limits,
    track: Track,
    stop: threading.Event | None = None,
    start: Roster | None = None,
    opener: Opener | None = None,
) -> Result:
    """Return the best roster found, and a bound that holds for the whole problem.

    Agents who have a week in ``start`` begin with it. Where the first tours take too
    long, or are sure to, the engine ``cpsat`` goes on. Of very large problems helpers,
    if there is an ``opener`` of any, price the groups of classes; ``cpsat`` opens its
    own.
    """
    if not problem.works and len(problem.agents) * len(problem.shifts) > _VAST:
        return cpsat.solve(problem, limits, track, stop, start, opener)
    search = Search(problem, limits, track, stop, start, opener)
    reason, cheapest = search.run()
    standing = search.standing
    if search.is_too_large:  # tours have too much to remember: no tours, then
        return cpsat.solve(problem, limits, track, stop, start, opener)
    if cheapest.without:
        return Result(Status.INFEASIBLE, StopReason.PROOF)
    if standing.is_impossible:
        return Result(Status.INFEASIBLE, StopReason.PROOF, stuck=standing.stuck)
    if search.best is None:
        status = Status.UNKNOWN
    elif standing.cost is not None and standing.cost <= standing.bound:
        status = Status.OPTIMAL
    else:
        status = Status.FEASIBLE
    return Result(
        status=status,
        stop_reason=reason,
        conflicts=()
        if search.nearest is None
        else nearest_breaks(problem, search.nearest),
        roster=search.best,
        bound=standing.bound,
        bound_parts=dict.fromkeys(GOALS, 0) | cheapest.parts,
        floor=cheapest.floor,
        certificate=search.certificate,
        helpers=search.helpers,
        repeatable=limits.workers == 1 and reason in _REPEATABLE,
    )
