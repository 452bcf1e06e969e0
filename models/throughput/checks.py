"""What the arguments may be: single numbers, and the slices of capacity."""

from math import inf

import numpy as np
import numpy.typing as npt

from models.errors import InvalidInput

Floats = npt.NDArray[np.float64]


def at_least_zero(**values: float) -> None:
    """Raise :class:`InvalidInput` unless all are finite and ``>= 0``."""
    for name, value in values.items():
        if not 0 <= value < inf:
            raise InvalidInput(f"{name} must be >= 0, got {value}")


def above_zero(**values: float) -> None:
    """Raise :class:`InvalidInput` unless all are finite and ``> 0``."""
    for name, value in values.items():
        if not 0 < value < inf:
            raise InvalidInput(f"{name} must be > 0, got {value}")


def slices(
    capacity_ends: npt.ArrayLike, capacity: npt.ArrayLike, day_ends: npt.ArrayLike
) -> tuple[Floats, Floats, Floats]:
    """Return slice ends, their minutes, day ends; slices go on to the last day."""
    ends, days = _rising("capacity_ends", capacity_ends), _rising("day_ends", day_ends)
    minutes = np.ravel(np.asarray(capacity, dtype=float))
    if minutes.shape != ends.shape:
        raise InvalidInput(
            f"capacity must have a number per slice={ends.size}, got {minutes.size}"
        )
    wrong = ~((minutes >= 0) & (minutes < inf))
    if wrong.any():
        raise InvalidInput(f"capacity must be >= 0, got {minutes[wrong][0]}")
    last = ends.max(initial=0.0)
    if not days.size or days[-1] < last:
        raise InvalidInput(
            f"day_ends must reach the last slice's end={last}, got {days}"
        )
    if days[-1] > last:
        ends, minutes = np.append(ends, days[-1]), np.append(minutes, 0.0)
    return ends, minutes, days


def _rising(name: str, minutes: npt.ArrayLike) -> Floats:
    numbers = np.ravel(np.asarray(minutes, dtype=float))
    steps = np.diff(numbers, prepend=0.0)
    wrong = ~((steps > 0) & (steps < inf))
    if wrong.any():
        i = int(wrong.argmax())
        raise InvalidInput(f"{name} must rise from 0, got {numbers[i]} at position {i}")
    return numbers
