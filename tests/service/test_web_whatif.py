"""What if and whom to hire, on the planner's page, in a real browser."""

import json
from pathlib import Path
from typing import Any

from tests.browser import browsed, expect
from tests.service.conftest import Served
from tests.service.supposed import SCENARIOS, Heard
from tests.service.visiting import Visit


def at(served: Served, browser: Any, title: str, name: str) -> Visit:
    """Return a visit of a view, with the sample tiny at hand."""
    it = Visit(browser, served.url)
    it.page.click("text=A tiny one")
    it.page.locator("text=The plan is right").wait_for()
    it.page.click(f"nav >> text={title}")
    it.ready(name)
    return it


def sent(it: Visit, served: Served, button: str, file: str) -> tuple[str, Any]:
    """Return the job that a button submits, and what is sent beside the plan."""
    it.page.click(f"text={button}")
    it.page.locator("#state", has_text="Now: waiting").wait_for()
    job = it.page.url.rpartition("/")[2]
    return job, json.loads(served.backend.kept[job].files[file])


@browsed
def test_levers_become_scenarios_and_figures(
    served: Served, browser: Any, heard: Heard
) -> None:
    it = at(served, browser, "What if?", "whatif")
    page = it.page
    page.get_by_label("Calls, ± %, scenario 1").fill("-5")
    page.click("text=One more")
    page.get_by_label("Away, %, scenario 2").fill("4")
    page.click("text=One more")
    page.get_by_label("Calls, ± %, scenario 3").fill("7")
    page.get_by_label("Remove row 3").click()
    job, asked = sent(it, served, "Solve the scenarios", "scenarios.json")
    assert asked["scenarios"] == [
        {"name": "scenario 1", "calls": "-5%"},
        {"name": "scenario 2", "absence": 0.04},
    ]
    served.backend.tell(job, "log", line="solved 1 of 3")
    page.locator(".log", has_text="solved 1 of 3").wait_for()
    served.backend.complete(job, heard.files)
    for chart in (0, 1):
        host = page.locator(".chart").nth(chart)
        host.scroll_into_view_if_needed()
        host.locator("canvas").wait_for()
    page.locator("#scenarios summary").first.click()
    name = SCENARIOS["scenarios"][0]["name"]
    page.locator("#scenarios tbody tr td:first-child", has_text=name).first.wait_for()
    expect(page.locator("main b", has_text="more")).to_have_count(0)
    with page.expect_download() as got:
        page.click("text=Table (.csv)")
    assert got.value.suggested_filename == "whatif.csv"
    page.click("nav >> text=Plans")  # the charts go with their view
    it.ready("plans")
    page.set_viewport_size({"width": 700, "height": 700})
    it.close()


@browsed
def test_a_wrong_file_is_told_with_every_error(
    served: Served, browser: Any, tmp_path: Path
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[[scenarios]]\nname = "a"\ncalls = "ten"\nagentz = 1\n')
    it = at(served, browser, "What if?", "whatif")
    page = it.page
    page.set_input_files("input[aria-label='Choose a file of scenarios']", path)
    told = page.locator(".problem")
    expect(told).to_contain_text("scenarios.toml, row 3, scenarios.a.calls")
    expect(told).to_contain_text("agentz")
    it.known.append("status of 422")
    it.close()


@browsed
def test_hires_of_a_form_are_found_and_drawn(
    served: Served, browser: Any, heard_hiring: Heard
) -> None:
    it = at(served, browser, "Whom to hire", "hire")
    page = it.page
    page.get_by_label("Like whom, kind 1").select_option("T4")
    page.get_by_label("At most, kind 1").fill("1")
    page.get_by_label("Service level").fill("80")
    job, asked = sent(it, served, "Find whom to hire", "hires.json")
    kind = {"name": "hire 1", "like": "T4", "at_most": 1, "cost_per_week": 0}
    assert asked == {"hires": [kind], "targets": {"service_level": 0.8}}
    served.backend.complete(job, heard_hiring.files)
    page.locator("#tried .chart canvas").wait_for()
    expect(page.locator("#mix tbody tr")).to_have_count(1)
    expect(page.locator("#weeks .lead")).to_contain_text("its roster is not kept")
    expect(page.locator("main b", has_text="agent")).to_have_count(0)
    with page.expect_download() as got:
        page.click("text=Table (.csv)")
    assert got.value.suggested_filename == "hire.csv"
    it.close()
