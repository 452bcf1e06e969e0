"""Tasks, what comes of them, and what runs them."""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

Work = Callable[[bytes, threading.Event], bytes]

GRACE_SECONDS = 30.0  # to end with the best found, once asked to stop
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True)
class Task:
    """A piece of work.

    Attributes
    ----------
    key
        Hash of everything that the answer depends on.
    content
        What the work is given.
    """

    key: str
    content: bytes


@dataclass(frozen=True)
class Done:
    """What came of a task; without ``content`` there is an ``error``."""

    key: str
    content: bytes | None
    error: str | None = None


class Executor(Protocol):
    """Runs tasks."""

    def run(
        self, work: str, tasks: Sequence[Task], stop: threading.Event
    ) -> Iterator[Done]:
        """Yield what comes of tasks, each as soon as it is there.

        Once ``stop`` is set no other task begins, and those that run are told: what
        they answer with then is yielded, too. Whoever closes the iterator ends all.

        Parameters
        ----------
        work
            ``module:function``, a ``Work`` that runs in another process.
        """


def perform(work: str, content: bytes, stop: threading.Event) -> bytes:
    """Return what a piece of work answers."""
    run: Work = function(work)
    return run(content, stop)


def function(name: str) -> Any:
    """Return the function that ``module:function`` names."""
    module, own = name.split(":")
    return getattr(import_module(module), own)


def said(error: BaseException) -> str:
    """Return an error as one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())


def environment(threads: int) -> dict[str, str]:
    """Return what a task's process has in its environment, wherever it runs.

    Libraries would take every processor else, and sum up in another order with more.
    """
    return dict.fromkeys(_THREADS, str(max(1, threads)))


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
