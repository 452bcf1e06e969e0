"""Rows of the plan's grid: added, typed, deleted, pasted, undone."""

from typing import Any

import pytest

from tests.service.conftest import Served
from tests.service.test_web import Visit, browsed, browser

__all__ = ["browser"]

RIGHT = "text=The plan is right"
PASTE = """([label, text]) => {
  const input = document.querySelector(`input[aria-label='${label}']`);
  input.focus();
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const told = { clipboardData, bubbles: true, cancelable: true };
  input.dispatchEvent(new ClipboardEvent("paste", told));
}"""
IN_SIGHT = """() => {
  const field = document.activeElement.getBoundingClientRect();
  const tools = document.querySelector(".grid-tools").getBoundingClientRect();
  return field.top > 0 && field.bottom <= tools.top && tools.bottom <= innerHeight;
}"""


@pytest.fixture
def it(served: Served, browser: Any) -> Any:
    it = Visit(browser, served.url)
    it.page.click("text=A tiny one")
    it.page.locator(RIGHT).wait_for()
    yield it
    it.close()


def cell(it: Any, label: str) -> Any:
    return it.page.get_by_label(label, exact=True)


def held(it: Any, part: str) -> Any:
    """Return a part of the plan as the page keeps it."""
    text = "(part) => JSON.parse(sessionStorage['ringfence-plan']).plan[part]"
    return it.page.evaluate(text, part)


def focused(it: Any) -> str:
    said: str = it.page.evaluate(
        "document.activeElement.getAttribute('aria-label')"
        " ?? document.activeElement.textContent"
    )
    return said


def wrong(it: Any, *labels: str) -> None:
    """Wait until exactly these cells are marked."""
    it.page.wait_for_function(
        """(labels) => {
          const marked = [...document.querySelectorAll("input[aria-invalid=true]")];
          const told = marked.map((input) => input.getAttribute("aria-label"));
          return told.sort().join() === labels.sort().join();
        }""",
        arg=list(labels),
    )


def heard(it: Any, words: str) -> None:
    it.page.locator("#live", has_text=words).wait_for(state="attached")


def test_columns_tell_what_a_row_needs(served: Served) -> None:
    with served.client() as client:
        told = client.get("/web/columns.json").json()
    availability = {column["name"]: column for column in told["availability"]}
    assert [name for name in availability if availability[name]["needed"]] == [
        "agent_id",
        "day",
    ]
    assert availability["start"]["default"] == "00:00"
    assert availability["end"]["default"] == "24:00"
    assert availability["available"]["kind"] == "truth"
    (level,) = (one for one in told["rule_book"] if one["name"] == "level")
    assert level["choices"] == ["required", "preferred", "off"]
    kinds = {one["name"]: one["kind"] for one in told["case_types"]}
    assert (kinds["sla"], kinds["weight"], kinds["blend"]) == (
        "inline",
        "number",
        "text",
    )
    assert "default" not in next(c for c in told["agents"] if c["name"] == "agent_id")


@browsed
def test_a_row_is_added_typed_deleted_and_undone(it: Any) -> None:
    page = it.page
    before = held(it, "agents")
    cell(it, "name, row 2").focus()
    page.keyboard.press("Insert")
    assert focused(it) == "agent id, row 3"
    heard(it, "Row 3 added. 7 rows now.")
    assert cell(it, "agent id, row 4").input_value() == before[2]["agent_id"]
    wrong(it, "agent id, row 3", "contract, row 3")
    page.keyboard.type("T9")
    cell(it, "contract, row 3").fill("standart")
    wrong(it, "contract, row 3")
    new = {"agent_id": "T9", "contract": "standart"}
    assert held(it, "agents") == [*before[:2], new, *before[2:]]
    cell(it, "name, row 1").focus()
    page.keyboard.press("Alt+Enter")
    wrong(it, "agent id, row 2", "contract, row 2", "contract, row 4")
    page.keyboard.press("Control+Delete")
    assert focused(it) == "agent id, row 2"
    wrong(it, "contract, row 3")
    page.get_by_role("button", name="Delete row 3", exact=True).last.click()
    page.locator(RIGHT).wait_for()
    assert held(it, "agents") == before
    cell(it, "name, row 2").focus()
    page.keyboard.press("Control+z")
    heard(it, "Undone: row 3 of agents deleted.")
    wrong(it, "contract, row 3")
    for _ in range(3):
        page.keyboard.press("Control+z")
    heard(it, "Undone: contract, row 3 changed.")
    wrong(it, "contract, row 3")
    assert cell(it, "contract, row 3").input_value() == ""
    page.keyboard.press("Control+y")
    assert cell(it, "contract, row 3").input_value() == "standart"
    for _ in range(3):
        page.keyboard.press("Control+z")
    assert held(it, "agents") == before
    assert page.get_by_role("button", name="Undo").is_disabled()
    page.locator(RIGHT).wait_for()


@browsed
def test_findings_move_with_their_rows_before_the_next_check(it: Any) -> None:
    page = it.page
    cell(it, "contract, row 2").fill("nobody's")
    wrong(it, "contract, row 2")
    listed = page.locator(".found button")
    assert "row 2" in listed.inner_text()
    page.route("**/v1/validate", lambda route: route.abort())
    cell(it, "name, row 1").focus()
    page.keyboard.press("Control+Delete")
    wrong(it, "contract, row 1")
    assert "row 1" in listed.inner_text()
    page.keyboard.press("Control+z")
    wrong(it, "contract, row 2")
    cell(it, "name, row 2").focus()
    page.keyboard.press("Control+Delete")
    wrong(it)
    assert listed.count() == 0
    page.locator("[role=alert]").wait_for()
    it.said.clear()  # the browser's word of the request that was cut off


@browsed
def test_a_check_of_rows_as_they_were_is_given_up(it: Any) -> None:
    page = it.page
    waiting: list[Any] = []
    page.clock.install()
    page.route("**/v1/validate", lambda route: waiting.append(route))
    with page.expect_request("**/v1/validate"):
        cell(it, "contract, row 2").fill("nobody's")
    cell(it, "name, row 1").focus()
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))
    with page.expect_event("requestfailed"):
        page.keyboard.press("Insert")
    page.unroute("**/v1/validate")
    page.clock.resume()
    wrong(it, "agent id, row 2", "contract, row 2", "contract, row 3")
    assert len(waiting) == 1


@browsed
def test_rows_of_a_spreadsheet_fill_cells_and_add_rows(it: Any) -> None:
    page = it.page
    before = held(it, "leave")
    page.get_by_role("button", name="leave").click()
    rows = (
        "agent_id\tstart\tend\tcredited_hours\r\n"
        "T1\t2026-03-02\t2026-03-02\t5.5\r\n"
        'T3\t"2026-03-04"\t2026-03-04\t<b>"5"\tspare\r\n'
        "=cmd()\t2026-03-03\t2026-03-03\t\r\n"
    )
    page.evaluate(PASTE, ["agent id, row 1", rows])
    heard(it, "Rows 1 to 3 pasted, 2 of them added, 1 column had no place here.")
    first, second, third = held(it, "leave")
    day = {"start": "2026-03-02", "end": "2026-03-02"}
    assert first == {"agent_id": "T1", **day, "credited_hours": 5.5}
    assert second["start"] == "2026-03-04" and second["credited_hours"] == '<b>"5"'
    assert (third["agent_id"], "credited_hours" in third) == ("=cmd()", False)
    wrong(it, "credited hours, row 2", "agent id, row 3")
    cell(it, "credited hours, row 2").fill("5")
    wrong(it, "agent id, row 3")
    page.evaluate(PASTE, ["agent id, row 3", "T3\nT4\n"])
    assert [row["agent_id"] for row in held(it, "leave")] == ["T1", "T3", "T3", "T4"]
    assert held(it, "leave")[3] == {"agent_id": "T4", "credited_hours": 0}
    for _ in range(3):
        page.get_by_role("button", name="Undo").click()
    assert held(it, "leave") == before
    page.locator(RIGHT).wait_for()


@browsed
def test_an_empty_table_gets_its_first_row(it: Any) -> None:
    page = it.page
    page.get_by_label("Empty tables").select_option("availability")
    assert focused(it) == "Add row"
    page.keyboard.press("Enter")
    assert focused(it) == "agent id, row 1"
    assert cell(it, "end, row 1").input_value() == "24:00"
    wrong(it, "agent id, row 1", "day, row 1")
    cell(it, "agent id, row 1").fill("T1")
    cell(it, "day, row 1").fill("monday")
    page.locator(RIGHT).wait_for()
    needed = page.locator("input[aria-required=true]")
    assert needed.count() == 2
    cell(it, "available, row 1").fill("false")
    page.wait_for_function(
        "JSON.parse(sessionStorage['ringfence-plan']).plan.availability[0]"
        ".available === false"
    )
    page.keyboard.press("Control+Delete")
    assert focused(it) == "Add row"
    page.locator(RIGHT).wait_for()
    assert held(it, "availability") == []


@browsed
def test_the_page_of_rows_follows(it: Any) -> None:
    page = it.page
    page.get_by_role("button", name="calls", exact=True).click()
    count = len(held(it, "calls"))
    rows = "\n".join(f"phones\t2026-03-02T08:00\t{n}\t200" for n in range(41 - count))
    if rows:
        page.get_by_role("button", name="Add row").click()
        page.evaluate(PASTE, [f"queue, row {count + 1}", rows + "\n"])
        page.get_by_role("button", name="Later rows").click()
    cell(it, "queue, row 41").focus()
    page.keyboard.press("Insert")
    assert focused(it) == "queue, row 42"
    page.keyboard.press("Control+z")
    page.get_by_role("button", name="Earlier rows").click()
    cell(it, "queue, row 40").focus()
    page.keyboard.press("Insert")
    assert focused(it) == "queue, row 41"
    page.get_by_text("rows 41 to 42 of 42").wait_for()


@browsed
@pytest.mark.parametrize("width", [pytest.param(1440, marks=pytest.mark.full), 390])
def test_who_cannot_see_well_adds_rows(
    served: Served, browser: Any, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    it = Visit(browser, served.url, viewport={"width": width, "height": 900})
    page = it.page
    page.click("text=A tiny one")
    page.locator(RIGHT).wait_for()
    page.get_by_label("Empty tables").select_option("rule_book")
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Enter")
    wrong(it, "rule, row 1")
    assert Axe().run(page).response["violations"] == []
    page.click("button:text-is('agents')")
    cell(it, "name, row 3").focus()
    page.keyboard.press("Insert")  # problems are listed above, and nothing moves
    wrong(it, "agent id, row 4", "contract, row 4")
    page.wait_for_function(IN_SIGHT)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    it.close()
