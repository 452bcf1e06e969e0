"""Processes of jobs, from the side of who starts them.

They are forked from a server of their own, which has imported all that they need and
runs no threads: a job starts within milliseconds. That server ends with this process,
and its children with it.
"""

import json
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from scheduler.service import forking
from scheduler.service.forking import CONTEXT, STARTING
from scheduler.service.jobs.records import JobStatus
from scheduler.service.jobs.work import Work, run
from scheduler.service.store.blobs import Blob

#: What the server that children are forked from imports, before anything else.
PRELOADED = ("scheduler.service.jobs.preloaded",)
_LAST = ("end", "invalid", "memory", "crash")  # kinds of last messages
_TAIL = 65_536  # bytes of what libraries print that are kept
_AFTER_END = 5.0  # seconds to be gone after the last message

_NO_MEMORY = (  # what libraries say of it; the stack of a thread is memory, too
    "bad_alloc",
    "MemoryError",
    "out of memory",
    "Cannot allocate memory",
    "can't start new thread",
    "Resource temporarily unavailable",
    "terminate called recursively",
)


class Killed(StrEnum):
    """Why a child was killed."""

    DISCARDED = "discarded"  #: nobody wants its answer any more
    RELEASED = "released"  #: the worker shuts down
    OVERDUE = "overdue"  #: it did not end in time


@dataclass(frozen=True)
class Gone:
    """What is known once a child is gone.

    Attributes
    ----------
    last
        Its last message: end, invalid, memory or crash; empty where it had none.
    code
        Exit code; that of a signal is negative.
    printed
        The end of what libraries printed.
    overdue
        Whether it was stopped for want of time.
    """

    last: Mapping[str, Any]
    files: Mapping[str, Blob]
    code: int
    printed: str
    killed: Killed | None
    overdue: bool = False


@dataclass
class Child:
    """A running child; ``stop`` and ``kill`` may be called from any thread."""

    process: ForkServerProcess
    pid: int
    talk: Connection
    errors: Connection
    deadline: float
    grace: float
    extra: float
    folder: Path
    gone: bool = False
    killed: Killed | None = None
    stopping: bool = False
    checking: bool = False
    overdue: bool = False
    printed: bytes = b""
    files: dict[str, Blob] = field(default_factory=dict)
    last: Mapping[str, Any] = field(default_factory=dict)

    def stop(self) -> None:
        """Ask for the best roster so far; kill it if none comes in time."""
        if not self.stopping:
            self.stopping = True
            if not self.checking:
                self.deadline = min(self.deadline, time.monotonic() + self.grace)
            self._signal(signal.SIGTERM)

    def kill(self, why: Killed) -> None:
        """End it now, with whatever it has started."""
        self.killed = self.killed or why
        self._signal(signal.SIGKILL)

    def follow(self, heard: Callable[[Mapping[str, Any]], None]) -> Gone:
        """Hand on its messages until it is gone.

        Whatever ``heard`` raises ends the child.
        """
        try:
            for message in self._messages():
                heard(message)
        finally:
            code = self._end()
        text = self.printed.decode(errors="replace")
        return Gone(self.last, self.files, code, text, self.killed, self.overdue)

    def _end(self) -> int:
        """Leave nothing of it; return its exit code."""
        self._signal(signal.SIGKILL)
        wait([self.process.sentinel])
        self.gone = True
        with STARTING:
            self.process.join()
            code = self.process.exitcode or 0
            self.process.close()
        while wait([self.errors], 0) and self._print():
            pass
        self.talk.close()
        self.errors.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        return code

    def _messages(self) -> Iterator[Mapping[str, Any]]:
        sentinel = self.process.sentinel
        prints = [self.errors]
        while True:
            left = max(0.0, self.deadline - time.monotonic())
            ready = wait([self.talk, sentinel, *prints], left)
            if self.errors in ready and not self._print():
                prints = []
            if self.talk in ready:
                message = self._hear()
                if message is None or message["kind"] in _LAST:
                    self.last = message or {}
                    wait([sentinel], _AFTER_END)
                    return
                if message.get("status") == JobStatus.CHECKING:
                    self._found()
                yield message
            elif sentinel in ready:
                return
            elif not ready:
                self._overdue()

    def _hear(self) -> Mapping[str, Any] | None:
        """Return the next message, ``None`` after the last; keep files."""
        try:
            while True:
                message: Mapping[str, Any] = json.loads(self.talk.recv_bytes())
                if message["kind"] != "file":
                    return message
                content = self.talk.recv_bytes()
                self.files[message["name"]] = Blob(
                    message["hash"], message["size"], content
                )
        except (EOFError, OSError):
            return None

    def _found(self) -> None:
        """Let it check and write what it has: the grace is for the search alone."""
        if self.stopping and not self.checking:
            self.deadline = time.monotonic() + self.extra
        self.checking = True

    def _overdue(self) -> None:
        """Stop what is late, kill what is late after that."""
        if self.stopping:
            self.kill(Killed.OVERDUE)
            self.deadline = time.monotonic() + _AFTER_END
        else:
            self.overdue = True
            self.stop()
            self.deadline = time.monotonic() + self.grace

    def _print(self) -> bool:
        """Keep the end of what was printed; return whether there was more."""
        more = b""
        with suppress(OSError):
            more = os.read(self.errors.fileno(), _TAIL)
        self.printed = (self.printed + more)[-_TAIL:]
        if more and not self.stopping and lacks_memory(self.printed.decode("latin-1")):
            # What has no memory may as well hang as end.
            self.stopping = True
            self.deadline = min(self.deadline, time.monotonic() + _AFTER_END)
        return bool(more)

    def _signal(self, number: signal.Signals) -> None:
        """Signal its whole group, or it alone before it has one."""
        if self.gone:
            return
        for send in (os.killpg, os.kill):
            with suppress(ProcessLookupError, PermissionError):
                send(self.pid, number)


def lacks_memory(words: str) -> bool:
    """Whether these are words of a library that got no memory."""
    return any(each in words for each in _NO_MEMORY)


def preload() -> None:
    """Start the server that children are forked from, without waiting for it."""
    forking.preload(*PRELOADED)
    forkserver.ensure_running()


def start(work: Work, seconds: float, grace: float, extra: float) -> Child:
    """Start a child that may take so many seconds of wall time, and then the grace.

    One that has stopped within the grace has ``extra`` seconds to check and write.
    """
    talk, his_talk = CONTEXT.Pipe(duplex=False)
    errors, his_errors = CONTEXT.Pipe(duplex=False)
    folder = Path(tempfile.mkdtemp(prefix="job-"))
    process = CONTEXT.Process(target=run, args=(his_talk, his_errors, work, folder))
    process.start()
    his_talk.close()
    his_errors.close()
    deadline = time.monotonic() + seconds
    return Child(
        process, process.pid or 0, talk, errors, deadline, grace, extra, folder
    )
