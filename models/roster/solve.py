"""One door to every engine."""

import threading
from collections.abc import Callable
from dataclasses import replace

from models.errors import InvalidInput
from models.roster import cpsat, milp
from models.roster.alone import Tours, conflict, tours
from models.roster.problem import GOALS, RosterProblem
from models.roster.result import Limits, Result, Status, StopReason
from models.roster.track import Track, Watch

Engine = Callable[[RosterProblem, Limits, Track, threading.Event | None], Result]

ENGINES: dict[str, Engine] = {"cpsat": cpsat.solve, "milp": milp.solve}
AUTO = "cpsat"
_MOST_CONFLICTS = 10


def engine_named(name: str) -> str:
    """Return the engine's own name; ``auto`` is always ``AUTO``.

    Raises
    ------
    InvalidInput
        Where there is no such engine.
    """
    if name != "auto" and name not in ENGINES:
        raise InvalidInput(f"no engine {name!r}, there are auto, {', '.join(ENGINES)}")
    return AUTO if name == "auto" else name


def solve(
    problem: RosterProblem,
    engine: str = "auto",
    limits: Limits | None = None,
    watch: Watch | None = None,
    stop: threading.Event | None = None,
) -> Result:
    """Return the best roster that an engine finds, with bounds that hold.

    Parameters
    ----------
    watch
        Called with each better roster or bound.
    stop
        Once set, the search ends and the best roster found is the answer.

    Raises
    ------
    InvalidInput
        Where there is no such engine.
    """
    run = ENGINES[engine_named(engine)]
    limits = limits or Limits()
    track = Track(watch)
    cheapest = tours(problem)
    if cheapest.without:
        return _impossible(problem, cheapest, track)
    track.tell("tours", bound=cheapest.floor)
    result = run(problem, limits, track, stop)
    parts = dict.fromkeys(GOALS, 0) | cheapest.parts | dict(result.bound_parts)
    return replace(
        result,
        bound=max(result.bound or 0, cheapest.floor),
        bound_parts=parts,
        floor=cheapest.floor,
        progress=tuple(track.seen),
        seconds=track.seconds(),
    )


def _impossible(problem: RosterProblem, cheapest: Tours, track: Track) -> Result:
    """Return the answer where some agents have no legal tour, and why."""
    without = cheapest.without
    sentences = [
        conflict(problem, problem.agents[a]) for a in without[:_MOST_CONFLICTS]
    ]
    if more := len(without) - len(sentences):
        sentences.append(f"and {more} more agents without a legal tour")
    return Result(
        status=Status.INFEASIBLE,
        stop_reason=StopReason.PROOF,
        conflicts=tuple(sentences),
        seconds=track.seconds(),
    )
