"""What service level may mean: each definition is held to the Markov chain."""

import numpy as np
import pytest

from models.erlang import Definition, performance, required_agents
from tests.erlang.chain import CASES, chain


@pytest.mark.parametrize("case", CASES)
def test_each_definition_equals_the_markov_chain(case) -> None:
    true = chain(*case)
    levels = {d: performance(*case, definition=d).service_level for d in Definition}
    assert levels == {
        Definition.OFFERED: pytest.approx(true.in_time, abs=1e-11),
        Definition.ANSWERED: pytest.approx(true.in_time / (1 - true.lost), abs=1e-10),
        Definition.OFFERED_LESS_EARLY: pytest.approx(
            true.in_time / (1 - true.early), abs=1e-10
        ),
    }


def test_definitions_are_the_same_where_nobody_gives_up() -> None:
    levels = {
        float(performance(14, 10, 180, 20, None, definition=d).service_level)
        for d in Definition
    }
    assert len(levels) == 1


def test_nobody_there_answers_nobody() -> None:
    for definition in Definition:
        assert performance(0, 5, 180, 20, 60, definition=definition).service_level == 0


def test_the_kinder_definition_needs_fewer_agents() -> None:
    loads = np.array([5.0, 20.0, 80.0])
    needs = [
        required_agents(loads, 300, 20, 0.8, 60, definition=definition)
        for definition in (Definition.OFFERED, Definition.ANSWERED)
    ]
    assert (needs[1] < needs[0]).all()
