"""A Chromium to open pages in: the one of the system, or one that is named.

Tests that open one are ``browsed``, and share the fixture ``browser``: a process of the
tests starts one Chromium, and each page has a context of its own.
"""

import importlib.util
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

# The first ones have no windows, not even hidden ones: a page takes half the time.
NAMES = (
    "chromium-headless-shell",
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
WHERE = "RINGFENCE_CHROMIUM"  # names one that is elsewhere
_PATIENCE = 60_000  # milliseconds: machines on which tests run have more to do


def chromium() -> str | None:
    """Return the path of a Chromium, ``None`` where none is found."""
    named = os.environ.get(WHERE)
    found = [named] if named else [shutil.which(name) for name in NAMES]
    return next((path for path in found if path and Path(path).exists()), None)


def _missing() -> str:
    if importlib.util.find_spec("playwright") is None:
        return "playwright is not installed"
    if chromium() is None:
        return f"no Chromium on the PATH, nor named by {WHERE}"
    return ""


in_browser = [
    pytest.mark.browser,
    pytest.mark.skipif(
        bool(_missing()), reason=f"the page was not opened in a browser: {_missing()}"
    ),
]


def browsed(test: Any) -> Any:
    """Mark a test that opens a browser."""
    for mark in in_browser:
        test = mark(test)
    return test


def expect(part: Any) -> Any:
    """Return what waits until something is so of a part of a page."""
    from playwright.sync_api import expect as expected

    return expected(part)


@contextmanager
def opened() -> Iterator[Any]:
    """Yield a browser without a window; what waits for it waits long."""
    from playwright.sync_api import expect as expected
    from playwright.sync_api import sync_playwright

    expected.set_options(timeout=_PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox"]
        )
        yield browser
        browser.close()


def heard_page(browser: Any, said: list[str], **options: Any) -> Any:
    """Return a new page; what its console says, and what fails in it, is added."""
    size = {"width": 1440, "height": 900}
    page = browser.new_page(**{"viewport": size, **options})
    page.set_default_timeout(_PATIENCE)
    page.on("console", lambda told: said.append(told.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return page


def until(page: Any, script: str, arg: Any = None) -> None:
    """Wait until a script says so of a page.

    Playwright's own waiting evaluates a string again and again, which now and then
    meets the page's rule that nothing may.
    """
    latest = time.monotonic() + _PATIENCE / 1000
    while not page.evaluate(script, arg):
        assert time.monotonic() < latest, f"never so: {script}"
        page.wait_for_timeout(50)
