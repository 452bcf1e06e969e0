"""Exchanges of one day: how shifts may move, and which days are chosen."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pytest

from models.roster import check
from models.roster.columns.exchanges import Exchanges, Manner, cooled
from models.roster.columns.kernels.day import ANY, SAME, STAY
from models.roster.columns.local import Local
from models.roster.columns.named import roster
from models.roster.columns.pricing import pricer
from models.roster.columns.taken import weeks_of
from models.roster.problem import RosterProblem
from tests.roster.builders import H, agent, need, problem, week
from tests.roster.builders import roster as made

EIGHT_TO_TWELVE, NINE_TO_ONE, EIGHT_TO_ONE, NEXT_DAY = range(4)
MENU = [(0, 8, 12), (0, 9, 13), (0, 8, 13), (1, 8, 12)]


def started(p: RosterProblem, *rows: tuple[int, int, str]) -> Local:
    """A search that begins with this roster."""
    local = Local(pricer(p, ThreadPoolExecutor(1), 1), seed=1)
    agents = range(len(p.agents))
    local.place(weeks_of(local.pricer, made(p, *rows), agents))
    return local


def shift_after(p: RosterProblem, local: Local, moves: int) -> tuple[float, float]:
    """Take Ann off the first day once; return the hours of her shift then."""
    local.exchange_day(np.array([0]), 0, moves=moves, blur=0, slack=0)
    found = roster(local.pricer, local.state)
    assert check.violations(p, found) == []
    assert check.cost(p, found) == local.cost()
    first = next(w for w in found.worked if w.day == 0)
    return first.start / H, first.end / H


# Calls from 8 to 13, each missing hour costs 100,000, each paid hour 60. Ann works from
# 8 to 12 on both days. One hour longer she misses nothing, if her week allows it. From
# 9 to 13 she would miss 8 to 9 instead.
@pytest.mark.parametrize(
    ("moves", "limits", "hours"),
    [
        (STAY, week(), (8, 12)),
        (SAME, week(), (8, 12)),
        (ANY, week(), (8, 13)),
        (ANY, week(max_minutes=9 * H), (8, 13)),
        (ANY, week(max_minutes=9 * H - 1), (8, 12)),
        (ANY, week(max_minutes=8 * H, overtime_minutes=H), (8, 13)),
        (ANY, week(max_minutes=8 * H, overtime_minutes=H - 1), (8, 12)),
    ],
)
def test_a_shift_gets_longer_where_the_week_allows_it(
    moves: int, limits: object, hours: tuple[int, int]
) -> None:
    p = problem(
        menu=MENU,
        days=2,
        agents=[agent(weeks=(limits,), overtime_cost=2)],
        covers=[need(dict.fromkeys([8, 9, 10, 11, 12, 32, 33, 34, 35], 100))],
    )
    four = "calls calls calls calls"
    local = started(p, (0, EIGHT_TO_TWELVE, four), (0, NEXT_DAY, four))
    assert shift_after(p, local, moves) == hours


# Calls from 8 to 12 only: a fifth hour costs 60 and helps nobody. It goes, unless the
# week's least needs it.
@pytest.mark.parametrize(
    ("least", "hours"), [(8 * H, (8, 12)), (8 * H + 1, (8, 13)), (9 * H, (8, 13))]
)
def test_a_shift_gets_shorter_where_the_week_allows_it(
    least: int, hours: tuple[int, int]
) -> None:
    p = problem(
        menu=MENU,
        days=2,
        agents=[agent(weeks=(week(min_minutes=least),))],
        covers=[need(dict.fromkeys([8, 9, 10, 11, 32, 33, 34, 35], 100))],
    )
    five, four = "calls calls calls calls calls", "calls calls calls calls"
    local = started(p, (0, EIGHT_TO_ONE, five), (0, NEXT_DAY, four))
    assert shift_after(p, local, ANY) == hours


# The ninth hour of the week is overtime. It is worth 2,400, 40 for each minute.
@pytest.mark.parametrize(("overtime", "hours"), [(39, (8, 13)), (41, (8, 12))])
def test_overtime_counts_in_how_long_a_shift_gets(
    overtime: int, hours: tuple[int, int]
) -> None:
    p = problem(
        menu=MENU,
        days=2,
        agents=[
            agent(
                weeks=(week(max_minutes=8 * H, overtime_minutes=H),),
                overtime_cost=overtime,
                paid_cost=0,
            )
        ],
        covers=[need(dict.fromkeys([8, 9, 10, 11, 12, 32, 33, 34, 35], 100), cost=24)],
    )
    four = "calls calls calls calls"
    local = started(p, (0, EIGHT_TO_TWELVE, four), (0, NEXT_DAY, four))
    assert shift_after(p, local, ANY) == hours


def test_short_days_are_those_where_people_are_missing() -> None:
    cushion = [("voice_cushion", {10: 500}, 1)]  # more people would be nice all day
    p = problem(
        menu=MENU,
        days=2,
        covers=[need(dict.fromkeys([8, 9, 32, 33, 37], 100), more=cushion)],
    )
    four = "calls calls calls calls"
    local = started(p, (0, EIGHT_TO_TWELVE, four), (0, NEXT_DAY, four))
    exchanges = Exchanges(local, Manner(short_days=1.0))
    assert exchanges.short_days().tolist() == [1]  # from 13 to 14 o'clock


def test_nobody_to_take_off_and_nothing_needed() -> None:
    p = problem(menu=MENU, days=2, agents=[agent(weeks=(week(max_days=0),))])
    local = started(p)
    exchanges = Exchanges(local, Manner(short_days=1.0, lengths=1.0))
    assert exchanges.short_days().size == 0
    assert {exchanges.on_day(day, 1.0) for day in (0, 1)} == {0}


def test_heat_falls_from_hot_to_cold() -> None:
    heats = [cooled(8.0, 0.5, done) for done in (0, 0.25, 0.5, 0.75, 1)]
    assert heats == pytest.approx([8, 4, 2, 1, 0.5])
    assert all(a > b for a, b in pairwise(heats))
