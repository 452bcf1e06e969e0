"""Ending at any moment: whatever takes long asks often whether to go on."""

from collections.abc import Callable
from typing import Any

import highspy

Halt = Callable[[], bool]


class Halted(Exception):
    """The search was told to end."""


def never() -> bool:
    """Go on to the end."""
    return False


def go_on(halt: Halt) -> None:
    """Raise ``Halted`` if it is time to end."""
    if halt():
        raise Halted


def heed(highs: highspy.Highs, halt: Halt) -> None:
    """Let a run of HiGHS end soon after ``halt`` says so."""

    def end(event: Any) -> None:
        if halt():
            event.interrupt()

    highs.cbSimplexInterrupt.subscribe(end)
    highs.cbIpmInterrupt.subscribe(end)
    highs.cbMipInterrupt.subscribe(end)
