"""Tables of states, in which each state is once: a row, found by its hash.

``slots``, whose size is a power of two, holds rows of the table, -1 where none is.
"""

import numpy as np
import numpy.typing as npt

from models.machine_code import compiled, copy_to, inlined

Ints = npt.NDArray[np.int64]
Table = npt.NDArray[np.int64]


@inlined
def mixed(key: int, value: int) -> int:
    """Return the key of a state that goes on with a value."""
    key = (key ^ value) * -7046029254386353131
    return key ^ key >> 29


@compiled
def place_of(state: Ints, states: Table, slots: Ints) -> int:
    """Return the slot that has a state, or would have it."""
    width, last, key, spot = state.shape[0], slots.shape[0] - 1, 0, 0
    for x in range(width):
        key = mixed(key, state[x])
    spot = int(key & last)
    while slots[spot] >= 0:
        j, alike = slots[spot], True
        for x in range(width):
            alike &= states[j, x] == state[x]
        if alike:
            break
        spot = spot + 1 & last
    return spot


@compiled
def spread(states: Table, low: int, high: int, size: int, width: int) -> Ints:
    """Return larger slots of some rows, which begin with a state so wide."""
    slots = np.full(size, -1, dtype=np.int64)
    for j in range(low, high):
        slots[place_of(states[j, :width], states, slots)] = j
    return slots


@compiled
def no_states(room: int, width: int) -> tuple[Table, Ints]:
    """Return a table of no states yet, and its slots."""
    slots = np.full(4 * room, -1, dtype=np.int64)
    return np.zeros((room, width), dtype=np.int64), slots


@compiled
def entered(
    state: Ints, states: Table, slots: Ints, used: int
) -> tuple[Table, Ints, int, int]:
    """Return the tables with a state in them, how many there are, and its number."""
    spot = place_of(state, states, slots)
    j = slots[spot]
    if j >= 0:
        return states, slots, used, j
    if used == states.shape[0]:
        states = doubled(states)
    slots[spot] = used
    copy_to(states[used], state)
    if 2 * used + 2 > slots.shape[0]:
        slots = spread(states, 0, used + 1, 2 * slots.shape[0], states.shape[1])
    return states, slots, used + 1, used


@compiled
def doubled(table: Table) -> Table:
    """Return a table with as many rows more."""
    more = np.zeros((2 * table.shape[0], table.shape[1]), dtype=np.int64)
    for i in range(table.shape[0]):
        copy_to(more[i], table[i])
    return more
