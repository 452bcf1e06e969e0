"""Roster files on days with a clock change."""

from pathlib import Path

import pytest

from models.roster.problem import Kind
from models.roster.result import Activity, Roster, Worked
from scheduler.translate import translate
from tests.test_rosters import H, findings, folder_with, plan, read

TWICE = (
    "a UTC offset, because the clock is put back and this moment occurs twice: "
    "2026-10-25T01:30+01:00 and 2026-10-25T01:30+00:00"
)
NEVER = "a moment that exists: the clock is put forward over this one"


@pytest.mark.parametrize(
    ("date", "expected"), [("2026-10-25", TWICE), ("2026-03-29", NEVER)]
)
def test_a_moment_that_a_clock_change_repeats_or_skips(
    date: str, expected: str, tmp_path: Path
) -> None:
    translation = translate(plan(date))
    (tmp_path / "roster.csv").write_text(
        "agent_id,date,shift_type,start,end\n"
        f"Ben,{date},day,{date}T01:30,{date}T05:30\n"
    )
    (tmp_path / "activities.csv").write_text(
        "agent_id,start,end,kind,activity\n"
        f"Ben,{date}T00:30,{date}T01:30,idle,\n"
        f"Ben,{date}T01:30+00:00,{date}T05:30,idle,\n"
    )
    told = [
        (f.file, f.row, f.column, f.expected) for f in findings(tmp_path, translation)
    ]
    assert told == [
        ("roster.csv", 2, "start", expected),
        ("activities.csv", 2, "end", expected),
    ]


def test_the_repeated_hour_has_two_offsets(tmp_path: Path) -> None:
    # The clocks go back at 02:00 on 25 October: the night shift of four hours from
    # 22:00 ends at 01:00, and the second 01:00 is told apart from the first.
    translation = translate(plan("2026-10-24"))
    start = 22 * H
    shift = Worked(0, 0, 1, start, start + 4 * H, 240)
    roster = Roster((shift,), (Activity(0, start, start + 4 * H, Kind.IDLE),))
    folder_with(tmp_path, translation, roster)
    text = (tmp_path / "roster.csv").read_text()
    assert "2026-10-24T22:00+01:00,2026-10-25T01:00+00:00,240" in text
    assert read(tmp_path, translation) == roster
