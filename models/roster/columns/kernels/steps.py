"""One day more of a tour: what is known after it, and what it costs.

What is known on the way, the *state*: days and paid minutes of the week so far, days in
a row, from when the next shift may start, meetings attended (as bits), and the
registers of the rules of the book. Tours so far that are alike in it are one.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from models.machine_code import NEVER, compiled, inlined
from models.roster.columns.kernels.books import TourTable
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
def acting(tours: TourTable, c: int, d: int, minded: npt.NDArray[np.bool_]) -> Ints:
    """Return the machines of a class that do something on a day, if they are minded."""
    rules, count = tours.rules, 0
    found = np.zeros(rules.first[c + 1] - rules.first[c], dtype=np.int64)
    for m in range(rules.first[c], rules.first[c + 1]):
        if minded[m - rules.first[c]] and rules.info[m, d] & ACTIVE:
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


class Terms(NamedTuple):
    """What a day of a class's tours goes by, numbers only (they are handed on quickly).

    Cost of a day off or ``-NEVER``, meetings due by its end, first start on a later
    day; whether its week ends with it (and its days and minutes count at all), limits
    of the week, what a minute beyond costs, what later days may add; rest, longest run.
    """

    off_cost: int
    due: int
    soon: int
    ends: int
    counts_minutes: int
    counts_days: int
    least_minutes: int
    most_minutes: int
    least_days: int
    most_days: int
    overtime_from: int
    overtime_cost: int
    minutes_after: int
    days_after: int
    rest: int
    most_run: int


class Known(NamedTuple):
    """What is known of a tour so far, without the registers of rules."""

    days: int
    minutes: int
    run: int
    free: int
    held: int


@inlined
def known_of(state: Ints) -> Known:
    """Return what a state holds, as numbers."""
    return Known(
        state[DAYS], state[MINUTES], state[IN_A_ROW], state[FREE], state[HELD]
    )  # fmt: skip


@compiled
def write_known(known: Known, state: Ints) -> None:
    """Enter numbers in a state."""
    state[DAYS], state[MINUTES], state[IN_A_ROW] = known.days, known.minutes, known.run
    state[FREE], state[HELD] = known.free, known.held


@compiled
def terms(
    tours: TourTable, c: int, d: int, minutes_after: int, days_after: int
) -> Terms:
    """Return the terms of a day; the rest is as of ``still_possible``."""
    w = tours.day_week[d]
    last = d + 1 == tours.day_week.shape[0]
    ends = 1 if last or tours.day_week[d + 1] != w else 0
    least_minutes, most_minutes, over = -NO_LIMIT, NO_LIMIT, NO_LIMIT
    least_days, most_days, cost = -NO_LIMIT, NO_LIMIT, 0
    if w >= 0:
        limits = tours.weeks[c, w]
        least_minutes, most_minutes = limits[0], limits[1]
        least_days, most_days = limits[2], limits[3]
        over, cost = limits[4], limits[5]
    by_minutes = not (most_minutes == over == NO_LIMIT and least_minutes < 0)
    by_days = not (most_days == NO_LIMIT and least_days < 0)
    return Terms(
        tours.off[c, d, 0], tours.off[c, d, 1], tours.off[c, d, 2], ends,
        1 if by_minutes and not ends else 0, 1 if by_days and not ends else 0,
        least_minutes, most_minutes, least_days, most_days, over, cost,
        minutes_after, days_after, tours.person[c, 0], tours.person[c, 1],
    )  # fmt: skip


@inlined
def go_off(day: Terms, known: Known) -> tuple[int, Known]:
    """Return what a day off costs and what is known after it.

    ``-NEVER`` where no legal tour goes on so.
    """
    if day.off_cost == -NEVER:
        return -NEVER, known
    after = Known(known.days, known.minutes, 0, known.free, known.held)
    cost, after = _end(day, after)
    return (-NEVER if cost == -NEVER else cost + day.off_cost), after


@inlined
def go_to(
    day: Terms, start: int, end: int, paid: int, held: int, known: Known
) -> tuple[int, Known]:
    """Do the same after an option's work; the option's own cost is not in it."""
    if start < known.free or known.held & held:
        return -NEVER, known
    run = known.run
    if day.most_run >= 0:
        run += 1
        if run > day.most_run:
            return -NEVER, known
    return _end(
        day,
        Known(
            known.days + 1, known.minutes + paid, run, end + day.rest,
            known.held | held,
        ),
    )  # fmt: skip


@inlined
def _end(day: Terms, known: Known) -> tuple[int, Known]:
    if (
        day.due & ~known.held
        or known.minutes > day.most_minutes
        or known.days > day.most_days
        or known.minutes + day.minutes_after < day.least_minutes
        or known.days + day.days_after < day.least_days
    ):
        return -NEVER, known
    cost = 0
    if day.ends and known.minutes > day.overtime_from:
        cost = day.overtime_cost * (known.minutes - day.overtime_from)
    return cost, Known(
        known.days * day.counts_days, known.minutes * day.counts_minutes, known.run,
        max(known.free, day.soon), known.held,
    )  # fmt: skip


@compiled
def keep_book(
    tours: TourTable, c: int, d: int, o: int, machines: Ints, before: Ints, after: Ints
) -> int:
    """Write the registers after a day; return what the rules of the book cost.

    ``o`` is the option of the class, -1: off; ``machines`` is as of ``acting``.
    ``-NEVER`` where a rule cannot be kept any more.
    """
    for x in range(REGISTERS, before.shape[0]):
        after[x] = before[x]
    cost, begin, until = 0, 0, 0
    if o >= 0:
        k = tours.option_first[c] + o
        begin, until = tours.leg_first[k], tours.leg_first[k + 1]
    for m in machines:
        x = REGISTERS + tours.rules.slot[m]
        known, more = step(tours.rules, m, d, after[x], tours.shifts, begin, until)
        if more == -NEVER:
            return -NEVER
        after[x] = known
        cost += more
    return cost
