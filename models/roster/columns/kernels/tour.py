"""Which shifts make the cheapest legal tour: a shortest path over days."""

import numpy as np
import numpy.typing as npt

from models.roster.columns.kernels.books import TourTable
from models.roster.columns.kernels.compiled import NEVER, compiled, copy_to
from models.roster.columns.kernels.steps import (
    DAYS,
    FREE,
    HELD,
    IN_A_ROW,
    MINUTES,
    REGISTERS,
    acting,
    first_spot,
    first_state,
    go_off,
    go_to,
    keep_book,
    known_of,
    mixed,
    spread,
    still_possible,
    terms,
)
from models.roster.columns.kernels.tour_rules import machine_cost

Ints = npt.NDArray[np.int64]
Table = npt.NDArray[np.int64]

_LATELY = 8  # tours for which a rule is minded from the start once it was broken


@compiled
def cheapest_tour(tours: TourTable, c: int, costs: Ints, chosen: Ints) -> int:
    """Return what the cheapest legal tour of a class costs, and its options.

    Rules of the book are minded only once a tour that did not mind them broke them,
    now or lately: most labels need not tell tours apart that differ in rules hardly
    ever broken (decremental state space relaxation; Righini and Salani, 2008).

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
    first = tours.rules.first[c]
    minded = np.zeros(tours.rules.first[c + 1] - first, dtype=np.bool_)
    for m in range(minded.shape[0]):
        if tours.rules.lately[first + m]:
            minded[m] = True
            tours.rules.lately[first + m] -= 1
    every = np.zeros(chosen.shape[0], dtype=np.int64)
    while True:
        cost = _cheapest(tours, c, costs, chosen, minded)
        if cost == -NEVER:
            return cost
        for d in range(chosen.shape[0]):
            every[d] = -1 if chosen[d] < 0 else chosen[d] + tours.option_first[c]
        done = True
        for m in range(minded.shape[0]):
            if not minded[m] and machine_cost(
                tours.rules, first + m, tours.shifts, tours.leg_first, every
            ):
                minded[m], done = True, False
                tours.rules.lately[first + m] = _LATELY
        if done:
            return cost


@compiled
def _cheapest(
    tours: TourTable, c: int, costs: Ints, chosen: Ints, minded: npt.NDArray[np.bool_]
) -> int:
    """Do what ``cheapest_tour`` does, as if there were the rules that are minded."""
    day_first = tours.day_first[c]
    days = day_first.shape[0] - 1
    begin = first_state(tours, c)
    after = np.zeros_like(begin)
    capacity, width = 1024, begin.shape[0]
    # the state, then what it costs, the label before it, the option: side by side, as
    # they are used together
    label = np.zeros((capacity, width + 3), dtype=np.int64)
    cost_at, before_at, option_at = width, width + 1, width + 2
    copy_to(label[0, :width], begin)
    low, high, used = 0, 1, 1
    size = 1 << 12
    slots = np.full(size, -1, dtype=np.int64)
    minutes_after, days_after = still_possible(tours, c)
    rows, first = tours.rows, tours.option_first[c]
    for d in range(days):
        for k in range(size):
            slots[k] = -1
        machines = acting(tours, c, d, minded)
        day = terms(tours, c, d, minutes_after[d], days_after[d])
        for i in range(low, high):
            before = label[i, :width]
            known = known_of(before)
            for o in range(day_first[d] - 1, day_first[d + 1]):
                k = o if o >= day_first[d] else -1
                if k >= 0 and costs[k] == -NEVER:
                    continue
                if k < 0:
                    cost, now = go_off(day, known)
                else:
                    x = first + k
                    cost, now = go_to(
                        day, rows[x, 0], rows[x, 1], rows[x, 2], rows[x, 3], known
                    )  # fmt: skip
                if cost == -NEVER:
                    continue
                if machines.shape[0]:
                    more = keep_book(tours, c, d, k, machines, before, after)
                    if more == -NEVER:
                        continue
                    cost += more
                else:
                    for x in range(REGISTERS, width):
                        after[x] = before[x]
                cost += label[i, cost_at]
                if k >= 0:
                    cost += costs[k]
                key = mixed(mixed(mixed(0, now.days), now.minutes), now.run)
                key = mixed(mixed(key, now.free), now.held)
                for x in range(REGISTERS, width):
                    key = mixed(key, after[x])
                spot = first_spot(key, size)
                j = slots[spot]
                while j >= 0:
                    alike = (
                        label[j, DAYS] == now.days
                        and label[j, MINUTES] == now.minutes
                        and label[j, IN_A_ROW] == now.run
                        and label[j, FREE] == now.free
                        and label[j, HELD] == now.held
                    )
                    for x in range(REGISTERS, width):
                        alike &= label[j, x] == after[x]
                    if alike:
                        break
                    spot = spot + 1 & size - 1
                    j = slots[spot]
                if j >= 0:
                    if cost < label[j, cost_at]:
                        label[j, cost_at] = cost
                        label[j, before_at], label[j, option_at] = i, k
                    continue
                if used == capacity:
                    label = _doubled(label)
                    before = label[i, :width]
                    capacity *= 2
                slots[spot] = used
                for x in range(REGISTERS, width):
                    label[used, x] = after[x]
                label[used, DAYS], label[used, MINUTES] = now.days, now.minutes
                label[used, IN_A_ROW] = now.run
                label[used, FREE], label[used, HELD] = now.free, now.held
                label[used, cost_at] = cost
                label[used, before_at], label[used, option_at] = i, k
                used += 1
                if 2 * (used - high) > size:
                    size *= 2
                    slots = spread(label, high, used, size, width)
        low, high = high, used
        if low == high:
            return -NEVER
    best = low
    for i in range(low, high):
        if label[i, cost_at] < label[best, cost_at]:
            best = i
    i = best
    for d in range(days - 1, -1, -1):
        chosen[d] = label[i, option_at]
        i = label[i, before_at]
    return int(label[best, cost_at])


@compiled
def _doubled(table: Table) -> Table:
    """Return a table with as many rows more."""
    more = np.zeros((2 * table.shape[0], table.shape[1]), dtype=np.int64)
    for i in range(table.shape[0]):
        copy_to(more[i], table[i])
    return more
