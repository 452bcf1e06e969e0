"""Blocks that settle in: by hand in the checker, by brute force in the engines."""

from dataclasses import replace

import pytest

from models.errors import InvalidInput
from models.roster import check
from models.roster.problem import Kind, RosterProblem
from tests.roster import brute
from tests.roster.answers import solved
from tests.roster.builders import H, agent, backlog, case, problem, roster, voice
from tests.roster.generated import tiny

SEEDS = range(12)


def with_settling(of: RosterProblem, minutes: int) -> RosterProblem:
    """A problem in which blocks last two hours and settle in for some minutes."""
    works = tuple(
        replace(w, shortest=2 * H, longest=None, settling=minutes)
        if w.kind is Kind.CASE
        else w
        for w in of.works
    )
    return replace(of, works=works)


def units(minutes: int) -> int:
    return minutes * 20


def test_the_first_minutes_of_each_block_do_no_work() -> None:
    p = problem(
        menu=[(0, 8, 14)],
        works=[voice(), case(settling=30)],
        agents=[agent(speeds=(100, 80))],
        cases=[backlog(({0: 600}, {}))],
    )
    # Two blocks of two hours and one: half an hour of each is lost, at speed 0.8.
    r = roster(p, (0, 0, "claims claims calls claims - -"))
    assert sum(check.case_minutes(p, r)[0]) == units(180 - 2 * 30) * 8 // 10
    lost = [(k, at, minutes) for _, k, at, minutes in check.settling(p, r)]
    assert lost == [(1, 8, 30), (1, 11, 30)]


def test_activities_that_touch_are_one_block() -> None:
    p = problem(
        menu=[(0, 8, 12)], works=[voice(), case(settling=60)], agents=[agent()],
        cases=[backlog(({0: 600}, {}))],
    )  # fmt: skip
    whole = roster(p, (0, 0, "claims claims claims -"))
    parts = roster(p, (0, 0, "claims |claims claims -"))
    assert len(parts.activities or ()) == 1 + len(whole.activities or ())
    assert check.case_minutes(p, parts) == check.case_minutes(p, whole)
    assert sum(check.case_minutes(p, whole)[0]) == units(120)


@pytest.mark.parametrize("minutes", [30, 90, 120])
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("engine", ["columns", "cpsat"])
def test_engines_agree_with_brute_force(engine: str, seed: int, minutes: int) -> None:
    settled = with_settling(tiny(seed), minutes)
    assert solved(settled, engine).bound == brute.best(settled)


@pytest.mark.parametrize("minutes", [-5, 7, 150])
def test_settling_is_part_of_a_block(minutes: int) -> None:
    with pytest.raises(InvalidInput, match="settling must be a multiple of 5"):
        with_settling(tiny(0), minutes)
    with pytest.raises(InvalidInput, match="settling"):
        with_settling(tiny(0), 90).without("shortest_case_block")
