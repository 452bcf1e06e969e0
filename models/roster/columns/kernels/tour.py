"""Which shifts make the cheapest legal tour: a shortest path over days."""

import numpy as np
import numpy.typing as npt

from models.machine_code import NEVER, compiled, copy_to
from models.roster.columns.kernels.books import TourTable
from models.roster.columns.kernels.moves import moves_of
from models.roster.columns.kernels.states import doubled, mixed, spread
from models.roster.columns.kernels.steps import (
    DAYS,
    FREE,
    HELD,
    IN_A_ROW,
    MINUTES,
    REGISTERS,
    acting,
    first_state,
    go_off,
    go_to,
    known_of,
    still_possible,
    terms,
)
from models.roster.columns.kernels.tour_rules import machine_cost

Ints = npt.NDArray[np.int64]

# a label: the state with the number of its memory, what it costs, the label before it,
# the option; side by side, as they are used together
MEMORY, COST, BEFORE, OPTION, WIDTH = range(REGISTERS, REGISTERS + 5)
STATE = MEMORY + 1
_ROOM = 1024  # labels, to begin with

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
        ``-NEVER`` where there is no legal tour, or the search was told to stop.
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
    # memories of the rules, of which labels hold the number
    memories = np.zeros((1, begin.shape[0]), dtype=np.int64)
    copy_to(memories[0, REGISTERS:], begin[REGISTERS:])
    label = np.zeros((_ROOM, WIDTH), dtype=np.int64)
    copy_to(label[0, :REGISTERS], begin[:REGISTERS])
    low, high, used = 0, 1, 1
    size = 4 * _ROOM
    slots = np.full(size, -1, dtype=np.int64)
    minutes_after, days_after = still_possible(tours, c)
    rows, first = tours.rows, tours.option_first[c]
    for d in range(days):
        for k in range(size):
            slots[k] = -1
        machines = acting(tours, c, d, minded)
        acts = machines.shape[0] > 0
        moves = moves_of(
            tours, c, d, machines, memories if acts else memories[:0], costs
        )
        day = terms(tours, c, d, minutes_after[d], days_after[d])
        for i in range(low, high):
            if tours.rules.stop[0]:
                return -NEVER
            known, memory = known_of(label[i]), label[i, MEMORY]
            for x in range(1 + day_first[d + 1] - day_first[d]):
                k = day_first[d] + x - 1 if x else -1
                if k >= 0 and costs[k] == -NEVER:
                    continue
                if k < 0:
                    cost, now = go_off(day, known)
                else:
                    o = first + k
                    cost, now = go_to(
                        day, rows[o, 0], rows[o, 1], rows[o, 2], rows[o, 3], known
                    )  # fmt: skip
                if cost == -NEVER:
                    continue
                after = memory
                if acts:
                    more, after = moves.cost[memory, x], moves.to[memory, x]
                    if more == -NEVER:
                        continue
                    cost += more
                cost += label[i, COST]
                if k >= 0:
                    cost += costs[k]
                key = mixed(mixed(mixed(0, now.days), now.minutes), now.run)
                key = mixed(mixed(mixed(key, now.free), now.held), after)
                spot = key & size - 1
                j = slots[spot]
                while j >= 0 and not (
                    label[j, DAYS] == now.days
                    and label[j, MINUTES] == now.minutes
                    and label[j, IN_A_ROW] == now.run
                    and label[j, FREE] == now.free
                    and label[j, HELD] == now.held
                    and label[j, MEMORY] == after
                ):
                    spot = spot + 1 & size - 1
                    j = slots[spot]
                if j >= 0:
                    if cost < label[j, COST]:
                        label[j, COST] = cost
                        label[j, BEFORE], label[j, OPTION] = i, k
                    continue
                if used == label.shape[0]:
                    label = doubled(label)
                slots[spot] = used
                label[used, DAYS], label[used, MINUTES] = now.days, now.minutes
                label[used, IN_A_ROW] = now.run
                label[used, FREE], label[used, HELD] = now.free, now.held
                label[used, MEMORY], label[used, COST] = after, cost
                label[used, BEFORE], label[used, OPTION] = i, k
                used += 1
                if 2 * (used - high) > size:
                    size *= 2
                    slots = spread(label, high, used, size, STATE)
        if acts:
            memories = moves.after
        low, high = high, used
        if low == high:
            return -NEVER
    best = low
    for i in range(low, high):
        if label[i, COST] < label[best, COST]:
            best = i
    i = best
    for d in range(days - 1, -1, -1):
        chosen[d] = label[i, OPTION]
        i = label[i, BEFORE]
    return int(label[best, COST])
