"""The results files of one run, read."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scheduler.bench import Record

SECTIONS = (
    *("cases", "sizes", "roster", "slots", "example"),
    *("compact", "erlang", "quality"),
)


@dataclass(frozen=True)
class Measured:
    """Everything that one run measured; a section that was not run is empty."""

    origin: dict[str, Any]
    seconds: dict[str, int]
    sections: dict[str, list[Record]]

    def __getitem__(self, section: str) -> list[Record]:
        return self.sections[section]


def read_all(folder: Path) -> Measured:
    """Return what a folder of results has."""
    done = folder / "done.json"
    return Measured(
        origin=json.loads((folder / "origin.json").read_text(encoding="utf-8")),
        seconds=json.loads(done.read_text(encoding="utf-8")) if done.exists() else {},
        sections={name: _lines(folder / f"{name}.jsonl") for name in SECTIONS},
    )


def _lines(path: Path) -> list[Record]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
