"""A process that does one task: ``python -m scheduler.executing.child``.

Standard input has a line with the work and the length of its content, then the content.
It stays open: a byte more asks to stop, and its end says that nobody waits for the
answer any more. Standard output has ``+`` and the answer, or ``-`` and an error.
"""

import os
import sys
import threading
from io import FileIO

from scheduler.collecting import look_rarely
from scheduler.executing.task import perform, said


def main() -> None:
    """Do the task that is on standard input."""
    # What the task imports stays: looking for rubbish in it takes half a second.
    look_rarely()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print is no part of the answer
    given = FileIO(0, closefd=False)
    work, size = given.readline().decode().split()
    content = _exactly(given, int(size))
    stop = threading.Event()
    threading.Thread(target=_listen, args=(stop,), daemon=True).start()
    try:
        answer = b"+" + perform(work, content, stop)
    except Exception as error:
        answer = b"-" + said(error).encode()
    answers.write(answer)
    answers.close()
    sys.stderr.flush()
    os._exit(0)  # threads of a solver that was stopped are not waited for


def _exactly(given: FileIO, size: int) -> bytes:
    parts: list[bytes] = []
    while size and (part := given.read(size)):
        parts.append(part)
        size -= len(part)
    if size:
        os._exit(1)
    return b"".join(parts)


def _listen(stop: threading.Event) -> None:
    """Set ``stop`` when asked to; end the process once whoever began it is gone."""
    while os.read(0, 1):
        stop.set()
    os._exit(1)


if __name__ == "__main__":
    main()
