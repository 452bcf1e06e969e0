"""What is kept for a moment only: uploads, sockets, files that solvers are given.

A process has one folder for all that, within the usual one (``TMPDIR``). Who is killed
leaves it behind, and who starts next puts it away: what nobody holds is nobody's.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from models.errors import InvalidInput

PREFIX = "rf-run-"
_LONGEST = 71  # of its path; those of sockets in it may have 103, the system says
_NAMED_BY = ("TMPDIR", "TEMP", "TMP")  # libraries do not agree which comes first


@contextmanager
def scratch() -> Iterator[Path]:
    """Give this process a folder of its own for temporary files; sweep what is left.

    Raises
    ------
    InvalidInput
        Where the usual folder has so long a path that no socket can lie in it.
    """
    usual = Path(tempfile.gettempdir())
    before = tempfile.tempdir, {name: os.environ.get(name) for name in _NAMED_BY}
    longest = _LONGEST - len(f"/{PREFIX}12345678")
    if len(os.fsencode(usual)) > longest:
        told = f"a path of {longest} bytes at most, got {str(usual)!r}"
        raise InvalidInput(f"TMPDIR, the folder for temporary files, must have {told}")
    sweep(usual)
    folder, held = _held(usual)
    keep_in(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)
        tempfile.tempdir, named = before
        for name, value in named.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


def keep_in(folder: Path) -> None:
    """Have this process, and those that it starts, put temporary files in a folder."""
    tempfile.tempdir = str(folder)
    os.environ.update(dict.fromkeys(_NAMED_BY, str(folder)))


def sweep(usual: Path) -> None:
    """Remove what processes of this user have left behind that were killed."""
    for folder in usual.glob(f"{PREFIX}*"):
        with suppress(OSError):  # gone, no folder, or somebody's who is there
            held = _opened(folder)
            try:
                if os.fstat(held).st_uid == os.getuid():
                    fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(held)


def _held(usual: Path) -> tuple[Path, int]:
    """Return a new folder, and the lock by which it is seen that it is used."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=usual))
        with suppress(FileNotFoundError):  # swept before it was locked
            held = _opened(folder)
            fcntl.flock(held, fcntl.LOCK_EX)
            if folder.exists():
                return folder, held
            os.close(held)


def _opened(folder: Path) -> int:
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
