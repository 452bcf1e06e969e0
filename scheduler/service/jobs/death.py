"""Ending with another process: a signal that the system sends, whatever kills it."""

import ctypes
import sys

PARENT = "RINGFENCE_FORKED_FOR"  # variable with the process that others are for
_SET_PDEATHSIG = 1


def die_with_parent(signal: int) -> None:
    """Have this process sent a signal as soon as its parent is gone; 0: none.

    The parent is the thread that has started it. Only Linux has this.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_PDEATHSIG, signal)
