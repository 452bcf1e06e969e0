"""What queues need: load that moves, uncertain forecasts, all their limits."""

from typing import Any

import numpy as np
import pytest

from models.erlang import (
    Definition,
    modified_offered_load,
    performance,
    required_agents,
    required_chat_agents,
)
from scheduler.translate import QueueDemand
from tests.test_translate.plans import ALL_DAY, MONDAY, calls, translated

BUSY = (9, 10, 11)


def demand(rows: Any = None, calendars: Any = None, **queue: Any) -> QueueDemand:
    found = translated(
        queues=[{"name": "phones", **queue}],
        calls=calls("phones", MONDAY, *BUSY) if rows is None else rows,
        calendars=calendars or {},
    )
    return found.demands[0]


def test_load_builds_up_after_opening() -> None:
    found = demand()
    moved = modified_offered_load([20, 20, 20], 3600, 360)
    assert found.load[9:12] == pytest.approx(moved)
    assert found.load[9] < 2 and found.load[11] == pytest.approx(2, rel=1e-3)
    assert found.required[9] == required_agents(moved[0], 360, 20, 0.8)
    assert found.load[12] == 0  # closed: who still talks ends the call


def test_each_interval_by_itself_by_name() -> None:
    found = demand(moving_load="sipp")
    assert found.load[9:12].tolist() == [2, 2, 2]


def test_who_is_on_the_phone_when_nobody_calls_any_more_is_needed() -> None:
    rows = calls("phones", MONDAY, *BUSY, number=600)
    queue = {"calendar": "always"}
    found = demand(rows, {"always": ALL_DAY}, **queue)
    # 60 erlangs at the end of the hour, a tenth of an hour on the phone each.
    left = 60 * 0.1 * (1 - np.exp(-10))
    assert found.load[12] == pytest.approx(left, rel=1e-3)
    assert found.required[12] == round(left)
    assert found.required[13] == 0 and found.handle_seconds[12] == 0


def test_a_queue_that_never_closes_is_busy_before_day_one() -> None:
    rows = calls("phones", MONDAY, 0, 1, number=600)
    found = demand(rows, {"always": ALL_DAY}, calendar="always")
    assert found.load[:2] == pytest.approx([60, 60])


@pytest.mark.parametrize(
    "limits",
    [
        {"maximum_wait_seconds": 2},
        {"maximum_abandonment": 0.005, "patience_seconds": 120},
        {"forecast_cv": 0.3},
        {"service_level_of": "answered", "patience_seconds": 20, "service_level": 0.9},
    ],
)
def test_limits_change_what_is_needed(limits: dict[str, Any]) -> None:
    rows = calls("phones", MONDAY, *BUSY, number=200)
    plain = {k: v for k, v in limits.items() if k in ("patience_seconds",)}
    plain |= {"service_level": limits.get("service_level", 0.8)}
    found, without = demand(rows, **limits), demand(rows, **plain)
    load = found.load[11]
    assert found.required[11] != without.required[11]
    assert found.required[11] == required_agents(
        load,
        360,
        20,
        limits.get("service_level", 0.8),
        limits.get("patience_seconds"),
        maximum_wait_seconds=limits.get("maximum_wait_seconds"),
        maximum_abandonment=limits.get("maximum_abandonment"),
        rate_cv=limits.get("forecast_cv", 0),
        definition=Definition(limits.get("service_level_of", "offered")),
    )


def test_a_pool_takes_the_loosest_limits() -> None:
    rows = [*calls("a", MONDAY, *BUSY), *calls("b", MONDAY, *BUSY)]
    queues = [
        {"name": "a", "maximum_wait_seconds": 2, "forecast_cv": 0.3,
         "patience_seconds": 60},
        {"name": "b", "maximum_wait_seconds": 40, "forecast_cv": 0.1,
         "patience_seconds": 60},
    ]  # fmt: skip
    found = translated(queues=queues, calls=rows, skills={"ann": ["a", "b"]}).demands
    both = found[[each.name for each in found].index("a+b")]
    assert both.forecast_cv == 0.1
    assert both.load == pytest.approx(found[0].load + found[1].load)
    need = both.required[11]
    level = performance(need, both.load[11], 360, 20, 60, rate_cv=0.1)
    assert level.average_speed_of_answer_seconds <= 40


def test_an_agent_may_hold_several_chats() -> None:
    rows = calls("phones", MONDAY, *BUSY, number=200)
    chats = {"handle_factors": [1, 1.3, 1.7], "patience_seconds": 120}
    found = demand(rows, **chats, unplanned_shrinkage=0.1)
    alone = demand(rows, patience_seconds=120, unplanned_shrinkage=0.1)
    need = required_chat_agents(found.load[11] / 360, [360, 468, 612], 20, 0.8, 120)
    assert found.required[11] == pytest.approx(int(need) / 0.9)
    assert found.required[11] < 0.75 * alone.required[11]


def test_nobody_waits_all_night_for_chats_that_ended() -> None:
    rows = calls("phones", MONDAY, *BUSY, number=200)
    calendars = {"always": ALL_DAY}
    found = demand(rows, calendars, calendar="always", handle_factors=[1, 1.5])
    assert found.load[14] > 0
    assert found.required[13:24].tolist() == [0] * 11


def test_calls_and_chats_are_never_pooled() -> None:
    rows = [*calls("a", MONDAY, *BUSY), *calls("b", MONDAY, *BUSY, number=80)]
    queues = [{"name": "a"}, {"name": "b", "handle_factors": [1, 1.5]}]
    found = translated(queues=queues, calls=rows, skills={"ann": ["a", "b"]}).demands
    one, other, both = found
    assert both.name == "a+b" and both.handle_factors == ()
    assert both.required.tolist() == np.maximum(one.required, other.required).tolist()
