"""The way back from a child to who started it."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

from models.roster.result import Gives, Progress
from scheduler.rosters.so_far_document import SoFar
from scheduler.rosters.units import in_hours
from scheduler.service.jobs.records import JobStatus
from scheduler.service.jobs.work import Work
from scheduler.service.store.blobs import Blob
from scheduler.service.tracing import span

_APART = 0.5  # seconds between two moments of the search that are told


@dataclass(frozen=True)
class Told:
    """The way back; messages of several threads do not mix."""

    talk: Connection
    lock: threading.Lock = field(default_factory=threading.Lock)

    def tell(self, kind: str, **content: Any) -> None:
        """Send a message."""
        with self.lock:
            self.talk.send_bytes(json.dumps({"kind": kind, **content}).encode())

    @contextmanager
    def phase(self, name: str, status: JobStatus, work: Work) -> Iterator[None]:
        """Say where the job is, and time that."""
        self.tell("status", status=status)
        with span(name, parent=work.trace):
            yield

    def send(self, name: str, blob: Blob) -> None:
        """Send a file."""
        told = {"kind": "file", "name": name, "hash": blob.hash, "size": blob.size}
        with self.lock:
            self.talk.send_bytes(json.dumps(told).encode())
            self.talk.send_bytes(blob.compressed)

    def send_texts(self, texts: Mapping[str, str]) -> None:
        """Send files, by name."""
        for name, text in texts.items():
            self.send(name, Blob.of(text.encode()))


@dataclass
class Watching:
    """Tells what the search finds, the last of it at the latest when it ends.

    Searches find much within a moment, and each takes a while to look into. Without
    ``look`` nothing is told of what is short: rounds that verify have harder plans.
    """

    told: Told
    look: Callable[[Gives], SoFar] | None = None
    held: Progress | None = None
    told_at: float = 0.0

    def progress(self, found: Progress) -> None:
        """Take a moment of the search."""
        self.held = found
        if time.monotonic() - self.told_at >= _APART:
            self.tell_held()

    def tell_held(self) -> None:
        """Tell what was found last, unless it was told."""
        found, self.held = self.held, None
        if found is None:
            return
        gives, look = found.gives, self.look
        short = look(gives()) if look and gives else None
        self.told.tell(
            "incumbent",
            phase=found.phase,
            seconds=round(found.seconds, 3),
            objective=in_hours(found.best),
            bound=in_hours(found.bound),
            gap=None if found.gap is None else round(found.gap, 6),
            so_far=None if short is None else short.model_dump(mode="json"),
        )
        self.told_at = time.monotonic()
