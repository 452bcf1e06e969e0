"""Promise against kept, and the blending trap, on the planner's page."""

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.service.conftest import Served
from tests.service.test_web import Visit, browsed, browser, done

__all__ = ["browser"]


@browsed
@pytest.mark.parametrize(
    ("width", "scheme"),
    [pytest.param(1440, "light", marks=pytest.mark.full), (390, "dark")],
)
def test_a_roster_is_played_both_ways(
    served: Served,
    browser: Any,
    tiny: bytes,
    rostered: Path,
    width: int,
    scheme: str,
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    job = done(served, tiny, rostered)
    asked = f"/v1/rosters/{job}/simulate?replications=20"
    with served.client() as client:
        blocks = client.get(asked).json()
    size = {"width": width, "height": 900}
    place = f"#/roster/{job}"
    it = Visit(browser, served.url, place, viewport=size, color_scheme=scheme)
    page = it.page
    it.ready("roster")
    page.get_by_label("How often it is played").select_option("20")
    page.get_by_role("button", name="Simulate").press("Enter")
    page.locator("#kept-in-short", has_text="Played 20 times").wait_for()
    page.locator("#simulated .chart canvas").wait_for()
    calls = page.get_by_role("region", name="Calls by queue and day")
    cases = page.get_by_role("region", name="Deadlines by case type and day")
    days = [day for each in blocks["queues"] for day in each["days"] if day["offered"]]
    queues = len(blocks["queues"])
    assert calls.locator("tbody tr").count() == len(days) + queues
    level = blocks["queues"][0]["total"]["service_level"]
    mean, half = 100 * level["mean"], 100 * level["half"]
    assert f"{mean:.1f}\u00a0% ± {half:.1f}" in calls.locator("tr").nth(1).inner_text()
    last = blocks["case_types"][-1]
    assert last["case_type"] in cases.locator("tbody").inner_text()
    page.locator("#simulated select").select_option(
        label=f"{last['case_type']}: deadlines kept"
    )
    label = page.locator("#simulated .chart").get_attribute("aria-label")
    assert label.startswith(f"{last['case_type']}: deadlines kept")

    page.get_by_label("Seconds to find back to a case").fill("90")
    with page.expect_response(re.compile("between-calls")) as got:
        page.click("text=Play it between calls")
    assert "resume_seconds=90&" in f"{got.value.url}&"
    page.locator("#blending-means").wait_for()
    told = page.inner_text("#blending-means")
    late = sum(each["breaches"]["mean"] for each in blocks["case_types"])
    assert re.search(r"% of calls in time instead of .*late cases instead of", told)
    assert late > 0 or "late cases instead of 0:" in told
    both = page.get_by_role("region", name="Both ways side by side")
    assert both.locator("tbody tr").count() == queues + len(blocks["case_types"])
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Simulate").click()
    page.locator("#simulated").wait_for()
    assert page.locator("#blending-means").count() == 0  # it was of the run before
    it.close()


@browsed
def test_a_roster_that_cannot_be_played_says_why(
    served: Served, browser: Any, tiny: bytes, rostered: Path
) -> None:
    job = done(served, tiny, rostered)
    it = Visit(browser, served.url, f"#/roster/{job}")
    it.ready("roster")
    files = served.backend.kept[job].files
    head = files["activities.csv"].splitlines(keepends=True)[0]
    files["activities.csv"] = head
    it.page.get_by_role("button", name="Simulate").click()
    told = it.page.locator("#simulation .problem")
    told.wait_for()
    assert "activit" in told.inner_text()
    assert not it.page.locator("#simulated").is_visible()
    it.said.clear()  # the browser says itself that an answer was 409
    it.close()


MARKUP = "<img src=x onerror=alert(1)>"
MEANS = {
    (0.0, 0.0): "no difference can be told",
    (0.0, 50.0): "the cases would pay for it, and nothing can be told",
    (0.2, 50.0): "the phones would win, and the cases would pay for it",
    (0.2, 0.0): "the cases would not pay for it that can be told",
    (-0.2, 0.0): "the phones would pay for it, and nothing can be told",
    (-0.2, 50.0): "worse for both",
}


@browsed
def test_words_say_what_both_ways_differ_in(
    served: Served, browser: Any, tiny: bytes, rostered: Path
) -> None:
    job = done(served, tiny, rostered)
    with served.client() as client:
        blocks = client.get(f"/v1/rosters/{job}/simulate?replications=10").json()
    for each in blocks["queues"]:
        each["queue"] = MARKUP
        each["total"]["service_level"] = {"mean": 0.7, "half": 0.01}
    for each in blocks["case_types"]:
        each["case_type"] = MARKUP
        each["breaches"] = {"mean": 3.0, "half": 1.0}
    more = [0.0, 0.0]

    def answer(route: Any) -> None:
        found = copy.deepcopy(blocks)
        if "between-calls" in route.request.url:
            for each in found["queues"]:
                each["total"]["service_level"]["mean"] += more[0]
            for each in found["case_types"]:
                each["breaches"]["mean"] += more[1]
        route.fulfill(body=json.dumps(found), content_type="application/json")

    it = Visit(browser, served.url, f"#/roster/{job}")
    page = it.page
    page.route("**/simulate?*", answer)
    it.ready("roster")
    for (level, late), words in MEANS.items():
        more[:] = [level, late]
        page.get_by_role("button", name="Simulate").click()
        page.click("text=Play it between calls")
        page.locator("#blending-means", has_text=words).wait_for()
    both = page.get_by_role("region", name="Both ways side by side")
    assert MARKUP in both.inner_text()
    assert page.locator("#simulated img").count() == 0
    it.close()
