"""What is kept in the database: no pickles, and all that a backup must have."""

import base64
import os
import pickle
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from sqlalchemy import Engine, text

from scheduler.service.jobs.dbos_backend import DbosBackend
from scheduler.service.jobs.records import JobStatus
from scheduler.service.store.engine import copy_sqlite, open_engine
from tests.jobs.orders import HARD, LONG, ended, order, until
from tests.jobs.working import working
from tests.postgres import new_database, server_programs


class _Evil:
    """What runs a command when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (f"touch {self.path}",)


def test_a_pickle_in_the_database_is_not_read(
    backend: DbosBackend, engine: Engine, url: str, tmp_path: Path
) -> None:
    evil = base64.b64encode(pickle.dumps(_Evil(tmp_path / "touched"))).decode()
    schema = "dbos." if "postgres" in url else ""
    job = backend.submit(order()).job
    with engine.begin() as connection:
        inputs = text(f"SELECT inputs FROM {schema}workflow_input")
        assert job.id in connection.execute(inputs).scalar_one()
        connection.execute(
            text(f"UPDATE {schema}workflow_input SET inputs = :evil"), {"evil": evil}
        )
        connection.execute(
            text(f"UPDATE {schema}workflow_status SET serialization = 'py_pickle'")
        )
    with working(url):
        other = backend.submit(order()).job
        assert ended(backend.get, other).status is JobStatus.COMPLETED
    assert not (tmp_path / "touched").exists()


def test_nothing_is_kept_as_a_pickle(
    backend: DbosBackend, engine: Engine, url: str
) -> None:
    job = backend.submit(order()).job
    with working(url):
        ended(backend.get, job)
    table = "dbos.workflow_status" if "postgres" in url else "workflow_status"
    with engine.connect() as connection:
        found = connection.execute(text(f"SELECT serialization FROM {table}"))
        assert set(found.scalars()) == {"portable_json"}


def test_what_was_queued_or_running_in_a_backup_is_run(
    backend: DbosBackend, engine: Engine, url: str, tmp_path: Path
) -> None:
    done = backend.submit(order()).job
    with working(url):
        ended(backend.get, done)
        running = backend.submit(order(plan=HARD, options=LONG)).job
        until(lambda: backend.get("a", running.id).status is JobStatus.SOLVING)
        queued = backend.submit(order()).job
        stack = ExitStack()
        other = stack.enter_context(_restored(engine, url, tmp_path))
        for job in (running, queued):
            backend.cancel("a", job.id)
    copied = stack.enter_context(closing(Copy(other))).backend
    with stack, working(other):
        assert copied.get("a", done.id) == backend.get("a", done.id)
        until(lambda: copied.get("a", running.id).attempt == 2)
        copied.stop("a", running.id)
        assert ended(copied.get, running).status is JobStatus.COMPLETED
        assert ended(copied.get, queued).status is JobStatus.COMPLETED


class Copy:
    """The jobs of a restored database."""

    def __init__(self, url: str) -> None:
        self.engine = open_engine(url)
        self.backend = DbosBackend(self.engine)

    def close(self) -> None:
        self.backend.close()
        self.engine.dispose()


@contextmanager
def _restored(engine: Engine, url: str, folder: Path) -> Iterator[str]:
    """Make a backup, and restore it; give the address of the copy."""
    if engine.dialect.name == "sqlite":
        copy_sqlite(engine, folder / "copy.db")
        yield f"sqlite:///{folder}/copy.db"
        return
    programs, server = server_programs(), str(engine.url.query["host"])
    assert programs is not None
    connected = ["--host", server, "--username", "postgres"]
    dump = [programs / "pg_dump", "--format=custom", *connected]
    subprocess.run(
        [*dump, "--file", folder / "f", str(engine.url.database)], check=True
    )
    with new_database(server) as other:
        name = other.partition("@/")[2].partition("?")[0]
        restore = [programs / "pg_restore", *connected, "--dbname", name, folder / "f"]
        subprocess.run(restore, check=True)
        yield other
