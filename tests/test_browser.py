"""The report in a real browser: it draws, it answers, it complains about nothing."""

import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from scheduler.cli import main
from scheduler.pipeline import prepare_made
from scheduler.report.page.content import page_document
from scheduler.report.page.render import page_text
from scheduler.report.page.sources import read_sources
from scheduler.samples import SAMPLES
from scheduler.translate import translate
from tests.browser import expect, heard_page, in_browser, until
from tests.test_calendars_export import named, overnight
from tests.test_report_page import empty, nasty
from tests.test_rosters import folder_with

pytestmark = in_browser
SIZES = [(1440, 900), (768, 1024), (390, 844)]
QUICK = list(zip(SIZES, ("light", "dark", "dark"), strict=True))
LOOKS = [
    look if look in QUICK else pytest.param(*look, marks=pytest.mark.full)
    for look in product(SIZES, ("light", "dark"))
]


class Opened:
    """A page, and what its console said."""

    def __init__(self, browser: Any, path: Path, **options: Any) -> None:
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page = heard_page(browser, self.said, **options)
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(path.as_uri())
        self.page.wait_for_selector("html[data-ready]")

    def pixels(self) -> int:
        """Return how many pixels of the timeline have a colour of their own."""
        found: int = self.page.evaluate(
            """() => {
              const shown = document.querySelector("#timeline canvas");
              const { width, height } = shown;
              const copy = new OffscreenCanvas(width, height);
              const pen = copy.getContext("2d", { willReadFrequently: true });
              pen.drawImage(shown, 0, 0);
              const all = pen.getImageData(0, 0, width, height);
              let count = 0;
              for (let i = 0; i < all.data.length; i += 4) {
                const [r, g, b] = all.data.slice(i, i + 3);
                count += Math.max(r, g, b) - Math.min(r, g, b) > 60;
              }
              return count;
            }"""
        )
        return found

    def settle(self) -> None:
        """Wait until what was asked for is drawn."""
        self.page.evaluate(
            "() => new Promise((done) => requestAnimationFrame("
            "() => requestAnimationFrame(done)))"
        )


@pytest.fixture(scope="module")
def report(plan: Path, made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    assert main(["report", str(plan), str(made), "--out", str(path), "-q"]) == 0
    return path


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_it_draws_every_chart_and_complains_about_nothing(
    browser: Any, report: Path, size: tuple[int, int], scheme: str
) -> None:
    width, height = size
    viewport = {"width": width, "height": height}
    it = Opened(browser, report, viewport=viewport, color_scheme=scheme)
    expect(it.page.locator(".card")).to_have_count(7)
    for chart in it.page.locator(".chart").all():
        chart.scroll_into_view_if_needed()
        chart.locator("canvas").wait_for()
    it.settle()
    assert it.pixels() > 500
    wide = it.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width
    assert it.said == [] and it.asked == [report.as_uri()]
    it.page.close()


def test_days_agents_hovering_and_tables(browser: Any, report: Path) -> None:
    it = Opened(browser, report)
    page = it.page
    before = it.pixels()
    page.select_option("#roster-days select", "day-0")
    it.settle()
    assert it.pixels() != before
    page.select_option("#coverage-day select", "-1")
    page.fill("#search", "nobody of this name")
    status = page.locator("#roster [role=status]")
    expect(status).to_contain_text("No agent")
    name = page.evaluate("personName(data.people[0])")
    page.fill("#search", name)
    expect(status).to_have_text(re.compile("^1 agent"))
    it.settle()
    canvas = page.locator("#timeline canvas")
    wide = canvas.evaluate("(canvas) => canvas.clientWidth")
    canvas.hover(position={"x": wide / 2, "y": 45})
    expect(page.locator("#tip")).to_contain_text(name)
    summaries = page.locator("summary", has_text="Show as table")
    for summary in summaries.all():
        summary.click()
    tables = page.locator("details[open] table")  # they are made once they are open
    expect(tables).to_have_count(summaries.count())
    for table in tables.all():
        expect(table.locator("tbody tr")).not_to_have_count(0)
    assert it.said == []
    page.close()


def test_people_sort_and_the_theme_turns(browser: Any, report: Path) -> None:
    it = Opened(browser, report, color_scheme="light")
    page = it.page

    def hours() -> list[float]:
        heads = page.locator("#people thead th").all_inner_texts()
        place = next(c for c, head in enumerate(heads, 1) if head.startswith("Hours"))
        column = page.locator(f"#people tbody tr td:nth-child({place})")
        cells = column.all_inner_texts()
        return [float(cell.replace(",", "")) for cell in cells]

    head = page.locator(
        "#people th", has=page.locator("button", has_text=re.compile("^Hours"))
    )
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    assert hours() == sorted(hours(), reverse=True)
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert hours() == sorted(hours())
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.click("#theme")
    expect(page.locator("#theme")).to_have_text("Light")
    until(page, f"(light) => {ground} !== light", light)
    assert it.said == []
    page.close()


def test_paper_has_all_rows_and_afterwards_the_screen_is_as_before(
    browser: Any, report: Path
) -> None:
    it = Opened(browser, report, color_scheme="dark")
    it.page.click("#theme")  # light, though the system is dark
    assert it.page.pdf().startswith(b"%PDF")
    expect(it.page.locator(".sheets canvas")).not_to_have_count(0)
    expect(it.page.locator("#theme")).to_have_text("Dark")
    assert it.said == []
    it.page.close()


def test_charts_on_paper_are_as_wide_as_it(browser: Any, report: Path) -> None:
    it = Opened(browser, report, viewport={"width": 390, "height": 844})
    widths = "charts.map((each) => [each.drawn.getWidth(), each.host.clientWidth])"
    it.page.evaluate("toPaper()")
    drawn = it.page.evaluate(widths)
    assert all(own == room for own, room in drawn)
    assert max(own for own, _ in drawn) > 900
    assert min(own for own, _ in drawn) > 400  # two beside each other
    it.page.evaluate("fromPaper()")
    assert all(own <= 390 for own, _ in it.page.evaluate(widths))
    it.page.close()


def test_a_night_across_a_change_of_the_clock(browser: Any, tmp_path: Path) -> None:
    translation = translate(named("2026-10-24").model_copy(update={"locale": "de-DE"}))
    prepared = prepare_made(translation.plan)
    roster = folder_with(tmp_path / "roster", translation, overnight())
    path = tmp_path / "report.html"
    text = page_text(page_document(read_sources(prepared, roster)))
    path.write_text(text, encoding="utf-8", newline="")
    it = Opened(browser, path)
    sunday = it.page.evaluate("data.days[1].start")
    first, last = it.page.evaluate("busyHours(1)")
    assert first == sunday - 30  # the night that began on Saturday is in sight
    assert (
        it.page.evaluate(f"clock({last})") == "01:30"
    )  # the second time, 01:00 and 30
    assert it.page.evaluate("number(1234.5, 1)") == "1.234,5"
    it.page.select_option("#roster-days select", "day-1")
    expect(it.page.locator("#roster")).to_contain_text("1 of whom work")
    assert it.said == []
    it.page.close()


_PLACES = """() => {
  const minutes = Array.from({ length: data.end / 15 + 9 }, (_, k) => 15 * k);
  const idle = (m) => !data.people.some(({ shifts }) => shifts.some(
    (_, i) => i % SHIFT === 1 && shifts[i] < m + 15 && m < shifts[i] + shifts[i + 1]));
  return {
    back: Math.max(...minutes.map((m) => Math.abs(minuteAtPlace(placeOf(m)) - m))),
    room: minutes.filter((m) => m < data.end)
      .map((m) => [idle(m), placeOf(m + 15) - placeOf(m)]),
    whole: placeOf(data.end) / data.end,
  };
}"""


def test_hours_in_which_nobody_works_take_little_room(
    browser: Any, report: Path
) -> None:
    it = Opened(browser, report)
    found = it.page.evaluate(_PLACES)
    assert found["back"] < 0.01
    assert found["whole"] < 0.8
    room = [(idle, round(width, 3)) for idle, width in found["room"]]
    assert {width for idle, width in room if not idle} == {15}
    assert {width for _, width in room} <= {15, 1.5, 3}
    late = "data.people[0].shifts.splice(0, 5, 0, 22 * 60, 5 * 60, 0, 300)"
    it.page.evaluate(f"{late}; layHours()")  # then no hour of the night is idle
    assert it.page.evaluate("placeOf(27 * 60)") == 27 * 60
    it.page.close()


def test_names_are_shown_as_they_are(browser: Any, made: Path, tmp_path: Path) -> None:
    prepared = prepare_made(nasty(SAMPLES["tiny"]()))
    path = tmp_path / "report.html"
    text = page_text(page_document(read_sources(prepared, made)))
    path.write_text(text, encoding="utf-8", newline="")
    it = Opened(browser, path)
    name = prepared.translation.plan.agents[0].name
    assert it.page.evaluate("data.people[0].name") == name
    cell = it.page.locator("#people tbody tr td:nth-child(2)").first
    expect(cell).to_have_js_property("textContent", name)
    assert it.said == [] and it.asked == [path.as_uri()]
    it.page.close()


def test_little_is_known(browser: Any, plan: Path, made: Path, tmp_path: Path) -> None:
    for name in ("shifts", "nobody"):
        folder = tmp_path / name
        if name == "nobody":
            empty(folder)
        else:
            folder.mkdir()
            text = (made / "roster.csv").read_bytes()
            (folder / "roster.csv").write_bytes(text)
        assert main(["report", str(plan), str(folder), "-q"]) == 0
        it = Opened(browser, folder / "report.html")
        for chart in it.page.locator(".chart").all():
            chart.scroll_into_view_if_needed()
        it.settle()
        assert "NaN" not in it.page.inner_text("body")
        assert "undefined" not in it.page.inner_text("body")
        assert it.said == []
        it.page.close()
