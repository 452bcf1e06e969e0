"""The chain of the number of calls, step by step, in compiled code."""

import numpy as np
import numpy.typing as npt

from models.machine_code import lean, lean_entry
from models.transient.waits import NOBODY, Hopes

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

IN_TIME, ANSWERED, EARLY = range(3)  # shares of the calls of a step
PEOPLE, OUT, INTO = range(3)  # in each step, and what changed at its start
_NEGLIGIBLE = 1e-12  # chance


@lean_entry
def play(
    step: float,
    staff: Ints,
    rate: Floats,
    ends: Floats,
    gives_up: float,
    hopes: Hopes,
    chance: Floats,
    room: Floats,
    found: Floats,
) -> None:
    """Follow the chain of the number of calls through all steps.

    Parameters
    ----------
    step
        Seconds of a step.
    staff
        By step ``PEOPLE`` and so on, shape ``(steps, 3)``.
    rate, ends, gives_up
        By step calls a second, and the rate at which a person ends one; that at which
        a waiting caller gives up.
    hopes
        What a caller may hope for in each step.
    chance
        Of each number of calls: at the start and, once played, at the end.
    room
        To reckon in, as long as ``chance``.
    found
        To be filled: shares of the calls of each step, shape ``(steps, 3)``.

    Notes
    -----
    Who is to leave ends the call first (exhaustive discipline): it goes out of the
    chain with them. Within a step the forward equations are solved by the implicit
    method of Euler, which keeps chances positive and their sum.
    """
    low, high = 0, len(chance) - 1
    here = 0
    for t in range(len(staff)):
        for _ in range(staff[t, OUT]):
            _leaves(chance, low, high, here)
            here -= 1
        low = max(0, low - staff[t, OUT])
        here += staff[t, INTO]
        _judge(chance, low, high, here, gives_up / ends[t], hopes, t, found)
        drift = abs(rate[t] - min(here, high) * ends[t]) * step
        spread = 6.0 * np.sqrt((rate[t] + here * ends[t]) * step)
        low = max(0, low - 6 - int(drift + spread))
        high = min(len(chance) - 1, high + 6 + int(drift + spread))
        _moves(
            chance,
            low,
            high,
            here,
            step * rate[t],
            step * ends[t],
            step * gives_up,
            room,
        )
        while low < high and chance[low] < _NEGLIGIBLE:
            chance[low] = 0.0
            low += 1
        while low < high and chance[high] < _NEGLIGIBLE:
            chance[high] = 0.0
            high -= 1
        _judge(chance, low, high, here, gives_up / ends[t], hopes, t, found)


@lean_entry
def most_calls(staff: Ints, rate: Floats, ends: Floats, gives_up: float) -> float:
    """Return how many calls there are at a time at most, by their means.

    Rates are per step: calls, ends of one by a person, of one by who waits.
    """
    calls, most = 0.0, 0.0
    for t in range(len(staff)):
        served = min(calls, float(staff[t, PEOPLE]))
        calls += rate[t] - served * ends[t] - (calls - served) * gives_up
        most = max(most, max(calls, float(staff[t, PEOPLE])))
    return most


@lean
def _leaves(chance: Floats, low: int, high: int, here: int) -> None:
    """Let one of the people here leave, with the call if on one."""
    for calls in range(max(1, low), high + 1):
        busy = chance[calls] * (min(calls, here) / here)
        chance[calls] -= busy
        chance[calls - 1] += busy


@lean
def _moves(
    chance: Floats,
    low: int,
    high: int,
    here: int,
    rate: float,
    ends: float,
    gives_up: float,
    room: Floats,
) -> None:
    """Move the chances of ``low`` to ``high`` calls by a step; rates are per step."""
    # (1 + rate + down[k]) x[k] - rate x[k-1] - down[k+1] x[k+1] = chance[k]
    factor, value = 0.0, 0.0
    for k in range(low, high + 1):
        up = rate if k < high else 0.0
        down = min(k, here) * ends + max(0, k - here) * gives_up if k > low else 0.0
        above = min(k + 1, here) * ends + max(0, k + 1 - here) * gives_up
        pivot = 1.0 + up + down - (rate * factor if k > low else 0.0)
        value = (chance[k] + (rate * value if k > low else 0.0)) / pivot
        factor = above / pivot
        room[k] = factor
        chance[k] = value
    for k in range(high - 1, low - 1, -1):
        chance[k] += room[k] * chance[k + 1]


@lean
def _judge(
    chance: Floats,
    low: int,
    high: int,
    here: int,
    impatience: float,
    hopes: Hopes,
    t: int,
    found: Floats,
) -> None:
    """Add half of what calls may hope for that come at one end of step ``t``.

    ``impatience``: the rate of giving up / that of ending a call.
    """
    row = hopes.row[t]
    for k in range(low, high + 1):
        part = 0.5 * chance[k]
        place = k - here
        if place < 0:
            found[t, IN_TIME] += part
            found[t, ANSWERED] += part
            continue
        if impatience == 0:
            found[t, ANSWERED] += part
        else:
            found[t, ANSWERED] += part * here / (here + (place + 1) * impatience)
        if row != NOBODY and place < hopes.in_time.shape[1]:
            found[t, IN_TIME] += part * hopes.in_time[row, place]
            found[t, EARLY] += part * hopes.early[row, place]
        else:
            found[t, EARLY] += part * hopes.early_at_last
