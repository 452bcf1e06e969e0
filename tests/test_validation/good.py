"""A plan with something of everything and no error, to be spoilt one edit at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from models.errors import PlanError
from scheduler.reading import Finding, read_plan

TOML = """\
format = 1
public_holidays = [2026-04-03]

[horizon]
first_day = 2026-03-23
days = 14
time_zone = "Europe/London"
interval_minutes = 30
grid_minutes = 15

[calendars.office]
monday = ["08:00-18:00"]
tuesday = ["08:00-18:00"]
closed = [2026-04-03]
[calendars.office.dates]
"2026-03-28" = ["09:00-12:00"]

[[queues]]
name = "calls"
calendar = "office"

[[queues]]
name = "chats"
skill = "chat"

[[case_types]]
name = "claims"
calendar = "office"
handle_minutes = 20
sla = { within = 2, unit = "business_days", calendar = "office" }
maximum_block_minutes = 120

[[case_types]]
name = "letters"
handle_minutes = 10
sla = { within = 4, unit = "hours" }
blend = "dedicated"

[[shift_types]]
name = "early"
starts = ["07:00-09:00/30"]
length_minutes = [480, 360]
minutes_between_breaks = 60

[[shift_types.breaks]]
name = "coffee"
minutes = 15
paid = true
earliest_minutes = 60
latest_minutes = 120

[[shift_types.breaks]]
name = "lunch"
minutes = 30
earliest_minutes = 180
latest_minutes = 240

[[shift_types]]
name = "night"
starts = ["22:00"]
length_minutes = [480]
weekdays = ["monday", "tuesday", "wednesday"]

[[contracts]]
name = "full"
shift_types = ["early"]
min_hours_per_week = 37.5
max_hours_per_week = 37.5
min_days_per_week = 5
public_holiday_hours = 7.5

[[contracts]]
name = "part"
shift_types = ["early", "night"]
max_hours_per_week = 20

[changes]
now = 2026-03-23T12:00:00
"""

GOOD = {
    "plan.toml": TOML,
    "agents.csv": "agent_id,contract,team,roles\na1,full,North,first-aider\n"
    "a2,part,North,\na3,part,South,\n",
    "skills.csv": "agent_id,skill,speed\na1,calls,1\na1,claims,0.8\na2,chat,\n"
    "a3,letters,\n",
    "calls.csv": "queue,start,calls,handle_seconds\n"
    "calls,2026-03-23T08:00,10,240\ncalls,2026-03-23T08:30,12,240\n",
    "required.csv": "queue,start,agents\nchats,2026-03-23T08:00,1.5\n",
    "inflow.csv": "case_type,date,cases\nclaims,2026-03-23,8\nclaims,2026-03-24,9\n",
    "backlog_ages.csv": "case_type,from_days,to_days,cases\nclaims,3,5,7\n",
    "open_cases.csv": "case_type,received,cases,due\nclaims,2026-03-20,7,\n"
    "claims,2026-03-20T11:00,,2026-03-20\n",
    "availability.csv": "agent_id,day,start,end,available\na1,monday,06:00,20:00,no\n"
    "a1,2026-03-30,,,yes\na1,monday,,,yes\na1,tuesday,,,\na1,wednesday,,,\n"
    "a1,thursday,,,\na1,friday,,,\na1,saturday,,,\n",
    "leave.csv": "agent_id,start,end,credited_hours\na1,2026-03-25,2026-03-26,15\n"
    "a2,2026-03-24T08:00,2026-03-24T12:00,\n",
    "meetings.csv": "agent_id,name,minutes,start,earliest,latest\n"
    "a2,1:1,30,2026-03-25T09:00,,\na2,team,60,,2026-03-26,2026-03-26T12:00\n",
    "history.csv": "agent_id,start,end,paid_minutes,activity,shift_type\n"
    "a2,2026-03-22T20:00,2026-03-23T02:00,360,calls,night\n",
    "pins.csv": "agent_id,date,pin,shift_type,start,length_minutes,activity,end\n"
    "a2,2026-03-27,shift,early,08:00,480,,\na2,2026-03-28,off,,,,,\n"
    "a2,2026-03-30,shift,night,22:00,,,\na1,2026-03-24,activity,,09:00,,claims,10:00\n",
    "preferences.csv": "agent_id,day,wish,start,end,shift_type,weight\n"
    "a2,friday,avoid,18:00,02:00,,2\na2,monday,work,,,,\na2,tuesday,shift_type,,,early,\n",
    "wish_history.csv": "agent_id,date,granted\na1,2026-03-20,no\n",
    "rule_book.csv": "rule,contract,agent_id,level,min,max,per,percent,shift_types,"
    "then,hours,start,end,turn,turns\n"
    "weekly_rest,,,,,,,,,,35,,,,\n"
    "nights,part,,preferred,,2,14 days,,,,,,,,\n"
    "successions,,a2,,,,,,night,early,,,,,\n"
    "case_share,,a1,,,4,day,20,,,,,,,\n"
    "rotation,part,,off,,,,,early,,,,,1,2\n",
    "headcount.csv": "day,shift_type,start,agents\nmonday,early,08:00,1\n",
    "floor_mix.csv": "day,start,end,role,skill,agents\n"
    "monday,09:00,12:00,first-aider,,1\n,09:00,10:00,,letters,1\n",
    "pairs.csv": "rule,agent_id,other_id,team,level\n"
    "apart,a1,a3,,\nsame_hours,,,North,preferred\n",
    "published.csv": "agent_id,date,shift_type,start,end\n"
    "a1,2026-03-23,early,2026-03-23T08:00,2026-03-23T16:00\n",
    "published_activities.csv": "agent_id,start,end,kind,activity\n"
    "a1,2026-03-23T08:00,2026-03-23T10:00,case,claims\n"
    "a1,2026-03-23T10:00,2026-03-23T10:15,break,coffee\n"
    "a1,2026-03-23T10:15,2026-03-23T12:00,idle,\n",
}

Edits = Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Bad:
    """A good plan with a few replacements, and the one finding that they give."""

    rule: str
    edits: Edits
    file: str
    row: int | None
    column: str | None
    value: str | None
    suggestion: str | None = None
    says: str = ""

    def __str__(self) -> str:
        return f"{self.rule}-{self.column}"


def bad(
    rule: str,
    file: str,
    old: str,
    new: str,
    place: tuple[int | None, str | None, str | None],
    *,
    at: str | None = None,
    suggestion: str | None = None,
    says: str = "",
) -> Bad:
    """Return a plan with one replacement; ``place`` is row, column and value."""
    return Bad(rule, {file: (old, new)}, at or file, *place, suggestion, says)


def spoilt(edits: Edits) -> dict[str, str]:
    """Return the good plan with replacements, each of which must replace something."""
    files = dict(GOOD)
    for file, (old, new) in edits.items():
        assert old in files[file], f"{old!r} is not in {file}"
        files[file] = files[file].replace(old, new, 1)
    return files


def written(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files to a folder and return it."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def findings(path: Path) -> list[Finding]:
    """Return what is wrong with a plan."""
    with pytest.raises(PlanError) as caught:
        read_plan(path)
    found = [each for each in caught.value.problems if isinstance(each, Finding)]
    assert len(found) == len(caught.value.problems)
    return found


def assert_only(case: Bad, folder: Path) -> None:
    """Assert that a spoilt plan gives exactly the finding that it should."""
    found = findings(written(folder, spoilt(case.edits)))
    assert [
        (f.rule, f.file, f.row, f.column, f.value, f.suggestion) for f in found
    ] == [(case.rule, case.file, case.row, case.column, case.value, case.suggestion)], (
        "\n".join(map(str, found))
    )
    assert case.says in str(found[0])
