"""The engine ``columns``: odd problems, interrupts, repeating, bounds on the way."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from models.errors import InvalidInput
from models.roster import check, columns
from models.roster.columns.pricing import pricer
from models.roster.halting import Halted
from models.roster.problem import Meeting, Pin, RosterProblem
from models.roster.result import Limits, Progress, Result, Status, StopReason
from models.roster.solve import solve
from models.roster.track import Track
from tests.roster.answers import by_columns, optimum, seeds
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
from tests.roster.generated import small

PROOF = Limits(seconds=60, workers=1)
DAY = 10 * H
MENU = [(d, s, s + 4) for d in (0, 1) for s in (0, 3, 6)]
DUE_FIRST = backlog(({0: 4800}, {DAY: 4800}))


def team(shared: dict[str, Any] | None = None, **fields: Any) -> RosterProblem:
    """Two agents, two days, calls all day and cases due on the first.

    ``shared`` are fields of both agents, ``fields`` the problem's.
    """
    return problem(
        **{
            "days": 2,
            "day_minutes": DAY,
            "menu": MENU,
            "works": [voice(), case(shortest=2 * H)],
            "agents": [
                agent("Ann", speeds=(100, 100), **(shared or {})),
                agent("Bob", speeds=(100, 80), **(shared or {})),
            ],
            "covers": [need(dict.fromkeys(range(20), 100))],
            "cases": [DUE_FIRST],
            **fields,
        }
    )


FORCED = week(min_minutes=8 * H, max_minutes=5 * H, overtime_minutes=3 * H)
PINNED = (Pin(0, team().shifts[1]), Pin(1, None))
THREE = tuple(
    pause(n * H, name=name, paid=True)
    for n, name in enumerate(("lunch", "tea", "rest"))
)
ODD = {
    "as it is": team(),
    "demand beyond all means": team(covers=[need(dict.fromkeys(range(20), 5000))]),
    "no case work": team(cases=[]),
    "only case work": team(covers=[]),
    "nothing to do": team(covers=[], cases=[]),
    "one agent": team(agents=[agent("Ann", speeds=(100, 100))]),
    "nobody": team(agents=[]),
    "nobody available on a day": team({"unavailable": ((0, DAY),)}),
    "all pinned": team({"pins": PINNED}),
    "a backlog of nothing": team(cases=[backlog(({}, {}))]),
    "a deadline before anything can be done": team(
        cases=[backlog(({0: 4800}, {0: 1200, H: 2400}))]
    ),
    "overtime that the contract forces": team({"weeks": (FORCED,)}),
    "a menu of one": team(menu=MENU[:1]),
    "a menu of nothing": team(menu=[]),
    "breaks that just fit": team(types=[kind(*THREE)], menu=[(0, 0, 3), (1, 2, 5)]),
    "a meeting on either day": team({"meetings": (Meeting("1:1", H, 0, 20 * H),)}),
    "nobody can do the cases": team(agents=[agent("Ann", speeds=(100, 0))]),
    "no works": team(works=[], covers=[], cases=[], agents=[agent("Ann")]),
    "speeds above all others": team(agents=[agent("Ann", speeds=(130, 250))]),
}


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("workers", [1, 2])
def test_odd_problems_are_solved_to_proof(name: str, workers: int) -> None:
    found = ODD[name]
    result = solve(found, "columns", replace(PROOF, workers=workers))
    other = solve(found, "cpsat", PROOF)
    assert result.status is other.status is Status.OPTIMAL
    assert result.roster is not None
    assert check.violations(found, result.roster) == []
    assert check.cost(found, result.roster) == result.bound == other.bound
    assert result.floor is not None
    assert result.floor <= result.bound


IMPOSSIBLE = {
    "pinned to two shifts too close": team(
        {
            "pins": (Pin(0, team().shifts[2]), Pin(1, team().shifts[3])),
            "min_rest": 11 * H,
        }
    ),
    "breaks that do not fit": team(
        {"weeks": (week(min_days=1),)},
        types=[kind(*THREE, pause(3 * H, name="more", paid=True))],
        menu=[(0, 0, 3)],
    ),
    "a meeting when nobody may work": team(
        {"meetings": (Meeting("1:1", 5 * H, 0, 0),)}
    ),
    "more hours than days": team({"weeks": (week(min_minutes=9 * H),)}),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_what_cannot_be_is_said_to_be_infeasible(name: str) -> None:
    for engine in ("columns", "cpsat"):
        result = solve(IMPOSSIBLE[name], engine, PROOF)
        assert result.status is Status.INFEASIBLE
        assert result.roster is None
        assert len(result.conflicts) == 2


def answer(found: RosterProblem, **limits: Any) -> tuple[Result, Track]:
    track = Track()
    return columns.solve(found, replace(PROOF, **limits), track), track


@seeds
def test_bounds_on_the_way_never_exceed_the_optimum(seed: int) -> None:
    if optimum(seed) is None:
        return
    result, track = by_columns(seed)
    told = [p.bound for p in track.seen if p.bound is not None]
    assert told == sorted(told)
    assert max(told) == optimum(seed)
    assert result.certificate is not None
    assert result.certificate.bound <= optimum(seed)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_one_worker_does_the_same_again(seed: int) -> None:
    first, second = (answer(small(seed), gap=0.02)[0] for _ in range(2))
    assert first.repeatable
    assert first == second


def test_work_ends_the_search_at_the_same_roster() -> None:
    found = centre_like()
    first, second = (answer(found, work=12)[0] for _ in range(2))
    assert first.stop_reason is StopReason.WORK_LIMIT
    assert first.repeatable
    assert first == second
    more, _ = answer(found, work=120)
    assert check.cost(found, more.roster) <= check.cost(found, first.roster)


def centre_like() -> RosterProblem:
    """Too large to be proved at once: ten agents, a week."""
    return problem(
        days=7,
        day_minutes=DAY,
        menu=[(d, s, s + 5) for d in range(7) for s in range(6)],
        types=[kind(pause(H, 3 * H))],
        works=[voice(shortest=2 * H), case(shortest=2 * H)],
        agents=[
            agent(
                f"A{n}", speeds=(100, 100), weeks=(week(max_days=5),), min_rest=11 * H
            )
            for n in range(10)
        ],
        covers=[need({p: 300 + 100 * (p % 10 in (2, 3, 7)) for p in range(70)})],
        cases=[backlog(({0: 40000}, {3 * DAY: 20000, 7 * DAY: 20000}))],
    )


def test_only_columns_counts_work() -> None:
    with pytest.raises(InvalidInput, match="no work limit"):
        solve(small(1), "cpsat", Limits(work=5))


def test_the_gap_ends_the_search() -> None:
    result, _ = answer(small(2), gap=0.5)
    assert result.stop_reason is StopReason.GAP
    assert result.status is Status.FEASIBLE


@pytest.mark.parametrize(
    "moment",
    [
        *range(8),
        *(pytest.param(n, marks=pytest.mark.full) for n in range(8, 50)),
    ],
)
def test_stopped_at_any_moment_it_keeps_the_best(moment: int) -> None:
    """Stopped when so many bounds or rosters were told, or some time from the start."""
    found, stop = small(moment), threading.Event()
    limits = Limits(seconds=60, workers=1 + moment % 2)
    left = [moment // 2]

    def watch(_: Progress) -> None:
        left[0] -= 1
        if left[0] < 0:
            stop.set()

    timer = threading.Timer(Random(moment).random() * 0.5, stop.set)
    timer.start()
    result = solve(found, "columns", limits, watch, stop)
    timer.cancel()
    if result.roster is None:
        assert result.status in (Status.UNKNOWN, Status.INFEASIBLE)
        return
    assert check.violations(found, result.roster) == []
    assert result.bound is not None
    assert result.bound <= check.cost(found, result.roster)
    assert result.status in (Status.FEASIBLE, Status.OPTIMAL)


def test_it_can_be_stopped_before_it_has_begun() -> None:
    stop = threading.Event()
    stop.set()
    result = columns.solve(team(), Limits(), Track(), stop)
    assert (result.status, result.stop_reason) == (Status.UNKNOWN, StopReason.STOPPED)
    assert result.roster is None and result.bound == 0


def test_each_class_asks_whether_to_go_on() -> None:
    asked = []

    def halt() -> bool:
        asked.append(True)
        return len(asked) == 3

    people = [agent(f"A{n}", speeds=(100, 100 - n)) for n in range(5)]
    with pytest.raises(Halted):
        pricer(team(agents=people), ThreadPoolExecutor(1), 1, halt)
    assert len(asked) == 3


def test_alike_agents_are_one_class_and_get_rosters_of_their_own() -> None:
    twins = team(agents=[agent(f"A{n}", speeds=(100, 100)) for n in range(6)])
    result = solve(twins, "columns", PROOF)
    assert result.status is Status.OPTIMAL
    assert result.roster is not None
    assert check.violations(twins, result.roster) == []
    assert check.cost(twins, result.roster) == result.bound
