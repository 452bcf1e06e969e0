"""The command that tells what changes from one roster to another."""

import datetime as dt
import json
import shutil
from importlib import import_module
from inspect import unwrap
from pathlib import Path
from typing import Any

import pytest

from models.roster.check.reading import remembered_of_both
from models.roster.problem import Kind, RosterProblem
from models.roster.result import Activity, Roster, Worked
from scheduler.cli import ExitCode, main
from scheduler.preparing import prepare
from scheduler.report.compared import compared_parts
from scheduler.rosters import measure_cases
from scheduler.rosters.compared import CompareDocument
from scheduler.rosters.comparing import compare
from scheduler.rosters.document import RosterResult
from scheduler.samples import SAMPLES
from scheduler.translate import translate
from scheduler.writing import write_plan
from tests.test_calendars_export import moved
from tests.test_cli import Capture, document
from tests.test_cli_check import rewritten
from tests.test_cli_roster import QUICK, table
from tests.test_rosters import H, busy_monday, folder_with, plan

SCHEMA = Path(__file__).parents[1] / "data" / "schemas" / "compare.schema.json"
cover = import_module("models.roster.check.cover")  # its package has a function of it
AGAIN = "the schema has changed; run: ringfence schema --out data/schemas"


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A plan on disk, and beside it the roster A."""
    write_plan(plan(), tmp_path / "plan")
    written(tmp_path / "A", busy_monday())
    return tmp_path / "plan"


def written(folder: Path, roster: Roster) -> Path:
    folder.mkdir()
    return folder_with(folder, translate(plan()), roster)


def compared(made: Path, roster: Roster) -> CompareDocument:
    """Return what changes from A to a roster, which is written as B."""
    other = written(made.parent / "B", roster)
    return compare(prepare(made), made.parent / "A", other)


def test_a_roster_and_itself(made: Path, capsys: Capture) -> None:
    found = compared(made, busy_monday())
    assert found.changes == []
    assert (found.totals.same, found.totals.agents_touched) == (2, 0)
    assert set(found.difference.values()) == {0.0}
    a, b = made.parent / "A", made.parent / "B"
    assert main(["compare", str(made), str(a), str(b)]) == 0
    assert "nobody's days differ: 2 shifts the same" in capsys.readouterr().out


def test_two_rosters_are_compared_without_what_chance_may_do(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(made.parent / "B", busy_monday())
    played: list[str] = []
    monkeypatch.setattr(measure_cases, "_chance", lambda *_: played.append("chance"))
    found = compare(prepare(made), made.parent / "A", made.parent / "B")
    assert found.cases
    assert not played


def test_cover_is_worked_out_once_for_each_of_two_rosters(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(made.parent / "B", edited())
    worked_out: list[Roster] = []

    def counted(problem: RosterProblem, roster: Roster) -> Any:
        worked_out.append(roster)
        return anew(problem, roster)

    anew = unwrap(cover._there)
    monkeypatch.setattr(cover, "_there", remembered_of_both(counted))
    compare(prepare(made), made.parent / "A", made.parent / "B")
    assert len(worked_out) == 2


def edited() -> Roster:
    """Ann off on Monday and on a night on Tuesday; Ben later, and paid for less."""
    night = 24 * H + 22 * H
    return Roster(
        (
            Worked(0, 1, 1, night, night + 4 * H, 240),
            Worked(1, 0, 0, 8 * H + 30, 12 * H + 30, 200),
        ),
        (
            Activity(0, night, night + 4 * H, Kind.VOICE, "=calls"),
            Activity(1, 8 * H + 30, 12 * H + 30, Kind.CASE, "claims"),
        ),
    )


def test_shifts_added_removed_and_changed(made: Path, capsys: Capture) -> None:
    found = compared(made, edited())
    told = [(c.agent, c.date.day, c.change.value) for c in found.changes]
    assert told == [("-Ann", 2, "removed"), ("-Ann", 3, "added"), ("Ben", 2, "changed")]
    gone, new, later = found.changes
    assert gone.before is not None and gone.after is None
    assert new.before is None and new.after is not None
    assert new.after.shift_type == "night"
    assert new.after.end == dt.datetime(2026, 3, 4, 2, tzinfo=dt.UTC)
    assert later.before is not None and later.after is not None
    assert (later.before.paid_minutes, later.after.paid_minutes) == (210, 200)
    assert later.activities == []  # of another shift they are not compared
    totals = found.totals
    assert (totals.agents, totals.agents_touched) == (2, 2)
    assert (totals.worked, totals.same, totals.within) == (3, 0, 0)
    assert (totals.added, totals.removed, totals.changed) == (1, 1, 1)
    assert [(d.removed, d.added, d.changed) for d in found.days] == [
        (1, 0, 1),
        (0, 1, 0),
    ]
    a, b = made.parent / "A", made.parent / "B"
    assert main(["compare", str(made), str(a), str(b)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "B " + str(b) in said
    assert "Mon 2 removed day 08:00-12:00" in said
    assert "Tue 3 added night 22:00-02:00" in said
    assert "Mon 2 changed day 08:00-12:00 > 08:30-12:30" in said
    assert "paid_time kept 1 breach" in said


def test_the_same_shift_with_other_activities(made: Path, capsys: Capture) -> None:
    found = compared(made, moved(busy_monday()))
    (change,) = found.changes
    assert (change.agent, change.change) == ("Ben", "within")
    inside = {one.kind: one for one in change.activities}
    assert set(inside) == {Kind.CASE, Kind.BREAK, Kind.VOICE, Kind.IDLE}
    (tea,) = inside[Kind.BREAK].after
    assert (tea.start.hour, tea.start.minute) == (10, 30)
    assert inside[Kind.IDLE].after == []
    assert (found.totals.same, found.totals.within) == (1, 1)
    a, b = made.parent / "A", made.parent / "B"
    assert main(["compare", str(made), str(a), str(b)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    # Ben's idle half-hour becomes one more of cases; of calls he has as many.
    wanted = "within tea at 10:00 > 10:30; claims +30 min; idle -30 min"
    assert wanted in said


def test_only_paid_minutes_differ(made: Path, capsys: Capture) -> None:
    roster = busy_monday()
    ann, ben = roster.worked
    paid = Worked(ben.agent, ben.day, ben.shift_type, ben.start, ben.end, 150)
    (change,) = compared(made, Roster((ann, paid), roster.activities)).changes
    assert change.change == "changed"
    a, b = made.parent / "A", made.parent / "B"
    assert main(["compare", str(made), str(a), str(b)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "day 08:00-12:00, paid 3 h 30 min > 2 h 30 min" in said


def test_cover_and_cases_side_by_side(made: Path) -> None:
    found = compared(made, edited())
    (queue,) = found.queues
    assert queue.required_hours == 8
    # A has Ann on calls on Monday but at tea, when nobody is; B has nobody on either
    # morning.
    assert (queue.a.short_hours, queue.b.short_hours) == (4.5, 8)
    (case,) = found.cases
    assert (case.a.hours, case.b.hours) == (1, 2)
    assert found.difference == {
        goal: pytest.approx(found.b.goals[goal] - found.a.goals[goal])
        for goal in found.a.goals
    }
    assert found.difference["voice_shortfall"] > 0


def test_without_activities_only_shifts_are_compared(
    made: Path, capsys: Capture
) -> None:
    found = compared(made, Roster(busy_monday().worked[:1], None))
    assert found.shifts_only
    assert (found.queues, found.cases, found.totals.within) == ([], [], None)
    assert [change.change for change in found.changes] == ["removed"]
    a, b = made.parent / "A", made.parent / "B"
    assert main(["compare", str(made), str(a), str(b)]) == 0
    said = capsys.readouterr().out
    assert "only shifts are compared, not what fills them" in said
    assert "changed within" not in said
    assert "paid hours" in said


def test_the_worst_day_is_the_one_with_the_lowest_level(tmp_path: Path) -> None:
    sample = SAMPLES["tiny"]()
    write_plan(sample, tmp_path / "plan")
    roster = ["roster", str(tmp_path / "plan"), "--out", str(tmp_path / "A"), *QUICK]
    assert main([*roster, "--quiet"]) == 0
    shutil.copytree(tmp_path / "A", tmp_path / "B")
    gone = table(tmp_path / "B" / "roster.csv")[0]
    for name in ("roster.csv", "activities.csv"):
        rows = [
            row
            for row in table(tmp_path / "B" / name)
            if row["agent_id"] != gone["agent_id"] or row["start"][:10] != gone["date"]
        ]
        rewritten(tmp_path / "B" / name, rows)
    found = compare(prepare(tmp_path / "plan"), tmp_path / "A", tmp_path / "B")
    text = (tmp_path / "A" / "result.json").read_text(encoding="utf-8")
    summary = RosterResult.model_validate_json(text).summary
    assert summary is not None
    (queue,) = found.queues
    levels = {day.date: day.service_level for day in summary.queues[0].days}
    worst = min(levels.items(), key=lambda item: item[1] or 0)
    assert queue.a.worst_day == worst[0]
    assert queue.a.worst_level == pytest.approx(worst[1])
    assert queue.a.service_level == pytest.approx(summary.queues[0].service_level)
    assert [c.change for c in found.changes] == ["removed"]
    assert found.a.legal


def test_long_lists_are_cut_and_names_are_no_markup(
    made: Path, capsys: Capture
) -> None:
    compared(made, edited())
    a, b = str(made.parent / "A"), str(made.parent / "B")
    assert main(["compare", str(made), a, b, "--limit", "1"]) == 0
    said = capsys.readouterr().out
    assert "and 2 more changes, of 2 agents: --limit 3 shows all" in said
    assert "night" not in said
    agents = table(made / "agents.csv")
    for row in agents:
        row["name"] = "[red]Ben[/red] \x1b[2J"
    rewritten(made / "agents.csv", agents)
    assert main(["compare", str(made), a, b]) == 0
    said = capsys.readouterr().out
    assert "[red]Ben[/red]" in said
    assert "\x1b[2J" not in said


def test_what_is_wrong_with_both_is_told_of_both(made: Path, capsys: Capture) -> None:
    first, second = made.parent / "A", written(made.parent / "B", busy_monday())
    for folder, column in ((first, "agent_id"), (second, "shift_type")):
        rows = table(folder / "roster.csv")
        rows[0][column] = "nobody"
        rewritten(folder / "roster.csv", rows)
    words = ["compare", str(made), str(first), str(second)]
    assert main(words) == ExitCode.BAD_INPUT
    said = capsys.readouterr().err
    assert f"{first}/roster.csv, line 2, column agent_id: 'nobody'" in said
    assert f"{second}/roster.csv, line 2, column shift_type: 'nobody'" in said
    assert "error: 2 problems" in said
    nowhere = str(made.parent / "nowhere")
    assert main(["compare", str(made), nowhere, nowhere]) == ExitCode.BAD_INPUT
    assert "nowhere: expected a folder with roster.csv" in capsys.readouterr().err


def test_the_document_is_the_committed_schema_s(made: Path, capsys: Capture) -> None:
    found = compared(made, edited())
    a, b = made.parent / "A", made.parent / "B"
    assert main(["compare", str(made), str(a), str(b), "--json"]) == 0
    told = document(capsys)
    assert CompareDocument.model_validate(told) == found
    assert main(["schema", "--json"]) == 0
    committed = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert document(capsys)["compare"] == committed, AGAIN
    assert set(committed["properties"]) == set(told)


def test_two_shifts_on_a_day_are_told_apart(made: Path) -> None:
    roster = busy_monday()
    second = Worked(1, 0, 1, 22 * H, 26 * H, 240)
    twice = Roster((*roster.worked, second), roster.activities)
    (change,) = compared(made, twice).changes
    assert change.change == "added"
    assert list(compared_parts(compare_back(made), 5))


def compare_back(made: Path) -> CompareDocument:
    return compare(prepare(made), made.parent / "B", made.parent / "A")
