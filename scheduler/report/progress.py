"""What an engine is doing, while it does it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.live import Live
from rich.text import Text

from models.roster.columns import COMPILING
from models.roster.problem import UNIT
from models.roster.result import Progress
from scheduler.report.words import ratio

SECONDS_BETWEEN_LINES = 5.0


class Watcher:
    """Shows the progress of a solve: one live line on a terminal, else some lines."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._begun = time.monotonic()
        self._last: Progress | None = None
        self._told = -SECONDS_BETWEEN_LINES
        self._live: Live | None = None

    @contextmanager
    def shown(self) -> Iterator["Watcher"]:
        """Show what is told in here."""
        if not self._console.is_terminal:
            yield self
            return
        with Live(
            console=self._console,
            get_renderable=self._line,
            refresh_per_second=4,
            transient=True,
        ) as self._live:
            yield self

    def __call__(self, progress: Progress) -> None:
        """Take note of how far the engine is; print a line when it is time for one."""
        before, self._last = self._last, progress
        if before is not None and progress.seconds < before.seconds:  # compiled by now
            self._begun, self._told = time.monotonic(), -SECONDS_BETWEEN_LINES
        if self._live is not None:
            return
        first = progress.best is not None and (before is None or before.best is None)
        if first or progress.seconds - self._told >= SECONDS_BETWEEN_LINES:
            self._told = progress.seconds
            self._console.print(line(progress, progress.seconds))

    def _line(self) -> Text:
        """Return the live line, with a clock that runs on between two tellings."""
        seconds = time.monotonic() - self._begun
        return line(self._last or Progress("starting", seconds, None, None), seconds)


def line(progress: Progress, seconds: float) -> Text:
    """Return phase, time, best, bound and gap in one line.

    >>> print(line(Progress("search", 12, 110 * UNIT, 100 * UNIT), 12.4))
     12 s  search      best     110.0  bound     100.0  gap  10.0%
    """
    best, bound = progress.best, progress.bound
    if progress.phase == COMPILING:
        return Text(f"{seconds:3.0f} s  compiling   the engine, once for this machine")
    start = f"{seconds:3.0f} s  {progress.phase:<10}  "
    if best is None:
        return Text(f"{start}no roster yet   bound {_cost(bound):>9}")
    gap = "-" if progress.gap is None else ratio(progress.gap)
    return Text(f"{start}best {_cost(best):>9}  bound {_cost(bound):>9}  gap {gap:>6}")


def _cost(units: int | None) -> str:
    return "-" if units is None else f"{units / UNIT:,.1f}"
