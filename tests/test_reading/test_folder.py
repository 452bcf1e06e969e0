"""Folders and CSV files as people have them."""

from pathlib import Path

import pytest

from scheduler.reading import files, read_plan
from tests.test_validation.good import Bad, bad, findings, spoilt, written

A, S = "agents.csv", "skills.csv"

CASES = [
    bad("float_parsing", "calls.csv", "12,240", "a dozen,240",
        (3, "calls", "a dozen"), says="expected a number"),
    bad("greater_than_equal", "calls.csv", "12,240", "-1,240",
        (3, "calls", "-1"), says="expected a number >= 0"),
    bad("finite_number", "calls.csv", "12,240", "inf,240", (3, "calls", "inf")),
    bad("greater_than", "calls.csv", "12,240", "12,0", (3, "handle_seconds", "0"),
        says="a number > 0"),
    bad("less_than_equal", S, "0.8", "2.5", (3, "speed", "2.5"), says="<= 2"),
    bad("missing", S, "a1,calls", ",calls", (2, "agent_id", ""), says="a value"),
    bad("date_from_datetime_parsing", "inflow.csv", "2026-03-24", "24.03.2026",
        (3, "date", "24.03.2026"), says="a date such as 2026-03-02"),
    bad("value_error", "calls.csv", "2026-03-23T08:30", "23.3.26 8:30",
        (3, "start", "23.3.26 8:30"), says="a moment such as 2026-03-02T08:30"),
    bad("value_error", "open_cases.csv", "2026-03-20,7", "1812-03-20,7",
        (2, "received", "1812-03-20"), says="expected a year from 1970 to 2200"),
    bad("value_error", "open_cases.csv", "2026-03-20,7", "last week,7",
        (2, "received", "last week"), says="expected a date or a date and time"),
    bad("value_error", "availability.csv", "06:00,20:00,no", "6,20:00,no",
        (2, "start", "6"), says="expected a time such as 07:30"),
    bad("value_error", "availability.csv", "a1,friday", "a1,fri", (8, "day", "fri"),
        says="a weekday such as monday or an ISO date"),
    bad("bool_parsing", "availability.csv", "20:00,no", "20:00,nope",
        (2, "available", "nope"), says="yes or no"),
    bad("int_parsing", "meetings.csv", "1:1,30,", "1:1,30m,", (2, "minutes", "30m"),
        says="a whole number"),
    bad("enum", "pins.csv", "off", "of", (3, "pin", "of"), suggestion="off",
        says="one of 'off', 'shift' or 'activity'"),
    bad("table", "inflow.csv", "claims,2026-03-24,9", "claims,2026-03-24",
        (3, None, "2 cells"), says="expected 3 cells"),
    bad("table", "inflow.csv", "claims,2026-03-24,9", "claims,2026-03-24,9,9",
        (3, None, "4 cells")),
    bad("table", "inflow.csv", "claims,2026-03-24,9", 'claims,"2026-03-24,9',
        (3, None, None), says="quotes in pairs"),
    bad("table", "required.csv", "queue,start", "que,start", (1, "queue", "que"),
        says="expected a column 'queue'"),
    bad("table", "required.csv", "agents", "agents,AGENTS", (1, "agents", None),
        says="given once"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_cell(case: Bad, tmp_path: Path) -> None:
    found = findings(written(tmp_path, spoilt(case.edits)))
    first = found[0]
    assert (first.rule, first.file, first.row, first.column, first.value) == (
        case.rule, case.file, case.row, case.column, case.value
    ), "\n".join(map(str, found))  # fmt: skip
    assert case.suggestion in (None, first.suggestion)
    assert case.says in str(first)
    assert len(found) == 1 or first.column == "agents"


def test_sentence(tmp_path: Path) -> None:
    found = findings(written(tmp_path, spoilt({S: ("a1,calls", "a1,cals")})))
    assert str(found[0]) == (
        "skills.csv, line 2, column skill: 'cals' - expected a skill of a queue or "
        "case type; did you mean 'calls'?"
    )
    assert found[0].as_dict() == {
        "file": "skills.csv",
        "row": 2,
        "column": "skill",
        "sheet": None,
        "value": "cals",
        "expected": "a skill of a queue or case type",
        "suggestion": "calls",
        "rule": "known_skills",
    }


def test_csv_as_people_have_it(tmp_path: Path) -> None:
    plain = read_plan(written(tmp_path / "plain", spoilt({})))
    files = spoilt({})
    files["calls.csv"] = (
        "\ufeff Queue ;START;calls;Handle_Seconds;wave;\r\n"
        "\r\n"
        'calls;"2026-03-23T08:00";10,0;240;x;\r\n'
        ";;;;;\r\n"
        "calls; 2026-03-23T08:30 ;12;240,0;;\r\n"
    )
    as_it_is = read_plan(written(tmp_path / "people", files))
    assert as_it_is.plan == plain.plan
    assert as_it_is.plan_hash == plain.plan_hash
    assert as_it_is.notes == (
        "calls.csv: column 'wave' is not used",
        "calls.csv: a column without a name is not used",
    )


def test_lines_are_right_after_blank_and_broken_lines(tmp_path: Path) -> None:
    files = spoilt({})
    files[A] = '\nagent_id,name,contract\n\na1,"An\nn\n",full\na2,,prat\na3,,part\n'
    del files["floor_mix.csv"], files["pairs.csv"]
    (found,) = findings(written(tmp_path, files))
    assert (found.row, found.value) == (7, "prat")


def test_spare_column_that_was_mistyped(tmp_path: Path) -> None:
    files = spoilt({S: ("speed", "sped")})
    assert read_plan(written(tmp_path, files)).notes == (
        "skills.csv: column 'sped' is not used; did you mean 'speed'?",
    )


def test_only_a_header_is_no_rows(tmp_path: Path) -> None:
    files = spoilt({}) | {"pins.csv": "agent_id,date,pin\n"}
    assert read_plan(written(tmp_path, files)).plan.pins == []


def test_empty_file(tmp_path: Path) -> None:
    (found,) = findings(written(tmp_path, spoilt({}) | {"pins.csv": " \n"}))
    assert str(found).startswith("pins.csv: expected a header")


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [("call.csv", "calls.csv"), ("Calls.csv", "calls.csv"), ("budget.csv", None)],
)
def test_no_table_is_silently_ignored(
    name: str, suggestion: str | None, tmp_path: Path
) -> None:
    files = spoilt({})
    files[name] = files.pop("calls.csv") if suggestion else "a,b\n"
    (found,) = findings(written(tmp_path, files))
    assert (found.file, found.suggestion, found.rule) == (name, suggestion, "no_table")


def test_other_files_are_ignored(tmp_path: Path) -> None:
    others = {"notes.txt": "x", ".hidden.csv": "x", "~$calls.csv": "x"}
    assert read_plan(written(tmp_path, spoilt({}) | others)).notes == ()


@pytest.mark.parametrize(
    ("content", "row", "says"),
    [
        (b"PK\x03\x04\0\0", None, "another kind of file"),
        ("agent_id,skill\na1,calls\na1,Löwe\n".encode("latin-1"), 3, "CSV UTF-8"),
        ("agent_id,skill\n".encode("utf-16"), None, "UTF-16: save it as UTF-8"),
        ("agent_id,skill\n".encode("utf-16-be"), None, "UTF-16: save it as UTF-8"),
    ],
)
def test_not_text(content: bytes, row: int | None, says: str, tmp_path: Path) -> None:
    folder = written(tmp_path, spoilt({}))
    (folder / S).write_bytes(content)
    (found,) = findings(folder)
    assert (found.file, found.row, found.rule) == (S, row, "no_text")
    assert says in found.expected


def test_agents_that_cannot_be_read_are_one_problem(tmp_path: Path) -> None:
    folder = written(tmp_path, spoilt({}))
    (folder / A).write_bytes("agent_id,contract\nLöwe,full\n".encode("latin-1"))
    assert [found.file for found in findings(folder)] == [A]
    (folder / A).write_text("id,contract\na1,full\n")
    (found,) = findings(folder)
    assert (found.column, found.value) == ("agent_id", "id")


@pytest.mark.parametrize(
    ("file", "column", "typed"),
    [
        ("calls.csv", "handle_seconds", "aht"),
        ("calls.csv", "calls", "volume"),
        ("calls.csv", "calls", "offered"),
        ("calls.csv", "handle_seconds", "handle_second"),
        (S, "agent_id", "id"),
    ],
)
def test_a_column_by_another_name(
    file: str, column: str, typed: str, tmp_path: Path
) -> None:
    files = spoilt({})
    header, rest = files[file].split("\n", 1)
    names = [typed if name == column else name for name in header.split(",")]
    files[file] = ",".join(names) + "\n" + rest
    (found,) = findings(written(tmp_path, files))
    assert (found.file, found.column, found.value) == (file, column, typed)
    assert f"a column {column!r} (rename {typed!r} if it is that)" in str(found)


def test_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = written(tmp_path, spoilt({}))
    with (folder / "open_cases.csv").open("ab") as file:
        file.truncate(2_000_000_000)  # a hole: takes no room on the disk
    (found,) = findings(folder)
    assert str(found) == (
        "open_cases.csv: expected a file of 200 MB at most, this one has 2,000 MB"
    )
    monkeypatch.setattr(files, "LARGEST_BYTES", 10)
    assert {found.rule for found in findings(folder)} == {"file_size"}


def test_places_that_are_no_plan(tmp_path: Path) -> None:
    (missing,) = findings(tmp_path / "nowhere")
    assert "a folder with plan.toml, or a file plan.json or plan.xlsx" in str(missing)
    (empty,) = findings(written(tmp_path / "text.txt", {}) / "x")
    assert empty.rule == "no_file"
    assert [f.file for f in findings(written(tmp_path / "bare", {}))] == [
        "plan.toml",
        "agents.csv",
    ]


def test_directory_named_like_a_file(tmp_path: Path) -> None:
    folder = written(tmp_path, {A: spoilt({})[A]})
    (folder / "plan.toml").mkdir()
    (folder / "calls.csv").mkdir()
    assert [str(f) for f in findings(folder)] == [
        "plan.toml: expected a file",
        "calls.csv: expected a file",
    ]


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    folder = written(tmp_path, spoilt({}))
    monkeypatch.setattr(Path, "read_bytes", refuse)
    first = findings(folder)[0]
    assert str(first) == (
        "plan.toml: expected a file that can be read (permission denied)"
    )


def test_more_of_the_same_is_counted(tmp_path: Path) -> None:
    files = spoilt({})
    files["inflow.csv"] = "case_type,date,cases\n" + 1254 * "claim,2026-03-24,-1\n"
    found = findings(written(tmp_path, files))
    assert len(found) == 21
    assert found[19].row == 21
    assert str(found[20]) == "inflow.csv, column cases: and 1,234 more rows like this"


def test_everything_at_once(tmp_path: Path) -> None:
    files = spoilt(
        {
            "plan.toml": ('name = "chats"', 'name = "chats"\nservice_level = 80'),
            S: ("a1,calls", "a9,calls"),
            "calls.csv": ("12,240", "-1,240"),
            "leave.csv": ("24T12:00", "24T07:00"),
        }
    )
    assert [(f.file, f.row, f.rule) for f in findings(written(tmp_path, files))] == [
        ("plan.toml", 24, "less_than"),
        ("calls.csv", 3, "greater_than_equal"),
        ("skills.csv", 2, "known_agents"),
        ("leave.csv", 3, "leave_runs_forwards"),
    ]


def test_tables_are_checked_without_settings(tmp_path: Path) -> None:
    files = spoilt({"plan.toml": ("[horizon]", "[horizon"), "calls.csv": ("12,", "x,")})
    assert [(f.file, f.row) for f in findings(written(tmp_path, files))] == [
        ("plan.toml", 4),
        ("calls.csv", 3),
    ]


def test_row_that_cannot_be_read_makes_no_name_unknown(tmp_path: Path) -> None:
    files = spoilt({A: ("a2,part", "a2,")})
    assert [f.rule for f in findings(written(tmp_path, files))] == ["missing"]
