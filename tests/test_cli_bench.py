"""The command that measures an engine on a named case."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from models.roster.result import Result, Status, StopReason
from scheduler import bench, pipeline
from scheduler.bench.memory import PeakMemory
from scheduler.cli import ExitCode, main
from scheduler.samples.centre import centre

Capture = pytest.CaptureFixture[str]
QUICK = ["--gap", "50", "--workers", "1", "--time-limit", "30"]
NOTHING = Result(Status.UNKNOWN, StopReason.TIME_LIMIT)


def document(capsys: Capture) -> dict[str, Any]:
    (line,) = capsys.readouterr().out.splitlines()
    told: dict[str, Any] = json.loads(line)
    return told


def test_a_case_is_solved_and_measured(tmp_path: Path, capsys: Capture) -> None:
    words = ["bench", "--case", "tiny", *QUICK, "--out", str(tmp_path), "--json"]
    assert main(words) == 0
    told = document(capsys)
    assert list(told) == [field.name for field in fields(bench.Run)]
    assert (told["case"], told["engine"], told["seed"]) == ("tiny", "columns", 0)
    assert (told["agents"], told["classes"], told["days"]) == (6, 5, 3)
    assert told["legal"] is True
    assert told["required_agent_hours"] == 53
    assert told["shortfall_bound"] == 0.5
    assert told["shortfall_agent_hours"] >= 0.5
    assert told["floor"] <= told["bound"] <= told["objective"]
    assert 0 < told["seconds"] < told["total_seconds"]
    assert told["peak_mb"] > 10
    assert {path.name for path in tmp_path.iterdir()} == {"plan", "roster"}
    kept = json.loads((tmp_path / "roster" / "result.json").read_text("utf-8"))
    assert kept["objective"] == told["objective"]
    assert (
        sum(case["breaches"] for case in kept["summary"]["cases"]) == told["breaches"]
    )
    folders = [str(tmp_path / "plan"), str(tmp_path / "roster")]
    assert main(["check", *folders, "--json"]) == 0
    assert document(capsys)["objective"] == told["objective"]


def test_a_centre_is_drawn_anew_for_each_seed_and_load(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr(pipeline, "solve", lambda *_: NOTHING)
    words = ["bench", "--case", "centre-8-classes", "--seed", "3", "--load", "0.7"]
    assert main([*words, "--json"]) == ExitCode.NO_ROSTER_IN_TIME
    told = document(capsys)
    assert told["load"] == pytest.approx(0.7, rel=0.005)
    assert (told["seed"], told["agents"], told["days"]) == (3, 8, 7)
    assert told["legal"] is told["objective"] is told["breaches"] is None
    assert main(words) == ExitCode.NO_ROSTER_IN_TIME
    said = capsys.readouterr()
    (line,) = said.out.splitlines()
    assert line.startswith("| centre-8-classes | columns | 3 | 0.")
    head, rule = said.err.splitlines()[-2:]
    assert head == f"| {' | '.join(told)} |"
    assert line.count(" | ") == head.count(" | ") == rule.count(" | ")
    assert " | - | " in line


def test_a_name_says_what_the_centre_is() -> None:
    case = bench.case_named("centre-6-hard-14d")
    assert case.plan(seed=2) == centre(6, 14, queues=2, hard=True, seed=2)


def test_time_limits() -> None:
    cases = (bench.case_named(name) for name in bench.LISTED)
    assert {case.name: case.seconds for case in cases} == {
        "centre-24-different": 60,
        "centre-50-different": 60,
        "centre-200-different": 60,
        "centre-1000-different": 60,
        "centre-1000-hard": 180,
        "centre-1000-classes": 30,
        "centre-5000-different": 240,
        "centre-1000-different-28d": 900,
        "crew-30": 60,
        "retail-bank": 60,
        "tiny": 60,
    }


def test_list(capsys: Capture) -> None:
    assert main(["bench", "--list"]) == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in bench.LISTED)
    assert main(["bench", "--list", "--json"]) == 0
    told = document(capsys)
    assert [each["case"] for each in told["cases"]] == list(bench.LISTED)
    assert told["pattern"] == bench.PATTERN


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "name a case or a file, or ask for --list"),
        (["--case", "centre-24"], "no case 'centre-24', there are centre-24-different"),
        (["--case", "centre-24-hard-7"], ", any centre-<agents>-<different|hard|"),
        (["--case", "centre-24-hard-8d"], "days must be whole weeks, got 8"),
        (["--case", "centre-2-hard"], "agents must be in [5, 100000], got 2"),
        (["--case", "tiny", "--load", "0.9"], "only a centre takes a load"),
        (["--case", "centre-9-hard", "--load", "0"], "load must be > 0"),
        (["--case", "tiny", "--engine", "magic"], "no engine 'magic'"),
        (["--case", "tiny", "--gap", "-1"], "--gap: must be >= 0"),
    ],
)
def test_usage_errors(words: list[str], message: str, capsys: Capture) -> None:
    assert main(["bench", *words]) == ExitCode.USAGE
    said = capsys.readouterr()
    assert said.out == ""
    assert message in said.err


def test_a_folder_that_cannot_be_made_is_told_before_the_search(
    tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / "file").write_text("")
    words = ["bench", "--case", "tiny", "--out", str(tmp_path / "file")]
    assert main(words) == ExitCode.USAGE
    assert "cannot write to" in capsys.readouterr().err


def test_peak_memory_sees_what_is_gone_again() -> None:
    with PeakMemory().watching() as memory:
        before = memory.megabytes
        size = round(1.2 * before * 1e6)
        block = bytearray(b"x") * size
        del block
    assert memory.megabytes >= 1.2 * before
