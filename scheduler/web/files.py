"""The files of the planner's page: its own, and what it shares with the report."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from scheduler.report.page import many, render
from scheduler.report.words import GOAL_WORDS
from scheduler.web.columns import columns_text

PAGE = "index.html"
COLUMNS = "columns.json"
GOALS = "goals.json"  # what goals are called
#: Nothing from elsewhere, no script or style that is not a file of ours.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_OWN = "scheduler.web"
_REPORT = "scheduler.report.page"
_TYPES = {
    "css": "text/css; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
}
#: Of the report's: its parts, not what puts them on a page of its own.
SHARED = (
    "page.css",
    "vendor/echarts.min.js",
    *render.SHARED,
    *(name for name in render.SCRIPTS if name != "main.js"),
    *many.SCENARIO_SCRIPTS,
    *many.HIRING_SCRIPTS,
)


@dataclass(frozen=True)
class WebFile:
    """A file as it is served."""

    content: bytes
    media_type: str
    etag: str


def web_file(name: str) -> WebFile | None:
    """Return a file of the page by its name, ``None`` where there is none."""
    return _all().get(name)


def web_files() -> list[WebFile]:
    """Return every file of the page."""
    return list(_all().values())


@cache
def _all() -> dict[str, WebFile]:
    own = {path.name: path for path in (files(_OWN) / "assets").iterdir()}
    top = files(_REPORT) / "assets"
    shared = {f"report/{name}": top.joinpath(*name.split("/")) for name in SHARED}
    found = {name: path.read_bytes() for name, path in {**own, **shared}.items()}
    found[COLUMNS] = columns_text().encode()
    found[GOALS] = json.dumps(GOAL_WORDS).encode()
    return {name: _file(name, content) for name, content in found.items()}


def _file(name: str, content: bytes) -> WebFile:
    media_type = _TYPES[name.rpartition(".")[2]]
    return WebFile(content, media_type, f'"{hashlib.sha256(content).hexdigest()[:32]}"')
