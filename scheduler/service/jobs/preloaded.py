"""Imported once by the server that children are forked from: what all of them need.

Machine code is loaded as well, which takes a second and more. Nothing here leaves a
thread behind: a process that is forked has none but its own.
"""

import atexit
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module

from scheduler.service.jobs.death import die_with_parent
from scheduler.service.jobs.work import CHILD, PARENT


@contextmanager
def _ending_with_parent() -> Iterator[None]:
    """Leave if the parent does, which is not listened to before all is loaded.

    Not for longer than that: what counts as parent is the thread that has started this,
    which need not live as long as the process.
    """
    die_with_parent(signal.SIGKILL)
    if os.environ.get(PARENT, str(os.getppid())) != str(os.getppid()):
        os._exit(1)  # it was gone before that was said
    try:
        yield
    finally:
        die_with_parent(0)


# Whatever is loaded is not put away one by one at the end, which may take seconds.
atexit.register(os._exit, 0)

# A child that lacks something says so; the server must not end for it.
with _ending_with_parent(), suppress(Exception):
    import_module(CHILD)
    import_module("models.roster.columns.warm").warm()
