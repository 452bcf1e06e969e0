"""Service level while people come and go: theory, a small chain by hand, simulation."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.linalg import expm

from models import erlang
from models.erlang import Definition
from models.simulation import Centre, QueueModel, replications
from models.simulation.confidence import ratio
from models.simulation.tally import CALL_COUNTS, tally
from models.transient import Callers, Presence, service_level
from models.transient.presence import days_of, thinned
from tests.simulation.centres import Event, staffed

HOUR, DAY = 3600.0, 86400.0
N = {name: n for n, name in enumerate(CALL_COUNTS)}


def steady(
    people: int, load: float, handle: float, hours: int = 12, **more: Any
) -> tuple[Callers, Presence]:
    """As many calls in each hour, and as many people."""
    callers = Callers(
        interval=HOUR,
        calls=np.full(hours, load * HOUR / handle),
        handle_seconds=np.full(hours, handle),
        load=np.full(hours, load),
        answer_within=20,
        **more,
    )
    ends = np.full(people, hours * HOUR)
    return callers, Presence(np.zeros(people), ends, np.zeros(people, dtype=bool))


@pytest.mark.parametrize("definition", Definition)
@pytest.mark.parametrize(
    ("people", "load", "patience"),
    [(14, 10, None), (9, 10, 60.0), (1, 0.4, 120.0), (110, 100, 300.0), (0, 2, 60.0)],
)
def test_after_a_while_it_is_erlang(
    people: int, load: float, patience: float | None, definition: Definition
) -> None:
    callers, there = steady(
        people, load, 180.0, patience_seconds=patience, definition=definition
    )
    truth = erlang.performance(
        people, load, 180, 20, patience_seconds=patience, definition=definition
    )
    found = service_level(callers, there, np.ones(12))
    assert found[-1] == pytest.approx(float(truth.service_level), abs=1e-4)


def test_who_is_faster_ends_more_calls() -> None:
    callers, there = steady(10, 10, 180.0)
    found = service_level(callers, there, np.full(12, 1.25))
    truth = erlang.performance(10, 8, 144, 20).service_level
    assert found[-1] == pytest.approx(float(truth), abs=1e-3)


@pytest.mark.parametrize(("people", "load"), [(14, 10), (40, 33), (110, 98)])
def test_who_is_absent_is_so_by_chance(people: int, load: float) -> None:
    from scipy.stats import binom  # takes half a second to load

    callers, there = steady(people, load, 180.0, patience_seconds=180.0)
    number = np.arange(people + 1)
    levels = erlang.performance(number, load, 180, 20, patience_seconds=180)
    truth = binom.pmf(number, people, 0.94) @ levels.service_level
    found = service_level(callers, there, np.ones(12), absent=0.06)
    assert found[-1] == pytest.approx(float(truth), abs=4e-3)


@pytest.mark.parametrize(("people", "load", "cv"), [(14, 10, 0.2), (500, 500, 0.1)])
def test_more_call_than_expected_or_fewer(people: int, load: float, cv: float) -> None:
    callers, there = steady(people, load, 180.0, patience_seconds=180.0, rate_cv=cv)
    truth = erlang.performance(
        people, load, 180, 20, patience_seconds=180, rate_cv=cv
    ).service_level
    found = service_level(callers, there, np.ones(12))
    assert found[-1] == pytest.approx(float(truth), abs=3e-3)


def test_from_empty_by_the_exponential_of_a_matrix() -> None:
    """Two people, then one: the one who leaves takes the call along."""
    rate, end, most = 1 / 90, 1 / 120, 60
    callers = Callers(
        interval=600,
        calls=np.full(2, 600 * rate),
        handle_seconds=np.full(2, 120.0),
        load=np.zeros(2),  # nobody is on a call at the start
        answer_within=0,
    )
    there = Presence(np.zeros(2), np.array([600, 1200.0]), np.zeros(2, dtype=bool))
    chance = np.zeros(most)
    chance[0] = 1.0
    levels = []
    for people in (2, 1):
        q = np.zeros((most, most))
        for n in range(most - 1):
            q[n, n + 1] = rate
            q[n + 1, n] = min(n + 1, people) * end
        q -= np.diag(q.sum(axis=1))
        if people == 1:
            busy = np.minimum(np.arange(most), 2) / 2
            chance = chance * (1 - busy) + np.append((chance * busy)[1:], 0)
        moments = [chance @ expm(q * s) for s in np.linspace(0, 600, 301)]
        levels.append(float(np.mean([row[:people].sum() for row in moments])))
        chance = moments[-1]
    found = service_level(callers, there, np.ones(2))
    assert found == pytest.approx(levels, abs=0.005)


def test_no_calls_no_level_and_closed_hours_between() -> None:
    callers, there = steady(5, 3, 300.0)
    calls = callers.calls.copy()
    calls[3:6] = 0
    handle = np.where(calls > 0, 300.0, 0.0)
    found = service_level(
        replace(callers, calls=calls, handle_seconds=handle), there, np.ones(12)
    )
    assert np.isnan(found[3:6]).all() and (found[[2, 6]] > 0.5).all()
    none = replace(callers, calls=np.zeros(12), handle_seconds=np.zeros(12))
    assert np.isnan(service_level(none, there, np.ones(12))).all()


def test_days_are_kinds_of_days() -> None:
    from scipy.stats import binom

    for people, absent in ((0, 0.1), (7, 0.0), (7, 0.1), (300, 0.06)):
        kinds = days_of(people, absent)
        assert sum(weight for _, weight in kinds) == pytest.approx(1)
        assert all(0 < share < 1 for share, _ in kinds)
    comes = np.array([5, 0, 3, 0, 0, 0])
    leaves = np.array([0, 1, 1, 0, 2, 4])
    for share in (0.05, 0.5, 0.95):
        staff = thinned(comes, leaves, 0.2, share)
        assert (staff.out >= 0).all() and (staff.into >= 0).all()
        assert (np.cumsum(staff.into - staff.out) == staff.people).all()
        heads = np.cumsum(comes - leaves)
        assert np.array_equal(staff.people, binom.ppf(share, heads, 0.8))


def changing(seed: int) -> tuple[Centre, Callers, Presence, float]:
    """A day on which people come, take breaks and leave, for both."""
    rng = np.random.default_rng(seed)
    hours, handle = 10, float(rng.choice([150, 300, 500]))
    people = int(rng.integers(4, 40))
    absent = float(rng.choice([0, 0.08]))
    events: list[tuple[Event, float]] = []
    stretches = []
    for agent in range(people):
        start = 900.0 * rng.integers(0, 16)
        end = start + 900.0 * rng.integers(12, 24)
        rest = start + 900.0 * rng.integers(4, 8)
        events += [((start, agent, 1), 0.0), ((rest, agent, 0), 900.0)]
        events += [((rest + 900, agent, 1), 0.0), ((end, agent, 0), 0.0)]
        stretches += [(start, rest, False), (rest + 900, end, True)]
    comes, leaves, late = np.array(stretches, dtype=float).T
    there = Presence(comes, leaves, late > 0)
    heads = there.heads(HOUR / 4, 4 * hours).reshape(hours, 4).mean(axis=1)
    load = 0.9 * heads * (1 - absent)
    calls = load * HOUR / handle
    patience = float(rng.choice([60, 300]))
    events.sort()
    staff = staffed([event for event, _ in events], [-1], [[1]], people)
    staff.events["kept"] = [kept for _, kept in events]
    centre = Centre(
        interval=HOUR,
        day_starts=np.array([0.0, DAY]),
        queues=(QueueModel("calls", calls, np.full(hours, handle), patience),),
        kinds=(),
        staff=replace(staff, absence=np.full(people, absent)),
    )
    moving = erlang.modified_offered_load(calls, HOUR, np.full(hours, handle))
    callers = Callers(HOUR, calls, np.full(hours, handle), moving, 20, patience)
    return centre, callers, there, absent


@pytest.mark.parametrize("seed", range(8))
def test_as_simulated_though_people_come_and_go(seed: int) -> None:
    centre, callers, there, absent = changing(seed)
    found = service_level(callers, there, np.ones(10), absent)
    rows = np.stack(
        [each.calls[0] for each in replications(centre, 400, 1, _tally(centre))]
    )[:, :10]
    whole = rows.sum(axis=1)
    told = ratio(whole[:, N["in_time"]], whole[:, N["offered"]], 0.99)
    calls = np.nan_to_num(callers.calls)
    level = float(calls @ np.nan_to_num(found) / calls.sum())
    assert abs(level - told.mean) < 0.01 + told.half
    stays = stationary(callers, there, absent)
    assert abs(stays - told.mean) > abs(level - told.mean) or abs(stays - level) < 0.01


def _tally(centre: Centre) -> Any:
    return lambda _, world: tally(centre, world)


def stationary(callers: Callers, there: Presence, absent: float) -> float:
    """The level of the whole day, by the formula of each interval."""
    heads = there.heads(HOUR / 4, 40).reshape(10, 4).mean(axis=1) * (1 - absent)
    some = callers.calls > 0
    levels = erlang.performance(
        heads[some],
        callers.load[some],
        callers.handle_seconds[some],
        20,
        patience_seconds=callers.patience_seconds,
    ).service_level
    return float(np.average(levels, weights=callers.calls[some]))
