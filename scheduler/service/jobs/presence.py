"""Who is alive: a lock that its holder's death undoes, whatever kills it.

On SQLite all workers are on one machine, and a lock on a file does; on PostgreSQL it is
an advisory lock of the session.
"""

import fcntl
import os
import socket
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.exc import DBAPIError

_CLASS = 7  # of our advisory locks


def new_name() -> str:
    """Return a name for a worker that no other has, nor will have."""
    return f"{socket.gethostname()[:50]}-{os.getpid()}-{uuid.uuid4().hex[:8]}"


class Presence(Protocol):
    """Tells who is there, and is one of them once it was entered."""

    def enter(self, name: str) -> None:
        """Be there, until ``leave`` or the death of this process."""

    def still(self) -> None:
        """Be there again where the lock was lost."""

    def leave(self) -> None:
        """Be there no more."""

    def gone(self, name: str) -> bool:
        """Return whether another is not there any more."""

    def count(self) -> int:
        """Return how many are there."""


def presence_of(engine: Engine) -> Presence:
    """Return the presence that fits a database."""
    if engine.dialect.name == "sqlite":
        return Files(Path(f"{engine.url.database}-workers"))
    return Sessions(engine)


class Files:
    """Locked files of a folder beside the database."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: tuple[Path, int] | None = None

    def enter(self, name: str) -> None:
        """Be there, until ``leave`` or the death of this process."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / name
        held = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(held, fcntl.LOCK_EX)
        self._held = (path, held)

    def still(self) -> None:
        """Do nothing: a lock on a file is not lost."""

    def leave(self) -> None:
        """Be there no more."""
        if self._held is not None:
            path, held = self._held
            path.unlink(missing_ok=True)
            os.close(held)
            self._held = None

    def gone(self, name: str) -> bool:
        """Return whether another is not there any more; its file goes too."""
        path = self._folder / Path(name).name
        try:
            other = os.open(path, os.O_RDWR)
        except FileNotFoundError:
            return True
        try:
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(other)
        path.unlink(missing_ok=True)
        return True

    def count(self) -> int:
        """Return how many are there."""
        own = 0 if self._held is None else 1
        names = [path.name for path in self._folder.glob("*")]
        held = "" if self._held is None else self._held[0].name
        return own + sum(name != held and not self.gone(name) for name in names)


class Sessions:
    """Advisory locks of sessions of PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._session: Connection | None = None
        self._name = ""

    def enter(self, name: str) -> None:
        """Be there, until ``leave`` or the death of this process."""
        self._name = name
        session = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        session.execute(select(func.pg_advisory_lock(_CLASS, func.hashtext(name))))
        self._session = session

    def still(self) -> None:
        """Be there again where the session was lost."""
        try:
            if self._session is not None:
                self._session.execute(select(1))
        except DBAPIError:
            self.leave()
            self.enter(self._name)

    def leave(self) -> None:
        """Be there no more."""
        if self._session is not None:
            with suppress(DBAPIError):
                self._session.invalidate()
                self._session.close()
            self._session = None

    def gone(self, name: str) -> bool:
        """Return whether another is not there any more."""
        key = (_CLASS, func.hashtext(name))
        with self._engine.connect() as other:
            got: bool = other.execute(
                select(func.pg_try_advisory_xact_lock(*key))
            ).scalar_one()
        return got

    def count(self) -> int:
        """Return how many are there."""
        counted = text(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted "
            "AND classid = :class AND database = "
            "(SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        with self._engine.connect() as connection:
            count: int = connection.execute(counted, {"class": _CLASS}).scalar_one()
        return count
