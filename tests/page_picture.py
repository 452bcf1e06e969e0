"""Draws the planner's page: python -m tests.page_picture URL PICTURE_PNG.

From a service on loopback that has a roster; the latest is drawn.
"""

import sys
from pathlib import Path

from tests.browser import opened

_SIZE = {"width": 1280, "height": 1000}


def draw(url: str, picture: Path) -> None:
    """Write what the page shows of the latest roster."""
    picture.parent.mkdir(parents=True, exist_ok=True)
    with opened() as browser:
        page = browser.new_page(viewport=_SIZE, color_scheme="light")
        page.goto(f"{url}/#/roster")
        page.wait_for_selector("html[data-ready=roster]")
        page.locator("main table a").first.click()
        page.locator("#timeline canvas").wait_for()
        page.evaluate("section('roster').scrollIntoView()")
        page.wait_for_timeout(500)
        page.screenshot(path=picture)


if __name__ == "__main__":
    draw(sys.argv[1].rstrip("/"), Path(sys.argv[2]))
