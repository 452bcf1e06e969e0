"""Tasks in processes of this machine, a process of its own for each."""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import IO

from models.roster.helpers import Helpers
from scheduler.executing.helpers import helping
from scheduler.executing.task import (
    GRACE_SECONDS,
    Done,
    Task,
    environment,
    processors,
)

_POLL_SECONDS = 0.1
_TRIES = 3  # of a task whose process has died
_COMMAND = [sys.executable, "-P", "-m", "scheduler.executing.child"]


@dataclass(frozen=True)
class Processes:
    """Runs tasks in processes that end when this one does.

    Attributes
    ----------
    count
        How many at a time; 0: as many as there are processors for ``threads``.
    threads
        That each task uses.
    """

    count: int = 0
    threads: int = 1

    @property
    def width(self) -> int:
        """How many tasks run at a time."""
        return self.count or max(1, processors() // max(1, self.threads))

    def helpers(self, opener: str, common: bytes) -> AbstractContextManager[Helpers]:
        """Give helpers of one solve (``models.roster.helpers``)."""
        return helping(self.width, opener, common)

    def run(
        self, work: str, tasks: Sequence[Task], stop: threading.Event
    ) -> Iterator[Done]:
        """Yield what comes of tasks (see ``Executor``)."""
        room = _Room(work, self.threads, stop)
        pool = ThreadPoolExecutor(max(1, min(self.width, len(tasks))))
        try:
            for task in tasks:
                pool.submit(room.settle, task)
            left = len(tasks)
            while left:
                room.heed()
                with suppress(Empty):
                    found = room.answers.get(timeout=_POLL_SECONDS)
                    left -= 1
                    if found is not None:
                        yield found
        finally:
            room.clear()
            pool.shutdown(cancel_futures=True)


@dataclass(eq=False)
class _Room:
    """The processes that run; ``answers`` has ``None`` for a task left undone."""

    work: str
    threads: int
    stop: threading.Event
    answers: "SimpleQueue[Done | None]" = field(default_factory=SimpleQueue)
    live: set["subprocess.Popen[bytes]"] = field(default_factory=set)
    heeding: set["subprocess.Popen[bytes]"] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)
    closed: bool = False
    told_at: float | None = None

    def settle(self, task: Task) -> None:
        """Do a task, again where its process has died without an answer."""
        try:
            self.answers.put(self._done(task))
        except BaseException as error:  # whoever waits for the answer must not for ever
            self.answers.put(Done(task.key, None, f"not begun: {error!r}"))

    def _done(self, task: Task) -> Done | None:
        why = ""
        for _ in range(_TRIES):
            if self.stop.is_set() or self.closed:
                return None
            answer, why = self._once(task)
            if answer[:1] == b"+":
                return Done(task.key, answer[1:])
            if answer:
                return Done(task.key, None, answer[1:].decode())
        return None if self.stop.is_set() else Done(task.key, None, why)

    def _once(self, task: Task) -> tuple[bytes, str]:
        """Return what a process answers, nothing where it has died; and why it did."""
        with tempfile.TemporaryFile() as words:
            process = self._begun(words.fileno())
            try:
                answer = self._asked(process, task)
                code = process.wait()
            finally:
                process.kill()
                process.wait()
                with self.lock:
                    self.live.discard(process)
                    self.heeding.discard(process)
                _close(process)
            return (answer, "") if code == 0 else (b"", _why(code, words))

    def _asked(self, process: "subprocess.Popen[bytes]", task: Task) -> bytes:
        """Hand a task to a process and return its answer, when there is one."""
        assert process.stdin is not None and process.stdout is not None
        with suppress(BrokenPipeError):
            process.stdin.write(f"{self.work} {len(task.content)}\n".encode())
            process.stdin.write(task.content)
            process.stdin.flush()
        with self.lock:
            self.heeding.add(process)
        if self.stop.is_set():
            _tell(process)
        return process.stdout.read()

    def _begun(self, words: int) -> "subprocess.Popen[bytes]":
        # A session of its own: Ctrl-C is this process's to pass on.
        paths = [path or os.curdir for path in sys.path]
        own = {**os.environ, **environment(self.threads)}
        own["PYTHONPATH"] = os.pathsep.join(paths)
        with self.lock:
            if self.closed:
                raise InterruptedError
            process = subprocess.Popen(
                _COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=words,
                env=own,
                start_new_session=True,
            )
            self.live.add(process)
        return process

    def heed(self) -> None:
        """Pass on that it is to stop; end whoever does not heed it in time."""
        if not self.stop.is_set():
            return
        now = time.monotonic()
        if self.told_at is None:
            self.told_at = now
            with self.lock:
                for process in self.heeding:
                    _tell(process)
        elif now - self.told_at > GRACE_SECONDS:
            self._kill()

    def clear(self) -> None:
        """End every process, and begin no other."""
        self.closed = True
        self._kill()

    def _kill(self) -> None:
        with self.lock:
            for process in self.live:
                process.kill()


def _tell(process: "subprocess.Popen[bytes]") -> None:
    """Ask a process to stop with the best it has found."""
    assert process.stdin is not None
    with suppress(OSError, ValueError):
        os.write(process.stdin.fileno(), b"s")


def _close(process: "subprocess.Popen[bytes]") -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):
                pipe.close()


def _why(code: int, words: IO[bytes]) -> str:
    """Return why a process ended without an answer."""
    words.seek(0)
    lines = words.read().decode(errors="replace").split("\n")
    last = next((line.strip() for line in reversed(lines) if line.strip()), "")
    end = f"by signal {-code}" if code < 0 else f"with code {code}"
    return f"its process ended {end}" + (f": {last[:200]}" if last else "")
