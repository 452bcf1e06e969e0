"""Ctrl-C: the first keeps the best roster found, the second gives up."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from scheduler.cli.exits import ExitCode


@contextmanager
def stop_on_interrupt() -> Iterator[threading.Event]:
    """Give an event that the first interrupt sets; the second ends the process.

    Solvers may be deep in a call that cannot be unwound, so the second one does not
    wait for them. Nothing is written while this is in force.
    """
    stop = threading.Event()

    def interrupted(signum: int, frame: FrameType | None) -> None:
        if stop.is_set():
            os._exit(ExitCode.INTERRUPTED)
        stop.set()
        sys.stderr.write("\nstopping with the best roster found; again to give up\n")

    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
