"""Bounds reckoned again from their prices, by code that no engine shares."""

from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import InvalidInput
from models.roster import check, columns
from models.roster.certify import FINE, certify
from models.roster.certify.demand import Row, least_at
from models.roster.problem import (
    RULES,
    Break,
    Cover,
    Level,
    Meeting,
    RosterProblem,
    Wish,
    WishKind,
)
from models.roster.result import CasePrices, Certificate, Limits, Result
from models.roster.track import Track
from tests.roster import brute
from tests.roster.answers import by_columns
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
)
from tests.roster.generated import small, tiny

QUICK, FULL = 16, 300
OF_FILLS = ("case_share", "pinned_work")  # which prices do not know
TRIES = 3  # sets of prices for each problem

seeds = pytest.mark.parametrize(
    "seed",
    [
        *range(QUICK),
        *(pytest.param(seed, marks=pytest.mark.full) for seed in range(QUICK, FULL)),
    ],
)


def solved(seed: int) -> Result:
    return by_columns(seed)[0]


def agreed(found: Result, of: RosterProblem) -> None:
    """The certificate proves what it says, and never more than a roster costs."""
    if found.certificate is None:
        assert found.roster is None
        return
    assert certify(of, found.certificate).bound == found.certificate.bound
    if found.roster is not None:
        assert found.certificate.bound <= check.cost(of, found.roster)


@seeds
def test_the_bound_of_the_engine_is_the_one_proved(seed: int) -> None:
    agreed(solved(seed), small(seed))


@pytest.mark.parametrize("rule", RULES)
def test_the_bound_is_proved_with_and_without_each_rule(rule: str) -> None:
    for of in (BITES[rule], BITES[rule].without(rule)):
        found = columns.solve(of, Limits(seconds=60, workers=1), Track())
        assert found.certificate is not None
        agreed(found, of)


def priced(of: RosterProblem, random: Random, *, heads: bool = True) -> Certificate:
    """Prices as good as any: none negative, none above what a unit costs."""

    def drawn(*highest: int) -> tuple[int, ...]:
        share = random.choice((0.0, 0.3, 1.0))
        return tuple(
            random.randint(0, most) if random.random() < share else 0
            for most in highest
        )

    def cover() -> tuple[tuple[int, ...], ...]:
        return tuple(
            drawn(*[2 * FINE * max(x.cost for x in c.levels)] * of.periods)
            for c in of.covers
        )

    none = tuple((0,) * of.periods for _ in of.covers)
    return Certificate(
        bound=0,
        cover=cover(),
        heads=cover() if heads else none,
        cases=tuple(
            CasePrices(
                room=drawn(*[2 * FINE * max(c.late_costs)] * len(of.cuts)),
                due=tuple(drawn(*(FINE * x for x in c.late_costs)) for _ in c.streams),
                order=tuple(
                    drawn(*(FINE * x for x in c.late_costs)) for _ in c.streams
                ),
                still=drawn(*(FINE * x for x in c.open_costs)),
            )
            for c in of.cases
        ),
        targets=drawn(*(FINE * x.cost for c in of.covers for x in c.targets)),
        people=tuple(
            random.randint(-FINE * over, FINE * under)
            for under, over in (row.prices for row in of.joint)
        ),
    )


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, QUICK - 1), random=st.randoms(use_true_random=False))
def test_no_prices_prove_more_than_a_roster_costs(seed: int, random: Random) -> None:
    roster = solved(seed).roster
    if roster is not None:
        proof = certify(small(seed), priced(small(seed), random))
        assert proof.bound <= check.cost(small(seed), roster)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, QUICK - 1), data=st.data())
def test_a_price_changed_by_hand_still_proves_a_bound(
    seed: int, data: st.DataObject
) -> None:
    found = solved(seed)
    if found.certificate is None or found.roster is None:
        return
    row, *others = found.certificate.cover
    p = data.draw(st.integers(0, len(row) - 1))
    price = data.draw(st.integers(0, 2 * max(*row, FINE)))
    changed = ((*row[:p], price, *row[p + 1 :]), *others)
    proof = certify(small(seed), replace(found.certificate, cover=changed))
    assert proof.bound <= check.cost(small(seed), found.roster)


@cache
def rosters(of: RosterProblem) -> brute.Best:
    return brute.rosters_of(of)


def least_by_brute_force(of: RosterProblem, prices: Certificate) -> int | None:
    """What one agent costs least less the rewards, by looking at every roster.

    Nobody is paid for hands, which come last.
    """
    rows = [*prices.cover, *(cases.room for cases in prices.cases)]
    return min(
        (
            FINE * cost
            - sum(
                price * x
                for row, has in zip(rows, given_, strict=False)
                for price, x in zip(row, has, strict=True)
            )
            - sum(
                price * count
                for price, count in zip(prices.people, given_[-1], strict=False)
            )
            for given_, (cost, _) in rosters(brute.alone_with(of, 0)).items()
        ),
        default=None,
    )


@seeds
def test_an_agent_costs_what_brute_force_finds(seed: int) -> None:
    random = Random(seed)
    alone = brute.alone_with(tiny(seed), 0)
    for of in (alone, alone.without(random.choice(RULES))):
        for _ in range(TRIES):
            prices = priced(of, random, heads=False)
            least = least_by_brute_force(of, prices)
            if least is None:
                with pytest.raises(InvalidInput, match="has no legal tour"):
                    certify(of, prices)
            else:
                assert certify(of, prices).agents == least


@pytest.mark.parametrize("rule", RULES)
def test_an_agent_of_each_bite_costs_what_brute_force_finds(rule: str) -> None:
    random = Random(rule)
    first = replace(BITES[rule], agents=BITES[rule].agents[:1])
    for of in (first, first.without(rule)):
        for _ in range(TRIES):
            prices = priced(of, random, heads=False)
            least, proved = least_by_brute_force(of, prices), certify(of, prices).agents
            if rule in OF_FILLS:
                assert least is not None and proved <= least
            else:
                assert proved == least


@settings(deadline=None)
@given(
    targets=st.lists(st.integers(0, 700), min_size=1, max_size=3),
    costs=st.lists(st.integers(0, 9), min_size=3, max_size=3),
    fixed=st.integers(0, 300),
    price=st.integers(0, 20 * FINE),
    step=st.sampled_from([0, 1, 20, 80, 100]),
    paid=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 800)), min_size=0, max_size=2
    ),
)
def test_cover_is_least_over_all_help_that_there_can_be(
    targets: list[int],
    costs: list[int],
    fixed: int,
    price: int,
    step: int,
    paid: list[tuple[float, int]],
) -> None:
    """Surplus above one or two bars may be paid for, up to the price in all."""
    pays = [(int(share * price / 2), needed) for share, needed in paid]
    levels = [Level("", (t,), c) for t, c in zip(targets, costs, strict=False)]
    cover = Cover("calls", frozenset({0}), tuple(levels), (fixed,))

    def told(x: int, price: int) -> int:
        short = sum(
            level.cost * max(0, level.target[0] - fixed - x) for level in levels
        )
        over = sum(pay * max(0, fixed + x - needed) for pay, needed in pays)
        return FINE * short + price * x - over

    helps = range(0, 1000, step) if step else range(1)
    row = Row(cover, (price,), (0,), {}, step)
    assert least_at(row, 0, pays) == min(told(x, price) for x in helps)
    if price:
        heads = min(told(h, price) for h in range(0, 1000, 100))
        assert least_at(Row(cover, (0,), (price,), {}, step), 0, pays) == heads


HARD = {
    "a meeting between breaks": problem(
        types=[kind(pause(0, 4 * H), pause(0, 4 * H, name="tea"), spacing=H)],
        works=[voice(), case(shortest=2 * H, longest=3 * H)],
        menu=[(0, 0, 7), (0, 1, 7)],
        day_minutes=7 * H,
        agents=[agent(meetings=(Meeting("1:1", H, 0, 6 * H),))],
        covers=[need({0: 100})],
        cases=[backlog(({0: 1200}, {3 * H: 1200}))],
        block_cost=100,
        idle_cost=30,
    ),
    "runs that must not join": problem(
        works=[voice(shortest=2 * H), case(longest=2 * H), case("post", longest=H)],
        menu=[(0, 0, 6)],
        day_minutes=6 * H,
        agents=[agent(speeds=(80, 100, 120))],
        covers=[need({0: 100})],
        cases=[backlog(({0: 1200}, {H: 1200})), backlog(({0: 10}, {}), work=2)],
        block_cost=40,
    ),
    "shifts of one day, and meetings in any": problem(
        menu=[(0, 0, 2), (0, 1, 2), (0, 2, 4), (0, 3, 5), (1, 0, 2), (1, 2, 3)],
        days=2,
        day_minutes=5 * H,
        agents=[
            agent(
                meetings=(Meeting("1:1", H, 0, 8 * H), Meeting("team", H, H, 6 * H)),
                weeks=(week(max_minutes=2 * H, overtime_minutes=3 * H),),
                overtime_cost=7,
            )
        ],
        covers=[need({0: 100})],
        off=frozenset({"one_shift_per_day"}),
    ),
    "two weeks": problem(
        menu=[(d, h, h + n) for d in range(3) for h in (0, 1) for n in (1, 2)],
        days=3,
        day_minutes=4 * H,
        weeks=[(0, 1), (2,)],
        agents=[
            agent(
                weeks=(week(H, H, H, max_days=1), week(min_days=1)),
                overtime_cost=9,
                min_rest=4 * H,
                last_end=-3 * H,
                max_run=1,
                wishes=(
                    Wish(WishKind.WORK, 1, 500),
                    Wish(WishKind.AVOID, 0, 3, (0, H)),
                ),
            )
        ],
        covers=[need({0: 100})],
    ),
}


@pytest.mark.parametrize("name", HARD)
def test_an_agent_with_much_to_keep_costs_what_brute_force_finds(name: str) -> None:
    random, of = Random(name), HARD[name]
    for _ in range(3 * TRIES):
        prices = priced(of, random, heads=False)
        assert certify(of, prices).agents == least_by_brute_force(of, prices)


def test_a_price_of_heads_pays_the_next_whole_number_of_agents() -> None:
    of = problem(
        menu=[(0, 0, 1)],
        day_minutes=H,
        agents=[agent(speeds=(80,)), agent("Bea", speeds=(120,))],
        covers=[need({0: 300})],
    )
    prices = Certificate(0, ((0,),), ((5 * FINE,),), ())
    pay = 60
    assert certify(of, prices).agents == FINE * ((pay - 500) + (pay - 1000))


def test_a_break_of_no_whole_periods_fits_nowhere() -> None:
    tea = Break("tea", 45, paid=False, earliest=0, latest=120)
    of = problem(
        types=[kind(tea)], menu=[(0, 0, 3)], day_minutes=3 * H, covers=[need({0: 100})]
    )
    assert certify(of, Certificate(0, ((10**9,) * 3,), ((0,) * 3,), ())).agents == 0


def test_agents_alike_are_told_one_by_one() -> None:
    of = problem(menu=[(0, 0, 1)], day_minutes=H, agents=[agent(), agent("Bea")])
    told: list[tuple[int, int]] = []
    certify(of, Certificate(0, (), (), ()), lambda *so_far: told.append(so_far))
    assert told == [(1, 2), (2, 2)]


CLAIMS = problem(
    works=[voice(), case()],
    menu=[(0, 0, 2)],
    day_minutes=2 * H,
    covers=[need({0: 100})],
    cases=[backlog(({0: 1200}, {2 * H: 1200}))],
)


NONE = ((0, 0),)
NO_CASES = CasePrices(room=(0, 0), due=NONE, order=NONE, still=(0, 0))
NO_PRICES = Certificate(bound=0, cover=NONE, heads=NONE, cases=(NO_CASES,))


def of_claims(**rows: Any) -> Certificate:
    """Prices that are all 0 but for some."""
    if "cases" in rows or "cover" in rows or "heads" in rows:
        return replace(NO_PRICES, **rows)
    return replace(NO_PRICES, cases=(replace(NO_CASES, **rows),))


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ({"cover": ()}, "0 rows of cover, must be 1"),
        ({"heads": ((0,),)}, "1 prices, must be 2"),
        ({"cover": ((0, -1),)}, "price -1, must be >= 0"),
        ({"cases": ()}, "0 case types, must be 1"),
        ({"room": (0, 0, 0)}, "room: 3 prices, must be 2"),
        ({"due": ()}, "0 streams, must be 1"),
        ({"order": ((0, -5),)}, "order: price -5"),
        ({"due": ((0, 10 * FINE + 1),)}, "due: price 10241 at cut 1, must be <= 10240"),
        ({"still": (0, 1)}, "still: price 1 at cut 1, must be <= 0"),
    ],
)
def test_prices_that_prove_nothing_are_refused(
    rows: dict[str, object], words: str
) -> None:
    assert certify(CLAIMS, of_claims()).bound == 0
    with pytest.raises(InvalidInput, match=words):
        certify(CLAIMS, of_claims(**rows))


def test_weeks_must_follow_each_other() -> None:
    of = problem(days=2, weeks=[(1,), (0,)], agents=[agent(weeks=(week(), week()))])
    with pytest.raises(InvalidInput, match="weeks must be"):
        certify(of, Certificate(0, (), (), ()))
