"""How long the page takes to show a roster: web.py REPORT_HTML.

Measures from the arrival of the data to the first view, and frames while the timeline
scrolls. The report comes from ``ringfence report``; no service is needed. With
--pictures FOLDER also pictures of the page in three widths, light and dark.
"""

import argparse
import json
import statistics
import sys
from pathlib import Path
from typing import Any

from scheduler.report.page import page_data
from scheduler.web import PAGE, POLICY, web_file

sys.path.insert(0, str(Path(__file__).parent.parent))
from tests.browser import opened

_HOST = "http://page.test"
_SIZES = ((1440, 900), (768, 1024), (390, 844))
_FIRST = """() => new Promise((done) => {
  const arrived = performance.getEntriesByType("resource")
    .filter((entry) => entry.name.endsWith("/page")).at(-1).responseEnd;
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - arrived)));
})"""
_FRAMES = """() => new Promise((done) => {
  const host = document.getElementById("timeline");
  const times = [];
  let last = performance.now();
  function step(now) {
    times.push(now - last);
    last = now;
    host.scrollTop += 60;
    if (times.length < 90) requestAnimationFrame(step);
    else done(times.slice(1));
  }
  requestAnimationFrame(step);
})"""


def serve(page: Any, data: str) -> None:
    """Answer what the page asks for."""

    def answer(route: Any) -> None:
        path = route.request.url.removeprefix(_HOST).partition("?")[0]
        if path.startswith("/v1/rosters/") and path.endswith("/page"):
            route.fulfill(body=data, content_type="application/json")
            return
        found = web_file(path.removeprefix("/web/") if path != "/" else PAGE)
        if found is None:
            route.fulfill(status=404, body="{}", content_type="application/json")
            return
        headers = {"Content-Security-Policy": POLICY}
        kind = found.media_type
        route.fulfill(body=found.content, content_type=kind, headers=headers)

    page.route("**/*", answer)


def measured(browser: Any, data: str) -> dict[str, float]:
    """Return milliseconds to the first view, and those of frames."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    serve(page, data)
    page.goto(f"{_HOST}/#/roster/one")
    page.wait_for_selector("html[data-ready=roster]", timeout=120_000)
    first = page.evaluate(_FIRST)
    page.locator("#timeline").scroll_into_view_if_needed()
    frames = page.evaluate(_FRAMES)
    page.close()
    return {
        "first_view_ms": round(first),
        "frame_median_ms": round(statistics.median(frames), 1),
        "frame_p95_ms": round(sorted(frames)[int(0.95 * len(frames))], 1),
    }


def pictures(browser: Any, data: str, folder: Path) -> None:
    """Draw the page in three widths, light and dark."""
    folder.mkdir(parents=True, exist_ok=True)
    for width, height in _SIZES:
        for scheme in ("light", "dark"):
            size = {"width": width, "height": height}
            page = browser.new_page(viewport=size, color_scheme=scheme)
            serve(page, data)
            page.goto(f"{_HOST}/#/roster/one")
            page.wait_for_selector("html[data-ready=roster]", timeout=120_000)
            for part in ("answers", "roster", "coverage", "cases", "people"):
                page.evaluate(f"section('{part}').scrollIntoView()")
                page.wait_for_timeout(400)
                page.screenshot(path=folder / f"{part}-{width}-{scheme}.png")
            page.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("report", type=Path)
    parser.add_argument("--pictures", type=Path)
    told = parser.parse_args()
    data = page_data(told.report.read_text(encoding="utf-8"))
    with opened() as browser:
        agents = len(json.loads(data)["people"])
        print(json.dumps({"agents": agents, **measured(browser, data)}))
        if told.pictures:
            pictures(browser, data, told.pictures)


if __name__ == "__main__":
    main()
