"""A plan as a workbook: the same plan as in its other forms, and its findings."""

import datetime as dt
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import python_calamine as calamine

from models.errors import PlanError
from scheduler.cli import ExitCode, main
from scheduler.domain import Exports, Plan
from scheduler.exports.plan_workbook import write_plan_workbook
from scheduler.reading import Finding, plan_hash, read_plan
from scheduler.reading.layout import PARTS, SHEETS, CellKind, columns_of, plan_leaves
from scheduler.samples import SAMPLES
from scheduler.samples.first import first
from scheduler.tables.row import WEEKDAYS
from scheduler.writing import json_text, write_plan
from tests.test_cli_roster import QUICK, Capture, document
from tests.test_workbook_roster import Cells, typed
from tests.test_writing import EVERYTHING, SMALL

ODD: dict[str, Any] = {
    **SMALL,
    "name": "=SUM(A1)",
    "public_holidays": ["2026-03-04", "2026-03-05"],
    "calendars": {
        "@home": {"monday": ["22:00-06:00"], "dates": {"2026-03-04": []}},
        "7": {"closed": ["2026-03-03"]},
    },
    "queues": [{"name": "phones", "calendar": "7", "handle_factors": [1, 1.3]}],
    "case_types": [
        {
            "name": "=a|b",
            "handle_minutes": 0.1 + 0.2,
            "sla": {
                "within": 2,
                "unit": "business_days",
                "share": 0.9,
                "rest": {"within": 4, "unit": "calendar_days", "calendar": "@home"},
            },
            "feeds": [{"case_type": "b", "same_clock": True}],
            "backlog_targets": [{"date": "2026-03-05", "cases": 3}],
        },
        {
            "name": "b",
            "sla": {"within": 9, "unit": "hours"},
            "mix": [
                {"name": "x", "share": 0.5, "handle_minutes": 5},
                {"name": "y", "share": 0.5, "handle_minutes": 9, "handle_cv": 0.5},
            ],
        },
    ],
    "shift_types": [
        {"name": "day|x", "starts": ["08:00"], "length_minutes": [480]},
        {"name": "[x", "starts": ["09:00-10:00/30"], "length_minutes": [480, 240]},
    ],
    "contracts": [
        {
            "name": "full",
            "shift_types": ["[x", "day|x"],
            "max_hours_per_week": 40,
            "max_days_in_a_row": None,
            "overtime": [{"above_hours": 8, "per": "day", "surcharge": 0.5}],
        },
        {"name": "none", "shift_types": ["[x"], "max_hours_per_week": 37.5},
    ],
    "fairness": [{"name": "late", "weekdays": ["saturday"], "start": "18:00"}],
    "changes": {"now": "2026-03-02T06:00"},
    "agents": [
        {"agent_id": "'=A1", "name": "=1+1", "contract": "full", "roles": "lead|aid"},
        {"agent_id": "007", "name": "-x\ty", "contract": "none"},
    ],
    "skills": [{"agent_id": "'=A1", "skill": "phones", "speed": 0.85}],
    "availability": [
        {"agent_id": "007", "day": "monday", "start": "00:00", "end": "24:00"},
        {"agent_id": "007", "day": "2026-03-04", "start": "07:05", "available": False},
    ],
    "leave": [
        {"agent_id": "007", "start": "2026-03-03", "end": "2026-03-04"},
        {"agent_id": "007", "start": "2026-03-05T00:00", "end": "2026-03-05T12:00"},
    ],
    "open_cases": [
        {"case_type": "b", "received": "2026-02-25", "due": "2026-03-04T00:00"},
        {"case_type": "b", "received": "2026-02-26T10:00:30", "case_id": "=x"},
        {"case_type": "b", "received": "2026-02-26T10:00+01:00"},
    ],
    "published": [
        {
            "agent_id": "''=A1",  # as published.csv has it, guarded
            "date": "2026-03-02",
            "shift_type": "day|x",
            "start": "2026-03-02T00:00",
            "end": "2026-03-02T08:00",
        }
    ],
}


def written(plan: Plan, folder: Path) -> Path:
    path = folder / "plan.xlsx"
    write_plan_workbook(plan, path)
    return path


def cells_of(path: Path) -> Cells:
    raw = calamine.CalamineWorkbook.from_path(path)
    return {name: raw.get_sheet_by_name(name).to_python() for name in raw.sheet_names}


def findings(path: Path) -> list[Finding]:
    with pytest.raises(PlanError) as caught:
        read_plan(path)
    return [found for found in caught.value.problems if isinstance(found, Finding)]


def entered(cells: Cells, sheet: str, row: int, column: str, value: Any) -> None:
    """Type into a cell; rows are counted as a spreadsheet counts them."""
    rows = cells[sheet]
    cell = rows[0].index(column)
    rows[row - 1][cell] = value


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_say_the_same(name: str, tmp_path: Path) -> None:
    plan = SAMPLES[name]()
    read = read_plan(written(plan, tmp_path))
    assert read.plan == plan
    assert read.plan_hash == plan_hash(plan)


@pytest.mark.parametrize("content", [SMALL, EVERYTHING, ODD], ids=["s", "e", "odd"])
def test_all_that_a_plan_can_hold(
    content: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.validation.findings", lambda plan, incomplete: [])
    monkeypatch.setattr("scheduler.validation.notes", lambda plan: [])
    plan = Plan.of(content)
    path = written(plan, tmp_path)
    assert read_plan(path).plan == plan
    assert read_plan(path).plan_hash == plan_hash(plan)
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            assert b"<f>" not in parts.read(name) or "worksheets" not in name


def test_codes_of_other_tools_have_a_sheet(tmp_path: Path) -> None:
    codes = {
        "genesys": {
            "codes": {"break": "=1+1", "a.b": "2"},
            "work_plans": {"full": "w"},
        },
        "amazon": {"agents": {"a01": "arn:x"}},
    }
    plan = first().model_copy(update={"exports": Exports.model_validate(codes)})
    path = written(plan, tmp_path)
    assert read_plan(path).plan.exports == plan.exports
    cells = cells_of(path)
    entered(cells, "exports", 2, "tool", "amazn")
    entered(cells, "exports", 3, "code", "")
    told = "\n".join(map(str, findings(typed(tmp_path / "wrong.xlsx", cells))))
    assert "sheet exports, row 2" in told and "did you mean 'amazon'?" in told
    assert "sheet exports, row 3, column code: expected a value" in told


def test_every_key_has_a_cell() -> None:
    """No list of sections is left to be typed as TOML: each has a sheet."""
    told = [leaf for sheet in SHEETS[1:] for leaf in columns_of(sheet)]
    inline = [
        leaf.name for leaf in [*plan_leaves(), *told] if leaf.kind.name == "INLINE"
    ]
    assert inline == []
    kinds = {leaf.name: leaf.kind for leaf in columns_of("open_cases")}
    assert kinds["received"] is CellKind.DAY_OR_MOMENT
    assert "shift_types" in {leaf.name for leaf in columns_of("rule_book")}
    assert len({part.sheet for part in PARTS}) == len(PARTS)


def test_wrong_cells_are_named(tmp_path: Path) -> None:
    cells = cells_of(written(first(), tmp_path))
    entered(cells, "agents", 3, "contract", "full time")
    entered(cells, "calls", 5, "calls", "many")
    entered(cells, "queues", 2, "service_level", 80)
    entered(cells, "case_types", 2, "sla.unit", "days")
    entered(cells, "breaks", 2, "minutes", "")
    entered(cells, "breaks", 4, "shift_type", "shrot")
    entered(cells, "plan", 4, "value", "german")
    entered(cells, "calls", 6, "calls", "1.200")
    entered(cells, "calls", 7, "handle_seconds", dt.timedelta(hours=4, minutes=30))
    entered(cells, "calendars", 2, "tuesday", "8-18")
    entered(cells, "plan", 5, "value", "next Monday")
    cells["agent"] = [["x"]]
    del cells["skills"]
    told = "\n".join(map(str, findings(typed(tmp_path / "wrong.xlsx", cells))))
    for words in (
        "wrong.xlsx, sheet calls, row 5, column calls: 'many' - expected a number",
        "row 6, column calls: '1.200' - expected a number that reads one way",
        "row 7, column handle_seconds: '04:30' - expected a number of seconds, not a "
        "time of day",
        "sheet calendars, row 2, column tuesday: '8-18' - expected",
        "sheet queues, row 2, column service_level: '80' - expected a number < 1",
        "sheet case_types, row 2, column sla.unit: 'days' - expected one of 'business_",
        "sheet breaks, row 2, column minutes: expected a value",
        "sheet breaks, row 4, column shift_type: 'shrot' - expected a name of sheet "
        "shift_types; did you mean 'short'?",
        "sheet plan, row 4, column locale: 'german' - expected a language and country "
        "such as de-DE",
        "sheet plan, row 5, column horizon.first_day: 'next Monday' - expected a date",
        "sheet agent: expected the name of a table or section",
        "did you mean 'agents'?",
    ):
        assert words in told


def test_names_are_checked_across_sheets(tmp_path: Path) -> None:
    cells = cells_of(written(first(), tmp_path))
    entered(cells, "agents", 3, "contract", "full time")
    entered(cells, "agents", 4, "agent_id", "a01")
    told = "\n".join(map(str, findings(typed(tmp_path / "wrong.xlsx", cells))))
    assert (
        "sheet agents, row 3, column contract: 'full time' - expected a contract "
        "of the plan; did you mean 'full-time'?"
    ) in told
    assert "sheet agents, row 4, column agent_id: 'a01'" in told
    assert "row 2" in told


def test_what_a_person_types_is_understood(tmp_path: Path) -> None:
    cells = cells_of(written(first(), tmp_path))
    entered(cells, "calls", 2, "start", "2026-03-02 8:00")
    entered(cells, "calls", 3, "calls", "9,5")
    entered(cells, "calls", 4, "handle_seconds", dt.date(1900, 9, 26))  # 270 as a date
    entered(cells, "inflow", 2, "date", "2026-03-02")
    entered(cells, "inflow", 3, "date", 46084)  # a date that has lost its format
    entered(cells, "preferences", 2, "start", 0.75)
    entered(cells, "agents", 2, "team", 7)
    entered(cells, "shift_types", 2, "weekdays", ", ".join(WEEKDAYS[:5]))
    cells["Agents"] = cells.pop("agents")
    cells["_mine"] = [["whatever", 1]]
    cells["calls"].insert(5, ["", "", "", ""])
    cells["plan"].append(["rules", "none", ""])
    entered(cells, "plan", 13, "value", "")
    assert cells["plan"][12][0] == "rules.set"
    plan = read_plan(typed(tmp_path / "typed.xlsx", cells)).plan
    assert plan.calls[0].start == dt.datetime(2026, 3, 2, 8)
    assert plan.calls[1].calls == 9.5
    assert plan.calls[2].handle_seconds == 270
    assert plan.inflow[1].date == dt.date(2026, 3, 3)
    assert plan.preferences[0].start == 18 * 60
    assert plan.agents[0].team == "7"
    assert [day.value for day in plan.shift_types[0].weekdays] == [*WEEKDAYS[:5]]
    assert len(plan.calls) == len(first().calls)
    assert plan.rules.set.value == "none"


@pytest.mark.parametrize(
    ("sheet", "rows", "words"),
    [
        (
            "plan",
            [["key"], ["name"]],
            "row 1, column value: expected a column",
        ),
        ("plan", [["key", "value"], ["horizon.dais", 7]], "did you mean 'days'?"),
        ("plan", [["key", "value"], ["queues.name", "x"]], "this on a sheet 'queues'"),
        (
            "plan",
            [["key", "value"], ["name", "x"], ["name", "y"]],
            "row 3, column name: expected a key that is given once",
        ),
        ("calendars", [["name", "mondy"], ["office", "08:00-09:00"]], "'monday'?"),
        (
            "calendars",
            [["name", "monday"], ["office", "08:00-18:00"], ["office", "08:00-18:00"]],
            "row 3, column name: 'office' - expected a name that is given once",
        ),
        ("calendars", [["name", "monday"], ["", "08:00-18:00"]], "expected a value"),
        ("queues", [["name", "name"], ["a", "b"]], "a column name that is given once"),
        (
            "calendar_dates",
            [["calendar", "date"], ["office", "2026-03-99"]],
            "row 2, column date: '2026-03-99' - expected a date",
        ),
        ("leave", [["agent_id", "star"]], "rename 'star' if it is that"),
    ],
)
def test_wrong_sheets_are_named(
    sheet: str, rows: list[list[Any]], words: str, tmp_path: Path
) -> None:
    cells = cells_of(written(first(), tmp_path))
    cells[sheet] = rows
    told = "\n".join(map(str, findings(typed(tmp_path / "wrong.xlsx", cells))))
    assert words in told, told


def test_another_workbook_is_no_plan(tmp_path: Path, capsys: Capture) -> None:
    path = typed(tmp_path / "other.xlsx", {"Tabelle1": [["a"]]})
    assert main(["validate", str(path)]) == ExitCode.BAD_INPUT
    assert "expected a sheet 'plan' with keys" in capsys.readouterr().err
    path.write_bytes(b"PK\3\4 and so on")
    assert main(["validate", str(path)]) == ExitCode.BAD_INPUT
    assert "this one is damaged" in capsys.readouterr().err


def test_new_is_a_plan_that_has_a_roster(tmp_path: Path, capsys: Capture) -> None:
    path, roster = tmp_path / "mine.xlsx", tmp_path / "roster"
    assert main(["new", str(path)]) == 0
    assert main(["validate", str(path), "--json"]) == 0
    capsys.readouterr()
    assert main(["new", str(path)]) == ExitCode.USAGE
    assert main(["roster", str(path), "--out", str(roster), *QUICK, "-q"]) == 0
    book = tmp_path / "roster.xlsx"
    assert main(["workbook", str(path), str(roster), "--out", str(book), "-q"]) == 0
    assert main(["check", str(path), str(book), "-q"]) == 0


def test_headers_explain_and_cells_offer(tmp_path: Path) -> None:
    path = written(first(), tmp_path)
    cells = cells_of(path)
    assert list(cells) == ["_read me", *SHEETS]
    with zipfile.ZipFile(path) as parts:
        names = [name for name in parts.namelist() if "comments" in name]
        notes = " ".join(parts.read(name).decode() for name in names)
        sheets = [n for n in parts.namelist() if "worksheets/sheet" in n]
        text = " ".join(parts.read(name).decode() for name in sheets)
    for words in (
        "Share of offered calls answered in time.\nDefault: 0.8.",
        "Must be given.",
        "One of: business_days, calendar_days, business_hours, hours.",
        "Example: 2026-03-02 08:30",
    ):
        assert words in notes
    assert "<formula1>OFFSET(contracts!$A$2,0,0" in text
    assert '<formula1>"yes,no"' in text


def test_convert_turns_each_form_into_each(tmp_path: Path, capsys: Capture) -> None:
    plan = SAMPLES["retail-bank"]()
    write_plan(plan, tmp_path / "a")
    way = ["a", "b.xlsx", "c.json", "d.xlsx", "e", "f.json"]
    for here, there in pairwise(way):
        told = [str(tmp_path / here), str(tmp_path / there), "--json", "-q"]
        assert main(["convert", *told]) == 0
        assert document(capsys)["plan_hash"] == plan_hash(plan)
    for name in way:
        assert read_plan(tmp_path / name).plan_hash == plan_hash(plan)
    assert (tmp_path / "c.json").read_text() == json_text(plan)


def test_convert_overwrites_only_if_told(tmp_path: Path, capsys: Capture) -> None:
    source, there = str(tmp_path / "a"), tmp_path / "b.xlsx"
    write_plan(SAMPLES["tiny"](), tmp_path / "a")
    there.write_text("mine")
    assert main(["convert", source, str(there)]) == ExitCode.USAGE
    assert there.read_text() == "mine"
    assert main(["convert", source, str(there), "--force", "-q"]) == 0
    assert read_plan(there).plan == SAMPLES["tiny"]()
    assert main(["convert", source, str(tmp_path / "b.xls")]) == ExitCode.USAGE
    assert main(["convert", source, source]) == ExitCode.USAGE


def test_what_toml_cannot_say_is_told(tmp_path: Path, capsys: Capture) -> None:
    plan = first()
    contract = plan.contracts[0].model_copy(update={"max_days_in_a_row": None})
    plan = plan.model_copy(update={"contracts": [contract, *plan.contracts[1:]]})
    path = written(plan, tmp_path)
    assert read_plan(path).plan == plan
    told = [str(path), str(tmp_path / "folder")]
    assert main(["convert", *told]) == ExitCode.BAD_INPUT
    assert "plan.toml cannot say" in capsys.readouterr().err


def test_a_sheet_has_so_many_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr("scheduler.exports.book.LAST_ROW", 60)
    path = tmp_path / "plan.xlsx"
    assert main(["new", str(path)]) == ExitCode.BAD_INPUT
    assert "sheet 'calls': must have at most 60 rows" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
