"""Whom to hire: the mix of least cost, held to brute force over all mixes."""

import csv
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from io import StringIO
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from rich.console import Console

from scheduler.cli import ExitCode, main
from scheduler.executing import Done, Executor, Task
from scheduler.executing.here import Here
from scheduler.hiring.answers import Answers
from scheduler.hiring.document import BesideEntry
from scheduler.hiring.recording import hire_document
from scheduler.hiring.running import HireRun
from scheduler.report.hire import hire_parts
from scheduler.whatif.saving import plan_text
from scheduler.whatif.stored import Store
from tests.hiring.morning import (
    ALONE,
    ASKED,
    EVERY,
    NEEDS,
    SHORT,
    costs_of,
    file,
    plan,
    read,
    searched,
)

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of answers: what one test has solved the next need not."""
    return tmp_path_factory.mktemp("answers")


Allowed = Callable[[int, int], bool]
LIMITS: dict[str, tuple[dict[str, Any], Allowed | None]] = {
    "none": ({}, lambda full, half: True),
    "at_least": (
        {"hires": [file()["hires"][0], {**file()["hires"][1], "at_least": 3}]},
        lambda full, half: half >= 3,
    ),
    "hires": ({"limits": {"hires": 2}}, lambda full, half: full + half <= 2),
    "cost_per_week": (
        {"limits": {"cost_per_week": 10.5}},
        lambda full, half: 21 * full + 5.25 * half <= 10.5,
    ),
    "short_hours": ({"targets": {"short_hours": 1}}, None),
}


@pytest.mark.parametrize("limit", LIMITS)
def test_the_mix_is_that_of_brute_force(limit: str, known: Path) -> None:
    changes, allowed = LIMITS[limit]
    price = 2.1 if limit == "short_hours" else SHORT
    needs = NEEDS if limit == "none" else ALONE
    weeks: dict[str, Any] = {} if limit == "none" else {"weeks": []}
    every = costs_of(EVERY, price, needs)
    if allowed is None:
        fits = {mix: own for mix, own in every.items() if own[1] <= 1}
    else:
        fits = {mix: own for mix, own in every.items() if allowed(*mix)}
    least = min(cost for cost, _ in fits.values())
    run = searched(read(file(**weeks, **changes), plan(price)), known)
    document = hire_document(run, [])
    assert not run.answers.errors and document.status == "optimal"
    assert document.cost == document.bound == pytest.approx(least)
    assert run.best is not None and fits[run.best.mix][0] == pytest.approx(least)
    assert document.columns_bound <= least + 1e-6
    for one in document.tried:  # every mix that was solved, too
        assert one.cost == pytest.approx(every[tuple(one.mix)][0])
    more = costs_of([(full, 4) for full in range(4)], price, needs)
    assert limit != "none" or min(more.values())[0] < least  # at_most: one half more
    bites = least > min(cost for cost, _ in every.values()) + 1e-6
    assert bites == (limit != "none")


def test_one_more_and_one_fewer_are_what_brute_force_says(known: Path) -> None:
    every = costs_of(EVERY, SHORT)
    document = hire_document(searched(read(file()), known), [])
    assert document.cost is not None
    for kind in document.kinds:
        for one in (kind.one_more, kind.one_fewer):
            if one is not None:
                more = every[tuple(one.mix)][0] - document.cost
                assert one.more == pytest.approx(more, abs=2e-6) and not one.too_small
    assert any(kind.one_more and kind.one_fewer for kind in document.kinds)


def test_what_is_shown_fits_80_columns(known: Path) -> None:
    targets = {"short_hours": 1}
    document = hire_document(
        searched(read(file(weeks=[], targets=targets), plan(2.1)), known), []
    )
    misses = BesideEntry(
        mix=[0, 0],
        cost=None,
        bound=1,
        more=None,
        meets=False,
        missed=["short_hours", "breaches"],
        too_small=False,
    )
    long = [
        one.model_copy(update={"name": 12 * one.name, "one_more": misses})
        for one in document.kinds
    ]
    lost = document.weeks[0].model_copy(update={"name": "b", "missed": [*targets]})
    told = {"kinds": long, "weeks": [*document.weeks, lost]}
    console = Console(width=80, file=StringIO())
    for part in hire_parts(document.model_copy(update=told), []):
        console.print(part)
    assert isinstance(console.file, StringIO)
    shown = console.file.getvalue()
    assert "misses a target" in shown and "b: misses hours short" in shown
    assert all(word in shown for word in ("kind", "one fewer", "one more"))
    assert "…" not in shown


def test_who_has_no_legal_week_is_not_hired(known: Path) -> None:
    # The morning has room for one half, two hours, and the book asks for three.
    row = {"rule": "hours_worked", "contract": "part", "min": 3, "per": "horizon"}
    of = plan(rule_book=[row])
    run = searched(read(file(weeks=[]), of), known)
    assert run.best is not None and run.best.mix[1] == 0
    assert run.mixes.left == 4


def one_week(**changes: Any) -> dict[str, Any]:
    full, half = file()["hires"]
    few = [{**full, "at_most": 1}, {**half, "at_most": 1}]
    return {"hires": few, **changes}


def test_that_no_mix_does_is_proved_where_hours_short_say_so(known: Path) -> None:
    # Eight more hours are needed, and all hires together have six.
    run = searched(read(one_week(targets={"short_hours": 1})), known)
    document = hire_document(run, [])
    assert document.status == "infeasible" and document.bound is None
    assert document.ruled_out == document.mixes == 4 and len(document.tried) < 4
    assert document.weeks[0].missed == ["short_hours"]
    assert document.weeks[0].folder is None


def test_that_no_mix_was_found_is_not_said_to_be_a_proof(known: Path) -> None:
    # The hours short are a matter of price here: nobody works for so little.
    asked = one_week(targets={"short_hours": 5})
    document = hire_document(searched(read(asked, plan(0.5)), known), [])
    assert document.status == "unknown"
    assert document.bound == pytest.approx(3 + 12 * 0.5)
    assert document.cost is None and document.ruled_out == 2
    assert any("not proved" in note for note in document.notes)


class Broken:
    """An executor on which every task fails."""

    def run(
        self, work: str, tasks: Sequence[Task], stop: threading.Event
    ) -> Iterator[Done]:
        yield from (Done(task.key, None, "ValueError: broken") for task in tasks)


def test_a_solve_that_fails_is_no_answer(tmp_path: Path) -> None:
    run = HireRun(read(file()), Answers(Store(tmp_path), Broken()), ASKED)
    run.search(threading.Event())
    document = hire_document(run, [])
    assert document.status == "failed"
    assert document.notes == ["failed: ValueError: broken"]


def test_a_search_that_is_stopped_says_so(tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()
    run = HireRun(read(file()), Answers(Store(tmp_path), Here()), ASKED)
    run.search(stop)
    document = hire_document(run, [])
    assert document.interrupted and document.status == "unknown"


def test_a_search_that_ends_early_has_a_bound_all_the_same(known: Path) -> None:
    # The mix of least bound comes first, and it misses the target.
    asked = file(weeks=[], targets={"short_hours": 1})
    document = hire_document(searched(read(asked, plan(2.1)), known, most=1), [])
    assert len(document.tried) == 1 and document.status == "unknown"
    assert any("1 mix, as asked" in note for note in document.notes)
    fits = [cost for cost, short in costs_of(EVERY, 2.1, ALONE).values() if short <= 1]
    assert document.bound is not None and 0 < document.bound <= min(fits) + 1e-6


def test_the_command_leaves_rosters_that_pass_the_check(
    known: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    here: Executor = Here()
    monkeypatch.setattr("scheduler.cli.hiring.executor_of", lambda *_: here)
    (tmp_path / "plan.json").write_text(plan_text(plan()), encoding="utf-8")
    (tmp_path / "hires.json").write_text(json.dumps(file()), encoding="utf-8")
    out = tmp_path / "out"
    copytree(known, out / "answers", dirs_exist_ok=True)
    words = ["hire", str(tmp_path / "plan.json"), str(tmp_path / "hires.json")]
    words += [
        "--engine",
        "columns",
        "--out",
        str(out),
        "--gap",
        "0",
        "--time-limit",
        "600",
    ]
    assert main([*words, "--json"]) == ExitCode.DONE
    told = json.loads(capsys.readouterr().out)
    assert told == json.loads((out / "hire.json").read_text("utf-8"))
    mean = 0.0
    for week in told["weeks"]:
        folder = out / week["folder"]
        judge = ["check", str(folder / "plan.json"), str(folder / "roster"), "--json"]
        assert main(judge) == 0
        judged = json.loads(capsys.readouterr().out)
        assert judged["objective"] == pytest.approx(week["figures"]["objective"])
        mean += week["share"] * judged["objective"]
    assert told["weeks_cost"] == pytest.approx(mean)
    assert told["cost"] == pytest.approx(told["hires_cost"] + mean)
    with (out / "hire.csv").open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    best = [str(kind["number"]) for kind in told["kinds"]]
    assert [rows[0]["hired full"], rows[0]["hired half"]] == best
    assert float(rows[0]["cost"]) == pytest.approx(told["cost"], abs=1e-4)
    assert "Whom to hire" in (out / "hire.html").read_text("utf-8")

    class Never:
        def run(self, *_: Any) -> Iterator[Done]:
            raise AssertionError("it was solved before")

    here = Never()
    assert main(words) == ExitCode.DONE
    shown = capsys.readouterr().out
    assert "proved: no mix costs less" in shown and "one fewer" in shown
