"""The way back from a child to who started it."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

from models.roster.result import Progress
from scheduler.rosters.units import in_hours
from scheduler.service.jobs.records import JobStatus
from scheduler.service.jobs.work import Work
from scheduler.service.store.blobs import Blob
from scheduler.service.tracing import span


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

    def progress(self, found: Progress) -> None:
        """Send a moment of the search."""
        self.tell(
            "incumbent",
            phase=found.phase,
            seconds=round(found.seconds, 3),
            objective=in_hours(found.best),
            bound=in_hours(found.bound),
            gap=None if found.gap is None else round(found.gap, 6),
        )
