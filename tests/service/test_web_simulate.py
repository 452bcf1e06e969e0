"""Promise against kept, and the blending trap, on the planner's page."""

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.browser import browsed, expect
from tests.service.conftest import Served
from tests.service.visiting import Visit, done


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
    expect(calls.locator("tbody tr")).to_have_count(len(days) + queues)
    level = blocks["queues"][0]["total"]["service_level"]
    mean, half = 100 * level["mean"], 100 * level["half"]
    words = f"{mean:.1f}\u00a0% ± {half:.1f}"
    expect(calls.locator("tr").nth(1)).to_contain_text(words)
    last = blocks["case_types"][-1]
    expect(cases.locator("tbody")).to_contain_text(last["case_type"])
    page.locator("#simulated select").select_option(
        label=f"{last['case_type']}: deadlines kept"
    )
    chart = page.locator("#simulated .chart")
    label = re.compile(f"^{re.escape(last['case_type'])}: deadlines kept")
    expect(chart).to_have_attribute("aria-label", label)

    page.get_by_label("Seconds to find back to a case").fill("90")
    with page.expect_response(re.compile("between-calls")) as got:
        page.click("text=Play it between calls")
    assert "resume_seconds=90&" in f"{got.value.url}&"
    means = page.locator("#blending-means")
    told = re.compile("% of calls in time instead of .*late cases instead of")
    expect(means).to_have_text(told)
    if not sum(each["breaches"]["mean"] for each in blocks["case_types"]):
        expect(means).to_contain_text("late cases instead of 0:")
    both = page.get_by_role("region", name="Both ways side by side")
    more = queues + len(blocks["case_types"])
    expect(both.locator("tbody tr")).to_have_count(more)
    assert it.hindrances() == []
    it.fits()
    page.get_by_role("button", name="Simulate").click()
    expect(means).to_have_count(0)  # it was of the run before
    page.locator("#simulated").wait_for()
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
    expect(it.page.locator("#simulation .problem")).to_contain_text("activit")
    expect(it.page.locator("#simulated")).not_to_be_visible()
    it.known.append("status of 409")
    it.close()


MARKUP = "<img src=x onerror=alert(1)>"
MEANS = {  # by what changes in calls, in the first case type and in the second
    (0.0, 0.0, 0.0): "no difference can be told",
    (0.0, 50.0, 50.0): "the cases would pay for it, and nothing can be told",
    (0.2, 50.0, 50.0): "the phones would win, and the cases would pay for it",
    (0.2, 0.0, 0.0): "the cases would not pay for it that can be told",
    (-0.2, 0.0, 0.0): "the phones would pay for it, and nothing can be told",
    (-0.2, 50.0, 50.0): "worse for both",
    # together 6 ± 2 become 9 ± 2: not told apart, but 3 ± 1 and 8 ± 1 are
    (0.2, 5.0, -2.0): f"the phones would win, and {MARKUP} would pay for it",
    (0.0, 5.0, -2.0): f"{MARKUP} would pay for it, and nothing can be told",
    (-0.2, 5.0, -2.0): f"the phones and {MARKUP} would pay for it",
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
    blocks["case_types"] = [blocks["case_types"][0]] * 2
    more = [0.0, 0.0, 0.0]

    def answer(route: Any) -> None:
        found = copy.deepcopy(blocks)
        if "between-calls" in route.request.url:
            for each in found["queues"]:
                each["total"]["service_level"]["mean"] += more[0]
            found["case_types"] = [copy.deepcopy(each) for each in found["case_types"]]
            for each, late in zip(found["case_types"], more[1:], strict=True):
                each["breaches"]["mean"] += late
        route.fulfill(body=json.dumps(found), content_type="application/json")

    it = Visit(browser, served.url, f"#/roster/{job}")
    page = it.page
    page.route("**/simulate?*", answer)
    it.ready("roster")
    for change, words in MEANS.items():
        more[:] = change
        page.get_by_role("button", name="Simulate").click()
        expect(page.locator("#blending-means")).to_have_count(0)
        page.click("text=Play it between calls")
        page.locator("#blending-means", has_text=words).wait_for()
    both = page.get_by_role("region", name="Both ways side by side")
    expect(both).to_contain_text(MARKUP)
    expect(page.locator("#simulated img")).to_have_count(0)
    it.close()
