"""Compiling a function, typed."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")

NEVER = -(1 << 60)  # value of what cannot be


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Return a function as machine code that lets go of the interpreter's lock.

    The machine code is kept beside the source (or in the user's cache) between runs.
    """
    made = numba.njit(cache=True, nogil=True)(function)
    return cast("Callable[P, R]", made)


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """Return a function as machine code that becomes part of what calls it.

    Handing over a table of many arrays costs more than a small function does.
    """
    made = numba.njit(cache=True, nogil=True, forceinline=True)(function)
    return cast("Callable[P, R]", made)
