"""The editing view in a real browser: drag and keys, the word, undo, lock, publish."""

import time
from pathlib import Path
from typing import Any

from tests.service.conftest import Served
from tests.service.test_web import Visit, browsed, browser, done

__all__ = ["browser"]


def opened_draft(served: Served, browser: Any, tiny: bytes, rostered: Path) -> Visit:
    """Return the editing view of a new draft, begun on the roster's page."""
    job = done(served, tiny, rostered)
    visit = Visit(browser, served.url, f"#/roster/{job}")
    visit.ready("roster")
    visit.page.click("#new-draft")
    visit.ready("edit")
    return visit


def first_shift(page: Any) -> dict[str, float]:
    """Return where the first shift of the first person who works is drawn."""
    found: dict[str, float] = page.evaluate(
        """() => {
            const t = roster.timeline, box = t.canvas.getBoundingClientRect();
            const row = t.rows.findIndex((each) => each.person?.shifts.length);
            const [day, start, minutes] = t.rows[row].person.shifts;
            const x = (minute) =>
              box.left + t.names + ((minute - t.from) / (t.to - t.from)) *
              (t.width - t.names);
            return { row, x: x(start), end: x(start + minutes), hour: x(60) - x(0),
                     y: box.top + HEAD + (row + 0.5) * ROW, start, minutes };
        }"""
    )
    return found


def shifts(page: Any, row: float) -> list[int]:
    found: list[int] = page.evaluate(
        "(row) => roster.timeline.rows[row].person.shifts.slice(0, 5)", row
    )
    return found


def wait_for_word(page: Any) -> None:
    page.wait_for_selector("#word h3")


@browsed
def test_a_dragged_end_breaks_a_rule_that_is_told_at_once(
    served: Served, browser: Any, tiny: bytes, rostered: Path
) -> None:
    visit = opened_draft(served, browser, tiny, rostered)
    page, at = visit.page, first_shift(visit.page)
    page.mouse.move(at["end"], at["y"])
    page.mouse.down()
    page.mouse.move(at["end"] + 0.5 * at["hour"], at["y"], steps=4)
    page.mouse.move(at["end"] + at["hour"], at["y"], steps=4)
    page.mouse.up()
    wait_for_word(page)
    assert shifts(page, at["row"])[2] == at["minutes"] + 60
    assert "Breaks" in page.inner_text("#word")
    assert "no shift of type" in page.inner_text("#word")
    assert "paid hours" in page.inner_text("#word")
    page.click("#undo")
    page.wait_for_function(
        "() => document.querySelector('#word h3').textContent === 'Undone'"
    )
    assert shifts(page, at["row"])[2] == at["minutes"]
    page.click("#redo")
    page.wait_for_function(
        "() => document.querySelector('#word h3').textContent === 'Done again'"
    )
    assert shifts(page, at["row"])[2] == at["minutes"] + 60
    visit.close()


@browsed
def test_people_on_calls_beneath_follow_an_edit_and_its_undoing(
    served: Served, browser: Any, tiny: bytes, rostered: Path
) -> None:
    visit = opened_draft(served, browser, tiny, rostered)
    page, at = visit.page, first_shift(visit.page)
    there = "() => JSON.stringify(data.queues.map((queue) => queue.rostered))"
    before, wide = page.evaluate(there), page.locator(".below canvas").bounding_box()
    above = page.locator("#timeline canvas").bounding_box()
    assert wide["width"] == above["width"] and wide["x"] == above["x"]
    page.mouse.click(at["x"] + 0.5 * at["hour"], at["y"])
    page.click("#chosen button:has-text('Day off')")
    wait_for_word(page)
    after = page.evaluate(there)
    assert after != before
    assert page.locator("#standing", has_text="1 edit").count() == 1
    page.reload()
    visit.ready("edit")
    page.wait_for_function(f"(told) => ({there})() === told", arg=after)
    page.click("#undo")
    page.wait_for_function(f"(told) => ({there})() === told", arg=before)
    page.locator("#standing", has_text="All rules are kept").wait_for()
    visit.close()


@browsed
def test_a_shift_is_dragged_to_another_day(
    served: Served, browser: Any, tiny: bytes, rostered: Path
) -> None:
    visit = opened_draft(served, browser, tiny, rostered)
    page, at = visit.page, first_shift(visit.page)
    day = shifts(page, at["row"])[0]
    middle = (at["x"] + at["end"]) / 2
    page.keyboard.down("Shift")
    page.mouse.move(at["x"] + at["hour"], at["y"])
    page.mouse.down()
    page.mouse.move(middle, at["y"], steps=2)
    page.mouse.move(at["x"] + 25 * at["hour"], at["y"], steps=4)
    page.mouse.up()
    page.keyboard.up("Shift")
    wait_for_word(page)
    days = page.evaluate(
        "(row) => { const all = roster.timeline.rows[row].person.shifts;"
        " return all.filter((_, i) => i % 5 === 0); }",
        at["row"],
    )
    assert day not in days
    assert "Not done" not in page.inner_text("#word")
    visit.close()


@browsed
def test_other_work_is_put_into_a_shift(
    served: Served, browser: Any, tiny: bytes, rostered: Path
) -> None:
    visit = opened_draft(served, browser, tiny, rostered)
    page, at = visit.page, first_shift(visit.page)
    page.mouse.click(at["x"] + 0.5 * at["hour"], at["y"])
    page.select_option("form[aria-label='Other work'] select", "")
    page.click("form[aria-label='Other work'] button")
    wait_for_word(page)
    assert "Not done" not in page.inner_text("#word")
    first = page.evaluate(
        "(row) => { const { doings } = roster.timeline.rows[row].person;"
        " return data.groups[data.labels[doings[2]].group].colour; }",
        at["row"],
    )
    assert first == "idle"
    visit.close()


@browsed
def test_everything_can_be_done_by_keyboard(
    served: Served, browser: Any, tiny: bytes, rostered: Path
) -> None:
    visit = opened_draft(served, browser, tiny, rostered)
    page, at = visit.page, first_shift(visit.page)
    page.focus("#timeline")
    for _ in range(int(at["row"]) + 1):
        page.keyboard.press("ArrowDown")
    while page.evaluate("() => document.querySelector('#chosen').innerText").endswith(
        "Day off."
    ):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert "taken" in page.inner_text("#live")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    assert page.query_selector("#word h3") is None
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    wait_for_word(page)
    page.keyboard.press("l")
    page.wait_for_function(
        "() => document.querySelector('#resolve').textContent.includes('1 lock')"
    )
    page.keyboard.press("Delete")
    page.wait_for_function(
        "() => document.querySelector('#word h3').textContent.includes('day off')"
    )
    page.keyboard.press("Control+z")
    page.wait_for_function(
        "() => document.querySelector('#word h3').textContent === 'Undone'"
    )
    visit.close()


@browsed
def test_lock_and_solve_again_begins_a_job(
    served: Served, browser: Any, tiny: bytes, rostered: Path
) -> None:
    visit = opened_draft(served, browser, tiny, rostered)
    page, at = visit.page, first_shift(visit.page)
    page.mouse.click(at["x"] + 0.5 * at["hour"], at["y"])
    page.click("#chosen button:has-text('Lock')")
    page.wait_for_selector("#chosen button:has-text('Unlock')")
    known = len(served.backend.kept)
    page.click("#resolve")
    visit.ready("build")
    assert len(served.backend.kept) == known + 1
    visit.close()


@browsed
def test_publish_and_the_agents_link(
    served: Served, browser: Any, tiny: bytes, rostered: Path
) -> None:
    visit = opened_draft(served, browser, tiny, rostered)
    page, at = visit.page, first_shift(visit.page)
    page.mouse.click(at["x"] + 0.5 * at["hour"], at["y"])
    page.fill("#chosen input.time >> nth=1", "23:00")
    page.click("#chosen button:has-text('Change the shift')")
    wait_for_word(page)
    page.click("#publish")
    said = visit.said
    page.click("button:has-text('Publish this version')")
    page.wait_for_selector("#published .problem")
    said[:] = [line for line in said if "409" not in line]  # the browser tells it
    page.fill("#reason", "she agreed to it")
    page.click("button:has-text('Publish this version')")
    page.wait_for_selector("#published:has-text('Published as version')")
    agent = page.evaluate("() => data.people.find((each) => each.shifts.length).agent")
    page.fill("#link-agent", agent)
    page.click("button:has-text('Make a link')")
    link = page.get_attribute("#agent-link", "href")
    visit.close()
    phone = Visit(
        browser,
        served.url,
        link.removeprefix(served.url + "/"),
        viewport={"width": 360, "height": 740},
    )
    assert phone.page.inner_text("h1").startswith(agent)
    wide = phone.page.evaluate(
        "() => document.documentElement.scrollWidth <= window.innerWidth"
    )
    assert wide
    phone.close()


@browsed
def test_axe_finds_nothing_serious(
    served: Served, browser: Any, tiny: bytes, rostered: Path
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    visit = opened_draft(served, browser, tiny, rostered)
    page, at = visit.page, first_shift(visit.page)
    page.mouse.click(at["x"] + 0.5 * at["hour"], at["y"])
    page.click("#publish")
    found = Axe().run(page).response["violations"]
    grave = [v["id"] for v in found if v["impact"] in ("serious", "critical")]
    assert grave == []
    visit.close()


@browsed
def test_who_was_overtaken_reads_again(
    served: Served, browser: Any, tiny: bytes, rostered: Path
) -> None:
    visit = opened_draft(served, browser, tiny, rostered)
    page, at = visit.page, first_shift(visit.page)
    draft = page.url.rpartition("/")[2]
    with served.client() as client:
        now = client.get(f"/v1/drafts/{draft}")
        client.put(
            f"/v1/drafts/{draft}/locks",
            json={"locks": []},
            headers={"If-Match": now.headers["etag"]},
        )
    page.mouse.click(at["x"] + 0.5 * at["hour"], at["y"])
    page.click("#chosen button:has-text('Day off')")
    page.wait_for_selector("#word .problem")
    visit.said[:] = [line for line in visit.said if "412" not in line]
    page.click("#word button:has-text('Try again')")
    time.sleep(0.1)
    visit.ready("edit")
    visit.close()
