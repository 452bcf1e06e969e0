"""A Chromium to open pages in: the one of the system, or one that is named."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WHERE = "RINGFENCE_CHROMIUM"  # names one that is elsewhere


def chromium() -> str | None:
    """Return the path of a Chromium, ``None`` where none is found."""
    named = os.environ.get(WHERE)
    found = [named] if named else [shutil.which(name) for name in NAMES]
    return next((path for path in found if path and Path(path).exists()), None)


@contextmanager
def opened() -> Iterator[Any]:
    """Yield a browser without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox"]
        )
        yield browser
        browser.close()
