"""What whole tours, or the rest of them, cost by the rules of the book."""

import numpy as np
import numpy.typing as npt

from models.machine_code import NEVER, compiled
from models.roster.columns.kernels.books import RuleTable
from models.roster.columns.kernels.rules import ACTIVE, LAST, step

Ints = npt.NDArray[np.int64]


@compiled
def tour_cost(
    rules: RuleTable, c: int, option_shifts: Ints, first: Ints, chosen: Ints
) -> int:
    """Return what a whole tour of a class costs by the book, ``-NEVER`` if not legal.

    ``chosen[d]`` is the option among all, -1 for a day off; its shifts are
    ``option_shifts[first[o]:first[o + 1]]``.
    """
    cost = 0
    for m in range(rules.first[c], rules.first[c + 1]):
        more = machine_cost(rules, m, option_shifts, first, chosen)
        if more == -NEVER:
            return -NEVER
        cost += more
    return cost


@compiled
def machine_cost(
    rules: RuleTable, m: int, option_shifts: Ints, first: Ints, chosen: Ints
) -> int:
    """Return what a whole tour costs by one machine, as in ``tour_cost``."""
    days = chosen.shape[0]
    return _run_over(rules, m, option_shifts, first, chosen, 0, days, 0)[1]


@compiled
def registers_before(
    rules: RuleTable, c: int, option_shifts: Ints, first: Ints, chosen: Ints, day: int
) -> Ints:
    """Return the register of each machine of a class before a day of a tour."""
    begin = rules.first[c]
    found = np.zeros(rules.first[c + 1] - begin, dtype=np.int64)
    for x in range(found.shape[0]):
        found[x] = _run_over(
            rules, begin + x, option_shifts, first, chosen, 0, day, 0
        )[0]  # fmt: skip
    return found


@compiled
def cost_from(
    rules: RuleTable,
    c: int,
    option_shifts: Ints,
    first: Ints,
    chosen: Ints,
    day: int,
    registers: Ints,
) -> int:
    """Return what the rules that look at a day cost from that day on."""
    cost, begin, days = 0, rules.first[c], chosen.shape[0]
    for x in range(registers.shape[0]):
        if not rules.info[begin + x, day] & ACTIVE:
            continue
        more = _run_over(
            rules, begin + x, option_shifts, first, chosen, day, days, registers[x]
        )[1]  # fmt: skip
        if more == -NEVER:
            return -NEVER
        cost += more
    return cost


@compiled
def _run_over(
    rules: RuleTable,
    m: int,
    option_shifts: Ints,
    first: Ints,
    chosen: Ints,
    from_: int,
    until: int,
    register: int,
) -> tuple[int, int]:
    """Return a machine's register after some days of a tour, and what they cost."""
    cost = 0
    for d in range(from_, until):
        if rules.info[m, d] & ACTIVE:
            low = high = 0
            if chosen[d] >= 0:
                low, high = first[chosen[d]], first[chosen[d] + 1]
            register, more = step(rules, m, d, register, option_shifts, low, high)
            if more == -NEVER:
                return 0, -NEVER
            cost += more
            if rules.info[m, d] & LAST:
                break
    return register, cost
