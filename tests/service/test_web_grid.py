"""Rows of the plan's grid: added, typed, deleted, pasted, undone."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser import browsed, expect, until
from tests.service.conftest import Served
from tests.service.visiting import Visit

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
def it(served: Served, browser: Any) -> Iterator[Visit]:
    it = Visit(browser, served.url)
    it.page.click("text=A tiny one")
    it.page.locator(RIGHT).wait_for()
    yield it
    it.close()


def cell(it: Visit, label: str) -> Any:
    return it.page.get_by_label(label, exact=True)


def held(it: Visit, part: str) -> Any:
    """Return a part of the plan as the page keeps it."""
    text = "(part) => JSON.parse(sessionStorage['ringfence-plan']).plan[part]"
    return it.page.evaluate(text, part)


def holds(it: Visit, part: str, rows: object) -> None:
    """Wait until a part of the plan is this."""
    it.becomes(lambda: held(it, part), rows)


def focused(it: Visit, name: str) -> None:
    """Wait until the cell or button of this name has the focus."""
    told = (
        "document.activeElement.getAttribute('aria-label')"
        " ?? document.activeElement.textContent"
    )
    it.becomes(lambda: it.page.evaluate(told), name)


def wrong(it: Visit, *labels: str) -> None:
    """Wait until exactly these cells are marked."""
    until(
        it.page,
        """(labels) => {
          const marked = [...document.querySelectorAll("input[aria-invalid=true]")];
          const told = marked.map((input) => input.getAttribute("aria-label"));
          return told.sort().join() === labels.sort().join();
        }""",
        list(labels),
    )


def heard(it: Visit, words: str) -> None:
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
def test_a_row_is_added_typed_deleted_and_undone(it: Visit) -> None:
    page = it.page
    before = held(it, "agents")
    cell(it, "name, row 2").focus()
    page.keyboard.press("Insert")
    focused(it, "agent id, row 3")
    heard(it, "Row 3 added. 7 rows now.")
    expect(cell(it, "agent id, row 4")).to_have_value(before[2]["agent_id"])
    wrong(it, "agent id, row 3", "contract, row 3")
    page.keyboard.type("T9")
    cell(it, "contract, row 3").fill("standart")
    wrong(it, "contract, row 3")
    new = {"agent_id": "T9", "contract": "standart"}
    holds(it, "agents", [*before[:2], new, *before[2:]])
    cell(it, "name, row 1").focus()
    page.keyboard.press("Alt+Enter")
    wrong(it, "agent id, row 2", "contract, row 2", "contract, row 4")
    page.keyboard.press("Control+Delete")
    focused(it, "agent id, row 2")
    wrong(it, "contract, row 3")
    page.get_by_role("button", name="Delete row 3", exact=True).last.click()
    page.locator(RIGHT).wait_for()
    holds(it, "agents", before)
    cell(it, "name, row 2").focus()
    page.keyboard.press("Control+z")
    heard(it, "Undone: row 3 of agents deleted.")
    wrong(it, "contract, row 3")
    for _ in range(3):
        page.keyboard.press("Control+z")
    heard(it, "Undone: contract, row 3 changed.")
    wrong(it, "contract, row 3")
    expect(cell(it, "contract, row 3")).to_have_value("")
    page.keyboard.press("Control+y")
    expect(cell(it, "contract, row 3")).to_have_value("standart")
    for _ in range(3):
        page.keyboard.press("Control+z")
    holds(it, "agents", before)
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    page.locator(RIGHT).wait_for()


@browsed
def test_findings_move_with_their_rows_before_the_next_check(it: Visit) -> None:
    page = it.page
    cell(it, "contract, row 2").fill("nobody's")
    wrong(it, "contract, row 2")
    listed = page.locator(".found button")
    expect(listed).to_contain_text("row 2")
    page.route("**/v1/validate", lambda route: route.abort())
    cell(it, "name, row 1").focus()
    page.keyboard.press("Control+Delete")
    wrong(it, "contract, row 1")
    expect(listed).to_contain_text("row 1")
    page.keyboard.press("Control+z")
    wrong(it, "contract, row 2")
    cell(it, "name, row 2").focus()
    page.keyboard.press("Control+Delete")
    wrong(it)
    expect(listed).to_have_count(0)
    page.locator("[role=alert]").wait_for()
    it.known.append("ERR_FAILED")  # of the request that was cut off


@browsed
def test_a_check_of_rows_as_they_were_is_given_up(it: Visit) -> None:
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
def test_rows_of_a_spreadsheet_fill_cells_and_add_rows(it: Visit) -> None:
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
    ids = ["T1", "T3", "T3", "T4"]
    it.becomes(lambda: [row["agent_id"] for row in held(it, "leave")], ids)
    assert held(it, "leave")[3] == {"agent_id": "T4", "credited_hours": 0}
    for _ in range(3):
        page.get_by_role("button", name="Undo").click()
    holds(it, "leave", before)
    page.locator(RIGHT).wait_for()


@browsed
def test_an_empty_table_gets_its_first_row(it: Visit) -> None:
    page = it.page
    page.get_by_label("Empty tables").select_option("availability")
    focused(it, "Add row")
    page.keyboard.press("Enter")
    focused(it, "agent id, row 1")
    expect(cell(it, "end, row 1")).to_have_value("24:00")
    wrong(it, "agent id, row 1", "day, row 1")
    cell(it, "agent id, row 1").fill("T1")
    cell(it, "day, row 1").fill("monday")
    page.locator(RIGHT).wait_for()
    expect(page.locator("input[aria-required=true]")).to_have_count(2)
    cell(it, "available, row 1").fill("false")
    until(
        page,
        "JSON.parse(sessionStorage['ringfence-plan']).plan.availability[0]"
        ".available === false",
    )
    page.keyboard.press("Control+Delete")
    focused(it, "Add row")
    page.locator(RIGHT).wait_for()
    holds(it, "availability", [])


@browsed
def test_the_page_of_rows_follows(it: Visit) -> None:
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
    focused(it, "queue, row 42")
    page.keyboard.press("Control+z")
    page.get_by_role("button", name="Earlier rows").click()
    cell(it, "queue, row 40").focus()
    page.keyboard.press("Insert")
    focused(it, "queue, row 41")
    page.get_by_text("rows 41 to 42 of 42").wait_for()
    field = page.get_by_label("Find in these rows")
    field.fill("2026-03-02t08:00")
    first = next(
        n for n, r in enumerate(held(it, "calls"), 1) if "02T08:00" in r["start"]
    )
    for row in (42, first):  # of those after the row at hand, then from the beginning
        field.press("Enter")
        heard(it, f"Row {row}: 2026-03-02T08:00")
        expect(cell(it, f"start, row {row}")).to_be_in_viewport()
    field.fill("of no row")
    field.press("Enter")
    heard(it, "Nothing here holds")


@browsed
@pytest.mark.parametrize("width", [pytest.param(1440, marks=pytest.mark.full), 390])
def test_who_cannot_see_well_adds_rows(
    served: Served, browser: Any, width: int
) -> None:
    it = Visit(browser, served.url, viewport={"width": width, "height": 900})
    page = it.page
    page.click("text=A tiny one")
    page.locator(RIGHT).wait_for()
    page.get_by_label("Empty tables").select_option("rule_book")
    assert it.hindrances() == []
    page.keyboard.press("Enter")
    wrong(it, "rule, row 1")
    assert it.hindrances() == []
    page.click("button:text-is('agents')")
    cell(it, "name, row 3").focus()
    page.keyboard.press("Insert")  # problems are listed above, and nothing moves
    wrong(it, "agent id, row 4", "contract, row 4")
    until(page, IN_SIGHT)
    it.fits()
    it.close()
