"""Scenarios of the sample tiny, and what solving them says."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from scheduler.service.jobs.records import JobStatus, Options
from scheduler.service.jobs.supposing import suppose
from scheduler.service.jobs.work import Work

NAME = "=cmd|<b>more</b>"
SCENARIOS = {
    "scenarios": [
        {"name": NAME, "calls": "+20%"},
        {"name": "less", "calls": "-20%"},
    ]
}


class Heard:
    """What a child tells, kept."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self.files: dict[str, bytes] = {}

    def tell(self, kind: str, **content: Any) -> None:
        self.told.append({"kind": kind, **content})

    @contextmanager
    def phase(self, name: str, status: JobStatus, work: Work) -> Iterator[None]:
        self.tell("status", status=status)
        yield

    def send_texts(self, texts: Mapping[str, str]) -> None:
        self.files |= {name: text.encode() for name, text in texts.items()}


def supposed(tiny: bytes, stop: threading.Event) -> Heard:
    """Solve the scenarios."""
    found = Heard()
    options = Options("columns", seconds=30, gap=5, scenarios=3)
    work = Work(tiny, options, 3000, "whatif", json.dumps(SCENARIOS).encode())
    suppose(work, found, stop)  # type: ignore[arg-type]
    return found
