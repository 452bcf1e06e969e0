"""Rosters of shifts as one mixed integer program: all agents, written out.

Where nothing is decided inside a shift the program is small and its relaxation close:
where column generation leaves a gap that branching takes long to close, HiGHS often
ends with a proof at its root.
"""

from collections.abc import Callable, Iterator
from math import ceil, inf, isfinite
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt
from ortools.sat.python.cp_model_helper import CpSolverResponse, ResponseHelper

from models.errors import RingfenceError
from models.roster.columns.local import Local
from models.roster.columns.master import Master
from models.roster.columns.pricing import Pricer
from models.roster.columns.standing import Standing
from models.roster.columns.taken import Week, plain_week, weeks_of
from models.roster.cpsat.linear import linear_form
from models.roster.cpsat.model import RosterModel
from models.roster.halting import Halt, new_highs, run, run_whole
from models.roster.problem import RosterProblem
from models.roster.reach import menu

Floats = npt.NDArray[np.float64]

_MANY = 15_000  # shifts of agents: of more nobody could end its first simplex
_TOLERANCE = 1e-6  # HiGHS proves to within this, relative
_NEAR = 0.01  # and this, steps of the cost
_WHOLE = 1e-6  # what a number of tours may lack to a whole one
_FEWER = (1, 2, inf)  # agents that may leave a tour which the program in fractions has


def has_program(problem: RosterProblem) -> bool:
    """Whether a problem is one of shifts, and not too large to be searched as one."""
    shifts = sum(len(menu(problem, agent)) for agent in problem.agents)
    return not problem.works and shifts <= _MANY


def has_alike(pricer: Pricer) -> bool:
    """Whether a roster is one of shifts, and of many alike: few tours are enough."""
    problem = pricer.problem
    return not problem.works and 2 * len(pricer.classes) <= len(problem.agents)


def search_tours(
    standing: Standing, local: Local, seed: int, *, master: Master
) -> None:
    """Search for whole numbers of the master's tours, until that ends.

    What is found goes to ``standing``; ``local`` is overwritten. Nothing is proved:
    tours that the master has not may be better.
    """
    lp, used, static = master.whole()
    kinds = local.state.kind.tolist()

    def found(values: Floats) -> None:
        counts = np.rint(values[static:]).astype(np.int64)
        weeks: dict[int, list[Week]] = {}
        for i in np.flatnonzero(counts).tolist():
            tour = master.tours[used[i]]
            week = plain_week(local.pricer, tour.kind, np.array(tour.options))
            weeks.setdefault(tour.kind, []).extend([week] * int(counts[i]))
        local.place({a: weeks[kind].pop() for a, kind in enumerate(kinds)})
        standing.keep(local, "tours")

    for lowest in less_and_less(_relaxed(standing, seed, lp), static):
        if standing.is_set():
            return
        lp.col_lower_ = lowest
        _run(_highs(standing, seed, lp), standing.halt, found, lambda _: None)


def _relaxed(standing: Standing, seed: int, lp: highspy.HighsLp) -> Floats:
    """Return an optimum of a program in fractions."""
    highs = _highs(standing, seed, lp)
    highs.setOptionValue("solve_relaxation", True)
    run(highs, standing.halt)
    return np.array(highs.getSolution().col_value)


def less_and_less(shares: Floats, static: int) -> Iterator[Floats]:
    """Yield lower bounds of tours: those of an optimum in fractions, less and less."""
    many = np.floor(shares + _WHOLE)
    many[:static] = 0.0
    for fewer in _FEWER:
        yield np.maximum(many - fewer, 0.0)


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
    highs = _highs(standing, seed, lp)
    highs.setOptionValue("mip_abs_gap", 0.999)  # costs are whole steps

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


def _highs(standing: Standing, seed: int, lp: highspy.HighsLp) -> highspy.Highs:
    highs = new_highs()
    for option, value in {
        "threads": 1,
        "random_seed": seed,
        "time_limit": max(standing.left, 0.0),
        "mip_rel_gap": 0.0,
    }.items():
        highs.setOptionValue(option, value)
    if highs.passModel(lp) == highspy.HighsStatus.kError:
        raise RingfenceError("HiGHS refused the program")
    return highs


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
