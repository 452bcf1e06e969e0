"""The planner's page in a real browser, against a service whose jobs a test moves."""

import importlib.util
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from scheduler.samples import SAMPLES
from scheduler.writing import write_plan
from tests.browser import WHERE, chromium, opened
from tests.service.conftest import Served, files_of
from tests.service.test_http_jobs import submitted

_LIGHT = 2_000_000  # bytes


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
    for mark in in_browser:
        test = mark(test)
    return test


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with opened() as found:
        yield found


class Visit:
    """A page of the service, and what its console said."""

    def __init__(self, browser: Any, url: str, place: str = "", **options: Any) -> None:
        self.said: list[str] = []
        self.strange: list[str] = []
        self.url = url
        size = {"width": 1440, "height": 900}
        self.page = browser.new_page(**{"viewport": size, **options})
        self.page.on("console", lambda told: self.said.append(told.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", self._asked)
        self.page.goto(f"{url}/{place}")

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.url, "blob:", "data:")):
            self.strange.append(request.url)

    def ready(self, name: str) -> None:
        self.page.wait_for_selector(f"html[data-ready={name}]")

    def close(self) -> None:
        assert self.said == []
        assert self.strange == []
        self.page.close()


def done(served: Served, tiny: bytes, rostered: Path) -> str:
    """Return the id of a job that has a roster."""
    with served.client() as client:
        job = submitted(client, tiny).rpartition("/")[2]
    served.backend.complete(job, files_of(rostered))
    return job


def test_files_come_with_a_policy_and_are_light(served: Served) -> None:
    with served.client() as client:
        page = client.get("/")
        names = [
            part.split('"')[0]
            for mark in ('src="', 'href="')
            for part in page.text.split(mark)[1:]
        ]
        files = {name: client.get(f"/{name}") for name in names if "#" not in name}
        again = client.get("/", headers={"If-None-Match": page.headers["etag"]})
        absent = client.get("/web/../pyproject.toml"), client.get("/web/none.js")
    assert all(answer.status_code == 200 for answer in files.values())
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert again.status_code == 304
    assert [answer.status_code for answer in absent] == [404, 404]
    assert sum(len(answer.content) for answer in files.values()) < _LIGHT


def test_a_roster_tells_what_its_report_shows(
    served: Served, tiny: bytes, rostered: Path
) -> None:
    job = done(served, tiny, rostered)
    bare = done(served, tiny, rostered)
    del served.backend.kept[bare].files["report.html"]
    with served.client() as client:
        told = client.get(f"/v1/rosters/{job}/page")
        worked_out = client.get(f"/v1/rosters/{bare}/page")
        plan = client.get(f"/v1/rosters/{job}/plan").json()
        etag = {"If-None-Match": told.headers["etag"]}
        assert client.get(f"/v1/rosters/{job}/page", headers=etag).status_code == 304
    assert told.json()["people"] == worked_out.json()["people"]
    assert plan == json.loads(tiny)


def test_two_rosters_are_compared_by_their_ids(
    served: Served, tiny: bytes, rostered: Path
) -> None:
    one, other = (done(served, tiny, rostered) for _ in range(2))
    with served.client() as client:
        path = f"/v1/rosters/{one}/compare"
        found = client.get(path, params={"other": other})
        absent = client.get(path, params={"other": "0" * 32})
        bad = client.get(path, params={"other": "../x"})
    assert found.json()["changes"] == []
    assert [found.json()[side]["folder"] for side in "ab"] == [one, other]
    assert "/tmp" not in found.text
    assert (absent.status_code, bad.status_code) == (404, 422)


def folder_zip(folder: Path, tmp_path: Path) -> Path:
    path = tmp_path / "plan.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for file in sorted(folder.iterdir()):
            packed.write(file, file.name)
    return path


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A zipped folder whose first agent has a contract that there is not."""
    folder = tmp_path / "plan"
    write_plan(SAMPLES["tiny"](), folder)
    agents = folder / "agents.csv"
    head, first, *rest = agents.read_text().splitlines()
    column = head.split(",").index("contract")
    cells = first.split(",")
    cells[column] = cells[column] + "x"
    agents.write_text("\n".join([head, ",".join(cells), *rest]) + "\n")
    return folder_zip(folder, tmp_path)


def document_of(client: httpx.Client, path: Path) -> Any:
    kind = {"Content-Type": "application/zip"}
    return client.post("/v1/document", content=path.read_bytes(), headers=kind).json()


def test_a_plan_comes_back_as_it_was_typed(served: Served, wrong: Path) -> None:
    with served.client() as client:
        found = document_of(client, wrong)
    (problem,) = found["findings"]
    assert problem["pointer"] == "/agents/0/contract"
    assert found["plan"]["agents"][0]["contract"] == problem["value"]
    assert not found["valid"] and found["lost"] == []


def test_what_has_no_cell_is_told_apart(served: Served, tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    write_plan(SAMPLES["tiny"](), folder)
    with (folder / "agents.csv").open("a") as file:
        file.write("A9,too,many,cells,in,this,row,,x,y,z,u,v,w\n")
    with served.client() as client:
        found = document_of(client, folder_zip(folder, tmp_path))
        nothing = tmp_path / "nothing.zip"
        with zipfile.ZipFile(nothing, "w") as packed:
            packed.writestr("agents.csv", "agent_id\n")
        none = document_of(client, nothing)
    assert not found["valid"]
    assert [one["file"] for one in found["lost"]] == ["agents.csv"]
    assert none["plan"] is None and none["lost"]


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
    assert "33.3" in page.inner_text(".cards")
    page.locator(".chart canvas").wait_for()
    queue = {"queue": "phones", "queues": ["phones"], "short_hours": [0.0, 4.5]}
    worst = [{"start": "2026-03-03T10:30:00+00:00", "people": 2.25}]
    late = {"case_type": "<b>claims", "late": [0.0, 7.0], "late_hours": [0.0, 3.5]}
    so_far = {
        "days": ["2026-03-02", "2026-03-03"],
        "queues": [{**queue, "worst": worst}],
        "case_types": [late],
    }
    found = {"objective": 110.0, "gap": 0.2, **told, "so_far": so_far}
    backend.tell(job, "incumbent", **found)
    page.locator(".card", has_text="Calls short").wait_for()
    assert "4.5" in page.locator(".card", has_text="Calls short").inner_text()
    short = page.locator(".days").first.inner_text()
    assert "phones" in short and "Tue 3 10:30: 2.3" in short
    assert "<b>claims" in page.locator(".days").last.inner_text()
    found["so_far"] = {
        **so_far,
        "queues": [{**queue, "short_hours": [0, 0], "worst": []}],
    }
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
    assert page.locator("#timeline canvas").is_visible()
    assert page.locator("#answers .card").count() >= 5
    it.close()


@browsed
def test_a_plan_is_mended_beside_the_cell(
    served: Served, browser: Any, wrong: Path
) -> None:
    it = Visit(browser, served.url)
    page = it.page
    it.ready("plans")
    page.set_input_files("input[aria-label^='Choose file']", wrong)
    cell = page.locator("input[aria-invalid=true]")
    cell.wait_for()
    assert cell.get_attribute("aria-label") == "contract, row 1"
    assert "expected" in page.locator(".why:not(:empty)").inner_text()
    assert page.locator("button", has_text="Build roster").is_disabled()
    page.locator(".why button", has_text="Use").click()
    page.locator("text=The plan is right").wait_for()
    assert page.locator("[aria-invalid=true]").count() == 0
    assert page.locator("button", has_text="Build roster").is_enabled()
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
    page.click("text=See the demand")
    need = page.locator(".card", has_text="Calls need")
    need.wait_for()
    before = need.locator(".value").inner_text()
    page.locator(".lever").first.get_by_label("Calls, ± %").fill("50")
    page.locator(".card", has_text="h against the plan").first.wait_for()
    assert need.locator(".value").inner_text() != before
    page.click("button:text('As in the plan')")
    page.wait_for_function(
        "(told) => document.querySelector('.card .value').textContent === told",
        arg=before,
    )
    it.close()


@browsed
def test_an_agents_day_is_explained(
    served: Served, browser: Any, tiny: bytes, rostered: Path
) -> None:
    job = done(served, tiny, rostered)
    it = Visit(browser, served.url, f"#/roster/{job}")
    it.ready("roster")
    page = it.page
    canvas = page.locator("#timeline canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 45)
    page.locator("#explained h3").wait_for()
    assert page.input_value("#explain-agent")
    page.click("text=Who could replace them?")
    page.locator("#explained", has_text="nobody steps in").or_(
        page.locator("#explained [role=alert]")
    ).first.wait_for()
    with page.expect_download() as download:
        page.click("button:text('Export')")
    assert download.value.suggested_filename.endswith(".xlsx")
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
def test_a_key_opens_one_tenants_rosters(
    guarded: Served, browser: Any, tiny: bytes, rostered: Path
) -> None:
    mine, theirs = guarded.key("web-mine"), guarded.key("web-theirs")
    with guarded.client(mine) as client:
        job = submitted(client, tiny).rpartition("/")[2]
    guarded.backend.complete(job, files_of(rostered))
    it = Visit(browser, guarded.url, f"#/roster/{job}")
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
    expected = [text for text in it.said if "status of 401" in text or "404" in text]
    assert it.said == expected
    it.said.clear()
    it.close()


@browsed
@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (1440, "light"),
        (390, "dark"),
        pytest.param(1440, "dark", marks=pytest.mark.full),
        pytest.param(390, "light", marks=pytest.mark.full),
    ],
)
def test_nothing_hinders_who_cannot_see_well(
    served: Served,
    browser: Any,
    tiny: bytes,
    rostered: Path,
    width: int,
    scheme: str,
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    one, other = (done(served, tiny, rostered) for _ in range(2))
    size = {"width": width, "height": 900}
    it = Visit(browser, served.url, viewport=size, color_scheme=scheme)
    page = it.page
    it.ready("plans")
    page.click("text=A tiny one")
    page.locator("text=The plan is right").wait_for()
    places = {
        "#/plans": "plans",
        "#/plans/plan": "plans",
        "#/demand": "demand",
        "#/build": "build",
        "#/whatif": "whatif",
        f"#/build/{one}": "build",
        f"#/roster/{one}": "roster",
        f"#/compare/{one}/{other}": "compare",
    }
    told: list[tuple[str, str, str]] = []
    for place, name in places.items():
        page.evaluate("(place) => { location.hash = place; }", place)
        it.ready(name)
        page.wait_for_timeout(100)
        found = Axe().run(page).response["violations"]
        told += [(place, one["id"], one["nodes"][0]["html"]) for one in found]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            told.append((place, "wider than the window", ""))
    assert told == []
    it.close()
