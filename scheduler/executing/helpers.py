"""Helpers of one solve: processes of this machine that hold the same thing.

They live as long as the solve, since to make what they hold takes seconds, and what
they are asked for, again and again, a fraction of one.
"""

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from models.roster.helpers import Helpers
from scheduler.executing.task import function

_HELD: list[Any] = []  # by a helper; one thing


@dataclass(frozen=True)
class _Helpers:
    """Processes as ``models.roster.helpers`` wants them."""

    pool: ProcessPoolExecutor
    width: int

    def submit(self, work: str, content: bytes) -> "Future[bytes]":
        return self.pool.submit(_done, work, content)


@contextmanager
def helping(count: int, opener: str, common: bytes) -> Iterator[Helpers]:
    """Begin helpers and give them; end them, whatever they are at.

    They end, too, when this process does in any way.
    """
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    pool = ProcessPoolExecutor(count, context, _begin, (theirs, opener, common))
    try:
        yield _Helpers(pool, count)
    finally:
        ours.close()
        theirs.close()
        pool.shutdown(wait=True, cancel_futures=True)


def _begin(theirs: Connection, opener: str, common: bytes) -> None:
    """Make what is held; end the process once whoever began it has hung up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever began it
    threading.Thread(target=_listen, args=(theirs,), daemon=True).start()
    _HELD[:] = [function(opener)(common)]


def _listen(theirs: Connection) -> None:
    theirs.poll(None)
    os._exit(0)


def _done(work: str, content: bytes) -> bytes:
    answer: bytes = function(work)(_HELD[0], content)
    return answer
