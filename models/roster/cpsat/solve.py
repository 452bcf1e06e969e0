"""The engine ``cpsat``."""

import threading
from dataclasses import replace

from models.roster.cpsat.elsewhere import HELD
from models.roster.cpsat.improve import Improver
from models.roster.cpsat.model import RosterModel
from models.roster.cpsat.search import run
from models.roster.cpsat.start import hint_start
from models.roster.helpers import Helpers, Opener
from models.roster.joint import keeps_joint
from models.roster.problem import RosterProblem
from models.roster.result import Limits, Result, Roster, Status, StopReason
from models.roster.track import Track

LARGE = 6_000  # yes-or-no decisions on activities; more are solved part by part
_MANY = 30_000  # and on shifts


def solve(
    problem: RosterProblem,
    limits: Limits,
    track: Track,
    stop: threading.Event | None = None,
    start: Roster | None = None,
    opener: Opener | None = None,
) -> Result:
    """Return the best roster found and a bound.

    A problem that is not large is one model, searched to proof. A large one is built
    and improved part by part; its bound is then what ``track`` was told. Agents who
    have a week in ``start``, which must be legal, begin with it. Helpers, if there is
    an ``opener`` of any, solve parts of a large problem.
    """
    if is_large(problem) or len(problem.agents) * len(problem.shifts) > _MANY:
        if opener is None:
            return _part_by_part(problem, limits, track, stop, start, None)
        with opener(HELD, b"") as helpers:
            found = _part_by_part(problem, limits, track, stop, start, helpers)
            return replace(found, helpers=helpers.width)
    made = RosterModel(problem)
    if start is not None:
        hint_start(made, start)
    left = replace(limits, seconds=limits.seconds - track.seconds())
    answer = run(made.model, left, track=track, stop=stop)
    return Result(
        status=answer.status,
        stop_reason=answer.stop_reason,
        roster=made.roster(answer.value) if answer.value else None,
        bound=answer.bound,
        repeatable=limits.workers == 1
        and answer.stop_reason in (StopReason.PROOF, StopReason.GAP),
    )


def is_large(problem: RosterProblem) -> bool:
    """Whether a problem has more decisions than one model can be searched for."""
    skills = sum(bool(speed) for agent in problem.agents for speed in agent.speeds)
    return skills * problem.periods > LARGE


def _part_by_part(
    problem: RosterProblem,
    limits: Limits,
    track: Track,
    stop: threading.Event | None,
    start: Roster | None,
    helpers: Helpers | None,
) -> Result:
    improver = Improver(problem, limits, track, stop, start, helpers)
    reason = improver.search()
    roster = improver.state.roster()
    if roster is not None and not keeps_joint(problem, roster):
        return Result(Status.UNKNOWN, reason, None, track.bound)
    status = Status.UNKNOWN if roster is None else Status.FEASIBLE
    if reason is StopReason.PROOF:
        status = Status.OPTIMAL
    return Result(status, reason, roster, track.bound)
