"""A roster is read once for all rules, and never taken for another one."""

from dataclasses import replace
from inspect import unwrap
from weakref import ref

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.roster.check.reading import read, remembered, remembered_of_both, tours
from models.roster.problem import RosterProblem
from models.roster.result import Roster
from tests.roster.builders import agent, problem, roster

MENU = [(0, 8, 12), (0, 10, 14)]
TWO = problem(menu=MENU, agents=[agent(), agent("Ben")])
THREE = problem(menu=MENU, agents=[agent(), agent("Ben"), agent("Cem")])
WORDS = ("- calls calls -", "calls calls calls calls", "- - calls -")


def made(problem: RosterProblem, shift: int, words: str) -> Roster:
    return roster(problem, (0, shift, words), (1, 1 - shift, WORDS[0]))


@given(
    st.lists(
        st.tuples(st.integers(0, 1), st.sampled_from(WORDS), st.booleans()),
        min_size=2,
        max_size=8,
    )
)
def test_a_reading_is_that_of_the_roster_asked_about(
    asked: list[tuple[int, str, bool]],
) -> None:
    for shift, words, is_three in asked:  # each one is gone before the next is made
        p = THREE if is_three else TWO
        own = made(p, shift, words)
        for make in (read, tours):
            fresh = unwrap(make)(p, own)
            assert make(p, own) == fresh
            assert make(p, own) is make(p, own)


def test_a_roster_that_cannot_be_read_leaves_nothing_behind() -> None:
    own, beyond = made(TWO, 0, WORDS[0]), made(THREE, 0, WORDS[0])
    third = replace(beyond.worked[0], agent=2)
    beyond = replace(beyond, worked=(*beyond.worked, third))
    before = read(TWO, own)
    with pytest.raises(IndexError):
        read(TWO, beyond)
    assert read(TWO, own) == before
    assert len(tours(THREE, beyond)[2]) == 1


def test_what_is_equal_is_not_the_same() -> None:
    found = []

    @remembered
    def counted(problem: RosterProblem, roster: Roster) -> int:
        found.append(roster)
        return len(found)

    one = made(TWO, 0, WORDS[0])
    other = replace(one)
    assert one == other
    assert [counted(TWO, each) for each in (one, one, other, one)] == [1, 1, 2, 3]
    assert [counted(p, one) for p in (TWO, THREE, TWO)] == [3, 4, 5]


def test_what_is_of_a_problem_too_is_not_taken_for_that_of_another() -> None:
    found = []

    @remembered_of_both
    def counted(problem: RosterProblem, roster: Roster) -> int:
        found.append(roster)
        return len(found)

    one = made(TWO, 0, WORDS[0])
    alike = replace(TWO)
    assert alike == TWO
    assert [counted(p, one) for p in (TWO, TWO, alike, TWO)] == [1, 1, 2, 3]
    assert [counted(TWO, each) for each in (one, replace(one))] == [3, 4]
    gone = ref(alike)
    counted(alike, one)
    del alike
    assert gone() is None, "a problem is not kept for the next one who asks"
