"""Why there is no legal week: the smallest conflict, and what would do."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from models.roster.alone import alone, has_tour, without_tour
from models.roster.problem import Pin, RosterProblem
from models.roster.result import Limits, Status
from models.roster.solve import solve
from models.roster.why import conflict_of, conflict_together
from models.roster.why.conflict import ways_out
from models.roster.why.members import members
from models.roster.why.subsets import only, smallest
from tests.roster.generated import small
from tests.roster.generated_rules import ruled
from tests.test_translate.plans import OFFICE, claims, translated

#: Seeds of generated problems, and agents of theirs who have no legal week.
IMPOSSIBLE = {
    small: "0:2 12:0 12:3 15:0 19:2 27:2 30:0 37:0 38:2 39:0 39:1",
    ruled: "1:0 2:0 2:2 4:1 10:0 21:1 25:0 25:2 30:2 32:1 33:0 34:1 38:1 38:2",
}


@pytest.mark.parametrize(
    ("made", "seed", "a"),
    [
        (made, *map(int, who.split(":")))
        for made, found in IMPOSSIBLE.items()
        for who in found.split()
    ],
)
def test_a_conflict_is_minimal_and_each_remedy_is_enough(
    made: Callable[[int], RosterProblem], seed: int, a: int
) -> None:
    own = alone(made(seed), made(seed).agents[a])
    assert not has_tour(own)
    every = list(members(own))
    assert has_tour(only(own, every, []))
    blamed = smallest(own, every)
    assert not has_tour(only(own, every, blamed))
    for member in blamed:
        others = [other for other in blamed if other is not member]
        assert has_tour(only(own, every, others))
    ways = list(ways_out(own, every, blamed))
    assert ways
    for way in ways:
        eased = own
        for member, notches in way:
            eased = member.eased(eased, notches)
        assert has_tour(eased)
        # a notch less is not enough
        (last, notches) = way[-1]
        if notches > 1:
            eased = own
            for member, k in way[:-1]:
                eased = member.eased(eased, k)
            assert not has_tour(last.eased(eased, notches - 1))


def together(**content: Any) -> tuple[list[str], list[str]]:
    """What cannot all be kept of agents who each have a legal week; what would do."""
    nobody = {"skills": {"ann": [], "bob": [], "cy": []}}
    problem = translated(**nobody | content).problem
    assert not without_tour(problem)
    (told,) = conflict_together(problem)
    return list(told.members), [remedy.words for remedy in told.remedies]


OFF = [
    {"agent_id": name, "date": "2026-03-04", "pin": "off"} for name in ("ann", "bob")
]
LEADS = [
    {"agent_id": name, "contract": "full", "roles": roles}
    for name, roles in (("ann", "lead"), ("bob", "lead"), ("cy", ""))
]


def test_nobody_of_a_role_can_come() -> None:
    mix = [{"start": "09:00", "end": "12:00", "role": "lead"}]
    members, remedies = together(agents=LEADS, floor_mix=mix, pins=OFF)
    assert members == [
        "ann: Wed 2026-03-04 is pinned: off",
        "bob: Wed 2026-03-04 is pinned: off",
        "floor_mix: lead on Wed 2026-03-04",
    ]
    assert remedies == [
        "drop the pin of ann on Wed 2026-03-04",
        "drop the pin of bob on Wed 2026-03-04",
        "do without floor_mix for lead on Wed 2026-03-04",
    ]


def test_two_who_should_be_together_and_cannot() -> None:
    pairs = [{"rule": "same_hours", "agent_id": "ann", "other_id": "cy"}]
    works = {"pin": "shift", "shift_type": "day", "start": "08:00"}
    pin = {"agent_id": "cy", "date": "2026-03-04"} | works
    members, remedies = together(pairs=pairs, pins=[OFF[0], pin])
    assert [member.split(":")[0] for member in members] == ["ann", "cy", "same_hours"]
    assert "drop the pin of ann on Wed 2026-03-04" in remedies


def test_the_words_name_what_is_in_conflict() -> None:
    problem = small(0)
    agent = problem.agents[0]
    pins = (Pin(0, None), *(Pin(d, None) for d in range(1, problem.days)))
    weeks = tuple(replace(week, min_minutes=60, min_days=0) for week in agent.weeks)
    held = replace(agent, pins=pins, weeks=weeks, rules=(), meetings=())
    told = conflict_of(problem, held)
    assert told.agent == agent.name
    assert told.message == (
        f"{agent.name} has no legal week, these cannot all be kept: "
        + "; ".join(told.members)
    )
    assert told.rules[0] == "minimum_hours" and set(told.rules[1:]) == {"pins"}
    assert f"ask {agent.name} for 0 h only" in told.remedies[0].words
    others = (held, replace(held, name="Twin"), *problem.agents[2:])
    result = solve(replace(problem, agents=others), limits=Limits(5))
    assert result.status is Status.INFEASIBLE
    assert result.conflicts[0] == told
    assert result.conflicts[1].message == "the same holds of Twin"
    assert result.conflicts[1].members == told.members


CLAIMS = {"agent_id": "ann", "date": "2026-03-04", "pin": "activity"} | {
    "activity": "claims"
}


def at_cases(**content: Any) -> tuple[list[str], list[str]]:
    """The same of agents of whom one may be on cases, in the office's hours."""
    return together(
        skills={"ann": ["claims"], "bob": [], "cy": []},
        case_types=[claims(calendar="office")],
        calendars={"office": OFFICE},
        **content,
    )


def test_pinned_work_that_no_shift_holds() -> None:
    # 08:00 to 17:00 at most, lunch in between
    pins = [CLAIMS | {"start": "09:00", "end": "14:00"}]
    members, remedies = at_cases(pins=pins)
    assert members == [
        "breaks within their windows",
        "pinned to claims, Wed 2026-03-04 09:00 to Wed 2026-03-04 14:00",
    ]
    assert remedies == [
        "drop the pin of ann to claims, Wed 2026-03-04 09:00 to Wed 2026-03-04 14:00"
    ]


def test_pinned_work_above_the_limit_of_case_work() -> None:
    book = [{"rule": "case_share", "max": 1}]
    pins = [CLAIMS | {"start": "10:00", "end": "12:00"}]
    members, remedies = at_cases(pins=pins, rule_book=book)
    assert members == [
        "at most 1 h on cases, Mon 2026-03-02 to Sun 2026-03-08",
        "pinned to claims, Wed 2026-03-04 10:00 to Wed 2026-03-04 12:00",
    ]
    assert remedies == [
        "let ann be on cases 1 h more, Mon 2026-03-02 to Sun 2026-03-08",
        "drop the pin of ann to claims, Wed 2026-03-04 10:00 to Wed 2026-03-04 12:00",
    ]
