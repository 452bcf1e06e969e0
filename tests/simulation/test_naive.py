"""The event loop plays the same as one that looks through lists."""

from dataclasses import replace

import numpy as np
import pytest

from models.simulation import (
    Blend,
    Centre,
    FeedModel,
    KindModel,
    PartModel,
    QueueModel,
    drawn,
    played,
)
from tests.simulation.centres import DAY, HOUR, Event, staffed
from tests.simulation.naive import Naive

Rng = np.random.Generator


def some_centre(seed: int) -> Centre:
    """A small centre of everything: queues, chats, cases that follow cases, breaks."""
    rng = np.random.default_rng(seed)
    queues, kinds, people = int(rng.integers(1, 4)), int(rng.integers(0, 3)), 8
    voice = [
        rng.choice(queues, int(rng.integers(1, queues + 1)), False) for _ in range(2)
    ]
    pools = [-1, -1, *range(kinds)]
    serves = [[int(q in own) for q in range(queues)] for own in voice]
    serves += [[0] * queues] * kinds
    days = 2
    events: list[Event] = []
    kept = {}
    for agent in range(people):
        for day in range(days):
            for event, length in some_shift(rng, agent, day, len(pools)):
                events.append(event)
                kept[event] = length
    staff = staffed(
        events,
        pools,
        serves,
        people,
        kinds,
        queue_speed=rng.choice([0.0, 0.8, 1.0, 1.2], (people, queues)),
        kind_speed=rng.choice([0.7, 1.0], (people, kinds)),
        absence=np.full(people, 0.1),
    )
    staff.events["kept"] = [kept[e] for e in sorted(events)]
    return Centre(
        interval=HOUR / 2,
        day_starts=DAY * np.arange(days + 1),
        queues=tuple(some_queue(rng, q, days) for q in range(queues)),
        kinds=tuple(some_kind(rng, k, kinds, days) for k in range(kinds)),
        staff=staff,
        blend=list(Blend)[seed % 3],
        reserve=int(rng.integers(0, 3)),
        hand_on=bool(rng.random() < 0.5),
    )


def some_shift(rng: Rng, agent: int, day: int, pools: int) -> list[tuple[Event, float]]:
    """Return what an agent goes to on a day, each with the length of a break."""
    now = day * DAY + HOUR * int(rng.integers(7, 10))
    found = []
    for _ in range(int(rng.integers(3, 8))):
        found.append(((now, agent, int(rng.integers(1, pools + 1))), 0.0))
        now += 900.0 * int(rng.integers(1, 8))
        if rng.random() < 0.4:
            length = 900.0 * int(rng.integers(1, 3))
            found.append(((now, agent, 0), length))
            now += length
    return [*found, ((now, agent, 0), 0.0)]


def some_queue(rng: Rng, number: int, days: int) -> QueueModel:
    calls = np.zeros(48 * days)
    for day in range(days):
        calls[48 * day + 14 : 48 * day + 40] = rng.uniform(2, 12, 26)
    return QueueModel(
        name=f"q{number}",
        calls=calls,
        handle_seconds=np.full(len(calls), rng.uniform(120, 600)),
        patience_seconds=None if rng.random() < 0.3 else 120.0,
        handle_cv=float(rng.choice([0.5, 1.0])),
        forecast_cv=float(rng.choice([0.0, 0.2])),
        factors=(1.0, 1.3, 1.8) if rng.random() < 0.3 else (1.0,),
        priority=int(rng.integers(0, 2)),
    )


def some_kind(rng: Rng, number: int, kinds: int, days: int) -> KindModel:
    steps = int(days * DAY // 900)
    feeds = ()
    if number + 1 < kinds:
        feeds = (FeedModel(number + 1, 0.5, 1800.0, bool(rng.random() < 0.5)),)
    due = 900.0 * np.arange(steps) + rng.uniform(2, 20) * HOUR
    return KindModel(
        name=f"k{number}",
        windows=np.array([[8 * HOUR, 12 * HOUR], [DAY + 9 * HOUR, DAY + 10 * HOUR]]),
        inflow=rng.uniform(5, 20, 2),
        open_due=rng.uniform(0, DAY, 6),
        open_late=np.array([1, 0, 0, 0, 0, 0], dtype=np.int8),
        parts=(PartModel(0.7, 900.0, 0.5), PartModel(0.3, 2400.0)),
        due_table=np.stack([due, due + HOUR]),
        first_share=0.8,
        between_calls=bool(rng.random() < 0.5),
        settling_seconds=float(rng.choice([0.0, 120.0])),
        resume_seconds=float(rng.choice([0.0, 60.0])),
        utilisation=0.9,
        reopen_rate=0.2,
        reopen_after_seconds=float(rng.choice([0.0, 5 * HOUR])),
        reopen_same_due=bool(rng.random() < 0.5),
        feeds=feeds,
    )


@pytest.mark.parametrize("seed", range(24))
def test_plays_the_same(seed: int) -> None:
    centre = some_centre(seed)
    chance = drawn(centre, seed, 0)
    world = played(centre, chance)
    naive = Naive(centre, chance)
    naive.play()
    assert world.calls["state"].tolist() == naive.state
    answered = world.calls["state"] == 1
    for name, told in (("wait", naive.wait), ("took", naive.took)):
        ours = np.where(answered, world.calls[name], 0)
        assert ours == pytest.approx(np.where(answered, told, 0), abs=1e-5)
    assert world.items["done"] == pytest.approx(np.array(naive.done), abs=1e-5)
    assert world.items["released"] == pytest.approx(np.array(naive.released), abs=1e-5)


def test_the_set_has_everything() -> None:
    """What could go wrong happens often enough to be seen."""
    chats = interrupted = followed = lost = absent = 0
    for seed in range(24):
        centre = some_centre(seed)
        chance = drawn(centre, seed, 0)
        world = played(centre, chance)
        chats += any(len(queue.factors) > 1 for queue in centre.queues)
        lost += bool((world.calls["state"] == 2).any())
        done = np.isfinite(world.items["done"])
        followed += bool(done[chance.begin :].any())
        begun = (world.items["rest"] < world.items["work"]) & ~done
        interrupted += bool(begun.any())
        absent += bool(chance.absent.any())
    assert min(chats, interrupted, followed, lost, absent) >= 8


def test_two_rosters_meet_the_same_calls_and_cases() -> None:
    centre = some_centre(2)
    fewer = replace(centre.staff, events=centre.staff.events[::2])
    one, other = (drawn(c, 5, 1) for c in (centre, centre.with_staff(fewer)))
    assert one.calls.tobytes() == other.calls.tobytes()
    assert one.items.tobytes() == other.items.tobytes()
