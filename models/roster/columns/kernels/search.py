"""Search on rosters: an agent answers what all others leave to do.

An agent's best answer is found exactly but for case work, whose worth is taken as if it
did not fall with each hour; so every answer is reckoned again before it is taken.
"""

import numpy as np
import numpy.typing as npt

from models.machine_code import NEVER, compiled, copy_to, entry
from models.roster.columns.kernels.batch import (
    fill_stretches,
    leg_codes,
    leg_values,
)
from models.roster.columns.kernels.books import (
    ABSENT,
    LegTable,
    TourTable,
    WorkTable,
)
from models.roster.columns.kernels.heads import (
    head_reward,
)
from models.roster.columns.kernels.shares import (
    changed_worth,
    has_shares,
    levels,
    reward,
    share_cost,
)
from models.roster.columns.kernels.tasks import keeps_tasks
from models.roster.columns.kernels.tour import cheapest_tour
from models.roster.columns.kernels.tour_rules import tour_cost

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int16]


@compiled
def answer(
    works: WorkTable,
    legs: LegTable,
    tours: TourTable,
    worth: Ints,
    people: Ints,
    kind: int,
    keep: int,
    options: Ints,
    codes: Codes,
) -> int:
    """Write the best week of one agent; return its own cost (fine), ``-NEVER`` if none.

    ``people`` is what one more in each headcount is worth. With ``keep`` 1 the options
    stay as they are, and only what fills them is new.
    """
    own = _answer(
        works, legs, tours, worth, people, kind, keep, options, codes
    )  # fmt: skip
    if not has_shares(works, kind):
        return own
    if own != -NEVER and share_cost(works, tours, kind, options, codes) == 0:
        return own
    kept, week = codes.copy(), options.copy()
    best = -NEVER
    if own != -NEVER:
        best = (
            own
            - reward(worth, codes, 0, codes.shape[0])
            - _heads_of(tours, people, kind, options)
        )
    for less in levels(works, worth, kind):
        other = _answer(
            works, legs, tours, changed_worth(works, worth, less), people, kind, keep,
            options, codes,
        )  # fmt: skip
        if other == -NEVER:
            continue
        net = (
            other
            - reward(worth, codes, 0, codes.shape[0])
            - _heads_of(tours, people, kind, options)
        )
        if net < best:
            best, own = net, other
            copy_to(kept, codes)
            copy_to(week, options)
    copy_to(codes, kept)
    copy_to(options, week)
    return own


@compiled
def _heads_of(tours: TourTable, people: Ints, kind: int, options: Ints) -> int:
    """Return what a tour saves in headcounts."""
    total = 0
    for d in range(options.shape[0]):
        if options[d] >= 0:
            total += head_reward(tours, tours.option_first[kind] + options[d], people)
    return total


@compiled
def _answer(
    works: WorkTable,
    legs: LegTable,
    tours: TourTable,
    worth: Ints,
    people: Ints,
    kind: int,
    keep: int,
    options: Ints,
    codes: Codes,
) -> int:
    """Do what ``answer`` does, once; limits of case work are only reckoned."""
    days = options.shape[0]
    first, end = tours.option_first[kind], tours.option_first[kind + 1]
    if keep:
        count = 0
        for d in range(days):
            if options[d] >= 0:
                o = first + options[d]
                count += tours.leg_first[o + 1] - tours.leg_first[o]
        mine = np.zeros(count, dtype=np.int64)
        count = 0
        for d in range(days):
            if options[d] >= 0:
                o = first + options[d]
                for leg in tours.legs[tours.leg_first[o] : tours.leg_first[o + 1]]:
                    mine[count] = leg
                    count += 1
        stretches = legs.spans[mine, :2].copy()
    else:
        mine = tours.legs[tours.leg_first[first] : tours.leg_first[end]]
        stretches = works.stretches
    periods = codes.shape[0]
    table = np.zeros((periods + 1, works.longest + 1), dtype=np.int64)
    fill_stretches(
        stretches, works.longest, worth, works.runs, table,
    )  # fmt: skip
    if not keep:
        values = np.zeros(mine.shape[0], dtype=np.int64)
        place_mine(legs, mine, table, values)
        costs = tours.base[first:end].copy()
        offset = tours.leg_first[first]
        for o in range(end - first):
            for x in range(
                tours.leg_first[first + o] - offset,
                tours.leg_first[first + o + 1] - offset,
            ):
                if values[x] == NEVER:
                    costs[o] = -NEVER
                elif costs[o] != -NEVER:
                    costs[o] -= values[x]
            if costs[o] != -NEVER:
                costs[o] -= head_reward(tours, first + o, people)
        if cheapest_tour(tours, kind, costs, options) == -NEVER:
            return -NEVER
    codes[:] = ABSENT
    row = np.zeros((1, works.longest), dtype=np.int16)
    one = np.zeros(1, dtype=np.int64)
    for d in range(days):
        if options[d] < 0:
            continue
        o = first + options[d]
        for leg in tours.legs[tours.leg_first[o] : tours.leg_first[o + 1]]:
            one[0] = leg
            leg_codes(
                one, legs.spans, legs.stop_first, legs.stops, table, worth,
                works.runs, row,
            )  # fmt: skip
            start, until = legs.spans[leg, 0], legs.spans[leg, 1]
            copy_to(codes[start:until], row[0, : until - start])
    return own_cost(works, tours, kind, options, codes)


@compiled
def place_mine(legs: LegTable, mine: Ints, table: Ints, values: Ints) -> None:
    """Write what the best pattern of each of an agent's legs is worth."""
    last, known = -1, 0
    one = np.zeros(1, dtype=np.int64)
    found = np.zeros(int(mine.max()) + 1 if mine.size else 1, dtype=np.int64)
    for x in range(mine.shape[0]):
        if mine[x] != last:
            one[0] = last = mine[x]
            leg_values(one, legs.spans, legs.stop_first, legs.stops, table, found)
            known = found[last]
        values[x] = known


@entry
def own_cost(
    works: WorkTable, tours: TourTable, kind: int, options: Ints, codes: Codes
) -> int:
    """Return what a week costs by itself: tour, block starts, idle time (fine).

    ``-NEVER`` where a rule of the book is not kept.
    """
    cost = own_tour_cost(tours, kind, options)
    shares = share_cost(works, tours, kind, options, codes)
    if -NEVER in (cost, shares) or not keeps_tasks(works, kind, codes):
        return -NEVER
    cost += shares
    before = ABSENT
    for p in range(codes.shape[0]):
        code = codes[p]
        if code == -1:
            cost += works.runs.idle_cost
        elif code >= 0 and code != before:
            cost += works.runs.start_cost[code]
        before = code
    return cost


@entry
def own_tour_cost(tours: TourTable, kind: int, options: Ints) -> int:
    """Return what a tour costs by itself, fine; ``-NEVER`` if the book forbids it."""
    first = tours.option_first[kind]
    minutes = np.zeros(tours.weeks.shape[1], dtype=np.int64)
    every = np.full(options.shape[0], -1, dtype=np.int64)
    cost = 0
    for d in range(options.shape[0]):
        if options[d] < 0:
            cost += tours.off[kind, d, 0]
            continue
        every[d] = first + options[d]
        cost += tours.base[every[d]]
        w = tours.day_week[d]
        if w >= 0:
            minutes[w] += tours.rows[every[d], 2]
    for w in range(minutes.shape[0]):
        beyond = max(0, minutes[w] - tours.weeks[kind, w, 4])
        cost += beyond * tours.weeks[kind, w, 5]
    if tours.rules.first[kind] == tours.rules.first[kind + 1]:
        return cost
    book = tour_cost(tours.rules, kind, tours.shifts, tours.leg_first, every)
    return book if book == -NEVER else cost + book
