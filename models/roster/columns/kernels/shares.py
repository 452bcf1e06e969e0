"""Limits on how much of their time agents are on cases, in the search.

Prices do not know these limits: an answer that breaks one is looked for again with case
work worth less (or more), and the best of these answers that is legal is taken.
"""

import numpy as np
import numpy.typing as npt

from models.machine_code import NEVER, compiled
from models.roster.columns.kernels.books import TourTable, WorkTable
from models.roster.columns.units import NO_LIMIT

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int16]

_LEVELS = 6  # by which case work is worth less, each twice the one before


@compiled
def has_shares(works: WorkTable, kind: int) -> bool:
    """Whether agents of a class have limits of case work."""
    return bool(works.shares.first[kind] < works.shares.first[kind + 1])


@compiled
def share_cost(
    works: WorkTable, tours: TourTable, kind: int, options: Ints, codes: Codes
) -> int:
    """Return what a week costs by these limits, ``-NEVER`` if it breaks one (fine)."""
    shares, cost = works.shares, 0
    days = options.shape[0]
    if shares.first[kind] == shares.first[kind + 1]:
        return 0
    minutes = np.zeros(days, dtype=np.int64)
    paid = np.zeros(days, dtype=np.int64)
    for d in range(days):
        if options[d] >= 0:
            o = tours.option_first[kind] + options[d]
            paid[d] = tours.rows[o, 2]
            first = tours.rows[o, 0] // shares.period
            for p in range(first, tours.rows[o, 1] // shares.period):
                if codes[p] >= 0 and shares.is_case[codes[p]]:
                    minutes[d] += shares.period
    for x in range(shares.first[kind], shares.first[kind + 1]):
        on_cases, of_paid = 0, 0
        for d in range(days):
            on_cases += shares.days[x, d] * minutes[d]
            of_paid += shares.days[x, d] * paid[d]
        most = shares.number[x, 1]
        if most < NO_LIMIT:
            most = max(0, most + shares.number[x, 2] * of_paid // 100)
        above = max(0, on_cases - most)
        below = max(0, shares.number[x, 0] - on_cases)
        if shares.number[x, 3] != -NEVER:
            cost += shares.number[x, 3] * (above + below)
        elif above:
            return -NEVER
    return cost


@compiled
def dearest_case(works: WorkTable, worth: Ints) -> int:
    """Return the most that a period on cases is worth."""
    most = 0
    for w in range(worth.shape[0]):
        if works.shares.is_case[w]:
            for p in range(worth.shape[1]):
                most = max(most, worth[w, p])
    return most


@compiled
def changed_worth(works: WorkTable, worth: Ints, less: int) -> Ints:
    """Return what periods are worth where those on cases are worth so much less."""
    found = worth.copy()
    for w in range(worth.shape[0]):
        if works.shares.is_case[w]:
            for p in range(worth.shape[1]):
                if found[w, p] != NEVER:
                    found[w, p] -= less
    return found


@compiled
def levels(works: WorkTable, worth: Ints, kind: int) -> Ints:
    """Return by how much less case work is worth, in the order to try."""
    shares, most = works.shares, dearest_case(works, worth)
    first, end = shares.first[kind], shares.first[kind + 1]
    found = np.zeros(_LEVELS + 2 * (end - first), dtype=np.int64)
    for x in range(_LEVELS):
        found[x] = (most >> _LEVELS - 1 - x) + 1
    found[_LEVELS - 1] = NO_LIMIT  # not at all
    count = _LEVELS
    for x in range(first, end):
        if shares.number[x, 3] != -NEVER:
            found[count] = shares.number[x, 3] * shares.period
            found[count + 1] = -found[count]
            count += 2
    return found[:count]


@compiled
def reward(worth: Ints, codes: Codes, low: int, high: int) -> int:
    """Return what some periods of a week are worth."""
    total = 0
    for p in range(low, high):
        if codes[p] >= 0:
            total += worth[codes[p], p]
    return total
