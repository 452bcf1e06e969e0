"""The command that judges rosters: as they were made, and as people edit them."""

import csv
from pathlib import Path

import pytest

from models.roster.check import SHIFT_GOALS
from scheduler.cli import ExitCode, main
from tests.test_cli_roster import FILES, Capture, document, result, table


@pytest.fixture
def edited(made: Path, tmp_path: Path) -> Path:
    """A copy of the roster to change."""
    for name in FILES:
        (tmp_path / name).write_bytes((made / name).read_bytes())
    return tmp_path


def test_check_agrees_with_the_engine(made: Path, plan: Path, capsys: Capture) -> None:
    assert main(["check", str(plan), str(made), "--json"]) == 0
    told = document(capsys)
    assert told["legal"] is True
    assert told["violations"] == told["not_judged"] == []
    assert told["objective_parts"] == result(made)["objective_parts"]
    assert told["objective"] == pytest.approx(result(made)["objective"])
    assert main(["check", str(plan), str(made)]) == 0
    assert capsys.readouterr().out.startswith("legal\n")


def rewritten(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def judged(folder: Path, plan: Path, capsys: Capture) -> set[str]:
    """Return the rules that `check` finds broken; its words name agent and day."""
    assert main(["check", str(plan), str(folder)]) == ExitCode.ILLEGAL
    assert "illegal: " in capsys.readouterr().out
    assert main(["check", str(plan), str(folder), "--json"]) == ExitCode.ILLEGAL
    told = document(capsys)
    assert told["legal"] is False
    for violation in told["violations"]:
        assert violation["agent"] in violation["message"]
    return {violation["rule"] for violation in told["violations"]}


def test_two_shifts_swapped(edited: Path, plan: Path, capsys: Capture) -> None:
    # T6 cannot take calls: with T3's shifts and calls T6 does.
    swap = {"T3": "T6", "T6": "T3"}
    for name in ("activities.csv", "roster.csv"):
        rows = table(edited / name)
        for row in rows:
            row["agent_id"] = swap.get(row["agent_id"], row["agent_id"])
        rewritten(edited / name, rows)
    assert "skills" in judged(edited, plan, capsys)


def test_a_break_out_of_its_window(edited: Path, plan: Path, capsys: Capture) -> None:
    # The first shift starts with lunch, and what was before it comes after.
    rows = table(edited / "activities.csv")
    i = next(i for i, row in enumerate(rows) if row["kind"] == "break")
    before, lunch = rows[i - 1], rows[i]
    half_past = before["start"].replace(":00+", ":30+")
    assert before["start"] < half_past
    before["start"], before["end"] = half_past, lunch["end"]
    lunch["start"], lunch["end"] = half_past.replace(":30+", ":00+"), half_past
    rewritten(edited / "activities.csv", rows)
    assert "breaks_in_window" in judged(edited, plan, capsys)


def test_a_block_cut_short(edited: Path, plan: Path, capsys: Capture) -> None:
    # Half an hour of cases, where an hour is the least, and then nothing to do.
    rows = table(edited / "activities.csv")
    blocks = [row for row in rows if row["kind"] == "case" and ":00+" in row["start"]]
    block = blocks[0]
    half_past = block["start"].replace(":00+", ":30+")
    rows.append({**block, "start": half_past, "kind": "idle", "activity": ""})
    block["end"] = half_past
    rewritten(edited / "activities.csv", rows)
    assert judged(edited, plan, capsys) == {"shortest_case_block"}


def test_the_shifts_changed_and_not_the_activities(
    edited: Path, plan: Path, capsys: Capture
) -> None:
    rows = table(edited / "roster.csv")
    rewritten(edited / "roster.csv", rows[1:])
    assert "activities_fill_shifts" in judged(edited, plan, capsys)


def test_without_activities_only_shifts_are_judged(
    edited: Path, plan: Path, capsys: Capture
) -> None:
    (edited / "activities.csv").unlink()
    assert main(["check", str(plan), str(edited), "--json"]) == 0
    told = document(capsys)
    assert told["legal"] is True
    assert "breaks_in_window" in told["not_judged"]
    assert list(told["objective_parts"]) == list(SHIFT_GOALS)
    assert told["objective"] is None
    assert main(["check", str(plan), str(edited)]) == 0
    word, not_judged, cost = capsys.readouterr().out.splitlines()
    assert word == "legal as far as shifts go: there is no activities.csv"
    assert not_judged == "breaks, meetings, calls and case blocks were not judged"
    paid = told["objective_parts"]["paid_hours"]
    assert cost.startswith(f"no total cost; of the shifts alone: paid hours {paid:.1f}")
    assert "calls" not in cost


def test_quiet_hides_the_notes(edited: Path, plan: Path, capsys: Capture) -> None:
    rows = [{**row, "team": "A"} for row in table(edited / "roster.csv")]
    rewritten(edited / "roster.csv", rows)
    assert main(["check", str(plan), str(edited)]) == 0
    assert "note: roster.csv: column 'team'" in capsys.readouterr().err
    assert main(["check", str(plan), str(edited), "--quiet"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.startswith("legal\n")


def test_two_rosters_side_by_side(
    made: Path, edited: Path, plan: Path, capsys: Capture
) -> None:
    rows = table(edited / "roster.csv")
    gone, shift = rows[0], (rows[0]["start"], rows[0]["end"])
    rewritten(edited / "roster.csv", rows[1:])
    activities = [
        row
        for row in table(edited / "activities.csv")
        if row["agent_id"] != gone["agent_id"]
        or not shift[0] <= row["start"] < shift[1]
    ]
    rewritten(edited / "activities.csv", activities)
    words = ["score", str(plan), str(edited), "--against", str(made)]
    assert main([*words, "--json"]) == 0
    told = document(capsys)
    here, there = told["roster"], told["against"]
    assert isinstance(here, dict) and isinstance(there, dict)
    assert there["goals"] == result(made)["objective_parts"]
    assert there["objective"] == pytest.approx(result(made)["objective"])
    assert told["changed_days"] == 1
    paid = int(gone["paid_minutes"]) / 60
    assert told["difference"] == {
        goal: pytest.approx(here["goals"][goal] - there["goals"][goal])
        for goal in there["goals"]
    }
    assert here["figures"]["paid_hours"] == pytest.approx(
        there["figures"]["paid_hours"] - paid
    )
    assert main(words) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "legal; cost" in said
    assert "1 day of agents differ" in said
    for goal in ("paid hours", "calls short", "together"):
        assert goal in said


def test_a_score_of_shifts_alone_has_no_total(
    edited: Path, plan: Path, capsys: Capture
) -> None:
    (edited / "activities.csv").unlink()
    assert main(["score", str(plan), str(edited), "--json"]) == 0
    told = document(capsys)["roster"]
    assert isinstance(told, dict)
    assert told["objective"] is None and told["figures"] == {}
    assert set(told["goals"]) == set(SHIFT_GOALS)
    assert main(["score", str(plan), str(edited)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "shifts only: there is no activities.csv" in said
