"""Progress of a solve, and keeping it interruptible: for every engine."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from models.roster.result import Gives, Progress, StopReason

Watch = Callable[[Progress], None]
T = TypeVar("T")
_POLL_SECONDS = 0.05


class Flag(Protocol):
    """Says whether to stop; a ``threading.Event`` is one."""

    def is_set(self) -> bool:
        """Return whether to stop."""


@dataclass
class Track:
    """Best and bound over time, told to whoever watches.

    ``round`` is the engine's to count: what is told bears it.
    """

    watch: Watch | None = None
    since: float = field(default_factory=time.monotonic)
    best: int | None = None
    bound: int | None = None
    round: int = 0
    seen: list[Progress] = field(default_factory=list)
    _gives: Callable[[], Gives] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def seconds(self) -> float:
        """Return the seconds since the solve began."""
        return time.monotonic() - self.since

    def tell(
        self,
        phase: str,
        *,
        best: int | None = None,
        bound: int | None = None,
        gives: Callable[[], Gives] | None = None,
    ) -> None:
        """Enter a new best or bound; what is no better than known is not news.

        ``gives`` works out what the best roster gives. It may be called from several
        threads.
        """
        with self._lock:
            self._tell(phase, best, bound, gives)

    def _tell(
        self,
        phase: str,
        best: int | None,
        bound: int | None,
        gives: Callable[[], Gives] | None,
    ) -> None:
        before = (self.best, self.bound)
        if best is not None and (self.best is None or best < self.best):
            self.best, self._gives = best, gives
        if bound is not None and (self.bound is None or bound > self.bound):
            self.bound = bound
        if (self.best, self.bound) != before:
            now = Progress(phase, self.seconds(), self.best, self.bound, self.round)
            self.seen.append(now)
            if self.watch:
                self.watch(replace(now, gives=self._gives))


def run_aside(
    work: Callable[[], T],
    *,
    stop: Flag | None = None,
    end: Callable[[], None] | None = None,
) -> T:
    """Return what ``work`` returns; it runs in a thread of its own.

    Solvers let go of the interpreter, so the calling thread still hears an interrupt
    from the keyboard. Once ``stop`` is set, ``end`` is called until the work is done.
    """
    results: list[T] = []
    errors: list[BaseException] = []

    def target() -> None:
        try:
            results.append(work())
        except BaseException as error:  # handed to the calling thread
            errors.append(error)

    thread = threading.Thread(target=target, daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(_POLL_SECONDS)
        if end and stop and stop.is_set():
            end()
    if errors:
        raise errors[0]
    return results[0]


def as_stopped(stop: Flag | None) -> StopReason:
    """Return why a solve ended that found no end of its own."""
    return StopReason.STOPPED if stop and stop.is_set() else StopReason.TIME_LIMIT
