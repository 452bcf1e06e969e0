"""Search inside one day: an agent answers, but only with what is done on it.

Days worked and meetings of the day stay, and hours within what the week's limits leave,
so that every answer is legal; it costs a small part of what one for the week does.
"""

import numpy as np
import numpy.typing as npt

from models.machine_code import NEVER, compiled, copy_to
from models.roster.columns.kernels.batch import leg_codes
from models.roster.columns.kernels.books import (
    ABSENT,
    LegTable,
    TourTable,
    WorkTable,
)
from models.roster.columns.kernels.fill import fill_table
from models.roster.columns.kernels.heads import (
    head_reward,
)
from models.roster.columns.kernels.search import own_cost, place_mine
from models.roster.columns.kernels.shares import (
    changed_worth,
    has_shares,
    levels,
    reward,
    share_cost,
)
from models.roster.columns.kernels.tour_rules import cost_from, registers_before
from models.roster.columns.units import NO_LIMIT

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int16]

STAY, SAME, ANY = range(3)  # how shifts of a day may move


@compiled
def clear_day(
    legs: LegTable, tours: TourTable, kind: int, option: int, codes: Codes
) -> None:
    """Take away what is done in an option's shifts."""
    o = tours.option_first[kind] + option
    for leg in tours.legs[tours.leg_first[o] : tours.leg_first[o + 1]]:
        codes[legs.spans[leg, 0] : legs.spans[leg, 1]] = ABSENT


@compiled
def settle_day(
    works: WorkTable,
    legs: LegTable,
    tours: TourTable,
    worth: Ints,
    people: Ints,
    kind: int,
    day: int,
    moving: int,
    options: Ints,
    codes: Codes,
    table: Ints,
    low: int,
    high: int,
) -> int:
    """Do what ``answer_day`` does within the limits of case work; return the own cost.

    ``low`` and ``high`` are as of ``reach``.
    """
    before = options[day]
    answer_day(
        works, legs, tours, worth, people, kind, day, moving, options, codes, table
    )
    own = own_cost(works, tours, kind, options, codes)
    if not has_shares(works, kind):
        return own
    if own != -NEVER and share_cost(works, tours, kind, options, codes) == 0:
        return own
    first = tours.option_first[kind]
    kept, option, best = codes.copy(), options[day], -NEVER
    if own != -NEVER:
        best = own - reward(worth, codes, low, high)
        best -= head_reward(tours, first + option, people)
    for less in levels(works, worth, kind):
        clear_day(legs, tours, kind, options[day], codes)
        options[day] = before
        answer_day(
            works, legs, tours, changed_worth(works, worth, less), people, kind, day,
            moving, options, codes, table,
        )  # fmt: skip
        other = own_cost(works, tours, kind, options, codes)
        if other == -NEVER:
            continue
        net = other - reward(worth, codes, low, high)
        net -= head_reward(tours, first + options[day], people)
        if net < best:
            best, own, option = net, other, options[day]
            copy_to(kept, codes)
    copy_to(codes, kept)
    options[day] = option
    return own


@compiled
def answer_day(
    works: WorkTable,
    legs: LegTable,
    tours: TourTable,
    worth: Ints,
    people: Ints,
    kind: int,
    day: int,
    moving: int,
    options: Ints,
    codes: Codes,
    table: Ints,
) -> None:
    """Write the best shift of one agent on a day, and what fills it."""
    first = tours.option_first[kind]
    now = first + options[day]
    from_, until = now, now + 1
    if moving:
        from_ = first + tours.day_first[kind, day]
        until = first + tours.day_first[kind, day + 1]
    free, latest = bounds(tours, kind, day, options)
    least, most, enough = minutes_left(tours, kind, day, options)
    if moving == SAME:
        least = most = tours.rows[now, 2]
    mine = np.zeros(until - from_, dtype=np.int64)
    count, low, high = 0, codes.shape[0], 0
    for o in range(from_, until):
        if o != now and (
            not least <= tours.rows[o, 2] <= most
            or tours.rows[o, 3] != tours.rows[now, 3]
            or tours.rows[o, 0] < free
            or tours.rows[o, 1] > latest
            or tours.base[o] == -NEVER
        ):
            continue
        mine[count] = o
        count += 1
        for leg in tours.legs[tours.leg_first[o] : tours.leg_first[o + 1]]:
            low, high = min(low, legs.spans[leg, 0]), max(high, legs.spans[leg, 1])
    fill_table(low, high, works.longest, worth, works.runs, table)
    best, chosen = NEVER, now
    bound_by_book = tours.rules.first[kind] < tours.rules.first[kind + 1]
    every = np.full(options.shape[0], -1, dtype=np.int64)
    for d in range(options.shape[0]):
        if options[d] >= 0:
            every[d] = first + options[d]
    known = registers_before(
        tours.rules, kind, tours.shifts, tours.leg_first, every, day
    )  # fmt: skip
    for x in range(count):
        o = mine[x]
        held = tours.legs[tours.leg_first[o] : tours.leg_first[o + 1]]
        values = np.zeros(held.shape[0], dtype=np.int64)
        place_mine(legs, held, table, values)
        total = -tours.base[o]
        if tours.day_week[day] >= 0 and tours.rows[o, 2] > enough:
            overtime = tours.weeks[kind, tours.day_week[day], 5]
            total -= overtime * (tours.rows[o, 2] - enough)
        for value in values:
            total = NEVER if value == NEVER or total == NEVER else total + value
        if total != NEVER:
            total += head_reward(tours, o, people)
        if total <= best:
            continue
        if bound_by_book:
            every[day] = o
            book = cost_from(
                tours.rules, kind, tours.shifts, tours.leg_first, every, day, known
            )  # fmt: skip
            total = NEVER if book == -NEVER else total - book
        if total > best:
            best, chosen = total, o
    options[day] = chosen - first
    row = np.zeros((1, works.longest), dtype=np.int16)
    one = np.zeros(1, dtype=np.int64)
    for leg in tours.legs[tours.leg_first[chosen] : tours.leg_first[chosen + 1]]:
        one[0] = leg
        leg_codes(
            one, legs.spans, legs.stop_first, legs.stops, table, worth, works.runs, row,
        )  # fmt: skip
        start, end = legs.spans[leg, 0], legs.spans[leg, 1]
        copy_to(codes[start:end], row[0, : end - start])


@compiled
def reach(legs: LegTable, tours: TourTable, kind: int, day: int) -> tuple[int, int]:
    """Return the first period of a class's shifts of a day, and the last one's end."""
    first = tours.option_first[kind]
    low, high = -NEVER, 0
    from_ = tours.leg_first[first + tours.day_first[kind, day]]
    until = tours.leg_first[first + tours.day_first[kind, day + 1]]
    for leg in tours.legs[from_:until]:
        low, high = min(low, legs.spans[leg, 0]), max(high, legs.spans[leg, 1])
    return low, high


@compiled
def minutes_left(
    tours: TourTable, kind: int, day: int, options: Ints
) -> tuple[int, int, int]:
    """Return how long a shift of a day must and may be, other days being as now.

    Least and most paid minutes, and the minutes beyond which they are overtime.
    """
    w = tours.day_week[day]
    if w < 0:
        return -NO_LIMIT, NO_LIMIT, NO_LIMIT
    worked = 0
    for d in range(options.shape[0]):
        if d != day and tours.day_week[d] == w and options[d] >= 0:
            worked += tours.rows[tours.option_first[kind] + options[d], 2]
    weeks = tours.weeks[kind, w]
    return weeks[0] - worked, weeks[1] - worked, max(0, weeks[4] - worked)


@compiled
def bounds(tours: TourTable, kind: int, day: int, options: Ints) -> tuple[int, int]:
    """Return when a shift of a day may start and must end, other days being as now."""
    first, rest = tours.option_first[kind], tours.person[kind, 0]
    free = tours.person[kind, 3]
    for d in range(day):
        free = max(free, tours.off[kind, d, 2])
        if options[d] >= 0:
            free = max(free, tours.rows[first + options[d], 1] + rest)
    latest = -NEVER
    for d in range(day + 1, options.shape[0]):
        if options[d] >= 0:
            latest = min(latest, tours.rows[first + options[d], 0] - rest)
    return free, latest
