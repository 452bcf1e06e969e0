"""Voice demand: calls, handle time and people needed per interval."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from models import erlang
from scheduler.domain import Queue

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class QueueDemand:
    """What one queue, or a set of queues that share agents, needs.

    Attributes
    ----------
    name
        Name of the cover: the queues' names joined by ``+``.
    starts
        Minute at which each demand interval starts, over the horizon and the tail;
        shape ``(intervals,)`` like all arrays here.
    minutes
        Length of an interval.
    calls, handle_seconds
        Calls offered while open; mean handle time, 0 where there are no calls.
    required
        People to roster, unplanned shrinkage included; may be fractional. In the tail:
        what this roster is asked for, see ``voice``.
    is_open
        Where some of the interval is open.
    from_other_tool
        Where ``required.csv`` says what is needed.
    """

    name: str
    queues: tuple[str, ...]
    starts: npt.NDArray[np.int64]
    minutes: int
    calls: Floats
    handle_seconds: Floats
    required: Floats
    is_open: Bools
    from_other_tool: Bools
    service_level: float
    answer_within_seconds: float
    patience_seconds: float | None
    unplanned_shrinkage: float


@dataclass(frozen=True)
class Targets:
    """What is promised to the callers of a queue, or of some of them."""

    service_level: float
    answer_within_seconds: float
    patiences: tuple[float | None, ...]
    maximum_occupancy: float | None
    unplanned_shrinkage: float


def targets_of(queue: Queue) -> Targets:
    """Return the targets of one queue."""
    return Targets(
        queue.service_level,
        queue.answer_within_seconds,
        (queue.patience_seconds,),
        queue.maximum_occupancy,
        queue.unplanned_shrinkage,
    )


def least_targets(queues: Sequence[Queue]) -> Targets:
    """Return the least demanding of the queues' targets, one by one.

    So the people needed for the pooled load are never more than the queues really need.
    Which patience asks for fewer people depends on the rest: each is tried.
    """
    caps = [queue.maximum_occupancy for queue in queues]
    return Targets(
        min(queue.service_level for queue in queues),
        max(queue.answer_within_seconds for queue in queues),
        tuple(dict.fromkeys(queue.patience_seconds for queue in queues)),
        None if None in caps else max(cap for cap in caps if cap is not None),
        min(queue.unplanned_shrinkage for queue in queues),
    )


def people_needed(
    calls: Floats, handle_seconds: Floats, minutes: int, targets: Targets
) -> Floats:
    """Return the people to roster per interval: Erlang's agents / (1 - shrinkage)."""
    needed = np.zeros(calls.shape)
    some = calls > 0
    handle = handle_seconds[some]
    load = erlang.offered_load(calls[some], 60 * minutes, handle)
    agents = [
        erlang.required_agents(
            load,
            handle,
            answer_within=targets.answer_within_seconds,
            service_level=targets.service_level,
            patience_seconds=patience,
            maximum_occupancy=targets.maximum_occupancy,
        )
        for patience in targets.patiences
    ]
    needed[some] = erlang.scheduled_agents(
        np.minimum.reduce(agents), targets.unplanned_shrinkage
    )
    return needed


def floor_of(queue: Queue, is_open: Bools) -> Floats:
    """Return the least people of a queue per interval: its minimum whenever open."""
    return np.where(is_open, queue.minimum_agents, 0.0)


def pooled(
    members: Sequence[QueueDemand], queues: Sequence[Queue], name: str
) -> QueueDemand:
    """Return the demand of several queues as if everybody could do all of them.

    The people needed are those for the calls of all at the least demanding targets;
    where another tool says what one of them needs, the largest of their own needs. Both
    are never more than the queues really need together.
    """
    calls = np.sum([each.calls for each in members], axis=0)
    talk = np.sum([each.calls * each.handle_seconds for each in members], axis=0)
    handle = np.divide(talk, calls, out=np.zeros(calls.shape), where=calls > 0)
    targets = least_targets(queues)
    other = np.any([each.from_other_tool for each in members], axis=0)
    apart = np.sum([each.required for each in members], axis=0)
    together = people_needed(calls, handle, members[0].minutes, targets)
    together = np.minimum(together, apart)  # a mean handle time can ask for more
    largest = np.max([each.required for each in members], axis=0)
    minimum = np.max(
        [floor_of(q, each.is_open) for q, each in zip(queues, members, strict=True)],
        axis=0,
    )
    patient = [p for p in targets.patiences if p is not None]
    return replace(
        members[0],
        name=name,
        queues=tuple(queue.name for queue in queues),
        calls=calls,
        handle_seconds=handle,
        required=np.maximum(np.where(other, largest, together), minimum),
        is_open=np.any([each.is_open for each in members], axis=0),
        from_other_tool=other,
        service_level=targets.service_level,
        answer_within_seconds=targets.answer_within_seconds,
        patience_seconds=min(patient, default=None),
        unplanned_shrinkage=targets.unplanned_shrinkage,
    )
