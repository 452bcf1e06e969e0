"""Rows of cover: what is missing in each period, and what that costs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import gcd

import numpy as np
import numpy.typing as npt

from models.roster.problem import FULL_SPEED, GOALS, Cover, RosterProblem, Target
from models.roster.reach import speed_of

Ints = npt.NDArray[np.int64]
Steps = Sequence[tuple[int, int]]  # height, price of a hundredth below it

_FEW = 20  # people needed: beyond that it does not matter that they are whole
_MOSTLY = 0.15  # share of agents whose speed is no whole number of trained agents


@dataclass(frozen=True)
class Piece:
    """Cover that may be missing: up to ``width``, for ``cost`` in all (cost units).

    It makes ``late`` more calls late of the row's target, in all.
    """

    width: int
    cost: int
    late: int = 0


@dataclass(frozen=True)
class CoverRow:
    """``cover + missing >= need`` in one period of one row of cover, hundredths.

    Cover comes in multiples of ``step``. With ``whole`` every agent counts as the next
    whole number of trained agents.
    ``target`` is the number of the target that counts its late calls, -1: none does.
    """

    cover: int
    period: int
    need: int
    pieces: tuple[Piece, ...]
    step: int
    whole: bool
    target: int = -1


@dataclass(frozen=True)
class TargetRow:
    """``late <= allowed + beyond``; ``cost`` for each unit beyond (cost units)."""

    allowed: int
    cost: int


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
    rows: list[CoverRow] = []
    number = 0
    for c, cover in enumerate(problem.covers):
        levels = [level for level in cover.levels if level.cost and level.goal in goals]
        targets = _targets(cover, goals)
        late = {
            curve.period: (number + t, curve.steps)
            for t, target in enumerate(targets)
            for curve in target.curves
        }
        number += len(targets)
        steps = _steps(problem, cover.counts)
        for p in range(problem.periods if levels or late else 0):
            needs = [(level.target[p], level.cost) for level in levels]
            target, lates = late.get(p, (-1, ()))
            row = _cover_row(c, p, cover.fixed[p], needs, lates, steps)
            if row is not None:
                rows.append(replace(row, target=target))
    return rows


def target_rows(
    problem: RosterProblem, goals: tuple[str, ...] = GOALS
) -> list[TargetRow]:
    """Return a row for each target, cover by cover."""
    return [
        TargetRow(target.allowed, target.cost)
        for cover in problem.covers
        for target in _targets(cover, goals)
    ]


def _targets(cover: Cover, goals: tuple[str, ...]) -> list[Target]:
    return list(cover.targets) if "late_calls" in goals else []


def _cover_row(
    c: int,
    p: int,
    fixed: int,
    levels: Steps,
    lates: Steps,
    steps: tuple[int, bool],
) -> CoverRow | None:
    """Return the row of a period; ``None`` where nothing can be missing."""
    needs = [(height - fixed, cost) for height, cost in levels]
    late_needs = [(height - fixed, rate) for height, rate in lates]
    highest = max((need for need, _ in (*needs, *late_needs)), default=0)
    if highest <= 0:
        return None
    step, mostly_whole = steps
    whole = mostly_whole and highest <= _FEW * FULL_SPEED
    step = FULL_SPEED if whole else step
    pieces = _pieces(needs, late_needs, highest, step)
    return CoverRow(c, p, sum(piece.width for piece in pieces), pieces, step, whole)


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


def _pieces(
    needs: Steps, late_needs: Steps, highest: int, step: int
) -> tuple[Piece, ...]:
    """Return what is missing at each step down from the highest need, and its cost.

    Steps that cost the same, one after the other, are one piece.
    """
    cover = step * np.arange(-(-highest // step), -1, -1, dtype=np.int64)

    def of_steps(some: Steps) -> Ints:
        costs = [price * np.maximum(0, need - cover) for need, price in some]
        return np.diff(np.sum(costs, axis=0)) if costs else 0 * cover[1:]

    costs, lates = of_steps(needs), of_steps(late_needs)
    new = np.flatnonzero((np.diff(costs) != 0) | (np.diff(lates) != 0)) + 1
    first = np.concatenate(([0], new))
    sizes = np.diff(np.append(first, len(costs)))
    return tuple(
        Piece(step * size, size * cost, size * late)
        for size, cost, late in zip(
            sizes.tolist(), costs[first].tolist(), lates[first].tolist(), strict=True
        )
    )
