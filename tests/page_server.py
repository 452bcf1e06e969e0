"""A service on loopback that has a roster, made before: for pictures and measures."""

import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog

from scheduler.preparing import prepare
from scheduler.report.page.content import page_document
from scheduler.report.page.render import page_text
from scheduler.report.page.sources import read_sources
from scheduler.service.http.desk.pool import Desk
from scheduler.service.jobs.records import Order
from scheduler.service.store.migrate import upgrade
from scheduler.writing import json_text
from tests.service.conftest import Served, serving


@contextmanager
def having(plan: Path, made: Path) -> Iterator[tuple[Served, str]]:
    """Serve a roster of a plan; yield the service, and the id of the roster's job."""
    quiet = structlog.make_filtering_bound_logger(logging.CRITICAL)
    structlog.configure(wrapper_class=quiet)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        url = f"sqlite:///{place}/service.db"
        upgrade(url)
        (place / "desk").mkdir()
        desk = Desk(place / "desk", workers=1, waiting=8, seconds=120, memory=4096)
        with serving(desk, url, is_open=True, desk_seconds=120) as served:
            yield served, given(served, plan, made)
        desk.close()


def given(served: Served, plan: Path, made: Path, *, name: str | None = None) -> str:
    """Have a service know of a roster; return the id of its job.

    With ``name`` its plan is called so, and is another plan thereby.
    """
    prepared = prepare(plan)
    files = {path.name: path.read_bytes() for path in made.iterdir()}
    document = page_document(read_sources(prepared, made))
    files["report.html"] = page_text(document).encode()
    known = prepared.translation.plan
    called = known.model_copy(update={"name": known.name if name is None else name})
    text, plan_hash = json_text(called), prepared.plea.plan_hash
    order = Order("local", "page", text, plan_hash, name=called.name)
    job = served.backend.submit(order).job.id
    served.backend.complete(job, files)
    return job
