"""The engine ``cpsat``."""

import threading
from dataclasses import replace

from models.roster.cpsat.model import RosterModel
from models.roster.cpsat.search import run
from models.roster.problem import RosterProblem
from models.roster.result import Limits, Result
from models.roster.track import Track


def solve(
    problem: RosterProblem,
    limits: Limits,
    track: Track,
    stop: threading.Event | None = None,
) -> Result:
    """Return the best roster found and a bound; every rule and goal is in the model."""
    made = RosterModel(problem)
    left = replace(limits, seconds=limits.seconds - track.seconds())
    answer = run(made.model, left, track=track, stop=stop)
    return Result(
        status=answer.status,
        stop_reason=answer.stop_reason,
        roster=made.roster(answer.value) if answer.value else None,
        bound=answer.bound,
    )
