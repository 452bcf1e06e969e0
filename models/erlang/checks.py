"""What the arguments may be, and how they become arrays of one shape."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from models.errors import InvalidInput

Floats = npt.NDArray[np.float64]

ROUNDING = 1e-12  # 8.5 / 10 <= 0.85 must hold however the last bit is rounded

_RULES: dict[str, Callable[[Floats], npt.NDArray[np.bool_]]] = {
    ">= 0": lambda x: x >= 0,
    "> 0": lambda x: x > 0,
    "in (0, 1)": lambda x: (x > 0) & (x < 1),
    "in (0, 1]": lambda x: (x > 0) & (x <= 1),
    "in [0, 1)": lambda x: (x >= 0) & (x < 1),
}


def checked(name: str, value: npt.ArrayLike, rule: str = ">= 0") -> Floats:
    """Return finite numbers that obey the rule; else :class:`InvalidInput`.

    It names the first wrong number and, in an array, where that is.
    """
    numbers = np.asarray(value, dtype=float)
    for text, right in (
        ("finite", np.isfinite(numbers)),
        (rule, _RULES[rule](numbers)),
    ):
        if not right.all():
            wrong = f"got {numbers[~right][0]}"
            raise InvalidInput(f"{name} must be {text}, {wrong}{place(~right)}")
    return numbers


def place(wrong: npt.NDArray[np.bool_]) -> str:
    """Return where an array is wrong first, as words that go on.

    >>> place(np.array([[False, False], [False, True]])), place(np.array(True))
    (' at [1, 1]', '')
    """
    return f" at {np.argwhere(wrong)[0].tolist()}" if wrong.ndim else ""


def checked_patience(seconds: npt.ArrayLike | None) -> Floats:
    """Return patience ``> 0``; ``None`` is ``inf``: callers never give up."""
    patience = np.asarray(np.inf if seconds is None else seconds, dtype=float)
    checked("patience_seconds", np.where(patience == np.inf, 1.0, patience), "> 0")
    return patience


def voice(
    load: npt.ArrayLike, handle_seconds: npt.ArrayLike, answer_within: npt.ArrayLike
) -> tuple[Floats, Floats, Floats]:
    """Return load, handle time and threshold, each in its range."""
    return (
        checked("load", load),
        checked("handle_seconds", handle_seconds, "> 0"),
        checked("answer_within", answer_within),
    )


def flat(*arrays: Floats) -> tuple[Floats, tuple[int, ...]]:
    """Stack arrays as rows of a table, broadcast and flattened; and their shape."""
    spread = np.broadcast_arrays(*arrays)
    return np.stack([array.ravel() for array in spread]), spread[0].shape
