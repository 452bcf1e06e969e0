"""Fewer shifts to choose from: those of each day where people lack most."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from random import Random

import numpy as np

from models.roster.problem import RosterProblem, Shift
from models.roster.reach import in_headcount

MANY = 600  # shifts of a part; more take long to choose from
_A_DAY = 6


def with_likely_shifts(
    problem: RosterProblem, kept: Collection[Shift], random: Random
) -> RosterProblem:
    """Return a problem with the likeliest shifts of each day, pins, and some to keep.

    What others work is in the problem. Likely are shifts that one more person is worth
    most on; of the same worth, any. Headcounts of other shifts are left out.
    """
    worth = np.zeros(len(problem.shifts), dtype=np.int64)
    counted = [in_headcount(problem, row) for row in problem.joint]
    for row, such in zip(problem.joint, counted, strict=True):
        under, over = row.prices
        worth[such] += under if row.fixed < row.needed else -over
    pinned = {pin.shift for agent in problem.agents for pin in agent.pins}
    wanted = pinned.union(kept)
    days: dict[int, list[tuple[float, float, Shift]]] = defaultdict(list)
    for shift, gain in zip(problem.shifts, worth.tolist(), strict=True):
        days[shift.day].append((-gain, random.random(), shift))
    likely = {
        shift for every in days.values() for _, _, shift in sorted(every)[:_A_DAY]
    }
    left = np.array(
        [s in likely or s in wanted for s in problem.shifts], dtype=np.bool_
    )
    rows = zip(problem.joint, counted, strict=True)
    return replace(
        problem,
        shifts=tuple(
            s for s, is_left in zip(problem.shifts, left, strict=True) if is_left
        ),
        headcounts=tuple(row for row, such in rows if (such & left).any()),
    )
