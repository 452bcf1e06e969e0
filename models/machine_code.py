"""Compiling a function, typed."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

import numba
import numpy.typing as npt
from numba.core import types

P = ParamSpec("P")
R = TypeVar("R")

_njit: Any = numba.njit  # its types do not know all of its options
_plain: Any = types.unliteral
NEVER = -(1 << 60)  # value of what cannot be


def entry(function: Callable[P, R]) -> Callable[P, R]:
    """Return a function as machine code that Python may call.

    It lets go of the interpreter's lock, and is kept beside the source (or in the
    user's cache) between runs.
    """
    return _once(function, no_cfunc_wrapper=True)


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Return a function as machine code that only machine code may call.

    What turns Python's tuples of arrays into arguments takes as long to compile as a
    function does, so only those have it that need it; a call from Python is a crash.
    """
    return _once(function, no_cpython_wrapper=True, no_cfunc_wrapper=True)


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """Return a function as machine code that becomes part of what calls it.

    Handing over a table of many arrays costs more than a small function does.
    """
    return _once(
        function, no_cpython_wrapper=True, no_cfunc_wrapper=True, forceinline=True
    )


def lean_entry(function: Callable[P, R]) -> Callable[P, R]:
    """Return an ``entry`` that makes no arrays, and need not count who holds which.

    To count costs ten times as much as what happens where tables of many arrays go from
    function to function.
    """
    return _once(function, no_cfunc_wrapper=True, _nrt=False)


def lean(function: Callable[P, R]) -> Callable[P, R]:
    """Return the same as machine code that only machine code may call."""
    return _once(function, no_cpython_wrapper=True, no_cfunc_wrapper=True, _nrt=False)


def _once(function: Callable[P, R], **options: bool) -> Callable[P, R]:
    """Compile a function once for all whole numbers.

    Left alone numba compiles anew for each number that a call spells out.
    """
    made = _njit(cache=True, nogil=True, **options)(function)
    resolve = made.get_call_template

    def for_any(args: tuple[Any, ...], kws: dict[str, Any]) -> Any:
        return resolve(
            tuple(_plain(arg) for arg in args),
            {name: _plain(kind) for name, kind in kws.items()},
        )

    made.get_call_template = for_any
    return cast("Callable[P, R]", made)


@compiled
def copy_to(target: npt.NDArray[Any], values: npt.NDArray[Any]) -> None:
    """Copy a row of numbers into another that is as long.

    An assignment would bring numpy's rules of shapes and their messages with it, and
    those take seconds to compile.
    """
    for x in range(values.shape[0]):
        target[x] = values[x]
