"""The processes that work: started warm, bounded, thrown away after some work."""

import asyncio
import ctypes
import resource
import shutil
import signal
import tempfile
from collections.abc import Iterator
from concurrent.futures import TimeoutError as TookTooLong
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from scheduler.collecting import look_rarely
from scheduler.service.forking import CONTEXT, preload
from scheduler.service.http.desk.given import Answer, Given
from scheduler.service.http.problems import Refusal
from scheduler.service.scratch import keep_in
from scheduler.service.tracing import span

TASKS = "scheduler.service.http.desk.tasks"
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_MEGABYTE = 1 << 20


class Desk:
    """Runs tasks, so many at a time; refuses more than so many that wait.

    Parameters
    ----------
    folder
        Where uploads lie while they are worked on; it goes when the desk is closed.
    memory
        Megabytes that a process may take beyond what it starts with.
    worked_out
        Tasks after which a process makes way for a fresh one; 0: it stays.
    """

    def __init__(
        self,
        folder: Path,
        *,
        workers: int,
        waiting: int,
        seconds: float,
        memory: int,
        worked_out: int = 200,
    ) -> None:
        self._folder = folder
        self._most, self._seconds = workers + waiting, seconds
        self._there = 0
        self._is_starting = self._is_warm = False
        preload(TASKS)
        self._pool = ProcessPool(
            max_workers=workers,
            max_tasks=worked_out,
            initializer=_bounded,
            initargs=(memory * _MEGABYTE,),
            context=CONTEXT,
        )

    def warm(self) -> None:
        """Start a process, so that the first who asks need not wait for it.

        Blocks until what it is forked from is loaded: minutes where the engine is still
        to be compiled.
        """
        self._is_starting = True
        self._pool.schedule(_ready)
        self._is_warm = True

    def close(self) -> None:
        """Stop all processes, whatever they do.

        Those that are only about to start are not waited for: they end with this one.
        """
        if self._is_warm or not self._is_starting:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join(timeout=5)
        shutil.rmtree(self._folder, ignore_errors=True)

    @contextmanager
    def room(self) -> Iterator[Path]:
        """Give a folder that is gone afterwards; refuse where too many have one."""
        if self._there >= self._most:
            raise Refusal(
                "unavailable",
                "too much is being worked on; ask again",
                headers={"Retry-After": "2"},
            )
        self._there += 1
        try:
            place = Path(tempfile.mkdtemp(dir=self._folder))
            try:
                yield place
            finally:
                shutil.rmtree(place, ignore_errors=True)
        finally:
            self._there -= 1

    async def run(self, task: str, given: Given) -> Answer:
        """Return what a task of ``tasks`` answers.

        Raises
        ------
        Refusal
            As the task refuses, or when it takes too much time or memory.
        """
        if not self._is_warm:  # the loop goes on, and answers others
            await asyncio.to_thread(self.warm)
        future = self._pool.schedule(_run, args=(task, given), timeout=self._seconds)
        try:
            with span(task):
                done: Answer | Refusal = await asyncio.wrap_future(future)
        except (TookTooLong, TimeoutError):
            told = f"it takes more than {self._seconds:g} s"
            raise Refusal("beyond-limits", told) from None
        except ProcessExpired:
            told = "it takes more memory than the service gives"
            raise Refusal("beyond-limits", told) from None
        if isinstance(done, Refusal):
            raise done
        return done


def _bounded(memory: int) -> None:
    """Make this process one that ends with its parent and takes only so much more."""
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    most = _address_space() + memory
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    look_rarely()


def _address_space() -> int:
    """Return how much this process has: all that its server has loaded."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()


def _ready() -> None:
    """Do nothing: the process is there."""


def _run(task: str, given: Given) -> Answer | Refusal:
    """Carry out a task; return what the client should mend instead of raising it."""
    tasks = import_module(TASKS)
    keep_in(Path(given.folder))
    try:
        answer: Answer = tasks.TASKS[task](given)
    except Exception as error:
        refusal: Refusal | None = tasks.refusal_of(error)
        if refusal is None:
            raise
        return refusal
    return answer
