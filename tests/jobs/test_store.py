"""The database: migrations, content by hash, files that are copied while used."""

import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, func, select, text

from models.errors import InvalidInput
from scheduler.service.jobs.dbos_backend import DbosBackend
from scheduler.service.jobs.records import JobStatus
from scheduler.service.store.blobs import Blob, file_of, put_file, sweep
from scheduler.service.store.engine import copy_sqlite, database_url, open_engine
from scheduler.service.store.migrate import refuse_old, upgrade
from scheduler.service.store.tables import artifacts, blobs, metadata
from tests.jobs.orders import order


def _ours(name: str | None, kind: str, parents: dict[str, str | None]) -> bool:
    return kind != "table" or name in metadata.tables


def test_migrations_make_the_tables_that_are_declared(engine: Engine) -> None:
    with engine.connect() as connection:
        options = {"include_name": _ours, "version_table": "ringfence_version"}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_a_database_without_tables_is_refused(empty_url: str) -> None:
    engine = open_engine(empty_url)
    with pytest.raises(InvalidInput, match="ringfence db upgrade"):
        refuse_old(engine)
    engine.dispose()


def test_many_may_upgrade_at_once_and_again(empty_url: str) -> None:
    failed: list[Exception] = []

    def try_it() -> None:
        try:
            upgrade(empty_url)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=try_it) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    engine = open_engine(empty_url)
    refuse_old(engine)
    engine.dispose()


def test_upgrading_keeps_jobs(backend: DbosBackend, url: str) -> None:
    job = backend.submit(order()).job
    upgrade(url)
    assert backend.get("a", job.id) == job


@pytest.mark.parametrize(
    "wrong", ["mysql://h/d", "sqlite://", "sqlite:///:memory:", "nonsense", ""]
)
def test_addresses_of_other_databases_are_refused(wrong: str) -> None:
    with pytest.raises(InvalidInput, match="database_url"):
        database_url(wrong)


def test_passwords_are_not_in_what_is_said_of_an_address() -> None:
    with pytest.raises(InvalidInput) as caught:
        database_url("mysql://u:secret@h/d")
    assert "secret" not in str(caught.value)


def test_content_is_kept_once_for_a_tenant(
    backend: DbosBackend, engine: Engine
) -> None:
    first, second = (backend.submit(order("a")).job for _ in range(2))
    backend.submit(order("b"))
    count = select(func.count()).select_from(blobs)
    with engine.begin() as connection:
        assert connection.execute(count).scalar_one() == 2
        put_file(connection, "a", first.id, "x", Blob.of(b"x" * 1000))
        put_file(connection, "a", second.id, "y", Blob.of(b"x" * 1000))
        assert connection.execute(count).scalar_one() == 3
        found = file_of(connection, second.id, "y")
        assert found is not None
        assert found.content == b"x" * 1000
        assert len(found.compressed) < 100


def test_content_is_swept_when_nobody_has_it(
    backend: DbosBackend, engine: Engine
) -> None:
    job = backend.submit(order()).job
    with engine.begin() as connection:
        put_file(connection, "a", job.id, "x", Blob.of(b"x"))
        connection.execute(artifacts.delete().where(artifacts.c.name == "x"))
        assert sweep(connection) == 1
        assert sweep(connection) == 0
    assert backend.artifact("a", job.id, "plan.json") is not None


def test_a_copy_of_sqlite_is_whole_though_it_is_written_to(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/jobs.db"
    upgrade(url)
    engine = open_engine(url)
    backend = DbosBackend(engine)
    kept = backend.submit(order()).job
    with engine.begin() as writing:
        writing.execute(text("UPDATE jobs SET name = 'later'"))
        copy_sqlite(engine, tmp_path / "copy.db")
    restored = open_engine(f"sqlite:///{tmp_path}/copy.db")
    copy = DbosBackend(restored)
    assert copy.get("a", kept.id) == kept
    assert copy.get("a", kept.id).status is JobStatus.QUEUED
    assert list(tmp_path.glob(".*.partial")) == []
    for each in (backend, copy):
        each.close()
    for each in (engine, restored):
        each.dispose()


def test_what_is_erased_from_sqlite_is_not_in_the_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/jobs.db"
    upgrade(url)
    engine = open_engine(url)
    backend = DbosBackend(engine)
    job = backend.submit(order(name="Quentin Quire")).job
    backend.cancel("a", job.id)
    backend.delete("a", job.id)
    backend.close()
    with engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    engine.dispose()
    for path in tmp_path.glob("jobs.db*"):
        if path.is_file():
            assert b"Quentin" not in path.read_bytes(), path
