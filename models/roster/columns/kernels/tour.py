"""Which shifts make the cheapest legal tour: a shortest path over days."""

import numpy as np
import numpy.typing as npt

from models.roster.columns.kernels.books import TourTable
from models.roster.columns.kernels.compiled import NEVER, compiled
from models.roster.columns.kernels.steps import (
    acting,
    extend,
    first_state,
    place_of,
    spread,
    still_possible,
)

Ints = npt.NDArray[np.int64]
Table = npt.NDArray[np.int64]


@compiled
def cheapest_tour(tours: TourTable, c: int, costs: Ints, chosen: Ints) -> int:
    """Return what the cheapest legal tour of a class costs, and its options.

    Parameters
    ----------
    costs
        Of each option of the class; ``-NEVER`` where it cannot be.
    chosen
        Filled: the option of each day, of the class; -1: off.

    Returns
    -------
    int
        ``-NEVER`` where there is no legal tour.
    """
    day_first = tours.day_first[c]
    days = day_first.shape[0] - 1
    begin = first_state(tours, c)
    after = np.zeros_like(begin)
    capacity, width = 1024, begin.shape[0]
    states = np.zeros((capacity, width), dtype=np.int64)
    label = np.zeros((capacity, 3), dtype=np.int64)  # cost, label before, option
    states[0] = begin
    low, high, used = 0, 1, 1
    size = 1 << 12
    slots = np.full(size, -1, dtype=np.int64)
    minutes_after, days_after = still_possible(tours, c)
    for d in range(days):
        for k in range(size):
            slots[k] = -1
        machines = acting(tours, c, d)
        for i in range(low, high):
            for o in range(day_first[d] - 1, day_first[d + 1]):
                k = o if o >= day_first[d] else -1
                if k >= 0 and costs[k] == -NEVER:
                    continue
                cost = extend(
                    tours, c, d, k, machines, minutes_after[d], days_after[d],
                    states[i], after,
                )  # fmt: skip
                if cost == -NEVER:
                    continue
                cost += label[i, 0]
                if k >= 0:
                    cost += costs[k]
                spot = place_of(after, states, slots)
                j = slots[spot]
                if j >= 0:
                    if cost < label[j, 0]:
                        label[j, 0], label[j, 1], label[j, 2] = cost, i, k
                    continue
                if used == capacity:
                    states = _doubled(states)
                    label = _doubled(label)
                    capacity *= 2
                slots[spot] = used
                states[used] = after
                label[used, 0], label[used, 1], label[used, 2] = cost, i, k
                used += 1
                if 2 * (used - high) > size:
                    size *= 2
                    slots = spread(states, high, used, size)
        low, high = high, used
        if low == high:
            return -NEVER
    best = low
    for i in range(low, high):
        if label[i, 0] < label[best, 0]:
            best = i
    i = best
    for d in range(days - 1, -1, -1):
        chosen[d] = label[i, 2]
        i = label[i, 1]
    return int(label[best, 0])


@compiled
def _doubled(table: Table) -> Table:
    """Return a table with as many rows more."""
    more = np.zeros((2 * table.shape[0], table.shape[1]), dtype=np.int64)
    more[: table.shape[0]] = table
    return more
