"""Two results files held against each other: what is noise, and what is not."""

import json
from pathlib import Path
from typing import Any

import pytest

from scheduler import bench
from scheduler.bench.compare import Change, compare
from scheduler.cli import ExitCode, main

Runs = list[dict[str, Any]]


def runs(seconds: list[float], case: str = "tiny", **more: Any) -> Runs:
    return [
        {
            "case": case,
            "asked_load": None,
            "seed": seed,
            "asked_engine": "columns",
            "time_limit": 60.0,
            "stop_gap": 0.0,
            "stop_reason": "proof",
            "objective": 100.0,
            "bound": 99.0,
            "seconds": each,
            "peak_mb": 300.0,
            "legal": True,
            "status": "optimal",
            "gap": 0.01,
            **more,
        }
        for seed, each in enumerate(seconds)
    ]


def told(old: Runs, new: Runs, measure: str) -> Change:
    (found,) = (x for x in compare(old, new).changes if x.measure == measure)
    return found


def test_twice_the_time_in_every_seed_is_worse() -> None:
    change = told(runs([10, 20, 30]), runs([20.5, 39, 61]), "seconds")
    assert change.verdict == "worse"
    assert change.ratio == pytest.approx(2, rel=0.02)
    assert change.low is not None
    assert 1.8 < change.low < 2
    back = told(runs([20.5, 39, 61]), runs([10, 20, 30]), "seconds")
    assert back.verdict == "better"


def test_the_same_mean_with_noise_is_not_worse() -> None:
    change = told(runs([10, 20, 30, 10]), runs([14, 15, 38, 9]), "seconds")
    assert change.verdict == "unclear"


def test_equal_runs_are_the_same() -> None:
    assert told(runs([10, 20]), runs([10.1, 20.2]), "seconds").verdict == "same"


def test_one_run_alone_says_nothing_and_with_others_noise_it_does() -> None:
    alone = told(runs([10.0]), runs([15.0]), "seconds")
    assert (alone.verdict, alone.low) == ("unclear", None)
    steady = runs([10, 20, 30], case="other")
    both = compare(runs([10.0]) + steady, runs([15.0]) + runs([10, 20.1, 30], "other"))
    (change,) = (x for x in both.changes if x.case == "tiny" and x.measure == "seconds")
    assert change.verdict == "worse"


def test_a_slower_machine_is_not_a_slower_program() -> None:
    old = runs([10, 20, 30], yardstick=0.05)
    new = runs([20, 40, 60], yardstick=0.10)
    assert told(old, new, "seconds").verdict == "same"
    assert compare(old, new).machine == pytest.approx(2)


def test_runs_that_both_took_their_limit_have_no_time_to_compare() -> None:
    cut = runs([60, 60], stop_reason="time_limit")
    assert {x.measure for x in compare(cut, cut).changes} == {
        "objective",
        "bound",
        "peak_mb",
    }


def test_a_lower_bound_is_worse_and_a_dearer_roster_too() -> None:
    old = runs([1, 1, 1])
    assert told(old, runs([1, 1, 1], bound=90.0), "bound").verdict == "worse"
    assert told(old, runs([1, 1, 1], objective=120.0), "objective").verdict == "worse"
    assert told(old, runs([1, 1, 1], objective=90.0), "objective").verdict == "better"


def test_an_objective_of_nothing_has_a_ratio() -> None:
    none = runs([1, 1], objective=0.0)
    assert told(none, none, "objective").verdict == "same"
    assert told(none, runs([1, 1], objective=5.0), "objective").verdict == "worse"


def test_a_lost_roster_is_worse_whatever_else() -> None:
    lost = runs([1.0], legal=None, objective=None, bound=None)
    found = compare(runs([1.0]), lost)
    assert found.is_worse
    assert found.lost == ["tiny columns 60 s seed 0"]


def written(path: Path, records: Runs) -> str:
    for record in records:
        bench.append(path, record)
    return str(path)


def test_the_command_tells_and_fails_if_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = written(tmp_path / "old.jsonl", runs([10, 20, 30]))
    new = written(tmp_path / "new.jsonl", runs([20, 41, 60]))
    assert main(["bench", "compare", old, new]) == 0
    shown = capsys.readouterr().out
    assert "| tiny | columns | 60 | seconds | 3 | 2.0" in shown
    assert shown.index("**worse**") < shown.index("| same |")
    words = ["bench", "compare", old, new, "--fail-on-worse", "--json"]
    assert main(words) == ExitCode.WORSE
    assert json.loads(capsys.readouterr().out)["worse"] is True
    assert main(["bench", "compare", old, old, "--fail-on-worse"]) == 0
    other = written(tmp_path / "other.jsonl", runs([1.0], case="else"))
    assert main(["bench", "compare", old, other]) == 0
    assert "no run of the one file" in capsys.readouterr().out


@pytest.mark.parametrize("missing", [0, 1])
def test_a_missing_file_is_bad_input(missing: int, tmp_path: Path) -> None:
    there = written(tmp_path / "old.jsonl", runs([1.0]))
    words = [there, there]
    words[missing] = str(tmp_path / "none.jsonl")
    assert main(["bench", "compare", *words]) == ExitCode.BAD_INPUT
