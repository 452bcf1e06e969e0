"""Staying near a roster: who keeps their week, and who does not."""

from collections.abc import Sequence
from typing import Any

import pytest

from models.errors import InvalidInput
from models.roster import check
from models.roster.problem import Headcount, RosterProblem, Which
from models.roster.result import Limits, Result, Roster, Status, StopReason
from models.roster.solve import solve
from tests.roster.builders import H, agent, need, problem, roster, voice, week
from tests.roster.generated import small

WORDS = "calls calls calls calls"
EARLY, LATE = 0, 1
WEEK = (week(min_minutes=4 * H),)  # all must work
LITTLE, MUCH = 360, 720  # of a centi-agent short: for four hours 0.4, 0.8 paid hours
ENDS = (StopReason.NEAR, StopReason.PROOF, StopReason.GAP)


def near(seconds: float = 30, workers: int = 1, gap: float = 0.0) -> Limits:
    return Limits(seconds=seconds, workers=workers, gap=gap, near=True)


def people(names: str, cost: int, **fields: Any) -> RosterProblem:
    """People who work four hours, early or late; one is wanted at all times."""
    return problem(
        **{
            "days": 1,
            "day_minutes": 10 * H,
            "menu": [(0, 0, 4), (0, 4, 8)],
            "works": [voice()],
            "agents": [agent(name, speeds=(100,), weeks=WEEK) for name in names],
            "covers": [need(dict.fromkeys(range(8), 100), cost)],
            **fields,
        }
    )


def shifts(found: Result | Roster, asked: RosterProblem) -> list[Sequence[int]]:
    """The shifts of each agent, by their place in the menu."""
    whole = found if isinstance(found, Roster) else found.roster
    assert whole is not None
    assert check.violations(asked, whole) == []
    places = {(s.start, s.end): i for i, s in enumerate(asked.shifts)}
    return [
        [places[w.start, w.end] for w in whole.worked if w.agent == a]
        for a in range(len(asked.agents))
    ]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_week_changes_only_where_that_pays(workers: int) -> None:
    for cost, moved in ((LITTLE, 0), (MUCH, 1)):
        asked = people("ABC", cost)
        given = roster(asked, *((a, EARLY, WORDS) for a in range(3)))
        found = solve(asked, limits=near(workers=workers), start=given)
        assert shifts(found, asked).count([LATE]) == moved
        assert found.stop_reason in ENDS
        free = solve(asked, limits=Limits(seconds=30, workers=workers), start=given)
        assert [LATE] in shifts(free, asked)


def test_a_week_that_lacks_is_made_and_the_others_stay() -> None:
    asked = people("ABC", LITTLE)
    given = roster(asked, (0, EARLY, WORDS), (1, EARLY, WORDS))
    found = solve(asked, limits=near(), start=given)
    assert shifts(found, asked) == [[EARLY], [EARLY], [LATE]]


@pytest.mark.parametrize("seed", range(1, 7))
def test_the_answer_is_legal_and_no_worse(seed: int) -> None:
    asked = small(seed)
    poor = solve(asked, "cpsat", Limits(seconds=20, gap=1e6, workers=1)).roster
    assert poor is not None
    found = solve(asked, limits=near(5), start=poor)
    assert found.roster is not None
    assert check.violations(asked, found.roster) == []
    cost = check.cost(asked, found.roster)
    assert found.bound is not None
    assert found.bound <= cost <= check.cost(asked, poor)
    again = solve(asked, limits=near(5), start=found.roster)
    assert check.cost(asked, again.roster or poor) <= cost


@pytest.mark.parametrize("workers", [1, 2])
def test_rules_that_join_people_come_first(workers: int) -> None:
    late = Headcount("one late", 0, Which(starting=((4 * H, 5 * H),)), 1, None)
    asked = people("AB", 0, headcounts=(late,))
    given = roster(asked, (0, EARLY, WORDS), (1, EARLY, WORDS))
    found = solve(asked, limits=near(workers=workers), start=given)
    assert shifts(found, asked).count([LATE]) == 1


def test_of_what_cannot_be_it_says_so() -> None:
    late = Headcount("three late", 0, Which(starting=((4 * H, 5 * H),)), 3, None)
    asked = people("AB", 0, headcounts=(late,))
    given = roster(asked, (0, EARLY, WORDS), (1, EARLY, WORDS))
    assert solve(asked, limits=near(), start=given).status is Status.INFEASIBLE


@pytest.mark.parametrize("engine", ["cpsat", "milp"])
def test_other_engines_refuse(engine: str) -> None:
    asked = people("A", LITTLE)
    given = roster(asked, (0, EARLY, WORDS))
    with pytest.raises(InvalidInput, match=r"cannot (stay near|start from) a roster"):
        solve(asked, engine, near(), start=given)


def test_there_must_be_something_to_stay_near() -> None:
    with pytest.raises(InvalidInput, match="no roster to start from"):
        solve(people("A", LITTLE), limits=near())
