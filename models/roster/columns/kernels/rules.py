"""The rules of the book as machines: a whole number that each day of a tour changes.

Every rule of an agent is a machine with a register in the label of a tour. Two tours so
far that are alike in all registers have the same future, so what can no longer matter
is forgotten at once. All values are whole: minutes, counts, fine units of cost.
"""

import numpy as np
import numpy.typing as npt

from models.machine_code import NEVER, compiled
from models.roster.columns.kernels.books import RuleTable

Ints = npt.NDArray[np.int64]

LIMIT, GROUPS, RUN, FOLLOW, NEXT_DAY, SPREAD, REST, TOGETHER, WHOLE = range(9)
ACTIVE, FIRST, LAST, GROUP_END = 1, 2, 4, 8  # bits of ``RuleTable.info``
SAFE = 1 << 40  # of a limit that can no longer be broken
WIDE = 1 << 12  # minutes of a day, and more
START, END = 0, 1  # rows of ``RuleTable.values``


@compiled
def step(
    rules: RuleTable, m: int, d: int, register: int, shifts: Ints, low: int, high: int
) -> tuple[int, int]:
    """Return a machine's register after a day, and what the day costs by its rule.

    ``shifts[low:high]`` of the menu are worked on the day, in order of time. The cost
    is ``-NEVER`` where the rule is required and cannot be kept any more.
    """
    kind, info = rules.kind[m], rules.info[m, d]
    state = rules.begin[m] if info & FIRST else register
    if kind == LIMIT:
        found = _limit(rules, m, d, state, _total(rules, m, shifts, low, high))
    elif kind == GROUPS:
        found = _groups(rules, m, d, state, _total(rules, m, shifts, low, high))
    elif kind == RUN:
        found = _run(rules, m, d, state, _total(rules, m, shifts, low, high))
    elif kind == FOLLOW:
        found = _follow(rules, m, d, state, shifts, low, high)
    elif kind == NEXT_DAY:
        now = rules.values[rules.value[m, 0], shifts[low]] if high > low else 0
        size = rules.number[m, 1]
        too_soon = rules.table[rules.number[m, 0] + state * size + now]
        found = now, _priced(rules, m, too_soon)
    elif kind == SPREAD:
        found = _spread(rules, m, state, shifts, low, high)
    elif kind == REST:
        found = _rest(rules, m, d, state, shifts, low, high)
    elif kind == TOGETHER:
        found = _together(rules, m, d, state, high > low)
    else:
        found = _whole(rules, m, d, state, high > low)
    if info & LAST:
        return 0, found[1]
    return found


@compiled
def _total(rules: RuleTable, m: int, shifts: Ints, low: int, high: int) -> int:
    total = 0
    for x in range(low, high):
        total += rules.values[rules.value[m, 0], shifts[x]]
    return total


@compiled
def _priced(rules: RuleTable, m: int, units: int) -> int:
    """Return what so many units outside a rule cost."""
    if units <= 0:
        return 0
    return -NEVER if rules.cost[m] == -NEVER else rules.cost[m] * units


@compiled
def _above(rules: RuleTable, m: int, count: int) -> int:
    """Return what a count costs by the pieces of a limit that are above thresholds."""
    cost = 0
    for x in range(rules.piece_first[m], rules.piece_first[m + 1]):
        if rules.pieces[x, 0] > 0:
            cost += rules.pieces[x, 2] * max(0, count - rules.pieces[x, 1])
    return cost


@compiled
def _counted(
    rules: RuleTable, m: int, d: int, count: int, add: int, done: int
) -> tuple[int, int]:
    """Return a limit's count after an addition, and its cost; ``done``: no more come.

    ``number``: least, most, the highest threshold below, the lowest and the highest
    above. What is above a threshold is charged as it comes, what is below at the end.
    """
    return _within(rules, m, count, add, done, 0, rules.later[m, d])


@compiled
def _within(
    rules: RuleTable, m: int, count: int, add: int, done: int, least: int, most: int
) -> tuple[int, int]:
    """Do the same where later days add at least and at most so much."""
    now = count + add
    if now + least > rules.number[m, 1] or now + most < rules.number[m, 0]:
        return 0, -NEVER
    cost = 0
    if now > rules.number[m, 3]:
        cost = _above(rules, m, now) - _above(rules, m, count)
    if done:
        for x in range(rules.piece_first[m], rules.piece_first[m + 1]):
            if rules.pieces[x, 0] < 0:
                cost += rules.pieces[x, 2] * max(0, rules.pieces[x, 1] - now)
        return 0, cost
    if now + least >= rules.number[m, 2] and now + most <= rules.number[m, 3]:
        return SAFE, cost
    if now >= rules.number[m, 2]:
        now = min(now, max(rules.number[m, 4], rules.number[m, 2]))
    return now, cost


@compiled
def count_within(
    rules: RuleTable,
    m: int,
    d: int,
    register: int,
    shifts: Ints,
    low: int,
    high: int,
    least: int,
    most: int,
) -> tuple[int, int]:
    """Do what ``step`` does for a limit, later days adding ``least`` to ``most``."""
    info = rules.info[m, d]
    state = rules.begin[m] if info & FIRST else register
    if state == SAFE:
        return (0 if info & LAST else state), 0
    add = _total(rules, m, shifts, low, high)
    now, cost = _within(rules, m, state, add, info & LAST, least, most)
    return (0 if info & LAST else now), cost


@compiled
def _limit(rules: RuleTable, m: int, d: int, state: int, add: int) -> tuple[int, int]:
    if state == SAFE:
        return state, 0
    return _counted(rules, m, d, state, add, rules.info[m, d] & LAST)


@compiled
def _groups(rules: RuleTable, m: int, d: int, state: int, add: int) -> tuple[int, int]:
    if state == SAFE:
        return state, 0
    there = 1 if state & 1 or add > 0 else 0
    if not rules.info[m, d] & GROUP_END:
        return state & ~1 | there, 0
    now, cost = _counted(rules, m, d, state >> 1, there, rules.info[m, d] & LAST)
    return (now if now == SAFE else now << 1), cost


@compiled
def _run(rules: RuleTable, m: int, d: int, state: int, add: int) -> tuple[int, int]:
    """``number``: least, most (-1: any), 1 if of days off.

    The register is the length so far, a bit for a run whose beginning is not known, and
    one for a shift in the group of days so far.
    """
    there = 1 if state & 1 or add > 0 else 0
    if not rules.info[m, d] & GROUP_END:
        return state & ~1 | there, 0
    length, unknown = state >> 2, state >> 1 & 1
    least, most = rules.number[m, 0], rules.number[m, 1]
    if there == rules.number[m, 2]:
        if length and not unknown and length < least:
            return 0, _priced(rules, m, least - length)
        return 0, 0
    length += 1
    cost = _priced(rules, m, 1) if 0 <= most < length else 0
    length = min(length, max(least, most))
    if length >= least:
        unknown = 0
    return length << 2 | unknown << 1, cost


@compiled
def _follow(
    rules: RuleTable, m: int, d: int, state: int, shifts: Ints, low: int, high: int
) -> tuple[int, int]:
    """``number``: rest, starts; ``later``: minute before which by days none may start.

    The register is the first start that is late enough.
    """
    cost, ready = 0, state
    for x in range(low, high):
        i = shifts[x]
        start, end = rules.values[START, i], rules.values[END, i]
        if rules.values[rules.value[m, 1], i] and start < ready:
            if rules.cost[m] == -NEVER:
                return 0, -NEVER
            cost += rules.cost[m]
        if rules.values[rules.value[m, 0], i]:
            ready = max(ready, end + rules.number[m, 0], rules.later[m, d])
    if ready <= rules.soon[m, d]:
        return 0, cost
    return _next_start(rules, ready, rules.number[m, 1], rules.number[m, 2]), cost


@compiled
def _next_start(rules: RuleTable, minute: int, first: int, count: int) -> int:
    """Return the first of some starts that is not before a minute, or the last one."""
    low, high = first, first + count - 1
    while low < high:
        middle = (low + high) // 2
        if rules.table[middle] < minute:
            low = middle + 1
        else:
            high = middle
    return int(max(minute, rules.table[low]))


@compiled
def _spread(
    rules: RuleTable, m: int, state: int, shifts: Ints, low: int, high: int
) -> tuple[int, int]:
    """``number``: most. The register is the earliest and the latest start so far."""
    if low == high:
        return state, 0
    first, last = WIDE, -1
    if state:
        first, last = state // WIDE, state % WIDE - 1
    before = max(0, last - first - rules.number[m, 0])
    for x in range(low, high):
        clock = rules.values[rules.value[m, 0], shifts[x]]
        first, last = min(first, clock), max(last, clock)
    after = max(0, last - first - rules.number[m, 0])
    return first * WIDE + last + 1, _priced(rules, m, after - before)


@compiled
def _rest(
    rules: RuleTable, m: int, d: int, state: int, shifts: Ints, low: int, high: int
) -> tuple[int, int]:
    """``number``: least rest, start and end of the window, starts.

    The register is the end of the last shift (later, where that makes no difference to
    any later start), after the window's start and 1 more; 0 once there was, or must
    be, a rest long enough.
    """
    if not state:
        return 0, 0
    least, start, end = rules.number[m, 0], rules.number[m, 1], rules.number[m, 2]
    since = start + state - 1
    for x in range(low, high):
        if min(rules.values[START, shifts[x]], end) - since >= least:
            return 0, 0
        since = max(since, rules.values[END, shifts[x]])
    rested = since + least
    if rested > end:
        return 0, _priced(rules, m, 1)
    if rested <= rules.soon[m, d]:
        return 0, 0
    rested = min(
        end, _next_start(rules, rested, rules.number[m, 3], rules.number[m, 4])
    )
    return rested - least - start + 1, 0


@compiled
def _together(
    rules: RuleTable, m: int, d: int, state: int, worked: bool
) -> tuple[int, int]:
    """``number``: least. The register is the days off so far and 1; 0 once enough."""
    if not state:
        return 0, 0
    run = 0 if worked else state
    if run >= rules.number[m, 0]:
        return 0, 0
    if rules.info[m, d] & LAST:
        return 0, _priced(rules, m, 1)
    return run + 1, 0


@compiled
def _whole(
    rules: RuleTable, m: int, d: int, state: int, worked: bool
) -> tuple[int, int]:
    """The register has a bit for a day worked and one for a day off."""
    state |= 1 if worked else 2
    if not rules.info[m, d] & LAST:
        return state, 0
    return 0, _priced(rules, m, 1) if state == 3 else 0
