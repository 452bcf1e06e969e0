"""The engine ``milp``: PuLP with HiGHS, or CBC on request (without progress)."""

import threading
from dataclasses import replace
from math import ceil, isfinite
from typing import Any

import highspy
from pulp import COIN_CMD, HiGHS, LpStatusInfeasible
from pulp.apis.coin_api import pulp_cbc_path

from models.errors import InvalidInput, NotSupported
from models.roster.milp.model import RosterModel
from models.roster.problem import UNIT, RosterProblem
from models.roster.result import Limits, Result, Roster, Status, StopReason
from models.roster.track import Track, as_stopped, run_aside

SOLVERS = ("highs", "cbc")
_TOLERANCE = 1e-9  # solvers of floating point prove to within this, relative
_Event = highspy.cb.HighsCallbackType


def solve(
    problem: RosterProblem,
    limits: Limits,
    track: Track,
    stop: threading.Event | None = None,
    start: Roster | None = None,
    *,
    solver: str = "highs",
) -> Result:
    """Return the best roster found and a bound.

    Raises
    ------
    InvalidInput
        Where there is no such solver, or a start, which neither solver is told.
    NotSupported
        For targets for the late calls of a day or week, for blocks that settle in, for
        cases between calls, for headcounts and for the rules of the book.
    """
    if start is not None:
        raise InvalidInput("engine milp cannot start from a roster")
    if solver not in SOLVERS:
        raise InvalidInput(f"no MILP solver {solver!r}, there are {', '.join(SOLVERS)}")
    refuse_unknown(problem)
    made = RosterModel(problem)
    seconds = max(limits.seconds - track.seconds(), 0.1)
    run = _highs if solver == "highs" else _cbc
    return run(made, limits, seconds, track, stop)


def refuse_unknown(problem: RosterProblem) -> None:
    """Refuse what the model has no row for.

    Raises
    ------
    NotSupported
        Which names it, and the engines that have it.
    """
    if any(cover.targets for cover in problem.covers):
        raise NotSupported(
            "engine milp has no targets for the late calls of a day or week "
            "(service_level_scope); columns and cpsat have"
        )
    if any(work.settling for work in problem.works):
        raise NotSupported(
            "engine milp has no time to settle into a block (settling_minutes); "
            "columns and cpsat have"
        )
    if problem.joint:
        raise NotSupported(
            "engine milp has no headcounts of single shifts (headcount.csv); columns "
            "and cpsat have"
        )
    kept = {rule.rule for a in problem.agents for rule in a.rules} - problem.off
    if kept:
        raise NotSupported(
            f"engine milp has none of the rules of the book ({', '.join(sorted(kept))})"
            "; columns and cpsat have"
        )
    if problem.enforces("case_share") and any(a.case_limits for a in problem.agents):
        raise NotSupported("engine milp has no case_share; columns and cpsat have")
    if problem.enforces("pinned_work") and any(a.tasks for a in problem.agents):
        raise NotSupported("engine milp has no pinned_work; columns and cpsat have")
    if problem.fills:
        raise NotSupported(
            "engine milp has no cases between calls (blend fill); columns and cpsat "
            "have"
        )


def _highs(
    made: RosterModel,
    limits: Limits,
    seconds: float,
    track: Track,
    stop: threading.Event | None,
) -> Result:
    def heard(kind: Any, _: str, out: Any, into: Any, __: Any) -> None:
        if kind == _Event.kCallbackMipInterrupt:
            into.user_interrupt = bool(stop and stop.is_set())
        else:
            track.tell(
                "search",
                best=_units(out.mip_primal_bound),
                bound=_units(out.mip_dual_bound),
            )

    highspy.Highs.resetGlobalScheduler(True)  # else threads cannot be changed
    engine = HiGHS(
        msg=False,
        gapRel=limits.gap / (1 + limits.gap),
        gapAbs=0,
        threads=limits.workers,
        timeLimit=seconds,
        callbackTuple=(heard, None),
        callbacksToActivate=[
            _Event.kCallbackMipInterrupt,
            _Event.kCallbackMipImprovingSolution,
            _Event.kCallbackMipLogging,
        ],
        random_seed=limits.seed,
    )
    run_aside(lambda: made.lp.solve(engine))
    highs = made.lp.solverModel
    status = highs.getModelStatus()
    info = highs.getInfo()
    bound = _units(info.mip_dual_bound)
    if status in (
        highspy.HighsModelStatus.kInfeasible,
        highspy.HighsModelStatus.kUnboundedOrInfeasible,
    ):
        return Result(Status.INFEASIBLE, StopReason.PROOF)
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Result(Status.UNKNOWN, as_stopped(stop), bound=bound)
    ended = status == highspy.HighsModelStatus.kOptimal
    best = round(info.objective_function_value * UNIT)
    if ended and limits.gap == 0:
        bound = best
    return _found(made.roster(), best, bound, limits=limits, ended=ended, stop=stop)


def _cbc(
    made: RosterModel,
    limits: Limits,
    seconds: float,
    track: Track,
    stop: threading.Event | None,
) -> Result:
    """CBC runs as a process of its own, which hears an interrupt by itself."""
    engine = COIN_CMD(
        path=pulp_cbc_path,
        msg=False,
        gapRel=limits.gap / (1 + limits.gap),
        gapAbs=0,
        threads=limits.workers,
        timeLimit=seconds,
        options=[f"randomSeed {limits.seed}"],
    )
    run_aside(lambda: made.lp.solve(engine))
    if made.lp.status == LpStatusInfeasible:
        return Result(Status.INFEASIBLE, StopReason.PROOF)
    if made.lp.sol_status not in (1, 2):
        return Result(Status.UNKNOWN, as_stopped(stop))
    ended = made.lp.sol_status == 1
    best = round(made.lp.objective.value() * UNIT)
    bound = best if ended and limits.gap == 0 else None
    track.tell("search", best=best, bound=bound)
    return _found(made.roster(), best, bound, limits=limits, ended=ended, stop=stop)


def _found(
    roster: Roster,
    best: int,
    bound: int | None,
    *,
    limits: Limits,
    ended: bool,
    stop: threading.Event | None,
) -> Result:
    """Return the result of a search that ended by itself or was cut off."""
    if ended and bound is not None and bound >= best:
        result = Result(Status.OPTIMAL, StopReason.PROOF, roster, best)
    else:
        reason = StopReason.GAP if ended else as_stopped(stop)
        result = Result(Status.FEASIBLE, reason, roster, bound)
    return replace(result, repeatable=ended and limits.workers == 1)


def _units(hours: float) -> int | None:
    """Return a bound in whole cost units, on the safe side; ``None`` if none."""
    if not isfinite(hours) or abs(hours) > 1e15:
        return None
    units = hours * UNIT
    return ceil(units - abs(units) * _TOLERANCE - 0.01)
