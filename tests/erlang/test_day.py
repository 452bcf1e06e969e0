"""A level for the day: reached, with as few agents as brute force finds."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.erlang import day_agents, performance, required_agents
from models.erlang.spans import convex_envelope
from models.errors import InvalidInput

HANDLE, WITHIN = 240, 20


def mean_level(agents, calls, load, patience=None) -> float:
    found = performance(agents, load, HANDLE, WITHIN, patience)
    return float(np.average(found.service_level, weights=calls))


@given(
    st.lists(st.floats(1, 60), min_size=3, max_size=3),
    st.sampled_from([None, 60, 300]),
    st.floats(0.6, 0.9),
)
@settings(max_examples=40, deadline=None)
def test_brute_force_finds_at_most_one_agent_less(calls, patience, level) -> None:
    load = np.array(calls) * HANDLE / 1800
    found = day_agents(calls, load, HANDLE, WITHIN, level, patience, floor=0.5)
    assert mean_level(found, calls, load, patience) >= level - 1e-9
    ranges = [range(1, int(n) + 3) for n in found]
    every = np.array(list(product(*ranges)))
    levels = performance(every, load, HANDLE, WITHIN, patience).service_level
    reached = np.average(levels, axis=1, weights=calls) >= level
    good = every[reached & (levels >= 0.5).all(axis=1)]
    assert good.sum(axis=1).min() >= found.sum() - 1


@given(
    st.lists(st.just(0.0) | st.floats(0.01, 400), min_size=1, max_size=30),
    st.sampled_from([None, 120]),
    st.sampled_from([None, 0.6]),
)
@settings(max_examples=40, deadline=None)
def test_a_day_needs_no_more_than_its_intervals(calls, patience, floor) -> None:
    calls = np.array(calls)
    load = calls * HANDLE / 1800
    asked = {"patience_seconds": patience, "maximum_occupancy": 0.92}
    found = day_agents(calls, load, HANDLE, WITHIN, 0.8, floor=floor, **asked)
    each = required_agents(load, HANDLE, WITHIN, 0.8, **asked)
    assert found.sum() <= each.sum()
    assert (found[calls == 0] == 0).all()
    some = calls > 0
    if some.any():
        assert mean_level(found, calls, load, patience) >= 0.8 - 1e-9
        levels = performance(found[some], load[some], HANDLE, WITHIN, patience)
        assert (levels.occupancy <= 0.92 + 1e-9).all()
        assert floor is None or (levels.service_level >= floor).all()


def test_the_next_agent_goes_to_the_peak() -> None:
    calls = np.array([10, 10, 10, 400])
    found = day_agents(calls, calls * HANDLE / 1800, HANDLE, WITHIN, 0.8, floor=None)
    each = required_agents(calls * HANDLE / 1800, HANDLE, WITHIN, 0.8)
    assert found[3] >= each[3] - 1 and (found[:3] < each[:3]).all()


def test_without_a_floor_intervals_may_be_given_up() -> None:
    calls = np.full(20, 300.0)
    load = calls * HANDLE / 1800
    kept = day_agents(calls, load, HANDLE, WITHIN, 0.8)
    given_up = day_agents(calls, load, HANDLE, WITHIN, 0.8, floor=None)
    assert (given_up <= 1).any() and given_up.sum() < kept.sum()
    levels = performance(kept, load, HANDLE, WITHIN).service_level
    assert (levels >= 0.6).all()


def test_nothing_to_do_but_a_minimum() -> None:
    assert day_agents([0, 0], 0, HANDLE, WITHIN, 0.8, minimum=[2, 0]).tolist() == [2, 0]
    assert day_agents([], [], HANDLE, WITHIN, 0.8).tolist() == []


@given(st.lists(st.floats(0, 100), min_size=1, max_size=30))
@settings(max_examples=50, deadline=None)
def test_the_envelope_is_the_largest_convex_curve_below(values) -> None:
    values = np.array(values)
    places = convex_envelope(values)
    under = np.interp(np.arange(len(values)), places, values[places])
    assert (under <= values + 1e-9).all()
    assert (np.diff(under, 2) >= -1e-7).all()
    assert places[0] == 0 and places[-1] == len(values) - 1


def test_nonsense_is_refused() -> None:
    for wrong in ({"service_level": 1.0}, {"service_level": 0.8, "floor": 0.0}):
        with pytest.raises(InvalidInput, match="service_level"):
            day_agents([10], 1, HANDLE, WITHIN, **wrong)
