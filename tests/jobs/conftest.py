"""Databases for tests of jobs: SQLite always, PostgreSQL where there is a server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from scheduler.service.jobs.children import preload
from scheduler.service.jobs.dbos_backend import DbosBackend
from scheduler.service.store.engine import open_engine
from scheduler.service.store.migrate import upgrade
from tests.postgres import postgres_folder, postgres_url

__all__ = ["postgres_folder", "postgres_url"]

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/jobs.db"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def url(empty_url: str) -> str:
    """The address of a database with tables and no jobs."""
    upgrade(empty_url)
    return empty_url


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
