"""The page of scenarios in a real browser: every size, and any name."""

from pathlib import Path
from typing import Any

import pytest

from scheduler.report.page.many import SCENARIOS
from scheduler.whatif.compared import compared, sampled
from scheduler.whatif.document import Outlook, ScenarioEntry, WhatIfDocument
from tests.browser import expect, in_browser
from tests.test_browser import Opened
from tests.test_whatif_run import entry

pytestmark = in_browser
SIZES = ({"width": 1440, "height": 900}, {"width": 390, "height": 844})
NASTY = "</script><img src=x onerror=alert(1)>"


def some(count: int) -> WhatIfDocument:
    """Return a document of scenarios, one of them without a roster, and of samples."""
    entries: list[ScenarioEntry] = [entry("base", (0.9, 2, 100, 110), 100)]
    for n in range(count):
        figures = (0.9 - n / 500, float(n), 100.0 + n % 7, 110.0 + 2 * n)
        what = "as planned" if n % 3 else f"calls +{n}%"
        entries.append(
            entry(f"{n} {NASTY}", figures, 100.0 + 2 * n, circumstances=what)
        )
    none = Outlook(**dict.fromkeys(Outlook.model_fields))
    lost = entry("lost", (0, 0, 0, 0), 0, status="infeasible", why=[NASTY])
    entries.append(lost.model_copy(update={"figures": none, "bound": None}))
    for n in (1, 2):
        for of in ("base", "a"):
            more = {"of": of, "samples": "s", "sample": n}
            entries.append(entry(f"s, {of}, {n}", (0.9, 1, 99, 120 + n), 119, **more))
    told = compared(entries)
    return WhatIfDocument(
        name=NASTY,
        plan_hash="0" * 64,
        versions={"ringfence": "0"},
        locale="de-DE",
        time_zone="Europe/Berlin",
        engine="auto",
        time_limit=60,
        work_limit=0,
        asked_gap=0.01,
        seed=0,
        workers=1,
        interrupted=True,
        scenarios=told,
        sampled=sampled(told),
        notes=[f"/a/long/path/{'x' * 200}"],
    )


@pytest.mark.parametrize("count", [0, pytest.param(5, marks=pytest.mark.full), 90])
def test_it_draws_both_charts_and_complains_about_nothing(
    browser: Any, tmp_path: Path, count: int
) -> None:
    path = tmp_path / "whatif.html"
    path.write_text(SCENARIOS.text(some(count)), encoding="utf-8")
    it = Opened(browser, path, viewport=SIZES[0])
    whole(it, count)
    for size in SIZES[1:]:
        it.page.set_viewport_size(size)
        it.page.reload()
        it.page.wait_for_selector("html[data-ready]")
        whole(it, count)
    assert it.said == [] and it.asked == [path.as_uri()] * len(SIZES)
    it.page.emulate_media(color_scheme="dark")
    it.page.set_viewport_size({"width": 800, "height": 600})
    it.settle()
    assert it.page.pdf().startswith(b"%PDF")
    assert it.said == []
    it.page.close()


def whole(it: Opened, count: int) -> None:
    """Everything is there, and nothing is wider than the window."""
    charts = it.page.locator(".chart")
    expect(charts).to_have_count(2)
    for chart in charts.all():
        chart.scroll_into_view_if_needed()
        chart.locator("canvas").wait_for()
    it.page.locator("summary").first.click()
    it.settle()
    expect(it.page.locator("#scenarios tbody tr")).to_have_count(count + 2)
    expect(it.page.locator("#sampled tbody tr")).to_have_count(2)
    expect(it.page.locator("img")).to_have_count(0)
    expect(it.page.locator("h1")).to_have_text(NASTY)
    width = it.page.viewport_size["width"]
    assert it.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_line_of_the_base_lies_where_the_base_is(
    browser: Any, tmp_path: Path
) -> None:
    """Rounded to two decimals, a gap of 0.88 % would be marked at 1 %."""
    path = tmp_path / "whatif.html"
    path.write_text(SCENARIOS.text(some(5)), encoding="utf-8")
    it = Opened(browser, path)
    drawn = it.page.locator(".chart:has(canvas)").first
    marks = drawn.evaluate(
        "(node) => echarts.getInstanceByDom(node).getOption().series"
        ".map((one) => one.markLine?.precision)"
    )
    assert marks and min(marks) >= 6
    it.page.close()
