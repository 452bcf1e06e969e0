"""The least whole numbers that are enough, for all elements at once."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from models.erlang.checks import Floats, place
from models.errors import InvalidInput

Enough = Callable[[npt.NDArray[np.int64], Floats], npt.NDArray[np.bool_]]


def least_whole(
    first: Floats, enough: Enough, most: float, shape: tuple[int, ...]
) -> Floats:
    """Return the least whole agents of each element, by bracket and bisection; 1-D.

    Parameters
    ----------
    first
        A first guess, whole; 0 where nobody is needed.
    enough
        Whether some elements have enough, given the agents of all of them.
    most
        Agents from which on it is an error, which names the place in ``shape``.
    """
    low, high = np.zeros_like(first), first.copy()
    todo = np.flatnonzero(first > 0)
    while (todo := todo[~enough(todo, high)]).size:
        low[todo] = high[todo]
        high[todo] *= 2
        if high.max() > most:
            here = place(np.reshape(high > most, shape))
            raise InvalidInput(f"no {most:.0f} agents reach the targets{here}")
    while (todo := np.flatnonzero(high - low > 1)).size:
        middle = np.floor((low + high) / 2)
        met = enough(todo, middle)
        high[todo[met]] = middle[todo[met]]
        low[todo[~met]] = middle[todo[~met]]
    return high
