"""Draws the picture of a page: python -m tests.picture PAGE_HTML PICTURE_PNG."""

import sys
from pathlib import Path

from tests.browser import opened

_SIZE = {"width": 1280, "height": 1160}


def draw(report: Path, picture: Path) -> None:
    """Write what a page shows first."""
    picture.parent.mkdir(parents=True, exist_ok=True)
    with opened() as browser:
        page = browser.new_page(viewport=_SIZE, color_scheme="light")
        page.goto(report.resolve().as_uri())
        page.wait_for_selector("html[data-ready]")
        page.locator("main canvas").nth(1).wait_for()
        page.wait_for_timeout(300)
        page.screenshot(path=picture)


if __name__ == "__main__":
    draw(Path(sys.argv[1]), Path(sys.argv[2]))
