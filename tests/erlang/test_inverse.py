"""Targets together, fractions of agents, and the largest load that agents take."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.erlang import (
    fractional_agents,
    largest_load,
    performance,
    required_agents,
)
from models.errors import InvalidInput

TARGETS = st.fixed_dictionaries(
    {},
    optional={
        "service_level": st.floats(0.3, 0.99),
        "maximum_occupancy": st.floats(0.4, 0.99),
        "maximum_wait_seconds": st.floats(0.01, 0.5),  # of the patience
        "maximum_abandonment": st.floats(0.005, 0.3),
    },
).filter(bool)


def asked_with(patience, targets):
    """Targets that can fail: nobody waits longer than the patience on average."""
    if "maximum_wait_seconds" in targets:
        wait = targets["maximum_wait_seconds"] * patience
        targets = {**targets, "maximum_wait_seconds": wait}
    return patience, targets


ASKED = st.builds(asked_with, st.floats(20, 900), TARGETS)


def are_met(agents, load, patience, targets) -> bool:
    found = performance(agents, load, 200, 20, patience)
    tests = {
        "service_level": found.service_level >= targets.get("service_level", 0),
        "maximum_occupancy": found.occupancy
        <= targets.get("maximum_occupancy", 1) + 1e-9,
        "maximum_wait_seconds": found.average_speed_of_answer_seconds
        <= targets.get("maximum_wait_seconds", np.inf),
        "maximum_abandonment": found.abandonment
        <= targets.get("maximum_abandonment", np.inf),
    }
    return all(tests.values())


@given(st.floats(0.05, 200), ASKED)
@settings(max_examples=100, deadline=None)
def test_agents_meet_all_targets_and_one_less_does_not(load, asked) -> None:
    patience, targets = asked
    agents = int(required_agents(load, 200, 20, patience_seconds=patience, **targets))
    assert are_met(agents, load, patience, targets)
    # Calls need somebody, even where targets allow that everybody gives up.
    assert agents == 1 or not are_met(agents - 1, load, patience, targets)


@given(st.floats(0.05, 200), ASKED)
@settings(max_examples=50, deadline=None)
def test_a_fraction_is_just_enough(load, asked) -> None:
    patience, targets = asked
    goals = {"patience_seconds": patience, **targets}
    fraction = float(fractional_agents(load, 200, 20, **goals))
    assert np.ceil(fraction - 1e-6) <= int(required_agents(load, 200, 20, **goals))
    assert are_met(fraction, load, patience, targets)
    if fraction > 1e-4:
        assert not are_met(fraction - 1e-4, load, patience, targets)


@given(st.integers(1, 100), ASKED)
@settings(max_examples=50, deadline=None)
def test_the_largest_load_is_the_inverse(agents, asked) -> None:
    patience, targets = asked
    goals = {"patience_seconds": patience, **targets}
    load = float(largest_load(agents, 200, 20, **goals))
    assert are_met(agents, load, patience, targets)
    assert not are_met(agents, load * (1 + 1e-4) + 1e-9, patience, targets)
    if load > 1e-6:
        assert int(required_agents(load, 200, 20, **goals)) <= agents


def test_a_week_of_many_queues_in_one_call() -> None:
    loads = np.random.default_rng(0).uniform(0, 60, (3, 7, 96))
    handle = np.array([180.0, 300.0, 420.0])[:, None, None]
    found = required_agents(loads, handle, 20, 0.8, maximum_occupancy=0.9)
    assert found.shape == loads.shape
    assert found[1, 2, 3] == required_agents(loads[1, 2, 3], 300, 20, 0.8, None, 0.9)


def test_nobody_takes_nothing() -> None:
    assert largest_load([0, 3], 180, 20, 0.8).tolist() == [
        0.0,
        pytest.approx(float(largest_load(3, 180, 20, 0.8))),
    ]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"maximum_wait_seconds": 0}, "maximum_wait_seconds must be > 0"),
        ({"maximum_abandonment": 0}, r"maximum_abandonment must be in \(0, 1\)"),
        ({"maximum_abandonment": 1}, r"maximum_abandonment must be in \(0, 1\)"),
        ({"service_level": 1}, "can never be reached"),
        ({"rate_cv": -0.1}, "rate_cv must be >= 0"),
        ({"maximum_wait_seconds": 9, "rate_cv": 0.1}, "now and then more calls"),
    ],
)
def test_targets_out_of_range_are_refused(wrong, message) -> None:
    for find in (required_agents, fractional_agents, largest_load):
        with pytest.raises(InvalidInput, match=message):
            find(10, 180, 20, **wrong)


def test_a_load_that_nothing_limits_is_refused() -> None:
    with pytest.raises(InvalidInput, match="allow any load"):
        largest_load(10, 180, 20, patience_seconds=60)


def test_errors_name_the_interval() -> None:
    with pytest.raises(InvalidInput, match=r"load must be finite, got nan at \[1, 0\]"):
        required_agents([[1, 2], [np.nan, 4]], 180, 20, 0.8)
    with pytest.raises(InvalidInput, match=r"handle_seconds must be > 0.* at \[2\]"):
        required_agents(5, [180, 200, 0], 20, 0.8)
    with pytest.raises(InvalidInput, match=r"agents reach the targets at \[1\]"):
        required_agents([0, 5], 180, 20, 0.8, maximum_occupancy=1e-12)


def test_a_target_that_there_is_not_is_no_target() -> None:
    for find in (required_agents, fractional_agents, largest_load):
        with pytest.raises(TypeError, match="unexpected keyword argument 'max_wait'"):
            find(10, 180, 20, 0.8, max_wait=5)
