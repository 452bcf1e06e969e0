"""Thirty and more kinds of plans without a legal roster, from their files on."""

from pathlib import Path
from typing import Any

import pytest

from models.roster.alone import at_work, has_tour, without_tour
from models.roster.problem import RosterProblem
from models.roster.result import Limits, Result, Status
from models.roster.solve import solve
from models.roster.why.members import members
from models.roster.why.subsets import only
from scheduler import pipeline
from scheduler.cli import ExitCode, main
from scheduler.domain import Plan
from scheduler.writing import write_plan
from tests.test_cli_roster import Capture, document
from tests.test_conflicts.kinds import KINDS, SINGLE, Kind
from tests.test_conflicts.plans import BASE, Content

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
single = pytest.mark.parametrize("kind", SINGLE, ids=lambda kind: kind.name)


def files(folder: Path, content: Content) -> Path:
    """Write a plan and return where it is."""
    write_plan(Plan.of(BASE | content), folder)
    return folder


def answered(problem: RosterProblem) -> Result:
    return solve(problem, limits=Limits(seconds=60, gap=50.0, workers=1))


def test_the_plan_itself_works(tmp_path: Path) -> None:
    found = answered(pipeline.prepare(files(tmp_path, {})).problem)
    assert found.roster is not None


@every_kind
def test_the_reason_and_the_ways_out(kind: Kind, tmp_path: Path) -> None:
    result = answered(pipeline.prepare(files(tmp_path / "plan", kind.broken)).problem)
    assert result.status is Status.INFEASIBLE
    told = result.conflicts[0]
    assert told.rules == kind.rules
    sentences = [remedy.words for remedy in told.remedies]
    assert len(sentences) == len(kind.ways)
    for n, (sentence, (words, instead)) in enumerate(
        zip(sorted(sentences), sorted(kind.ways.items()), strict=True)
    ):
        assert sentence.startswith(words)
        folder = files(tmp_path / f"way {n}", kind.broken | instead)
        problem = pipeline.prepare(folder).problem
        assert not without_tour(problem)
        if kind not in SINGLE or any(agent.tasks for agent in problem.agents):
            assert answered(problem).roster is not None


@single
def test_no_member_is_idle(kind: Kind, tmp_path: Path) -> None:
    problem = pipeline.prepare(files(tmp_path, kind.broken)).problem
    told = answered(problem).conflicts[0]
    own = at_work(problem, problem.agents[0])
    every = list(members(own))
    blamed = [member for member in every if member.words in told.members]
    assert len(blamed) == len(told.members)
    assert not has_tour(only(own, every, blamed))
    for one in blamed:
        assert has_tour(only(own, every, [x for x in blamed if x is not one]))


@pytest.mark.full
@every_kind
def test_the_commands_say_so(kind: Kind, tmp_path: Path, capsys: Capture) -> None:
    def told(content: Content) -> tuple[int, dict[str, Any]]:
        folder = files(tmp_path / "plan", content)
        out = ["--out", str(tmp_path / "roster"), "--time-limit", "20", "--gap", "50"]
        code = main(["roster", str(folder), *out, "--json", "-q"])
        return code, document(capsys)

    code, found = told(kind.broken)
    assert code == ExitCode.INFEASIBLE
    assert found["status"] == "infeasible" and found["seconds"] < 30
    assert found["conflicts"][0]["rules"] == list(kind.rules)
    for instead in kind.ways.values():
        code, found = told(kind.broken | instead)
        assert code == 0
        plan, made = str(tmp_path / "plan"), str(tmp_path / "roster")
        assert main(["check", plan, made, "-q"]) == 0
        capsys.readouterr()


def test_a_law_that_a_way_out_eases_is_named(tmp_path: Path, capsys: Capture) -> None:
    kind = next(kind for kind in SINGLE if kind.name == "weekly rest")
    folder = files(tmp_path / "plan", kind.broken | {"rules": "eu-working-time"})
    assert main(["roster", str(folder), "--out", str(tmp_path / "roster")]) == 4
    assert "at a time" in (shown := " ".join(capsys.readouterr().out.split()))
    assert shown.count("(mind eu-working-time)") == 1
