"""Draws every view of the page: python -m tests.page_pictures OUT PLAN ROSTER.

In three widths, light and dark; ROSTER is a folder that ``ringfence roster`` has made
of PLAN, --whatif one that ``ringfence whatif`` has, --hire of ``ringfence hire``. With
--only NAME some views, with --width and --scheme some of these. Prints what is wider
than the screen, views that there is no way to, and with --axe what Axe finds.
"""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from models.roster import check
from models.roster.result import Gives
from scheduler.preparing import prepare
from scheduler.rosters.reading import read_roster
from scheduler.rosters.so_far import so_far
from scheduler.service.jobs.records import Order
from tests.browser import opened
from tests.page_scenes import SCENES, Scene
from tests.page_server import having

_SIZES = {1440: 900, 768: 1024, 390: 844}
_TALLEST = 3200  # pixels of a picture
_ONE_WRONG = "a name that no contract has"
_IN_SIGHT = {
    "who_works",
    "explained",
    "simulated",
    "blended",
    "edited",
    "pasted_rows",
    "signing_in",
}


def hindering(page: Any) -> list[str]:
    """Return what Axe finds in a page: rules, and the first place of each."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]


def draw(
    scene: Callable[[Scene], None], it: Scene, picture: Path, *, axe: bool
) -> list[str]:
    """Draw a view; return what is wrong with it."""
    scene(it)
    size, is_part = it.page.viewport_size, scene.__name__ in _IN_SIGHT
    for part in it.page.locator(".chart:visible").all() * (not is_part):
        part.scroll_into_view_if_needed()  # charts are drawn once they are in sight
        it.page.wait_for_timeout(100)
    it.page.wait_for_timeout(500)
    wide, tall = it.page.evaluate(
        "(({ scrollWidth, scrollHeight }) => [scrollWidth, scrollHeight])"
        "(document.documentElement)"
    )
    if is_part:
        it.page.screenshot(path=picture)
    else:
        it.page.evaluate("window.scrollTo(0, 0)")
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(tall, _TALLEST)}
        it.page.screenshot(path=picture, full_page=True, clip=clip)
    told = hindering(it.page) if axe else []
    if wide > size["width"]:
        told.append(f"{wide} pixels wide")
    return [f"{picture.stem}: {words}" for words in told]


def wrong_copy(plan: str, folder: Path) -> Path:
    """Return a plan.json that has cells to mend."""
    content = json.loads(plan)
    content["agents"][0]["contract"] = _ONE_WRONG
    content["queues"][0]["service_level"] = 1.4
    path = folder / "wrong.json"
    path.write_text(json.dumps(content))
    return path


def short_of(plan: Path, made: Path) -> Mapping[str, Any]:
    """Return what a roster leaves short with a tenth less of everything."""
    prepared = prepare(plan)
    problem, translation = prepared.problem, prepared.translation
    roster = read_roster(made, problem, translation.axis, translation.plan).roster
    cover = np.array(check.cover(problem, roster)) * 9 // 10
    gives = Gives(cover, np.array(check.case_minutes(problem, roster)) * 9 // 10)
    return so_far(translation, gives).model_dump(mode="json")


@contextmanager
def scene_of(told: argparse.Namespace) -> Iterator[Callable[[Any], Scene]]:
    """Serve what the scenes are about; yield what makes one of a browser's page."""
    with having(told.plan, told.roster) as (served, job):
        kept = served.backend.kept[job]
        text = kept.files["plan.json"].decode()
        order = Order("local", "page", text, kept.job.plan_hash, name=kept.job.name)
        served.backend.complete(served.backend.submit(order).job.id, kept.files)
        yield partial(
            Scene,
            served=served,
            job=job,
            wrong=wrong_copy(text, told.out),
            short=partial(short_of, told.plan, told.roster),
            supposed=_files(told.whatif, "whatif.*"),
            hired=_files(told.hire, "hire.*"),
        )


def _files(folder: Path | None, names: str) -> dict[str, bytes]:
    found = [] if folder is None else folder.glob(names)
    return {path.name: path.read_bytes() for path in found}


def drawn(told: argparse.Namespace) -> Iterator[str]:
    """Draw all that is asked for; yield what is wrong."""
    told.out.mkdir(parents=True, exist_ok=True)
    wanted = [each for each in SCENES if not told.only or each.__name__ in told.only]
    given = {"whatif_done": told.whatif, "hire_done": told.hire}
    wanted = [each for each in wanted if given.get(each.__name__, told.out)]
    kinds = product(told.width or _SIZES, told.scheme or ("light", "dark"))
    with scene_of(told) as made, opened() as browser:
        for (width, scheme), scene in product(kinds, wanted):
            viewport = {"width": width, "height": _SIZES[width]}
            page = browser.new_page(viewport=viewport, color_scheme=scheme)
            picture = told.out / f"{scene.__name__}-{width}-{scheme}.png"
            try:
                yield from draw(scene, made(page), picture, axe=told.axe)
            except Exception as error:
                page.screenshot(path=picture)
                yield f"{picture.stem}: {str(error).splitlines()[0]}"
            page.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("out", "plan", "roster"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--whatif", type=Path)
    parser.add_argument("--hire", type=Path)
    parser.add_argument("--axe", action="store_true")
    parser.add_argument("--only", action="append")
    parser.add_argument("--width", type=int, action="append", choices=_SIZES)
    parser.add_argument("--scheme", action="append", choices=("light", "dark"))
    for wrong in drawn(parser.parse_args()):
        print(wrong, flush=True)


if __name__ == "__main__":
    main()
