"""The page of a roster: its data, and that nothing in it runs but our own scripts."""

import base64
import datetime as dt
import hashlib
import json
import re
import shutil
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.roster.result import Worked
from scheduler.calendars import TimeAxis
from scheduler.cli import ExitCode, main, rostering
from scheduler.domain import Plan
from scheduler.pipeline import prepare, prepare_made
from scheduler.report.page import many, render
from scheduler.report.page.casework import work_done
from scheduler.report.page.content import page_document
from scheduler.report.page.document import PageDocument
from scheduler.report.page.metrics import (
    backlog_in_days,
    closed_a_day,
    closed_right,
    flow,
    metric_groups,
    old_share,
    quality,
)
from scheduler.report.page.render import page_text
from scheduler.report.page.sources import read_sources
from scheduler.rosters.document import RosterResult
from scheduler.rosters.figures import AgeGroup, CaseDay, CaseFigures
from scheduler.rosters.turns import Turns, turns
from scheduler.samples import SAMPLES
from tests.test_cli_roster import QUICK, Capture, document, result

ASSETS = Path(render.__file__).parent / "assets"
SCRIPTS = {
    *render.SHARED,
    *render.SCRIPTS,
    *many.SCENARIOS.scripts,
    *many.HIRES.scripts,
}
NASTY = '</script><script>alert(1)</script> "O\'Neil" <b>&amp;</b> 🦊\u2028'


class Parts(HTMLParser):
    """What a browser finds in a page: tags with attributes, and scripts' text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {"script": [], "style": [], "h1": []}
        self._open: str | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag if tag in self.texts else None
        if self._open:
            self.texts[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = None

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open][-1] += data

    @property
    def data(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.texts["script"][0])
        return told


@pytest.fixture(scope="module")
def shown(plan: Path, made: Path) -> PageDocument:
    return page_document(read_sources(prepare(plan), made))


@pytest.fixture
def copied(made: Path, tmp_path: Path) -> Path:
    """A copy of the roster to change."""
    folder = tmp_path / "roster"
    shutil.copytree(made, folder)
    return folder


def empty(folder: Path) -> Path:
    """A roster in which nobody works."""
    folder.mkdir()
    (folder / "roster.csv").write_text("agent_id,date,shift_type,start,end\n")
    (folder / "activities.csv").write_text("agent_id,start,end,kind,activity\n")
    return folder


def test_the_page_says_what_result_json_says(shown: PageDocument, made: Path) -> None:
    told = RosterResult.model_validate(result(made))
    assert told.summary is not None
    figures = told.summary.people
    assert shown.headline.paid_hours == pytest.approx(figures.paid_hours)
    assert shown.headline.violations == 0
    assert shown.cost.gap == pytest.approx(told.gap, abs=1e-6)
    assert shown.cost.objective == pytest.approx(told.objective)
    assert shown.headline.level == pytest.approx(
        told.summary.queues[0].service_level, abs=1e-6
    )
    assert shown.headline.breaches == sum(k.breaches for k in told.summary.cases)
    (queue,) = shown.queues
    assert queue.rostered is not None
    needed = sum(queue.required) * queue.minutes / 60
    assert needed == pytest.approx(told.summary.queues[0].required_hours, abs=0.01)
    assert shown.made is not None and shown.made.summary is None


def test_hours_of_people_days_and_groups_agree(shown: PageDocument) -> None:
    by_day = sum(day.paid_hours for day in shown.hours)
    by_agent = sum(person.paid_hours for person in shown.people)
    assert by_day == pytest.approx(by_agent) == pytest.approx(shown.headline.paid_hours)
    colours = [group.colour for group in shown.groups]
    case = colours.index("case-0")
    rostered = sum(person.case_hours or 0 for person in shown.people)
    assert sum(day.hours[case] for day in shown.hours) == pytest.approx(rostered)
    assert shown.groups[case].name == "claims"
    for person in shown.people:
        labels = person.doings[2::3]
        assert all(0 <= label < len(shown.labels) for label in labels)
        assert person.days == len(person.shifts) // 5


def test_work_done_lies_between_due_and_come(shown: PageDocument) -> None:
    (kind,) = shown.cases
    curve = kind.curve
    assert curve.done is not None and curve.rostered is not None
    assert kind.figures is not None
    for come, done, given in zip(
        curve.available, curve.done, curve.rostered, strict=True
    ):
        assert done <= min(come, given) + 0.01
    assert curve.done[-1] == pytest.approx(kind.figures.hours_used, abs=0.05)


def test_time_without_work_is_lost() -> None:
    # 10 minutes of time and 4 of work: 6 are lost, also when 20 of work come later.
    available, given = np.array([4.0, 24, 24]), np.array([0.0, 10, 20])
    assert work_done(available, given).tolist() == [0, 4, 14]


MONDAY = TimeAxis(dt.date(2026, 3, 2), "Europe/London")


@pytest.mark.parametrize(
    ("day", "start", "end", "expected"),
    [
        (0, 9 * 60, 18 * 60, Turns(0, 0, 0)),
        (0, 9 * 60 - 15, 18 * 60, Turns(0, 1, 0)),
        (0, 9 * 60, 18 * 60 + 15, Turns(0, 0, 1)),
        (0, 22 * 60, 30 * 60, Turns(0, 0, 1)),  # ends at six, on the next day
        (4, 9 * 60, 17 * 60, Turns(0, 0, 0)),  # Friday
        (5, 9 * 60, 17 * 60, Turns(1, 0, 0)),
        (6, 7 * 60, 20 * 60, Turns(1, 1, 1)),
    ],
)
def test_weekends_earlies_lates(
    day: int, start: int, end: int, expected: Turns
) -> None:
    midnight = MONDAY.day_starts(7)[day]
    shift = Worked(0, day, 0, midnight + start, midnight + end, 480)
    assert turns(MONDAY, [shift]) == expected


def figures(shown: PageDocument, **changes: object) -> CaseFigures:
    (kind,) = shown.cases
    assert kind.figures is not None
    return kind.figures.model_copy(update=changes)


def case_day(completed: float, closing: float) -> CaseDay:
    return CaseDay(
        date=dt.date(2026, 3, 2),
        completed=completed,
        due=0,
        breaches=0,
        breaches_high=0,
        closing=closing,
        ages=[],
    )


def test_metrics_by_hand(shown: PageDocument) -> None:
    ages = [
        AgeGroup(from_days=0, to_days=5, cases=30),
        AgeGroup(from_days=5, to_days=None, cases=10),
    ]
    own = figures(
        shown,
        completed=60.0,
        inflow=50.0,
        closing=40.0,
        closed_share=0.6,
        reopen_rate=0.1,
        items_per_hour=4.0,
        quality_adjusted_per_hour=3.6,
        ages_at_end=ages,
        # 20 of 80 there, then 40 of 80; a day with nothing there says nothing.
        days=[case_day(20, 60), case_day(40, 40), case_day(0, 0)],
    )
    assert flow(own) == pytest.approx(1.2)
    assert closed_a_day(own) == pytest.approx((0.25 + 0.5) / 2)
    assert closed_right(own) == pytest.approx(0.54)
    assert quality(own) == pytest.approx(0.9)
    assert old_share(own) == pytest.approx(0.25)
    assert backlog_in_days(own) == pytest.approx(2)  # 40 at 20 a day


def test_metrics_of_nothing_are_not_known(shown: PageDocument) -> None:
    own = figures(
        shown,
        completed=0.0,
        inflow=0.0,
        closing=0.0,
        closed_share=None,
        items_per_hour=None,
        quality_adjusted_per_hour=None,
        ages_at_end=[AgeGroup(from_days=0, to_days=None, cases=0)],
        days=[],
    )
    for each in (flow, closed_a_day, closed_right, quality, old_share, backlog_in_days):
        assert each(own) is None
    assert metric_groups([]) == []
    names = [group.name for group in metric_groups([own])]
    assert names == ["Case metrics", "Productivity", "Case KPIs"]


def test_the_page_has_its_data_and_loads_nothing(shown: PageDocument) -> None:
    text = page_text(shown)
    parts = Parts(text)
    assert PageDocument.model_validate(parts.data) == shown
    for tag, attributes in parts.tags:
        assert tag not in {"link", "img", "iframe", "object", "base"}
        assert "src" not in attributes and "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        assert (attributes.get("href") or "#").startswith("#")


def test_the_policy_lets_in_these_scripts_and_no_other(shown: PageDocument) -> None:
    parts = Parts(page_text(shown))
    policy = next(
        attributes["content"] or ""
        for tag, attributes in parts.tags
        if attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none';") and "unsafe" not in policy

    def hashed(text: str) -> str:
        digest = hashlib.sha256(text.encode()).digest()
        return f"'sha256-{base64.b64encode(digest).decode()}'"

    scripts = [hashed(text) for text in parts.texts["script"][1:]]
    assert scripts == re.findall(r"'sha256-[^']+'", policy)[: len(scripts)]
    assert hashed(parts.texts["style"][0]) in policy


def nasty(plan: Plan) -> Plan:
    """The plan with names that try to be markup."""
    agents = [row.model_copy(update={"name": NASTY}) for row in plan.agents]
    return plan.model_copy(update={"name": NASTY, "agents": agents})


def test_names_are_never_markup(made: Path) -> None:
    prepared = prepare_made(nasty(SAMPLES["tiny"]()))
    plain = Parts(page_text(page_document(read_sources(prepared, made))))
    usual = prepare_made(SAMPLES["tiny"]())
    expected = Parts(page_text(page_document(read_sources(usual, made))))
    assert [tag for tag, _ in plain.tags] == [tag for tag, _ in expected.tags]
    assert plain.data["title"] == NASTY
    assert {person["name"] for person in plain.data["people"]} == {NASTY}
    assert plain.texts["h1"] == [NASTY]


def test_own_scripts_set_text_and_never_markup() -> None:
    for name in SCRIPTS:
        text = render.asset(name)
        assert "</" not in text  # would end the element that it stands in
        for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "http"):
            assert way not in text, name


def test_every_asset_is_used_and_the_library_keeps_its_licence() -> None:
    assert {path.name for path in ASSETS.glob("*.js")} == SCRIPTS
    vendored = sorted(path.name for path in (ASSETS / "vendor").iterdir())
    assert vendored == ["LICENSE", "NOTICE", "echarts.min.js"]


def test_only_shifts_are_known(plan: Path, copied: Path) -> None:
    (copied / "activities.csv").unlink()
    found = page_document(read_sources(prepare(plan), copied))
    assert not found.activities_known
    assert found.headline.level is found.headline.breaches is None
    assert found.headline.paid_hours > 0
    assert found.cost.objective is found.cost.gap is None
    assert found.trouble.not_judged
    (queue,), (kind,) = found.queues, found.cases
    assert queue.rostered is None and max(queue.required) > 0
    assert kind.curve.done is None and kind.curve.due[-1] > 0
    assert Parts(page_text(found)).data["metrics"] == []


def test_a_spreadsheets_roster_has_no_result(plan: Path, copied: Path) -> None:
    (copied / "result.json").unlink()
    found = page_document(read_sources(prepare(plan), copied))
    assert found.made is found.cost.bound is found.cost.gap is None
    assert found.cost.objective is not None
    page_text(found)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": 2}', "\x00"])
def test_files_that_are_none_are_left_out(plan: Path, copied: Path, text: str) -> None:
    for name in ("result.json", "simulation.json"):
        (copied / name).write_text(text)
    sources = read_sources(prepare(plan), copied)
    assert sources.result is sources.simulated is None
    for name in ("result.json", "simulation.json"):
        assert any(note.startswith(f"{name} is left out") for note in sources.notes)
    page_text(page_document(sources))


def test_what_was_simulated_stands_beside_the_promise(
    plan: Path, copied: Path, capsys: Capture
) -> None:
    words = ["simulate", str(plan), str(copied), "--replications", "10", "-q"]
    assert main([*words, "--workers", "1", "--json"]) == 0
    told = document(capsys)
    (copied / "simulation.json").write_text(json.dumps(told))
    found = page_document(read_sources(prepare(plan), copied))
    assert found.simulated is not None and found.simulated.replications == 10
    level = told["queues"][0]["total"]["service_level"]["mean"]
    assert found.headline.simulated_level == pytest.approx(level)
    (queue,), (kind,) = found.queues, found.cases
    assert queue.simulated is not None
    assert any(level is not None for level in queue.simulated)
    assert kind.simulated_breaches is not None
    assert len(kind.simulated_breaches) == len(found.days)
    told["plan_hash"] = "another"
    (copied / "simulation.json").write_text(json.dumps(told))
    notes = read_sources(prepare(plan), copied).notes
    assert any(note.startswith("simulation.json is of another plan") for note in notes)


def test_a_changed_roster_is_told(plan: Path, copied: Path) -> None:
    told = result(copied)
    told["objective"] += 5
    (copied / "result.json").write_text(json.dumps(told))
    notes = read_sources(prepare(plan), copied).notes
    assert any("the roster has changed since" in note for note in notes)


def without_cases(plan: Plan) -> Plan:
    none: dict[str, object] = {"case_types": [], "inflow": [], "open_cases": []}
    return plan.model_copy(update={**none, "pins": []})


def without_calls(plan: Plan) -> Plan:
    return plan.model_copy(update={"queues": [], "calls": [], "pins": []})


@pytest.mark.parametrize("change", [without_cases, without_calls, lambda plan: plan])
def test_odd_plans_and_a_roster_in_which_nobody_works(
    change: Callable[[Plan], Plan], tmp_path: Path
) -> None:
    prepared = prepare_made(change(SAMPLES["tiny"]()))
    found = page_document(read_sources(prepared, empty(tmp_path / "roster")))
    assert found.headline.paid_hours == 0
    assert all(person.shifts == [] for person in found.people)
    assert len(found.queues) == len(prepared.translation.plan.queues)
    assert len(found.cases) == len(prepared.translation.plan.case_types)
    page_text(found)


def test_the_command_writes_the_page(
    plan: Path, copied: Path, tmp_path: Path, capsys: Capture
) -> None:
    (copied / "report.html").unlink()
    assert main(["report", str(plan), str(copied), "-q"]) == 0
    written = (copied / "report.html").read_text("utf-8")
    assert "report.html" in capsys.readouterr().out
    other = tmp_path / "other.html"
    words = ["report", str(plan), str(copied), "--out", str(other), "--json"]
    assert main(words) == 0
    told = document(capsys)
    assert told["bytes"] == other.stat().st_size
    assert other.read_text("utf-8") == written
    assert main([*words[:3], "--out", str(tmp_path)]) == ExitCode.USAGE


def test_a_wrong_cell_writes_nothing(plan: Path, copied: Path, capsys: Capture) -> None:
    (copied / "report.html").unlink()
    text = (copied / "roster.csv").read_text()
    (copied / "roster.csv").write_text(text.replace("2026", "soon", 1))
    assert main(["report", str(plan), str(copied)]) == ExitCode.BAD_INPUT
    assert "roster.csv" in capsys.readouterr().err
    assert not (copied / "report.html").exists()


def test_roster_without_a_page_takes_an_earlier_one_away(
    plan: Path, copied: Path
) -> None:
    words = ["roster", str(plan), "--out", str(copied), *QUICK, "--quiet"]
    assert main([*words, "--no-report"]) == 0
    assert not (copied / "report.html").exists()


def test_a_page_that_fails_costs_no_roster(
    plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def fails(_: PageDocument) -> str:
        raise ValueError("no ink")

    monkeypatch.setattr(rostering, "page_text", fails)
    words = ["roster", str(plan), "--out", str(tmp_path), *QUICK]
    assert main([*words, "--json"]) == 0
    assert "no ink" in capsys.readouterr().err
    assert (tmp_path / "roster.csv").exists()
    assert not (tmp_path / "report.html").exists()
