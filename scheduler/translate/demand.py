"""Voice demand: calls, handle time and people needed per interval."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from models import erlang
from scheduler.domain import MovingLoad, Queue

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
    load
        Erlangs while open, as they move (``moving_load``).
    required
        People to roster, unplanned shrinkage included; may be fractional. In the tail:
        what this roster is asked for, see ``voice``.
    is_open
        Where some of the interval is open.
    from_other_tool
        Where ``required.csv`` says what is needed.
    handle_factors
        As in ``Queue``; none where calls and chats are pooled.
    """

    name: str
    queues: tuple[str, ...]
    starts: npt.NDArray[np.int64]
    minutes: int
    calls: Floats
    handle_seconds: Floats
    load: Floats
    required: Floats
    is_open: Bools
    from_other_tool: Bools
    service_level: float
    definition: erlang.Definition
    answer_within_seconds: float
    patience_seconds: float | None
    forecast_cv: float
    handle_factors: tuple[float, ...]
    unplanned_shrinkage: float


@dataclass(frozen=True)
class Targets:
    """What is promised to the callers of a queue, or of some of them.

    ``kinds`` are their patience and what their service level counts.
    """

    service_level: float
    answer_within_seconds: float
    kinds: tuple[tuple[float | None, erlang.Definition], ...]
    maximum_occupancy: float | None
    maximum_wait_seconds: float | None
    maximum_abandonment: float | None
    forecast_cv: float
    unplanned_shrinkage: float


def targets_of(queue: Queue) -> Targets:
    """Return the targets of one queue."""
    return least_targets([queue])


def least_targets(queues: Sequence[Queue]) -> Targets:
    """Return the least demanding of the queues' targets, one by one.

    So the people needed for the pooled load are never more than the queues really need.
    Which patience or definition asks for fewer people depends on the rest: each is
    tried.
    """
    return Targets(
        service_level=min(queue.service_level for queue in queues),
        answer_within_seconds=max(queue.answer_within_seconds for queue in queues),
        kinds=tuple(
            dict.fromkeys((q.patience_seconds, q.service_level_of) for q in queues)
        ),
        maximum_occupancy=_loosest(queue.maximum_occupancy for queue in queues),
        maximum_wait_seconds=_loosest(queue.maximum_wait_seconds for queue in queues),
        maximum_abandonment=_loosest(queue.maximum_abandonment for queue in queues),
        forecast_cv=min(queue.forecast_cv for queue in queues),
        unplanned_shrinkage=min(queue.unplanned_shrinkage for queue in queues),
    )


def _loosest(limits: Iterable[float | None]) -> float | None:
    """Return the largest limit; ``None``, no limit, where one has none."""
    every = list(limits)
    return None if None in every else max(limit for limit in every if limit is not None)


def load_of(
    queue: Queue, calls: Floats, handle_seconds: Floats, minutes: int
) -> Floats:
    """Return the load per interval, erlangs, as the queue says that it moves.

    Where the first interval has calls, the queue was open before it: calls are in
    progress as if it had always been like that.
    """
    span = 60 * minutes
    settled = erlang.offered_load(calls, span, handle_seconds)
    if queue.moving_load is MovingLoad.SIPP:
        return settled
    return erlang.modified_offered_load(
        calls, span, _carried_on(handle_seconds), in_progress=settled[0]
    )


def _carried_on(handle_seconds: Floats) -> Floats:
    """Return handle times; where there are no calls, that of the last ones."""
    last = np.maximum.accumulate(
        np.where(handle_seconds > 0, np.arange(len(handle_seconds)), 0)
    )
    return handle_seconds[last]


def people_needed(
    calls: Floats, handle_seconds: Floats, load: Floats, targets: Targets
) -> Floats:
    """Return the people to roster per interval: Erlang's agents / (1 - shrinkage).

    Where nobody calls, those who are still on the phone.
    """
    some = calls > 0
    needed = np.rint(load)
    agents = [
        erlang.required_agents(
            load[some],
            handle_seconds[some],
            answer_within=targets.answer_within_seconds,
            service_level=targets.service_level,
            patience_seconds=patience,
            maximum_occupancy=targets.maximum_occupancy,
            maximum_wait_seconds=targets.maximum_wait_seconds,
            maximum_abandonment=targets.maximum_abandonment,
            rate_cv=targets.forecast_cv,
            definition=definition,
        )
        for patience, definition in targets.kinds
    ]
    needed[some] = np.minimum.reduce(agents)
    return erlang.scheduled_agents(needed, targets.unplanned_shrinkage)


def people_for_chats(
    calls: Floats, handle_seconds: Floats, load: Floats, queue: Queue
) -> Floats:
    """Return the same for a queue of whose chats an agent holds several at once."""
    needed = np.ceil(np.rint(load) / len(queue.handle_factors))
    for handle in np.unique(handle_seconds[calls > 0]).tolist():
        some = (calls > 0) & (handle_seconds == handle)
        needed[some] = erlang.required_chat_agents(
            load[some] / handle,
            [handle * factor for factor in queue.handle_factors],
            queue.answer_within_seconds,
            queue.service_level,
            queue.patience_seconds,
            queue.maximum_occupancy or 1.0,
            definition=queue.service_level_of,
        )
    return erlang.scheduled_agents(needed, queue.unplanned_shrinkage)


def floor_of(queue: Queue, is_open: Bools) -> Floats:
    """Return the least people of a queue per interval: its minimum whenever open."""
    return np.where(is_open, queue.minimum_agents, 0.0)


def pooled(
    members: Sequence[QueueDemand], queues: Sequence[Queue], name: str
) -> QueueDemand:
    """Return the demand of several queues as if everybody could do all of them.

    The people needed are those for the calls of all at the least demanding targets;
    where another tool says what one of them needs, or one has chats of which an agent
    holds several, the largest of their own needs. Both are never more than the queues
    really need together.
    """
    calls = np.sum([each.calls for each in members], axis=0)
    talk = np.sum([each.calls * each.handle_seconds for each in members], axis=0)
    handle = np.divide(talk, calls, out=np.zeros(calls.shape), where=calls > 0)
    targets = least_targets(queues)
    other = np.any([each.from_other_tool for each in members], axis=0)
    chats = any(len(queue.handle_factors) > 1 for queue in queues)
    apart = np.sum([each.required for each in members], axis=0)
    load = np.sum([each.load for each in members], axis=0)
    together = people_needed(calls, handle, load, targets)
    together = np.minimum(together, apart)  # a mean handle time can ask for more
    largest = np.max([each.required for each in members], axis=0)
    minimum = np.max(
        [floor_of(q, each.is_open) for q, each in zip(queues, members, strict=True)],
        axis=0,
    )
    patience, definition = min(
        targets.kinds, key=lambda kind: np.inf if kind[0] is None else kind[0]
    )
    return replace(
        members[0],
        name=name,
        queues=tuple(queue.name for queue in queues),
        calls=calls,
        handle_seconds=handle,
        load=load,
        required=np.maximum(np.where(other | chats, largest, together), minimum),
        is_open=np.any([each.is_open for each in members], axis=0),
        from_other_tool=other,
        service_level=targets.service_level,
        definition=definition,
        answer_within_seconds=targets.answer_within_seconds,
        patience_seconds=patience,
        forecast_cv=targets.forecast_cv,
        handle_factors=() if chats else (1.0,),
        unplanned_shrinkage=targets.unplanned_shrinkage,
    )
