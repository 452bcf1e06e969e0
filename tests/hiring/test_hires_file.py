"""The file of hires: weeks and shares, or everything that is wrong with it."""

import json
from pathlib import Path
from typing import Any

import pytest

from models.errors import PlanError
from scheduler.cli import ExitCode, main
from scheduler.domain import Plan
from scheduler.hiring.reading import read_hires
from scheduler.reading.finding import Finding
from scheduler.samples import SAMPLES
from scheduler.writing import write_plan
from tests.hiring.morning import DAY, file, kinds, plan, read

HIRES = Path(__file__).parents[2] / "data" / "hires" / "retail-bank.toml"
Capture = pytest.CaptureFixture[str]
WRONG = """\
format = 1
extra = 2

[[hires]]
name = "a"
like = "Anne"
at_most = 0

[[hires]]
name = "b"
at_most = 2

[[hires]]
name = "c"
contract = "full"
skills = ["phones"]
at_least = 3
at_most = 2

[targets]
service_level = 2
"""
UNKNOWN = """\
[[hires]]
name = "a"
like = "Anne"
at_most = 2
[[hires]]
name = "A"
contract = "ful"
skills = ["fones"]
at_most = 2
[[weeks]]
name = "base"
calls = {queue = "fones", change = "+10%"}
[[samples]]
name = "s"
count = 2
scenarios = ["none"]
"""


def wrong(content: dict[str, Any], of: Plan | None = None) -> list[Finding]:
    with pytest.raises(PlanError) as caught:
        read(content, of)
    return [one for one in caught.value.problems if isinstance(one, Finding)]


def test_the_sample_of_hires_is_right() -> None:
    found = read_hires(HIRES, SAMPLES["retail-bank"]())
    assert [week.name for week in found.weeks] == ["as planned", "busy"]
    assert len(found.mixes()) == 17
    assert any("fairness" in note for note in found.notes)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            WRONG,
            [
                (2, "extra"),
                (7, "hires.a.at_most"),
                (9, "hires.b"),
                (13, "hires.c"),
                (21, "targets.service_level"),
            ],
        ),
        (
            UNKNOWN,
            [
                (3, "hires.a.like"),
                (6, "hires.A.name"),
                (7, "hires.A.contract"),
                (8, "hires.A.skills.1"),
                (11, "weeks.base.name"),
                (12, "weeks.base.calls.1.queue"),
                (16, "samples.s.scenarios.1"),
            ],
        ),
    ],
)
def test_all_that_is_wrong_with_a_file_is_told_at_once(
    text: str,
    places: list[tuple[int, str]],
    tmp_path: Path,
    capsys: Capture,
) -> None:
    write_plan(plan(), tmp_path / "plan")
    (tmp_path / "hires.toml").write_text(text, encoding="utf-8")
    words = ["hire", str(tmp_path / "plan"), str(tmp_path / "hires.toml")]
    code = main([*words, "--out", str(tmp_path / "out"), "--json"])
    assert code == ExitCode.BAD_INPUT and not (tmp_path / "out").exists()
    findings = json.loads(capsys.readouterr().out)["error"]["findings"]
    assert [(one["row"], one["column"]) for one in findings] == places
    assert all(one["expected"] for one in findings)


@pytest.mark.parametrize(
    ("content", "of", "column", "words"),
    [
        ({"limits": {"hires": 0}, "hires": kinds(at_least=1)}, {}, "limits", "no mix"),
        ({"hires": kinds(at_most=99_999)}, {}, "hires.full.at_most", "<= 1000"),
        (
            {"hires": [{**one, "at_most": 999} for one in file()["hires"]]},
            {},
            "hires",
            "1,000,000",
        ),
        (
            {},
            {
                "pairs": [{"team": "x", "rule": "apart"}],
                "agents": [
                    {"agent_id": "Ann", "contract": "full", "team": "x"},
                    {"agent_id": "Bo", "contract": "full", "team": "x"},
                ],
            },
            "hires.full",
            "teams",
        ),
    ],
)
def test_what_does_not_bear_a_bound_is_refused(
    content: dict[str, Any], of: dict[str, Any], column: str, words: str
) -> None:
    findings = wrong(file(**content), plan(**of))
    assert findings[0].column == column and words in findings[0].expected


def test_skills_that_tie_queues_are_refused_unless_somebody_ties_them() -> None:
    queues = [{"name": "phones"}, {"name": "loans"}]
    skills = [{"agent_id": "Ann", "skill": "phones"}]
    both = [{"name": "both", "contract": "full", "skills": ["phones"], "at_most": 1}]
    both[0]["skills"] = ["phones", "loans"]
    loans = {"agent_id": "Bo", "skill": "loans"}
    agents = [{"agent_id": name, "contract": "full"} for name in ("Ann", "Bo", "Cem")]
    need = [
        {"queue": queue["name"], "start": f"{DAY}T08:00", "agents": 2}
        for queue in queues
    ]
    every = plan(required=need, queues=queues, agents=agents, skills=[*skills, loans])
    assert "pooling" in wrong({"hires": both}, every)[0].expected
    ties = [{"agent_id": "Cem", "skill": name} for name in ("phones", "loans")]
    tied = plan(
        required=need, queues=queues, agents=agents, skills=[*skills, loans, *ties]
    )
    assert read({"hires": both}, tied).weeks[0].kinds == (("both-1",),)
    apart = every.model_copy(update={"pooling": "none"})
    assert read({"hires": both}, apart).weeks[0].kinds == (("both-1",),)


def test_weeks_and_samples_have_their_shares() -> None:
    drawn = {"name": "errors", "count": 3, "calls": {"cv": 0.2}, "weight": 2}
    found = read(file(samples=[drawn]))
    shares = {week.name: week.share for week in found.weeks}
    assert shares == {
        "plain": pytest.approx(2 / 9),
        "busy": pytest.approx(1 / 9),
        **{f"errors, {n}": pytest.approx(2 / 9) for n in (1, 2, 3)},
    }
    only = read(file(weeks=[], samples=[drawn])).weeks
    assert [week.share for week in only] == [pytest.approx(1 / 3)] * 3
    (alone,) = read(file(weeks=[])).weeks
    assert alone.name == "base" and alone.share == 1
    assert alone.plan((0, 0)) == plan()
    hired = alone.plan((1, 2)).agents
    assert [one.agent_id for one in hired] == ["Ann", "full-1", "half-1", "half-2"]
