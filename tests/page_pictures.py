"""Draws every view of the page: python -m tests.page_pictures OUT PLAN ROSTER.

In three widths, light and dark; ROSTER is a folder that ``ringfence roster`` has made
of PLAN. With --only NAME one view, with --width and --scheme one of these.
"""

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.browser import opened
from tests.page_server import given, having
from tests.service.conftest import Served

_SIZES = {1440: 900, 768: 1024, 390: 844}
_TALLEST = 3200  # pixels of a picture
_ONE_WRONG = "a name that no contract has"


@dataclass
class Scene:
    """A page of the service that is being drawn."""

    page: Any
    served: Served
    job: str
    wrong: Path

    def go(self, place: str) -> None:
        """Go to a view."""
        self.page.goto(f"{self.served.url}/#/{place}")
        self.page.reload()
        self.page.wait_for_selector("html[data-ready]", timeout=120_000)

    def to(self, selector: str) -> None:
        """Have a part of the page at the top."""
        self.page.evaluate(f"document.querySelector('{selector}').scrollIntoView()")


def plans(it: Scene) -> None:
    it.go("plans")


def nothing(it: Scene) -> None:
    """Have no roster at all."""
    it.page.route("**/v1/rosters?*", lambda route: route.fulfill(json={"items": []}))


def no_plans(it: Scene) -> None:
    nothing(it)
    it.go("plans")


def no_rosters(it: Scene) -> None:
    nothing(it)
    it.go("roster")


def no_build(it: Scene) -> None:
    it.page.evaluate("sessionStorage.clear()") if "http" in it.page.url else None
    it.go("build")


def no_comparison(it: Scene) -> None:
    nothing(it)
    it.go("compare")


def plan(it: Scene) -> None:
    it.go(f"plans/of/{it.job}")
    it.page.wait_for_selector(".grid")


def wrong_plan(it: Scene) -> None:
    it.go("plans")
    it.page.set_input_files("input[aria-label^='Choose file']", it.wrong)
    it.page.wait_for_selector("input[aria-invalid=true]", timeout=60_000)


def demand(it: Scene) -> None:
    plan(it)
    it.go("demand")
    it.page.wait_for_selector(".card", timeout=60_000)


def build(it: Scene) -> None:
    plan(it)
    it.go("build")


def building(it: Scene) -> None:
    backend = it.served.backend
    text = backend.kept[it.job].files["plan.json"].decode()
    with it.served.client() as client:
        made = client.post("/v1/rosters", content=text, headers=_JSON)
        made.raise_for_status()
    job = (
        made.json()["metadata"]["id"]
        if "metadata" in made.json()
        else made.json()["id"]
    )
    backend.tell(job, "status", status="SOLVING")
    steps = ((2.0, None, 900.0), (3.5, 1500.0, 950.0), (6.0, 1210.0, 1010.0))
    for seconds, best, bound in (*steps, (9.0, 1090.0, 1052.0)):
        gap = None if best is None else best / bound - 1
        told = {"phase": "columns", "seconds": seconds, "bound": bound}
        backend.tell(job, "incumbent", objective=best, gap=gap, **told)
    backend.tell(job, "log", line="columns: 412 patterns, 96 tours")
    it.go(f"build/{job}")
    it.page.locator(".chart canvas").wait_for()


def failed(it: Scene) -> None:
    with it.served.client() as client:
        text = it.served.backend.kept[it.job].files["plan.json"].decode()
        job = client.post("/v1/rosters", content=text, headers=_JSON).json()["id"]
        client.post(f"/v1/rosters/{job}/cancel")
    it.go(f"build/{job}")
    it.page.wait_for_timeout(500)


def roster(it: Scene) -> None:
    it.go(f"roster/{it.job}")


def who_works(it: Scene) -> None:
    roster(it)
    it.to("#roster")


def explained(it: Scene) -> None:
    roster(it)
    it.to("#roster")
    it.page.evaluate(_CHOOSE)
    it.page.wait_for_selector("#explained h3", timeout=120_000)
    it.to(".explained")


def edit(it: Scene) -> None:
    with it.served.client() as client:
        made = client.post(f"/v1/rosters/{it.job}/drafts").json()["id"]
    it.go(f"edit/{made}")


def broken(it: Scene) -> None:
    """Have a shift end too late, a lock on it."""
    edit(it)
    it.page.evaluate(_CHOOSE)
    it.page.fill("#chosen input.time >> nth=1", "23:30")
    it.page.click("#chosen button:has-text('Change the shift')")
    it.page.wait_for_selector("#word h3", timeout=120_000)
    it.page.click("#chosen button:has-text('Lock')")
    it.page.wait_for_selector("#chosen button:has-text('Unlock')")


def refused(it: Scene) -> None:
    broken(it)
    it.page.click("#publish")
    it.page.click("button:has-text('Publish this version')")
    it.page.wait_for_selector("#published .problem", timeout=60_000)


def published(it: Scene) -> None:
    refused(it)
    it.page.fill("#reason", "she agreed to it")
    it.page.click("button:has-text('Publish this version')")
    it.page.wait_for_selector("#link-agent", timeout=60_000)
    agent = it.page.evaluate("data.people.find((each) => each.shifts.length).agent")
    it.page.fill("#link-agent", agent)
    it.page.click("button:has-text('Make a link')")
    it.page.wait_for_selector("#agent-link")


def own_week(it: Scene) -> None:
    published(it)
    it.page.goto(it.page.get_attribute("#agent-link", "href"))


def compare(it: Scene) -> None:
    kept = it.served.backend.kept
    other = next(job for job in kept if job != it.job and kept[job].job.status.ended)
    it.go(f"compare/{it.job}/{other}")
    it.page.wait_for_selector(".card", timeout=120_000)


def unknown(it: Scene) -> None:
    it.go(f"roster/{'0' * 32}")


def unreachable(it: Scene) -> None:
    it.page.route("**/v1/**", lambda route: route.abort())
    it.go("plans")


def signing_in(it: Scene) -> None:
    it.page.route("**/v1/**", lambda route: route.fulfill(status=401, json={}))
    it.page.goto(f"{it.served.url}/#/roster/{it.job}")
    it.page.wait_for_selector("#signin[open]")


_JSON = {"Content-Type": "application/json"}
_CHOOSE = """() => {
  const row = roster.timeline.rows.find((each) => each.person?.shifts.length);
  const { person } = row;
  roster.timeline.chose({ person, minute: person.shifts[1] + 60 });
}"""
SCENES: tuple[Callable[[Scene], None], ...] = (
    plans, no_plans, plan, wrong_plan, demand, no_build, build, building, failed,
    no_rosters, roster, who_works, explained, edit, broken, refused, published,
    own_week, no_comparison, compare, unknown, unreachable, signing_in,
)  # fmt: skip
_IN_SIGHT = {"who_works", "explained", "signing_in"}


def draw(scene: Callable[[Scene], None], it: Scene, picture: Path) -> list[str]:
    """Draw a view; return what is wrong with it."""
    scene(it)
    size, name = it.page.viewport_size, scene.__name__
    for part in it.page.locator(".chart").all() * (
        name not in _IN_SIGHT
    ):  # drawn once they come into sight
        part.scroll_into_view_if_needed()
        it.page.wait_for_timeout(100)
    it.page.wait_for_timeout(500)
    wide = it.page.evaluate("document.documentElement.scrollWidth")
    if name in _IN_SIGHT:
        it.page.screenshot(path=picture)
    else:
        tall = it.page.evaluate("document.documentElement.scrollHeight")
        it.page.evaluate("window.scrollTo(0, 0)")
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(tall, _TALLEST)}
        it.page.screenshot(path=picture, full_page=True, clip=clip)
    return [f"{picture.stem}: {wide} pixels wide"] if wide > size["width"] else []


def wrong_copy(plan: str, folder: Path) -> Path:
    """Return a plan.json that has cells to mend."""
    content = json.loads(plan)
    content["agents"][0]["contract"] = _ONE_WRONG
    content["queues"][0]["service_level"] = 1.4
    path = folder / "wrong.json"
    path.write_text(json.dumps(content))
    return path


def drawn(told: argparse.Namespace) -> Iterator[str]:
    """Draw all that is asked for; yield what is wrong."""
    told.out.mkdir(parents=True, exist_ok=True)
    with having(told.plan, told.roster) as (served, job), opened() as browser:
        given(served, told.plan, told.roster)
        text = served.backend.kept[job].files["plan.json"].decode()
        wrong = wrong_copy(text, told.out)
        for width in told.width or _SIZES:
            for scheme in told.scheme or ("light", "dark"):
                for scene in SCENES:
                    name = scene.__name__
                    if told.only and name not in told.only:
                        continue
                    viewport = {"width": width, "height": _SIZES[width]}
                    page = browser.new_page(viewport=viewport, color_scheme=scheme)
                    picture = told.out / f"{name}-{width}-{scheme}.png"
                    try:
                        it = Scene(page, served, job, wrong)
                        yield from draw(scene, it, picture)
                    except Exception as error:
                        page.screenshot(path=picture)
                        yield f"{picture.stem}: {str(error).splitlines()[0]}"
                    page.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("out", "plan", "roster"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--only", action="append")
    parser.add_argument("--width", type=int, action="append", choices=_SIZES)
    parser.add_argument("--scheme", action="append", choices=("light", "dark"))
    for wrong in drawn(parser.parse_args()):
        print(wrong, flush=True)


if __name__ == "__main__":
    main()
