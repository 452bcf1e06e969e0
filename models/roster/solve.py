"""One door to every engine."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from models.errors import InvalidInput
from models.roster import columns, cpsat, milp
from models.roster.alone import without_tour
from models.roster.columns.floor import cheapest_tours, without_tours
from models.roster.filled import filled
from models.roster.halting import Halted, never
from models.roster.helpers import Opener
from models.roster.outline import SHARED_GOALS, Outline
from models.roster.problem import GOALS, RosterProblem
from models.roster.result import Limits, Result, Roster, Status, StopReason
from models.roster.start import Start, usable
from models.roster.track import Track, Watch
from models.roster.why import conflict_together, conflicts

Stop = threading.Event | None
Engine = Callable[[RosterProblem, Limits, Track, Stop, Roster | None], Result]

ENGINES: dict[str, Engine] = {
    "columns": columns.solve,
    "cpsat": cpsat.solve,
    "milp": milp.solve,
    "milp-cbc": partial(milp.solve, solver="cbc"),
}
AUTO = "columns"
STARTING = ("columns", "cpsat")  # engines that can start from a roster
STAYING = ("columns",)  # engines that can stay near it
HELPED = ("columns", "cpsat")  # engines that ask helpers
_LOADING = 0.15  # of the time limit: so long to load machine code is part of it
_OUTLINED = 20_000  # shifts of agents
_OUTLINE_SHARE = 0.1  # of the time, for each of the outline's solves


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
    start: Roster | None = None,
    opener: Opener | None = None,
) -> Result:
    """Return the best roster that an engine finds, with bounds that hold.

    Parameters
    ----------
    watch
        Called with each better roster or bound; before the time limit begins, with
        phase ``columns.COMPILING``, where this machine has no machine code yet.
    stop
        Once set, the search ends and the best roster found is the answer.
    start
        A roster to start from, of which only the weeks that are legal are used; shifts
        without activities are filled first. The answer is never worse than a start in
        which everybody has a legal week.
    opener
        Of helpers, who are asked where the problem is so large that they are worth it:
        ``columns`` has them price groups of classes, ``cpsat`` solve parts.

    Raises
    ------
    InvalidInput
        Where there is no such engine, or it cannot do what it is asked for.
    """
    name = engine_named(engine)
    limits = limits or Limits()
    _refuse(name, limits, start, opener)
    begun = time.monotonic()
    if not columns.ready(problem, watch, stop, search=name == "columns"):
        return Result(Status.UNKNOWN, StopReason.STOPPED)
    now = time.monotonic()
    track = Track(
        watch, since=begun if now - begun < _LOADING * limits.seconds else now
    )
    if start is None:
        return _solved(problem, name, limits, track, stop, None, opener)
    given = usable(problem, start)
    if given.roster.activities is None:
        whole = filled(problem, given.roster, limits, stop)
        given = given if whole is None else usable(problem, whole)
    track.tell("start", best=given.cost)
    known = None if given.roster.activities is None else given.roster
    result = _solved(problem, name, limits, track, stop, known, opener)
    if known is None and result.roster is not None:
        return replace(result, start_lost=True, repeatable=False)
    return _at_least(result, given, track)


def _refuse(
    name: str, limits: Limits, start: Roster | None, opener: Opener | None
) -> None:
    """Raise ``InvalidInput`` for what an engine cannot do."""
    if limits.work and name != "columns":
        raise InvalidInput(f"engine {name!r} has no work limit, columns has")
    if opener is not None:
        refuse_helpers(name)
    if start is not None:
        refuse_start(name)
    if limits.near:
        refuse_near(name)
        if start is None:
            raise InvalidInput("there is no roster to start from, and to stay near")


def refuse_start(name: str) -> None:
    """Raise ``InvalidInput`` for an engine that cannot start from a roster."""
    if name not in STARTING:
        able = " and ".join(STARTING)
        raise InvalidInput(f"engine {name!r} cannot start from a roster, {able} can")


def refuse_near(name: str) -> None:
    """Raise ``InvalidInput`` for an engine that cannot stay near a roster."""
    if name not in STAYING:
        able = " and ".join(STAYING)
        raise InvalidInput(f"engine {name!r} cannot stay near a roster, {able} can")


def refuse_helpers(name: str) -> None:
    """Raise ``InvalidInput`` for an engine that asks no helpers."""
    if name not in HELPED:
        able = " and ".join(HELPED)
        raise InvalidInput(f"engine {name!r} asks no helpers, {able} do")


def _at_least(result: Result, start: Start, track: Track) -> Result:
    """Return an answer; the start itself where nothing better than it was found."""
    if start.cost is None or track.best is None or track.best < start.cost:
        return result
    if result.status is Status.INFEASIBLE:
        return result
    proved = result.bound is not None and result.bound >= start.cost
    status = Status.OPTIMAL if proved else Status.FEASIBLE
    return replace(result, status=status, roster=start.roster)


def _solved(
    problem: RosterProblem,
    name: str,
    limits: Limits,
    track: Track,
    stop: Stop,
    start: Roster | None,
    opener: Opener | None,
) -> Result:
    """Return an engine's answer with all that is known about bounds."""
    if name == "columns":  # brings a floor, and parts that agents settle alone
        shared = _outline(problem, limits, track, stop) if _is_outlined(problem) else {}
        result = columns.solve(problem, limits, track, stop, start, opener)
        result = replace(result, bound_parts={**result.bound_parts, **shared})
    else:
        engine = ENGINES[name]
        if opener is not None:  # others have refused
            engine = partial(cpsat.solve, opener=opener)
        result = _with_floor(problem, engine, limits, track, stop, start)
    if result.status is Status.INFEASIBLE:
        without = () if result.conflicts else without_tours(problem)
        why = result.conflicts or (
            conflicts(problem, without)
            if without
            else conflict_together(problem, result.stuck)
        )
        return replace(result, conflicts=why, seconds=track.seconds())
    return replace(
        result,
        bound=max(result.bound or 0, track.bound or 0),
        progress=tuple(track.seen),
        seconds=track.seconds(),
    )


def _with_floor(
    problem: RosterProblem,
    run: Engine,
    limits: Limits,
    track: Track,
    stop: Stop,
    start: Roster | None,
) -> Result:
    """Return an engine's answer with the floor, and with what each goal is at least."""
    cheapest = cheapest_tours(problem, limits.workers)
    if cheapest.without:
        return _impossible(problem, cheapest.without)
    track.tell("tours", bound=cheapest.floor)
    parts = dict.fromkeys(GOALS, 0) | cheapest.parts
    parts |= _outline(problem, limits, track, stop)
    result = run(problem, limits, track, stop, start)
    if result.roster is None and (without := without_tour(problem)):
        return _impossible(problem, without)
    return replace(result, bound_parts=parts, floor=cheapest.floor)


def _is_outlined(problem: RosterProblem) -> bool:
    """Whether the outline is small enough to be worth the time for its parts."""
    return len(problem.agents) * len(problem.shifts) <= _OUTLINED


def _outline(
    problem: RosterProblem, limits: Limits, track: Track, stop: Stop
) -> dict[str, int]:
    """Tell the outline's bound, and return what goals are at least by it."""
    halt = never if stop is None else stop.is_set
    seconds = limits.seconds * _OUTLINE_SHARE
    try:
        outline = Outline(problem, halt)
    except Halted:
        return {}
    track.tell("outline", bound=outline.bound(seconds=seconds, halt=halt))
    least = {
        goal: outline.bound(goal, seconds=seconds, halt=halt) for goal in SHARED_GOALS
    }
    return {goal: bound for goal, bound in least.items() if bound is not None}


def _impossible(problem: RosterProblem, without: tuple[int, ...]) -> Result:
    """Return the answer where some agents have no legal tour, and why."""
    return Result(
        status=Status.INFEASIBLE,
        stop_reason=StopReason.PROOF,
        conflicts=conflicts(problem, without),
    )
