"""Processes of the desk: what a task may take, beyond what its process starts with."""

import asyncio
import json
import os
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scheduler.preparing import Prepared, prepare
from scheduler.service.forking import STARTING
from scheduler.service.http.desk import plans
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


def test_one_plan_is_made_ready_once_for_many_questions(
    tmp_path: Path, tiny: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready: list[Path] = []

    def counted(path: Path) -> Prepared:
        ready.append(path)
        return prepare(path)

    monkeypatch.setattr(plans, "prepare", counted)
    monkeypatch.setattr(plans, "_held", {})

    def asked(task: Callable[[Given], Answer], plan: dict[str, Any]) -> Answer:
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        (folder / "body").write_text(json.dumps(plan))
        return task(Given(str(folder)))

    plan = json.loads(tiny)
    asked(plans.requirements, plan)
    before = asked(plans.throughput, plan)
    assert len(ready) == 1
    plan["inflow"][0]["cases"] += 50
    assert asked(plans.throughput, plan).body != before.body
    assert len(ready) == 2


def test_others_are_answered_while_the_first_process_is_started(tmp_path: Path) -> None:
    (tmp_path / "body").write_text("{}")
    desk = Desk(tmp_path, workers=1, waiting=0, seconds=120, memory=512)

    async def asked() -> bool:
        STARTING.acquire()  # as long as what processes need is loaded
        late = threading.Timer(5, STARTING.release)
        late.start()
        answer = asyncio.create_task(desk.run("validate", Given(str(tmp_path), JSON)))
        await asyncio.sleep(0.01)
        goes_on = late.is_alive()
        late.cancel()
        if goes_on:
            STARTING.release()
        assert not json.loads((await answer).body)["valid"]
        return goes_on

    try:
        assert asyncio.run(asked())
    finally:
        desk.close()


def test_a_desk_is_closed_before_its_first_process_has_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path, workers=1, waiting=0, seconds=60, memory=64)
    starts, loaded = threading.Event(), threading.Event()

    def loading(_: object) -> None:
        with desk._pool._context.status_mutex:  # as while what it needs is loaded
            starts.set()
            loaded.wait()

    monkeypatch.setattr(desk._pool, "schedule", loading)
    warming = threading.Thread(target=desk.warm)
    warming.start()
    starts.wait()
    closing = threading.Thread(target=desk.close)
    closing.start()
    closing.join(20)
    closed = not closing.is_alive()
    loaded.set()
    warming.join()
    closing.join()
    assert closed
    desk.close()
