"""What best fills a stretch without breaks: runs of works, and idle time.

``top[e]`` is the most that ``e`` periods from a given start are worth; ``other[e]`` the
most with a last activity other than ``last[e]``, which a work with a longest run needs:
two of its runs in a row would be one.
"""

import numpy as np
import numpy.typing as npt

from models.machine_code import NEVER, compiled
from models.roster.columns.kernels.books import Runs

Ints = npt.NDArray[np.int64]
Table = npt.NDArray[np.int64]


@compiled
def settled(runs: Runs, w: int, n: int) -> int:
    """Return the minutes of a run's n-th period (from 0) in which things get done."""
    lost = min(runs.minutes, max(0, runs.settling[w] - n * runs.minutes))
    return int(runs.minutes - lost)


@compiled
def unsettled(worth: Table, runs: Runs, w: int, p: int) -> int:
    """Return what a run that begins in a period is worth less while it settles."""
    lost, n = 0, 0
    while settled(runs, w, n) < runs.minutes:
        lost += worth[w, p + n] * (runs.minutes - settled(runs, w, n)) // runs.minutes
        n += 1
    return lost


@compiled
def fill_from(
    start: int,
    length: int,
    worth: Table,
    runs: Runs,
    top: Ints,
    other: Ints,
    last: Ints,
    value: Table,
    begin: Table,
) -> None:
    """Find the best fill of each of ``start .. start + e``, ``e <= length``.

    Parameters
    ----------
    worth
        By work and period: value of the work then; ``NEVER`` where it cannot be done.
    top, other, last
        Filled, length ``length + 1``; works are numbered, idle time comes after them.
    value, begin
        Filled, by ``e`` and activity: the most with this activity last, and where its
        last run began.
    """
    works = worth.shape[0]
    top[0], other[0], last[0] = 0, NEVER, works
    for a in range(works + 1):
        value[0, a] = NEVER
    value[0, works] = 0
    open_for = np.zeros(works, dtype=np.int64)
    ahead = np.zeros((works, length + 1), dtype=np.int64)
    for e in range(1, length + 1):
        p = start + e - 1
        value[e, works] = top[e - 1] - runs.idle_cost
        begin[e, works] = e - 1
        for w in range(works):
            value[e, w] = NEVER
            if worth[w, p] == NEVER:
                open_for[w] = 0
                ahead[w, e] = ahead[w, e - 1]
                continue
            open_for[w] += 1
            ahead[w, e] = ahead[w, e - 1] + worth[w, p]
            if open_for[w] < runs.least[w]:
                continue
            if runs.most[w] == 0:
                s = e - runs.least[w]
                found = top[s] + ahead[w, e] - ahead[w, s] - runs.start_cost[w]
                if runs.settling[w]:
                    found -= unsettled(worth, runs, w, start + s)
                where = s
                if open_for[w] > runs.least[w]:
                    longer = value[e - 1, w] + worth[w, p]
                    if longer >= found:
                        found, where = longer, begin[e - 1, w]
                value[e, w], begin[e, w] = found, where
            else:
                for run in range(runs.least[w], min(runs.most[w], open_for[w]) + 1):
                    s = e - run
                    before = other[s] if last[s] == w else top[s]
                    if before == NEVER:
                        continue
                    found = before + ahead[w, e] - ahead[w, s] - runs.start_cost[w]
                    if runs.settling[w]:
                        found -= unsettled(worth, runs, w, start + s)
                    if found > value[e, w]:
                        value[e, w], begin[e, w] = found, s
        top[e], other[e], last[e] = value[e, works], NEVER, works
        for w in range(works):
            if value[e, w] > top[e]:
                other[e] = top[e]
                top[e], last[e] = value[e, w], w
            elif value[e, w] > other[e]:
                other[e] = value[e, w]


@compiled
def fill_table(
    first: int,
    end: int,
    length: int,
    worth: Table,
    runs: Runs,
    table: Table,
) -> None:
    """Fill ``table[p, e]``: the most that periods ``[p, p + e)`` are worth.

    For ``first <= p < end`` and ``p + e <= end``, ``e <= length``.
    """
    works = worth.shape[0]
    top = np.zeros(length + 1, dtype=np.int64)
    other = np.zeros(length + 1, dtype=np.int64)
    last = np.zeros(length + 1, dtype=np.int64)
    value = np.zeros((length + 1, works + 1), dtype=np.int64)
    begin = np.zeros((length + 1, works + 1), dtype=np.int64)
    for p in range(first, end):
        reach = min(length, end - p)
        fill_from(
            p, reach, worth, runs, top, other, last, value, begin,
        )  # fmt: skip
        for e in range(reach + 1):
            table[p, e] = top[e]
    table[end, 0] = 0


@compiled
def fill_codes(
    start: int,
    length: int,
    worth: Table,
    runs: Runs,
    codes: npt.NDArray[np.int16],
) -> None:
    """Write the best fill of ``[start, start + length)`` to ``codes[:length]``.

    A work's number in each of its periods, -1 where idle.
    """
    works = worth.shape[0]
    top = np.zeros(length + 1, dtype=np.int64)
    other = np.zeros(length + 1, dtype=np.int64)
    last = np.zeros(length + 1, dtype=np.int64)
    value = np.zeros((length + 1, works + 1), dtype=np.int64)
    begin = np.zeros((length + 1, works + 1), dtype=np.int64)
    fill_from(
        start, length, worth, runs, top, other, last, value, begin,
    )  # fmt: skip
    e, banned = length, -1
    while e > 0:
        a = -1
        for each in range(works + 1):
            if each != banned and (a < 0 or value[e, each] > value[e, a]):
                a = each
        if a == works:
            codes[e - 1] = -1
            e, banned = e - 1, -1
            continue
        banned = a if runs.most[a] else -1
        s = begin[e, a]
        for p in range(s, e):
            codes[p] = a
        e = s
