"""Databases for tests of jobs: SQLite always, PostgreSQL where there is a server."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url

from scheduler.service.jobs.children import preload
from scheduler.service.jobs.dbos_backend import DbosBackend
from scheduler.service.store.engine import copy_sqlite, open_engine
from scheduler.service.store.migrate import upgrade
from tests.postgres import new_database, postgres_folder, postgres_url

__all__ = ["postgres_folder", "postgres_url"]

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
#: For processes that ask nothing of a database but what is tested on both elsewhere.
quickly_on_one = pytest.mark.parametrize(
    "url",
    [
        "sqlite",
        pytest.param("postgresql", marks=[pytest.mark.postgres, pytest.mark.full]),
    ],
    indirect=True,
)


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/jobs.db"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture(scope="session")
def sqlite_with_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that was taken into use and let go again, to be copied."""
    folder = tmp_path_factory.mktemp("tables")
    _take_into_use(f"sqlite:///{folder}/used.db")
    engine = open_engine(f"sqlite:///{folder}/used.db")
    copy_sqlite(engine, folder / "whole.db")
    engine.dispose()
    return folder / "whole.db"


@pytest.fixture(scope="session")
def postgres_with_tables(postgres_folder: str) -> Iterator[str]:
    """The name of such a database of PostgreSQL."""
    with new_database(postgres_folder) as url:
        _take_into_use(url)
        yield str(make_url(url).database)


def _take_into_use(url: str) -> None:
    """Make the tables: ours, and those of the queue."""
    upgrade(url)
    engine = open_engine(url)
    DbosBackend(engine).close()
    engine.dispose()


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with tables and no jobs."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_with_tables"), tmp_path / "jobs.db")
        yield f"sqlite:///{tmp_path}/jobs.db"
        return
    folder = request.getfixturevalue("postgres_folder")
    used = request.getfixturevalue("postgres_with_tables")
    with new_database(folder, template=used) as url:
        yield url


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def backend(engine: Engine) -> Iterator[DbosBackend]:
    backend = DbosBackend(engine)
    yield backend
    backend.close()


@pytest.fixture(scope="session", autouse=True)
def _preloaded() -> None:
    """Start children from a server that has imported what they need."""
    preload()
