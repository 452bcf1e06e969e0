"""Service levels of days and weeks: floors, late calls, targets, by hand and by law."""

import datetime as dt
from typing import Any

import numpy as np
import pytest

from models.erlang import day_agents, performance, required_agents
from models.roster.problem import LATE, Cover, Target
from scheduler.translate import QueueDemand, Translation
from tests.test_translate.plans import MONDAY, calls, required, translated

HANDLE = 360
NUMBERS = {9: 40, 10: 90, 11: 60, 14: 12}
DAY = dt.timedelta(days=1)


def week_of_calls(name: str = "phones", days: int = 2) -> list[dict[str, Any]]:
    return [
        row
        for day in range(days)
        for hour, number in NUMBERS.items()
        for row in calls(name, MONDAY + day * DAY, hour, number=number)
    ]


def of_day(**fields: Any) -> Translation:
    queue = {
        "name": "phones",
        "service_level_scope": "day",
        "moving_load": "sipp",
        **fields,
    }
    return translated(queues=[queue], calls=week_of_calls())


def parts(found: Translation) -> tuple[Cover, QueueDemand, tuple[Target, ...]]:
    return found.problem.covers[0], found.demands[0], found.problem.covers[0].targets


def test_every_interval_keeps_its_floor_and_the_day_the_rest() -> None:
    cover, demand, targets = parts(of_day())
    hours, numbers = list(NUMBERS), np.array(list(NUMBERS.values()))
    load = numbers * HANDLE / 3600
    floors = required_agents(load, HANDLE, 20, 0.6)
    assert demand.least[hours].tolist() == floors.tolist()
    best = day_agents(numbers, load, HANDLE, 20, 0.8)
    assert demand.required[hours].tolist() == best.tolist()
    assert best.sum() < required_agents(load, HANDLE, 20, 0.8).sum()
    assert max(cover.levels[0].target) == 100 * floors.max()
    assert [target.name for target in targets] == ["2026-03-02", "2026-03-03"]
    # 10 paid hours for a call: 36 cost units for a 100,000th of one.
    assert {target.cost for target in targets} == {36}


def test_late_calls_of_the_target_are_those_of_erlang() -> None:
    found = of_day()
    _, demand, (target, _) = parts(found)
    periods = demand.minutes // found.problem.period
    always = demand.spans[0].curves[10][1][-1]  # also at the height of the curve
    for n in range(12, 18):
        at_ten = [c for c in target.curves if c.period // periods == 10]
        assert len(at_ten) == periods
        late = sum(curve.late(100 * n) for curve in at_ten) / LATE
        level = float(performance(n, 9, HANDLE, 20).service_level)
        # Lines may be above the curve by a thousandth of the calls.
        assert -0.01 <= late + always - 90 * (1 - level) <= 0.1
    always = sum(late[-1] for _, late in demand.spans[0].curves.values())
    allowed = target.allowed / LATE
    assert allowed == pytest.approx(0.2 * sum(NUMBERS.values()) - always, abs=1e-4)


def test_curves_are_convex_and_stop_where_scarcely_a_call_is_late() -> None:
    for target in parts(of_day(forecast_cv=0.2, patience_seconds=90))[2]:
        for curve in target.curves:
            heights, rates = zip(*curve.steps, strict=True)
            assert list(heights) == sorted(set(heights)) and min(rates) > 0
            assert curve.late(heights[-1]) == 0 < curve.late(heights[-1] - 1)


def test_people_who_are_not_there_are_on_the_roster() -> None:
    plain, absent = parts(of_day())[2][0], parts(of_day(unplanned_shrinkage=0.2))[2][0]
    for one, other in zip(plain.curves, absent.curves, strict=True):
        heights = [-(-height * 5 // 4) for height, _ in one.steps]
        assert [height for height, _ in other.steps] == heights


def test_a_floor_as_high_as_the_level_leaves_nothing_to_the_day() -> None:
    _, demand, _ = parts(of_day(service_level_floor=0.8))
    alone = parts(of_day(service_level_scope="interval"))[1]
    assert demand.least.tolist() == demand.required.tolist() == alone.required.tolist()
    assert alone.spans == ()


def test_a_week_is_one_target_and_days_without_calls_none() -> None:
    (week,) = parts(of_day(service_level_scope="week"))[2]
    assert week.name == "2026-03-02 to 2026-03-08"
    days = parts(of_day())[2]
    assert len(week.curves) == sum(len(day.curves) for day in days)
    assert week.allowed == pytest.approx(sum(day.allowed for day in days), abs=2)


def test_another_tools_numbers_and_minimum_agents_stay() -> None:
    queue = {
        "name": "phones",
        "service_level_scope": "day",
        "minimum_agents": 6,
        "moving_load": "sipp",
    }
    rows = required("phones", MONDAY, 20, 10)
    found = translated(queues=[queue], calls=week_of_calls(), required=rows)
    cover, demand, targets = parts(found)
    assert demand.least[[9, 10, 14]].tolist() == [6, 20, 6]
    periods = demand.minutes // found.problem.period
    hours = [{curve.period // periods for curve in target.curves} for target in targets]
    assert hours == [{9, 11, 14}, {33, 34, 35, 38}]
    assert cover.levels[0].target[10 * periods] == 2000


def test_chats_have_a_level_for_the_day_too() -> None:
    _, demand, targets = parts(of_day(handle_factors=[1, 1.4]))
    alone = parts(of_day(handle_factors=[1, 1.4], service_level_scope="interval"))[1]
    assert len(targets) == 2
    assert demand.required.sum() <= alone.required.sum()
    assert (demand.least <= demand.required).all() and demand.least.sum() > 0


@pytest.mark.parametrize("scope", ["day", "interval"])
def test_queues_together_have_a_level_for_the_day_if_each_has(scope: str) -> None:
    queues = [
        {"name": "a", "service_level_scope": "day"},
        {"name": "b", "service_level_scope": scope},
    ]
    rows = [*week_of_calls("a"), *week_of_calls("b")]
    found = translated(queues=queues, calls=rows, skills={"ann": ["a", "b"]})
    a, b, both = (len(cover.targets) for cover in found.problem.covers)
    assert (a, b, both) == ((2, 2, 2) if scope == "day" else (2, 0, 0))
    together, apart = found.demands[2], found.demands[:2]
    assert (together.least <= sum(each.least for each in apart)).all()
    assert together.required.sum() <= sum(each.required.sum() for each in apart)


def test_all_counts_of_calls_reach_the_same_level_in_the_same_way() -> None:
    for definition in ("offered", "answered", "offered-less-early-abandons"):
        found = of_day(service_level_of=definition, patience_seconds=60)
        _, demand, _ = parts(found)
        span = demand.spans[0]
        rows = np.array(sorted(span.curves))
        people = demand.required[rows].astype(np.int64)
        late = demand.late(rows, people[:, None])[:, 0]
        assert demand.calls[rows] @ late <= span.allowed + 1e-6
        fewer = np.maximum(people - 1, demand.least[rows].astype(np.int64))
        late = demand.late(rows, fewer[:, None])[:, 0]
        assert demand.calls[rows] @ late > span.allowed
