"""A problem as arrays, for pricing."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.roster.columns.kernels.books import Runs
from models.roster.columns.units import FINE
from models.roster.problem import Kind, RosterProblem
from models.roster.reach import break_starts, cut_of, open_periods

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

STOP = 5  # numbers that say what a break or meeting of a shift is, see kernels.place
_RUN_RULES = {Kind.VOICE: "shortest_voice_run", Kind.CASE: "shortest_case_block"}


@dataclass(frozen=True, eq=False)
class Arrays:
    """What pricing looks up again and again; times in periods.

    Attributes
    ----------
    starts, ends
        Of each shift of the menu.
    stops, spacing
        Of each shift: a row per break as ``kernels.place`` wants them; periods apart.
    can
        By work and period: may it be done then.
    runs
        How works may run.
    cut_of
        By period: the cut period it lies in, 0 after the last cut.
    longest
        Periods of the longest shift.
    stretches
        Rows of [first, end): periods in which somebody may be on shift.
    """

    starts: Ints
    ends: Ints
    stops: list[Ints]
    spacing: Ints
    can: Bools
    runs: Runs
    cut_of: Ints
    longest: int
    stretches: Ints


def arrays(problem: RosterProblem) -> Arrays:
    """Return a problem's arrays."""
    g = problem.period
    starts = np.array([s.start // g for s in problem.shifts], dtype=np.int64)
    ends = np.array([s.end // g for s in problem.shifts], dtype=np.int64)
    apart = problem.enforces("breaks_apart")
    spacing = [
        problem.shift_types[s.shift_type].spacing // g if apart else 0
        for s in problem.shifts
    ]
    can = np.zeros((len(problem.works), problem.periods), dtype=np.bool_)
    for w in range(len(problem.works)):
        can[w, sorted(open_periods(problem, w))] = True
    is_case = np.array([w.kind is Kind.CASE for w in problem.works], dtype=np.int64)
    return Arrays(
        starts=starts,
        ends=ends,
        stops=[_stops(problem, i) for i in range(len(problem.shifts))],
        spacing=np.array(spacing, dtype=np.int64),
        can=can,
        runs=Runs(
            least=np.array(
                [_least(problem, w) for w in range(len(can))], dtype=np.int64
            ),
            most=np.array([_most(problem, w) for w in range(len(can))], dtype=np.int64),
            start_cost=is_case * problem.block_cost * FINE,
            settling=np.array([work.settling for work in problem.works], np.int64),
            idle_cost=problem.idle_cost * FINE,
            minutes=problem.period,
        ),
        cut_of=cut_of(problem),
        longest=int((ends - starts).max(initial=1)),
        stretches=_stretches(starts, ends),
    )


def _stops(problem: RosterProblem, i: int) -> Ints:
    """Return the breaks of a shift: length, window, 1, breaks that come before."""
    ordered = problem.enforces("breaks_in_order")
    rows = []
    for b, rest in enumerate(problem.breaks_of[i]):
        window = break_starts(problem, i, b)
        before = (1 << b) - 1 if ordered else 0
        rows.append(
            (rest.minutes // problem.period, window.start, window.stop - 1, 1, before)
        )
    return np.array(rows, dtype=np.int64).reshape(-1, STOP)


def _least(problem: RosterProblem, w: int) -> int:
    work = problem.works[w]
    if not problem.enforces(_RUN_RULES[work.kind]):
        return 1
    return max(1, -(-work.shortest // problem.period))


def _most(problem: RosterProblem, w: int) -> int:
    work = problem.works[w]
    if work.kind is not Kind.CASE or work.longest is None:
        return 0
    if not problem.enforces("longest_case_block"):
        return 0
    return max(0, work.longest // problem.period) or -1


def _stretches(starts: Ints, ends: Ints) -> Ints:
    """Return the union of all shifts, as rows of [first, end)."""
    rows: list[list[int]] = []
    for start, end in sorted(zip(starts.tolist(), ends.tolist(), strict=True)):
        if rows and start <= rows[-1][1]:
            rows[-1][1] = max(rows[-1][1], end)
        else:
            rows.append([start, end])
    return np.array(rows, dtype=np.int64).reshape(-1, 2)
