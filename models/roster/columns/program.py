"""Rosters of shifts as one mixed integer program: all agents, written out.

Where nothing is decided inside a shift the program is small and its relaxation close:
where column generation leaves a gap that branching takes long to close, HiGHS often
ends with a proof at its root.
"""

from collections.abc import Callable
from math import ceil, isfinite
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt
from ortools.sat.python.cp_model_helper import CpSolverResponse, ResponseHelper

from models.errors import RingfenceError
from models.roster.columns.local import Local
from models.roster.columns.standing import Standing
from models.roster.columns.taken import weeks_of
from models.roster.cpsat.linear import linear_form
from models.roster.cpsat.model import RosterModel
from models.roster.halting import Halt, new_highs, run_whole
from models.roster.problem import RosterProblem
from models.roster.reach import menu

Floats = npt.NDArray[np.float64]

_MANY = 100_000  # shifts of agents
_TOLERANCE = 1e-6  # HiGHS proves to within this, relative
_NEAR = 0.01  # and this, steps of the cost


def has_program(problem: RosterProblem) -> bool:
    """Whether a problem is one of shifts, and not too large to be written out."""
    shifts = sum(len(menu(problem, agent)) for agent in problem.agents)
    return not problem.works and shifts <= _MANY


def search_program(standing: Standing, local: Local, seed: int) -> None:
    """Search the program of a problem until it ends or ``standing`` says so.

    What is found and proved goes to ``standing``; ``local`` is overwritten.
    """
    made, step = RosterModel(standing.problem), standing.step
    lp = linear_form(made.model)
    if lp is None:
        return
    lp.col_cost_ = np.array(lp.col_cost_) / step
    lp.offset_ /= step
    highs = new_highs()
    for option, value in {
        "threads": 1,
        "random_seed": seed,
        "time_limit": max(standing.left, 0.0),
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 0.999,  # costs are whole steps
    }.items():
        highs.setOptionValue(option, value)
    if highs.passModel(lp) == highspy.HighsStatus.kError:
        raise RingfenceError("HiGHS refused the program")

    def found(values: Floats) -> None:
        response = CpSolverResponse()
        response.solution.extend(np.rint(values).astype(np.int64).tolist())
        roster = made.roster(lambda what: ResponseHelper.value(response, what))
        weeks = weeks_of(local.pricer, roster, range(local.agents))
        if len(weeks) == local.agents:
            local.place(weeks)
            standing.keep(local, "program")

    def proved(bound: float) -> None:
        if isfinite(bound):
            steps = ceil(bound - abs(bound) * _TOLERANCE - _NEAR)
            standing.raise_bound(steps * step, "program")

    _run(highs, standing.halt, found, proved)


def _run(
    highs: highspy.Highs,
    halt: Halt,
    found: Callable[[Floats], None],
    proved: Callable[[float], None],
) -> None:
    """Run HiGHS and pass on what it finds and proves on the way."""

    def better(event: Any) -> None:
        found(np.array(event.data_out.mip_solution))

    def told(event: Any) -> None:
        proved(event.data_out.mip_dual_bound)

    run_whole(highs, halt, better, told)
    info = highs.getInfo()
    if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        found(np.array(highs.getSolution().col_value))
    proved(info.mip_dual_bound)
