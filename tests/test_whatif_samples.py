"""Samples of what may come: reproducible, and as uncertain as they were asked to be."""

from typing import Any

import numpy as np
import pytest

from scheduler.domain import Plan
from scheduler.samples import SAMPLES
from scheduler.whatif.changes import Changes
from scheduler.whatif.expanding import expanded
from scheduler.whatif.patches import patched
from scheduler.whatif.sampling import factors, sampled
from scheduler.whatif.sections import ForecastSamples, ScenarioFile


@pytest.fixture(scope="module")
def bank() -> Plan:
    return SAMPLES["retail-bank"]()


def samples(**values: Any) -> ForecastSamples:
    return ForecastSamples.model_validate({"name": "s", "count": 1000, **values})


def by_day(plan: Plan, other: Plan, queue: str) -> list[float]:
    """Return the factor of a queue on each day it is open."""
    found = {}
    for row, drawn in zip(plan.calls, other.calls, strict=True):
        if row.queue == queue:
            found[row.start.date()] = drawn.calls / row.calls
    return [found[day] for day in sorted(found)]


def test_a_sample_is_the_same_again_and_no_other(bank: Plan) -> None:
    asked = samples(calls={"cv": 0.2}, inflow={"cv": 0.2}, absence=0.1, seed=3)
    first = sampled(bank, asked, 0)
    assert sampled(bank, asked, 0) == first
    assert sampled(bank, asked, 1) != first
    assert sampled(bank, asked.model_copy(update={"seed": 4}), 0) != first
    assert len(first.leave) > len(bank.leave)


def test_the_same_errors_meet_every_scenario(bank: Plan) -> None:
    asked = samples(calls={"cv": 0.2, "together": 0.5, "interval_cv": 0.1}, absence=0.1)
    changes = {"agents": {"who": ["A02"]}, "calls": "+50%", "inflow": "+10%"}
    other = patched(bank, Changes.model_validate(changes))
    one, two = sampled(bank, asked, 5), sampled(other, asked, 5)
    for a, b in zip(one.calls, two.calls, strict=True):
        assert b.calls == pytest.approx(1.5 * a.calls, abs=1e-5)
    away = {(r.agent_id, r.start) for r in one.leave if r.agent_id != "A02"}
    assert len(away & {(r.agent_id, r.start) for r in two.leave}) >= len(away) - 2


def test_days_go_together_and_queues_as_they_were_asked_to(bank: Plan) -> None:
    calls = bank.calls[:0] + [
        row for row in bank.calls if row.start.hour == 10 and row.start.minute == 0
    ]
    plan = bank.model_copy(update={"calls": calls})
    asked = samples(calls={"cv": 0.3, "day_to_day": 0.6, "together": 0.5})
    drawn = [sampled(plan, asked, n) for n in range(1000)]
    phones = np.array([by_day(plan, one, "phones") for one in drawn])
    loans = np.array([by_day(plan, one, "loan line") for one in drawn])
    assert phones.mean() == pytest.approx(1, abs=0.02)
    assert phones.std(axis=0) == pytest.approx(0.3, abs=0.04)
    logs, others = np.log(phones), np.log(loans)
    next_day = np.corrcoef(logs[:, 0], logs[:, 1])[0, 1]
    third_day = np.corrcoef(logs[:, 0], logs[:, 2])[0, 1]
    assert next_day == pytest.approx(0.6, abs=0.08)
    assert third_day == pytest.approx(0.36, abs=0.1)
    assert np.corrcoef(logs[:, 1], others[:, 1])[0, 1] == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize("distribution", ["lognormal", "gamma"])
@pytest.mark.parametrize("cv", [0.1, 0.8])
def test_factors_have_mean_one_and_the_deviation(distribution: str, cv: float) -> None:
    z = np.random.default_rng(0).standard_normal(400_000)
    found = factors(z, cv, distribution)
    assert found.min() > 0
    assert found.mean() == pytest.approx(1, abs=0.01)
    assert found.std() == pytest.approx(cv, rel=0.03)


def test_what_is_drawn_is_not_planned_for_twice(bank: Plan) -> None:
    queues = [q.model_copy(update={"forecast_cv": 0.3}) for q in bank.queues]
    plan = bank.model_copy(update={"queues": queues})
    told = sampled(plan, samples(calls={"cv": 0.1}), 0)
    assert {q.forecast_cv for q in told.queues} == {0}
    assert sampled(plan, samples(inflow={"cv": 0.1}), 0).queues == queues


def test_samples_meet_scenarios_and_whole_grids() -> None:
    file = ScenarioFile.model_validate(
        {
            "scenarios": [{"name": "a", "overtime": 0}],
            "grids": [{"name": "g", "calls": ["0%", "+5%"]}],
            "samples": [
                {"name": "s", "count": 2, "calls": {"cv": 1}, "scenarios": ["a", "g"]}
            ],
        }
    )
    found = expanded(file)
    assert [one.name for one in found[4:]] == [
        "s, a, 1",
        "s, a, 2",
        "s, g: calls 0%, 1",
        "s, g: calls 0%, 2",
        "s, g: calls +5%, 1",
        "s, g: calls +5%, 2",
    ]
    assert len({one.name for one in found}) == len(found)
