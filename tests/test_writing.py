"""What is written is read back the same, and reads well."""

import datetime as dt
from pathlib import Path

import pytest

from scheduler.domain import Plan
from scheduler.reading import read_plan
from scheduler.writing import settings_text, table_text, write_plan

SMALL = {
    "horizon": {"first_day": "2026-03-02"},
    "shift_types": [{"name": "day", "starts": ["08:00"], "length_minutes": [480]}],
    "contracts": [{"name": "full", "shift_types": ["day"], "max_hours_per_week": 40}],
    "queues": [{"name": "phones"}],
    "required": [{"queue": "phones", "start": "2026-03-02T09:00", "agents": 1}],
    "agents": [{"agent_id": "A1", "contract": "full"}],
    "skills": [{"agent_id": "A1", "skill": "phones"}],
}

EVERYTHING = {
    "name": 'Über "alles", week 10',
    "horizon": {
        "first_day": "2026-03-02",
        "days": 28,
        "time_zone": "Europe/London",
        "interval_minutes": 15,
        "grid_minutes": 5,
        "week_starts": "sunday",
    },
    "pooling": "none",
    "public_holidays": ["2026-03-17"],
    "calendars": {
        "loan desk": {
            "monday": ["08:00-12:00", "13:00-24:00"],
            "sunday": ["22:00-06:00"],
            "closed": ["2026-03-17"],
            "dates": {"2026-03-18": ["10:00-14:00"], "2026-03-19": []},
        },
        "mondays": {"monday": ["00:00-24:00"]},
    },
    "queues": [
        {"name": "phones", "calendar": "loan desk", "patience_seconds": 90.5},
        {"name": "chat, e-mail", "skill": "typing", "service_level": 0.9},
    ],
    "case_types": [
        {
            "name": "loans",
            "handle_minutes": 24.25,
            "sla": {"within": 16, "unit": "business_hours", "calendar": "mondays"},
            "blend": "dedicated",
        }
    ],
    "shift_types": [
        {
            "name": "day",
            "starts": ["07:00-10:00/30", "12:00"],
            "length_minutes": [480, 540],
            "weekdays": ["monday", "saturday"],
            "breaks": [
                {
                    "name": "lunch",
                    "minutes": 30,
                    "paid": True,
                    "earliest_minutes": 200,
                    "latest_minutes": 300,
                },
                {
                    "name": "tea",
                    "minutes": 15,
                    "earliest_minutes": 360,
                    "latest_minutes": 400,
                },
            ],
        }
    ],
    "contracts": [
        {
            "name": "full",
            "shift_types": ["day"],
            "max_hours_per_week": 37.5,
            "max_days_in_a_row": 5,
        }
    ],
    "rules": {"shortest_voice_run_minutes": 45},
    "weights": {"preference": 2, "idle_hour": 0.125},
    "calls": [
        {
            "queue": "phones",
            "start": "2026-03-29T01:30+01:00",
            "calls": 0.1,
            "handle_seconds": 200,
        }
    ],
    "required": [{"queue": "chat, e-mail", "start": "2026-03-02T08:15", "agents": 2.5}],
    "inflow": [{"case_type": "loans", "date": "2026-03-02", "cases": 7}],
    "open_cases": [
        {"case_type": "loans", "received": "2026-02-27", "cases": 12},
        {"case_type": "loans", "received": "2026-02-27T08:15:30", "case_id": "X, 1"},
        {"case_type": "loans", "received": "2026-02-28", "due": "2026-03-03T12:00"},
    ],
    "agents": [
        {"agent_id": "1", "name": 'Zoë "Z" Šimić', "contract": "full"},
        {"agent_id": "2", "team": "north", "contract": "full"},
    ],
    "skills": [{"agent_id": "1", "skill": "loans", "speed": 0.8}],
    "availability": [
        {"agent_id": "1", "day": "monday", "start": "08:00"},
        {"agent_id": "1", "day": "2026-03-04", "end": "06:00", "available": False},
    ],
    "leave": [
        {"agent_id": "1", "start": "2026-03-02", "end": "2026-03-03"},
        {
            "agent_id": "1",
            "start": "2026-03-04T08:00",
            "end": "2026-03-04T12:00",
            "credited_hours": 3.75,
        },
    ],
    "meetings": [
        {"agent_id": "1", "name": "1:1", "minutes": 30, "latest": "2026-03-06"},
        {
            "agent_id": "2",
            "name": "team",
            "minutes": 60,
            "start": "2026-03-05T10:00",
        },
    ],
    "history": [
        {"agent_id": "1", "start": "2026-03-01T22:00", "end": "2026-03-02T06:00"}
    ],
    "pins": [
        {"agent_id": "1", "date": "2026-03-05", "pin": "off"},
        {
            "agent_id": "2",
            "date": "2026-03-09",
            "pin": "shift",
            "shift_type": "day",
            "start": "07:30",
            "length_minutes": 480,
        },
    ],
    "preferences": [
        {"agent_id": "1", "day": "friday", "wish": "avoid", "start": "18:00"},
        {"agent_id": "2", "day": "2026-03-06", "wish": "work", "weight": 2.5},
    ],
}


@pytest.mark.parametrize("content", [SMALL, EVERYTHING], ids=["small", "everything"])
def test_what_is_written_is_read_back_the_same(
    content: dict[str, object], tmp_path: Path
) -> None:
    plan = Plan.of(content)
    write_plan(plan, tmp_path / "new" / "plan")
    assert read_plan(tmp_path / "new" / "plan").plan == plan


def test_settings_leave_defaults_out_and_say_what_a_section_is() -> None:
    text = settings_text(Plan.of(SMALL))
    assert "# Which days are rostered, and on which grid.\n[horizon]\n" in text
    assert "first_day = 2026-03-02\ndays = 7\n" in text
    assert "max_hours_per_week = 40\n" in text
    assert "weights" not in text and "min_rest_hours" not in text


def test_tables_hold_the_columns_that_are_used() -> None:
    plan = Plan.of(EVERYTHING)
    assert table_text(plan.pins) == (
        "agent_id,date,pin,shift_type,start,length_minutes\n"
        "1,2026-03-05,off,,,\n"
        "2,2026-03-09,shift,day,07:30,480\n"
    )
    assert table_text(plan.open_cases).splitlines() == [
        "case_type,received,cases,due,case_id",
        "loans,2026-02-27,12,,",
        'loans,2026-02-27T08:15:30,1,,"X, 1"',
        "loans,2026-02-28,1,2026-03-03T12:00,",
    ]
    assert table_text(plan.availability).splitlines() == [
        "agent_id,day,start,end,available",
        "1,monday,08:00,24:00,yes",
        "1,2026-03-04,00:00,06:00,no",
    ]


def test_an_earlier_plan_leaves_no_table_behind(tmp_path: Path) -> None:
    write_plan(Plan.of(EVERYTHING), tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    write_plan(Plan.of(SMALL), tmp_path)
    left = " ".join(sorted(path.name for path in tmp_path.iterdir()))
    assert left == "agents.csv notes.txt plan.toml required.csv skills.csv"


def test_numbers_and_moments_keep_every_digit() -> None:
    row = Plan.of(
        SMALL
        | {
            "calls": [
                {
                    "queue": "q",
                    "start": dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC),
                    "calls": 1 / 3,
                    "handle_seconds": 1e3,
                }
            ]
        }
    ).calls
    assert table_text(row).endswith(
        "q,2026-03-02T08:00+00:00,0.3333333333333333,1000\n"
    )
