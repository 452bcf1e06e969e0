"""One day more of a tour: what is known after it, and what it costs.

What is known on the way, the *state*: days and paid minutes of the week so far, days in
a row, from when the next shift may start, meetings attended (as bits), and the
registers of the rules of the book. Tours so far that are alike in it are one.
"""

import numpy as np
import numpy.typing as npt

from models.roster.columns.kernels.books import TourTable
from models.roster.columns.kernels.compiled import NEVER, compiled
from models.roster.columns.kernels.rules import ACTIVE, step
from models.roster.columns.units import NO_LIMIT

Ints = npt.NDArray[np.int64]

DAYS, MINUTES, IN_A_ROW, FREE, HELD, REGISTERS = range(6)


@compiled
def first_state(tours: TourTable, c: int) -> Ints:
    """Return what is known of a class's agents before day one."""
    state = np.zeros(REGISTERS + tours.rules.width[c], dtype=np.int64)
    state[IN_A_ROW] = tours.person[c, 2] if tours.person[c, 1] >= 0 else 0
    state[FREE] = tours.person[c, 3]
    return state


@compiled
def acting(tours: TourTable, c: int, d: int) -> Ints:
    """Return the machines of a class that do something on a day."""
    rules, count = tours.rules, 0
    found = np.zeros(rules.first[c + 1] - rules.first[c], dtype=np.int64)
    for m in range(rules.first[c], rules.first[c + 1]):
        if rules.info[m, d] & ACTIVE:
            found[count] = m
            count += 1
    return found[:count]


@compiled
def still_possible(tours: TourTable, c: int) -> tuple[Ints, Ints]:
    """Return the most minutes and days that a week may still hold after each day."""
    first, day_first = tours.option_first[c], tours.day_first[c]
    days = day_first.shape[0] - 1
    minutes = np.zeros(days, dtype=np.int64)
    worked = np.zeros(days, dtype=np.int64)
    for d in range(days - 2, -1, -1):
        if tours.day_week[d] != tours.day_week[d + 1]:
            continue
        most = 0
        for k in range(first + day_first[d + 1], first + day_first[d + 2]):
            most = max(most, tours.rows[k, 2])
        some = day_first[d + 2] > day_first[d + 1]
        minutes[d] = minutes[d + 1] + most
        worked[d] = worked[d + 1] + (1 if some else 0)
    return minutes, worked


@compiled
def extend(
    tours: TourTable,
    c: int,
    d: int,
    o: int,
    machines: Ints,
    minutes_after: int,
    days_after: int,
    before: Ints,
    after: Ints,
) -> int:
    """Write what is known after a day; return its cost without the option's (fine).

    ``o`` is the option of the class, -1: off. The rest is as of ``acting`` and
    ``still_possible``. ``-NEVER`` where no legal tour goes on so.
    """
    day_week, weeks = tours.day_week, tours.weeks
    worked, minutes, run = before[DAYS], before[MINUTES], before[IN_A_ROW]
    free, mask = before[FREE], before[HELD]
    cost, begin, until = 0, 0, 0
    if o < 0:
        cost = int(tours.off[c, d, 0])
        if cost == -NEVER:
            return -NEVER
        run = 0
    else:
        k = tours.option_first[c] + o
        if tours.rows[k, 0] < free or mask & tours.rows[k, 3]:
            return -NEVER
        worked += 1
        minutes += tours.rows[k, 2]
        mask |= tours.rows[k, 3]
        free = tours.rows[k, 1] + tours.person[c, 0]
        begin, until = tours.leg_first[k], tours.leg_first[k + 1]
        if tours.person[c, 1] >= 0:
            run += 1
            if run > tours.person[c, 1]:
                return -NEVER
    if tours.off[c, d, 1] & ~mask:
        return -NEVER
    w = day_week[d]
    if w >= 0:
        if minutes > weeks[c, w, 1] or worked > weeks[c, w, 3]:
            return -NEVER
        if minutes + minutes_after < weeks[c, w, 0]:
            return -NEVER
        if worked + days_after < weeks[c, w, 2]:
            return -NEVER
    if d + 1 == day_week.shape[0] or day_week[d + 1] != w:
        if w >= 0 and minutes > weeks[c, w, 4]:
            cost += weeks[c, w, 5] * (minutes - weeks[c, w, 4])
        worked = minutes = 0
    if w >= 0 and weeks[c, w, 3] == NO_LIMIT and weeks[c, w, 2] < 0:
        worked = 0  # no limit asks
    if w >= 0 and weeks[c, w, 1] == weeks[c, w, 4] == NO_LIMIT and weeks[c, w, 0] < 0:
        minutes = 0
    for x in range(REGISTERS, before.shape[0]):
        after[x] = before[x]
    for m in machines:
        x = REGISTERS + tours.rules.slot[m]
        known, more = step(tours.rules, m, d, after[x], tours.shifts, begin, until)
        if more == -NEVER:
            return -NEVER
        after[x] = known
        cost += more
    after[DAYS], after[MINUTES], after[IN_A_ROW] = worked, minutes, run
    after[FREE], after[HELD] = max(free, tours.off[c, d, 2]), mask
    return cost


@compiled
def place_of(state: Ints, states: npt.NDArray[np.int64], slots: Ints) -> int:
    """Return where a hash table has a state, or would have it.

    ``slots`` holds rows of ``states``, -1 where there is none; its size is a power of
    two.
    """
    mask = slots.shape[0] - 1
    key = 0
    for value in state:
        key = (key ^ key >> 29 ^ value) * -7046029254386353131
    spot = (key ^ key >> 29) & mask
    while slots[spot] >= 0:
        alike = True
        for x in range(state.shape[0]):
            if states[slots[spot], x] != state[x]:
                alike = False
                break
        if alike:
            break
        spot = spot + 1 & mask
    return int(spot)


@compiled
def spread(states: npt.NDArray[np.int64], low: int, high: int, size: int) -> Ints:
    """Return a larger hash table of some rows of states."""
    slots = np.full(size, -1, dtype=np.int64)
    for j in range(low, high):
        slots[place_of(states[j], states, slots)] = j
    return slots
