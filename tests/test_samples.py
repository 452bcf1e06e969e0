"""The sample plans: the same on every machine, and as hard as their story says."""

from collections import Counter
from pathlib import Path

import pytest

from scheduler.domain import Plan
from scheduler.reading import read_plan
from scheduler.samples import SAMPLES, write_samples

COMMITTED = Path(__file__).parents[1] / "data" / "samples"
AGAIN = (
    "data/samples differs from what the generator writes; if that is meant, run: "
    "make samples"
)


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_committed_samples_are_what_the_generator_writes(tmp_path: Path) -> None:
    write_samples(tmp_path)
    assert _files(tmp_path) == _files(COMMITTED), AGAIN


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_is_read_back_the_same(name: str) -> None:
    assert read_plan(COMMITTED / name).plan == SAMPLES[name]()


def test_tiny_has_something_of_everything() -> None:
    plan = SAMPLES["tiny"]()
    assert (len(plan.agents), plan.horizon.days) == (6, 3)
    assert plan.leave and plan.preferences and plan.meetings and plan.open_cases


@pytest.fixture(scope="module")
def bank() -> Plan:
    return SAMPLES["retail-bank"]()


def test_retail_bank_is_the_centre_of_its_story(bank: Plan) -> None:
    assert (len(bank.agents), bank.horizon.days) == (30, 7)
    assert (len(bank.queues), len(bank.case_types)) == (3, 4)
    assert len({case_type.sla.unit for case_type in bank.case_types}) == 3
    contracts = Counter(agent.contract for agent in bank.agents)
    assert sum(n for name, n in contracts.items() if "part-time" in name) == 6
    trainees = {skill.agent_id for skill in bank.skills if skill.speed < 1}
    assert len(trainees) == 2
    last = max(row.start for row in bank.calls if row.start.weekday() == 3)
    assert f"{last:%H:%M}" == "20:30"  # the late evening
    assert {row.start.weekday() for row in bank.calls} == set(range(6))  # Saturday


def test_retail_bank_uses_every_table_but_one(bank: Plan) -> None:
    # required.csv would take the place of the forecast, ages that of open cases, heads
    # that of calls; nothing is published yet.
    empty = {name for name, rows in bank if isinstance(rows, list) and not rows}
    assert empty == {
        "public_holidays", "required", "backlog_ages", "headcount", "published",
            "published_activities", "floor_mix", "pairs", "wish_history",
    }  # fmt: skip


def test_retail_bank_has_people_for_one_side_only(bank: Plan) -> None:
    known: dict[str, set[str]] = {}
    for skill in bank.skills:
        known.setdefault(skill.agent_id, set()).add(skill.skill)
    assert sum("phones" not in skills for skills in known.values()) == 3
    assert sum(skills - {"loan line"} == {"phones"} for skills in known.values()) == 3
