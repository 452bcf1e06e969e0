"""The editing view in a real browser: drag and keys, the word, undo, lock, publish."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import browsed, expect, until
from tests.service.conftest import Served
from tests.service.visiting import Visit, choose, done, first_shift

CALLS = "() => JSON.stringify(data.queues.map((queue) => queue.rostered))"
DAYS = """(row) => roster.timeline.rows[row].person.shifts
  .filter((_, i) => i % SHIFT === 0)"""
TAKE_FIRST = """() => {
  const row = roster.timeline.rows.find((each) => each.person?.shifts.length);
  const { person } = row;
  roster.timeline.chose({ person, minute: person.shifts[1] + 60 });
}"""
SAME_EDGES = """() => {
  const [one, other] = ["#timeline canvas", ".below canvas"].map(
    (part) => document.querySelector(part).getBoundingClientRect());
  return one.x === other.x && one.width === other.width;
}"""


@pytest.fixture
def job(served: Served, tiny: bytes, rostered: Path) -> str:
    return done(served, tiny, rostered)


@pytest.fixture
def visit(served: Served, browser: Any, job: str) -> Iterator[Visit]:
    """The editing view of a new draft."""
    with served.client() as client:
        draft = client.post(f"/v1/rosters/{job}/drafts").json()["id"]
    visit = Visit(browser, served.url, f"#/edit/{draft}")
    visit.ready("edit")
    yield visit
    visit.close()


def minutes_are(page: Any, at: dict[str, float], minutes: float) -> None:
    """Wait until the first shift is so long."""
    until(
        page,
        "([row, told]) => roster.timeline.rows[row].person.shifts[2] === told",
        [at["row"], minutes],
    )


def dragged(page: Any, at: dict[str, float], x: float, by: float) -> None:
    """Drag what is drawn at ``x``, ``by`` so many hours."""
    canvas = page.locator("#timeline canvas")
    canvas.hover(position={"x": x, "y": at["y"]})
    box = canvas.bounding_box()
    left, y = box["x"] + x, box["y"] + at["y"]
    page.mouse.down()
    page.mouse.move(left + 0.5 * by * at["hour"], y, steps=4)
    page.mouse.move(left + by * at["hour"], y, steps=4)
    page.mouse.up()


def word(page: Any) -> Any:
    """Return the word on an edit, once there is one."""
    page.locator("#word h3").wait_for()
    return page.locator("#word")


@browsed
def test_a_dragged_end_breaks_a_rule_that_is_told_at_once(visit: Visit) -> None:
    page, at = visit.page, first_shift(visit.page)
    dragged(page, at, at["end"], 1)
    for words in ("Breaks", "no shift of type", "paid hours"):
        expect(word(page)).to_contain_text(words)
    minutes_are(page, at, at["minutes"] + 60)
    page.click("#undo")
    expect(page.locator("#word h3")).to_have_text("Undone")
    minutes_are(page, at, at["minutes"])
    page.click("#redo")
    expect(page.locator("#word h3")).to_have_text("Done again")
    minutes_are(page, at, at["minutes"] + 60)


@browsed
def test_people_on_calls_beneath_follow_an_edit_and_its_undoing(visit: Visit) -> None:
    page = visit.page
    before = page.evaluate(CALLS)
    until(page, SAME_EDGES)
    choose(page, first_shift(page))
    page.click("#chosen button:has-text('Day off')")
    word(page)
    after = page.evaluate(CALLS)
    assert after != before
    expect(page.locator("#standing")).to_contain_text("1 edit")
    page.reload()
    visit.ready("edit")
    visit.becomes(lambda: page.evaluate(CALLS), after)
    page.click("#undo")
    visit.becomes(lambda: page.evaluate(CALLS), before)
    expect(page.locator("#standing")).to_contain_text("All rules are kept")


@browsed
def test_a_shift_is_dragged_to_another_day(visit: Visit) -> None:
    page, at = visit.page, first_shift(visit.page)
    page.keyboard.down("Shift")
    dragged(page, at, at["x"] + at["hour"], 24)
    page.keyboard.up("Shift")
    expect(word(page)).not_to_contain_text("Not done")
    assert at["day"] not in page.evaluate(DAYS, at["row"])


@browsed
def test_other_work_is_put_into_a_shift(visit: Visit) -> None:
    page, at = visit.page, first_shift(visit.page)
    choose(page, at)
    page.select_option("form[aria-label='Other work'] select", "")
    page.click("form[aria-label='Other work'] button")
    expect(word(page)).not_to_contain_text("Not done")
    first = page.evaluate(
        "(row) => { const { doings } = roster.timeline.rows[row].person;"
        " return data.groups[data.labels[doings[2]].group].colour; }",
        at["row"],
    )
    assert first == "idle"


@browsed
def test_everything_can_be_done_by_keyboard(visit: Visit) -> None:
    page, at = visit.page, first_shift(visit.page)
    page.focus("#timeline")
    for _ in range(int(at["row"]) + 1):
        page.keyboard.press("ArrowDown")
    for _ in range(int(at["day"])):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#live")).to_contain_text("taken")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(page.locator("#live")).to_have_text("let go")
    expect(page.locator("#word h3")).to_have_count(0)
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    word(page)
    page.keyboard.press("l")
    expect(page.locator("#resolve")).to_contain_text("1 lock")
    page.keyboard.press("Delete")
    expect(page.locator("#word h3")).to_contain_text("day off")
    page.keyboard.press("Control+z")
    expect(page.locator("#word h3")).to_have_text("Undone")


@browsed
def test_lock_and_solve_again_begins_a_job(served: Served, visit: Visit) -> None:
    page = visit.page
    choose(page, first_shift(page))
    page.click("#chosen button:has-text('Lock')")
    page.wait_for_selector("#chosen button:has-text('Unlock')")
    known = len(served.backend.kept)
    page.click("#resolve")
    visit.ready("build")
    assert len(served.backend.kept) == known + 1


@browsed
def test_from_the_roster_to_a_version_and_the_agents_link(
    served: Served, browser: Any, job: str
) -> None:
    visit = Visit(browser, served.url, f"#/roster/{job}")
    visit.ready("roster")
    page = visit.page
    page.click("#new-draft")
    visit.ready("edit")
    choose(page, first_shift(page))
    page.fill("#chosen input.time >> nth=1", "23:00")
    page.click("#chosen button:has-text('Change the shift')")
    word(page)
    page.click("#publish")
    assert visit.hindrances() == []
    page.click("button:has-text('Publish this version')")
    page.wait_for_selector("#published .problem")
    visit.known.append("409")  # the browser tells it
    page.fill("#reason", "she agreed to it")
    held: list[Any] = []
    page.route("**/publish", lambda route: held.append(route))
    go = page.locator("button:has-text('Publish this version')")
    go.click()
    page.wait_for_selector("#published .wait")
    expect(go).to_be_disabled()  # not twice
    visit.becomes(lambda: len(held), 1)
    held[0].continue_()
    page.wait_for_selector("#published:has-text('Published as version')")
    first = "() => data.people.find((each) => each.shifts.length)"
    agent = page.evaluate(first)
    page.fill("#link-agent", agent["agent"])
    page.click("button:has-text('Make a link')")
    link = page.get_attribute("#agent-link", "href")
    visit.close()
    place = link.removeprefix(served.url + "/")
    phone = Visit(browser, served.url, place, viewport={"width": 360, "height": 740})
    title = phone.page.locator("h1")
    expect(title).to_have_text(f"{agent['name']}: my shifts")
    phone.fits()
    phone.close()


@browsed
@pytest.mark.parametrize(
    ("width", "scheme"),
    [pytest.param(1440, "light", marks=pytest.mark.full), (390, "dark")],
)
def test_before_publishing_it_says_for_whom_something_changes(
    served: Served,
    browser: Any,
    tiny: bytes,
    rostered: Path,
    width: int,
    scheme: str,
) -> None:
    job = done(served, tiny, rostered)
    with served.client() as client:
        client.post(f"/v1/rosters/{job}/publish")
        draft = client.post(f"/v1/rosters/{job}/drafts").json()["id"]
    size = {"width": width, "height": 900}
    place = f"#/edit/{draft}"
    it = Visit(browser, served.url, place, viewport=size, color_scheme=scheme)
    it.ready("edit")
    page = it.page
    page.focus("#publish")
    page.keyboard.press("Enter")
    preview = page.locator("#to-publish")
    expect(preview).to_contain_text("Nothing differs from version")
    go = page.locator("button:has-text('Publish this version')")
    held: list[Any] = []
    page.route(f"**/{draft}/changes", lambda route: held.append(route))
    first = page.evaluate("data.people.find((each) => each.shifts.length)")
    page.evaluate(TAKE_FIRST)
    page.click("#chosen button:has-text('Day off')")
    it.becomes(lambda: len(held), 1)  # it follows the draft
    expect(go).to_be_disabled()
    held[0].continue_()
    expect(preview).to_contain_text("will change 1 agent’s days")
    rows = preview.locator("tbody tr")
    expect(rows).to_contain_text([first["name"]])
    expect(rows).to_contain_text(["→ off"])
    assert it.hindrances() == []
    it.fits()
    go.focus()
    page.keyboard.press("Enter")
    page.locator("#published", has_text="Published as version").wait_for()
    expect(preview).to_be_hidden()
    expect(page.locator("#published tbody tr")).to_contain_text(["→ off"])
    it.close()


@browsed
def test_who_was_overtaken_reads_again(served: Served, visit: Visit) -> None:
    page = visit.page
    draft = page.url.rpartition("/")[2]
    with served.client() as client:
        now = client.get(f"/v1/drafts/{draft}")
        client.put(
            f"/v1/drafts/{draft}/locks",
            json={"locks": []},
            headers={"If-Match": now.headers["etag"]},
        )
    choose(page, first_shift(page))
    page.click("#chosen button:has-text('Day off')")
    page.wait_for_selector("#word .problem")
    visit.known.append("412")
    page.click("#word button:has-text('Try again')")
    expect(page.locator("#word .problem")).to_have_count(0)
    visit.ready("edit")
