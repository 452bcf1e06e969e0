"""A service on loopback whose jobs stand still until a test moves them."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import structlog
import uvicorn
from fastapi import FastAPI
from sqlalchemy import Engine
from starlette.routing import BaseRoute

from scheduler.samples import SAMPLES
from scheduler.service.http.app import create_app, service_with
from scheduler.service.http.auth.keys import create_key
from scheduler.service.http.auth.principal import Scope
from scheduler.service.http.connections import Connection
from scheduler.service.http.desk.pool import Desk
from scheduler.service.http.service import Service
from scheduler.service.settings import read_settings
from scheduler.service.store.engine import open_engine
from scheduler.service.store.migrate import upgrade
from scheduler.writing import json_text
from tests.service.hired import hired
from tests.service.memory import MemoryBackend
from tests.service.supposed import Heard, supposed

JSON = {"Content-Type": "application/json"}
EASY = {"rate": "100000/second", "heavy_rate": "100000/second"}


@dataclass
class Served:
    url: str
    service: Service
    backend: MemoryBackend
    engine: Engine
    service_app: FastAPI

    @property
    def app_routes(self) -> list[BaseRoute]:
        found = []
        for route in self.service_app.routes:
            inside = getattr(route, "original_router", None)
            found += inside.routes if inside else [route]
        return found

    def client(self, key: str | None = None, **more: object) -> httpx.Client:
        headers = {} if key is None else {"Authorization": f"Bearer {key}"}
        return httpx.Client(
            base_url=self.url, headers=headers, timeout=120, verify=False, **more
        )

    def key(self, tenant: str, scopes: tuple[Scope, ...] = tuple(Scope)) -> str:
        return create_key(self.engine, tenant, scopes=scopes)


@contextmanager
def running(
    app: object, http: type[Connection] = Connection, most: int | None = None
) -> Iterator[str]:
    """Serve an application on a free port of loopback."""
    config = uvicorn.Config(
        app,
        host="127.0.0.1",
        port=0,
        log_config=None,
        server_header=False,
        ws="none",
        http=http,
        limit_concurrency=most,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
        assert thread.is_alive()
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(20)


@pytest.fixture(scope="session", autouse=True)
def silent() -> None:
    """Log nothing: tracebacks in colour take seconds."""
    silence = structlog.make_filtering_bound_logger(logging.CRITICAL)
    structlog.configure(wrapper_class=silence)


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(
        tmp_path_factory.mktemp("desk"), workers=1, waiting=32, seconds=120, memory=3072
    )
    desk.warm()
    yield desk
    desk.close()


@pytest.fixture(scope="session")
def editing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(
        tmp_path_factory.mktemp("editing"),
        workers=1,
        waiting=32,
        seconds=120,
        memory=3072,
        worked_out=0,
    )
    yield desk
    desk.close()


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database without keys."""
    url = f"sqlite:///{tmp_path_factory.mktemp('database')}/test.db"
    upgrade(url)
    return url


@pytest.fixture(scope="session")
def keyed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database for keys."""
    url = f"sqlite:///{tmp_path_factory.mktemp('keyed')}/test.db"
    upgrade(url)
    return url


@contextmanager
def serving(
    desk: Desk,
    database: str,
    *,
    is_open: bool,
    editing: Desk | None = None,
    **settings: object,
) -> Iterator[Served]:
    told, _ = read_settings({"database_url": database, **EASY, **settings})
    engine, backend = open_engine(database), MemoryBackend()
    service = service_with(told, backend, engine, is_open=is_open)
    service.desk.close()
    service.desk = desk
    if editing is not None:
        service.editing.close()
        service.editing = editing
    app = create_app(service)
    with running(app) as url:
        yield Served(url, service, backend, engine, app)
    if editing is None:
        service.editing.close()
    engine.dispose()


@pytest.fixture(scope="module")
def served(desk: Desk, editing: Desk, database: str) -> Iterator[Served]:
    """A service that lets everybody in."""
    with serving(desk, database, is_open=True, editing=editing) as served:
        yield served


@pytest.fixture(scope="module")
def guarded(desk: Desk, editing: Desk, keyed: str) -> Iterator[Served]:
    """A service that asks for keys."""
    with serving(desk, keyed, is_open=False, editing=editing) as served:
        yield served


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    """Whoever asks a service that lets everybody in, and has no jobs yet."""
    served.backend.kept.clear()
    with served.client() as client:
        yield client


@pytest.fixture(scope="session")
def tiny() -> bytes:
    return json_text(SAMPLES["tiny"]()).encode()


@pytest.fixture(scope="session")
def rostered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with plan.json and every file of a roster of the sample tiny."""
    from models.roster.result import Limits
    from scheduler.pipeline import Asked, build, prepare, save
    from scheduler.report.page.content import page_document
    from scheduler.report.page.render import page_text
    from scheduler.report.page.sources import sources_of

    folder = tmp_path_factory.mktemp("rostered")
    (folder / "plan.json").write_text(json_text(SAMPLES["tiny"]()))
    prepared = prepare(folder / "plan.json")
    outcome = build(prepared, Asked("cpsat", Limits(10, 0.05, 0, 1)))
    sources = sources_of(
        prepared, outcome.result.roster, outcome.outlook, outcome.document
    )
    save(outcome, folder, report=page_text(page_document(sources)))
    return folder


@pytest.fixture(scope="session")
def heard(tiny: bytes) -> Heard:
    """What solving the scenarios of the sample says, and its files."""
    return supposed(tiny, threading.Event())


@pytest.fixture(scope="session")
def heard_hiring(tiny: bytes) -> Heard:
    """What searching for hires for the sample says, and its files."""
    return hired(tiny, threading.Event())


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}
