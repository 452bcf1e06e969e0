"""A process that was told to end has ended after a while, whatever holds it up."""

import logging
import os
import sys
import threading

from scheduler.service.tracing import flush

#: Beyond ``drain_seconds``: to put jobs back, end processes and close the database.
LEAVE_SECONDS = 10.0


def end_now() -> None:
    """End this process, all of which is closed: taking it apart may take minutes.

    Threads that were cut off in the database may hold what destructors wait for.
    """
    flush()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(0)


def end_within(seconds: float) -> None:
    """End this process after so many seconds if it is there then.

    Processes that it has started end with it, and its jobs are taken up again as those
    of a worker that was killed. Who was asked to end has not failed: it leaves with 0.
    """
    timer = threading.Timer(seconds, _end, (seconds,))
    timer.daemon = True
    timer.start()


def _end(seconds: float) -> None:
    # Nobody may be reading the log, which is then full: it is not waited for.
    telling = threading.Thread(target=_tell, args=(seconds,), daemon=True)
    telling.start()
    telling.join(1.0)
    os._exit(0)


def _tell(seconds: float) -> None:
    words = f"not done {seconds:g} s after it was told to end: given up"
    logging.getLogger("ringfence").warning(words)
