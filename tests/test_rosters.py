"""Roster files: written, read as people edit them, and added up."""

import datetime as dt
from pathlib import Path

import pytest

from models.errors import PlanError
from models.roster.problem import Kind
from models.roster.result import Activity, Roster, Worked
from scheduler.domain import Plan
from scheduler.reading.finding import Finding
from scheduler.rosters.cells import write_files
from scheduler.rosters.measure import measure
from scheduler.rosters.outlook import outlook
from scheduler.rosters.outlook_files import backlog_text, coverage_text
from scheduler.rosters.reading import read_roster
from scheduler.rosters.writing import activities_text, roster_text
from scheduler.tables.guarded import guarded, plain
from scheduler.translate import Translation, translate

H = 60
DAILY = [
    f"{day}day" for day in ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
]
SHOPS = {day: ["08:00-12:00"] for day in DAILY}


def plan(first_day: str = "2026-03-02") -> Plan:
    """Two agents, two days of four hours: calls from 08:00, one claim a day."""
    first = dt.date.fromisoformat(first_day)
    dates = [first, first + dt.timedelta(days=1)]
    return Plan.of(
        {
            "horizon": {
                "first_day": first_day,
                "days": 2,
                "time_zone": "Europe/London",
                "interval_minutes": 60,
                "grid_minutes": 30,
            },
            "calendars": {"shop": SHOPS},
            "queues": [{"name": "=calls", "calendar": "shop"}],
            "case_types": [
                {
                    "name": "claims",
                    "calendar": "shop",
                    "handle_minutes": 60,
                    "sla": {"within": 1, "unit": "calendar_days"},
                    "minimum_block_minutes": 60,
                }
            ],
            "shift_types": [
                {
                    "name": "day",
                    "starts": ["08:00"],
                    "length_minutes": [240],
                    "breaks": [
                        {
                            "name": "tea",
                            "minutes": 30,
                            "earliest_minutes": 60,
                            "latest_minutes": 180,
                        }
                    ],
                },
                {"name": "night", "starts": ["22:00"], "length_minutes": [240]},
            ],
            "contracts": [
                {
                    "name": "any",
                    "shift_types": ["day", "night"],
                    "max_hours_per_week": 3.5,
                    "max_overtime_hours_per_week": 40,
                }
            ],
            "agents": [
                {"agent_id": "-Ann", "contract": "any"},
                {"agent_id": "Ben", "contract": "any"},
            ],
            "skills": [
                {"agent_id": "-Ann", "skill": "=calls"},
                {"agent_id": "-Ann", "skill": "claims"},
                {"agent_id": "Ben", "skill": "=calls", "speed": 0.5},
                {"agent_id": "Ben", "skill": "claims", "speed": 0.5},
            ],
            "required": [
                {"queue": "=calls", "start": f"{date}T{hour:02}:00", "agents": 1}
                for date in dates
                for hour in range(8, 12)
            ],
            "inflow": [
                {"case_type": "claims", "date": date, "cases": 1} for date in dates
            ],
            "open_cases": [
                {"case_type": "claims", "received": first - dt.timedelta(days=9)},
                {"case_type": "claims", "received": first - dt.timedelta(days=1)},
            ],
            "preferences": [
                {"agent_id": "-Ann", "day": dates[0], "wish": "avoid", "end": "09:00"},
                {"agent_id": "-Ann", "day": dates[1], "wish": "work"},
                {
                    "agent_id": "Ben",
                    "day": dates[0],
                    "wish": "shift_type",
                    "shift_type": "night",
                },
            ],
        }
    )


@pytest.fixture
def translation() -> Translation:
    return translate(plan())


def busy_monday() -> Roster:
    """Both work on Monday from 08:00: Ann on calls, Ben first on cases."""
    start, tea, end = 8 * H, 10 * H, 12 * H
    back = tea + 30
    shifts = tuple(Worked(a, 0, 0, start, end, 210) for a in (0, 1))
    return Roster(
        shifts,
        (
            Activity(0, start, tea, Kind.VOICE, "=calls"),
            Activity(0, tea, back, Kind.BREAK, "tea"),
            Activity(0, back, end, Kind.VOICE, "=calls"),
            Activity(1, start, tea, Kind.CASE, "claims"),
            Activity(1, tea, back, Kind.BREAK, "tea"),
            Activity(1, back, end - 30, Kind.VOICE, "=calls"),
            Activity(1, end - 30, end, Kind.IDLE),
        ),
    )


def folder_with(path: Path, translation: Translation, roster: Roster) -> Path:
    problem, axis = translation.problem, translation.axis
    texts = {"roster.csv": roster_text(problem, axis, roster)}
    if roster.activities is not None:
        texts["activities.csv"] = activities_text(problem, axis, roster)
    write_files(path, texts)
    return path


def read(path: Path, translation: Translation) -> Roster:
    return read_roster(path, translation.problem, translation.axis).roster


def findings(path: Path, translation: Translation) -> list[Finding]:
    with pytest.raises(PlanError) as caught:
        read(path, translation)
    return [found for found in caught.value.problems if isinstance(found, Finding)]


def test_what_is_written_is_read_again(
    tmp_path: Path, translation: Translation
) -> None:
    roster = busy_monday()
    assert read(folder_with(tmp_path, translation, roster), translation) == roster


def test_no_cell_runs_as_a_formula(tmp_path: Path, translation: Translation) -> None:
    folder_with(tmp_path, translation, busy_monday())
    foreseen = outlook(translation, busy_monday())
    for text in (
        (tmp_path / "roster.csv").read_text(),
        (tmp_path / "activities.csv").read_text(),
        coverage_text(translation.axis, foreseen),
        backlog_text(translation.axis, foreseen),
    ):
        for line in text.splitlines():
            assert not any(cell[:1] in "=+-@" for cell in line.split(",") if cell)


@pytest.mark.parametrize("text", ["=1", "+1", "-Ann", "@x", "\tx", "'s", "''", "Ann"])
def test_guarded_text_comes_back(text: str) -> None:
    assert plain(guarded(text)) == text


def test_a_spreadsheet_saved_it(tmp_path: Path, translation: Translation) -> None:
    folder_with(tmp_path, translation, busy_monday())
    for name in ("roster.csv", "activities.csv"):
        text = (tmp_path / name).read_text()
        text = text.replace(",", ";").replace("\n", "\r\n") + ";;;;;\r\n"
        text = text.replace("+00:00", "").replace("agent_id", "Agent_ID", 1)
        (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read(tmp_path, translation) == busy_monday()


def test_spare_columns_are_told_and_missing_pay_is_filled_in(
    tmp_path: Path, translation: Translation
) -> None:
    (tmp_path / "roster.csv").write_text(
        "team,agent_id,date,shift_type,start,end\n"
        "A,Ben,2026-03-02,day,2026-03-02 08:00,2026-03-02T12:00\n"
    )
    found = read_roster(tmp_path, translation.problem, translation.axis)
    assert found.roster == Roster((Worked(1, 0, 0, 480, 720, 210),), None)
    assert found.notes == ("roster.csv: column 'team' is not used",)


def test_every_wrong_cell_is_found(tmp_path: Path, translation: Translation) -> None:
    (tmp_path / "roster.csv").write_text(
        "agent_id,date,shift_type,start,end,paid_minutes\n"
        "Benn,2026-03-02,dya,2026-03-02T08:00,2026-03-02T12:00,210\n"
        "Ben,2026-03-04,day,08:00,2026-03-02T12:00:30,lots\n"
    )
    (tmp_path / "activities.csv").write_text(
        "agent_id,start,end,kind,activity\n"
        "Ben,2026-03-02T08:00,2026-03-02T10:00,cases,claims\n"
    )
    told = [
        (found.file, found.row, found.column, found.value, found.suggestion)
        for found in findings(tmp_path, translation)
    ]
    assert told == [
        ("roster.csv", 2, "agent_id", "Benn", "Ben"),
        ("roster.csv", 2, "shift_type", "dya", "day"),
        ("roster.csv", 3, "date", "2026-03-04", None),
        ("roster.csv", 3, "start", "08:00", None),
        ("roster.csv", 3, "end", "2026-03-02T12:00:30", None),
        ("roster.csv", 3, "paid_minutes", "lots", None),
        ("activities.csv", 2, "kind", "cases", "case"),
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\xff\xfe\x00", "text in UTF-8"),
        (b"", "a column 'agent_id'"),
        (b'agent_id,date\n"Ben,1\n', "quotes in pairs"),
    ],
)
def test_a_file_that_is_no_table(
    content: bytes, expected: str, tmp_path: Path, translation: Translation
) -> None:
    (tmp_path / "roster.csv").write_bytes(content)
    assert expected in findings(tmp_path, translation)[0].expected


def test_a_missing_file(tmp_path: Path, translation: Translation) -> None:
    (found,) = findings(tmp_path, translation)
    assert (found.file, found.expected) == ("roster.csv", "a file")
    (found,) = findings(tmp_path / "nowhere", translation)
    assert found.file.endswith("nowhere")


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.csv": "old"})
    with pytest.raises(UnicodeEncodeError):
        write_files(tmp_path, {"a.csv": "new", "b.csv": "\ud800"})
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert (tmp_path / "a.csv").read_text() == "old"


def test_the_figures_of_a_roster_by_hand(translation: Translation) -> None:
    roster = busy_monday()
    figures = measure(translation, roster, outlook(translation, roster))
    (calls,) = figures.queues
    # Ann is there but for half an hour of tea; Ben's hour counts half, but comes when
    # Ann is back. The second day is without anybody: 4 hours short.
    assert calls.required_hours == 8
    assert calls.rostered_hours == pytest.approx(3.5 + 0.5)
    assert calls.short_hours == pytest.approx(0.5 + 4)
    assert (calls.intervals, calls.intervals_covered) == (8, 3)
    assert calls.service_level is None  # nobody has forecast calls
    assert [day.short_hours for day in figures.days] == [0.5, 4]
    assert [moment.short for moment in figures.worst] == [1, 1, 1]
    assert figures.worst[0].start.isoformat() == "2026-03-03T08:00:00+00:00"
    # Ben's two hours do one claim of an hour: Sunday's, which is due on Monday.
    (claims,) = figures.cases
    assert (claims.opening, claims.inflow) == (2, 2)
    assert claims.completed == pytest.approx(1)
    assert claims.hours_rostered == claims.hours_used == pytest.approx(1)
    assert claims.already_breached == 1
    people = figures.people
    assert (people.agents, people.agents_rostered, people.shifts) == (2, 2, 2)
    # Two days of a week of five have two fifths of its 3.5 h: the rest is overtime.
    assert people.paid_hours == 7
    assert people.overtime_hours == pytest.approx(2 * (3.5 - 1.4))
    assert (people.voice_hours, people.case_hours, people.idle_hours) == (4.5, 2, 0.5)
    # Calls up to their need: 3.5 h; an hour of cases.
    assert people.useful_hours == pytest.approx(3.5 + 1)
    assert people.useful_share == pytest.approx(4.5 / 7)
    # Ann works at the hour to avoid and not on Tuesday, Ben no night.
    assert (people.wishes, people.wishes_missed) == (3, 3)
