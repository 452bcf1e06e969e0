"""Many legs, many classes at once."""

import numpy as np
import numpy.typing as npt

from models.machine_code import NEVER, entry
from models.roster.columns.kernels.books import Runs, TourTable
from models.roster.columns.kernels.fill import fill_codes, fill_table
from models.roster.columns.kernels.heads import head_reward
from models.roster.columns.kernels.place import place
from models.roster.columns.kernels.tour import cheapest_tour

Ints = npt.NDArray[np.int64]
Table = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int16]

BREAK_CODE = -2  # and below: the breaks and meetings of a leg, in the order of stops


@entry
def fill_stretches(
    stretches: Table,
    length: int,
    worth: Table,
    runs: Runs,
    table: Table,
) -> None:
    """Fill ``table`` (see ``fill_table``) on each row ``[first, end)`` of stretches."""
    for i in range(stretches.shape[0]):
        fill_table(
            stretches[i, 0], stretches[i, 1], length, worth, runs, table,
        )  # fmt: skip


@entry
def leg_values(
    legs: Ints,
    spans: Table,
    stop_first: Ints,
    stops: Table,
    table: Table,
    values: Ints,
) -> None:
    """Write what the best pattern of each of some legs of one group is worth.

    ``spans`` has a row of (start, end, spacing) for each leg of all, in periods.
    """
    starts = np.zeros(64, dtype=np.int64)
    for leg in legs:
        own = stops[stop_first[leg] : stop_first[leg + 1]]
        values[leg] = place(
            spans[leg, 0], spans[leg, 1], own, spans[leg, 2], table, starts
        )


@entry
def leg_codes(
    legs: Ints,
    spans: Table,
    stop_first: Ints,
    stops: Table,
    table: Table,
    worth: Table,
    runs: Runs,
    codes: Codes,
) -> None:
    """Write the best pattern of some legs of one group: row ``i`` is of ``legs[i]``.

    A work's number in each of its periods, -1 where idle, ``BREAK_CODE - s`` in stop s.
    """
    starts = np.zeros(64, dtype=np.int64)
    for i in range(legs.shape[0]):
        leg = legs[i]
        own = stops[stop_first[leg] : stop_first[leg + 1]]
        first, end = spans[leg, 0], spans[leg, 1]
        place(first, end, own, spans[leg, 2], table, starts)
        count = own.shape[0]
        here = first
        for _ in range(count + 1):
            stop, until = -1, end
            for o in range(count):
                if here <= starts[o] < until:
                    stop, until = o, starts[o]
            fill_codes(
                here, until - here, worth, runs,
                codes[i, here - first :],
            )  # fmt: skip
            if stop >= 0:
                here = until + own[stop, 0]
                for p in range(until, here):
                    codes[i, p - first] = BREAK_CODE - stop


@entry
def class_tours(
    which: Ints,
    tours: TourTable,
    values: Ints,
    heads: Ints,
    best: Ints,
    chosen: Table,
) -> None:
    """Write the cheapest tour of each of some classes.

    Legs are worth ``values``, one more in a headcount ``heads``. ``best[i]`` and
    ``chosen[i]`` (option of the class by day, -1: off) are of class ``which[i]``.
    """
    for i in range(which.shape[0]):
        costs = option_costs(tours, which[i], values, heads)
        best[i] = cheapest_tour(tours, which[i], costs, chosen[i])


@entry
def option_costs(tours: TourTable, c: int, values: Ints, heads: Ints) -> Ints:
    """Return what each option of a class costs, legs and headcounts being worth so.

    ``-NEVER`` where it cannot be.
    """
    first, end = tours.option_first[c], tours.option_first[c + 1]
    costs = tours.base[first:end].copy()
    for o in range(first, end):
        x = o - first
        for leg in tours.legs[tours.leg_first[o] : tours.leg_first[o + 1]]:
            if values[leg] == NEVER:
                costs[x] = -NEVER
            elif costs[x] != -NEVER:
                costs[x] -= values[leg]
        if costs[x] != -NEVER:
            costs[x] -= head_reward(tours, o, heads)
    return costs
