"""The results files of the studies: one run a line, as JSON."""

import json
import os
import platform
from collections.abc import Hashable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scheduler.bench import append
from scheduler.rosters.record import versions

__all__ = ["append", "manner", "newest", "origin"]

RESULTS = Path(__file__).parents[1] / "results" / "studies"
PLOTS = Path(__file__).parents[1] / "plots" / "studies"
BLENDING = RESULTS / "blending.jsonl"
CONFIDENCE = RESULTS / "confidence.jsonl"
PROMISE = RESULTS / "promise.jsonl"

Record = dict[str, Any]


def newest(path: Path) -> list[Record]:
    """Return the newest run of every manner in ``blending.jsonl``."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return list({manner(each): each for each in map(json.loads, lines)}.values())


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
