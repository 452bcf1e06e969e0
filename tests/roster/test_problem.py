"""A problem that cannot be right is refused, and says why."""

from dataclasses import replace

import pytest

from models.errors import InvalidInput
from models.roster.problem import Headcount, RosterProblem, Shift, Which
from tests.roster.builders import problem, voice


def menu_of(shift: Shift) -> RosterProblem:
    return replace(problem(menu=[(0, 8, 12)], days=2), shifts=(shift,))


@pytest.mark.parametrize(
    ("shift", "says"),
    [
        (Shift(0, 0, 480, 2881, 1), "not inside the horizon"),
        (Shift(0, 0, 485, 720, 1), "not on the grid"),
        (Shift(0, 1, 480, 720, 1), "does not start on day 1"),
        (Shift(0, 2, 480, 720, 1), "does not start on day 2"),
    ],
)
def test_shifts(shift: Shift, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        menu_of(shift)


def test_works_are_told_apart_by_their_names() -> None:
    with pytest.raises(InvalidInput, match="two works have this name"):
        problem(works=[voice(), voice()])


def test_the_grid_and_rules() -> None:
    with pytest.raises(InvalidInput, match="multiple of 5"):
        problem(period=7)
    with pytest.raises(InvalidInput, match="no rule 'x'"):
        problem(off=frozenset({"x"}))


def test_a_part_of_the_agents_has_nothing_that_was_derived_of_all() -> None:
    alone = problem(menu=[(0, 8, 12)], days=2)
    row = Headcount("two", None, Which(), needed=2, under_cost=None)
    whole = replace(alone, agents=alone.agents * 2, headcounts=(row,))
    assert whole.joint == (row,)
    assert whole.of_agents(*alone.agents, joined=False) == alone
    assert whole.of_agents(*alone.agents, joined=False).joint == ()
    assert whole.of_agents(*alone.agents) == replace(alone, headcounts=(row,))
