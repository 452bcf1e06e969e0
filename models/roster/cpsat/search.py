"""Running CP-SAT: settings, progress, stopping, and what its answer means."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from math import floor

from ortools.sat.python import cp_model

from models.errors import RingfenceError
from models.roster.result import Limits, Status, StopReason
from models.roster.track import Track, as_stopped, run_aside

_STATUS = {
    cp_model.OPTIMAL: Status.OPTIMAL,
    cp_model.FEASIBLE: Status.FEASIBLE,
    cp_model.INFEASIBLE: Status.INFEASIBLE,
    cp_model.UNKNOWN: Status.UNKNOWN,
}


class _Incumbents(cp_model.CpSolverSolutionCallback):
    """Tells each better roster."""

    def __init__(self, track: Track, phase: str) -> None:
        super().__init__()
        self._track, self._phase = track, phase

    def on_solution_callback(self) -> None:
        """Tell the objective of the roster just found."""
        self._track.tell(self._phase, best=round(self.objective_value))


@dataclass(frozen=True)
class Answer:
    """What CP-SAT found; ``value`` reads a variable and exists only with a roster."""

    status: Status
    stop_reason: StopReason
    objective: int | None
    bound: int | None
    value: Callable[[cp_model.LinearExprT], int] | None


def run(
    model: cp_model.CpModel,
    limits: Limits,
    *,
    track: Track | None = None,
    phase: str = "search",
    stop: threading.Event | None = None,
) -> Answer:
    """Solve a model.

    Raises
    ------
    RingfenceError
        Where CP-SAT calls the model invalid: a mistake of ours.
    """
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(limits.seconds, 0.01)
    solver.parameters.relative_gap_limit = limits.gap / (1 + limits.gap)
    solver.parameters.random_seed = limits.seed
    solver.parameters.num_workers = limits.workers
    solver.parameters.catch_sigint_signal = False
    if limits.workers == 1:
        # A lone worker has no other to lean on linear programming.
        solver.parameters.linearization_level = 2
    callback = _Incumbents(track, phase) if track else None
    if track:
        solver.best_bound_callback = lambda bound: track.tell(phase, bound=floor(bound))
    code = run_aside(
        lambda: solver.solve(model, callback), stop=stop, end=solver.stop_search
    )
    if code not in _STATUS:
        raise RingfenceError(f"CP-SAT refused the model: {model.validate()}")
    return _answer(solver, _STATUS[code], limits, stop)


def _answer(
    solver: cp_model.CpSolver,
    status: Status,
    limits: Limits,
    stop: threading.Event | None,
) -> Answer:
    """Read what may be read: on other statuses CP-SAT returns memory garbage."""
    if status is Status.INFEASIBLE:
        return Answer(status, StopReason.PROOF, None, None, None)
    bound = round(solver.best_objective_bound)  # whole, but held as a float
    if status is Status.UNKNOWN:
        return Answer(status, as_stopped(stop), None, bound, None)
    objective = round(solver.objective_value)
    if status is Status.OPTIMAL:
        # With a gap limit CP-SAT says optimal once the gap is reached.
        proved = bound >= objective
        reason = StopReason.PROOF if proved else StopReason.GAP
        status = Status.OPTIMAL if proved else Status.FEASIBLE
    else:
        reason = as_stopped(stop)
    return Answer(status, reason, objective, bound, solver.value)
