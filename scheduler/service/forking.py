"""Processes of the service: forked from one server that has imported what they need."""

import os
import threading
from multiprocessing.context import ForkServerContext, ForkServerProcess

from scheduler.service.jobs.death import PARENT

#: multiprocessing looks at all its processes when one starts: one at a time.
STARTING = threading.Lock()


class Process(ForkServerProcess):
    """A process that is started while no other is."""

    def start(self) -> None:
        """Start it."""
        with STARTING:
            super().start()


class Context(ForkServerContext):
    """The context of all processes of the service."""

    Process = Process


CONTEXT = Context()
_FIRST, _LAST = "scheduler.service.begun", "scheduler.service.loaded"
_PRELOADED: dict[str, None] = {}


def preload(*modules: str) -> None:
    """Have the server, which is not started yet, import modules beside what it does."""
    _PRELOADED.update(dict.fromkeys(modules))
    os.environ[PARENT] = str(os.getpid())
    CONTEXT.set_forkserver_preload([_FIRST, *_PRELOADED, _LAST])
