"""The compact model for other solvers, and their solutions read back."""

import csv
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import highspy
import pytest
from pulp.apis.coin_api import pulp_cbc_path

from scheduler.cli import ExitCode, main
from scheduler.domain import Plan
from scheduler.samples.tiny import tiny
from scheduler.writing import write_plan

Capture = pytest.CaptureFixture[str]
NEAR = 1.0  # a gap: the roster need not be best, only told alike
SAFE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,99}")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny") / "plan"
    write_plan(tiny(), folder)
    return folder


@pytest.fixture(scope="module")
def solved(plan: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """Return what HiGHS wrote of the exported model, and its objective."""
    folder = tmp_path_factory.mktemp("solved")
    assert main(["export-model", str(plan), "--out", str(folder / "m.mps"), "-q"]) == 0
    return highs_solution(folder / "m.mps", folder / "highs.sol")


def highs_solution(model: Path, solution: Path) -> tuple[Path, float]:
    highs = highspy.Highs()
    highs.silent()
    highs.setOptionValue("mip_rel_gap", NEAR)
    highs.readModel(str(model))
    highs.run()
    highs.writeSolution(str(solution), 0)
    return solution, highs.getInfo().objective_function_value


def imported(
    plan: Path, solution: Path, out: Path, capsys: Capture
) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    words = ["import-solution", str(plan), str(solution), "--out", str(out), "--json"]
    code = main(words)
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("suffix", ["mps", "lp"])
def test_highs_solves_the_file_and_its_roster_costs_what_it_says(
    suffix: str, plan: Path, tmp_path: Path, capsys: Capture
) -> None:
    model = tmp_path / f"model.{suffix}"
    assert main(["export-model", str(plan), "--out", str(model)]) == 0
    solution, objective = highs_solution(model, tmp_path / "highs.sol")
    code, told = imported(plan, solution, tmp_path / "roster", capsys)
    assert code == 0
    assert told["legal"]
    assert told["objective"] == pytest.approx(objective, rel=1e-6)
    assert main(["check", str(plan), str(tmp_path / "roster"), "--json"]) == 0
    checked = json.loads(capsys.readouterr().out)
    assert checked["objective"] == told["objective"]


def test_cbc_solves_the_file_and_its_roster_costs_what_it_says(
    plan: Path, tmp_path: Path, capsys: Capture
) -> None:
    assert main(["export-model", str(plan), "--out", str(tmp_path / "m.mps")]) == 0
    solution = tmp_path / "cbc.sol"
    options = ["ratio", str(NEAR), "solve", "solution", str(solution)]
    subprocess.run(
        [pulp_cbc_path, str(tmp_path / "m.mps"), *options],
        check=True,
        capture_output=True,
    )
    head = solution.read_text().splitlines()[0]
    code, told = imported(plan, solution, tmp_path / "roster", capsys)
    assert code == 0
    assert told["objective"] == pytest.approx(float(head.split()[-1]), rel=1e-6)


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        ("# Solution for model roster\n# Objective value = {value}", ""),  # Gurobi
        ("solution status: optimal\nobjective value:   {value}", " \t(obj:1)"),  # SCIP
    ],
)
def test_other_forms_say_the_same(
    head: str,
    tail: str,
    plan: Path,
    solved: tuple[Path, float],
    tmp_path: Path,
    capsys: Capture,
) -> None:
    solution, objective = solved
    columns = solution.read_text().split("# Rows")[0].split("# Columns")[1]
    lines = [line + tail for line in columns.splitlines()[1:] if line]
    other = tmp_path / "other.sol"
    other.write_text("\n".join([head.format(value=objective), *lines]) + "\n")
    code, told = imported(plan, other, tmp_path / "roster", capsys)
    assert code == 0
    assert told["objective"] == pytest.approx(objective, rel=1e-6)


def test_a_solution_that_breaks_a_rule_is_written_and_called_illegal(
    plan: Path, tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / "none.sol").write_text("works_T1_0302_0800_early 0\n")
    code, told = imported(plan, tmp_path / "none.sol", tmp_path / "roster", capsys)
    assert code == ExitCode.ILLEGAL
    assert not told["legal"]
    assert (tmp_path / "roster" / "roster.csv").exists()


def test_every_wrong_line_is_told_and_nothing_is_written(
    plan: Path, tmp_path: Path, capsys: Capture
) -> None:
    lines = [
        "# Solution for model roster",
        "works_T1_0302_0800_early 1",
        "works_T1_0302_0800_early 1",
        "works_T9_0302_0800_early 1",
        "works_T2_0302_0800_early 0.5",
        "works_T3_0302_0800_early nan",
        "works_T4_0302_0800_early",
    ]
    (tmp_path / "bad.sol").write_text("\n".join(lines))
    code, told = imported(plan, tmp_path / "bad.sol", tmp_path / "roster", capsys)
    assert code == ExitCode.BAD_INPUT
    findings = told["error"]["findings"]
    assert {each["row"]: each["expected"] for each in findings} == {
        3: "each variable once",
        4: "a variable of the model of this plan",
        5: "0 or 1, of works_T2_0302_0800_early",
        6: "a number",
        7: "a name and a value",
    }
    assert not (tmp_path / "roster").exists()


@pytest.mark.parametrize("text", ["", "Model status\nInfeasible\n", "\0\0"])
def test_a_file_without_values_is_refused(
    text: str, plan: Path, tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / "empty.sol").write_text(text)
    code, _ = imported(plan, tmp_path / "empty.sol", tmp_path / "roster", capsys)
    assert code == ExitCode.BAD_INPUT
    assert not (tmp_path / "roster").exists()


def renamed(plan: Plan, names: dict[str, str]) -> Plan:
    text = plan.model_dump_json()
    for old, new in names.items():
        text = text.replace(json.dumps(old), json.dumps(new))
    return Plan.model_validate_json(text)


def test_names_of_any_kind_are_safe_and_differ(tmp_path: Path, capsys: Capture) -> None:
    odd = renamed(
        tiny(),
        {
            "T1": "Zoë",
            "T2": "zoe",
            "T3": "=1+1",
            "T4": "李",
            "early": "a b<" + 60 * "x",
        },
    )
    write_plan(odd, tmp_path / "plan")
    out = tmp_path / "model.mps"
    assert main(["export-model", str(tmp_path / "plan"), "--out", str(out)]) == 0
    with (tmp_path / "model.names.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = [row["variable"] for row in rows]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(SAFE.fullmatch(name) for name in names)
    assert {"Zoë", "zoe", "'=1+1", "李"} <= {row["agent_id"] for row in rows}
    solution, objective = highs_solution(out, tmp_path / "highs.sol")
    code, told = imported(tmp_path / "plan", solution, tmp_path / "roster", capsys)
    assert code == 0
    assert told["objective"] == pytest.approx(objective, rel=1e-6)


def test_what_the_model_has_no_row_for_is_refused(
    tmp_path: Path, capsys: Capture
) -> None:
    book = [{"rule": "days_worked", "max": 2}]
    ruled = Plan.model_validate(tiny().model_dump() | {"rule_book": book})
    write_plan(ruled, tmp_path / "plan")
    words = ["export-model", str(tmp_path / "plan"), "--out", str(tmp_path / "m.lp")]
    assert main(words) == ExitCode.BAD_INPUT
    assert "days_worked" in capsys.readouterr().err
    assert not (tmp_path / "m.lp").exists()


def test_the_ending_says_the_form(plan: Path, tmp_path: Path, capsys: Capture) -> None:
    assert main(["export-model", str(plan), "--out", str(tmp_path / "m.txt")]) == 2
    assert "must end in .mps or .lp, got 'm.txt'" in capsys.readouterr().err
