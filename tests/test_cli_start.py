"""The command that builds a roster, started from one that there is already."""

from pathlib import Path

import pytest

from scheduler import pipeline
from scheduler.cli import ExitCode, main
from scheduler.rosters.document import RosterResult
from tests.test_cli_check import rewritten
from tests.test_cli_roster import QUICK, Capture, document, result, table

FIRST_FOUND = [*QUICK, "--engine", "cpsat"]


@pytest.fixture(scope="session")
def made(plan: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A roster that is nowhere near the best."""
    folder = tmp_path_factory.mktemp("made")
    words = ["roster", str(plan), "--out", str(folder), *FIRST_FOUND, "--quiet"]
    assert main(words) == 0
    return folder


@pytest.fixture
def given(made: Path, tmp_path: Path) -> Path:
    """A copy of the roster to change."""
    folder = tmp_path / "given"
    folder.mkdir()
    for name in ("roster.csv", "activities.csv"):
        (folder / name).write_bytes((made / name).read_bytes())
    return folder


def words(plan: Path, given: Path, *more: str) -> list[str]:
    """The command, which stops at the first roster; it writes beside the start."""
    out = given.parent / "out"
    asked = ["roster", str(plan), "--out", str(out), "--from", str(given)]
    return [*asked, *FIRST_FOUND, *more]


def test_it_is_told_what_was_started_from(
    made: Path, given: Path, plan: Path, capsys: Capture
) -> None:
    assert main(words(plan, given)) == 0
    said = capsys.readouterr()
    cost = result(made)["objective"]
    told = f"from 6 weeks of the roster in {given}; they cost {cost:,.1f}"
    assert "".join(told.split()) in "".join(said.out.split())
    assert "not started" not in said.err
    found = result(given.parent / "out")
    RosterResult.model_validate(found)
    assert found["start"] == {
        "folder": str(given),
        "agents": 6,
        "left_out": [],
        "objective": cost,
    }
    assert found["legal"] is True
    assert found["objective"] <= cost
    assert found["progress"][0]["best"] == pytest.approx(cost)


def test_without_a_start_the_result_has_none(made: Path) -> None:
    assert result(made)["start"] is None


def test_the_same_folder_may_be_written_to(
    given: Path, plan: Path, capsys: Capture
) -> None:
    asked = ["roster", str(plan), "--out", str(given), "--from", str(given)]
    assert main([*asked, *FIRST_FOUND, "--json"]) == 0
    assert document(capsys)["start"]["left_out"] == []
    assert main(["check", str(plan), str(given)]) == 0


def test_from_shifts_alone(given: Path, plan: Path, capsys: Capture) -> None:
    (given / "activities.csv").unlink()
    assert main(words(plan, given, "--json")) == 0
    told = document(capsys)
    assert told["legal"] is True
    assert told["start"]["agents"] == 6
    assert told["start"]["objective"] is None


def test_shifts_that_there_is_no_time_to_fill_are_not_said_to_be_used(
    given: Path, plan: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (given / "activities.csv").unlink()
    monkeypatch.setattr("models.roster.solve.filled", lambda *_: None)
    assert main(words(plan, given)) == 0
    found = result(given.parent / "out")
    note = "not started from the roster given: no time to fill its shifts"
    assert note in found["notes"] and note in " ".join(capsys.readouterr().err.split())
    assert found["start"] is None and found["repeatable"] is False


def test_an_illegal_week_is_left_out(given: Path, plan: Path, capsys: Capture) -> None:
    # T1 has something to do in the shift that was struck out, so the rest is not legal.
    rows = table(given / "roster.csv")
    rewritten(given / "roster.csv", rows[1:])
    name = rows[0]["agent_id"]
    assert main(words(plan, given)) == 0
    said = capsys.readouterr()
    (note,) = (line for line in said.err.splitlines() if "not started" in line)
    assert note.startswith(f"note: not started from the week of {name}: ")
    assert note.endswith("(activities_fill_shifts)")
    assert "from 5 weeks of the roster in" in " ".join(said.out.split())
    assert "1 agent left out" in " ".join(said.out.split())
    found = result(given.parent / "out")
    (out,) = found["start"]["left_out"]
    assert (out["agent"], out["rule"]) == (name, "activities_fill_shifts")
    assert (
        f"not started from the week of {out['message']} ({out['rule']})"
        in (found["notes"])
    )


def test_what_the_plan_no_longer_has_is_left_out(
    given: Path, plan: Path, capsys: Capture
) -> None:
    rows = table(given / "roster.csv")
    by_agent = {row["agent_id"]: row for row in rows}
    by_agent["T2"]["date"] = "2020-01-06"
    by_agent["T3"]["shift_type"] = "gone"
    rows.append({**by_agent["T4"], "agent_id": "Zoe"})
    rewritten(given / "roster.csv", rows)
    assert main(words(plan, given, "--json")) == 0
    told = document(capsys)["start"]
    assert told["agents"] == 4
    left_out = {out["agent"]: out for out in told["left_out"]}
    assert left_out.keys() == {"T2", "T3", "Zoe"}
    assert {out["rule"] for out in left_out.values()} == {"of_the_plan"}
    assert "column date: '2020-01-06' - expected" in left_out["T2"]["message"]
    assert "'gone' - expected a shift type of the plan" in left_out["T3"]["message"]
    assert "'Zoe' - expected an agent of the plan" in left_out["Zoe"]["message"]


def test_many_who_are_left_out_are_counted(
    given: Path, plan: Path, capsys: Capture
) -> None:
    rows = table(given / "roster.csv")
    rows += [{**rows[0], "agent_id": f"Zoe {n}"} for n in range(13)]
    rewritten(given / "roster.csv", rows)
    assert main(words(plan, given)) == 0
    told = capsys.readouterr().err
    assert told.count("not started from the week of") == 10
    assert "note: nor from the weeks of 3 more, see 'start' in result.json" in told


def test_cells_that_cannot_be_read_are_all_told_and_nothing_is_written(
    given: Path, plan: Path, capsys: Capture
) -> None:
    rows = table(given / "roster.csv")
    rows[0]["start"] = "eight"
    rows[1]["date"] = "Monday"
    rows[2]["agent_id"] = "Zoe"  # no mistake: she has gone
    rewritten(given / "roster.csv", rows)
    doings = table(given / "activities.csv")
    doings[0]["kind"] = "tea"
    rewritten(given / "activities.csv", doings)
    assert main(words(plan, given, "--json")) == ExitCode.BAD_INPUT
    told = document(capsys)["error"]["findings"]
    assert [(found["file"], found["row"], found["column"]) for found in told] == [
        ("roster.csv", 2, "start"),
        ("roster.csv", 3, "date"),
        ("activities.csv", 2, "kind"),
    ]
    assert [found["value"] for found in told] == ["eight", "Monday", "tea"]
    assert all(found["expected"] for found in told)
    assert not (given.parent / "out").exists()


def test_a_folder_that_is_none(plan: Path, tmp_path: Path, capsys: Capture) -> None:
    nowhere = tmp_path / "nowhere"
    assert main(words(plan, nowhere)) == ExitCode.BAD_INPUT
    assert "expected a folder with roster.csv" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_an_engine_that_cannot_start_from_a_roster(
    given: Path, plan: Path, capsys: Capture
) -> None:
    asked = words(plan, given, "--engine", "milp")
    assert main(asked) == ExitCode.USAGE
    said = capsys.readouterr().err
    assert "--from" in said
    assert "engine 'milp' cannot start from a roster, columns and cpsat can" in said
    assert not (given.parent / "out").exists()


def test_programs_ask_for_it_through_the_pipeline(made: Path, plan: Path) -> None:
    prepared = pipeline.prepare(plan)
    start = pipeline.read_start(prepared, made)
    assert (start.entry.agents, start.notes) == (6, ())
    asked = pipeline.Asked("cpsat", start=start)
    assert asked.start is start
