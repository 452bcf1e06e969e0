"""The folder for what is kept for a moment: one's own, and gone with its process."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.errors import InvalidInput
from scheduler.service.scratch import PREFIX, scratch, sweep

KILLED = """
import os, signal, tempfile
from scheduler.service.scratch import scratch
with scratch():
    tempfile.mkdtemp()
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(autouse=True)
def usual(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    tmp_path_factory.getbasetemp()  # of all tests: where it always is
    with tempfile.TemporaryDirectory() as folder:  # a short path: sockets lie in it
        monkeypatch.setattr(tempfile, "tempdir", None)
        monkeypatch.setenv("TMPDIR", folder)
        yield Path(folder)


def test_what_is_made_meanwhile_lies_in_it_and_goes_with_it(usual: Path) -> None:
    with scratch() as own:
        assert own.parent == usual
        assert Path(tempfile.mkdtemp()).parent == own
        assert {os.environ[name] for name in ("TMPDIR", "TEMP", "TMP")} == {str(own)}
    assert list(usual.iterdir()) == []
    assert Path(tempfile.gettempdir()) == usual == Path(os.environ["TMPDIR"])
    assert "TEMP" not in os.environ


def test_who_starts_next_puts_away_what_the_killed_left(usual: Path) -> None:
    assert subprocess.run([sys.executable, "-c", KILLED], check=False).returncode < 0
    (left,) = usual.iterdir()
    assert list(left.iterdir())
    with scratch() as own:
        assert list(usual.iterdir()) == [own]


def test_nothing_else_is_put_away(
    usual: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    others = tmp_path_factory.mktemp("others")
    (others / "kept").touch()
    (usual / f"{PREFIX}link").symlink_to(others)
    (usual / f"{PREFIX}file").touch()
    (usual / "ringfence-else").mkdir()
    before = {*usual.iterdir()}
    with scratch() as own:
        sweep(usual)  # as another process that starts meanwhile
        assert {*usual.iterdir()} == before | {own}
    assert (others / "kept").exists()


def test_a_folder_where_no_socket_could_lie_is_refused(
    usual: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    longest = usual / ("x" * (54 - len(str(usual))))
    longest.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(longest))
    with scratch() as own, socket.socket(socket.AF_UNIX) as listener:
        (place := own / "pymp-12345678").mkdir()
        listener.bind(f"{place}/listener-12345678")
    longer = longest.rename(f"{longest}x")
    monkeypatch.setattr(tempfile, "tempdir", str(longer))
    with pytest.raises(InvalidInput, match="TMPDIR"), scratch():
        pass
