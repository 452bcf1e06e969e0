"""Voice works, covers and demand, by hand."""

import datetime as dt
from typing import Any

import numpy as np
import pytest

from models.erlang import required_agents
from models.errors import NotSupported
from models.roster.problem import Cover
from scheduler.translate import QueueDemand, Translation
from tests.test_translate.plans import (
    ALL_DAY,
    MONDAY,
    OFFICE,
    D,
    H,
    calls,
    night_shift,
    required,
    translated,
)

PHONES = [{"name": "phones"}]
OPEN = {"calendars": {"always": ALL_DAY, "office": OFFICE}}
SUNDAY = MONDAY + dt.timedelta(days=6)


def agents(load: float, *, within: float = 20, level: float = 0.8) -> int:
    return int(required_agents(load, 360, within, level))


def cover(found: Translation, name: str = "phones") -> tuple[Cover, QueueDemand]:
    position = [c.name for c in found.problem.covers].index(name)
    assert found.demands[position].name == name
    return found.problem.covers[position], found.demands[position]


def targets(found: Translation, name: str = "phones", level: int = 0) -> list[int]:
    """Return the hourly targets: the largest of each hour's periods."""
    target = cover(found, name)[0].levels[level].target
    hours = np.reshape(target, (-1, H // found.problem.period))
    return [int(hour.max()) for hour in hours]


def test_a_requirement_is_erlangs_over_who_is_there() -> None:
    queue = {"name": "phones", "unplanned_shrinkage": 0.1}
    found = translated(queues=[queue], calls=calls("phones", MONDAY, 9))
    needed = agents(2) / 0.9
    assert cover(found)[1].required[9] == pytest.approx(needed)
    assert targets(found)[8:11] == [0, int(100 * needed) + 1, 0]
    assert found.problem.period == 15
    assert found.problem.works[0].open == ((9 * H, 10 * H),)


def test_costs_are_per_hundredth_of_an_agent_and_period() -> None:
    found = translated(queues=PHONES, required=required("phones", MONDAY, 5, 9))
    # 100 and 0.2 paid hours for an hour of one agent: a quarter of an hour of 1/100.
    assert [level.cost for level in cover(found)[0].levels] == [90_000, 180, 180]
    assert [level.goal for level in cover(found)[0].levels] == [
        "voice_shortfall", "voice_cushion", "voice_cushion",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("people", "first", "second"), [(5, 600, 700), (40, 4400, 5000)]
)
def test_cushions_are_a_share_or_whole_people(
    people: float, first: int, second: int
) -> None:
    rows = required("phones", MONDAY, people, 9)
    found = translated(queues=PHONES, required=rows)
    assert targets(found, level=1)[8:10] == [0, first]
    assert targets(found, level=2)[8:10] == [0, second]


def test_no_cushion_that_is_worth_nothing() -> None:
    rows = required("phones", MONDAY, 1, 9)
    weights = {"voice_cushion_hour": 0}
    found = translated(queues=PHONES, required=rows, weights=weights)
    assert len(cover(found)[0].levels) == 1


def test_required_from_another_tool_overrides_and_stays_fractional() -> None:
    queue = {"name": "phones", "unplanned_shrinkage": 0.1}
    found = translated(
        queues=[queue],
        calls=calls("phones", MONDAY, 9, 10),
        required=required("phones", MONDAY, 1.5, 9),
    )
    assert targets(found)[9] == 150
    assert targets(found)[10] > 150
    assert cover(found)[1].from_other_tool.nonzero()[0].tolist() == [9]


def test_minimum_agents_whenever_open_and_closed_calls_are_told() -> None:
    queue = {"name": "phones", "calendar": "office", "minimum_agents": 2}
    rows = [*calls("phones", MONDAY, 8, number=7), *calls("phones", MONDAY, 12)]
    found = translated(queues=[queue], calls=rows, **OPEN)
    assert targets(found)[8:13] == [0, 200, 200, 200, 100 * agents(2)]
    assert cover(found)[1].calls[8] == 0
    (note,) = found.notes
    assert note == (
        "queue 'phones': 7 calls are forecast while it is closed, first "
        "Mon 2026-03-02 08:00; nobody is planned for them"
    )


def test_a_queue_may_open_within_an_interval() -> None:
    calendars = {"office": {"monday": ["09:30-17:00"]}}
    queue = {"name": "phones", "calendar": "office"}
    found = translated(
        queues=[queue], calls=calls("phones", MONDAY, 9), calendars=calendars
    )
    need = 100 * agents(2)
    assert cover(found)[0].levels[0].target[9 * 4 : 10 * 4] == (0, 0, need, need)
    assert cover(found)[1].is_open[8:10].tolist() == [False, True]


APART = {"moving_load": "sipp"}
TWO = [{"name": "a", **APART}, {"name": "b", **APART}]
TEAM = {"ann": ["a:0.9", "b:0.8"], "bob": ["a"], "cid": ["b:0.5"], "dot": []}


def pooled(**changed: Any) -> Translation:
    rows = [*calls("a", MONDAY, 9), *calls("b", MONDAY, 9, 10)]
    return translated(**{"queues": TWO, "skills": TEAM, "calls": rows} | changed)


def test_pooling_covers_every_set_of_queues_that_shares_agents() -> None:
    found = pooled()
    assert [work.name for work in found.problem.works] == ["a", "b", "a+b"]
    assert [(c.name, sorted(c.counts)) for c in found.problem.covers] == [
        ("a", [0, 2]), ("b", [1, 2]), ("a+b", [0, 1, 2]),
    ]  # fmt: skip
    assert [agent.speeds for agent in found.problem.agents] == [
        (0, 0, 80), (100, 0, 0), (0, 50, 0), (0, 0, 0),
    ]  # fmt: skip
    assert targets(found, "a")[9:11] == [100 * agents(2), 0]
    # At ten only b has calls, and its own row asks for as many.
    assert targets(found, "a+b")[9:11] == [100 * agents(4), 0]
    assert cover(found, "a+b")[1].required[9:11].tolist() == [agents(4), agents(2)]
    assert found.problem.works[2].open == ((9 * H, 11 * H),)


def test_pooled_targets_are_the_least_demanding() -> None:
    queues = [
        {"name": "a", "service_level": 0.9, "answer_within_seconds": 60},
        {"name": "b", "service_level": 0.7, "answer_within_seconds": 10},
    ]
    found = pooled(queues=queues)
    assert targets(found, "a+b")[9] == 100 * agents(4, within=60, level=0.7)
    demand = cover(found, "a+b")[1]
    assert (demand.service_level, demand.answer_within_seconds) == (0.7, 60)
    assert demand.queues == ("a", "b")


def test_a_pool_takes_the_patience_that_asks_for_fewer_people() -> None:
    queues = [{"name": "a", "patience_seconds": 60, **APART}, {"name": "b", **APART}]
    needed = [int(required_agents(4, 360, 20, 0.8, p)) for p in (60, None)]
    assert needed == [6, 7]
    assert targets(pooled(queues=queues), "a+b")[9] == 600


def test_a_pool_with_a_stated_requirement_needs_the_largest_of_its_own() -> None:
    found = pooled(required=required("a", MONDAY, 1.5, 9))
    assert targets(found, "a")[9] == 150
    # What a's people are short of is counted there, so the pool's row costs nothing.
    assert cover(found, "a+b")[0].levels == ()
    assert cover(found, "a+b")[1].required[9] == max(1.5, agents(2))


def test_pooled_handle_time_is_the_mean_over_calls() -> None:
    rows = [*calls("a", MONDAY, 9, number=30), *calls("b", MONDAY, 9, number=10)]
    rows[1]["handle_seconds"] = 720
    demand = cover(pooled(calls=rows), "a+b")[1]
    assert demand.handle_seconds[9] == pytest.approx((30 * 360 + 10 * 720) / 40)
    assert demand.handle_seconds[10] == 0


def test_without_pooling_every_queue_stands_alone() -> None:
    found = pooled(pooling="none")
    assert [work.name for work in found.problem.works] == ["a", "b"]
    assert [sorted(c.counts) for c in found.problem.covers] == [[0], [1]]
    assert found.problem.agents[0].speeds == (90, 80)


def test_sets_hang_together_through_agents() -> None:
    queues = [{"name": name} for name in "abc"]
    team = {"ann": ["a", "b"], "bob": ["b", "c"]}
    found = translated(queues=queues, skills=team)
    assert [c.name for c in found.problem.covers] == [
        "a", "b", "c", "a+b", "b+c", "a+b+c",
    ]  # fmt: skip


@pytest.mark.parametrize("size", [6, 7])
def test_at_most_six_queues_in_a_pool(size: int) -> None:
    names = "abcdefg"[:size]
    content = {"queues": [{"name": n} for n in names], "skills": {"ann": list(names)}}
    if size == 6:
        assert len(translated(**content).problem.covers) == 63
        return
    with pytest.raises(NotSupported, match=r"at most 6 queues .* got 7"):
        translated(**content)
    assert len(translated(**content, pooling="none").problem.covers) == 7


# Nights: shifts of Sunday run into next Monday; its hours are also next week's.

NIGHTS: dict[str, Any] = {"queues": PHONES, "shift_types": [night_shift()]}
ALL_WEEK = [
    row
    for day in range(7)
    for row in calls("phones", MONDAY + dt.timedelta(days=day), *range(24))
]
RUNS_IN = {
    "agent_id": "ann",
    "start": "2026-03-01T22:00",
    "end": "2026-03-02T06:00",
    "activity": "phones",
}


def test_the_tail_asks_for_nobody_without_history() -> None:
    found = translated(**NIGHTS, calls=ALL_WEEK)
    assert found.problem.end == 7 * D + 6 * H
    assert targets(found)[-7:] == [100 * agents(2)] + 6 * [0]
    assert cover(found)[1].calls[-6:].tolist() == 6 * [20]
    seam, source = found.notes
    assert "from Mon 2026-03-09 00:00 on they are asked for no more people" in seam
    assert "same weekday a week earlier" in source
    assert source.endswith(": phones")


def test_the_tail_hands_over_what_was_handed_over() -> None:
    history = [RUNS_IN | {"end": "2026-03-02T05:00"}]
    found = translated(**NIGHTS, calls=ALL_WEEK, history=history)
    row = cover(found)[0]
    assert row.fixed[: 6 * 4] == (100,) * 20 + (0,) * 4
    assert targets(found)[-6:] == 5 * [100] + [0]
    assert cover(found)[1].required[-6:].tolist() == 5 * [1] + [0]


def test_running_in_counts_in_every_cover_with_the_queue_by_speed() -> None:
    rows = [RUNS_IN | {"activity": "b"}, RUNS_IN | {"agent_id": "bob", "activity": ""}]
    found = pooled(history=rows)
    assert [c.fixed[0] for c in found.problem.covers] == [0, 80, 80]


def test_given_rows_after_the_horizon_are_used() -> None:
    after = calls("phones", MONDAY + dt.timedelta(days=7), 0, number=5)
    found = translated(**NIGHTS, calls=[*ALL_WEEK, *after])
    assert cover(found)[1].calls[-6:].tolist() == [5, 0, 0, 0, 0, 0]
    assert len(found.notes) == 1


def test_a_short_horizon_repeats_its_last_day() -> None:
    rows = calls("phones", MONDAY + dt.timedelta(days=1), 1, 9, number=7)
    found = translated(**NIGHTS, calls=rows, horizon={"days": 2})
    assert cover(found)[1].calls[-6:].tolist() == [0, 7, 0, 0, 0, 0]


def test_no_tail_where_no_shift_crosses_the_end() -> None:
    shifts = [night_shift(weekdays=["monday"])]
    found = translated(queues=PHONES, shift_types=shifts, calls=ALL_WEEK)
    assert found.problem.end == 7 * D
    assert found.notes == ()


@pytest.mark.parametrize(("date", "hours"), [("2026-03-29", 23), ("2026-10-25", 25)])
def test_a_day_with_a_clock_change_has_other_intervals(date: str, hours: int) -> None:
    zone = {"first_day": date, "days": 1, "time_zone": "Europe/London"}
    queue = {"name": "phones", "calendar": "always", "minimum_agents": 1}
    rows = calls("phones", dt.date.fromisoformat(date), 23, number=50)
    found = translated(horizon=zone, queues=[queue], calls=rows, **OPEN)
    assert cover(found)[1].starts.tolist() == [H * n for n in range(hours)]
    # 23:00 is the last hour, however many came before.
    assert cover(found)[1].calls.nonzero()[0].tolist() == [hours - 1]
    assert targets(found)[:-1] == (hours - 1) * [100]


def test_a_pool_never_asks_for_more_than_its_queues_apart() -> None:
    # One queue's long calls and the other's patience ask for 134 together, where apart
    # 127 do.
    queues = [
        {
            "name": "a",
            "service_level": 0.5,
            "answer_within_seconds": 0,
            "patience_seconds": 30,
        },
        {"name": "b", "service_level": 0.9, "answer_within_seconds": 0},
    ]
    rows = [
        {"queue": name, "start": f"{MONDAY}T08:00", "calls": 100, "handle_seconds": s}
        for name, s in (("a", 3000), ("b", 60))
    ]
    found = translated(queues=queues, calls=rows, skills={"ann": ["a", "b"]})
    a, b, together = (max(d.required) for d in found.demands)
    assert 0 < together <= a + b
