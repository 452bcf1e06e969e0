"""Results files: one run a line, as JSON."""

import json
from collections.abc import Sequence
from pathlib import Path

from models.errors import PlanError
from scheduler.bench.grid import Record, wanted_of
from scheduler.reading.files import text_of
from scheduler.reading.finding import Finding

Series = list[tuple[float, float]]


def read(path: Path) -> list[Record]:
    """Return the newest record of every run in a file; none if there is no file.

    Raises
    ------
    PlanError
        With every line that is no record of a run.
    """
    if not path.exists():
        return []
    text = text_of(path)
    if isinstance(text, Finding):
        raise PlanError([text])
    newest, wrong = {}, []
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            record = json.loads(line)
            newest[wanted_of(record)] = record
        except (ValueError, TypeError, AttributeError):
            expected = "a run as `ringfence bench --into` writes it"
            wrong.append(Finding(path.name, number, None, line[:60], expected))
    if wrong:
        raise PlanError(wrong)
    return list(newest.values())


def append(path: Path, record: Record) -> None:
    """Add a run to a file, which need not exist yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(record, allow_nan=False) + "\n")


def gaps(record: Record) -> Series:
    """Return how the gap of a run went: seconds, and ``(best - bound) / bound``."""
    series = [
        (seconds, (best - bound) / bound)
        for seconds, best, bound in record.get("progress", ())
        if best is not None and bound is not None and bound > 0
    ]
    if record.get("gap") is not None:
        series.append((record["seconds"], record["gap"]))
    return series


def engine_of(record: Record) -> str:
    """Return the engine of a run, by its own name where it is known."""
    return str(record.get("engine", record["asked_engine"]))


def best_of(runs: Sequence[Record]) -> float | None:
    """Return the least objective of legal rosters; ``None`` without any."""
    legal = (run["objective"] for run in runs if run.get("legal"))
    return min(legal, default=None)
