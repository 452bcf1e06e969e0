"""How heavy and how quick the page is: web.py REPORT_HTML [--edits PLAN ROSTER].

Measures from the arrival of the data to the first view, and frames while the timeline
scrolls. The report comes from ``ringfence report``; no service is needed for it. With
--edits a service on loopback has the roster: how long a draft takes to open, how long
the checker's answer to an edit takes, also while another draft is made ready, and
frames while a shift is dragged.
"""

import argparse
import gzip
import json
import statistics
import sys
from pathlib import Path
from typing import Any

from scheduler.report.page.render import page_data
from scheduler.web import PAGE, POLICY, web_file, web_files

sys.path.insert(0, str(Path(__file__).parent.parent))
from benchmarks.web_edits import measured_edits
from tests.browser import opened

_HOST = "http://page.test"
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


def weight() -> dict[str, float]:
    """Return kilobytes of all files of the page, as they are and compressed."""
    contents = [found.content for found in web_files()]
    return {
        "page_kb": round(sum(map(len, contents)) / 1000),
        "page_gzip_kb": round(sum(len(gzip.compress(c)) for c in contents) / 1000),
    }


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("report", type=Path)
    parser.add_argument("--edits", type=Path, nargs=2, metavar=("PLAN", "ROSTER"))
    parser.add_argument("--count", type=int, default=200, help="edits that are made")
    told = parser.parse_args()
    data = page_data(told.report.read_text(encoding="utf-8"))
    with opened() as browser:
        agents = len(json.loads(data)["people"])
        found = {"agents": agents, **weight(), **measured(browser, data)}
        if told.edits:
            found |= measured_edits(browser, *told.edits, told.count)
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
