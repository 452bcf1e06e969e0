"""Grids of runs, each in a process of its own, and what is told of them."""

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from models.errors import PlanError
from scheduler import bench
from scheduler.bench import alone, child, session
from scheduler.bench.alone import measured
from scheduler.bench.crew import crew
from scheduler.bench.results import gaps
from scheduler.cli import ExitCode, bench_grid, main
from scheduler.samples.tiny import tiny
from scheduler.writing import write_plan

Capture = pytest.CaptureFixture[str]
TINY = bench.Wanted("tiny", None, 0, "columns", 20.0, stop_gap=50.0, workers=1)


def test_a_grid_is_every_combination_once() -> None:
    cases = [bench.case_named("tiny"), bench.case_named("centre-9-hard")]
    grid = bench.Grid(
        cases,
        engines=["columns", "cpsat"],
        loads=[0.8, 0.9],
        seeds=[0, 1, 2],
        time_limits=[5.0, 9.0],
        repeats=2,
    )
    runs = list(grid.runs())
    assert len(set(runs)) == len(runs) == 2 * 3 * 2 * 2 * (1 + 2)
    assert {run.asked_load for run in runs if run.case == "tiny"} == {None}
    assert runs[0].asked_engine == "columns"
    assert runs[1] == bench.Wanted("tiny", None, 0, "cpsat", 5.0)


def test_a_case_without_a_limit_has_its_own() -> None:
    (run,) = bench.Grid([bench.case_named("centre-9-hard")]).runs()
    assert (run.time_limit, run.asked_load) == (180, bench.DEFAULT_LOAD)


def test_a_run_in_a_process_of_its_own_is_measured() -> None:
    record = measured(TINY)
    assert bench.wanted_of(record) == TINY
    assert record["legal"] is True
    assert record["exit_code"] == 0
    assert record["peak_mb"] > 50
    assert record["yardstick"] > 0
    assert gaps(record)[-1][1] == record["gap"]
    assert json.loads(json.dumps(record)) | {"progress": 0} == record | {"progress": 0}


def test_what_fails_is_kept_with_its_error() -> None:
    wanted = bench.Wanted("crew-30", None, 0, "milp", 2.0)
    record = measured(wanted)
    assert "engine milp has" in record["error"]
    assert bench.wanted_of(record) == wanted


def test_a_run_that_needs_too_much_memory_is_ended() -> None:
    record = measured(TINY, megabytes=5)
    assert record["error"] == "ended: more than 5 MB of memory"


def test_a_run_without_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alone, "PATIENCE", 0.0)
    monkeypatch.setattr(alone, "GRACE", 0.0)
    assert "no end of it" in measured(TINY)["error"]


def run_here(wanted: bench.Wanted, _: float | None) -> dict[str, Any]:
    """Stand in for a process of its own, which takes longer than a small case."""
    return asdict(wanted) | json.loads(json.dumps(child._answer(wanted)))


def test_smoke_runs_every_engine(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr(session, "measured", run_here)
    monkeypatch.setattr(bench_grid, "SMOKE", replace(bench_grid.SMOKE, gap=50.0))
    assert main(["bench", "--smoke", "--json"]) == 0
    runs = json.loads(capsys.readouterr().out)["runs"]
    assert [run["asked_engine"] for run in runs] == ["columns", "cpsat", "milp"]
    assert all(run["legal"] for run in runs)


def recorded(wanted: bench.Wanted, megabytes: float | None = None) -> dict[str, Any]:
    """Stand in for a run that found the best roster at once."""
    return {
        "date": "2026-01-01T00:00:00+00:00",
        **{name: getattr(wanted, name) for name in wanted.__dataclass_fields__},
        "status": "optimal",
        "stop_reason": "proof",
        "objective": 10.0,
        "bound": 10.0,
        "gap": 0.0,
        "legal": True,
        "seconds": 2.0,
        "peak_mb": 100.0,
        "agents": 6,
        "yardstick": 0.05,
    }


def test_what_a_file_has_is_not_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    ran = []

    def run(wanted: bench.Wanted, megabytes: float | None) -> dict[str, Any]:
        ran.append(wanted)
        return recorded(wanted)

    monkeypatch.setattr(session, "measured", run)
    words = ["bench", "--case", "tiny", "--engine", "columns", "--seed", "0"]
    into = ["--into", str(tmp_path / "deep" / "runs.jsonl")]
    assert main([*words, *into]) == 0
    assert main([*words, "--seed", "1", *into]) == 0
    assert [run.seed for run in ran] == [0, 1]
    assert main([*words, "--again", *into]) == 0
    assert len(ran) == 3
    shown = capsys.readouterr()
    assert "1 of 2 runs to go" in shown.err
    assert "| tiny | - | columns | 60 | 2 | yes | 10.0 |" in shown.out
    assert len(Path(into[1]).read_text().splitlines()) == 3
    assert len(bench.read(Path(into[1]))) == 2


def test_a_run_without_a_legal_roster_is_told_by_the_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def failed(wanted: bench.Wanted, _: float | None) -> dict[str, Any]:
        error = "much\nTypeError: <b>|x|</b>"
        return recorded(wanted) | {"legal": None, "error": error}

    monkeypatch.setattr(session, "measured", failed)
    assert main(["bench", "--smoke"]) == ExitCode.ILLEGAL
    shown = capsys.readouterr().out
    assert "**0 of 1**" in shown
    assert "TypeError: &lt;b>\\|x\\|&lt;/b>" in shown


def test_a_plan_from_anywhere_is_a_case(tmp_path: Path) -> None:
    write_plan(tiny(), tmp_path / "plan")
    case = bench.case_of(str(tmp_path / "plan"))
    assert case.plan(seed=3) == tiny()
    (tmp_path / "bad").mkdir()
    with pytest.raises(PlanError):
        bench.case_of(str(tmp_path / "bad"))


def test_a_wrong_plan_is_bad_input(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text("{")
    words = ["bench", "--case", str(tmp_path / "plan.json")]
    assert main(words) == ExitCode.BAD_INPUT


def test_the_crew_differs_by_seed() -> None:
    assert crew(8, 0) == crew(8, 0) != crew(8, 1)


def test_lines_that_are_no_runs_are_told(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "runs.jsonl"
    path.write_text("{}\n" + json.dumps(recorded(TINY)) + "\nnothing\n[1]\n")
    assert main(["bench", "table", str(path)]) == ExitCode.BAD_INPUT
    said = capsys.readouterr().err
    assert all(f"line {number}:" in said for number in (1, 3, 4))
    assert main(["bench", "table", str(tmp_path / "none")]) == ExitCode.BAD_INPUT


def test_pictures_are_drawn_of_what_there_is(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    path = tmp_path / "runs.jsonl"
    for agents, engine in ((10, "columns"), (10, "cpsat"), (99, "columns")):
        wanted = bench.Wanted(f"<centre> {agents}", None, 0, engine, 5.0)
        steps = {"progress": [(1.0, 20.0, 10.0), (2.0, 10.0, 10.0)], "agents": agents}
        bench.append(path, recorded(wanted) | {"engine": engine} | steps)
    assert main(["bench", "plot", str(path), "--out", str(tmp_path / "drawn")]) == 0
    found = sorted((tmp_path / "drawn").iterdir())
    names = [each.name for each in found]
    assert names == ["gap-over-time.svg", "profile.svg", "scaling.svg"]
    assert all("<centre>" not in each.read_text() for each in found)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--case", "tiny", "--seed", "0", "--seed", "1", "--out", "x"], "single run"),
        (["--case", "tiny", "--time-limit", "1", "--time-limit", "0"], "must be > 0"),
        (["--case", "tiny", "--engine", "auto", "--engine", "x"], "no engine 'x'"),
    ],
)
def test_wrong_grids(words: list[str], message: str, capsys: Capture) -> None:
    assert main(["bench", *words]) == ExitCode.USAGE
    assert message in capsys.readouterr().err
