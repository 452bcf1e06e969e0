"""Worths of hours, hires and rules: what the second opinion on bounds says of them."""

from dataclasses import replace
from functools import cache

import pytest

from models.roster import columns
from models.roster.certify import certify
from models.roster.problem import RosterProblem
from models.roster.result import Certificate, Limits
from models.roster.track import Track
from models.roster.worth import eased, hires, hours, with_hour
from scheduler.rosters.worth import ROOM
from tests.roster.answers import by_columns
from tests.roster.builders import H, agent, need, problem, week
from tests.roster.generated import small

SEEDS = (1, 2, 5, 10)  # of those with a roster, without cases between calls
ROUNDED = 2  # cost units, for each number that is rounded


@cache
def priced(seed: int) -> tuple[RosterProblem, Certificate, int]:
    """Return a problem, the prices of its bound, and what they prove."""
    p, (found, _) = small(seed), by_columns(seed)
    assert found.certificate is not None
    assert not p.fills
    return p, found.certificate, certify(p, found.certificate).bound


@pytest.mark.parametrize("seed", SEEDS)
def test_an_hour_more_lowers_the_proved_bound_by_its_worth(seed: int) -> None:
    p, prices, bound = priced(seed)
    for hour in hours(p, prices)[:4]:
        other = certify(with_hour(p, hour), prices).bound
        assert bound - other == pytest.approx(hour.worth, abs=ROUNDED)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_more_agent_lowers_it_by_what_a_hire_is_worth(seed: int) -> None:
    p, prices, bound = priced(seed)
    for one, own in zip(p.agents, hires(p, prices), strict=True):
        assert own is not None
        more = (*p.agents, replace(one, name="one more"))
        other = certify(replace(p, agents=more), prices).bound
        assert bound - other == pytest.approx(own, abs=ROUNDED)


@pytest.mark.parametrize("change", ROOM)
def test_room_in_a_rule_lowers_it_by_its_worth(change: str) -> None:
    told = 0
    for seed in SEEDS:
        p, prices, bound = priced(seed)
        worths = eased(p, prices, hires(p, prices), ROOM[change])
        for a, own in enumerate(worths):
            assert own is not None
            agents = list(p.agents)
            agents[a] = ROOM[change](agents[a])
            other = certify(replace(p, agents=tuple(agents)), prices).bound
            assert bound - other == pytest.approx(own, abs=ROUNDED)
            told += own > 0
    # the next tests are about those
    assert told or change in ("eight hours less needed a week", "an hour less of rest")


def test_hours_that_need_not_be_paid_are_worth_their_pay() -> None:
    asked = agent("Ann", weeks=(week(min_minutes=480),))
    p = problem(agents=[asked], menu=[(0, 8, 16)])
    found = columns.solve(p, Limits(seconds=30, workers=1), Track())
    assert found.certificate is not None
    hired = hires(p, found.certificate)
    (own,) = eased(p, found.certificate, hired, ROOM["eight hours less needed a week"])
    assert own == 480 * p.agents[0].paid_cost


def test_some_hours_are_worth_something() -> None:
    works = [
        hour.work
        for seed in SEEDS
        for hour in hours(*priced(seed)[:2])
        if hour.worth > 0
    ]
    assert len(works) > 40


def test_an_hour_of_rest_is_worth_the_shift_that_it_forbids() -> None:
    asked = agent("Ann", min_rest=9 * H)
    calls = need({14: 100, 30: 100}, cost=1000)
    p = problem(agents=[asked], menu=[(0, 14, 22), (1, 6, 14)], covers=[calls], days=2)
    found = columns.solve(p, Limits(seconds=30, workers=1), Track())
    assert found.certificate is not None
    hired = hires(p, found.certificate)
    (own,) = eased(p, found.certificate, hired, ROOM["an hour less of rest"])
    assert own == pytest.approx(100 * 1000 - 480 * p.agents[0].paid_cost, rel=0.01)
