"""Case work between calls, in the search: who is freed, and what one more would add.

``State.free`` and ``State.parts`` are kept up to date with every agent who comes or
goes, period by period; reckoning them anew would take longer than all the rest.
"""

import numpy as np
import numpy.typing as npt

from models.machine_code import compiled, entry
from models.roster.columns.kernels.books import State, WorkTable
from models.roster.columns.units import FINE

Ints = npt.NDArray[np.int64]

NOBODY = -1


@compiled
def freed(
    works: WorkTable,
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
    ``speed`` and could do the cases at ``able``. ``left`` is scratch, by bar.
    """
    fills = works.fills
    first, end = fills.bar_first[f], fills.bar_first[f + 1]
    for b in range(first, end):
        c = fills.bar_cover[b]
        there = state.cover[c, p]
        if more != NOBODY and works.counts[c, more]:
            there += speed
        left[b] = max(0, there - fills.bar_needed[b, p])
    total = 0
    for x in range(fills.hand_first[f], fills.hand_first[f + 1]):
        w = fills.hand_work[x]
        taken = state.hands[x, p]
        if w == more:
            taken += able
        for b in range(first, end):
            if works.counts[fills.bar_cover[b], w]:
                taken = min(taken, left[b])
        for b in range(first, end):
            if works.counts[fills.bar_cover[b], w]:
                left[b] -= taken
        total += taken
    return total


@compiled
def renew_free(works: WorkTable, state: State, p: int, left: Ints) -> None:
    """Reckon anew who is freed in a period."""
    fills = works.fills
    for f in range(fills.cases.shape[0]):
        i = fills.cut[f, p]
        if i:
            free = freed(works, state, f, p, NOBODY, 0, 0, left)
            state.parts[f, i] += fills.parts[f] * (free - state.free[f, p])
            state.free[f, p] = free


@entry
def renew_all_free(works: WorkTable, state: State) -> None:
    """Reckon anew who is freed, whatever was known."""
    left = np.zeros(works.fills.bar_cover.shape[0], dtype=np.int64)
    for p in range(state.cover.shape[1]):
        renew_free(works, state, p, left)


@compiled
def all_room(works: WorkTable, state: State) -> Ints:
    """Return the room of each case type by cut: that of blocks, and of fills."""
    room = state.room.copy()
    fills = works.fills
    for f in range(fills.cases.shape[0]):
        for i in range(room.shape[1]):
            room[fills.cases[f], i] += state.parts[f, i] // fills.whole_parts
    return room


@compiled
def add_fill_worth(
    works: WorkTable,
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
    fills = works.fills
    left = np.zeros(fills.bar_cover.shape[0], dtype=np.int64)
    able = works.speed[group, works.case_of[fills.cases[f]]]
    for p in range(start, end):
        i = fills.cut[f, p]
        if not i or not saves[i]:
            continue
        for w in range(works.can.shape[0]):
            speed = works.speed[group, w]
            if not speed or not works.can[w, p] or not fills.voice[w]:
                continue
            then = freed(works, state, f, p, w, speed, able, left)
            parts = (then - state.free[f, p]) * fills.parts[f]
            worth[w, p] += parts * saves[i] * FINE // fills.whole_parts
