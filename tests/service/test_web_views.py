"""The planner's page in a real browser, against a service whose jobs a test moves."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.browser import browsed, expect
from tests.page_server import given
from tests.service.conftest import Served, files_of
from tests.service.test_http_jobs import submitted
from tests.service.test_web import wrong
from tests.service.visiting import Visit, at_roster, choose, done, first_shift

__all__ = ["wrong"]
LOOKS = [
    [(1440, "light"), (390, "dark")],
    pytest.param([(1440, "dark"), (390, "light")], marks=pytest.mark.full),
]


@browsed
def test_two_clicks_lead_to_the_sample_roster(
    served: Served, browser: Any, rostered: Path
) -> None:
    it = Visit(browser, served.url)
    page, backend = it.page, served.backend
    it.ready("plans")
    page.click("text=A tiny one")
    page.click("button:has-text('Build roster'):enabled")
    it.ready("build")
    job = page.url.rpartition("/")[2]
    backend.tell(job, "status", status="SOLVING")
    told = {"phase": "columns", "seconds": 1.0, "bound": 90.0}
    backend.tell(job, "incumbent", objective=120.0, gap=0.333, **told)
    page.locator(".card", has_text="120").wait_for()
    expect(page.locator(".cards")).to_contain_text("33.3")
    page.locator(".chart canvas").wait_for()
    so_far = _so_far()
    found = {"objective": 110.0, "gap": 0.2, **told, "so_far": so_far}
    backend.tell(job, "incumbent", **found)
    card = page.locator(".card", has_text="Calls short")
    expect(card).to_contain_text("4.5")
    short = page.locator(".days").first
    for words in ("phones", "Tue 3 10:30: 2.3"):
        expect(short).to_contain_text(words, use_inner_text=True)
    expect(page.locator(".days").last).to_contain_text("<b>claims")
    (queue,) = so_far["queues"]
    covered = {**queue, "short_hours": [0, 0], "worst": []}
    found["so_far"] = {**so_far, "queues": [covered]}
    found["objective"] = 105.0
    backend.tell(job, "incumbent", **found)
    page.locator(".card", has_text="4.5\u00a0h in the first roster").wait_for()
    page.click("text=Stop and keep")
    page.locator("#state", has_text="stopping").wait_for()
    assert backend.kept[job].job.stop_asked
    page.reload()  # nothing changes by leaving
    page.locator(".card", has_text="105").wait_for()
    backend.complete(job, files_of(rostered))
    it.ready("roster")
    expect(page.locator("#timeline canvas")).to_be_visible()
    page.locator("#answers .card").nth(4).wait_for()
    it.close()


def _so_far() -> dict[str, Any]:
    """Return what is told of a roster while it is searched for."""
    worst = [{"start": "2026-03-03T10:30:00+00:00", "people": 2.25}]
    queue = {
        "queue": "phones",
        "queues": ["phones"],
        "short_hours": [0.0, 4.5],
        "worst": worst,
    }
    late = {"case_type": "<b>claims", "late": [0.0, 7.0], "late_hours": [0.0, 3.5]}
    days = ["2026-03-02", "2026-03-03"]
    return {"days": days, "queues": [queue], "case_types": [late]}


@browsed
def test_a_plan_is_mended_beside_the_cell(
    served: Served, browser: Any, wrong: Path
) -> None:
    it = Visit(browser, served.url)
    page = it.page
    it.ready("plans")
    page.set_input_files("input[aria-label^='Choose file']", wrong)
    cell = page.locator("input[aria-invalid=true]")
    expect(cell).to_have_attribute("aria-label", "contract, row 1")
    expect(page.locator(".why:not(:empty)")).to_contain_text("expected")
    build = page.locator("button", has_text="Build roster")
    expect(build).to_be_disabled()
    page.locator(".why button", has_text="Use").click()
    page.locator("text=The plan is right").wait_for()
    expect(page.locator("[aria-invalid=true]")).to_have_count(0)
    expect(build).to_be_enabled()
    it.close()


@browsed
def test_a_search_is_cancelled_and_says_what_to_do(
    served: Served, browser: Any, tiny: bytes
) -> None:
    with served.client() as client:
        job = submitted(client, tiny).rpartition("/")[2]
    it = Visit(browser, served.url, f"#/build/{job}")
    it.page.on("dialog", lambda dialog: dialog.accept())
    it.page.click("text=Cancel")
    it.page.locator("#state", has_text="cancelled").wait_for()
    it.page.locator("text=nothing was kept").wait_for()
    it.close()


@browsed
def test_hours_move_with_a_target(served: Served, browser: Any) -> None:
    it = Visit(browser, served.url)
    page = it.page
    page.click("text=A tiny one")
    with page.expect_download() as got:
        page.click("text=Save as workbook")
    assert got.value.suggested_filename == "plan.xlsx"
    page.click("text=See the demand")
    it.ready("demand")
    need = page.locator(".card", has_text="Calls need").locator(".value")
    before = need.inner_text()
    # 44 claims wait and 14 come a day, half an hour each: the curve begins at 22 h.
    curve = page.evaluate("data.cases[0].curve")
    assert curve["available"] == [22, 29, 36, 43]
    assert curve["due"] == [0, 11, 22, 29]
    page.locator(".lever").first.get_by_label("Calls, ± %").fill("50")
    page.locator(".card", has_text="h against the plan").first.wait_for()
    expect(need).not_to_have_text(before)
    page.click("button:text('As in the plan')")
    expect(need).to_have_text(before)
    it.close()


@browsed
def test_an_agents_day_is_explained(
    served: Served, browser: Any, tiny: bytes, rostered: Path
) -> None:
    it = at_roster(served, browser, tiny, rostered)
    page = it.page
    choose(page, first_shift(page))
    page.locator("#explained h3").wait_for()
    expect(page.locator("#explain-agent")).not_to_have_value("")
    page.click("text=Who could replace them?")
    page.locator("#explained", has_text="nobody steps in").wait_for()
    with page.expect_download() as download:
        page.click("button:text('Export')")
    assert download.value.suggested_filename.endswith(".xlsx")
    it.close()


@browsed
def test_who_has_the_same_name_is_told_apart(
    served: Served, browser: Any, tiny: bytes, rostered: Path, tmp_path: Path
) -> None:
    told = json.loads(tiny)
    one, other = (agent["agent_id"] for agent in told["agents"][:2])
    for agent in told["agents"][:2]:
        agent["name"] = "Ada Abbot"
    (tmp_path / "plan.json").write_text(json.dumps(told))
    job = given(served, tmp_path / "plan.json", rostered)
    it = Visit(browser, served.url, f"#/roster/{job}")
    it.ready("roster")
    page = it.page
    names = page.evaluate("roster.rows.map(({ person }) => personName(person))")
    assert names[:2] == [f"Ada Abbot ({agent})" for agent in (one, other)]
    assert names[2:] == [agent["name"] for agent in told["agents"][2:]]
    page.fill("#explain-agent", "Ada Abbot")  # which of them?
    page.click("text=Why this, what else?")
    page.locator("#explained", has_text="Choose an agent").wait_for()
    page.fill("#explain-agent", f"Ada Abbot ({other})")
    page.click("text=Why this, what else?")
    page.locator("#explained h3", has_text=f"Ada Abbot ({other})").wait_for()
    it.close()


@browsed
def test_two_rosters_are_compared(
    served: Served, browser: Any, tiny: bytes, rostered: Path
) -> None:
    one, other = (done(served, tiny, rostered) for _ in range(2))
    it = Visit(browser, served.url, f"#/compare/{one}")
    it.ready("compare")
    it.page.select_option("select >> nth=1", other)
    it.page.locator("text=the two rosters are the same").wait_for()
    it.close()


@browsed
def test_demand_is_seen_of_a_day_and_of_the_whole_week(
    served: Served, browser: Any
) -> None:
    it = Visit(browser, served.url)
    page = it.page
    it.ready("plans")
    page.click("text=A tiny one")
    page.locator("text=The plan is right").wait_for()
    it.go("#/demand", "demand")
    is_whole = "coverRows(coverage.day).length === chosenQueue().starts.length"
    assert not page.evaluate(is_whole)
    page.select_option("#coverage-day select", label="Whole week")
    assert page.evaluate(is_whole)
    it.close()


@browsed
def test_a_note_begins_as_a_sentence_does(served: Served, browser: Any) -> None:
    it = Visit(browser, served.url)
    it.ready("plans")
    notes = [
        "calls of a day are spread",
        "écoutes, too",
        "agents.csv: column 'x' is not used",
        "a17 is left out",
        "Already so",
    ]
    told = it.page.evaluate("(notes) => notes.map(noteText)", notes)
    assert told == ["Calls of a day are spread", "Écoutes, too", *notes[2:]]
    it.close()


@browsed
def test_a_key_opens_one_tenants_rosters(
    guarded: Served, browser: Any, tiny: bytes, rostered: Path
) -> None:
    mine, theirs = guarded.key("web-mine"), guarded.key("web-theirs")
    with guarded.client(mine) as client:
        job = submitted(client, tiny).rpartition("/")[2]
    guarded.backend.complete(job, files_of(rostered))
    it = Visit(browser, guarded.url, f"#/roster/{job}")
    it.known += ["status of 401", "status of 404"]
    page = it.page
    page.fill("#signin-key", "rf_wrong")
    page.click("#signin button[type=submit]")
    page.locator("#signin", has_text="does not know").wait_for()
    page.fill("#signin-key", mine)
    page.click("#signin button[type=submit]")
    it.ready("roster")
    assert page.evaluate("localStorage.length") == 0
    page.click("#key")
    page.locator("#signin-key").wait_for()
    page.fill("#signin-key", theirs)
    page.click("#signin button[type=submit]")
    it.ready("plans")
    page.goto(f"{guarded.url}/#/roster/{job}")
    page.locator("[role=alert]", has_text="no such job").wait_for()
    it.close()


@browsed
@pytest.mark.parametrize("looks", LOOKS, ids=str)
def test_nothing_hinders_who_cannot_see_well(
    served: Served,
    browser: Any,
    tiny: bytes,
    rostered: Path,
    looks: list[tuple[int, str]],
) -> None:
    one, other = (done(served, tiny, rostered) for _ in range(2))
    it = Visit(browser, served.url)
    it.ready("plans")
    it.page.click("text=A tiny one")
    it.page.locator("text=The plan is right").wait_for()
    places = {
        "#/plans": "plans",
        "#/plans/plan": "plans",
        "#/demand": "demand",
        "#/build": "build",
        "#/whatif": "whatif",
        "#/hire": "hire",
        f"#/build/{one}": "build",
        f"#/roster/{one}": "roster",
        f"#/compare/{one}/{other}": "compare",
    }
    told = []
    for place, name in places.items():
        it.go(place, name)
        for width, scheme in looks:
            it.page.set_viewport_size({"width": width, "height": 900})
            it.page.emulate_media(color_scheme=scheme)
            it.fits()
            told += [(place, scheme, *each) for each in it.hindrances()]
    assert told == []
    it.close()
