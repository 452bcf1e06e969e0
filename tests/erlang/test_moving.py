"""Modified offered load: against the differential equation, and at the edges."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from models.erlang import modified_offered_load, offered_load
from models.errors import InvalidInput

SPAN = 900.0


@given(
    st.lists(st.floats(0, 500), min_size=1, max_size=8),
    st.floats(30, 3600),
    st.floats(0, 50),
)
@settings(max_examples=30, deadline=None)
def test_it_solves_the_differential_equation(calls, handle, before) -> None:
    found = modified_offered_load(calls, SPAN, handle, before)
    now = before
    for load, number in zip(found, calls, strict=True):
        rate = number / SPAN
        solved = solve_ivp(
            lambda _, m, rate=rate: [rate - m[0] / handle, m[0] / SPAN],
            (0, SPAN),
            [now, 0.0],
            rtol=1e-9,
            atol=1e-9,
        )
        now, mean = solved.y[:, -1]
        assert load == pytest.approx(mean, rel=1e-6, abs=1e-6)


@given(st.lists(st.floats(0, 500), min_size=1, max_size=20), st.floats(1, 2000))
@settings(max_examples=50, deadline=None)
def test_work_is_neither_lost_nor_made(calls, handle) -> None:
    """What is not handled by the end is still in progress then."""
    silence = [0.0] * int(np.ceil(40 * handle / SPAN))
    found = modified_offered_load([*calls, *silence], SPAN, handle)
    assert found.sum() * SPAN == pytest.approx(sum(calls) * handle, rel=1e-6)


def test_a_level_load_settles_at_the_offered_one() -> None:
    found = modified_offered_load([50.0] * 40, SPAN, 300)
    assert found[-1] == pytest.approx(float(offered_load(50, SPAN, 300)))
    assert (np.diff(found) >= 0).all() and found[0] < 0.8 * found[-1]


def test_who_is_on_the_phone_already_counts() -> None:
    settled = float(offered_load(50, SPAN, 300))
    level = modified_offered_load([50.0] * 5, SPAN, 300, in_progress=settled)
    assert level == pytest.approx(np.full(5, settled))


def test_short_calls_are_sipp() -> None:
    calls = np.array([10.0, 90.0, 0.0, 40.0])
    assert modified_offered_load(calls, SPAN, 0) == pytest.approx(np.zeros(4))
    near = modified_offered_load(calls, SPAN, 0.5)
    assert near == pytest.approx(offered_load(calls, SPAN, 0.5), rel=1e-3, abs=1e-4)


def test_many_queues_at_once() -> None:
    calls = np.arange(24.0).reshape(2, 3, 4)
    handle = np.array([180.0, 300.0, 600.0])[:, None]
    found = modified_offered_load(calls, SPAN, handle)
    assert found.shape == calls.shape
    assert found[1, 2] == pytest.approx(modified_offered_load(calls[1, 2], SPAN, 600))


@pytest.mark.parametrize(
    ("calls", "span", "message"),
    [
        (5.0, SPAN, "axis of intervals"),
        ([5.0], 0, "interval_seconds"),
        ([-1], 9, "calls"),
    ],
)
def test_nonsense_is_refused(calls, span, message) -> None:
    with pytest.raises(InvalidInput, match=message):
        modified_offered_load(calls, span, 180)
