"""Visits of the planner's page: opened, waited for, and heard of on the way."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.browser import heard_page, until
from tests.service.conftest import Served, files_of
from tests.service.test_http_jobs import submitted

_PATIENCE = 60.0  # seconds
_GO = """(place) => {
  delete document.documentElement.dataset.ready;
  location.hash = place;
}"""
_FIRST_SHIFT = """() => {
  const t = roster.timeline;
  const row = t.rows.findIndex((each) => each.person?.shifts.length);
  const [day, start, minutes] = t.rows[row].person.shifts;
  const x = acrossHours(t);
  return { row, day, start, minutes, x: x(start), end: x(start + minutes),
           hour: 60 * t.scale, y: HEAD + (row + 0.5) * ROW };
}"""


class Visit:
    """A page of the service, and what its console said.

    Attributes
    ----------
    known
        Parts of what the console may say, such as the status of an answer.
    """

    def __init__(self, browser: Any, url: str, place: str = "", **options: Any) -> None:
        self.said: list[str] = []
        self.strange: list[str] = []
        self.known: list[str] = []
        self.url = url
        self.page = heard_page(browser, self.said, **options)
        self.page.on("request", self._asked)
        self.page.goto(f"{url}/{place}")

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.url, "blob:", "data:")):
            self.strange.append(request.url)

    def ready(self, name: str) -> None:
        """Wait until a view is there."""
        self.page.wait_for_selector(f"html[data-ready={name}]")

    def go(self, place: str, name: str) -> None:
        """Go to another view, and wait for it."""
        self.page.evaluate(_GO, place)
        self.ready(name)

    def fits(self) -> None:
        """Wait until nothing is wider than the window."""
        wide = "document.documentElement.scrollWidth <= window.innerWidth"
        until(self.page, wide)

    def hindrances(self) -> list[tuple[str, str]]:
        """Return what hinders people: rules of axe, with the first part concerned."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page).response["violations"]
        return [(one["id"], one["nodes"][0]["html"]) for one in found]

    def becomes(self, read: Callable[[], object], wanted: object) -> None:
        """Wait until what is read of the page is what is wanted."""
        latest = time.monotonic() + _PATIENCE
        while read() != wanted and time.monotonic() < latest:
            self.page.wait_for_timeout(50)
        assert read() == wanted

    def close(self) -> None:
        """Leave; nothing was said or asked that does not belong there."""
        said = [text for text in self.said if not any(k in text for k in self.known)]
        assert said == []
        assert self.strange == []
        self.page.close()


def first_shift(page: Any) -> dict[str, float]:
    """Return the first shift of the first person who works, and where it is drawn.

    ``x``, ``end`` and ``y`` are pixels within the canvas, ``hour`` is as wide as one.
    """
    found: dict[str, float] = page.evaluate(_FIRST_SHIFT)
    return found


def choose(page: Any, at: dict[str, float]) -> None:
    """Click the shift that is drawn there."""
    place = {"x": at["x"] + 0.5 * at["hour"], "y": at["y"]}
    page.locator("#timeline canvas").click(position=place)


def done(served: Served, tiny: bytes, rostered: Path) -> str:
    """Return the id of a job that has a roster."""
    with served.client() as client:
        job = submitted(client, tiny).rpartition("/")[2]
    served.backend.complete(job, files_of(rostered))
    return job


def at_roster(served: Served, browser: Any, tiny: bytes, rostered: Path) -> Visit:
    """Return a visit of a roster, once it is drawn."""
    it = Visit(browser, served.url, f"#/roster/{done(served, tiny, rostered)}")
    it.ready("roster")
    return it
