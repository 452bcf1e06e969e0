"""Rosters as wide sheets: a row for each agent, a column for each date."""

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from models.errors import PlanError
from scheduler.cli import ExitCode, main
from scheduler.domain import Plan
from scheduler.reading.finding import Finding
from scheduler.rosters.reading import read_known, read_roster
from scheduler.rosters.wide_cells import parts_of, span_of
from scheduler.rosters.wide_dates import dates_of
from scheduler.translate import Translation, translate
from scheduler.writing import write_plan
from tests.test_rosters import plan

OWN = {
    "shift_types": [
        {
            "name": "day",
            "starts": ["08:00", "09:00"],
            "length_minutes": [510],
            "breaks": [
                {"name": "lunch", "minutes": 30, "earliest_minutes": 180,
                 "latest_minutes": 300}
            ],
        },
        {"name": "late", "starts": ["12:00"], "length_minutes": [480]},
        {"name": "night", "starts": ["22:00"], "length_minutes": [480]},
    ],
    "contracts": [
        {"name": "any", "shift_types": ["day", "late", "night"],
         "max_hours_per_week": 40},
        {"name": "days", "shift_types": ["day"], "max_hours_per_week": 40},
    ],
    "agents": [
        {"agent_id": "-Ann", "contract": "any"},
        {"agent_id": "Ben", "contract": "any"},
        {"agent_id": "Cleo", "contract": "days"},
    ],
}  # fmt: skip
Shift = tuple[str, str, str, str, int]


def own_plan(first_day: str = "2026-03-02") -> Plan:
    return Plan.of(plan(first_day).model_dump(mode="json") | OWN)


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def shifts(path: Path, own: Plan | None = None) -> list[Shift]:
    translation = translate(own or own_plan())
    problem, axis = translation.problem, translation.axis
    read = read_roster(path, problem, axis).roster
    assert read.activities is None
    return [
        (
            problem.agents[w.agent].name,
            problem.shift_types[w.shift_type].name,
            f"{axis.moment(w.start):%d %H:%M}",
            f"{axis.moment(w.end):%d %H:%M}",
            w.paid_minutes,
        )
        for w in read.worked
    ]


def findings(path: Path, own: Plan | None = None) -> list[Finding]:
    translation = translate(own or own_plan())
    with pytest.raises(PlanError) as caught:
        read_roster(path, translation.problem, translation.axis)
    return [each for each in caught.value.problems if isinstance(each, Finding)]


def notes(path: Path) -> str:
    translation = translate(own_plan())
    return "; ".join(read_roster(path, translation.problem, translation.axis).notes)


SHEET = """\
Week 10,,,
agent_id,Name,2026-03-02,2026-03-03,hours
'-Ann,Ann,08:00-16:30,OFF,8
Ben,Ben B,22:00-06:00,12-8p,16
Cleo,,PTO,8-4:30p,8

people,,2,2,32
"""


def test_a_planners_sheet(tmp_path: Path) -> None:
    """A title above, totals below, names kept from spreadsheets, nights, two clocks."""
    path = written(tmp_path / "march.csv", SHEET)
    assert shifts(path) == [
        ("-Ann", "day", "02 08:00", "02 16:30", 480),
        ("Ben", "night", "02 22:00", "03 06:00", 480),
        ("Ben", "late", "03 12:00", "03 20:00", 480),
        ("Cleo", "day", "03 08:00", "03 16:30", 480),
    ]
    assert "leave that the plan does not know of (leave.csv): Cleo on 2026" in notes(
        path
    )


def test_semicolons_and_a_mark(tmp_path: Path) -> None:
    path = written(tmp_path / "m.csv", "\ufeff" + SHEET.replace(",", ";"))
    assert len(shifts(path)) == 4


@pytest.mark.parametrize(
    ("cell", "start"),
    [
        ("08:00-16:30", "08:00"),
        ("8:00 AM - 4:30 PM", "08:00"),
        ("8a-4:30p", "08:00"),
        ("8-4:30", "08:00"),
        ("0800–1630", "08:00"),
        ("day 9.00-17.30", "09:00"),
        ("Day 9-5:30", "09:00"),
        ("late", "12:00"),
        ("NIGHT", "22:00"),
        ("10p-6a", "22:00"),
    ],
)
def test_ways_to_write_a_shift(tmp_path: Path, cell: str, start: str) -> None:
    path = written(tmp_path / "m.csv", f"agent,2026-03-02\nBen,{cell}\n")
    assert [found[2] for found in shifts(path)] == [f"02 {start}"]


@pytest.mark.parametrize("cell", ["", "OFF", "-", "rdo", "Day off", "(off)", "PTO"])
def test_ways_to_write_a_day_without(tmp_path: Path, cell: str) -> None:
    path = written(tmp_path / "m.csv", f"agent,2026-03-02\nBen,{cell}\n")
    assert shifts(path) == []


@pytest.mark.parametrize(
    "header",
    [
        "2026-03-02,2026-03-03",
        "02/03/2026,03/03/2026",
        "3/2/2026,3/3/2026",
        "02.03.26,03.03.26",
        "Mon 2 Mar,Tue 3 Mar",
        "Mon 03/02,Tue 03/03",
        "Monday,Tuesday",
        "2nd March 2026,March 3rd",
        "2-Mar,3-Mar",
    ],
)
def test_ways_to_write_dates(tmp_path: Path, header: str) -> None:
    path = written(tmp_path / "m.csv", f"agent,{header}\nBen,late,night\n")
    assert [found[2] for found in shifts(path)] == ["02 12:00", "03 22:00"]


def test_other_dates_are_passed_over(tmp_path: Path) -> None:
    text = "agent,2026-03-01,2026-03-02,2026-03-04\nBen,gibberish,late,late\n"
    path = written(tmp_path / "m.csv", text)
    assert len(shifts(path)) == 1
    assert "2 columns are of dates outside the plan" in notes(path)


def test_every_wrong_cell_is_told_with_row_and_column(tmp_path: Path) -> None:
    text = (
        "agent,2026-03-02,2026-03-03\n"
        "Benn,late,late\n"
        "Ben,7-3,half day\n"
        "Cleo,night,late 12:00-20:00\n"
        "-Ann,=cmd|' /C calc'!A0,25:00-26:00\n"
    )
    found = findings(written(tmp_path / "m.csv", text))
    assert [(f.row, f.column, f.value) for f in found] == [
        (2, "agent", "Benn"),
        (3, "2026-03-02", "7-3"),
        (3, "2026-03-03", "half day"),
        (4, "2026-03-02", "night"),
        (4, "2026-03-03", "late 12:00-20:00"),
        (5, "2026-03-02", "=cmd|' /C calc'!A0"),
        (5, "2026-03-03", "25:00-26:00"),
    ]
    assert found[0].suggestion == "Ben"
    assert "day 08:00-16:30, day 09:00-17:30, late 12:00-20:00" in found[1].expected
    assert "OFF, or PTO" in found[2].expected
    assert found[3].expected == "OFF: Cleo has no such shift on that day"


def test_a_word_for_several_shifts_says_which(tmp_path: Path) -> None:
    (found,) = findings(written(tmp_path / "m.csv", "agent,2026-03-02\nBen,day\n"))
    assert found.expected == "one shift, it may be day 08:00-16:30, day 09:00-17:30"


def test_two_types_with_the_same_times_want_the_type(tmp_path: Path) -> None:
    content = own_plan().model_dump(mode="json")
    content["shift_types"].append(content["shift_types"][1] | {"name": "desk"})
    content["contracts"][0]["shift_types"].append("desk")
    path = written(tmp_path / "m.csv", "agent,2026-03-02\nBen,12-8p\n")
    (found,) = findings(path, Plan.of(content))
    assert found.expected == "one shift, it may be late 12:00-20:00, desk 12:00-20:00"
    written(path, "agent,2026-03-02\nBen,desk 12-8p\n")
    assert [each[1] for each in shifts(path, Plan.of(content))] == ["desk"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("agent,first,second\nBen,late,late\n", "a row with dates from 2026-03-02"),
        ("", "a row with dates"),
        ("agent,2026-03-02,2 Mar\nBen,late,late\n", "a date that one column has"),
        ("agent,2027-03-02\nBen,late\n", "a row with dates"),
    ],
)
def test_what_is_no_wide_sheet(tmp_path: Path, text: str, says: str) -> None:
    found = findings(written(tmp_path / "m.csv", text))
    assert says in found[0].expected


def test_a_night_in_which_the_clock_is_put_back(tmp_path: Path) -> None:
    """Eight hours from 22:00 end at 05:00 by the clock; people write either."""
    own = own_plan("2026-10-24")
    for cell in ("22:00-06:00", "22:00-05:00"):
        text = f"agent,2026-10-24\nBen,{cell}\n"
        (found,) = shifts(written(tmp_path / "m.csv", text), own)
        assert found[2:] == ("24 22:00", "25 05:00", 480)


def book(path: Path, rows: list[list[Any]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as made:
        made.add_worksheet("Read me").write(0, 0, "Nothing here")
        sheet = made.add_worksheet("March")
        date = made.add_format({"num_format": "ddd d mmm"})
        for r, cells in enumerate(rows):
            for c, cell in enumerate(cells):
                if isinstance(cell, int) and r == 0:
                    sheet.write_number(r, c, cell, date)
                else:
                    sheet.write(r, c, cell)
    return path


def test_a_workbook_with_real_dates(tmp_path: Path) -> None:
    rows = [["agent", 46083, 46084], ["Ben", "late", "OFF"], ["Cleo", "", "9-5:30p"]]
    path = book(tmp_path / "m.xlsx", rows)
    assert [found[:3] for found in shifts(path)] == [
        ("Ben", "late", "02 12:00"), ("Cleo", "day", "03 09:00")
    ]  # fmt: skip
    rows[2][1] = "nigth"
    (found,) = findings(book(tmp_path / "m.xlsx", rows))
    assert (found.sheet, found.row, found.column) == ("March", 3, "2026-03-02")


def test_a_start_leaves_out_who_is_not_in_the_plan(tmp_path: Path) -> None:
    path = written(tmp_path / "m.csv", "agent,2026-03-02\nZoe,late\nBen,late\n")
    translation: Translation = translate(own_plan())
    read = read_known(path, translation.problem, translation.axis)
    assert list(read.elsewhere) == ["Zoe"] and len(read.roster.worked) == 1


def test_agents_may_be_called_by_name(tmp_path: Path) -> None:
    """Not by a name that two have; an id comes before a name."""
    content = own_plan().model_dump(mode="json")
    for agent, name in zip(content["agents"], ("Jo", "Jo", "Ben"), strict=True):
        agent["name"] = name
    content["agents"].append({"agent_id": "d", "contract": "any", "name": "Dee  Low"})
    own = Plan.of(content)
    translation = translate(own)
    problem, axis = translation.problem, translation.axis
    path = written(tmp_path / "m.csv", "Name,2026-03-02\nDee Low,late\nBen,late\n")
    read = read_roster(path, problem, axis, own).roster
    assert [problem.agents[w.agent].name for w in read.worked] == ["d", "Ben"]
    written(path, "Name,2026-03-02\nJo,late\n")
    with pytest.raises(PlanError):
        read_roster(path, problem, axis, own)


def test_check_reads_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_plan(own_plan(), tmp_path / "plan")
    path = written(tmp_path / "m.csv", SHEET)
    code = main(["check", str(tmp_path / "plan"), str(path)])
    assert code == ExitCode.ILLEGAL  # Ben has eight hours of rest after the night
    assert "Ben" in capsys.readouterr().out
    written(path, SHEET.replace("12-8p", "noon"))
    assert main(["check", str(tmp_path / "plan"), str(path)]) == ExitCode.BAD_INPUT


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_text_is_read_or_refused(header: str, cell: str) -> None:
    axis = translate(own_plan()).axis
    dates_of([header, cell], axis, 2)
    for part in parts_of(cell):
        span_of(part)
