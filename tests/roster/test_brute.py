"""The brute force is right, and every rule bites somewhere."""

from itertools import product
from random import Random

import pytest

from models.roster import check
from models.roster.problem import RULES, Meeting, RosterProblem, WishKind
from models.roster.result import Roster
from tests.roster import brute
from tests.roster.bites import BITES
from tests.roster.builders import (
    H,
    agent,
    backlog,
    case,
    kind,
    need,
    pause,
    problem,
    voice,
    week,
    wish,
)


def test_there_is_a_bite_for_every_rule() -> None:
    assert tuple(BITES) == RULES


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_bites(rule: str) -> None:
    held = BITES[rule]
    free = brute.best_roster(held.without(rule))
    assert free is not None
    cost = brute.best(held)
    assert cost is None or cost > free[0]
    # The cheapest roster without the rule breaks that rule, and no other.
    broken = {v.rule for v in check.violations(held, free[1])}
    assert broken == ({rule} if rule != "work_after_arrival" else set())


@pytest.mark.parametrize(
    ("rule", "with_it", "without_it"),
    [
        # One of two shifts of 60 min, the other hour short of 100 centi-agents.
        ("one_shift_per_day", 60 + 100_000, 120),
        # Not to come at all is dearer: 100 * 1000 short.
        ("own_shift_types", 100_000, 60),
        ("minimum_hours", 60, 0),
        # Lunch in the needed hour: the shift is not worth its pay.
        ("breaks_in_window", 100_000, 120),
        # Tea first, then lunch in the third hour: 60 of 180 min are paid.
        ("breaks_in_order", 100_000, 60),
        ("meetings", 60, 0),
        # 1200 units late at 10 each, or an hour's pay.
        ("case_hours", 12_000, 60),
        # Idle or on calls in one of the hours: 1200 of 2400 late, 120 min paid.
        ("longest_case_block", 12_120, 120),
        ("work_after_arrival", 12_000, 60),
    ],
)
def test_bites_by_hand(rule: str, with_it: int, without_it: int) -> None:
    assert brute.best(BITES[rule]) == with_it
    assert brute.best(BITES[rule].without(rule)) == without_it


def test_no_legal_roster_is_none() -> None:
    # An hour must be paid, and there is no shift.
    assert brute.best(problem(agents=[agent(weeks=(week(min_minutes=1),))])) is None


def every_roster(p: RosterProblem) -> list[Roster]:
    """Every roster, without any thought: all fills of all sets of shifts."""
    own = []
    for a in range(len(p.agents)):
        alone = brute.alone_with(p, a)
        fills = [list(brute.fillings(alone, s)) for s in range(len(p.shifts))]
        own.append(
            [
                brute._named(brute._joined(parts), a)
                for shifts in brute._sets(range(len(p.shifts)))
                for parts in product(*(fills[s] for s in shifts))
            ]
        )
    return [brute._joined(rosters) for rosters in product(*own)]


def thoughtless(p: RosterProblem) -> int | None:
    legal = [r for r in every_roster(p) if not check.violations(p, r)]
    return min((check.cost(p, r) for r in legal), default=None)


@pytest.mark.parametrize("seed", range(6))
def test_two_agents_like_thoughtless_search(seed: int) -> None:
    # One shift of two hours, (3 ** 2 + 1) ** 2 = 100 rosters.
    draw = Random(seed)
    p = problem(
        works=[voice(shortest=draw.choice([0, 2 * H])), case(longest=H)],
        menu=[(0, 0, 2)],
        day_minutes=3 * H,
        agents=[
            agent(speeds=(100, draw.choice([0, 80])), paid_cost=draw.randint(0, 3)),
            agent("Ben", speeds=(draw.choice([0, 100]), 120)),
        ],
        covers=[need({0: draw.choice([100, 150]), 1: 100}, cost=draw.randint(1, 3))],
        cases=[backlog(({0: 1200, H: 600}, {2 * H: 1500}), late_cost=1, open_cost=1)],
        block_cost=draw.randint(0, 50),
        idle_cost=draw.randint(0, 50),
    )
    assert brute.best(p) == thoughtless(p)


@pytest.mark.parametrize("seed", range(6))
def test_two_days_like_thoughtless_search(seed: int) -> None:
    # A break, a meeting in one of two shifts, a wish, overtime.
    draw = Random(seed)
    p = problem(
        types=[kind(pause(0, H), name="short")],
        works=[voice(), case()],
        menu=[(0, 0, 2), (1, 0, 2)],
        days=2,
        day_minutes=2 * H,
        agents=[
            agent(
                meetings=(Meeting("1:1", H, draw.choice([0, 2 * H]), 3 * H),),
                weeks=(week(0, H, draw.choice([0, H])),),
                wishes=(wish(WishKind.AVOID, stretch=(0, draw.randint(0, 120))),),
            )
        ],
        covers=[need({0: 100, 3: 100}, cost=draw.randint(0, 2))],
        cases=[backlog(({0: 1200}, {2 * H: 1200}), late_cost=draw.randint(0, 1))],
        idle_cost=7,
    )
    assert brute.best(p) == thoughtless(p)
