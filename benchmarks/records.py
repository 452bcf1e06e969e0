"""The results files: one run a line, as JSON."""

import json
import os
import platform
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scheduler.rosters.record import versions

HERE = Path(__file__).parent
ACCEPTANCE = HERE / "results" / "acceptance.jsonl"
SCALING = HERE / "results" / "scaling.jsonl"
BLENDING = HERE / "results" / "blending.jsonl"
CONFIDENCE = HERE / "results" / "confidence.jsonl"
PROMISE = HERE / "results" / "promise.jsonl"

Record = dict[str, Any]
Series = list[tuple[float, float]]


@dataclass(frozen=True)
class Asked:
    """What was asked of a run: two runs that agree in it are the same run.

    Attributes
    ----------
    asked_load
        ``None`` for a sample that has its own.
    stop_gap
        Where the search may stop; 0: at a proof.
    """

    case: str
    asked_load: float | None
    seed: int
    asked_engine: str
    time_limit: float
    stop_gap: float


def asked_of(record: Record) -> Asked:
    """Return what was asked of a recorded run."""
    return Asked(**{name: record[name] for name in Asked.__dataclass_fields__})


def read(path: Path, asked: Callable[[Record], Hashable] = asked_of) -> list[Record]:
    """Return the newest record of every run in a file; none if there is no file.

    ``asked``: what was asked of a run.
    """
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return list({asked(each): each for each in map(json.loads, lines)}.values())


def manner(record: Record) -> Hashable:
    """Return in which manner cases got their time in a run of ``blending``."""
    names = ("case", "confidence", "calls", "blend", "reserve", "resume")
    return tuple(record[name] for name in names)


def origin() -> Record:
    """Return when and where a run is made, and with what."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.machine()}, {os.cpu_count()} processors",
        "versions": versions(),
    }


def append(path: Path, record: Record) -> None:
    """Add a run to a file, which need not exist yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(record, allow_nan=False) + "\n")


def gaps(record: Record) -> Series:
    """Return how the gap of a run went: seconds, and ``(best - bound) / bound``."""
    series = [
        (seconds, (best - bound) / bound)
        for seconds, best, bound in record["progress"]
        if best is not None and bound is not None and bound > 0
    ]
    if record.get("gap") is not None:
        series.append((record["seconds"], record["gap"]))
    return series
