"""What callers may hope for who find all people on calls."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, pdtrc

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

NOBODY = -1  # row of what nobody may hope for
_WIDE = 8.0  # deviations beyond which nothing happens


class Hopes(NamedTuple):
    """Tables by who is there, and by how many wait before one.

    Attributes
    ----------
    row
        By step: its row of the tables; ``NOBODY`` where nobody is there.
    in_time, early
        Chances to be answered within the threshold and to give up within it, shape
        ``(rows, places)``. Beyond the last place nobody is answered in time.
    early_at_last
        What ``early`` is there.
    """

    row: Ints
    in_time: Floats
    early: Floats
    early_at_last: float


def hopes(people: Ints, handle: Floats, within: float, patience: float) -> Hopes:
    """Return what callers may hope for in each step while nobody comes or goes.

    Parameters
    ----------
    people, handle
        By step: people on calls, and how long one takes them on average; seconds.
    within, patience
        Seconds; the patience may be endless.
    """
    times, which = np.unique(handle, return_inverse=True)
    kinds, row = np.unique(people * len(times) + which, return_inverse=True)
    some = kinds >= len(times)
    rows = [
        _hopes(kind // len(times), times[kind % len(times)], within, patience)
        for kind in kinds[some].tolist()
    ]
    last = float(-np.expm1(-within / patience))
    places = max((len(in_time) for in_time, _ in rows), default=1)
    in_time, early = np.zeros((len(rows), places)), np.full((len(rows), places), last)
    for number, each in enumerate(rows):
        in_time[number, : len(each[0])], early[number, : len(each[1])] = each
    numbers = np.where(some, np.cumsum(some) - 1, NOBODY)
    return Hopes(numbers[row], in_time, early, last)


@lru_cache(maxsize=10_000)
def _hopes(
    people: int, handle: float, within: float, patience: float
) -> tuple[Floats, Floats]:
    """Return a row of each table.

    With ``m`` before one the wait ``S`` is a sum of exponential times of the rates
    ``n / H + j / P``, ``j = 0..m``: ``Y = exp(-S / P)`` is beta distributed with
    ``n P / H`` and ``m + 1``. Who gives up at the rate ``1 / P`` is answered within
    ``T`` with the chance ``E[Y; Y >= exp(-T / P)]``. With endless patience ``S`` is an
    Erlang time.
    """
    ends = within * people / handle  # calls that end within the threshold
    places = np.arange(int(ends + _WIDE * np.sqrt(ends) + _WIDE))
    if np.isinf(patience):
        return np.asarray(pdtrc(places, ends), dtype=float), np.zeros(len(places))
    a = people * patience / handle
    left = np.exp(-within / patience)
    late = np.asarray(betainc(a + 1, places + 1, left), dtype=float)
    in_time = a / (a + places + 1) * (1 - late)
    waits_on = left * betainc(a, places + 1, left)
    return in_time, np.maximum(0.0, np.asarray(1 - in_time - waits_on))
