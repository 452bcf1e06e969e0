"""Where breaks and meetings of a shift best lie, given what time between is worth."""

import numpy as np
import numpy.typing as npt

from models.machine_code import NEVER, compiled

Ints = npt.NDArray[np.int64]
Table = npt.NDArray[np.int64]


@compiled
def place(
    start: int,
    end: int,
    stops: Table,
    spacing: int,
    table: Table,
    starts: Ints,
) -> int:
    """Return the most that a shift ``[start, end)`` is worth, and where stops start.

    Parameters
    ----------
    stops
        A row for each break and meeting: periods, first and last period in which it may
        start, 1 if it is a break, and which stops (as bits) must come before it.
    spacing
        Periods from a break's end to the next break's start at least.
    table
        As of ``fill_table``.
    starts
        Filled with the periods in which the stops start.

    Notes
    -----
    Stops are placed in order of time; what is known on the way is which have been
    (``mask``), when the last of them ended (``t``), and when the last break did
    (``b``), which is only kept apart where meetings may lie between two breaks.
    """
    count, size = stops.shape[0], end - start
    if count == 0:
        return int(table[start, size])
    breaks = 0
    for o in range(count):
        breaks += stops[o, 3]
    apart = size + 1 if spacing > 0 and 0 < breaks < count else 1
    full = (1 << count) - 1
    best = np.full((full + 1, size + 1, apart), NEVER, dtype=np.int64)
    back = np.zeros((full + 1, size + 1, apart, 4), dtype=np.int32)
    best[0, 0, 0] = 0
    for mask in range(full):
        for t in range(size):
            for b in range(apart):
                here = best[mask, t, b]
                if here == NEVER:
                    continue
                for o in range(count):
                    if mask >> o & 1 or stops[o, 4] & ~mask:
                        continue
                    first = max(stops[o, 1] - start, t)
                    if stops[o, 3] and spacing > 0:
                        ended = b if apart > 1 else t
                        if ended > 0:
                            first = max(first, ended + spacing)
                    until = min(stops[o, 2] - start, size - stops[o, 0])
                    after = mask | 1 << o
                    for u in range(first, until + 1):
                        t2 = u + stops[o, 0]
                        b2 = 0
                        if apart > 1:
                            b2 = t2 if stops[o, 3] else b
                        found = here + table[start + t, u - t]
                        if found > best[after, t2, b2]:
                            best[after, t2, b2] = found
                            back[after, t2, b2, 0] = t
                            back[after, t2, b2, 1] = b
                            back[after, t2, b2, 2] = o
                            back[after, t2, b2, 3] = u
    most, at, at_b = NEVER, 0, 0
    for t in range(size + 1):
        for b in range(apart):
            if best[full, t, b] > NEVER:
                found = best[full, t, b] + table[start + t, size - t]
                if found > most:
                    most, at, at_b = found, t, b
    mask = full
    while most > NEVER and mask:
        step = back[mask, at, at_b]
        starts[step[2]] = start + step[3]
        mask &= ~(1 << step[2])
        at, at_b = step[0], step[1]
    return most
