"""Running CP-SAT: settings, progress, stopping, and what its answer means."""

from collections.abc import Callable
from dataclasses import dataclass
from math import floor, inf

from ortools.sat.python import cp_model

from models.errors import RingfenceError
from models.roster.result import Limits, Status, StopReason
from models.roster.track import Flag, Track, as_stopped, run_aside

_STATUS = {
    cp_model.OPTIMAL: Status.OPTIMAL,
    cp_model.FEASIBLE: Status.FEASIBLE,
    cp_model.INFEASIBLE: Status.INFEASIBLE,
    cp_model.UNKNOWN: Status.UNKNOWN,
}

_COMPLETION = 2.0  # deterministic time


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
    stop: Flag | None = None,
    effort: float = inf,
    close: int = 0,
) -> Answer:
    """Solve a model.

    Parameters
    ----------
    effort
        Deterministic time after which to stop: the same on every machine.
    close
        Stop when objective and bound are no further apart, cost units.

    Raises
    ------
    RingfenceError
        Where CP-SAT calls the model invalid: a mistake of ours.
    """
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(limits.seconds, 0.01)
    solver.parameters.max_deterministic_time = effort
    solver.parameters.relative_gap_limit = limits.gap / (1 + limits.gap)
    solver.parameters.absolute_gap_limit = close
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


def complete_hint(model: cp_model.CpModel) -> bool:
    """Hint at every variable, given hints at those that decide about the others.

    CP-SAT starts from a complete hint; an incomplete one it may lose on the way.

    Returns
    -------
    bool
        Whether what was hinted at is legal; if not, hints stay as they are.
    """
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.fix_variables_to_their_hinted_value = True
    solver.parameters.max_deterministic_time = _COMPLETION
    solver.parameters.catch_sigint_signal = False
    if _STATUS.get(solver.solve(model)) not in (Status.OPTIMAL, Status.FEASIBLE):
        return False
    model.clear_hints()  # type: ignore[no-untyped-call]
    for i, value in enumerate(solver.response_proto.solution):
        model.add_hint(model.get_int_var_from_proto_index(i), value)
    return True


def _answer(
    solver: cp_model.CpSolver,
    status: Status,
    limits: Limits,
    stop: Flag | None,
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
