"""Small centres in few words."""

from typing import Any

import numpy as np

from models.simulation import Centre, QueueModel, StaffModel
from models.simulation.world import EVENT

HOUR, DAY = 3600.0, 86400.0
Event = tuple[float, int, int]  # when, who, to what


def staffed(
    events: list[Event],
    pools: list[int],
    serves: list[list[int]],
    people: int,
    kinds: int = 0,
    **more: Any,
) -> StaffModel:
    """Return people with every skill, all events of one shift each, nobody absent."""
    rows = np.zeros(len(events), EVENT)
    for row, (at, agent, activity) in zip(rows, sorted(events), strict=True):
        row["at"], row["agent"], row["activity"], row["shift"] = (
            at,
            agent,
            activity,
            agent,
        )
    queues = len(serves[0]) if serves else 0
    given: dict[str, Any] = {
        "queue_speed": np.ones((people, queues)),
        "kind_speed": np.ones((people, kinds)),
        "shift_agent": np.arange(people),
        "shift_day": np.zeros(people, dtype=np.int64),
        "absence": np.zeros(people),
    } | more
    return StaffModel(
        rows,
        np.array(pools, dtype=np.int64),
        np.array(serves, dtype=np.int8).reshape(len(pools), queues),
        **given,
    )


def one_queue(
    calls: float, handle: float, agents: int, hours: int, **queue: Any
) -> Centre:
    """Return one queue with so many calls an hour and agents who are always there."""
    always = [(0.0, a, 1) for a in range(agents)]
    return Centre(
        interval=HOUR,
        day_starts=np.array([0.0, hours * HOUR]),
        queues=(
            QueueModel(
                "calls",
                np.full(hours, float(calls)),
                np.full(hours, float(handle)),
                **queue,
            ),
        ),
        kinds=(),
        staff=staffed(always, [-1], [[1]], agents),
    )
