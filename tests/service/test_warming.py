"""A draft is made ready beside the work, and what goes wrong reaches who asked."""

import threading
from pathlib import Path
from typing import Any

import pytest

from models.errors import InvalidInput
from scheduler.service.http.desk import held, warming
from scheduler.service.http.desk.given import Given

LONG = 20  # seconds until something is wrong


@pytest.fixture(autouse=True)
def nothing_held(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in ((held, "_bases"), (warming, "_reading")):
        kept = getattr(module, name)
        monkeypatch.setattr(module, name, type(kept)())


def asked(key: str, folder: str) -> bool:
    return bool(warming.warm(Given(folder, options={"base": key})).told["ready"])


def ended() -> None:
    warming._reading[0].join(LONG)


def test_who_asks_meanwhile_is_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    go_on, read = threading.Event(), []

    def slow(folder: Path) -> Any:
        go_on.wait(LONG)
        read.append(folder.name)
        return folder.name

    monkeypatch.setattr(warming, "read_base", slow)
    monkeypatch.setattr(held, "_make_room", lambda: None)
    assert [asked("a", "one"), asked("a", "two"), asked("b", "three")] == [False] * 3
    go_on.set()
    ended()
    assert asked("a", "two")  # it was read once, for both
    assert not asked("b", "three")
    ended()
    assert asked("b", "three") and asked("a", "one")
    assert read == ["one", "three"]


def test_who_laid_it_out_hears_why_it_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def wrong(folder: Path) -> Any:
        raise InvalidInput(f"{folder.name} is no plan")

    monkeypatch.setattr(warming, "read_base", wrong)
    assert not asked("a", "one")
    ended()
    assert not asked("a", "two")  # the folder of the first may be gone: its own is read
    ended()
    with pytest.raises(InvalidInput, match="two is no plan"):
        asked("a", "two")
