"""Published versions side by side: over HTTP, and on the planner's page."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.browser import browsed, expect
from tests.service.conftest import Served, files_of
from tests.service.drafting import change, day_off, etag, rows
from tests.service.test_http_jobs import submitted
from tests.service.visiting import Visit

NAME = "<b>Ann</b>"
MANY = """async () => {
  const { agentRows } = await import("/web/agent_rows.js");
  const row = (n) => [`Agent ${n}`, n % 3 ? "Mon, changed" : "Tue, removed"];
  const rows = Array.from({ length: 250 }, (_, n) => ({
    text: row(n).join(" "), count: n, cells: () => row(n) }));
  const made = agentRows("Many", ["Agent", "Days"], rows);
  section("main").replaceChildren(el("h1", {}, "Many"), made);
}"""

SIDES = """async (found) => {
  const { shown } = await import("/web/compare.js");
  useData({ locale: "en-GB", time_zone: "UTC", days: [], queues: [], people: [] });
  section("main").replaceChildren(el("h1", {}, "Sides"), ...(await shown(found)));
}"""
SIDEWAYS = """() => [...document.querySelectorAll(".scroll")]
  .filter((box) => box.scrollWidth > box.clientWidth + 1)
  .map((box) => box.ariaLabel)"""
COMPARED = {
    "a": {"objective": 1234.5, "legal": True},
    "b": {"objective": 1200.0, "legal": False},
    "totals": dict.fromkeys(
        ("agents", "agents_touched", "same", "worked", "added", "removed", "changed"),
        1000,
    ),
    "difference": {"preferred_rules": 123.4, "voice_shortfall": -7654.3},
    "days": [
        {
            "date": f"2026-03-0{day}",
            **dict.fromkeys(("worked", "same", "added", "removed"), 1000),
            **dict.fromkeys(("changed", "within"), 1000),
        }
        for day in range(2, 9)
    ],
    "changes": [
        {
            "agent": "A1",
            "agent_name": "Ann",
            "date": "2026-03-02",
            "change": "removed",
            "before": None,
            "after": None,
            "activities": [],
        }
    ],
    "queues": [
        {
            "queue": queue,
            "required_hours": 12345.6,
            "at_best": at_best,
            "a": {"short_hours": 123.4, "service_level": 0.91},
            "b": {"short_hours": 12.3, "service_level": 0.92},
        }
        for queue, at_best in (("service", True), ("service+sales", False))
    ],
    "cases": [
        {
            "case_type": "complaints by letter",
            "a": {"hours": 999.9, "breaches": 99.5, "overdue": 12.5},
            "b": {"hours": 888.8, "breaches": 0.0, "overdue": 0.0},
        }
    ],
    "notes": ["calls of a day are spread", "agents.csv: column 'x' is not used"],
}


@pytest.fixture
def client(guarded: Served, request: pytest.FixtureRequest) -> Iterator[httpx.Client]:
    key = guarded.key(f"c{abs(hash(request.node.name)) % 10**9}")
    with guarded.client(key) as client:
        yield client


def plan_with(tiny: bytes, **more: Any) -> bytes:
    """Return the plan with an agent's name that is markup, and other changes."""
    plan = json.loads(tiny)
    for agent in plan["agents"]:
        agent["name"] = NAME
    return json.dumps({**plan, **more}).encode()


def published(
    served: Served, client: httpx.Client, plan: bytes, rostered: Path
) -> tuple[str, str]:
    """Return the id of a job that has a roster, and of the version it becomes."""
    job = submitted(client, plan).rpartition("/")[2]
    served.backend.complete(job, {**files_of(rostered), "plan.json": plan})
    made = client.post(f"/v1/rosters/{job}/publish", json={"reason": "as it is"})
    assert made.status_code == 201, made.text
    return job, str(made.json()["id"])


def edited(client: httpx.Client, job: str) -> tuple[dict[str, Any], str]:
    """Return a shift that is taken away, and the version without it."""
    draft = str(client.post(f"/v1/rosters/{job}/drafts").json()["id"])
    row = rows(client, draft)[0]
    change(client, draft, day_off(row))
    made = client.post(
        f"/v1/drafts/{draft}/publish",
        headers=etag(client, draft),
        json={"reason": "fell ill"},
    )
    assert made.status_code == 201, made.text
    return row, str(made.json()["id"])


def compared(client: httpx.Client, one: str, other: str) -> httpx.Response:
    return client.get(f"/v1/versions/{one}/compare", params={"other": other})


def test_two_versions_differ_by_what_was_edited(
    guarded: Served, client: httpx.Client, tiny: bytes, rostered: Path
) -> None:
    job, first = published(guarded, client, tiny, rostered)
    row, second = edited(client, job)
    found = compared(client, first, second)
    assert found.status_code == 200, found.text
    told = found.json()
    (gone,) = told["changes"]
    assert (gone["agent"], gone["date"]) == (row["agent_id"], row["date"])
    assert (gone["change"], gone["after"]) == ("removed", None)
    assert [told[side]["folder"] for side in "ab"] == [first, second]
    assert told["notes"] == [] and not told["shifts_only"]
    assert "/tmp" not in found.text
    (back,) = compared(client, second, first).json()["changes"]
    assert (back["change"], back["before"]) == ("added", None)
    assert compared(client, first, first).json()["changes"] == []


def test_versions_outlive_their_job(
    guarded: Served, client: httpx.Client, tiny: bytes, rostered: Path
) -> None:
    job, first = published(guarded, client, tiny, rostered)
    _, second = edited(client, job)
    assert client.delete(f"/v1/rosters/{job}").status_code == 204
    assert len(compared(client, first, second).json()["changes"]) == 1


def test_a_changed_plan_is_told(
    guarded: Served, client: httpx.Client, tiny: bytes, rostered: Path
) -> None:
    _, first = published(guarded, client, tiny, rostered)
    _, second = published(guarded, client, plan_with(tiny), rostered)
    (note,) = compared(client, first, second).json()["notes"]
    assert second in note and "another plan" in note


def test_other_days_are_refused(
    guarded: Served, client: httpx.Client, tiny: bytes, rostered: Path
) -> None:
    _, first = published(guarded, client, tiny, rostered)
    _, second = published(guarded, client, plan_with(tiny, name="other"), rostered)
    refused = compared(client, first, second)
    assert refused.status_code == 409
    assert "same days of a plan" in refused.json()["detail"]


def test_a_version_of_somebody_else_is_not_there(
    guarded: Served, client: httpx.Client, tiny: bytes, rostered: Path
) -> None:
    _, mine = published(guarded, client, tiny, rostered)
    with guarded.client(guarded.key("compares-others")) as other:
        _, theirs = published(guarded, other, tiny, rostered)
    answers = [
        compared(client, *pair)
        for pair in ((mine, theirs), (theirs, mine), (mine, "0" * 32))
    ]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert len({answer.json()["detail"] for answer in answers}) == 1
    for bad in ("../x", "", mine[:-1]):
        assert compared(client, mine, bad).status_code == 422


@browsed
@pytest.mark.parametrize(
    ("width", "scheme"),
    [pytest.param(1440, "light", marks=pytest.mark.full), (390, "dark")],
)
def test_the_page_shows_what_changed_for_whom(
    served: Served,
    browser: Any,
    tiny: bytes,
    rostered: Path,
    width: int,
    scheme: str,
) -> None:
    with served.client() as client:
        job, first = published(served, client, plan_with(tiny), rostered)
        row, second = edited(client, job)
    size = {"width": width, "height": 900}
    it = Visit(browser, served.url, "#/versions", viewport=size, color_scheme=scheme)
    page = it.page
    it.ready("versions")
    page.locator("text=Choose two versions").wait_for()
    page.click(f"a[href='#/versions/{first}/{second}']")
    changes = page.get_by_role("region", name="Changes by agent")
    for words in (row["agent_id"], NAME, "removed"):
        expect(changes.locator("tbody tr")).to_contain_text(words)
    costs = page.get_by_role("region", name="What B costs more (+) or less (−)")
    expect(costs).to_contain_text("paid hours")
    expect(costs).to_contain_text("calls short")
    page.select_option("select >> nth=1", "")
    page.locator("text=Choose two versions").wait_for()
    page.select_option("select >> nth=1", second)
    changes.wait_for()
    assert it.hindrances() == []
    it.fits()
    it.close()


@browsed
@pytest.mark.parametrize("looks", [[(390, "dark"), (768, "light")]], ids=str)
def test_every_table_of_a_comparison_fits(
    served: Served, browser: Any, looks: list[tuple[int, str]]
) -> None:
    it = Visit(browser, served.url)
    it.ready("plans")
    page = it.page
    page.set_viewport_size({"width": 390, "height": 900})
    page.evaluate(SIDES, COMPARED)
    calls = page.get_by_role("region", name="Calls").locator("tbody tr")
    expect(calls.first).to_contain_text("up to 91.0")
    expect(calls.first.locator("td").nth(2)).to_have_attribute(
        "data-head", "Missing, A: "
    )
    expect(calls.last).to_contain_text("service + sales, together")
    expect(calls.last).not_to_contain_text("up to")
    expect(page.locator(".panel", has_text="To know").locator("li")).to_have_text(
        ["Calls of a day are spread", "agents.csv: column 'x' is not used"]
    )
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        it.fits()
        assert page.evaluate(SIDEWAYS) == []
        assert it.hindrances() == []
    it.close()


@browsed
def test_one_of_many_agents_is_found(served: Served, browser: Any) -> None:
    it = Visit(browser, served.url)
    it.ready("plans")
    page = it.page
    page.evaluate(MANY)
    rows = page.get_by_role("region", name="Many").locator("tbody tr")
    more = page.get_by_role("button", name="Show 100 more")
    expect(rows).to_have_count(100)
    more.click()
    expect(rows).to_have_count(200)
    page.get_by_label("Order").select_option("most")
    expect(rows).to_have_count(100)
    expect(rows.first).to_contain_text("Agent 249")
    page.get_by_label("Search").fill("24 REMOVED")
    expect(rows).to_have_text(["Agent 249Tue, removed", "Agent 246Tue, removed",
                               "Agent 243Tue, removed", "Agent 240Tue, removed",
                               "Agent 24Tue, removed"])  # fmt: skip
    expect(more).to_be_hidden()
    assert it.hindrances() == []
    it.close()


@browsed
def test_nothing_published_leads_on(guarded: Served, browser: Any) -> None:
    it = Visit(browser, guarded.url, "#/versions")
    it.page.fill("#signin-key", guarded.key("publishes-nothing"))
    it.page.click("#signin button[type=submit]")
    it.page.click("text=Go to the rosters")
    it.ready("roster")
    it.known.append("status of 401")
    it.close()
