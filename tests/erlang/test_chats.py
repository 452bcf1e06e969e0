"""Several chats at once: against Erlang, a Markov chain and what must be so."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from models.erlang import (
    Definition,
    chat_performance,
    performance,
    required_agents,
    required_chat_agents,
)
from models.errors import InvalidInput

MORE = 400  # chats that wait, in the chain


def chain(agents, rate, handle, within, patience):
    """P(wait), P(gives up), answered in time, places taken, by the chain itself."""
    most = agents * len(handle)
    ends = []
    for k in range(1, most + MORE + 1):
        chats = min(k, most)
        each = [chats // agents + (a < chats % agents) for a in range(agents)]
        ends.append(
            sum(own / handle[own - 1] for own in each if own)
            + max(k - most, 0) / patience
        )
    weight = np.concatenate([[0.0], np.cumsum(np.log(rate) - np.log(ends))])
    p = np.exp(weight - weight.max())
    p /= p.sum()
    waiting = p[most:]
    lost = (waiting * np.arange(MORE + 1)).sum() / patience / rate
    out = np.zeros((MORE + 3, MORE + 3))
    for j in range(MORE + 1):
        out[j, j - 1 if j else MORE + 1] = most / handle[-1] + j / patience
        out[j, MORE + 2] = 1 / patience
        out[j, j] = -out[j].sum()
    answered = expm(out * within)[: MORE + 1, MORE + 1]
    taken = (p * np.minimum(np.arange(len(p)), most)).sum() / most
    return waiting.sum(), lost, p[:most].sum() + waiting @ answered, taken


@pytest.mark.parametrize(
    ("agents", "rate", "handle"),
    [
        (1, 0.004, [300.0, 400.0]),
        (3, 0.02, [300.0, 420.0, 540.0]),
        (10, 0.02, [600.0, 900.0]),
        (10, 0.05, [600.0, 900.0]),
        (7, 0.03, [200.0]),
    ],
)
def test_it_equals_the_markov_chain(agents, rate, handle) -> None:
    found = chat_performance(agents, rate, handle, 30, 300)
    ours = (
        found.probability_of_wait,
        found.abandonment,
        found.service_level,
        found.occupancy,
    )
    assert ours == pytest.approx(chain(agents, rate, handle, 30, 300), abs=1e-9)


@given(st.integers(1, 60), st.floats(0.1, 1.5), st.sampled_from([None, 60, 300]))
@settings(max_examples=50, deadline=None)
def test_one_chat_at_once_is_a_call(agents, traffic, patience) -> None:
    load = agents * traffic
    chat = chat_performance(agents, load / 240, [240], 20, patience)
    call = performance(agents, load, 240, 20, patience)
    for name in vars(call):
        assert getattr(chat, name) == pytest.approx(
            float(getattr(call, name)), rel=1e-8, abs=1e-9
        )


def test_chats_that_take_as_much_longer_gain_no_capacity() -> None:
    """Twice the time with two at once: as many are lost as with one agent each."""
    alone = chat_performance(10, 0.03, [600], 30, 60)
    both = chat_performance(10, 0.03, [600, 1200], 30, 60)
    assert both.abandonment < alone.abandonment
    busy = chat_performance(10, 1.0, [600, 1200], 30, 60)
    assert busy.abandonment == pytest.approx(1 - 10 / 600, abs=1e-3)


@given(st.floats(0.001, 0.2), st.floats(1, 1.9), st.floats(0.5, 0.95))
@settings(max_examples=25, deadline=None)
def test_required_agents_are_the_least(rate, slower, level) -> None:
    handle = [300.0, 300.0 * slower]
    agents = int(required_chat_agents(rate, handle, 30, level, 240, 0.9))

    def met(n: int) -> bool:
        found = chat_performance(n, rate, handle, 30, 240)
        return bool(found.service_level >= level and found.occupancy <= 0.9 + 1e-9)

    assert met(agents) and (agents == 1 or not met(agents - 1))
    one_at_once = int(required_agents(rate * 300, 300, 30, level, 240, 0.9))
    assert agents <= one_at_once


def test_definitions_edges_and_shapes() -> None:
    found = chat_performance([[0, 4]], [[0.01], [0.0]], [300, 400], 30, 120)
    assert found.service_level.tolist()[0][0] == 0
    assert found.service_level.tolist()[1] == [1, 1]
    assert found.occupancy.tolist()[1] == [0, 0]
    strict, kind = (
        chat_performance(1, 0.02, [300, 400], 30, 60, definition=d).service_level
        for d in (Definition.OFFERED, Definition.ANSWERED)
    )
    assert strict < kind
    endless = chat_performance(2, 1.0, [300, 400], 30)
    assert endless.service_level == 0 and endless.occupancy == 1
    assert required_chat_agents([0, 0.01], [300, 400], 30, 0.8).tolist()[0] == 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"agents": 1.5}, "agents must be whole"),
        ({"handle_seconds": [300, 700]}, "gets less done than with 1"),
        ({"handle_seconds": [0.0]}, "handle_seconds must be > 0"),
        ({"chats_per_second": -1}, "chats_per_second"),
        ({"answer_within": np.nan}, "answer_within must be finite"),
    ],
)
def test_nonsense_is_refused(change, message) -> None:
    given = {
        "agents": 3,
        "chats_per_second": 0.01,
        "handle_seconds": [300, 400],
        "answer_within": 30,
    }
    with pytest.raises(InvalidInput, match=message):
        chat_performance(**{**given, **change})
