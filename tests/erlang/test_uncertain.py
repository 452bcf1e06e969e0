"""Uncertain rates: quadrature against a dense sum, and what uncertainty costs."""

import numpy as np
import pytest

from models.erlang import performance, required_agents

CASES = [
    (agents, traffic, cv, patience, within)
    for agents, traffic in ((1, 0.3), (14, 0.71), (100, 0.85), (100, 1.1), (1000, 0.97))
    for cv in (0.05, 0.2, 1.0)
    for patience in (None, 60, 300)
    for within in (0, 20, 60)
]


@pytest.mark.parametrize(("agents", "traffic", "cv", "patience", "within"), CASES)
def test_quadrature_equals_a_dense_sum(agents, traffic, cv, patience, within) -> None:
    spread = np.sqrt(np.log1p(cv**2))
    z = np.linspace(-9, 9, 20_001)
    weight = np.exp(-(z**2) / 2)
    loads = agents * traffic * np.exp(spread * z + spread**2 / 2)  # as calls see it
    each = performance(agents, loads, 180, within, patience)
    found = performance(agents, agents * traffic, 180, within, patience, rate_cv=cv)
    for name in ("service_level", "abandonment", "probability_of_wait"):
        dense = np.average(getattr(each, name), weights=weight)
        assert getattr(found, name) == pytest.approx(dense, abs=5e-4)


def test_a_certain_rate_beside_an_uncertain_one() -> None:
    both = performance(14, 10, 180, 20, rate_cv=[0.0, 0.2])
    alone = performance(14, 10, 180, 20)
    assert both.service_level[0] == alone.service_level
    assert both.service_level[1] < alone.service_level
    assert both.average_speed_of_answer_seconds.tolist() == [
        float(alone.average_speed_of_answer_seconds),
        np.inf,
    ]


def test_a_little_uncertainty_is_none_at_all() -> None:
    near = performance(14, 10, 180, 20, 300, rate_cv=1e-6)
    exact = performance(14, 10, 180, 20, 300)
    assert near.service_level == pytest.approx(float(exact.service_level), abs=1e-4)
    assert near.occupancy == pytest.approx(float(exact.occupancy), abs=1e-4)


@pytest.mark.parametrize("cv", [1e-12, 1e-170, 5e-324])
@pytest.mark.parametrize("calls", [0.0, 10.0])
def test_uncertainty_too_small_to_be_told_is_none_but_for_the_endless_wait(
    calls: float, cv: float
) -> None:
    near = performance(14, calls, 180, 20, rate_cv=cv)
    exact = performance(14, calls, 180, 20)
    assert near.service_level == exact.service_level
    assert near.occupancy == exact.occupancy
    wait = float(near.average_speed_of_answer_seconds)
    assert wait == (np.inf if calls else 0)


def test_uncertainty_costs_agents_and_large_teams_most() -> None:
    loads = np.array([5.0, 50.0, 500.0])
    sure = required_agents(loads, 300, 20, 0.8)
    unsure = required_agents(loads, 300, 20, 0.8, rate_cv=0.1)
    extra = (unsure - sure) / loads
    # Beyond 1 / cv^2 = 100 erlangs the error of the forecast weighs most.
    assert (unsure >= sure).all() and extra[2] > 0.05


def test_no_calls_stay_no_calls() -> None:
    found = performance([0, 5], 0, 180, 20, rate_cv=0.3)
    assert found.service_level.tolist() == [1, 1]
    assert found.average_speed_of_answer_seconds.tolist() == [0, 0]
