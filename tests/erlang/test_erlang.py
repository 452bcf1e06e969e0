"""Erlang formulas, held to published values, textbook sums and Markov chains."""

import csv
import math
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.erlang import (
    erlang_b,
    erlang_c,
    offered_load,
    performance,
    required_agents,
    scheduled_agents,
)
from models.errors import InvalidInput
from tests.erlang.chain import CASES, chain

GOLDEN = {"load": 10, "handle_seconds": 180, "answer_within": 20}

# Published by callcentretools.com, pages kept in github chjacamp/erlangR. The first
# case is 400 calls in 30 min of 257 s, answered within 20 s; the second 1,000 in 60 min
# of 180 s within 10 s. Patience, where there is abandonment: 60 s and 120 s.
FIRST, SECOND = (400, 1800, 257, 20, 60), (1000, 3600, 180, 10, 120)
PUBLISHED = [
    (FIRST, 58, "service_level", 0.193, 0.0005),
    (FIRST, 58, "p_immediate", 0.135, 0.0005),
    (FIRST, 59, "asa_s", 99.3, 0.1),
    (FIRST, 65, "service_level", 0.879, 0.0005),
    (FIRST, 65, "occupancy", 0.879, 0.0005),
    (FIRST, 65, "p_abandon", 0.019, 6e-5),
    (FIRST, 74, "p_abandon", 0.0019, 6e-5),
    (SECOND, 50, "occupancy", 1.0, 0.0005),  # overloaded
    (SECOND, 50, "p_abandon", 0.062, 6e-5),
    (SECOND, 51, "service_level", 0.206, 0.0005),
    (SECOND, 51, "asa_s", 151.2, 0.1),
    (SECOND, 55, "p_immediate", 0.615, 0.0005),
    (SECOND, 55, "p_abandon", 0.0241, 6e-5),
    (SECOND, 60, "service_level", 0.933, 0.0005),
    (SECOND, 62, "asa_s", 1.0, 0.1),
]


def published_metric(metric, agents, load, handle, within, patience=None):
    """The site's names for what `performance` returns."""
    result = performance(agents, load, handle, within, patience)
    return {
        "service_level": result.service_level,
        "asa_s": result.average_speed_of_answer_seconds,
        "p_immediate": 1 - result.probability_of_wait,
        "occupancy": result.occupancy,
        "p_abandon": result.abandonment,
    }[metric]


def recursive_b(agents, load):
    lost = 1.0
    for n in range(1, agents + 1):
        lost = load * lost / (n + load * lost)
    return lost


# Golden numbers


def test_erlang_c_golden() -> None:
    # 100 calls in 30 min of 180 s are 10 erlangs (pyworkforce README, run again).
    load = offered_load(calls=100, interval_seconds=1800, handle_seconds=180)
    result = performance(14, load, handle_seconds=180, answer_within=20)
    assert result.service_level == pytest.approx(0.88835, abs=5e-6)
    assert result.occupancy == pytest.approx(0.71429, abs=5e-6)
    assert result.probability_of_wait == pytest.approx(0.17413, abs=5e-6)
    assert required_agents(load, 180, 20, service_level=0.8) == 14
    assert scheduled_agents(14, shrinkage=0.3) == pytest.approx(20)


def test_erlang_a_golden() -> None:
    # pyworkforce docs/guide/erlanga.md
    agents = required_agents(
        **GOLDEN, service_level=0.8, patience_seconds=300, maximum_occupancy=0.85
    )
    result = performance(agents, **GOLDEN, patience_seconds=300)
    assert agents == 13
    assert result.service_level == pytest.approx(0.858, abs=5e-4)
    assert result.abandonment == pytest.approx(0.025, abs=5e-4)
    assert result.probability_of_wait == pytest.approx(0.226, abs=5e-4)


def test_erlang_a_in_overload_golden() -> None:
    result = performance(50, 52, 300, 20, patience_seconds=150)
    assert result.service_level == pytest.approx(0.6822, abs=5e-5)
    assert result.abandonment == pytest.approx(0.0862, abs=5e-5)


@pytest.mark.parametrize(
    ("case", "agents", "metric", "expected", "tolerance"), PUBLISHED
)
def test_published_values(case, agents, metric, expected, tolerance) -> None:
    calls, interval, handle, within, patience = case
    # The site rounds the load to three decimals.
    load = np.round(offered_load(calls, interval, handle), 3)
    patience = patience if metric == "p_abandon" else None
    actual = published_metric(metric, agents, load, handle, within, patience)
    assert actual == pytest.approx(expected, abs=tolerance)


@pytest.mark.parametrize(
    ("case", "target", "cap", "shrinkage", "agents", "scheduled"),
    [
        (FIRST, 0.8, 0.85, 0.3, 68, 97),
        (FIRST, 0.8, 1.0, 0, 64, 64),
        (FIRST, 0.8, 0.85, 0.25, 68, 90.5),
        (FIRST, 0.8, 0.8, 0.3, 72, 103),
        (SECOND, 0.9, 1.0, 0, 59, 59),
    ],
)
def test_published_agents(case, target, cap, shrinkage, agents, scheduled) -> None:
    calls, interval, handle, within, _ = case
    load = offered_load(calls, interval, handle)
    required = required_agents(load, handle, within, target, maximum_occupancy=cap)
    assert required == agents
    assert round(2 * float(scheduled_agents(required, shrinkage))) / 2 == scheduled


@pytest.mark.third_party
def test_every_published_value() -> None:
    path = Path(os.environ["RINGFENCE_THIRD_PARTY"]) / "erlang" / "reference_cases.csv"
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = [row["case_id"] for row in rows if not within_tolerance(row)]
    assert len(rows) == 159
    assert wrong == []


def within_tolerance(row) -> bool:
    number = {name: float(text or "nan") for name, text in row.items() if text != ""
              and name not in ("case_id", "model", "metric", "note")}  # fmt: skip
    load = np.round(
        offered_load(*(number[k] for k in ("calls", "interval_s", "aht_s"))), 3
    )
    handle, within = number["aht_s"], number["sl_threshold_s"]
    if row["metric"].startswith("agents"):
        cap, target = number["max_occupancy"], number["sl_target"]
        actual = required_agents(load, handle, within, target, maximum_occupancy=cap)
        if row["metric"] == "agents_scheduled_nearest_half":
            actual = np.round(2 * scheduled_agents(actual, number["shrinkage"])) / 2
    else:
        actual = published_metric(
            row["metric"], number["agents"], load, handle, within,
            number.get("patience_s"),
        )  # fmt: skip
    return bool(abs(actual - number["expected"]) <= number["tolerance"] + 1e-12)


# Second opinions


@given(st.integers(0, 400), st.floats(0.01, 800))
@settings(max_examples=50, deadline=None)
def test_erlang_b_equals_the_recursion(agents, load) -> None:
    assert erlang_b(agents, load) == pytest.approx(
        recursive_b(agents, load), rel=1e-9, abs=1e-200
    )


@pytest.mark.parametrize(("agents", "load"), [(1, 0.5), (3, 2.2), (12, 11.9), (40, 33)])
def test_erlang_c_equals_the_textbook_sum(agents, load) -> None:
    waiting = load**agents / math.factorial(agents) / (1 - load / agents)
    served = sum(load**k / math.factorial(k) for k in range(agents))
    assert erlang_c(agents, load) == pytest.approx(waiting / (served + waiting))


def test_fractional_agents_equal_the_integral() -> None:
    # 1 / B(n, a) = int_0^inf a exp(-a v) (1 + v)^n dv holds for real n; for a = 1 it is
    # 1 at n = 0 and 2 at n = 1.
    v = np.linspace(0, 60, 600_001)
    inverse = np.trapezoid(np.exp(-v) * (1 + v) ** 0.5, v)
    assert erlang_b(0.5, 1) == pytest.approx(1 / inverse, rel=1e-8)
    assert 0.5 < erlang_b(0.5, 1) < 1


@pytest.mark.parametrize("case", CASES)
def test_erlang_a_equals_the_markov_chain(case) -> None:
    result = performance(*case)
    ours = (result.probability_of_wait, result.abandonment, result.service_level)
    assert ours == pytest.approx(chain(*case)[:3], abs=1e-11)


@given(st.integers(1, 60), st.floats(0.5, 0.95), st.integers(0, 120))
@settings(max_examples=25, deadline=None)
def test_endless_patience_is_erlang_c(agents, traffic, within) -> None:
    endless = performance(agents, agents * traffic, 300, within, patience_seconds=1e9)
    calm = performance(agents, agents * traffic, 300, within)
    for name in ("service_level", "probability_of_wait", "occupancy", "abandonment"):
        assert getattr(endless, name) == pytest.approx(getattr(calm, name), abs=1e-5)
    assert endless.average_speed_of_answer_seconds == pytest.approx(
        calm.average_speed_of_answer_seconds, rel=1e-3, abs=1e-3
    )


def test_infinite_patience_is_erlang_c_where_it_is_infinite() -> None:
    mixed = performance(14, 10, 180, 20, patience_seconds=[300, np.inf])
    assert mixed.abandonment[0] > 0
    assert mixed.service_level[1] == performance(14, **GOLDEN).service_level


@given(st.integers(1, 60), st.floats(0.1, 3))
@settings(max_examples=25, deadline=None)
def test_no_patience_is_erlang_b(agents, traffic) -> None:
    # Who does not get through at once is gone: lost as in Erlang B.
    load = agents * traffic
    lost = performance(agents, load, 300, 20, patience_seconds=1e-6).abandonment
    assert lost == pytest.approx(erlang_b(agents, load), abs=1e-6)


# Shape


@given(
    st.floats(0.1, 200), st.floats(0.2, 2.5), st.sampled_from([None, 20.0, 180.0, 1e4])
)
@settings(max_examples=50, deadline=None)
def test_service_level_rises_with_agents_and_falls_with_load(load, share, patience):
    agents = np.arange(0, 1 + load * share, max(0.5, load / 20))
    by_agents = performance(agents, load, 240, 20, patience).service_level
    by_load = performance(load, load * np.linspace(0, 2, 20), 240, 20, patience)
    # Rounding: near 0 and 1 the level is flat, and steps of 1.1e-12 have been seen.
    assert (np.diff(by_agents) >= -1e-9).all()
    assert (np.diff(by_load.service_level) <= 1e-9).all()


@given(
    st.lists(st.floats(0.01, 300), min_size=1, max_size=5),
    st.floats(0.05, 0.99),
    st.sampled_from([None, 15.0, 300.0]),
    st.sampled_from([None, 0.6, 0.9]),
)
@settings(max_examples=50, deadline=None)
def test_required_agents_are_the_least(loads, target, patience, cap) -> None:
    agents = required_agents(loads, 240, 20, target, patience, maximum_occupancy=cap)

    def meets(n):
        result = performance(n, loads, 240, 20, patience)
        busy = result.occupancy <= (1 if cap is None else cap + 1e-12)
        return (result.service_level >= target) & busy

    assert meets(agents).all()
    assert not meets(agents - 1).any()


def test_required_agents_broadcast_with_a_minimum() -> None:
    agents = required_agents(
        [[0.0, 10.0], [4.25, 0.0]], handle_seconds=[[100], [180]], answer_within=20,
        service_level=0.8, minimum=[3, 0],
    )  # fmt: skip
    assert agents.dtype == np.int64
    assert agents.shape == (2, 2)
    assert agents[0, 0] == 3 and agents[1, 1] == 0
    assert agents[0, 1] == required_agents(10, 100, 20, 0.8)
    assert required_agents(0, 180, 20, 0.8, minimum=2.5) == 3
    assert required_agents([], 180, 20, 0.8).shape == (0,)


@pytest.mark.parametrize(("cap", "agents"), [(0.85, 10), (0.8499, 11)])
def test_occupancy_cap_on_both_sides_of_the_edge(cap, agents) -> None:
    # 8.5 erlangs keep ten people busy for exactly 0.85 of their time. A target of 1 %
    # is met by any number above the load.
    assert required_agents(8.5, 180, 20, 0.01, maximum_occupancy=cap) == agents


# Every load has an answer


@pytest.mark.parametrize(("agents", "load"), [(10, 10), (10, 11), (10, 1e5), (0, 1)])
def test_overload_without_abandonment(agents, load) -> None:
    result = performance(agents, load, 180, 20)
    assert result.service_level == 0
    assert result.average_speed_of_answer_seconds == np.inf
    assert result.occupancy == result.probability_of_wait == 1
    assert result.abandonment == 0


def test_nobody_there_and_abandonment() -> None:
    result = performance(0, 1, 180, 20, patience_seconds=90)
    assert result.abandonment == result.probability_of_wait == 1
    assert result.service_level == 0
    assert result.average_speed_of_answer_seconds == 90


@pytest.mark.parametrize("patience", [None, 60])
@pytest.mark.parametrize("agents", [0, 5])
def test_zero_calls(agents, patience) -> None:
    result = performance(agents, 0, 180, 20, patience)
    assert result.service_level == 1
    assert result.average_speed_of_answer_seconds == result.occupancy == 0
    assert result.probability_of_wait == result.abandonment == 0
    assert erlang_b(agents, 0) == erlang_c(agents, 0) == 0
    assert erlang_b(0, 3) == erlang_c(0, 3) == 1


@pytest.mark.parametrize("traffic", [1e-6, 0.5, 0.999, 1.0, 1.001, 3, 1000])
def test_large_centres_stay_finite(traffic) -> None:
    agents = np.array([0.01, 1, 1e3, 1e4, 1e6])
    for patience in (0.1, 60, 1e5):
        result = performance(agents, agents * traffic, 300, 20, patience)
        for values in vars(result).values():
            assert np.isfinite(values).all() and (values >= 0).all()
        # What is served cannot exceed what the agents can do.
        assert (traffic * (1 - result.abandonment) <= 1 + 1e-9).all()
    assert (erlang_c(agents, agents * traffic) <= 1).all()


def test_overload_of_a_large_centre_is_fluid() -> None:
    # 10,000 agents at twice their load serve half the calls; who is served has waited
    # until half of those who came with them had left: P ln 2 = 208 s, not 20 s.
    result = performance(10_000, 20_000, 300, 20, patience_seconds=300)
    assert result.abandonment == pytest.approx(0.5, abs=1e-6)
    assert result.service_level == pytest.approx(0, abs=1e-9)


# Nonsense is refused


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"load": -1.0}, r"load must be >= 0, got -1\.0"),
        ({"load": [1, math.nan]}, "load must be finite, got nan"),
        ({"handle_seconds": 0}, r"handle_seconds must be > 0, got 0\.0"),
        ({"answer_within": -5}, r"answer_within must be >= 0, got -5\.0"),
        ({"patience_seconds": 0}, r"patience_seconds must be > 0, got 0\.0"),
        ({"patience_seconds": math.nan}, "patience_seconds must be finite, got nan"),
        ({"service_level": 0}, r"service_level must be in \(0, 1\), got 0\.0"),
        ({"service_level": 80}, r"service_level must be in \(0, 1\), got 80\.0"),
        ({"service_level": 1}, "can never be reached"),
        ({"maximum_occupancy": 1.1}, r"occupancy must be in \(0, 1\], got 1\.1"),
        ({"maximum_occupancy": 0}, r"occupancy must be in \(0, 1\], got 0\.0"),
        ({"maximum_occupancy": 1e-12}, "no 1000000000 agents reach the targets"),
        ({"minimum": -1}, r"minimum must be >= 0, got -1\.0"),
    ],
)
def test_required_agents_refuses_nonsense(change, message) -> None:
    with pytest.raises(InvalidInput, match=message):
        required_agents(**{**GOLDEN, "service_level": 0.8, **change})


def test_the_others_refuse_nonsense() -> None:
    with pytest.raises(InvalidInput, match=r"agents must be >= 0, got -1\.0"):
        performance(-1, **GOLDEN)
    with pytest.raises(InvalidInput, match=r"interval_seconds must be > 0, got 0\.0"):
        offered_load(100, interval_seconds=0, handle_seconds=180)
    with pytest.raises(InvalidInput, match=r"shrinkage must be in \[0, 1\), got 1\.0"):
        scheduled_agents(14, shrinkage=1)
