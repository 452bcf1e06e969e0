"""Processes of the desk: what a task may take, beyond what its process starts with."""

import asyncio
import json
import os
from pathlib import Path

import pytest

from scheduler.service.http.desk.given import JSON, ZIP, Answer, Given
from scheduler.service.http.desk.pool import Desk
from scheduler.service.http.problems import Refusal

LONG = b'"' + b"x" * 60_000_000 + b'"'  # JSON that takes some times as much to read


def validated(folder: Path, *, seconds: float, memory: int, form: str = JSON) -> Answer:
    """Return what a desk with such limits says of the plan in a folder."""
    desk = Desk(folder, workers=1, waiting=0, seconds=seconds, memory=memory)
    try:
        return asyncio.run(desk.run("validate", Given(str(folder), form)))
    finally:
        desk.close()


def test_a_task_has_so_much_memory(tmp_path: Path) -> None:
    little, enough = (tmp_path / name for name in ("little", "enough"))
    for folder in (little, enough):
        folder.mkdir()
        (folder / "body").write_bytes(LONG)
    with pytest.raises(Refusal, match="memory") as caught:
        validated(little, seconds=120, memory=64)
    assert caught.value.name == "beyond-limits"
    told = validated(enough, seconds=120, memory=512)
    assert not json.loads(told.body)["valid"]


def test_a_task_has_so_much_time(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "body")  # who reads it waits for ever
    with pytest.raises(Refusal, match=r"it takes more than 0\.1 s") as caught:
        validated(tmp_path, seconds=0.1, memory=512, form=ZIP)
    assert caught.value.name == "beyond-limits"
