"""The roster that a job's search starts from: its tables, sent beside the plan."""

import json
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from scheduler.pipeline import Prepared, StartRead, read_start

DRAFT = "the draft"  # what result.json calls it


def start_text(tables: Mapping[str, str]) -> str:
    """Return what is kept of a roster's tables, texts by the names of their files."""
    return json.dumps(dict(tables), ensure_ascii=False)


def start_of(kept: bytes, prepared: Prepared) -> StartRead | None:
    """Return the roster to start from; ``None`` where none came beside the plan."""
    if not kept:
        return None
    with tempfile.TemporaryDirectory() as folder:
        for name, text in json.loads(kept).items():
            Path(folder, name).write_text(text, encoding="utf-8")
        read = read_start(prepared, Path(folder))
    return replace(read, entry=read.entry.model_copy(update={"folder": DRAFT}))
