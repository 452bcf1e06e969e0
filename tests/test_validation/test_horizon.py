"""Time zone, grid, clock changes, calendars and demand per interval."""

from pathlib import Path

import pytest

from scheduler.reading import read_plan
from tests.test_validation.good import Bad, assert_only, bad, findings, spoilt, written

T = "plan.toml"

CASES = [
    bad("first_day", T, "2026-03-23", "2260-03-23",
        (5, "horizon.first_day", "2260-03-23"), says="1970 to 2199"),
    bad("time_zone", T, "Europe/London", "Europe/Londn",
        (7, "horizon.time_zone", "Europe/Londn"), suggestion="Europe/London"),
    bad("grid", T, "grid_minutes = 15", "grid_minutes = 20",
        (9, "horizon.grid_minutes", "20"), says="interval_minutes = 30"),
    bad("closed_or_open", T, "closed = [2026-04-03]",
        "closed = [2026-04-03, 2026-03-28]",
        (14, "calendars.office.closed.2", "2026-03-28"), says="line 16"),
    bad("moments", "calls.csv", "calls,2026-03-23T08:30", "calls,2026-03-29T01:30",
        (3, "start", "2026-03-29T01:30"), says="the clock is put forward"),
    bad("moments", "open_cases.csv", "2026-03-20T11:00", "2025-10-26T01:30",
        (3, "received", "2025-10-26T01:30"),
        says="2025-10-26T01:30+01:00 and 2025-10-26T01:30+00:00"),
    bad("demand_in_horizon", "calls.csv", "2026-03-23T08:30", "2026-03-22T23:30",
        (3, "start", "2026-03-22T23:30"), says="from 2026-03-23 to 2026-04-07"),
    bad("demand_in_horizon", "required.csv", "2026-03-23T08:00", "2026-04-08T00:00",
        (2, "start", "2026-04-08T00:00")),
    bad("demand_on_intervals", "calls.csv", "2026-03-23T08:30", "2026-03-23T08:15",
        (3, "start", "2026-03-23T08:15"), says="30 minutes"),
    bad("demand_on_intervals", "required.csv", "23T08:00", "23T08:00:30",
        (2, "start", "2026-03-23T08:00:30")),
    bad("one_row_per_interval", "calls.csv", "12,240\n",
        "12,240\ncalls,2026-03-23 08:00,1,240\n",
        (4, "start", "2026-03-23 08:00"), says="there is one in line 2"),
    bad("one_row_per_interval", "required.csv", "1.5\n",
        "1.5\nchats,2026-03-23T08:00+00:00,1\n",
        (3, "start", "2026-03-23T08:00+00:00"), says="there is one in line 2"),
    bad("queues_have_demand", "required.csv", "chats,2026-03-23T08:00,1.5\n", "",
        (23, "queues.chats.name", "chats"), at=T, says="required.csv"),
    bad("voice_run_in_shift", T, "[horizon]",
        "[rules]\nshortest_voice_run_minutes = 485\n\n[horizon]",
        (5, "rules.shortest_voice_run_minutes", "485"), says="at most 480 minutes"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_horizon(case: Bad, tmp_path: Path) -> None:
    assert_only(case, tmp_path)


def test_interval_divides_an_hour(tmp_path: Path) -> None:
    toml = spoilt({T: ("interval_minutes = 30\ngrid_minutes = 15", "days_ = 1")})[T]
    toml = toml.replace("days_ = 1", "interval_minutes = 12")
    found = findings(written(tmp_path, spoilt({}) | {T: toml}))
    assert [(f.rule, f.row, f.value) for f in found] == [("interval", 8, "12")]


@pytest.mark.parametrize("name", ["Europe", "../x", "/etc/passwd", "UTC0 "])
def test_what_is_no_time_zone(name: str, tmp_path: Path) -> None:
    files = spoilt({T: ("Europe/London", name)})
    assert [f.rule for f in findings(written(tmp_path, files))] == ["time_zone"]


def test_a_day_that_does_not_fit_the_intervals(tmp_path: Path) -> None:
    # Lord Howe Island puts its clock back by half an hour on 2026-04-05.
    toml = spoilt({T: ('"Europe/London"', '"Australia/Lord_Howe"')})[T]
    toml = toml.replace("interval_minutes = 30", "interval_minutes = 60")
    files = spoilt({"calls.csv": ("calls,2026-03-23T08:30,12,240\n", "")}) | {T: toml}
    (found,) = findings(written(tmp_path, files))
    assert (found.rule, found.row, found.value) == ("clock_changes", 8, "60")
    assert "24.5 hours" in found.expected and "2026-04-05" in found.expected


@pytest.mark.parametrize(
    "start", ["2026-03-23T00:00", "2026-04-07T23:30", "2026-03-29T02:30"]
)
def test_demand_at_the_edges(start: str, tmp_path: Path) -> None:
    files = spoilt({"calls.csv": ("2026-03-23T08:30", start)})
    assert read_plan(written(tmp_path, files)).plan.calls


def test_repeated_hour_with_offset_is_right(tmp_path: Path) -> None:
    edit = ("2026-03-20T11:00", "2025-10-26T01:30+01:00")
    assert read_plan(written(tmp_path, spoilt({"open_cases.csv": edit})))


def test_queue_may_live_of_minimum_agents(tmp_path: Path) -> None:
    files = spoilt(
        {
            T: ('skill = "chat"', ('skill = "chat"\ncalendar = "office"\n'
                "minimum_agents = 1")),
            "required.csv": ("chats,2026-03-23T08:00,1.5\n", ""),
        }
    )  # fmt: skip
    assert read_plan(written(tmp_path, files))
