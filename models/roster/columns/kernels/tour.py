"""Which shifts make the cheapest legal tour: a shortest path over days.

What is known on the way: days and paid minutes of the week so far, days in a row, from
when the next shift may start, meetings attended, and the registers of the rules of the
book. Paths alike in these are one.
"""

import numpy as np
import numpy.typing as npt

from models.roster.columns.kernels.books import TourTable
from models.roster.columns.kernels.compiled import NEVER, compiled
from models.roster.columns.kernels.rules import ACTIVE, step

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
    day_first, off = tours.day_first[c], tours.off[c]
    day_week, weeks, person = tours.day_week, tours.weeks[c], tours.person[c]
    rules, width = tours.rules, tours.rules.width[c]
    origin = tours.option_first[c]
    options = tours.rows[origin : tours.option_first[c + 1]]
    days = day_first.shape[0] - 1
    rest, most_run, run0, free0 = person[0], person[1], person[2], person[3]
    capacity = 1024
    label = np.zeros((capacity, 8 + width), dtype=np.int64)
    # cost, days, minutes, run, free, mask, previous label, option; registers
    acting = np.zeros(rules.first[c + 1] - rules.first[c], dtype=np.int64)
    registers = np.zeros(width, dtype=np.int64)
    label[0, 3] = run0 if most_run >= 0 else 0
    label[0, 4] = free0
    label[0, 6] = label[0, 7] = -1
    low, high, used = 0, 1, 1
    size = 1 << 12
    slots = np.full(size, -1, dtype=np.int64)
    minutes_after, days_after = _still_possible(day_first, options, day_week)
    for d in range(days):
        for k in range(size):
            slots[k] = -1
        acts = 0
        for m in range(rules.first[c], rules.first[c + 1]):
            if rules.info[m, d] & ACTIVE:
                acting[acts] = m
                acts += 1
        w = day_week[d]
        ends = d + 1 == days or day_week[d + 1] != w
        n = day_first[d + 1] - day_first[d]
        for i in range(low, high):
            for o in range(-1, n):
                cost, worked = label[i, 0], label[i, 1]
                begin = until = 0
                minutes, run = label[i, 2], label[i, 3]
                free, mask = label[i, 4], label[i, 5]
                if o < 0:
                    if off[d, 0] == -NEVER:
                        continue
                    cost += off[d, 0]
                    run = 0
                else:
                    k = day_first[d] + o
                    if (
                        options[k, 0] < free
                        or costs[k] == -NEVER
                        or mask & options[k, 3]
                    ):
                        continue
                    cost += costs[k]
                    worked += 1
                    minutes += options[k, 2]
                    mask |= options[k, 3]
                    free = options[k, 1] + rest
                    begin = tours.leg_first[origin + k]
                    until = tours.leg_first[origin + k + 1]
                    if most_run >= 0:
                        run += 1
                        if run > most_run:
                            continue
                if off[d, 1] & ~mask:
                    continue
                if w >= 0:
                    if minutes > weeks[w, 1] or worked > weeks[w, 3]:
                        continue
                    if minutes + minutes_after[d] < weeks[w, 0]:
                        continue
                    if worked + days_after[d] < weeks[w, 2]:
                        continue
                if ends:
                    if w >= 0 and minutes > weeks[w, 4]:
                        cost += weeks[w, 5] * (minutes - weeks[w, 4])
                    worked = minutes = 0
                for x in range(width):
                    registers[x] = label[i, 8 + x]
                broken = False
                for y in range(acts):
                    m = acting[y]
                    slot = rules.slot[m]
                    after, more = step(
                        rules, m, d, registers[slot], tours.shifts, begin, until
                    )
                    if more == -NEVER:
                        broken = True
                        break
                    registers[slot] = after
                    cost += more
                if broken:
                    continue
                free = max(free, off[d, 2])
                spot = _spot(worked, minutes, run, free, mask, registers, size)
                while True:
                    j = slots[spot]
                    if j < 0:
                        if used == capacity:
                            grown = np.zeros((2 * capacity, 8 + width), dtype=np.int64)
                            grown[:capacity] = label
                            label, capacity = grown, 2 * capacity
                        j = used
                        slots[spot] = j
                        used += 1
                        label[j, 0] = cost
                        label[j, 1], label[j, 2] = worked, minutes
                        label[j, 3], label[j, 4], label[j, 5] = run, free, mask
                        label[j, 6], label[j, 7] = i, o
                        for x in range(width):
                            label[j, 8 + x] = registers[x]
                        if 2 * (used - high) > size:
                            size *= 2
                            slots = _spread(label, high, used, size)
                        break
                    if (
                        label[j, 1] == worked
                        and label[j, 2] == minutes
                        and label[j, 3] == run
                        and label[j, 4] == free
                        and label[j, 5] == mask
                        and _alike(label[j], registers)
                    ):
                        if cost < label[j, 0]:
                            label[j, 0], label[j, 6], label[j, 7] = cost, i, o
                        break
                    spot = spot + 1 & size - 1
        low, high = high, used
        if low == high:
            return -NEVER
    best = low
    for i in range(low, high):
        if label[i, 0] < label[best, 0]:
            best = i
    i, d = best, days - 1
    while d >= 0:
        chosen[d] = label[i, 7]
        if chosen[d] >= 0:
            chosen[d] += day_first[d]
        i = label[i, 6]
        d -= 1
    return int(label[best, 0])


@compiled
def _still_possible(
    day_first: Ints, options: Table, day_week: Ints
) -> tuple[Ints, Ints]:
    """Return the most minutes and days that a week may still hold after each day."""
    days = day_first.shape[0] - 1
    minutes = np.zeros(days, dtype=np.int64)
    worked = np.zeros(days, dtype=np.int64)
    for d in range(days - 2, -1, -1):
        if day_week[d] != day_week[d + 1]:
            continue
        most = 0
        for k in range(day_first[d + 1], day_first[d + 2]):
            most = max(most, options[k, 2])
        some = day_first[d + 2] > day_first[d + 1]
        minutes[d] = minutes[d + 1] + most
        worked[d] = worked[d + 1] + (1 if some else 0)
    return minutes, worked


@compiled
def _alike(label: Ints, registers: Ints) -> bool:
    """Whether the registers of a label are these."""
    alike = True
    for x in range(registers.shape[0]):
        alike &= label[8 + x] == registers[x]
    return alike


@compiled
def _spot(
    worked: int,
    minutes: int,
    run: int,
    free: int,
    mask: int,
    registers: Ints,
    size: int,
) -> int:
    """Return where a table of a size (a power of two) keeps what is alike in these."""
    key = ((worked * 20011 + minutes) * 257 + run) * 1000003 + free
    spot = (key * 31 + mask) * -7046029254386353131
    for x in range(registers.shape[0]):
        spot = (spot ^ spot >> 29 ^ registers[x]) * -7046029254386353131
    return (spot ^ spot >> 29) & size - 1


@compiled
def _spread(label: Table, low: int, high: int, size: int) -> Ints:
    """Return the labels' places in a larger table."""
    slots = np.full(size, -1, dtype=np.int64)
    for j in range(low, high):
        spot = _spot(
            label[j, 1], label[j, 2], label[j, 3], label[j, 4], label[j, 5],
            label[j, 8:], size,
        )  # fmt: skip
        while slots[spot] >= 0:
            spot = spot + 1 & size - 1
        slots[spot] = j
    return slots
