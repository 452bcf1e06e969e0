"""plan.toml and plan.json: lines, pointers, syntax."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from scheduler.domain import Plan
from scheduler.reading import read_plan
from scheduler.reading.toml_lines import key_lines, line_of
from scheduler.tables import TABLES
from tests.test_validation.good import Bad, assert_only, bad, findings, spoilt, written

T = "plan.toml"

CASES = [
    bad("extra_forbidden", T, "days = 14", "days = 14\nweek_start = 'sunday'",
        (7, "horizon.week_start", "sunday"), suggestion="week_starts"),
    bad("extra_forbidden", T, "within = 2", "within = 2, calender = 'x'",
        (30, "case_types.claims.sla.calender", "x"), suggestion="calendar"),
    bad("extra_forbidden", T, "format = 1", "format = 1\nquues = []",
        (2, "quues", "[]"), suggestion="queues"),
    bad("literal_error", T, "format = 1", "format = 2", (1, "format", "2"),
        says="expected 1"),
    bad("literal_error", T, "format = 1", "pooling = 'subset'",
        (1, "pooling", "subset"), suggestion="subsets"),
    bad("int_parsing", T, "days = 14", "days = 'two weeks'",
        (6, "horizon.days", "two weeks")),
    bad("less_than_equal", T, "days = 14", "days = 372", (6, "horizon.days", "372"),
        says="<= 371"),
    bad("missing", T, "first_day = 2026-03-23\n", "", (4, "horizon.first_day", None)),
    bad("finite_number", T, "handle_minutes = 20", "handle_minutes = inf",
        (29, "case_types.claims.handle_minutes", "Infinity")),
    bad("enum", T, 'unit = "hours"', 'unit = "hour"',
        (36, "case_types.letters.sla.unit", "hour"), suggestion="hours"),
    bad("list_type", T, "length_minutes = [480]", "length_minutes = 480",
        (61, "shift_types.night.length_minutes", "480"), says="a list in [ ]"),
    bad("too_short", T, 'starts = ["22:00"]', "starts = []",
        (60, "shift_types.night.starts", "[]"), says="at least 1 entries"),
    bad("value_error", T, 'monday = ["08:00-18:00"]', 'monday = ["8-18"]',
        (12, "calendars.office.monday.1", "8-18")),
    bad("string_type", T, 'starts = ["22:00"]', "starts = [22:00:00]",
        (60, "shift_types.night.starts.1", "22:00:00"), says="expected text"),
    bad("date_from_datetime_parsing", T, '"2026-03-28"', '"28 March"',
        (16, "calendars.office.dates.28 March", '["09:00-12:00"]')),
    bad("string_too_short", T, 'name = "chats"', 'name = " "',
        (23, "queues. .name", " ")),
    bad("table", T, "format = 1", "agents = []\nformat = 1", (1, "agents", None),
        says="agents.csv"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_setting(case: Bad, tmp_path: Path) -> None:
    assert_only(case, tmp_path)


@pytest.mark.parametrize(
    ("text", "row", "says"),
    [
        ("format = 1\nname = \n", 2, "invalid value"),
        ("format = 1\nformat = 1\n", 2, "overwrite"),
        ("x = [\n1,\n\n", 2, "TOML"),
        ("x = " + "[" * 9999, None, "nested too deeply"),
        ("x = 1" + "0" * 5000, None, "TOML"),
    ],
)
def test_toml_syntax(text: str, row: int | None, says: str, tmp_path: Path) -> None:
    found = findings(written(tmp_path, spoilt({}) | {T: text}))
    assert (found[0].file, found[0].row, found[0].rule) == (T, row, "syntax")
    assert says in found[0].expected


def test_lines_of_every_way_to_write_toml() -> None:
    text = '''\
# [not.a.header]
"a b".c = """
[neither]
quote \\""" and x = 1""""
list = [  # ]
  { x = "]" },
  { x = '}' },
]
[[q]]
n = 1
[q.inner]
'k.k' = 2
[[q]]
  [[q.b]]
  m = 1
  [[q.b]]
  m = 2
[[q.b.c]]
z = \'\'\'
y = 1\'\'\'
[ last . one ]
'''
    tomllib.loads(text)
    lines = key_lines(text)
    assert lines == {
        ("a b", "c"): 2,
        ("list",): 5,
        ("q", 0): 9,
        ("q", 0, "n"): 10,
        ("q", 0, "inner"): 11,
        ("q", 0, "inner", "k.k"): 12,
        ("q", 1): 13,
        ("q", 1, "b", 0): 14,
        ("q", 1, "b", 0, "m"): 15,
        ("q", 1, "b", 1): 16,
        ("q", 1, "b", 1, "m"): 17,
        ("q", 1, "b", 1, "c", 0): 18,
        ("q", 1, "b", 1, "c", 0, "z"): 19,
        ("last", "one"): 21,
    }
    assert line_of(("list", 1, "x"), lines) == 5
    assert line_of(("nowhere",), lines) is None


def as_json(plan: Plan) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(plan.model_dump_json())
    return content


def test_plan_json_says_the_same(tmp_path: Path) -> None:
    folder = read_plan(written(tmp_path / "plan", spoilt({})))
    content = as_json(folder.plan)
    assert TABLES.keys() < content.keys()
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(dict(reversed(content.items()))), encoding="utf-8-sig")
    assert read_plan(file) == folder


def test_hash_tells_plans_apart(tmp_path: Path) -> None:
    one = read_plan(written(tmp_path / "one", spoilt({})))
    edits = {"calls.csv": ("12,240", "12,241")}
    other = read_plan(written(tmp_path / "other", spoilt(edits)))
    assert one.plan_hash != other.plan_hash
    assert len(one.plan_hash) == 64


def test_json_pointers(tmp_path: Path) -> None:
    content = as_json(read_plan(written(tmp_path / "plan", spoilt({}))).plan)
    content["queues"][0]["service_level"] = 1.5
    content["calendars"]["a/b"] = {"mondy": []}
    content["calls"][1]["calls"] = -1
    content["calls"][1]["spare"] = 1
    content["skills"].append(7)
    content["pins"] = {}
    content["leave"].append(content["leave"][0])
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    assert [str(f) for f in findings(file)] == [
        (
            "plan.json, at /calendars/a~1b/mondy: '[]' - expected a key of this "
            "format; did you mean 'monday'?"
        ),
        "plan.json, at /queues/0/service_level: '1.5' - expected a number < 1",
        "plan.json, at /calls/1/calls: '-1' - expected a number >= 0",
        "plan.json, at /skills/4: '7' - expected a table of keys and values",
        (
            "plan.json, at /leave/2/start: '2026-03-25' - expected leave that does not "
            "overlap the same agent's in /leave/0/start"
        ),
        "plan.json, at /pins: '{}' - expected a list of rows",
    ]


def test_spare_keys_of_rows_are_noted(tmp_path: Path) -> None:
    content = as_json(read_plan(written(tmp_path / "plan", spoilt({}))).plan)
    content["calls"][1]["spare"] = 1
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    assert read_plan(file).notes == ("calls: key 'spare' is not used",)


@pytest.mark.parametrize(
    ("text", "row", "says"),
    [
        ('{"a": 1,\n"b" 2}', 2, "JSON: expecting ':' delimiter"),
        ("[]", None, "a JSON object"),
        ("[" * 100_000, None, "nested less deeply"),
        ('{"format": 1, "format": 1}', None, "'format' is given twice"),
        ('{"a": 1' + "0" * 5000 + "}", None, "JSON"),
        ("\0", None, "text in UTF-8"),
    ],
)
def test_json_syntax(text: str, row: int | None, says: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text(text, encoding="utf-8")
    found = findings(file)[0]
    assert (found.file, found.row) == ("plan.json", row)
    assert says in found.expected
