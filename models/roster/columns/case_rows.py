"""Rows of deferred work: the curves of each case type at the cuts."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.roster.problem import GOALS, Cases, RosterProblem
from models.roster.reach import curve

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class CaseRows:
    """Deferred work of one case type at the cuts.

    Attributes
    ----------
    arrived, due
        By stream and cut, cumulative. ``ready`` is what can have been done by the cut.
    come
        By cut: what has arrived, all streams together.
    late_costs, open_costs, fixed
        By cut, cost units per unit of work; work that others can do.
    """

    ready: Ints
    due: Ints
    come: Ints
    late_costs: Ints
    open_costs: Ints
    fixed: Ints

    @property
    def constant(self) -> int:
        """What is late or open at cut 0 costs, whatever anybody does."""
        late = int(self.late_costs[0]) * int(self.due[:, 0].sum())
        return late + int(self.open_costs[0]) * int(self.come[0])


def case_rows(problem: RosterProblem, goals: tuple[str, ...] = GOALS) -> list[CaseRows]:
    """Return the curves of each case type."""
    return [_case_rows(problem, cases, goals) for cases in problem.cases]


def _case_rows(
    problem: RosterProblem, cases: Cases, goals: tuple[str, ...]
) -> CaseRows:
    cuts = len(problem.cuts)
    arrived = np.array(
        [curve(problem, stream.arrivals) for stream in cases.streams], dtype=np.int64
    ).reshape(-1, cuts)
    due = np.array(
        [curve(problem, stream.deadlines) for stream in cases.streams], dtype=np.int64
    ).reshape(-1, cuts)
    ready = np.zeros_like(arrived)
    if problem.enforces("work_after_arrival"):
        ready[:, 1:] = arrived[:, :-1]
    else:
        ready[:, 1:] = arrived[:, -1:]
    nothing = np.zeros(cuts, dtype=np.int64)
    late = np.array(cases.late_costs, np.int64) if "overdue" in goals else nothing
    still = np.array(cases.open_costs, np.int64) if "open_work" in goals else nothing
    fixed = [cases.fixed_at(i) for i in range(cuts)]
    return CaseRows(
        ready=ready,
        due=due,
        come=arrived.sum(axis=0, dtype=np.int64),
        late_costs=late,
        open_costs=still,
        fixed=np.array(fixed, dtype=np.int64),
    )
