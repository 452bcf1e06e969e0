"""Drafts that are made ready beside the work: edits of others do not wait for that.

To read a plan of a thousand agents takes seconds. A thread does it, and the process
answers other questions meanwhile, each a little later; whoever waits asks again.
"""

from pathlib import Path
from threading import Thread

from scheduler.service.http.desk.given import Answer, Given
from scheduler.service.http.desk.held import Base, is_held, keep, read_base

READY = Answer(b"", told={"ready": True})
WAIT = Answer(b"", told={"ready": False})


class _Reading(Thread):
    """Reads what a draft began with, from a folder that somebody has laid out."""

    def __init__(self, key: str, folder: str) -> None:
        super().__init__(name="reading", daemon=True)
        self.key, self.folder = key, folder
        self.base: Base | None = None
        self.error: Exception | None = None

    def run(self) -> None:
        """Read it, or keep why it cannot be read."""
        try:
            self.base = read_base(Path(self.folder))
        except Exception as error:
            self.error = error


_reading: list[_Reading] = []  # one at a time: each takes as much memory as it can


def warm(given: Given) -> Answer:
    """Whether what a draft began with is in memory; sees to it where it is not."""
    key = given.options["base"]
    if _reading and not _reading[0].is_alive():
        _put_away(_reading.pop(), given.folder)
    if is_held(key):
        return READY
    if not _reading:
        _reading.append(_Reading(key, given.folder))
        _reading[0].start()
    return WAIT


def _put_away(done: _Reading, folder: str) -> None:
    """Keep what was read; who had laid it out hears why it could not be."""
    if done.base is not None:
        keep(done.key, done.base)
    elif done.error is not None and done.folder == folder:
        raise done.error
