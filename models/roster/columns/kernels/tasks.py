"""Pinned work, in the search.

Prices do not know it: for who is pinned a period at it is worth more than all else.
"""

import numpy as np
import numpy.typing as npt

from models.machine_code import NEVER, compiled
from models.roster.columns.kernels.books import WorkTable
from models.roster.columns.units import FINE
from models.roster.problem import UNIT

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int16]

NO_WORK = -1  # pinned to a break, a meeting, or to be idle
PINNED = 100_000 * UNIT * FINE  # what a period of it is worth, fine


@compiled
def add_tasks(works: WorkTable, kind: int, worth: Ints) -> None:
    """Let a class's pinned work be worth more than all else, and none be none."""
    for x in range(works.tasks.first[kind], works.tasks.first[kind + 1]):
        w = works.tasks.rows[x, 0]
        for p in range(works.tasks.rows[x, 1], works.tasks.rows[x, 2]):
            if w == NO_WORK:
                worth[:, p] = NEVER
            elif worth[w, p] != NEVER:
                worth[w, p] += PINNED


@compiled
def keeps_tasks(works: WorkTable, kind: int, codes: Codes) -> bool:
    """Whether a week has all the pinned work in it."""
    for x in range(works.tasks.first[kind], works.tasks.first[kind + 1]):
        for p in range(works.tasks.rows[x, 1], works.tasks.rows[x, 2]):
            if max(codes[p], NO_WORK) != works.tasks.rows[x, 0]:
                return False
    return True
