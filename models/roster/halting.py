"""Ending at any moment: whatever takes long asks often whether to go on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from weakref import proxy

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


def new_highs() -> highspy.Highs:
    """Return HiGHS without a word, freed as soon as nobody uses it any more.

    As highspy makes it, it refers to itself and is never freed.
    """
    highs = highspy.Highs()
    highs.disableCallbacks()
    for own in highs.callbacks:
        own.highs = proxy(highs)
    highs.setOptionValue("output_flag", False)
    return highs


def run(highs: highspy.Highs, halt: Halt) -> None:
    """Run HiGHS; it ends soon after ``halt`` says so."""
    with _heard(highs, halt) as end:
        highs.cbSimplexInterrupt.subscribe(end)
        highs.cbIpmInterrupt.subscribe(end)
        highs.cbMipInterrupt.subscribe(end)
        highs.run()


def run_whole(
    highs: highspy.Highs,
    halt: Halt,
    better: Callable[[Any], None],
    told: Callable[[Any], None],
) -> None:
    """Run HiGHS on a mixed integer program; it ends soon after ``halt`` says so.

    ``better`` hears of each better solution and ``told`` of each line of its log, both
    as HiGHS's events. Nobody is asked in the middle of a simplex: each time that would
    wait for the interpreter.
    """
    with _heard(highs, halt) as end:
        highs.cbMipInterrupt.subscribe(end)
        highs.cbMipImprovingSolution.subscribe(better)
        highs.cbMipLogging.subscribe(told)
        highs.run()


@contextmanager
def _heard(highs: highspy.Highs, halt: Halt) -> Iterator[Callable[[Any], None]]:
    """Let HiGHS call back; yields what ends it where ``halt`` says so."""

    def end(event: Any) -> None:
        if halt():
            event.interrupt()

    highs.enableCallbacks()
    try:
        yield end
    finally:
        highs.clearCallbacks()
        highs.disableCallbacks()
