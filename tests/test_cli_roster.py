"""The commands that build and judge rosters, on the small sample with a real engine."""

import csv
import json
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.roster.result import Limits, Progress, Result
from models.roster.solve import solve
from scheduler import pipeline
from scheduler.cli import ExitCode, main
from scheduler.rosters.document import RosterResult
from scheduler.samples import SAMPLES

Capture = pytest.CaptureFixture[str]
FILES = [
    "activities.csv",
    "backlog.csv",
    "coverage.csv",
    "duals.json",
    "report.html",
    "result.json",
    "roster.csv",
    "wishes.csv",
]
QUICK = ["--gap", "50", "--workers", "1", "--time-limit", "60"]
COMMAND = [sys.executable, "-c", "from scheduler.cli import main; exit(main())"]


@pytest.fixture(scope="module")
def found(plan: Path) -> Result:
    """What the engine answers, to be tampered with."""
    return solve(pipeline.prepare(plan).problem, limits=Limits(60, 50, 0, 1))


def table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def result(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "result.json").read_text("utf-8"))
    return told


def document(capsys: Capture) -> dict[str, Any]:
    (line,) = capsys.readouterr().out.splitlines()
    told: dict[str, Any] = json.loads(line)
    return told


def test_the_files_have_their_columns(made: Path) -> None:
    assert sorted(path.name for path in made.iterdir()) == FILES
    columns = {
        name: ",".join(table(made / name)[0]) for name in FILES if name.endswith("csv")
    }
    assert columns == {
        "roster.csv": "agent_id,date,shift_type,start,end,paid_minutes",
        "activities.csv": "agent_id,start,end,kind,activity",
        "coverage.csv": "queue,start,required,rostered,shortfall,"
        "predicted_service_level,effective,least",
        "backlog.csv": "case_type,date,opening,inflow,completed,closing,due,breaches,"
        "hours_needed,hours_rostered,oldest_days,hours_fill,"
        "age_0_1,age_1_3,age_3_5,age_5_up",
        "wishes.csv": "agent_id,date,granted",
    }
    starts = [row["start"] for row in table(made / "activities.csv")]
    assert all(start.endswith("+00:00") for start in starts)


def test_result_json_adds_up(made: Path) -> None:
    told = result(made)
    RosterResult.model_validate(told)
    assert told["legal"] is True
    assert told["objective"] == pytest.approx(sum(told["objective_parts"].values()))
    excess = told["objective"] - told["bound"]
    assert told["gap"] == pytest.approx(excess / told["bound"], abs=1e-5)
    room = told["bound"] - told["floor"]
    assert told["influenced_gap"] == pytest.approx(excess / room, abs=1e-5)
    assert told["repeatable"] is (told["stop_reason"] != "time_limit")
    assert told["engine"] == "columns"
    assert told["versions"].keys() >= {"ringfence", "python", "ortools", "tzdata"}
    assert told["progress"][-1]["best"] == pytest.approx(told["objective"])
    assert told["progress"][-1]["gap"] == pytest.approx(told["gap"], abs=1e-6)
    rounds = [moment["round"] for moment in told["progress"]]
    assert rounds == sorted(rounds)
    assert all(moment["phase"] for moment in told["progress"])


def test_the_figures_are_those_of_the_tables(made: Path) -> None:
    figures = result(made)["summary"]
    shifts, coverage = table(made / "roster.csv"), table(made / "coverage.csv")
    paid = sum(int(row["paid_minutes"]) for row in shifts) / 60
    assert figures["people"]["paid_hours"] == pytest.approx(paid)
    assert sum(day["paid_hours"] for day in figures["days"]) == pytest.approx(paid)
    (phones,) = figures["queues"]
    short = sum(float(row["shortfall"]) for row in coverage) / 2
    assert phones["short_hours"] == pytest.approx(short)
    assert phones["required_hours"] == 53
    assert phones["intervals"] == len(coverage) == 36
    missing = sum(float(row["shortfall"]) > 0 for row in coverage)
    assert phones["intervals_covered"] == 36 - missing
    (claims,) = figures["cases"]
    rows = table(made / "backlog.csv")
    assert claims["opening"] == 44
    assert claims["inflow"] == sum(float(row["inflow"]) for row in rows) == 42
    assert claims["already_breached"] == 4
    for row in rows:  # conservation
        numbers = {name: float(row[name]) for name in list(row)[2:]}
        left = numbers["opening"] + numbers["inflow"] - numbers["completed"]
        assert numbers["closing"] == pytest.approx(left, abs=1e-3)
    people = figures["people"]
    lunches = Counter(row["kind"] for row in table(made / "activities.csv"))["break"]
    assert lunches == people["shifts"] == len(shifts)
    known = ("voice_hours", "case_hours", "meeting_hours", "idle_hours")
    assert sum(people[kind] for kind in known) == pytest.approx(paid)


def test_an_engine_that_breaks_a_rule_is_found_out(
    found: Result,
    plan: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
) -> None:
    assert found.roster is not None
    assert found.roster.activities is not None
    worse = replace(found.roster, activities=found.roster.activities[1:])
    monkeypatch.setattr(pipeline, "solve", lambda *_: replace(found, roster=worse))
    words = ["roster", str(plan), "--out", str(tmp_path)]
    assert main(words) == ExitCode.ILLEGAL
    assert "ILLEGAL: the checker refuses it" in capsys.readouterr().out
    told = result(tmp_path)
    assert (told["status"], told["legal"]) == ("illegal", False)
    assert told["violations"][0]["rule"] == "activities_fill_shifts"
    assert main(["check", str(plan), str(tmp_path)]) == ExitCode.ILLEGAL


def test_json_is_the_content_of_result_json(
    found: Result,
    plan: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
) -> None:
    def solved(*given: Any) -> Result:
        watch = given[3]
        watch(Progress("search", 1.0, 200, 100))
        return found

    monkeypatch.setattr(pipeline, "solve", solved)
    assert main(["roster", str(plan), "--out", str(tmp_path), "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out) == result(tmp_path)
    assert "gap 100.0%" in said.err
    again = ["roster", str(plan), "--out", str(tmp_path), "--quiet"]
    monkeypatch.setattr(pipeline, "solve", lambda *_: found)
    assert main(again) == 0
    assert capsys.readouterr() == ("", "")


def test_demo(
    found: Result,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
) -> None:
    monkeypatch.setitem(SAMPLES, "retail-bank", SAMPLES["tiny"])
    monkeypatch.setattr(pipeline, "solve", lambda *_: found)
    words = ["demo", str(tmp_path / "demo")]
    assert main(words) == 0
    shown = capsys.readouterr().out
    assert "Tiny: six people, three days" in shown
    assert f"ringfence check {tmp_path}/demo/plan {tmp_path}/demo/roster" in shown
    assert main(["check", f"{tmp_path}/demo/plan", f"{tmp_path}/demo/roster"]) == 0
    assert main(words) == 0  # the same plan: nothing is lost
    skills = tmp_path / "demo" / "plan" / "skills.csv"
    changed = skills.read_text() + "T6,phones\n"
    skills.write_text(changed)
    capsys.readouterr()
    assert main(words) == ExitCode.USAGE
    assert "holds a plan that is not the demo's" in capsys.readouterr().err
    assert skills.read_text() == changed
    assert main([*words, "--force"]) == 0
    assert skills.read_text() != changed


def test_a_folder_that_cannot_be_made_is_told_before_the_search(
    plan: Path, tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / "file").write_text("")
    words = ["roster", str(plan), "--out", str(tmp_path / "file" / "roster")]
    assert main(words) == ExitCode.USAGE
    assert "cannot write to" in capsys.readouterr().err


def test_ctrl_c_keeps_the_best_roster(plan: Path, tmp_path: Path) -> None:
    words = [
        "roster",
        str(plan),
        "--out",
        str(tmp_path),
        "--gap",
        "0",
        "--workers",
        "1",
    ]
    with subprocess.Popen(
        [*COMMAND, *words, "--time-limit", "100"], stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "best" in line:
                process.send_signal(signal.SIGINT)
                break
        assert "stopping with the best roster found" in process.stderr.read()
    assert process.returncode == 0
    assert result(tmp_path)["stop_reason"] == "stopped"
    assert main(["check", str(plan), str(tmp_path)]) == 0


def test_ctrl_c_twice_gives_up(plan: Path, tmp_path: Path) -> None:
    program = (
        "import sys, time; from scheduler import pipeline; "
        "from scheduler.cli import main; "
        "pipeline.solve = lambda *_: [print('busy', file=sys.stderr, flush=True)] "
        "and [time.sleep(0.1) for _ in range(600)]; exit(main())"
    )
    words = [sys.executable, "-c", program, "roster", str(plan), "--out", str(tmp_path)]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        while "busy" not in process.stderr.readline():
            pass
        process.send_signal(signal.SIGINT)
        while "again to give up" not in process.stderr.readline():
            pass
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
    assert process.returncode == ExitCode.INTERRUPTED
    assert list(tmp_path.iterdir()) == []


def test_an_engine_that_asks_no_helpers_refuses_them(
    plan: Path, tmp_path: Path, capsys: Capture
) -> None:
    asked = ["roster", str(plan), "--out", str(tmp_path), "--helpers", "2"]
    assert main([*asked, "--engine", "milp"]) == ExitCode.USAGE
    assert "asks no helpers" in " ".join(capsys.readouterr().err.split())
