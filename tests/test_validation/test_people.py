"""Absence, pins, preferences, and contracts that an agent cannot fulfil."""

from pathlib import Path

import pytest

from scheduler.reading import read_plan
from tests.test_validation.good import Bad, assert_only, bad, findings, spoilt, written

UNFIT = "contract_can_be_fulfilled"

CASES = [
    bad("leave_runs_forwards", "leave.csv", "24T12:00", "24T07:00",
        (3, "end", "2026-03-24T07:00")),
    bad("leave_apart", "leave.csv", "a2,2026-03-24T08:00,2026-03-24T12:00,\n",
        "a2,2026-03-24T08:00,2026-03-24T12:00,\na2,2026-03-23,2026-03-24,\n",
        (3, "start", "2026-03-24T08:00"), says="the same agent's in line 4"),
    bad("meeting_minutes", "meetings.csv", "1:1,30", "1:1,20", (2, "minutes", "20")),
    bad("meeting_in_shift", "meetings.csv", "team,60", "team,495",
        (3, "minutes", "495"), says="480 minutes"),
    bad("meeting_fixed_or_floating", "meetings.csv", "09:00,,", "09:00,,2026-03-25",
        (2, "latest", "2026-03-25")),
    bad("meeting_start", "meetings.csv", "25T09:00", "25T09:10",
        (2, "start", "2026-03-25T09:10"), says="grid of 15"),
    bad("meeting_start", "meetings.csv", "2026-03-25T09:00", "2026-04-05T23:45",
        (2, "start", "2026-04-05T23:45"), says="to 2026-04-05"),
    bad("meeting_window", "meetings.csv", "2026-03-26,2026-03-26T12:00",
        "2026-03-26T11:10,2026-03-26T12:00", (3, "latest", "2026-03-26T12:00"),
        says="holds 60 minutes"),
    bad("meeting_window", "meetings.csv", "2026-03-26,2026-03-26T12:00", "2026-04-06,",
        (3, "earliest", "2026-04-06")),
    bad("meeting_apart_from_leave", "meetings.csv", "2026-03-25T09:00",
        "2026-03-24T11:45", (2, "start", "2026-03-24T11:45"), says="leave.csv, line 3"),
    bad("meetings_apart", "meetings.csv", "a2,team,60,,2026-03-26,2026-03-26T12:00",
        "a2,team,60,2026-03-25T09:15,,", (3, "start", "2026-03-25T09:15"),
        says="line 2"),
    bad("history_before_start", "history.csv", "2026-03-22T20:00,2026-03-23T02:00,360",
        "2026-03-23T00:00,2026-03-23T02:00,",
        (2, "start", "2026-03-23T00:00")),
    bad("history_runs_forwards", "history.csv", "23T02:00,360", "22T19:00,0",
        (2, "end", "2026-03-22T19:00")),
    bad("history_paid", "history.csv", "360", "361", (2, "paid_minutes", "361")),
    bad("history_apart", "history.csv", "calls,night\n",
        "calls,night\na2,2026-03-22T12:00,2026-03-22T20:30,,,\n",
        (2, "start", "2026-03-22T20:00"), says="line 3"),
    bad("pins_in_horizon", "pins.csv", "2026-03-28", "2026-04-06",
        (3, "date", "2026-04-06")),
    bad("one_pin_per_day", "pins.csv", "2026-03-28", "2026-03-27",
        (3, "date", "2026-03-27"), says="line 2"),
    bad("pin_columns", "pins.csv", "off,,", "off,early,", (3, "shift_type", "early")),
    bad("pin_columns", "pins.csv", "shift,early,08:00", "shift,early,",
        (2, "start", "")),
    bad("pinned_start", "pins.csv", "08:00", "08:15", (2, "start", "08:15"),
        says="07:00-09:00/30"),
    bad("pinned_start", "pins.csv", "2026-03-30", "2026-04-04",
        (4, "date", "2026-04-04"), says="monday, tuesday, wednesday"),
    bad("pinned_length", "pins.csv", "480", "420", (2, "length_minutes", "420"),
        says="480, 360"),
    bad("pinned_length", "pins.csv", "480", "", (2, "length_minutes", "")),
    bad("pinned_in_contract", "pins.csv", "a2,2026-03-30", "a1,2026-03-30",
        (4, "shift_type", "night"), says="contract 'full': early"),
    bad("pinned_apart_from_leave", "pins.csv", "2026-03-27", "2026-03-24",
        (2, "date", "2026-03-24"), says="leave.csv, line 3"),
    bad("wish_columns", "preferences.csv", ",,,early", ",,,", (4, "shift_type", "")),
    bad("wish_columns", "preferences.csv", "02:00,,2", "02:00,early,2",
        (2, "shift_type", "early")),
    bad("wish_columns", "preferences.csv", "work,,", "work,08:00,",
        (3, "start", "08:00"), says="times are for avoid"),
    bad("starts_before_midnight", "availability.csv", "a1,monday,06:00,",
        "a1,monday,24:00,", (2, "start", "24:00")),
    bad(UNFIT, "availability.csv", "a1,saturday,,,\n", "",
        (2, "contract", "full"), at="agents.csv",
        says="the week of 2026-03-23 asks for 3 days and shifts fit on 2"),
    bad(UNFIT, "leave.csv", "2026-03-26,15", "2026-03-26,14", (2, "contract", "full"),
        at="agents.csv", says="asks for 23.5 hours and shifts fit for 22.5 hours"),
    bad(UNFIT, "leave.csv", "2026-03-26,15", "2026-03-26,",
        (2, "contract", "full"), at="agents.csv", says="asks for 5 days"),
    bad(UNFIT, "pins.csv", "a2,2026-03-28,off", "a1,2026-03-28,off",
        (2, "contract", "full"), at="agents.csv", says="shifts fit on 2"),
    bad(UNFIT, "leave.csv", "2026-03-26,15", "2026-03-26,30", (2, "contract", "full"),
        at="agents.csv", says="allows 7.5 hours and the shortest shifts on 3 days "
        "take 16.5 hours"),
    bad("pin_columns", "pins.csv", "09:00,,claims,10:00", "09:00,,claims,",
        (5, "end", ""), says="an activity is pinned"),
    bad("pinned_activity", "pins.csv", "claims,10:00", "claim,10:00",
        (5, "activity", "claim"), suggestion="claims"),
    bad("pinned_activity", "pins.csv", "claims,10:00", "letters,10:00",
        (5, "activity", "letters"), says="skill"),
    bad("pinned_activity", "pins.csv", "claims,10:00", "claims,10:10",
        (5, "end", "10:10"), says="grid of 15"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_people(case: Bad, tmp_path: Path) -> None:
    assert_only(case, tmp_path)


def test_week_of_leave_is_normal(tmp_path: Path) -> None:
    edit = ("2026-03-25,2026-03-26,15", "2026-03-23,2026-03-29,37.5")
    assert read_plan(written(tmp_path, spoilt({"leave.csv": edit})))


def test_what_is_no_error_is_noted(tmp_path: Path) -> None:
    files = spoilt(
        {
            "leave.csv": ("a2,2026-03-24T08:00,2026-03-24T12:00", ("a2,2026-01-05,"
                          "2026-01-09")),
            "preferences.csv": ("a2,friday", "a2,2026-04-06"),
            "skills.csv": ("a2,chat,\n", ""),
            "plan.toml": (
                "[[queues]]\nname = \"calls\"",
                "[calendars.desk]\nmonday = [\"08:00-23:59\"]\n\n"
                "[[queues]]\nname = \"calls\"",
            ),
        }
    )  # fmt: skip
    notes = read_plan(written(tmp_path, files)).notes
    assert notes == (
        "leave: 1 rows outside the horizon change nothing",
        "preferences: 1 rows for dates outside the horizon",
        "skills: agents without any skill can do no work: a2",
        "skills: nobody has chat",
        (
            "calendars: hours off the grid of 15 minutes are worked from the first to "
            "the last time on it (midnight is 24:00): desk"
        ),
    )


def test_the_european_set_asks_for_a_break(tmp_path: Path) -> None:
    sets = ("format = 1\n", 'format = 1\nrules = "eu-working-time"\n')
    notes = read_plan(written(tmp_path, spoilt({"plan.toml": sets}))).notes
    assert notes == (
        "shift_types: eu-working-time asks for a break in shifts of more than 6 hours, "
        "there is none in night",
    )


def test_weeks_that_fail_are_counted(tmp_path: Path) -> None:
    files = spoilt({"plan.toml": ("min_days_per_week = 5", "min_days_per_week = 0")})
    files["availability.csv"] = "agent_id,day\na1,monday\n"
    (found,) = findings(written(tmp_path, files))
    assert found.rule == UNFIT and found.expected.endswith("likewise 1 more weeks")


def test_what_is_wrong_with_a_contract_is_told_once(tmp_path: Path) -> None:
    """Three more agents of the contract, all without the days that it asks for."""
    more = "".join(f"b{n},full,North,\n" for n in (1, 2, 3))
    files = spoilt({})
    files["agents.csv"] += more
    files["availability.csv"] = "agent_id,day\n" + "".join(
        f"b{n},{day}\n" for n in (1, 2, 3) for day in ("monday", "tuesday")
    )
    told = [x for x in findings(written(tmp_path, files)) if x.rule == UNFIT]
    assert [x.expected.partition("; ")[2] for x in told][-1:] == [
        "likewise 1 more weeks; likewise b2, b3"
    ]
    assert sum("'b" in x.expected for x in told) == 1
