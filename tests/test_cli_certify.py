"""The command that proves a bound again, on the small sample with the real engine."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models.roster.problem import UNIT
from scheduler import pipeline
from scheduler.cli import ExitCode, main
from scheduler.rosters.duals import duals_text, read_duals

Capture = pytest.CaptureFixture[str]
Change = Callable[[Any], object]
QUICK = ["--gap", "50", "--workers", "1", "--time-limit", "60", "--quiet"]


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    """A copy of the roster to change."""
    return shutil.copytree(made, tmp_path / "copy")


def edit(path: Path, change: Change) -> None:
    """Change a JSON file."""
    content = json.loads(path.read_text("utf-8"))
    change(content)
    path.write_text(json.dumps(content), "utf-8")


def told(plan: Path, folder: Path, capsys: Capture, code: int = 0) -> dict[str, Any]:
    assert main(["certify", str(plan), str(folder), "--json"]) == code
    (line,) = capsys.readouterr().out.splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def test_the_bound_is_proved(made: Path, plan: Path, capsys: Capture) -> None:
    found = told(plan, made, capsys)
    result = json.loads((made / "result.json").read_text("utf-8"))
    units = found["cost_units"]
    assert found["holds"] is found["agrees"] is True
    assert found["bound"] == result["bound"] >= found["proved"]
    assert found["proved"] == found["claimed"] == round(units["proved"] / UNIT, 6)
    assert found["proved"] == pytest.approx(sum(found["proved_parts"].values()), abs=1)
    assert found["objective"] == pytest.approx(result["objective"])
    gap = (found["objective"] - found["proved"]) / found["proved"]
    assert found["gap"] == pytest.approx(gap, abs=1e-5)
    assert main(["certify", str(plan), str(made)]) == 0
    word, bound, proved, roster = capsys.readouterr().out.splitlines()
    assert word == "the bound holds: agrees to the unit"
    assert bound.split() == [
        *("bound", f"{found['bound']:,.3f}", "paid", "hours'", "worth,"),
        *("says", "result.json"),
    ]
    assert proved.split()[:2] == ["proved", f"{found['proved']:,.3f}"]
    assert roster.endswith("above what is proved")


def test_prices_are_read_as_they_were_written(plan: Path, made: Path) -> None:
    prepared = pipeline.prepare(plan)
    problem, axis = prepared.problem, prepared.translation.axis
    plan_hash = prepared.plea.plan_hash
    certificate = read_duals(made, problem, axis, plan_hash)
    text = (made / "duals.json").read_text("utf-8")
    assert duals_text(problem, axis, plan_hash, certificate) == text
    assert any(map(any, certificate.cover + certificate.heads))


def higher_bound(duals: Any) -> None:
    duals["bound"] += 1


def lower_bound(duals: Any) -> None:
    duals["bound"] -= 1


def no_price_of_calls(duals: Any) -> None:
    duals["covers"]["phones"] = {"cover": {}, "heads": {}}


@pytest.mark.parametrize("change", [higher_bound, no_price_of_calls])
def test_a_false_bound_is_found_out(
    change: Change, copy: Path, plan: Path, capsys: Capture
) -> None:
    edit(copy / "duals.json", change)
    found = told(plan, copy, capsys, ExitCode.ILLEGAL)
    assert found["holds"] is found["agrees"] is False
    assert found["cost_units"]["proved"] < found["cost_units"]["claimed"]
    assert main(["certify", str(plan), str(copy)]) == ExitCode.ILLEGAL
    assert "the bound does NOT hold: duals.json says" in capsys.readouterr().out


def test_a_modest_bound_holds(copy: Path, plan: Path, capsys: Capture) -> None:
    edit(copy / "duals.json", lower_bound)
    found = told(plan, copy, capsys)
    assert (found["holds"], found["agrees"]) == (True, False)
    assert main(["certify", str(plan), str(copy)]) == 0
    assert "the bound holds, and more: " in capsys.readouterr().out


def test_what_the_prices_do_not_prove_is_said(
    copy: Path, plan: Path, capsys: Capture
) -> None:
    edit(copy / "result.json", lambda result: result.update(bound=10**6))
    (note,) = told(plan, copy, capsys)["notes"]
    assert note.startswith("the bound of result.json is higher than what the prices")
    edit(copy / "result.json", lambda result: result.update(bound=1))
    assert main(["certify", str(plan), str(copy)]) == 0
    assert "they are not of one run" in capsys.readouterr().err
    edit(copy / "result.json", lambda result: result.update(bound=None))
    assert main(["certify", str(plan), str(copy), "--quiet"]) == 0
    said = capsys.readouterr()
    assert "result.json" not in said.out + said.err


def test_only_a_legal_roster_has_a_gap(copy: Path, plan: Path, capsys: Capture) -> None:
    shifts, doings = copy / "roster.csv", copy / "activities.csv"
    header, _, *rest = shifts.read_text("utf-8").splitlines(keepends=True)
    shifts.write_text("".join([header, *rest]), "utf-8")
    found = told(plan, copy, capsys)
    assert found["objective"] is found["gap"] is None
    assert "the roster is illegal" in found["notes"][-1]
    doings.unlink()
    shifts.write_text(header + "".join(rest), "utf-8")
    assert told(plan, copy, capsys)["gap"] is None


def renamed(duals: Any) -> None:
    duals["covers"]["phoness"] = duals["covers"].pop("phones")
    duals["case_types"]["claims"]["room"]["2026-03-02T00:01+00:00"] = 3
    duals["case_types"]["claims"]["still"] = -1
    duals["bound"] = 1.5


def test_names_and_prices_that_do_not_fit_are_told_at_once(
    copy: Path, plan: Path, capsys: Capture
) -> None:
    edit(copy / "duals.json", renamed)
    assert main(["certify", str(plan), str(copy)]) == ExitCode.BAD_INPUT
    told_of = capsys.readouterr().err.splitlines()
    assert told_of == [
        "duals.json, at /bound: '1.5' - expected a whole number >= 0",
        "duals.json, at /covers: 'phoness' - expected a name or moment of the plan; "
        "did you mean 'phones'?",
        "duals.json, at /covers/phones: expected to be there",
        "duals.json, at /case_types/claims/room: '2026-03-02T00:01+00:00' - expected "
        "a name or moment of the plan; did you mean '2026-03-02T00:00+00:00'?",
        "duals.json, at /case_types/claims/still: '-1' - expected an object of names "
        "and what they have",
        "error: 5 problems",
    ]


def negative(duals: Any) -> None:
    (heads,) = [row["heads"] for row in duals["covers"].values()]
    heads["2026-03-02T12:00+00:00"] = -1


def dear(duals: Any) -> None:
    due = duals["case_types"]["claims"]["streams"]["claims"]["due"]
    due.update(dict.fromkeys(due, 10**12))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (negative, "'-1' - expected a whole number >= 0"),
        (dear, "due: price 1000000000000 at cut"),
        (lambda duals: duals.update(format=2), "'2' - expected format 1"),
        (lambda duals: duals.update(plan_hash="x"), "the file is of another plan"),
        (lambda duals: duals.pop("covers"), "at /covers: expected an object of names"),
        (lambda duals: duals.update(covers={"phones": None}), "at /covers/phones: exp"),
    ],
)
def test_prices_that_prove_nothing_are_refused(
    change: Change, words: str, copy: Path, plan: Path, capsys: Capture
) -> None:
    edit(copy / "duals.json", change)
    assert main(["certify", str(plan), str(copy)]) == ExitCode.BAD_INPUT
    assert words in capsys.readouterr().err


def test_a_workbook_has_no_prices(
    plan: Path, made: Path, tmp_path: Path, capsys: Capture
) -> None:
    book = tmp_path / "roster.xlsx"
    assert main(["workbook", str(plan), str(made), "--out", str(book), "-q"]) == 0
    for command in ("certify", "worth"):
        assert main([command, str(plan), str(book)]) == ExitCode.BAD_INPUT
        said = capsys.readouterr().err
        assert "roster.xlsx: expected the folder of its run: duals.json" in said


@pytest.mark.parametrize("name", ["duals.json", "result.json", "roster.csv"])
def test_a_file_that_is_missing(
    name: str, copy: Path, plan: Path, capsys: Capture
) -> None:
    (copy / name).unlink()
    assert main(["certify", str(plan), str(copy)]) == ExitCode.BAD_INPUT
    assert f"{name}: expected a file" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"bound": 1, "bound": 2}', "expected JSON: 'bound' is given twice"),
        ('{"bound": 1,\n}', "line 2: expected JSON: "),
        ("[]", "expected a JSON object"),
        ("[" * 10**5, "expected JSON: "),
    ],
)
def test_a_file_that_cannot_be_read(
    text: str, words: str, copy: Path, plan: Path, capsys: Capture
) -> None:
    (copy / "duals.json").write_text(text, "utf-8")
    assert main(["certify", str(plan), str(copy)]) == ExitCode.BAD_INPUT
    assert f"duals.json: {words}" in capsys.readouterr().err.replace(", line", ": line")


def test_a_roster_without_prices_leaves_none_of_an_earlier_run(
    copy: Path, plan: Path
) -> None:
    words = ["roster", str(plan), "--out", str(copy), *QUICK]
    assert main([*words, "--engine", "cpsat"]) == 0
    assert not (copy / "duals.json").exists()
