"""Processes of the desk: what a task may take, beyond what its process starts with."""

import asyncio
import json
from pathlib import Path

import pytest

from scheduler.samples.centre import centre
from scheduler.service.http.desk.given import Answer, Given
from scheduler.service.http.desk.pool import Desk
from scheduler.service.http.problems import Refusal
from scheduler.writing import json_text

LONG = b'"' + b"x" * 60_000_000 + b'"'  # JSON that takes some times as much to read


def validated(folder: Path, body: bytes, seconds: float, memory: int) -> Answer:
    """Return what a desk with such limits says of a plan."""
    (folder / "body").write_bytes(body)
    desk = Desk(folder, workers=1, waiting=0, seconds=seconds, memory=memory)
    try:
        return asyncio.run(desk.run("validate", Given(str(folder))))
    finally:
        desk.close()


def test_a_task_has_so_much_memory(tmp_path: Path) -> None:
    little, enough = (tmp_path / name for name in ("little", "enough"))
    little.mkdir()
    enough.mkdir()
    with pytest.raises(Refusal, match="memory") as caught:
        validated(little, LONG, seconds=120, memory=64)
    assert caught.value.name == "beyond-limits"
    told = validated(enough, LONG, seconds=120, memory=512)
    assert not json.loads(told.body)["valid"]


def test_a_task_has_so_much_time(tmp_path: Path) -> None:
    long = json_text(centre(100)).encode()  # what it takes is looked at now and then
    with pytest.raises(Refusal, match="it takes more than") as caught:
        validated(tmp_path, long, seconds=0.001, memory=512)
    assert caught.value.name == "beyond-limits"
