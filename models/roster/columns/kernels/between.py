"""Case work between calls, in the search: who is freed, and what one more would add."""

import numpy as np
import numpy.typing as npt

from models.roster.columns.kernels.books import Demand, State, WorkTable
from models.roster.columns.kernels.compiled import compiled
from models.roster.columns.units import FINE

Ints = npt.NDArray[np.int64]

NOBODY = -1


@compiled
def freed(
    works: WorkTable,
    demand: Demand,
    state: State,
    f: int,
    p: int,
    more: int,
    speed: int,
    able: int,
    left: Ints,
) -> int:
    """Return the hundredths of agents that a fill frees in a period.

    With one person more on the work ``more`` (``NOBODY``: none), who answers at
    ``speed`` and could do the cases at ``able``. ``left`` is scratch.
    """
    bars = demand.bar_first[f], demand.bar_first[f + 1]
    for b in range(bars[0], bars[1]):
        c = demand.bar_cover[b]
        there = state.cover[c, p]
        if more != NOBODY and works.counts[c, more]:
            there += speed
        left[b] = max(0, there - demand.bar_needed[b, p])
    total = 0
    for x in range(works.hand_first[f], works.hand_first[f + 1]):
        w = works.hand_work[x]
        taken = state.hands[x, p]
        if w == more:
            taken += able
        for b in range(bars[0], bars[1]):
            if works.counts[demand.bar_cover[b], w]:
                taken = min(taken, left[b])
        for b in range(bars[0], bars[1]):
            if works.counts[demand.bar_cover[b], w]:
                left[b] -= taken
        total += taken
    return total


@compiled
def all_room(works: WorkTable, demand: Demand, state: State) -> Ints:
    """Return the room of each case type by cut: that of blocks, and of fills."""
    room = state.room.copy()
    left = np.zeros(demand.bar_cover.shape[0], dtype=np.int64)
    parts = np.zeros(room.shape[1], dtype=np.int64)
    for f in range(demand.fill_cases.shape[0]):
        parts[:] = 0
        for p in range(demand.fill_cut.shape[1]):
            i = demand.fill_cut[f, p]
            if i:
                free = freed(works, demand, state, f, p, NOBODY, 0, 0, left)
                parts[i] += free * demand.fill_parts[f]
        for i in range(parts.shape[0]):
            room[demand.fill_cases[f], i] += parts[i] // demand.whole_parts
    return room


@compiled
def add_fill_worth(
    works: WorkTable,
    demand: Demand,
    state: State,
    group: int,
    start: int,
    end: int,
    f: int,
    saves: Ints,
    worth: Ints,
) -> None:
    """Add what an agent on voice adds to a fill, from start to end.

    ``saves`` is what a unit of room of its case type saves, by cut.
    """
    left = np.zeros(demand.bar_cover.shape[0], dtype=np.int64)
    able = works.speed[group, works.case_of[demand.fill_cases[f]]]
    for p in range(start, end):
        i = demand.fill_cut[f, p]
        if not i or not saves[i]:
            continue
        now = freed(works, demand, state, f, p, NOBODY, 0, 0, left)
        for w in range(works.can.shape[0]):
            speed = works.speed[group, w]
            if not speed or not works.can[w, p] or not works.voice[w]:
                continue
            then = freed(works, demand, state, f, p, w, speed, able, left)
            parts = (then - now) * demand.fill_parts[f]
            worth[w, p] += parts * saves[i] * FINE // demand.whole_parts
