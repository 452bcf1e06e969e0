"""Files as other tools write them, by the name of their format."""

import csv
import gzip
import io
import json
import os
from pathlib import Path

import pytest

from scheduler.reading import read_plan
from scheduler.reading.formats import formats
from tests.test_reading.test_imports import (
    ONE_QUEUE,
    SETTINGS,
    findings,
    folder,
    rows,
)

QUARTERS = ONE_QUEUE.replace("interval_minutes = 30", "interval_minutes = 15")
CASES = """\
format = 1
[horizon]
first_day = 2026-03-23
days = 7
time_zone = "Europe/London"
[calendars.office]
monday = ["09:00-17:00"]
tuesday = ["09:00-17:00"]
wednesday = ["09:00-17:00"]
thursday = ["09:00-17:00"]
friday = ["09:00-17:00"]
[[case_types]]
name = "claims"
calendar = "office"
handle_minutes = 20
sla = {within = 2, unit = "business_days"}
[[case_types]]
name = "urgent"
skill = "claims"
handle_minutes = 20
sla = {within = 4, unit = "hours"}
[[shift_types]]
name = "day"
starts = ["08:00"]
length_minutes = [480]
[[contracts]]
name = "full"
shift_types = ["day"]
max_hours_per_week = 40
"""


def told(name: str, file: str, more: str = "") -> str:
    return f'[[imports]]\nformat = "{name}"\nfile = "exports/{file}"\n{more}\n'


def notes(path: Path) -> str:
    return "; ".join(read_plan(path).notes)


AMAZON = """\
QueueName,QueueId,ChannelType,TimeStamp,IntervalDuration,IncomingContactVolume,\
AverageHandleTime,ContactsHandled
sales,q-1,VOICE,2026-03-23T09:00:00Z,15mins,12,240,11
sales,q-1,VOICE,2026-03-23T09:15:00Z,15mins,4,300,4
sales,q-1,VOICE,2026-03-23T09:15:00Z,15mins,6,320,4
,service,VOICE,2026-03-23T09:00:00Z,30mins,30,200,30
"""


def test_amazon_connect(tmp_path: Path) -> None:
    """Quarter-hours are joined, the last of two rows counts, the id is a name, too."""
    content = ("\ufeff" + AMAZON).encode()
    path = folder(tmp_path, told("amazon-connect", "a.csv"), "a.csv", content)
    assert rows(path) == [
        ("sales", "03-23 09:00", 18, pytest.approx((12 * 240 + 6 * 320) / 18)),
        ("service", "03-23 09:00", 30, 200),
    ]
    assert "the last counts" in notes(path) and "are joined" in notes(path)


def test_longer_intervals_are_shared_out(tmp_path: Path) -> None:
    how = told("amazon-connect", "a.csv")
    both = SETTINGS.replace("interval_minutes = 30", "interval_minutes = 15")
    path = folder(tmp_path, how, "a.csv", AMAZON, both)
    assert rows(path)[2:] == [
        ("service", "03-23 09:00", 15, 200),
        ("service", "03-23 09:15", 15, 200),
    ]


DAILY = AMAZON.splitlines()[0] + "\nsales,q,VOICE,2026-03-23T00:00:00Z,daily,90,240,9\n"
OPEN = ONE_QUEUE.replace(
    '[[queues]]\nname = "sales"',
    '[calendars.desk]\nmonday = ["09:00-10:30"]\n[[queues]]\nname = "sales"\n'
    'calendar = "desk"',
)


def test_days_are_spread_over_opening_hours(tmp_path: Path) -> None:
    """A day is its date, whatever hour its midnight is elsewhere."""
    settings = OPEN.replace("Europe/London", "America/New_York")
    path = folder(tmp_path, told("amazon-connect", "a.csv"), "a.csv", DAILY, settings)
    assert rows(path) == [
        ("sales", f"03-23 {at}", 30, 240) for at in ("09:00", "09:30", "10:00")
    ]


def test_days_have_a_shape(tmp_path: Path) -> None:
    shape = 'day_shape = {"08:00" = 2, "09:00" = 1, "09:30" = 0}'
    how = told("amazon-connect", "a.csv", shape)
    path = folder(tmp_path, how, "a.csv", DAILY, ONE_QUEUE)
    assert [(r[1], round(r[2], 6)) for r in rows(path)] == [
        ("03-23 08:00", 36), ("03-23 08:30", 36), ("03-23 09:00", 18)
    ]  # fmt: skip
    how = told("amazon-connect", "a.csv")
    (path / "plan.toml").write_text(ONE_QUEUE + how)
    (found,) = findings(path)
    assert found[1] == 2 and found[2] == "TimeStamp" and "day_shape" in found[4]


def test_genesys_history(tmp_path: Path) -> None:
    """Media and skill sets of a queue are added up; total handle time."""
    text = (
        "Interval Start UTC Date,Queue,Media Type,Skill Set,Language,Offered,"
        "Interactions Handled,Total Handle Time (Seconds)\n"
        "2026-03-23T08:00:00Z,EN Sales,voice,a|||b,en,10,10,2000\n"
        "2026-03-23T08:00:00Z,EN Sales,voice,a,en,5,4,1600\n"
        "2026-03-23T08:15:00Z,EN Sales,voice,a,en,1,0,0\n"
        "2026-03-23T08:15:00Z,Chat,chat,a,en,1,1,60\n"
    )
    how = told("genesys-history", "g.csv", 'names = {"*Sales" = "sales"}')
    how += "only_named = true\n"
    path = folder(tmp_path, how, "g.csv", text, ONE_QUEUE)
    assert rows(path) == [("sales", "03-23 08:00", 16, pytest.approx(4000 / 15))]


def week(**more: object) -> dict[str, object]:
    group = {
        "planningGroupId": "g-1",
        "offeredPerInterval": [0.0] * 32 + [4.5, 5],
        "averageHandleTimeSecondsPerInterval": [0.0] * 32 + [200.0, 240.5],
    }
    return {"weekDate": "2026-03-23", "planningGroups": [group | more]}


def test_genesys_forecast(tmp_path: Path) -> None:
    how = told("genesys-forecast", "f.json", 'names = {g-1 = "sales"}')
    path = folder(tmp_path, how, "f.json", json.dumps(week()), QUARTERS)
    expected = [
        ("sales", "03-23 08:00", 4.5, 200),
        ("sales", "03-23 08:15", 5, 240.5),
    ]
    assert rows(path) == expected
    (path / "exports" / "f.json").write_text(json.dumps({"result": week()}))
    assert rows(path) == expected
    undated = {"planningGroups": week()["planningGroups"]}
    (path / "exports" / "f.json").write_text(json.dumps(undated))
    assert "series" in findings(path)[0][4]
    how += 'series = {start = "2026-03-23"}\n'
    (path / "plan.toml").write_text(QUARTERS + how)
    assert rows(path) == expected


def test_arrays_follow_the_clock_change(tmp_path: Path) -> None:
    """The 29th of March has 92 quarter-hours: the next day begins with the 93rd."""
    offered = [0] * 92 + [7]
    means = [0] * 92 + [100]
    text = json.dumps(
        week(offeredPerInterval=offered, averageHandleTimeSecondsPerInterval=means)
        | {"weekDate": "2026-03-29"}
    )
    how = told("genesys-forecast", "f.json", 'names = {g-1 = "sales"}')
    path = folder(tmp_path, how, "f.json", text, QUARTERS)
    assert rows(path) == [("sales", "03-30 00:00", 7, 100)]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"weekDate": "x"', "JSON"),
        ("[" * 100_000, "JSON"),
        ('{"weekDate": "2026-03-23"}', "a list at planningGroups or result"),
        (json.dumps(week(offeredPerInterval=[1])), "lists of one length"),
        (json.dumps(week(offeredPerInterval=3)), "lists offeredPerInterval"),
        (json.dumps(week() | {"weekDate": "soon"}), "a date or moment at weekDate"),
        ('{"planningGroups": [3]}', "an object at planningGroups/0"),
    ],
)
def test_what_is_no_forecast(tmp_path: Path, content: str, says: str) -> None:
    how = told("genesys-forecast", "f.json", 'names = {g-1 = "sales"}')
    found = findings(folder(tmp_path, how, "f.json", content))
    assert any(says in f[4] for f in found), found


def test_a_wrong_number_of_an_array_is_told_with_its_place(tmp_path: Path) -> None:
    how = told("genesys-forecast", "f.json", 'names = {g-1 = "sales"}')
    content = json.dumps(week(offeredPerInterval=[0] * 32 + [-1, "many"]))
    found = findings(folder(tmp_path, how, "f.json", content, QUARTERS))
    assert [f[:4] for f in found] == [
        ("exports/f.json", None,
         f"planningGroups/0/offeredPerInterval/{n}/offeredPerInterval", value)
        for n, value in ((32, "-1"), (33, "many"))
    ]  # fmt: skip


def test_genesys_requirements(tmp_path: Path) -> None:
    """Of two quarter-hours the half-hour needs the most."""
    groups = [{"planningGroupId": "sales", "requiredPerInterval": [0, 0, 3, 4.5]}]
    content = json.dumps({"weekDate": "2026-03-23", "planningGroups": groups})
    how = told("genesys-requirements", "r.json")
    path = folder(tmp_path, how, "r.json", content, ONE_QUEUE)
    found = [(f"{r.start:%H:%M}", r.agents) for r in read_plan(path).plan.required]
    assert found == [("00:00", 0), ("00:30", 4.5)]


@pytest.mark.parametrize("mark", [";", ","])
def test_calabrio_forecast(tmp_path: Path, mark: str) -> None:
    """No header; comma or semicolon; a semicolon's numbers may have commas."""
    text = (
        "Büro;20260323 08:00;20260323 08:15;12,5;180;20;3\n"
        "Büro;20260323 08:15;20260323 08:30;7,5;200;20;2\n"
        "Büro;20260323 23:45;20260324 00:00;0;0;0;0\n"
    )
    if mark == ",":
        text = text.replace(",", ".").replace(";", ",")
    how = told("calabrio-forecast", "c.txt", 'names = {"Büro" = "sales"}')
    how += 'encoding = "cp1252"\n'
    content = text.encode("cp1252")
    path = folder(tmp_path, how, "c.txt", content, ONE_QUEUE)
    assert rows(path) == [("sales", "03-23 08:00", 20, (12.5 * 200 + 7.5 * 220) / 20)]


def test_calabrio_queue_log(tmp_path: Path) -> None:
    text = (
        "36;20260323;09:00;17;sales;10;2;1;0;10;50;9;1500;500;20;9;3.5;9;60;0;1\n"
        "37;20260323;09:15;17;sales;4;0;0;0;4;5;0;700;100;9;0;3.5;4;5;0;0\n"
    )
    path = folder(
        tmp_path, told("calabrio-queue-log", "q.csv"), "q.csv", text, ONE_QUEUE
    )
    assert rows(path)[0][:3] == ("sales", "03-23 09:00", 16)
    assert rows(path)[0][3] == pytest.approx(200)


CMS = """\
ROW_DATE,STARTTIME,INTRVL,ACD,SPLIT,CALLSOFFERED,ACDCALLS,ABNCALLS,ACDTIME,ACWTIME,\
HOLDACDTIME
03/23/2026,30,30,1,12,5,5,0,1000,0,0
03/23/2026,130,30,1,12,6,6,0,1000,100,100
03/23/2026,800,30,1,12,22,20,2,4000,600,400
03/23/2026,800,30,1,13,8,8,0,1600,0,0
03/23/2026,1430,30,1,12,5,4,1,800,100,60
"""


def test_avaya_cms(tmp_path: Path) -> None:
    """30 is half past midnight and 130 half past one; two splits are one queue."""
    how = told("avaya-cms", "h.csv", 'names = {"1*" = "sales"}')
    path = folder(tmp_path, how, "h.csv", CMS, ONE_QUEUE)
    assert [r[1:3] for r in rows(path)] == [
        ("03-23 00:30", 5), ("03-23 01:30", 6), ("03-23 08:00", 30), ("03-23 14:30", 5)
    ]  # fmt: skip
    assert rows(path)[2][3] == pytest.approx((22 * 250 + 8 * 200) / 30)
    assert "sales has no row for 25 intervals" in notes(path)


def test_iex_forecast(tmp_path: Path) -> None:
    """Bars between, dates whose zero is lost, a clock of twelve hours."""
    text = (
        "date|period|ctName|volume|aht\n"
        "3232026|08:00|sales|12|240\n"
        "3232026|08:15 AM|sales|4|240\n"
        "03232026|2:30 PM|sales|5|300\n"
    )
    path = folder(tmp_path, told("iex-forecast", "x.txt"), "x.txt", text, ONE_QUEUE)
    assert [r[1:] for r in rows(path)] == [
        ("03-23 08:00", 16, 240), ("03-23 14:30", 5, 300)
    ]  # fmt: skip


def test_eleveo(tmp_path: Path) -> None:
    text = (
        "Queue,Interval Start,Volume,AHT\n"
        "sales,2026-03-29T08:00:00Z,4,200\n"
        "sales,2026-03-29T08:15:00Z,0,0\n"
    )
    path = folder(tmp_path, told("eleveo", "e.csv"), "e.csv", text, ONE_QUEUE)
    assert rows(path) == [("sales", "03-29 09:00", 4, 200)]


def autumn(*starts: str, more: str = "") -> tuple[str, str]:
    """Return an import of local times around the clock change of 25 October."""
    how = (
        '[[imports]]\ntable = "calls"\nfile = "exports/l.csv"\n'
        'columns = {queue = "q", start = "s", calls = "n", handle_seconds = "h"}\n'
    )
    body = "".join(f"sales,2026-10-25 {at},{n + 1},60\n" for n, at in enumerate(starts))
    return how + more, "q,s,n,h\n" + body


OCTOBER = ONE_QUEUE.replace("2026-03-23", "2026-10-19")
IN_ORDER = ["00:30", "01:00", "01:30", "01:00", "01:30", "02:00"]
OFFSETS = ["+0100", "+0100", "+0100", "+0000", "+0000"]


def offsets(path: Path) -> list[tuple[str, float]]:
    found = read_plan(path).plan.calls
    return [(f"{c.start:%H:%M%z}", c.calls) for c in found]


@pytest.mark.parametrize(
    ("starts", "second"),
    [
        (IN_ORDER, [4, 5]),
        (IN_ORDER[::-1], [3, 2]),
        (["00:30", "01:00", "01:00", "01:30", "01:30", "02:00"], [3, 5]),
        (["00:30", "01:30", "01:00", "02:00"], [3]),
    ],
    ids=["as the clock shows them", "backwards", "sorted", "one each"],
)
def test_the_order_tells_which_hour(
    tmp_path: Path, starts: list[str], second: list[int]
) -> None:
    how, text = autumn(*starts)
    path = folder(tmp_path, how, "l.csv", text, OCTOBER)
    found = offsets(path)
    assert sorted(n for at, n in found if at.endswith("+0000")) == sorted(second)


def test_an_hour_that_nothing_tells_is_refused(tmp_path: Path) -> None:
    how, text = autumn("00:30", "01:00", "01:30", "02:00")
    path = folder(tmp_path, how, "l.csv", text, OCTOBER)
    found = findings(path)
    assert [f[1:4] for f in found] == [
        (3, "s", "2026-10-25 01:00"), (4, "s", "2026-10-25 01:30")
    ]  # fmt: skip
    assert 'repeated_hour = "first"' in found[0][4]
    (path / "plan.toml").write_text(OCTOBER + how + 'repeated_hour = "second"\n')
    assert offsets(path)[1] == ("01:00+0000", 2)


def test_another_zones_clock_change(tmp_path: Path) -> None:
    """The file's zone is what counts, and a skipped time is no time."""
    more = 'time_zone = "America/New_York"\n'
    how, text = autumn("01:30", more=more)
    text = text.replace("2026-10-25", "2026-03-08").replace("01:30", "02:30")
    settings = ONE_QUEUE.replace("2026-03-23", "2026-03-02")
    (found,) = findings(folder(tmp_path, how, "l.csv", text, settings))
    assert "put forward over this one in America/New_York" in found[4]


def test_twice_the_same_interval_is_refused_also_when_joined(tmp_path: Path) -> None:
    how, text = autumn("08:00", "08:15", "08:00", more="interval = 15\n")
    (found,) = findings(folder(tmp_path, how, "l.csv", text, OCTOBER))
    assert found[1] == 4 and found[4].endswith("there is one in line 2")


def cases(path: Path) -> list[tuple[str, str, str, str]]:
    return [
        (
            str(c.case_id),
            c.case_type,
            c.received.isoformat()[:16],
            "" if c.due is None else c.due.isoformat()[:16],
        )
        for c in read_plan(path).plan.open_cases
    ]


def case_folder(tmp_path: Path, how: str, name: str, content: str | bytes) -> Path:
    path = folder(tmp_path, how, name, content, CASES)
    (path / "skills.csv").write_text("agent_id,skill\nann,claims\n")
    return path


TICKETS = [
    {
        "id": 1, "created_at": "2026-03-20T09:00:00Z", "status": "open",
        "priority": "high", "group_id": 7, "tags": ["a"],
        "metric_set": {"on_hold_time_in_minutes": {"calendar": 90, "business": 60}},
    },
    {"id": 2, "created_at": "2026-03-20T09:00:00Z", "status": "Solved", "group_id": 7},
    {"id": 3, "created_at": "2026-03-23T09:00:00Z", "status": "new", "group_id": 7},
    {"id": 4, "created_at": "2026-03-20T09:00:00Z", "status": "hold", "group_id": 7,
     "priority": "urgent"},
    {"id": 5, "created_at": "2026-03-20T09:00:00Z", "status": "new", "group_id": 9,
     "due_at": "2026-03-25T12:00:00Z", "priority": None},
]  # fmt: skip


def test_zendesk(tmp_path: Path) -> None:
    """Solved ones are left out; an SLA by priority; the clock stood still on hold."""
    how = told("zendesk", "z.json", 'names = {"7" = "claims", "9" = "urgent"}')
    how += "[imports.sla]\nhigh = {within = 8, unit = 'hours'}\n"
    how += "urgent = {within = 4, unit = 'business_hours', calendar = 'office'}\n"
    path = case_folder(tmp_path, how, "z.json", json.dumps({"tickets": TICKETS}))
    assert cases(path) == [
        ("1", "claims", "2026-03-20T09:00", "2026-03-20T18:30"),
        ("4", "claims", "2026-03-20T09:00", "2026-03-20T13:00"),
        ("5", "urgent", "2026-03-20T09:00", "2026-03-25T12:00"),
    ]
    said = notes(path)
    assert "1 rows are left out: they have status 'Solved'" in said
    assert "1 rows are left out: they were received when the plan had begun" in said


def test_a_pause_counts_in_the_hours_of_the_types_sla(tmp_path: Path) -> None:
    """An hour on hold puts a Friday's 16:30 after its close: one open day more."""
    ticket = TICKETS[0] | {"created_at": "2026-03-20T16:30:00Z"}
    how = told("zendesk", "z.json", 'names = {"7" = "claims"}')
    path = case_folder(tmp_path, how, "z.json", json.dumps([ticket]))
    assert cases(path)[0][3] == "2026-03-25T17:00"
    bad = ticket | {"metric_set": {"on_hold_time_in_minutes": {"calendar": "long"}}}
    (path / "exports" / "z.json").write_text(json.dumps([bad]))
    (found,) = findings(path)
    assert found[3] == "long" and found[4] == "a number of minutes"


def test_servicenow(tmp_path: Path) -> None:
    """The raw value in UTC, not the one shown in somebody's zone; type by priority."""
    result = [
        {
            "number": {"display_value": "INC1", "value": "INC1"},
            "opened_at": {
                "display_value": "20/03/2026 05:00", "value": "2026-03-20 09:00:00"
            },
            "state": {"display_value": state, "value": value},
            "assignment_group": {"display_value": "Claims", "value": "a1b2"},
            "priority": {"display_value": priority, "value": priority[0]},
        }
        for state, value, priority in (
            ("New", "1", "1 - Critical"),
            ("Closed", "7", "2 - High"),
            ("On Hold", "3", "2 - High"),
        )
    ]  # fmt: skip
    how = told("servicenow", "s.json", 'names = {"*1 -*" = "urgent", "*" = "claims"}')
    how += "[imports.columns]\n"
    how += "case_type = ['assignment_group.display_value', 'priority.display_value']\n"
    path = case_folder(tmp_path, how, "s.json", json.dumps({"result": result}))
    assert [c[1:3] for c in cases(path)] == [
        ("urgent", "2026-03-20T09:00"), ("claims", "2026-03-20T09:00")
    ]  # fmt: skip


def test_servicenow_csv(tmp_path: Path) -> None:
    text = (
        "number,opened_at,priority,state,assignment_group,resolved_at,closed_at\n"
        "INC1,2026-03-20 09:00:00,2 - High,New,claims,,\n"
        "INC2,2026-03-20 09:00:00,2 - High,Resolved,claims,2026-03-21 10:00:00,\n"
    )
    path = case_folder(tmp_path, told("servicenow", "s.csv"), "s.csv", text)
    assert [c[0] for c in cases(path)] == ["INC1"]


JIRA = """\
Issue key,Issue Type,Priority,Status,Created,Updated,Resolved,Due date,Description
OPS-1,claims,High,In Progress,20/Mar/26 9:05 AM,x,,25/Mar/26 12:00 AM,"two
lines, a comma"
OPS-2,claims,Low,Done,20/Mar/26 9:05 AM,x,,,
OPS-3,claims,Low,Custom,20/Mar/26 9:05 AM,x,21/Mar/26 1:00 PM,,
OPS-4,claims,Low,To Do,19/Mar/26 11:30 PM,x,,,
"""


def test_jira(tmp_path: Path) -> None:
    """A due date is a day, to its end; a resolved issue is closed, whatever status."""
    path = case_folder(tmp_path, told("jira", "j.csv"), "j.csv", JIRA)
    assert cases(path) == [
        ("OPS-1", "claims", "2026-03-20T09:05", "2026-03-25"),
        ("OPS-4", "claims", "2026-03-19T23:30", ""),
    ]


def test_wrong_tickets_are_told_by_line(tmp_path: Path) -> None:
    wrong = JIRA.replace("19/Mar/26 11:30 PM", "19/Mar/26 25:30")
    found = findings(case_folder(tmp_path, told("jira", "j.csv"), "j.csv", wrong))
    assert [f[:4] for f in found] == [
        ("exports/j.csv", 6, "Created", "19/Mar/26 25:30")
    ]


def test_without_a_status_all_are_taken_and_a_note_says_so(tmp_path: Path) -> None:
    text = "Issue key,Issue Type,Created\nA,claims,2026-03-20 09:00\n"
    path = case_folder(tmp_path, told("jira", "j.csv"), "j.csv", text)
    assert "no column Resolved, Status, so every row is taken" in notes(path)


def test_only_some_rows(tmp_path: Path) -> None:
    how = told("amazon-connect", "a.csv", 'only = {channeltype = ["CHAT"]}')
    text = AMAZON.replace("sales,q-1,VOICE", "sales,q-1,Chat")
    path = folder(tmp_path, how, "a.csv", text)
    assert {r[0] for r in rows_or_none(path)} == {"sales"}


def rows_or_none(path: Path) -> list[tuple[str, str, float, float]]:
    settings = (path / "plan.toml").read_text()
    (path / "plan.toml").write_text(
        settings.replace('[[queues]]\nname = "service"', "")
    )
    return rows(path)


def test_own_keys_come_before_the_formats(tmp_path: Path) -> None:
    how = told("eleveo", "e.csv", 'constants = {queue = "sales"}\ninterval = 30')
    how += 'time_zone = "Asia/Tokyo"\n[imports.columns]\ncalls = "n"\n'
    text = "timestamp,n,aht\n2026-03-24 09:00,3,60\n"
    path = folder(tmp_path, how, "e.csv", text, ONE_QUEUE)
    assert rows(path) == [("sales", "03-24 00:00", 3, 60)]


def test_an_unknown_format_names_the_known(tmp_path: Path) -> None:
    how = told("amazon", "a.csv", 'table = "calls"\ncolumns = {queue = "q"}')
    found = findings(folder(tmp_path, how, "a.csv", AMAZON))
    assert any("amazon-connect" in f[4] for f in found)


def test_a_column_that_a_format_needs_and_the_file_has_not(tmp_path: Path) -> None:
    text = AMAZON.replace("IncomingContactVolume", "Volume")
    found = findings(folder(tmp_path, told("amazon-connect", "a.csv"), "a.csv", text))
    assert [(f[2], f[3]) for f in found] == [("calls", "IncomingContactVolume")]


@pytest.mark.parametrize("cell", ["=1+1", "1e999", "nan", "-3", "1,234", "١٢x"])
def test_numbers_that_are_none(tmp_path: Path, cell: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerow(
        ["sales", "q", "V", "2026-03-23T09:00Z", "15mins", cell, 9]
    )
    text = AMAZON.splitlines()[0] + "\n" + out.getvalue()
    (found,) = findings(folder(tmp_path, told("amazon-connect", "a.csv"), "a.csv", text,
                               ONE_QUEUE))  # fmt: skip
    assert found[1] == 2 and found[2] == "IncomingContactVolume" and found[3] == cell


def test_a_file_with_a_quote_that_never_closes(tmp_path: Path) -> None:
    text = AMAZON + '"' + "x" * 11_000_000
    found = findings(folder(tmp_path, told("amazon-connect", "a.csv"), "a.csv", text))
    assert any("quotes in pairs" in f[4] for f in found)


def test_every_format_has_what_its_table_needs() -> None:
    assert len(formats()) >= 12
    for name, keys in formats().items():
        assert keys["table"] in ("calls", "required", "open_cases"), name
        assert keys["columns"], name


@pytest.mark.third_party
def test_incidents_of_an_it_desk(tmp_path: Path) -> None:
    source = Path(os.environ["RINGFENCE_THIRD_PARTY"]) / "it_incidents"
    content = (source / "march_april_2016.csv").read_bytes()
    how = told("servicenow", "i.csv", 'constants = {case_type = "claims"}')
    how += "[imports.without]\nresolved_at = ['never']\nclosed_at = ['never']\n"
    path = case_folder(tmp_path, how, "i.csv", content)
    settings = (path / "plan.toml").read_text().replace("2026-03-23", "2016-04-01")
    (path / "plan.toml").write_text(settings)
    told_rows = list(csv.DictReader(io.StringIO(content.decode())))
    before = [r for r in told_rows if r["opened_at"] < "2016-03-31T23:00"]
    assert len(cases(path)) == len(before) > 1000


@pytest.mark.third_party
def test_work_items_of_loans(tmp_path: Path) -> None:
    source = Path(os.environ["RINGFENCE_THIRD_PARTY"]) / "loan_work_items"
    raw = gzip.decompress((source / "october_december_2011.csv.gz").read_bytes())
    how = (
        '[[imports]]\ntable = "open_cases"\nfile = "exports/w.csv"\n'
        'columns = {received = "queued", case_id = "case"}\n'
        'constants = {case_type = "claims"}\n'
    )
    path = case_folder(tmp_path, how, "w.csv", raw)
    settings = (path / "plan.toml").read_text().replace("2026-03-23", "2011-10-10")
    (path / "plan.toml").write_text(settings)
    assert len(cases(path)) > 1000
