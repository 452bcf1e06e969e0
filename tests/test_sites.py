"""Many sites: what is wrong with any, rosters of all, queues that they share."""

import csv
import datetime as dt
import json
from collections import defaultdict
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rich.console import Console

from models.errors import PlanError
from models.roster.certify import FINE
from models.roster.problem import UNIT
from models.roster.result import Limits
from scheduler.cli import ExitCode, main
from scheduler.domain import Calendar, Plan
from scheduler.pipeline import Asked, build
from scheduler.preparing import prepare_made
from scheduler.reading.finding import Finding
from scheduler.report.sites import sites_parts
from scheduler.samples import SAMPLES
from scheduler.sites import reading
from scheduler.sites.components import components
from scheduler.sites.dividing import by_capacity, cheapest, rounded, towards
from scheduler.sites.document import SiteEntry, SitesDocument
from scheduler.sites.group import Division
from scheduler.sites.pricing import priced
from scheduler.sites.reading import read_sites
from scheduler.sites.recording import _total
from scheduler.sites.sharing import divided, shared, unfit
from scheduler.writing import write_plan
from tests.here import solved_here

Capture = pytest.CaptureFixture[str]
ASKED = Asked("columns", Limits(seconds=60, gap=0, workers=1, work=4))
ALONE = "=cmd|alone"
FILE = f"""\
name = "Three"
[[sites]]
name = "leeds"
[[sites]]
name = "bonn"
plan = "germany/bonn"
[[sites]]
name = "{ALONE}"
plan = "alone"
[[shared_queues]]
queue = "phones"
sites = ["leeds", "bonn"]
"""


def site(zone: str = "Europe/London", times: float = 1, **changes: Any) -> Plan:
    plan = SAMPLES["tiny"]()
    calls = [
        row.model_copy(update={"calls": round(times * row.calls)}) for row in plan.calls
    ]
    horizon = plan.horizon.model_copy(update={"time_zone": zone})
    return plan.model_copy(update={"horizon": horizon, "calls": calls, **changes})


def written(folder: Path, text: str = FILE) -> Path:
    write_plan(site(times=1.4), folder / "leeds")
    write_plan(site("Europe/Berlin", times=0.5), folder / "germany" / "bonn")
    write_plan(site(), folder / "alone")
    (folder / "sites.toml").write_text(text, encoding="utf-8")
    return folder


def command(folder: Path, out: Path, *more: str) -> list[str]:
    words = ["sites", str(folder), "--out", str(out), "--gap", "0", "--quiet"]
    return [*words, "--work-limit", "3", "--divisions", "2", *more]


def wrong(folder: Path) -> list[Finding]:
    with pytest.raises(PlanError) as caught:
        read_sites(folder)
    return [one for one in caught.value.problems if isinstance(one, Finding)]


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sites")
    written(folder / "in")
    with solved_here():
        assert main(command(folder / "in", folder / "out")) == ExitCode.DONE
    return folder


def results(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "out/results.json").read_text("utf-8"))
    return told


def test_each_site_has_a_roster_that_passes_the_check(
    there: Path, capsys: Capture
) -> None:
    told = results(there)
    assert [one["name"] for one in told["sites"]] == ["leeds", "bonn", ALONE]
    for one in told["sites"]:
        folder = there / "out" / one["folder"]
        plan, roster = str(folder / "plan.json"), str(folder / "roster")
        assert main(["check", plan, roster, "--json"]) == 0
        judged = json.loads(capsys.readouterr().out)
        assert judged["objective"] == pytest.approx(one["cost"])
        assert one["bound"] <= one["cost"] and one["megabytes"] > 10
    folder = there / "out" / told["sites"][2]["folder"]
    assert main(["check", str(there / "in/alone"), str(folder / "roster")]) == 0
    with (there / "out/sites.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert rows[2]["site"] == f"'{ALONE}"
    total = told["total"]
    assert total["agents"] == 18 and total["solved"] == 3
    assert total["cost"] == pytest.approx(sum(one["cost"] for one in told["sites"]))
    (group,) = told["shared"]
    assert group["sites"] == ["leeds", "bonn"] and 0 < group["bound"] <= group["cost"]
    bounds = group["bound"] + told["sites"][2]["bound"]
    assert total["bound"] == pytest.approx(bounds)


def test_what_a_shared_queue_needs_is_divided_without_rest(there: Path) -> None:
    people: dict[tuple[str, int], int] = defaultdict(int)
    with (there / "out/shared.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        people[row["start"], int(row["of"])] += int(row["agents"])
    assert all(found == needed for (_, needed), found in people.items())
    # Only Bonn is open at 07:00 UTC, only Leeds from 13:00 on.
    open_at = {row["start"][11:16]: set[str]() for row in rows}
    for row in rows:
        open_at[row["start"][11:16]].add(row["site"])
    assert open_at["07:00"] == {"bonn"} and open_at["13:30"] == {"leeds"}
    assert open_at["10:00"] == {"leeds", "bonn"}


def test_what_was_found_is_not_solved_again(there: Path, capsys: Capture) -> None:
    before = results(there)
    assert main(command(there / "in", there / "out", "--json")) == 0
    again = json.loads(capsys.readouterr().out)
    assert all(one["found_before"] for one in again["sites"])
    for told in (before, again):
        for one in told["sites"]:
            del one["found_before"]
    assert again == before


def test_everything_wrong_with_all_sites_is_told_at_once(
    tmp_path: Path, capsys: Capture
) -> None:
    folder = written(tmp_path / "in", FILE.replace('"bonn"]', '"bon"]'))
    with (folder / "leeds/agents.csv").open("a", encoding="utf-8") as file:
        file.write("T9,Kim,nonesuch\n")
    with (folder / "germany/bonn/calls.csv").open("a", encoding="utf-8") as file:
        file.write("phones,2026-03-02T25:00,-3,0\n")
    (folder / "alone/plan.toml").unlink()
    found = {(one.file, one.column) for one in wrong(folder)}
    assert ("sites.toml", "shared_queues.1.sites.2") in found
    assert ("leeds/agents.csv", "contract") in found
    assert {
        ("germany/bonn/calls.csv", name)
        for name in ("start", "calls", "handle_seconds")
    } <= found
    assert any(str(file).startswith("alone") for file, _ in found)
    assert main(command(folder, tmp_path / "out")) == ExitCode.BAD_INPUT
    assert not (tmp_path / "out").exists()
    err = capsys.readouterr().err
    assert "leeds/agents.csv" in err and "germany/bonn/calls.csv" in err


def test_plans_read_side_by_side_are_what_they_are_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_MANY", 1)
    folder = written(tmp_path)
    assert read_sites(folder, 2) == read_sites(folder)
    (folder / "alone/plan.toml").unlink()
    with (folder / "leeds/agents.csv").open("a", encoding="utf-8") as file:
        file.write("T9,Kim,nonesuch\n")
    with pytest.raises(PlanError) as caught:
        read_sites(folder, 2)
    assert list(caught.value.problems) == wrong(folder)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("", [(None, "sites")]),
        ("sites = []\nformat = 2", [(1, "sites"), (2, "format")]),
        (
            FILE + "[[sites]]\nname = 'leeds'\n[[shared_queues]]\n"
            "queue = 'phones'\nsites = ['leeds', 'leeds', 'leedz']",
            [],
        ),
        (FILE.replace("sites = [", "towns = ["), []),
    ],
)
def test_everything_wrong_with_the_file(
    tmp_path: Path, text: str, places: list[tuple[int | None, str]]
) -> None:
    found = wrong(written(tmp_path, text))
    assert {one.file for one in found} == {"sites.toml"}
    if len(places) == 1:
        assert [(one.row, one.column) for one in found] == places
    if "leedz" in text:
        told = [(one.row, one.value, one.suggestion) for one in found]
        assert len(told) == 4
        assert (14, "leeds", None) in told and (17, "leedz", "leeds") in told
    if "towns" in text:
        assert {one.column for one in found} >= {"shared_queues.1.towns"}


def test_a_folder_without_the_file(tmp_path: Path) -> None:
    (one,) = wrong(tmp_path)
    assert one.file == "sites.toml" and one.expected == "a file"


def test_queues_that_cannot_be_shared() -> None:
    plan = site()
    (queue,) = plan.queues
    other = queue.model_copy(
        update={"service_level": 0.9, "calendar": None, "minimum_agents": 1}
    )
    horizon = plan.horizon.model_copy(update={"interval_minutes": 60})
    plans = {
        "a": plan,
        "b": plan.model_copy(update={"queues": [other]}),
        "c": plan.model_copy(update={"queues": []}),
        "d": plan.model_copy(update={"horizon": horizon}),
    }
    words = "\n".join(unfit("phones", plans))
    for part in (
        "'c' has none",
        "same service_level at all sites, not 0.8 at 'a', 0.9 at 'b'",
        "same minimum_agents",
        "a queue with a calendar, it has none at 'b'",
        "minimum_agents 0, not 1 at 'b'",
        "same interval_minutes, not 30 at 'a'",
    ):
        assert part in words
    kathmandu = site("Asia/Kathmandu")  # a quarter of an hour off the half-hours
    assert list(unfit("phones", {"a": plan, "b": kathmandu}))
    kolkata = site("Asia/Kolkata")
    assert not list(unfit("phones", {"a": plan, "b": kolkata}))


def test_calls_together_need_fewer_people_than_apart() -> None:
    plans = {"a": site(), "b": site()}
    together = shared("phones", plans)
    (alone,) = prepare_made(plans["a"]).translation.demands
    assert together.calls.sum() == 2 * alone.calls.sum()
    assert len(together.moments) == (alone.required > 0).sum()
    assert together.required.sum() < 2 * alone.required.sum()
    first = by_capacity(together)
    assert (first.sum(axis=0) == together.required).all()
    assert (np.abs(first[0] - first[1]) <= 1).all()


def test_a_shared_queue_without_calls_is_nobodys() -> None:
    plans = {"a": site(times=0), "b": site("Europe/Berlin", times=0)}
    queue = shared("phones", plans)
    assert queue.moments == () and queue.nobody == 0
    division = Division([queue], [by_capacity(queue)])
    for name, plan in plans.items():
        own = prepare_made(divided(plan, division.parts(name)))
        (demand,) = own.translation.demands
        assert demand.required.sum() == 0
        assert division.most(name, plan) == {"phones": {}}


def test_all_calls_at_one_site_need_there_what_they_need_alone() -> None:
    """Also where the clocks of one site change, and the other is closed that day."""
    saturday = dt.date(2026, 3, 28)
    tiny = site()
    later = saturday - tiny.horizon.first_day
    calls = [row.model_copy(update={"start": row.start + later}) for row in tiny.calls]
    horizon = tiny.horizon.model_copy(update={"first_day": saturday})
    weekend = {day: ["08:00-14:00"] for day in ("saturday", "sunday")}
    phones = tiny.calendars["phones"]
    every_day = Calendar.model_validate({**phones.model_dump(), **weekend})
    plan = tiny.model_copy(
        update={
            "horizon": horizon,
            "calls": calls,
            "calendars": {**tiny.calendars, "phones": every_day},
        }
    )
    other = plan.model_copy(update={"calls": [], "calendars": tiny.calendars})
    queue = shared("phones", {"a": plan, "b": other})
    assert queue.nobody == 0
    assert not queue.reach[1][: len(queue.moments) // 2].any()  # closed at the weekend
    (alone,) = prepare_made(plan).translation.demands
    people = np.stack([queue.required, np.zeros_like(queue.required)])
    division = Division([queue], [people])
    (given,) = prepare_made(divided(plan, division.parts("a"))).translation.demands
    assert given.required.tolist() == np.ceil(alone.required - 1e-9).tolist()
    assert given.calls.tolist() == alone.calls.tolist()
    (none,) = prepare_made(divided(other, division.parts("b"))).translation.demands
    assert none.required.sum() == 0


def test_no_other_division_costs_less_than_the_bound_of_one() -> None:
    """Prices found for one division bound the cost of all others."""
    plans = {"a": site(times=1.4), "b": site("Europe/Berlin", times=0.5)}
    queue = shared("phones", plans)
    people = by_capacity(queue)
    others = [people, towards(people, _turned(queue, people), 0.5, queue.required)]
    divisions = [Division([queue], [own]) for own in [*others, _turned(queue, people)]]
    for name, plan in plans.items():
        most = divisions[0].most(name, plan)
        costs, found = [], []
        for division in divisions:
            own = divided(plan, division.parts(name))
            outcome = build(prepare_made(own), ASKED)
            certificate = outcome.result.certificate
            assert certificate is not None and outcome.document.objective is not None
            costs.append(outcome.document.objective * UNIT)
            told = priced(outcome.prepared.translation, certificate, most)
            assert told is not None
            found.append((told, certificate.bound))
        here = np.flatnonzero(queue.reach[queue.sites.index(name)])
        for n, (told, bound) in enumerate(found):
            for m, division in enumerate(divisions):
                part = division.people[0][queue.sites.index(name)][here].tolist()
                table = told.costs["phones"]
                low = told.rest + sum(
                    row[k] for row, k in zip(table, part, strict=True)
                )
                assert low / FINE <= costs[m] + 1
                if n == m:
                    assert low == bound * FINE - FINE + 1


def _turned(queue: Any, people: Any) -> Any:
    """Return a division with all people of an interval at the last site open then."""
    found = np.zeros_like(people)
    for i, needed in enumerate(queue.required):
        found[np.flatnonzero(queue.reach[:, i])[-1], i] = needed
    return found


def test_a_total_is_not_told_where_a_site_has_no_roster(there: Path) -> None:
    sites = [SiteEntry.model_validate(one) for one in results(there)["sites"]]
    bare = dict.fromkeys(("cost", "bound", "gap", "paid_hours", "breaches"))
    without = sites[0].model_copy(update={**bare, "status": "unknown"})
    total = _total([without, *sites[1:]], [])
    assert total.solved == len(sites) - 1
    known = total.model_dump()
    assert [known[name] for name in bare if name in known] == [None] * 5


def test_wide_numbers_are_told_whole_on_a_narrow_screen(there: Path) -> None:
    told = SitesDocument.model_validate(results(there))
    wide = {"cost": 812345.6, "bound": 712345.6, "status": "unknown", "breaches": 12345}
    sites = [told.sites[0].model_copy(update=wide), *told.sites[1:]]
    console = Console(width=80, record=True, file=StringIO())
    console.print(next(sites_parts(told.model_copy(update={"sites": sites}), [])))
    text = console.export_text()
    for word in ("812,346", "712,346", "short, h", "breaches", "12,345", "3 of 3"):
        assert word in text


def test_people_are_divided_whole_and_cheaply() -> None:
    assert rounded(np.array([[0.5], [0.25], [0.25]]), np.array([1])).sum() == 1
    assert cheapest([[0, 5, 1, 9], [2, 2, 2, 7], [0, 0, 3, 3]]) == (2, [0, 2, 1])
    assert components(["a", "b", "c"], [["b", "c"], ["a", "b"]]) == [("a", "b", "c")]
