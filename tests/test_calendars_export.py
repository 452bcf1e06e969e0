"""Calendars of agents: read back by two libraries, updated, cancelled."""

import datetime as dt
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from models.roster.problem import Kind
from models.roster.result import Activity, Roster, Worked
from scheduler.cli import ExitCode, main
from scheduler.domain import Plan
from scheduler.exports.calendars import calendars
from scheduler.exports.events import Version, made_event, same, text
from scheduler.exports.filenames import safe_names
from scheduler.exports.planned import Planned
from scheduler.rosters.reading import read_roster
from scheduler.translate import Translation, translate
from scheduler.writing import write_plan
from tests.test_cli import Capture, document
from tests.test_rosters import H, busy_monday, folder_with, plan

MADE = dt.datetime(2026, 2, 20, 12, tzinfo=dt.UTC)
LATER = MADE + dt.timedelta(days=1)
Seen = tuple[dt.datetime, dt.datetime, str]


def overnight() -> Roster:
    """Ben works on calls from 22:00 for four hours of the clock that never jumps.

    Where the clock is put back at 02:00 the last half-hour starts at 01:30 and ends at
    01:00.
    """
    start = 22 * H
    stops = [start, start + H, start + 3 * H, start + 3 * H + 30, start + 4 * H]
    kinds = [Kind.VOICE, Kind.CASE, Kind.BREAK, Kind.VOICE]
    names = ["=calls", "claims", "tea", "=calls"]
    shift = Worked(1, 0, 1, start, stops[-1], 240)
    rows = zip(stops, stops[1:], kinds, names, strict=False)
    return Roster((shift,), tuple(Activity(1, *row) for row in rows))


def named(first_day: str = "2026-03-02", name: str = "Week 10") -> Plan:
    return plan(first_day).model_copy(update={"name": name})


def written(
    translation: Translation,
    roster: Roster,
    folder: Path,
    made: dt.datetime = MADE,
    sequence: int = 0,
) -> dict[str, str]:
    """Write a roster's calendars into a folder; return the texts that are new."""
    found = calendars(translation, roster, folder, made, sequence=sequence)
    folder.mkdir(exist_ok=True)
    for file, content in found.texts.items():
        (folder / file).write_bytes(content.encode())
    return found.texts


def events(path: Path) -> dict[str, Event]:
    """Return the events of a calendar by their summary."""
    read = Calendar.from_ical(path.read_bytes())
    found = {str(event["SUMMARY"]): event for event in read.events}
    assert len(found) == len(read.events)
    return found


def by_icalendar(path: Path) -> set[Seen]:
    read = Calendar.from_ical(path.read_bytes())
    return {
        (
            event.start.astimezone(dt.UTC),
            event.end.astimezone(dt.UTC),
            str(event.categories[0]),
        )
        for event in read.events
    }


def by_vobject(path: Path) -> set[Seen]:
    read = vobject.readOne(path.read_bytes().decode())
    return {
        (
            event.dtstart.value.astimezone(dt.UTC),
            event.dtend.value.astimezone(dt.UTC),
            event.categories.value[0],
        )
        for event in read.vevent_list
    }


def expected(translation: Translation, roster: Roster, agent: int) -> set[Seen]:
    moment = translation.axis.moment
    spans = [(w.start, w.end, "shift") for w in roster.worked if w.agent == agent]
    spans += [
        (x.start, x.end, x.kind.value)
        for x in roster.activities or ()
        if x.agent == agent
    ]
    return {
        (moment(s).astimezone(dt.UTC), moment(e).astimezone(dt.UTC), kind)
        for s, e, kind in spans
    }


@pytest.mark.parametrize("first_day", ["2026-03-02", "2026-03-28", "2026-10-24"])
def test_two_libraries_read_every_activity_at_its_instant(
    first_day: str, tmp_path: Path
) -> None:
    translation, roster = translate(plan(first_day)), overnight()
    written(translation, roster, tmp_path)
    path = tmp_path / "Ben.ics"
    told = expected(translation, roster, 1)
    assert len(told) == 5
    assert by_icalendar(path) == by_vobject(path) == told


def test_the_repeated_hour_is_told_in_utc(tmp_path: Path) -> None:
    translation = translate(plan("2026-10-24"))
    written(translation, overnight(), tmp_path)
    content = (tmp_path / "Ben.ics").read_text()
    # From 01:00 to 02:00 the clock shows every time twice: vobject takes 01:00 for the
    # second one, icalendar for the first.
    assert "DTSTART;TZID=Europe/London:20261024T220000\n" in content
    assert "DTSTART:20261025T000000Z\n" in content
    assert "DTSTART:20261025T003000Z\n" in content
    assert content.count("DTEND:20261025T010000Z\n") == 2
    assert "SUMMARY:night 22:00-01:00\n" in content


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kolkata", "America/New_York"])
def test_time_zones_come_with_the_calendar(zone: str, tmp_path: Path) -> None:
    made = plan()
    horizon = made.horizon.model_copy(update={"time_zone": zone})
    translation = translate(made.model_copy(update={"horizon": horizon}))
    written(translation, overnight(), tmp_path)
    path = tmp_path / "Ben.ics"
    read = Calendar.from_ical(path.read_bytes())
    assert read.get_missing_tzids() == set()
    assert by_icalendar(path) == by_vobject(path)
    assert by_icalendar(path) == expected(translation, overnight(), 1)


def test_what_stands_in_a_calendar(tmp_path: Path) -> None:
    written(translate(plan()), busy_monday(), tmp_path)
    path = tmp_path / "Ben.ics"
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")
    read = Calendar.from_ical(path.read_bytes())
    assert read["METHOD"] == "PUBLISH"
    assert read["VERSION"] == "2.0"
    found = events(path)
    assert list(found) == [
        "day 08:00-12:00",
        "Cases: claims",
        "Break: tea",
        "=calls",
        "Nothing planned",
    ]
    shift, *others = found.values()
    assert {event["RELATED-TO"] for event in others} == {shift["UID"]}
    assert shift["DESCRIPTION"] == "3 h 30 min paid"
    assert len({event["UID"] for event in found.values()}) == 5
    for event in found.values():
        assert event["STATUS"] == "CONFIRMED"
        assert event["SEQUENCE"] == 0
        assert event.decoded("DTSTAMP") == MADE


def test_the_same_roster_gives_the_same_bytes(tmp_path: Path) -> None:
    translation = translate(plan())
    one = written(translation, busy_monday(), tmp_path / "one")
    assert one == written(translation, busy_monday(), tmp_path / "other")
    assert len(one) == 2
    assert written(translation, busy_monday(), tmp_path / "one", made=LATER) == {}


def moved(roster: Roster) -> Roster:
    """Ben's tea half an hour later, and no idle time at the end of his shift."""
    tea, back, end = 10 * H + 30, 11 * H, 12 * H
    others = [x for x in roster.activities or () if x.agent == 0]
    own = (
        Activity(1, 8 * H, tea, Kind.CASE, "claims"),
        Activity(1, tea, back, Kind.BREAK, "tea"),
        Activity(1, back, end, Kind.VOICE, "=calls"),
    )
    return Roster(roster.worked, (*others, *own))


def versions(path: Path) -> dict[str, tuple[int, str, bool]]:
    """Return sequence, status and whether it has been stamped anew, by summary."""
    return {
        summary: (
            int(event["SEQUENCE"]),
            str(event["STATUS"]),
            event.decoded("DTSTAMP") == LATER,
        )
        for summary, event in events(path).items()
    }


def test_a_new_version_updates_and_cancels(tmp_path: Path) -> None:
    translation = translate(plan())
    written(translation, busy_monday(), tmp_path)
    uids = {name: e["UID"] for name, e in events(tmp_path / "Ben.ics").items()}
    texts = written(translation, moved(busy_monday()), tmp_path, made=LATER)
    assert list(texts) == ["Ben.ics"]  # Ann's stays as it is
    path = tmp_path / "Ben.ics"
    assert versions(path) == {
        "day 08:00-12:00": (0, "CONFIRMED", False),
        "Cases: claims": (1, "CONFIRMED", True),
        "Break: tea": (1, "CONFIRMED", True),
        "=calls": (1, "CONFIRMED", True),
        "Nothing planned": (1, "CANCELLED", True),
    }
    assert {name: e["UID"] for name, e in events(path).items()} == uids
    assert written(translation, moved(busy_monday()), tmp_path) == {}
    # What was cancelled comes back as its next version, confirmed.
    written(translation, busy_monday(), tmp_path, made=LATER)
    assert versions(path)["Nothing planned"] == (2, "CONFIRMED", True)
    assert versions(path)["day 08:00-12:00"] == (0, "CONFIRMED", False)


def test_everything_of_a_shift_that_is_gone_is_cancelled(tmp_path: Path) -> None:
    translation, roster = translate(plan()), busy_monday()
    written(translation, roster, tmp_path)
    alone = Roster(
        roster.worked[:1], tuple(x for x in roster.activities or () if x.agent == 0)
    )
    found = calendars(translation, alone, tmp_path, LATER)
    assert list(found.texts) == ["Ben.ics"]
    assert found.tallies["Ben"].cancelled == 5
    read = Calendar.from_ical(found.texts["Ben.ics"])
    assert {str(event["STATUS"]) for event in read.events} == {"CANCELLED"}
    assert calendars(translation, alone, tmp_path / "new", LATER).idle == ["Ben"]


def test_the_least_version_may_be_given(tmp_path: Path) -> None:
    translation = translate(plan())
    written(translation, busy_monday(), tmp_path, sequence=3)
    written(translation, moved(busy_monday()), tmp_path, sequence=7)
    found = {name: v[0] for name, v in versions(tmp_path / "Ben.ics").items()}
    assert found["day 08:00-12:00"] == 3
    assert found["Break: tea"] == found["Nothing planned"] == 7


def test_the_next_week_leaves_the_last_one_alone(tmp_path: Path) -> None:
    written(translate(named()), overnight(), tmp_path)
    # The night shift of Tuesday ends on Wednesday, on which the next plan begins.
    tuesday = overnight()
    shift = replace(tuesday.worked[0], day=1, start=46 * H, end=50 * H)
    written(translate(named()), Roster((shift,), None), tmp_path)
    written(translate(named("2026-03-04")), overnight(), tmp_path)
    read = Calendar.from_ical((tmp_path / "Ben.ics").read_bytes())
    dates = [str(event["X-RINGFENCE-DATE"]) for event in read.events]
    assert dates == ["2026-03-02"] * 5 + ["2026-03-03"] + ["2026-03-04"] * 5
    kept = [e for e in read.events if str(e["X-RINGFENCE-DATE"]) == "2026-03-03"]
    assert [str(event["STATUS"]) for event in kept] == ["CONFIRMED"]


@pytest.mark.parametrize(
    ("name", "cancelled"), [("Week 10", True), ("Other team", False)]
)
def test_who_is_not_in_the_plan_any_more(
    name: str, cancelled: bool, tmp_path: Path
) -> None:
    written(translate(named()), busy_monday(), tmp_path)
    made = named(name=name)
    gone = made.model_copy(
        update={
            "agents": made.agents[:1],
            "skills": [s for s in made.skills if s.agent_id == "-Ann"],
            "preferences": [],
        }
    )
    roster = Roster(busy_monday().worked[:1], None)
    found = calendars(translate(gone), roster, tmp_path, LATER)
    assert ("Ben.ics" in found.texts) == cancelled
    told = "Ben.ics stays: 'Ben' is not in the plan"
    assert (told in found.notes) == (not cancelled)


NASTY = 'Ann, "the" boss; O\'Neil\\N\r\nEND:VEVENT\rX:1\x85\x0b\u2028<b>Zoë 日本</b>'


def test_names_cannot_break_out_of_their_line(tmp_path: Path) -> None:
    made = plan()
    agents = [one.model_copy(update={"name": NASTY}) for one in made.agents]
    types = [
        made.shift_types[0].model_copy(update={"name": NASTY}),
        *made.shift_types[1:],
    ]
    contracts = [
        one.model_copy(update={"shift_types": [NASTY, "night"]})
        for one in made.contracts
    ]
    update = {"agents": agents, "shift_types": types, "contracts": contracts}
    translation = translate(made.model_copy(update=update))
    written(translation, busy_monday(), tmp_path)
    path = tmp_path / "Ben.ics"
    lines = path.read_bytes().decode().split("\r\n")
    assert lines.count("END:VEVENT") == 5
    assert not any(c < " " for line in lines for c in line)
    read = Calendar.from_ical(path.read_bytes())
    summary = str(read.events[0]["SUMMARY"])
    assert summary.startswith('Ann, "the" boss; O\'Neil')
    assert summary.endswith("<b>Zoë 日本</b> 08:00-12:00")
    other = vobject.readOne(path.read_bytes().decode())
    assert len(other.vevent_list) == 5
    assert written(translation, busy_monday(), tmp_path, made=LATER) == {}


@given(st.text())
def test_a_text_read_back_is_the_same_event(words: str) -> None:
    start = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
    one = Planned("u", start.date(), start, start + dt.timedelta(1), "shift", words)
    event = made_event(one, Version(0, MADE))
    calendar = Calendar()
    calendar.add_component(event)
    (again,) = Calendar.from_ical(calendar.to_ical()).events
    assert same(event, again)
    assert "\r" not in str(text(words))


def test_file_names_are_safe_and_apart() -> None:
    ids = [
        *("A01", "a/b", "a_b", "a\\b", "../../etc/passwd", ".", "..", "", "con", "NUL"),
        *(
            "Ann",
            "ann",
            "Zoë",
            "Zoe\u0308",
            "日本",
            "x" * 300,
            "a.b",
            "a b",
            "-x",
            "*?",
        ),
        *("\x00", "a\nb", "a_b.3f", "COM1"),
    ]
    names = safe_names(ids)
    assert names["A01"] == "A01"
    assert names["a_b"] == "a_b"
    assert len({name.casefold() for name in names.values()}) == len(ids)
    for name in names.values():
        assert name.isascii()
        assert name.replace(".", "").replace("_", "").replace("-", "").isalnum()
        assert name[0].isalnum()
        assert len(name) < 60
        assert name.split(".")[0].lower() not in ("con", "nul", "com1")


@given(st.lists(st.text(max_size=20), unique=True, max_size=6))
def test_no_two_file_names_are_alike(ids: Sequence[str]) -> None:
    names = [name.casefold() for name in safe_names(ids).values()]
    assert len(set(names)) == len(ids)


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A plan, and a roster of it."""
    made = named()
    write_plan(made, tmp_path / "plan")
    (tmp_path / "roster").mkdir()
    folder = folder_with(tmp_path / "roster", translate(made), busy_monday())
    for path in folder.iterdir():
        os.utime(path, (MADE.timestamp(), MADE.timestamp()))
    return tmp_path / "plan", folder


def test_the_command_writes_a_calendar_for_each_agent(
    folders: tuple[Path, Path], tmp_path: Path, capsys: Capture
) -> None:
    made, folder = folders
    out = tmp_path / "out"
    words = ["calendars", str(made), str(folder), "--out", str(out)]
    assert main([*words, "--json"]) == 0
    told = document(capsys)
    assert told["events"] == {"new": 9, "changed": 0, "same": 0, "cancelled": 0}
    ben, ann = (out / file for file in ("Ben.ics", "x"))
    rows = told["calendars"]
    assert isinstance(rows, list)
    assert [row["agent_id"] for row in rows] == ["-Ann", "Ben"]
    ann = out / rows[0]["file"]
    assert {path.name for path in out.iterdir()} == {ben.name, ann.name}
    assert events(ben)["Break: tea"].decoded("DTSTAMP") == MADE
    read = read_roster(folder, translate(named()).problem, translate(named()).axis)
    for agent, path in enumerate((ann, ben)):
        assert by_icalendar(path) == expected(translate(named()), read.roster, agent)
    assert main([*words, "--shifts-only"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "2 calendars written" in said
    assert "0 new, 7 cancelled, 2 as they were" in said
    assert main(words) == 0
    assert "0 new, 7 changed, 2 as they were" in capsys.readouterr().out


def test_only_shifts_are_known(
    folders: tuple[Path, Path], tmp_path: Path, capsys: Capture
) -> None:
    made, folder = folders
    (folder / "activities.csv").unlink()
    out = tmp_path / "out"
    assert main(["calendars", str(made), str(folder), "--out", str(out)]) == 0
    assert "only shifts: there is no activities.csv" in capsys.readouterr().err
    assert list(events(out / "Ben.ics")) == ["day 08:00-12:00"]


@pytest.mark.parametrize(
    "content", [b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", b"\xff", b"", "broken"]
)
def test_a_file_of_somebody_else_is_never_written_over(
    content: bytes | str,
    folders: tuple[Path, Path],
    tmp_path: Path,
    capsys: Capture,
) -> None:
    made, folder = folders
    out = tmp_path / "out"
    words = ["calendars", str(made), str(folder), "--out", str(out)]
    if isinstance(content, str):  # one of ours that somebody has cut
        assert main(words) == 0
        text_then = (out / "Ben.ics").read_bytes()
        content = text_then.replace(b"X-RINGFENCE-DATE", b"X-DATE", 1)
    out.mkdir(exist_ok=True)
    (out / "Ben.ics").write_bytes(content)
    (out / "strange.ics").write_bytes(b"\xff")
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    capsys.readouterr()
    assert main(words) == ExitCode.BAD_INPUT
    assert f"{out / 'Ben.ics'}: expected a calendar that" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
