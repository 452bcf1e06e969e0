"""Imported once by the server that children are forked from: what all of them need.

Machine code is loaded as well, which takes a second and more. Nothing here leaves a
thread behind: a process that is forked has none but its own.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module

from scheduler.service.jobs.work import CHILD

_LOOK_SECONDS = 0.1


@contextmanager
def _ending_with_parent() -> Iterator[None]:
    """Leave if the parent does: it is not listened to before all is loaded."""
    parent, loaded = os.getppid(), threading.Event()

    def look() -> None:
        while not loaded.wait(_LOOK_SECONDS):
            if os.getppid() != parent:
                os._exit(1)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        loaded.set()
        thread.join()


# A child that lacks something says so; the server must not end for it.
with _ending_with_parent(), suppress(Exception):
    import_module(CHILD)
    import_module("models.roster.columns.warm").warm()
