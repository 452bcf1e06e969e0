"""The command that plays a roster."""

import csv
import shutil
from pathlib import Path
from typing import Any

import pytest

from scheduler.cli import ExitCode, main
from scheduler.samples import SAMPLES
from scheduler.simulating import SimulateDocument
from scheduler.tables import Required
from scheduler.writing import write_plan
from tests.test_cli_roster import Capture, document, table

QUICK = ["--replications", "40", "--workers", "1", "-q"]


def simulated(plan: Path, made: Path, capsys: Capture, *words: str) -> dict[str, Any]:
    """Return what was found, right by its schema."""
    assert main(["simulate", str(plan), str(made), *QUICK, *words, "--json"]) == 0
    told = document(capsys)
    assert SimulateDocument.model_validate(told).model_dump(mode="json") == told
    return told


def test_calls_and_cases_day_by_day(plan: Path, made: Path, capsys: Capture) -> None:
    found = simulated(plan, made, capsys)
    (queue,) = found["queues"]
    calls = sum(float(row["calls"]) for row in table(plan / "calls.csv"))
    assert queue["total"]["offered"] == pytest.approx(calls, rel=0.1)
    days = queue["days"]
    offered = sum(day["offered"] for day in days)
    assert offered == pytest.approx(queue["total"]["offered"])
    for each in [*days, *queue["intervals"]]:
        assert 0 <= each["service_level"]["mean"] <= 1
    whole = queue["total"]["service_level"]
    assert whole["half"] < 0.05
    assert queue["total"]["promised"] == pytest.approx(whole["mean"], abs=0.15)
    (kind,) = found["case_types"]
    late = sum(day["breaches"]["mean"] for day in kind["days"])
    assert kind["breaches"]["mean"] == pytest.approx(late)
    assert (found["kept"] == 1.0) == (late == 0)


def test_people_read_it(plan: Path, made: Path, capsys: Capture) -> None:
    assert main(["simulate", str(plan), str(made), *QUICK]) == 0
    shown = capsys.readouterr().out
    assert "40 replications of Tiny" in shown
    assert "phones" in shown and "claims" in shown
    assert all(len(line) <= 80 for line in shown.splitlines())


def test_the_same_seed_finds_the_same(plan: Path, made: Path, capsys: Capture) -> None:
    one, other, third = (
        simulated(plan, made, capsys, *words)
        for words in ([], ["--workers", "2"], ["--seed", "1"])
    )
    assert one | {"seconds": 0} == other | {"seconds": 0}
    assert one["queues"] != third["queues"]


def test_cases_between_calls(plan: Path, made: Path, capsys: Capture) -> None:
    fenced = simulated(plan, made, capsys)
    between = simulated(plan, made, capsys, "--blend", "between-calls")
    few, many = (
        found["queues"][0]["total"]["service_level"]["mean"]
        for found in (fenced, between)
    )
    assert many > few
    words = ["--blend", "threshold", "--reserve", "2"]
    assert simulated(plan, made, capsys, *words)["reserve"] == 2


def test_enough_is_known(plan: Path, made: Path, capsys: Capture) -> None:
    words = ["--replications", "1000", "--half-width", "2"]
    found = simulated(plan, made, capsys, *words)
    assert 10 <= found["replications"] < 1000
    assert found["queues"][0]["total"]["service_level"]["half"] <= 0.02


def test_what_cannot_be_played(
    plan: Path, made: Path, tmp_path: Path, capsys: Capture
) -> None:
    def refused(folder: Path, *words: str) -> str:
        code = main(["simulate", str(plan), str(folder), *QUICK, *words])
        assert code == (ExitCode.USAGE if words else ExitCode.BAD_INPUT)
        return capsys.readouterr().err

    assert "--reserve" in refused(made, "--reserve", "2")
    bare = tmp_path / "bare"
    shutil.copytree(made, bare)
    (bare / "activities.csv").unlink()
    assert "activities.csv" in refused(bare)
    assert "roster.csv" in refused(tmp_path / "nothing")
    other = tmp_path / "other"
    shutil.copytree(made, other)
    rows = table(other / "roster.csv")
    rows[0]["agent_id"] = "Nobody"
    with (other / "roster.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    told = refused(other)
    assert "'Nobody'" in told and "line 2" in told


def test_a_roster_that_falls_short_is_made_better(
    tmp_path: Path, capsys: Capture
) -> None:
    """Requirements of another tool that are far too low are found out."""
    folder, out = tmp_path / "plan", tmp_path / "roster"
    tiny = SAMPLES["tiny"]()
    starts = [row.start for row in tiny.calls]
    few = [Required(queue="phones", start=start, agents=1) for start in starts]
    write_plan(tiny.model_copy(update={"required": few}), folder)
    words = ["--work-limit", "4", "--workers", "1", "--verify", "--json"]
    assert main(["roster", str(folder), "--out", str(out), *words]) == 0
    rounds = document(capsys)["verified"]
    assert 1 < len(rounds) <= 4
    assert [each["kept"] for each in rounds].count(True) == 1
    late = [each["late_calls"] + each["breaches"] for each in rounds]
    (kept,) = (x for x, each in zip(late, rounds, strict=True) if each["kept"])
    assert kept == min(late) < 0.8 * late[0]
    told = SimulateDocument.model_validate_json((out / "simulation.json").read_text())
    assert told.seed == 0 and told.replications == 100
    plain = [*words[:4], "-q"]
    assert main(["roster", str(folder), "--out", str(out), *plain]) == 0
    assert not (out / "simulation.json").exists()
    assert main(["check", str(folder), str(out), "-q"]) == 0


def test_who_does_two_things_at_once_cannot_be_played(
    plan: Path, made: Path, tmp_path: Path, capsys: Capture
) -> None:
    folder = tmp_path / "twice"
    shutil.copytree(made, folder)
    rows = (folder / "activities.csv").read_text().splitlines()
    (folder / "activities.csv").write_text("\n".join([*rows, rows[1]]) + "\n")
    assert main(["simulate", str(plan), str(folder), *QUICK]) == ExitCode.BAD_INPUT
    told = capsys.readouterr().err
    assert "one known activity at each moment" in told and "before" in told


def test_a_roster_of_another_plan_says_so(
    plan: Path, made: Path, tmp_path: Path, capsys: Capture
) -> None:
    def notes() -> str:
        words = ["simulate", str(plan), str(folder), "--replications", "10"]
        assert main(words) == 0
        return capsys.readouterr().err

    folder = tmp_path / "other"
    shutil.copytree(made, folder)
    assert "another plan" not in notes()
    path = folder / "result.json"
    path.write_text(path.read_text().replace('"plan_hash": "', '"plan_hash": "0'))
    assert "made for another plan" in notes()
    path.write_text("[]")
    assert "not known" in notes()
    path.unlink()  # from a spreadsheet
    assert "plan the roster is" not in notes()
