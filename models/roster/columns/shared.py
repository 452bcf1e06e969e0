"""What agents do together: cover and deferred work, as rows and columns of the master.

The Lagrangian of these rows is where a bound comes from: with any prices ``>= 0``, what
the shared part and each agent cost at least, apart, is less than any roster.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import gcd

import numpy as np
import numpy.typing as npt

from models.roster.columns.units import FINE
from models.roster.problem import FULL_SPEED, GOALS, Cases, RosterProblem
from models.roster.reach import curve, speed_of

Ints = npt.NDArray[np.int64]

_FEW = 20  # people needed: beyond that it does not matter that they are whole
_MOSTLY = 0.15  # share of agents whose speed is no whole number of trained agents


@dataclass(frozen=True)
class Piece:
    """Cover that may be missing: up to ``width``, for ``cost`` in all (cost units)."""

    width: int
    cost: int


@dataclass(frozen=True)
class CoverRow:
    """``cover + missing >= need`` in one period of one row of cover, hundredths.

    With ``whole`` every agent counts as the next whole number of trained agents.
    """

    cover: int
    period: int
    need: int
    pieces: tuple[Piece, ...]
    whole: bool

    @property
    def dearest(self) -> int:
        """What a hundredth costs at most, fine units."""
        last = self.pieces[-1]
        return -(-last.cost * FINE // last.width)


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


def cover_rows(
    problem: RosterProblem, goals: tuple[str, ...] = GOALS
) -> list[CoverRow]:
    """Return a row for each period in which cover is worth something.

    What missing cover costs is convex. People are whole, so cover comes in steps: only
    what it costs at the steps matters, and between them the straight line is a bound
    that is nearer to the truth than the curve (rounding; Nemhauser and Wolsey, 1988).
    Steps are the greatest common divisor of the speeds, or whole people where few are
    slower or faster and all are counted as the next whole number.
    """
    rows = []
    for c, cover in enumerate(problem.covers):
        levels = [level for level in cover.levels if level.cost and level.goal in goals]
        step, mostly_whole = _steps(problem, cover.counts)
        for p in range(problem.periods if levels else 0):
            needs = [(level.target[p] - cover.fixed[p], level.cost) for level in levels]
            highest = max(need for need, _ in needs)
            if highest <= 0:
                continue
            whole = mostly_whole and highest <= _FEW * FULL_SPEED
            pieces = _pieces(needs, FULL_SPEED if whole else step)
            need = sum(piece.width for piece in pieces)
            rows.append(CoverRow(c, p, need, pieces, whole))
    return rows


def whole_speed(speed: int) -> int:
    """Return a speed as the next whole number of trained agents, hundredths.

    >>> [whole_speed(n) for n in (0, 80, 100, 120)]
    [0, 100, 100, 200]
    """
    return -(-speed // FULL_SPEED) * FULL_SPEED


def _steps(problem: RosterProblem, counts: frozenset[int]) -> tuple[int, bool]:
    """Return the steps in which cover comes, and whether most steps are whole."""
    speeds = [
        max(speed_of(problem, agent, w) for w in counts)
        for agent in problem.agents
        if any(speed_of(problem, agent, w) for w in counts)
    ]
    every = {
        speed_of(problem, agent, w) for agent in problem.agents for w in counts
    } - {0}
    odd = sum(speed % FULL_SPEED != 0 for speed in speeds)
    return gcd(*every) or FULL_SPEED, odd <= _MOSTLY * len(speeds)


def _pieces(needs: list[tuple[int, int]], step: int) -> tuple[Piece, ...]:
    """Return what is missing at each step down from the highest need, and its cost."""
    highest = max(need for need, _ in needs)
    top = -(-highest // step)
    costs = [
        sum(cost * max(0, need - step * n) for need, cost in needs)
        for n in range(top, -1, -1)
    ]
    pieces: list[Piece] = []
    for before, after in pairwise(costs):
        cost = after - before
        if pieces and cost * pieces[-1].width == pieces[-1].cost * step:
            last = pieces.pop()
            pieces.append(Piece(last.width + step, last.cost + cost))
        else:
            pieces.append(Piece(step, cost))
    return tuple(pieces)


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


@dataclass(frozen=True, eq=False)
class CaseDuals:
    """Prices of the rows of one case type, fine units per unit of work, ``>= 0``.

    ``room`` and ``still`` (open work) by cut; ``due`` and ``order`` (work done does not
    shrink) by stream and cut. Cut 0 has no rows.
    """

    room: Ints
    due: Ints
    still: Ints
    order: Ints


@dataclass(frozen=True, eq=False)
class Duals:
    """Prices of all shared rows: ``cover`` in the order of ``cover_rows``."""

    cover: Ints
    cases: tuple[CaseDuals, ...]


@dataclass(frozen=True, eq=False)
class Shared:
    """The rows that agents share, and what they cost at least at given prices."""

    problem: RosterProblem
    cover: list[CoverRow]
    cases: list[CaseRows]

    @staticmethod
    def of(problem: RosterProblem, goals: tuple[str, ...] = GOALS) -> "Shared":
        """Return the shared rows of a problem, with the costs of some goals."""
        return Shared(problem, cover_rows(problem, goals), case_rows(problem, goals))

    def clipped(self, duals: Duals) -> Duals:
        """Return prices in the box in which they can make sense."""
        dearest = np.array([row.dearest for row in self.cover], dtype=np.int64)
        return Duals(
            cover=np.clip(duals.cover, 0, dearest),
            cases=tuple(
                CaseDuals(
                    room=np.maximum(own.room, 0),
                    due=np.clip(own.due, 0, rows.late_costs * FINE),
                    still=np.clip(own.still, 0, rows.open_costs * FINE),
                    order=np.maximum(own.order, 0),
                )
                for own, rows in zip(duals.cases, self.cases, strict=True)
            ),
        )

    def least(self, duals: Duals) -> int:
        """Return what the shared part costs at least, agents' help paid for (fine).

        ``sum price need - sum max(0, price width - cost)`` over cover, and over case
        types ``sum due D + sum still A - sum room fixed + sum ready min(0, rest)``,
        where ``rest`` is what is left of the price of a unit done.
        """
        total = 0
        for row, price in zip(self.cover, duals.cover.tolist(), strict=True):
            total += price * row.need - sum(
                max(0, price * piece.width - piece.cost * FINE) for piece in row.pieces
            )
        for rows, own in zip(self.cases, duals.cases, strict=True):
            total += rows.constant * FINE + _case_least(rows, own)
        return total


def _case_least(rows: CaseRows, own: CaseDuals) -> int:
    rest = -own.due - own.still - own.order + own.room
    rest[:, :-1] += own.order[:, 1:] - own.room[1:]
    gains = np.minimum(rest[:, 1:], 0)
    return (
        _sum(own.due[:, 1:] * rows.due[:, 1:])
        + _sum(own.still[1:] * rows.come[1:])
        - _sum(own.room[1:] * rows.fixed[1:])
        + _sum(gains * rows.ready[:, 1:])
    )


def _sum(values: Ints) -> int:
    return sum(values.ravel().tolist())
