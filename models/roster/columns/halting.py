"""Ending at any moment: whatever takes long asks often whether to go on."""

from collections.abc import Callable

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
