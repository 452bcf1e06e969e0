"""How the rules of the book go on from a day to the next, for all labels together.

Many labels differ in days and hours and are alike in what the rules remember: what an
option does to that is found once for all of them.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from models.machine_code import NEVER, compiled
from models.roster.columns.kernels.books import TourTable
from models.roster.columns.kernels.states import Table, entered, no_states
from models.roster.columns.kernels.steps import keep_book

Ints = npt.NDArray[np.int64]

_ROOM = 64  # memories after a day, to begin with


class Moves(NamedTuple):
    """What a day makes of each memory, a row of ``after``, and what it costs.

    ``to[t, x]`` and ``cost[t, x]`` by memory before and option of the day; option 0 is
    a day off. Cost is ``-NEVER`` where a rule cannot be kept any more.
    """

    after: Table
    to: Table
    cost: Table


@compiled
def moves_of(
    tours: TourTable, c: int, d: int, machines: Ints, memories: Table, costs: Ints
) -> Moves:
    """Return the moves of a day; ``machines`` is as of ``acting``.

    Options with ``costs`` of ``-NEVER`` are left out.
    """
    low, high = tours.day_first[c, d], tours.day_first[c, d + 1]
    count, width = memories.shape
    to = np.zeros((count, 1 + high - low), dtype=np.int64)
    cost = np.full((count, 1 + high - low), -NEVER, dtype=np.int64)
    after, slots = no_states(_ROOM, width)
    one, used = np.zeros(width, dtype=np.int64), 0
    for t in range(count):
        for x in range(1 + high - low):
            k = low + x - 1 if x else -1
            if k >= 0 and costs[k] == -NEVER:
                continue
            found = keep_book(tours, c, d, k, machines, memories[t], one)
            if found == -NEVER:
                continue
            after, slots, used, to[t, x] = entered(one, after, slots, used)
            cost[t, x] = found
    return Moves(after[:used], to, cost)
