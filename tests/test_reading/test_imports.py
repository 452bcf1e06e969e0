"""Files of other tools in the place of a table."""

import os
from pathlib import Path

import pytest

from models.errors import PlanError
from scheduler.reading import Finding, read_plan
from scheduler.tables import Calls

SETTINGS = """\
format = 1
[horizon]
first_day = 2026-03-23
days = 7
time_zone = "Europe/London"
interval_minutes = 30
[[queues]]
name = "sales"
[[queues]]
name = "service"
[[shift_types]]
name = "day"
starts = ["08:00"]
length_minutes = [480]
[[contracts]]
name = "full"
shift_types = ["day"]
max_hours_per_week = 40
"""
AGENTS = "agent_id,contract\nann,full\n"
ONE_QUEUE = SETTINGS.replace('[[queues]]\nname = "service"\n', "")
SKILLS = "agent_id,skill\nann,sales\n"

GENESYS = """\
Interval Start UTC Date,Queue,Media,Offered,Interactions Handled,Total Handle Time
2026-03-23T08:00:00Z,Sales_EN,voice,12,10,2400
2026-03-23T08:30:00Z,Sales_EN,voice,9,9,1800
2026-03-23T08:00:00Z,Service_EN,voice,30,25,7500
2026-03-23T08:00:00Z,Chat_EN,chat,4,4,900
"""
GENESYS_HOW = """\
[[imports]]
table = "calls"
file = "exports/genesys.csv"
names = {Sales_EN = "sales", Service_EN = "service"}
only_named = true
[imports.columns]
queue = "Queue"
start = "Interval Start UTC Date"
calls = "Offered"
handle_seconds = {total = "Total Handle Time", per = "Interactions Handled"}
"""


def folder(
    tmp_path: Path, how: str, name: str, content: str | bytes, settings: str = SETTINGS
) -> Path:
    path = tmp_path / "plan"
    (path / "exports").mkdir(parents=True)
    (path / "plan.toml").write_text(settings + how, encoding="utf-8")
    (path / "agents.csv").write_text(AGENTS)
    (path / "skills.csv").write_text(SKILLS)
    raw = content if isinstance(content, bytes) else content.encode()
    (path / "exports" / name).write_bytes(raw)
    return path


def rows(path: Path) -> list[tuple[str, str, float, float]]:
    found = read_plan(path).plan.calls
    return [(c.queue, _local(c), c.calls, c.handle_seconds) for c in found]


def _local(row: Calls) -> str:
    return f"{row.start:%m-%d %H:%M}"


def test_totals_in_utc_of_named_queues(tmp_path: Path) -> None:
    path = folder(tmp_path, GENESYS_HOW, "genesys.csv", GENESYS)
    assert rows(path) == [
        ("sales", "03-23 08:00", 12, 240),
        ("sales", "03-23 08:30", 9, 200),
        ("service", "03-23 08:00", 30, 300),
    ]
    (note,) = [n for n in read_plan(path).notes if "left out" in n]
    assert "1 rows are left out: they are of 'Chat_EN'" in note


def test_nobody_was_answered_or_nobody_called(tmp_path: Path) -> None:
    text = GENESYS.replace(",9,9,1800", ",9,0,0").replace(",30,25,7500", ",0,0,0")
    text += "2026-03-23T09:00:00Z,Service_EN,voice,8,8,2400\n"
    path = folder(tmp_path, GENESYS_HOW, "genesys.csv", text)
    assert rows(path) == [
        ("sales", "03-23 08:00", 12, 240),
        ("sales", "03-23 08:30", 9, 240),
        ("service", "03-23 09:00", 8, 300),
    ]
    notes = "; ".join(read_plan(path).notes)
    assert "1 rows have no handle time" in notes and "have no calls" in notes


def test_utc_is_brought_to_the_plans_clock(tmp_path: Path) -> None:
    """The clock changes on 29 March: what is 08:00 UTC is 09:00 then."""
    moved = GENESYS.replace("2026-03-23T08", "2026-03-29T08")
    path = folder(tmp_path, GENESYS_HOW, "genesys.csv", moved)
    assert rows(path)[0] == ("sales", "03-29 09:00", 12, 240)


def test_no_header_semicolons_and_decimal_commas(tmp_path: Path) -> None:
    how = """\
[[imports]]
table = "calls"
file = "exports/forecast.txt"
header = ["skill", "start", "end", "volume", "talk", "after"]
decimal = ","
encoding = "cp1252"
time_format = "%Y%m%d %H:%M"
names = {"Büro" = "sales"}
columns = {queue = "skill", start = "start", calls = "volume", handle_seconds = "talk"}
"""
    text = (
        "Büro;20260323 08:00;20260323 08:30;12,5;180,25;20\n"
        "service;20260323 08:00;20260323 08:30;7;200;20\n"
    )
    path = folder(tmp_path, how, "forecast.txt", text.encode("cp1252"))
    assert rows(path) == [
        ("sales", "03-23 08:00", 12.5, 180.25),
        ("service", "03-23 08:00", 7, 200),
    ]


def test_date_and_clock_in_two_columns_and_three_times_added_up(tmp_path: Path) -> None:
    how = """\
[[imports]]
table = "calls"
file = "exports/hsplit.csv"
separator = "|"
time_format = "%m/%d/%Y %H%M"
constants = {queue = "sales"}
[imports.columns]
start = ["ROW_DATE", "STARTTIME"]
calls = "CALLSOFFERED"
handle_seconds = {total = ["ACDTIME", "ACWTIME", "HOLDACDTIME"], per = "ACDCALLS"}
"""
    text = (
        "ROW_DATE|STARTTIME|CALLSOFFERED|ACDCALLS|ACDTIME|ACWTIME|HOLDACDTIME\n"
        "03/23/2026|0800|22|20|4000|600|400\n"
        "03/23/2026|1430|5|4|800|100|60\n"
    )
    path = folder(tmp_path, how, "hsplit.csv", text, ONE_QUEUE)
    assert rows(path) == [
        ("sales", "03-23 08:00", 22, 250),
        ("sales", "03-23 14:30", 5, 240),
    ]


def test_a_file_beside_the_plan_is_no_table_of_ours(tmp_path: Path) -> None:
    how = GENESYS_HOW.replace("exports/genesys.csv", "genesys.csv")
    path = folder(tmp_path, how, "x.csv", "")
    (path / "genesys.csv").write_text(GENESYS)
    assert len(rows(path)) == 3


def findings(path: Path) -> list[tuple[str, int | None, str | None, str | None, str]]:
    with pytest.raises(PlanError) as caught:
        read_plan(path)
    found = [f for f in caught.value.problems if isinstance(f, Finding)]
    return [(f.file, f.row, f.column, f.value, f.expected) for f in found]


def test_cells_are_named_as_the_file_has_them(tmp_path: Path) -> None:
    wrong = GENESYS.replace(",9,9,", ",some,9,").replace("08:30:00Z", "half past")
    wrong = wrong.replace(",7500", ",a lot")
    found = findings(folder(tmp_path, GENESYS_HOW, "genesys.csv", wrong))
    assert [(f[:4]) for f in found] == [
        ("exports/genesys.csv", 3, "Interval Start UTC Date", "2026-03-23Thalf past"),
        ("exports/genesys.csv", 3, "Offered", "some"),
        (
            "exports/genesys.csv",
            4,
            "Total Handle Time + Interactions Handled",
            "a lot + 25",
        ),
    ]


@pytest.mark.parametrize(
    ("old", "new", "column", "says"),
    [
        ('"Offered"', '"Calls"', "calls", "a column of the file; it has Interval"),
        ('calls = "Offered"\n', "", "calls", "where the column comes from"),
        ('calls = "Off', 'cals = "Off', "cals", "a column of calls, which has"),
        ("genesys.csv", "other.csv", "imports.file", "a file"),
        ('table = "calls"', 'table = "agents"', "imports.table", "'calls'"),
        ("only_named", "only_name", "imports.only_name", "a key"),
        ("only_named", 'time_zone = "Mars"\nonly_named', "imports.time_zone", "a time"),
        ("only_named", 'encoding = "x"\nonly_named', "imports.encoding", "an encoding"),
        ("only_named", 'encoding = "ascii"\nonly_named', "imports.file", "text in asc"),
    ],
)
def test_what_is_wrong_with_the_mapping(
    tmp_path: Path, old: str, new: str, column: str, says: str
) -> None:
    text = GENESYS.replace("voice", "vöice")
    path = folder(tmp_path, GENESYS_HOW.replace(old, new), "genesys.csv", text)
    found = findings(path)
    assert any(f[2] == column and says in f[4] for f in found), found


def test_two_sources_of_one_table(tmp_path: Path) -> None:
    path = folder(tmp_path, GENESYS_HOW, "genesys.csv", GENESYS)
    (path / "calls.csv").write_text("queue,start,calls,handle_seconds\n")
    assert any("one source of calls" in found[4] for found in findings(path))


@pytest.mark.third_party
def test_half_hours_of_a_bank(tmp_path: Path) -> None:
    source = Path(os.environ["RINGFENCE_THIRD_PARTY"]) / "bank_calls_february"
    how = """\
[[imports]]
table = "calls"
file = "exports/half_hours.csv"
constants = {queue = "sales"}
[imports.columns]
start = ["date", "interval_start"]
calls = "offered"
handle_seconds = "aht_s"
"""
    content = (source / "half_hours.csv").read_bytes()
    settings = ONE_QUEUE.replace("2026-03-23", "1999-02-01")
    settings = settings.replace("Europe/London", "Asia/Jerusalem")
    path = folder(tmp_path, how, "half_hours.csv", content, settings)
    found = rows(path)
    assert ("sales", "02-01 07:00", 20, 100.7) in found and len(found) > 200
    notes = "; ".join(read_plan(path).notes)
    assert "rows are left out: they are of other dates than the plan's" in notes
