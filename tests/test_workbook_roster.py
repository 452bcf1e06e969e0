"""A roster as a workbook: written, looked at, edited, read back."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import python_calamine as calamine
import xlsxwriter

from models.roster.problem import Kind
from models.roster.result import Activity, Roster, Worked
from scheduler.cli import ExitCode, main
from scheduler.exports.roster_workbook import write_roster_workbook
from scheduler.exports.rostered import rostered
from scheduler.preparing import Prepared, prepare, prepare_made
from scheduler.reading import workbook
from scheduler.rosters.cells import write_files
from scheduler.rosters.origin import origin_notes
from scheduler.rosters.reading import read_roster
from scheduler.rosters.writing import activities_text, roster_text
from scheduler.samples import SAMPLES
from tests.test_cli_roster import Capture, document

Cells = dict[str, list[list[Any]]]


@pytest.fixture(scope="session")
def book(plan: Path, made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "roster.xlsx"
    told = ["--out", str(path), "--quiet"]
    assert main(["workbook", str(plan), str(made), *told]) == 0
    return path


def cells_of(path: Path) -> Cells:
    raw = calamine.CalamineWorkbook.from_path(path)
    return {name: raw.get_sheet_by_name(name).to_python() for name in raw.sheet_names}


def typed(path: Path, cells: Cells) -> Path:
    """Write cells as a person would: dates as dates, all else as it is."""
    raw = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
    date = raw.add_format({"num_format": "yyyy-mm-dd"})
    time = raw.add_format({"num_format": "[h]:mm"})
    moment = raw.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for name, rows in cells.items():
        sheet = raw.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if isinstance(cell, dt.datetime):
                    sheet.write_datetime(r, c, cell, moment)
                elif isinstance(cell, dt.date):
                    sheet.write_datetime(r, c, cell, date)
                elif isinstance(cell, dt.timedelta):
                    sheet.write_number(r, c, cell / dt.timedelta(days=1), time)
                elif cell != "":
                    sheet.write(r, c, cell)
    raw.close()
    return path


def test_sheets_are_for_planners(book: Path, made: Path, plan: Path) -> None:
    cells = cells_of(book)
    assert list(cells) == [
        "Summary", *(["Not kept"] if "Not kept" in cells else []), "Roster", "Shifts",
        "Activities", "Coverage charts", "Coverage", "Backlog", "People", "_lists",
    ]  # fmt: skip
    lines = (made / "roster.csv").read_text().splitlines()
    assert len(cells["Shifts"]) == len(lines)
    assert cells["Shifts"][1][2] == dt.date(2026, 3, 2)
    assert isinstance(cells["Shifts"][1][4], dt.datetime)
    grid = cells["Roster"]
    assert grid[0][4:7] == ["Mon 2 Mar", "Tue 3 Mar", "Wed 4 Mar"]
    assert {row[4] for row in grid[1:7]} & {"early 08:00-14:00", "late 09:00-15:00"}
    assert grid[2][5] == "leave"  # Bo, on Tuesday
    paid = sum(row[6] for row in cells["Shifts"][1:]) / 60
    assert grid[8][7] == pytest.approx(paid)
    assert sum(row[4] for row in cells["People"][1:]) == pytest.approx(paid)
    figures = {row[0]: row[1] for row in cells["Summary"]}
    assert figures["status"] == "legal"
    assert figures["paid hours"] == pytest.approx(paid)
    assert len(cells["Coverage"]) == len((made / "coverage.csv").read_text().split())
    assert len(cells["Backlog"]) == len((made / "backlog.csv").read_text().split())


def test_the_same_is_read_back(book: Path, made: Path, plan: Path) -> None:
    prepared = prepare(plan)
    axis = prepared.translation.axis
    one, other = (read_roster(x, prepared.problem, axis) for x in (book, made))
    assert one.roster == other.roster
    assert one.notes == other.notes == ()


@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["score"],
        ["simulate", "--replications", "2"],
        ["explain", "--agent", "T1", "--day", "2026-03-02"],
    ],
    ids=lambda words: words[0],
)
def test_commands_take_a_workbook(
    words: list[str], plan: Path, book: Path, made: Path, capsys: Capture
) -> None:
    told = []
    for where in (book, made):
        assert main([words[0], str(plan), str(where), *words[1:], "--json"]) == 0
        told.append(document(capsys))
    if words[0] == "score":
        told[0]["roster"]["folder"] = told[1]["roster"]["folder"]
    told[0].pop("seconds", None), told[1].pop("seconds", None)
    assert told[0] == told[1]


def test_what_a_planner_changed_is_judged(
    plan: Path, book: Path, tmp_path: Path, capsys: Capture
) -> None:
    cells = cells_of(book)
    del cells["Activities"]
    shifts = cells["Shifts"]
    shifts[1][4] += dt.timedelta(minutes=15)
    shifts[2][4] = f"{shifts[2][4]:%Y-%m-%d} {shifts[2][4].hour}:00"  # as text
    shifts[2][6] = ""
    path = typed(tmp_path / "edited.xlsx", cells)
    assert main(["check", str(plan), str(path), "--json"]) == ExitCode.ILLEGAL
    told = document(capsys)
    assert {each["agent"] for each in told["violations"]} == {shifts[1][0]}
    assert told["not_judged"]


def test_wrong_cells_are_named(
    plan: Path, book: Path, tmp_path: Path, capsys: Capture
) -> None:
    cells = cells_of(book)
    cells["Shifts"][1][3] = "earli"
    cells["Shifts"][2][2] = dt.date(2026, 4, 1)
    cells["Activities"][3][2] = "half past nine"
    path = typed(tmp_path / "wrong.xlsx", cells)
    assert main(["check", str(plan), str(path)]) == ExitCode.BAD_INPUT
    told = " ".join(capsys.readouterr().err.split())
    for words in (
        "wrong.xlsx, sheet Shifts, row 2, column shift_type: 'earli' - expected a "
        "shift type of the plan; did you mean 'early'?",
        "wrong.xlsx, sheet Shifts, row 3, column date: '2026-04-01' - expected a date "
        "from 2026-03-02 to 2026-03-04",
        "wrong.xlsx, sheet Activities, row 4, column start: 'half past nine'",
        "error: 3 problems",
    ):
        assert words in told


def test_a_workbook_without_shifts_is_refused(
    plan: Path, tmp_path: Path, capsys: Capture
) -> None:
    path = typed(tmp_path / "other.xlsx", {"Shift": [["agent_id"]]})
    assert main(["check", str(plan), str(path)]) == ExitCode.BAD_INPUT
    told = capsys.readouterr().err
    assert "expected a sheet Shifts, it has Shift; did you mean 'Shift'?" in told
    path = typed(tmp_path / "bare.xlsx", {"Shifts": []})
    assert main(["check", str(plan), str(path)]) == ExitCode.BAD_INPUT
    assert "sheet Shifts, row 1, column agent_id" in capsys.readouterr().err


def test_of_another_plan_is_told(plan: Path, book: Path) -> None:
    assert origin_notes(book, prepare(plan).plea.plan_hash) == []
    assert "made for another plan" in origin_notes(book, "0" * 64)[0]


def hand_made(plan: Any) -> tuple[Prepared, Roster]:
    """Return a roster of one shift, whatever it is worth."""
    prepared = prepare_made(plan)
    shift = prepared.problem.shifts[0]
    start, end = shift.start, shift.end
    worked = Worked(0, shift.day, shift.shift_type, start, end, shift.paid_minutes)
    doing = Activity(0, start, end, Kind.VOICE, prepared.problem.works[0].name)
    return prepared, Roster((worked,), (doing,))


def saved(prepared: Prepared, roster: Roster, folder: Path) -> Path:
    problem, axis = prepared.problem, prepared.translation.axis
    texts = {
        "roster.csv": roster_text(problem, axis, roster),
        "activities.csv": activities_text(problem, axis, roster),
    }
    write_files(folder, texts)
    return folder


def test_names_that_look_like_formulas_stay_text(tmp_path: Path) -> None:
    sample = SAMPLES["tiny"]()
    live = "=phones!A1"
    evil = '=HYPERLINK("http://x","\'=1")'
    plan = sample.model_copy(
        update={
            "name": "=1+1 &P",
            "agents": [
                row.model_copy(update={"agent_id": f"'{evil}", "name": evil})
                if row.agent_id == "T1"
                else row
                for row in sample.agents
            ],
            "skills": [
                row.model_copy(update={"agent_id": f"'{evil}"})
                if row.agent_id == "T1"
                else row
                for row in sample.skills
            ],
            "queues": [q.model_copy(update={"name": live}) for q in sample.queues],
            "calls": [c.model_copy(update={"queue": live}) for c in sample.calls],
        }
    )  # fmt: skip
    prepared, roster = hand_made(plan)
    path = tmp_path / "book" / "evil.xlsx"
    write_roster_workbook(path, rostered(prepared, saved(prepared, roster, tmp_path)))
    with zipfile.ZipFile(path) as parts:
        names = [n for n in parts.namelist() if "worksheets/sheet" in n]
        assert names
        for name in names:
            text = parts.read(name)
            assert b"<f>" not in text and b"<hyperlink" not in text, name
    read = read_roster(path, prepared.problem, prepared.translation.axis)
    assert read.roster == roster


def test_the_hour_that_a_clock_change_repeats(tmp_path: Path) -> None:
    sample = SAMPLES["tiny"]()
    horizon = sample.horizon.model_copy(
        update={"first_day": dt.date(2026, 10, 25), "time_zone": "Europe/London"}
    )
    nothing = dict.fromkeys(
        ("calls", "inflow", "open_cases", "leave", "meetings", "preferences"), list
    )
    plan = sample.model_copy(
        update={"horizon": horizon, **{key: make() for key, make in nothing.items()}}
    )
    prepared, roster = hand_made(plan)
    shift = roster.worked[0]
    night = Worked(0, 0, shift.shift_type, 30, 105, 75)  # 00:30 to 01:45 the first time
    again = Worked(0, 0, shift.shift_type, 105, 165, 60)  # to 01:45 the second time
    roster = Roster((night, again), ())
    folder = saved(prepared, roster, tmp_path)
    path = tmp_path / "book.xlsx"
    write_roster_workbook(path, rostered(prepared, folder))
    shifts = cells_of(path)["Shifts"]
    assert shifts[1][4] == dt.datetime(2026, 10, 25, 0, 30)
    assert shifts[1][5] == "2026-10-25T01:45+01:00"
    assert shifts[2][5] == "2026-10-25T01:45+00:00"
    read = read_roster(path, prepared.problem, prepared.translation.axis)
    assert read.roster.worked == roster.worked


def test_midnight_is_a_moment(plan: Path, tmp_path: Path) -> None:
    prepared = prepare(plan)
    rows = [
        ["agent_id", "date", "shift_type", "start", "end"],
        ["T1", "2026-03-02", "early", "2026-03-02 18:00", dt.date(2026, 3, 3)],
    ]
    path = typed(tmp_path / "night.xlsx", {"shifts": rows})
    read = read_roster(path, prepared.problem, prepared.translation.axis)
    assert read.roster.worked[0].end == 24 * 60


def zipped(texts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, text in texts.items():
            parts.writestr(name, text)
    return file.getvalue()


def sheet_only(sheet: str) -> Callable[[bytes], bytes]:
    """Return a change that puts other content into the first sheet of a workbook."""

    def change(content: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            texts = {name: parts.read(name) for name in parts.namelist()}
        texts["xl/worksheets/sheet1.xml"] = sheet.encode()
        return zipped(texts)

    return change


FAR_OFF = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda content: b"agent_id,date\n", "another kind of file"),
        (lambda content: b"", "another kind of file"),
        (lambda content: zipped({"word/document.xml": b"x"}), "another kind of file"),
        (lambda content: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + content, "password"),
        (lambda content: content[: len(content) // 2], "this one is damaged"),
        (sheet_only("<worksheet><sheetData><row"), "this one is damaged"),
        (sheet_only("x" * 3_000_000), "that holds 2 MB at most"),
        (sheet_only(FAR_OFF), "sheets without cells far off"),
    ],
)
def test_what_is_no_workbook_is_refused(
    change: Callable[[bytes], bytes],
    words: str,
    plan: Path,
    tmp_path: Path,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbook, "_INFLATED_BYTES", 2_000_000)
    path = typed(tmp_path / "bad.xlsx", {"Shifts": [["agent_id"]]})
    path.write_bytes(change(path.read_bytes()))
    assert main(["check", str(plan), str(path)]) == ExitCode.BAD_INPUT
    told = " ".join(capsys.readouterr().err.split())
    assert told.startswith("bad.xlsx") and words in told


def test_no_workbook_at_all(plan: Path, tmp_path: Path, capsys: Capture) -> None:
    assert main(["check", str(plan), str(tmp_path / "no.xlsx")]) == ExitCode.BAD_INPUT
    assert "no.xlsx: expected a file" in capsys.readouterr().err


def test_needs_to_know_what_fills_shifts(
    plan: Path, book: Path, tmp_path: Path, capsys: Capture
) -> None:
    cells = cells_of(book)
    path = typed(tmp_path / "shifts.xlsx", {"Shifts": cells["Shifts"]})
    told = ["--out", str(tmp_path / "new.xlsx")]
    assert main(["workbook", str(plan), str(path), *told]) == ExitCode.BAD_INPUT
    assert "shifts.xlsx, sheet Activities: expected" in capsys.readouterr().err
    assert not (tmp_path / "new.xlsx").exists()


def test_rules_broken_have_a_sheet(plan: Path, made: Path, tmp_path: Path) -> None:
    prepared = prepare(plan)
    read = read_roster(made, prepared.problem, prepared.translation.axis).roster
    assert read.activities is not None
    short = Roster(read.worked, read.activities[1:])
    seen = rostered(prepared, saved(prepared, short, tmp_path))
    write_roster_workbook(tmp_path / "broken.xlsx", seen)
    cells = cells_of(tmp_path / "broken.xlsx")
    assert len(cells["Rules broken"]) == 1 + len(seen.violations) > 1
    status = next(row[1] for row in cells["Summary"] if row[0] == "status")
    assert status.startswith("illegal: ")


def test_out_must_be_a_workbook(plan: Path, made: Path) -> None:
    assert main(["workbook", str(plan), str(made), "--out", "x.csv"]) == ExitCode.USAGE
