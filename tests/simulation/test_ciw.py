"""The simulator against another library's, Ciw (Palmer et al., 2019)."""

from dataclasses import replace
from typing import Any

import ciw
import numpy as np
import pytest

from models.simulation import Centre, QueueModel, replications
from models.simulation.confidence import Estimate, mean
from tests.simulation.centres import HOUR, Event, staffed

NUMBER = 30  # replications of each, if not told
Waits = dict[str, np.ndarray]  # mean wait of each replication


def ours(centre: Centre, warm: float, end: float, number: int = NUMBER) -> Waits:
    """Mean waits in each replication of who comes between two moments."""
    found: Waits = {}
    for q, queue in enumerate(centre.queues):

        def told(_: int, world: Any, q: int = q) -> float:
            own = world.calls[world.calls["queue"] == q]
            own = own[(own["at"] > warm) & (own["at"] < end)]
            return float(own["wait"].mean())

        found[queue.name] = np.array(list(replications(centre, number, 1, told)))
    return found


def theirs(network: Any, warm: float, end: float, number: int = NUMBER) -> Waits:
    found: dict[str, list[float]] = {}
    for seed in range(number):
        ciw.seed(seed)
        run = ciw.Simulation(network)
        run.simulate_until_max_time(end + 2 * HOUR)
        records = run.get_all_records()
        for name in {record.customer_class for record in records}:
            waits = [
                r.waiting_time
                for r in records
                if r.customer_class == name and warm < r.arrival_date < end
            ]
            found.setdefault(name, []).append(float(np.mean(waits)))
    return {name: np.array(waits) for name, waits in found.items()}


def agree(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether the intervals of the difference hold nothing, with 99.9 %."""
    gap: Estimate = mean(one - other, 0.999)
    assert gap.half < 0.35 * max(one.mean(), 1.0)
    return bool(abs(gap.mean) <= gap.half)


def two_queues(hours: int, **staff: Any) -> Centre:
    """Return queues of 20 and 24 calls an hour of three minutes; a goes first."""
    return Centre(
        interval=HOUR,
        day_starts=np.array([0.0, hours * HOUR]),
        queues=(
            QueueModel("a", np.full(hours, 20.0), np.full(hours, 180.0), priority=0),
            QueueModel("b", np.full(hours, 24.0), np.full(hours, 180.0), priority=1),
        ),
        kinds=(),
        **staff,
    )


def network(servers: Any) -> Any:
    return ciw.create_network(
        arrival_distributions={
            "a": [ciw.dists.Exponential(20 / HOUR)],
            "b": [ciw.dists.Exponential(24 / HOUR)],
        },
        service_distributions={
            name: [ciw.dists.Exponential(1 / 180)] for name in ("a", "b")
        },
        number_of_servers=[servers],
        priority_classes={"a": 0, "b": 1},
    )


@pytest.mark.full
def test_people_of_two_skills_and_one_queue_before_the_other() -> None:
    hours = 60
    always: list[Event] = [(0.0, a, 1) for a in range(3)]
    centre = two_queues(hours, staff=staffed(always, [-1], [[1, 1]], 3))
    found = ours(centre, 4 * HOUR, hours * HOUR)
    other = theirs(network(3), 4 * HOUR, hours * HOUR)
    assert found["b"].mean() > 2 * found["a"].mean()
    assert agree(found["a"], other["a"]) and agree(found["b"], other["b"])


def test_people_who_leave_end_their_calls_first() -> None:
    """Five people, then two, then five again: a schedule that interrupts nobody."""
    hours, late = 12, [6 * HOUR, 9 * HOUR]
    events: list[Event] = [(0.0, a, 1) for a in range(5)]
    events += [(late[0], a, 0) for a in (2, 3, 4)]
    events += [(late[1], a, 1) for a in (2, 3, 4)]
    centre = two_queues(hours, staff=staffed(events, [-1], [[1, 1]], 5))
    schedule = ciw.Schedule(
        numbers_of_servers=[5, 2, 5, 5],
        shift_end_dates=[*late, hours * HOUR, 1000 * HOUR],
        preemption=False,
    )
    span = late[0] - HOUR, late[1]
    found = ours(centre, *span, number=150)
    other = theirs(network(schedule), *span, number=150)
    assert agree(found["a"], other["a"]) and agree(found["b"], other["b"])


def test_own_people_first_then_those_of_both() -> None:
    """Specialists and generalists: what one queue lacks the other's wait tells.

    Without generalists' help each is an M/M/c of its own, with all help one M/M/c.
    """
    hours = 60
    events: list[Event] = [(0.0, 0, 1), (0.0, 1, 2), (0.0, 2, 3), (0.0, 3, 3)]
    serves = [[1, 0], [0, 1], [1, 1]]
    centre = two_queues(hours, staff=staffed(events, [-1] * 3, serves, 4))
    queues = tuple(replace(queue, priority=0) for queue in centre.queues)
    waits = ours(replace(centre, queues=queues), 4 * HOUR, hours * HOUR)
    pooled = staffed([(0.0, a, 1) for a in range(4)], [-1], [[1, 1]], 4)
    together = ours(
        replace(centre, queues=queues).with_staff(pooled), 4 * HOUR, hours * HOUR
    )
    for name in ("a", "b"):
        alone = 3 * together[name].mean()
        assert together[name].mean() < waits[name].mean() < alone


@pytest.mark.parametrize("factors", [(1.0,), (1.0, 2.0), (1.0, 2.0, 3.0)])
def test_chats_that_share_all_time_are_as_one_after_the_other(
    factors: tuple[float, ...],
) -> None:
    """With n held each n times slower nothing is gained: all are done as soon."""
    hours = 60
    centre = Centre(
        interval=HOUR,
        day_starts=np.array([0.0, hours * HOUR]),
        queues=(
            QueueModel(
                "a", np.full(hours, 12.0), np.full(hours, 180.0), factors=factors
            ),
        ),
        kinds=(),
        staff=staffed([(0.0, 0, 1)], [-1], [[1]], 1),
    )

    def told(_: int, world: Any) -> float:
        done = world.calls["wait"] + world.calls["took"]
        return float(done.mean())

    found = mean(np.array(list(replications(centre, 60, 3, told))), 0.99)
    plain = replace(centre, queues=(replace(centre.queues[0], factors=(1.0,)),))
    other = mean(np.array(list(replications(plain, 60, 3, told))), 0.99)
    assert abs(found.mean - other.mean) <= found.half + other.half
