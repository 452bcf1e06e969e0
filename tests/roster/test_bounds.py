"""Bounds hold: outline, cheapest tours; and where no roster exists, the reason does."""

import pytest

from models.roster import check
from models.roster.alone import alone, without_tour
from models.roster.columns.floor import cheapest_tours
from models.roster.halting import Halted
from models.roster.outline import SHARED_GOALS, Outline
from models.roster.problem import TOUR_GOALS, RosterProblem
from models.roster.result import Limits, Status
from models.roster.solve import solve
from scheduler.preparing import prepare_made
from scheduler.samples.centre import centre
from tests.roster.answers import QUICK, best, seeds
from tests.roster.generated import small

SECONDS = 20
LIMITS = Limits(seconds=30, workers=1)


@seeds
def test_the_outline_costs_no_more_than_the_optimum(seed: int) -> None:
    if best(seed).roster is None:
        return
    outline, goals = (
        Outline(small(seed)),
        check.objective(small(seed), best(seed).roster),
    )
    assert outline.bound(seconds=SECONDS) <= best(seed).bound
    for goal in SHARED_GOALS:
        assert outline.bound(goal, seconds=SECONDS) <= goals[goal]


def test_the_outline_ends_when_told_to() -> None:
    problem = prepare_made(centre(agents=8)).problem
    with pytest.raises(Halted):
        Outline(problem, lambda: True)
    outline = Outline(problem)
    assert outline.bound(seconds=SECONDS, halt=lambda: True) is None
    assert outline.bound(seconds=SECONDS) is not None


@seeds
def test_the_cheapest_tours_cost_no_more_than_the_optimum(seed: int) -> None:
    if best(seed).roster is None:
        return
    cheapest, goals = (
        cheapest_tours(small(seed)),
        check.objective(small(seed), best(seed).roster),
    )
    assert cheapest.without == ()
    assert cheapest.floor <= sum(goals[goal] for goal in TOUR_GOALS)
    assert cheapest.floor <= best(seed).bound
    assert set(cheapest.parts) == set(TOUR_GOALS)
    for goal, least in cheapest.parts.items():
        assert least <= goals[goal]


@seeds
def test_a_solve_tells_bounds_that_hold(seed: int) -> None:
    if best(seed).roster is None:
        return
    result = solve(small(seed), "cpsat", LIMITS)
    goals = check.objective(small(seed), best(seed).roster)
    assert result.status is Status.OPTIMAL
    assert result.bound == best(seed).bound
    assert result.floor <= result.bound
    assert all(result.bound_parts[goal] <= goals[goal] for goal in goals)
    bounds = [p.bound for p in result.progress if p.bound is not None]
    assert bounds == sorted(bounds)


def test_the_outline_bites() -> None:
    """Of most problems it says more than the cheapest tours do."""
    rostered = [small(s) for s in range(QUICK) if best(s).roster is not None]
    more = sum(
        Outline(problem).bound(seconds=SECONDS) > cheapest_tours(problem).floor
        for problem in rostered
    )
    assert more >= len(rostered) / 2


def test_some_problems_have_no_roster() -> None:
    assert sum(best(seed).roster is None for seed in range(QUICK)) >= 3


def has_tour(problem: RosterProblem) -> bool:
    return without_tour(problem) == ()


@pytest.mark.parametrize("rules", [("pins", "run_of_days"), ("pins",)])
def test_has_tour_can_say_both(rules: tuple[str, ...]) -> None:
    """Seed 12, agent A0: pinned to a day that its run of days before does not allow."""
    own = alone(small(12), small(12).agents[0])
    assert not has_tour(own)
    assert has_tour(own.without(*rules))
