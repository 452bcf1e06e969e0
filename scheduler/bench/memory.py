"""The most memory that this process and its children have used."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

if sys.platform != "win32":
    import resource

MB = 1_000_000  # bytes
SECONDS_BETWEEN = 0.1


class PeakMemory:
    """Watches the memory of the process tree.

    Memory that parent and child share is counted for each of them.
    """

    def __init__(self) -> None:
        self._process = psutil.Process()
        self._bytes = 0
        self._done = threading.Event()

    @contextmanager
    def watching(self) -> Iterator["PeakMemory"]:
        """Watch what is done in here."""
        thread = threading.Thread(target=self._watch, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._done.set()
            thread.join()

    @property
    def megabytes(self) -> float:
        """The most seen, or that the process by itself had since its start; MB."""
        return max(self._bytes, _own_peak()) / MB

    def _watch(self) -> None:
        while True:
            self._bytes = max(self._bytes, self._now())
            if self._done.wait(SECONDS_BETWEEN):
                return

    def _now(self) -> int:
        """Return the bytes in use now; a child that has just ended has none."""
        total = 0
        for each in (self._process, *self._process.children(recursive=True)):
            try:
                total += each.memory_info().rss
            except psutil.Error:
                continue
        return total


def _own_peak() -> int:
    """Return the most bytes that this process itself has used; 0 if nobody knows."""
    if sys.platform == "win32":
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak
