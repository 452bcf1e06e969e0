"""Demand of several queues together."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from models import erlang
from scheduler.domain import MovingLoad, Queue, Scope
from scheduler.translate.demand import (
    Floats,
    QueueDemand,
    agents_needed,
    floor_of,
    least_targets,
)
from scheduler.translate.frame import Frame
from scheduler.translate.spans import spanned


def pooled(
    frame: Frame, members: Sequence[QueueDemand], queues: Sequence[Queue], name: str
) -> QueueDemand:
    """Return the demand of several queues as if everybody could do all of them.

    The people needed are those for the calls of all at the least demanding targets;
    where another tool says what one of them needs, or one has chats of which an agent
    holds several, the largest of their own needs. Both are never more than the queues
    really need together. The calls of all have a level for the day or week only if
    those of each have one.
    """
    calls = np.sum([each.calls for each in members], axis=0)
    talk = np.sum([each.calls * each.handle_seconds for each in members], axis=0)
    handle = np.divide(talk, calls, out=np.zeros(calls.shape), where=calls > 0)
    targets = least_targets(queues)
    other = np.any([each.from_other_tool for each in members], axis=0)
    chats = any(len(queue.handle_factors) > 1 for queue in queues)
    load = np.sum([each.load for each in members], axis=0)
    minimum = np.max(
        [floor_of(q, each.is_open) for q, each in zip(queues, members, strict=True)],
        axis=0,
    )
    apart = np.sum([each.least for each in members], axis=0)
    largest = np.max([each.least for each in members], axis=0)

    def needed(level: float) -> Floats:
        return agents_needed(calls, handle, load, replace(targets, service_level=level))

    agents = needed(targets.floor)
    together = erlang.scheduled_agents(agents, targets.unplanned_shrinkage)
    together = np.minimum(together, apart)  # a mean handle time can ask for more
    required = np.maximum(np.where(other | chats, largest, together), minimum)
    patience, definition = min(
        targets.kinds, key=lambda kind: np.inf if kind[0] is None else kind[0]
    )
    demand = replace(
        members[0],
        name=name,
        queues=tuple(queue.name for queue in queues),
        calls=calls,
        handle_seconds=handle,
        load=load,
        required=required,
        least=required,
        is_open=np.any([each.is_open for each in members], axis=0),
        from_other_tool=other,
        service_level=targets.service_level,
        definition=definition,
        answer_within_seconds=targets.answer_within_seconds,
        patience_seconds=patience,
        forecast_cv=targets.forecast_cv,
        handle_factors=() if chats else (1.0,),
        unplanned_shrinkage=targets.unplanned_shrinkage,
        moving_load=_moving(queues),
        scope=Scope.INTERVAL,
        spans=(),
        same_promise=len(
            {(q.answer_within_seconds, q.service_level_of) for q in queues}
        )
        == 1,
    )
    scopes = {queue.service_level_scope for queue in queues}
    if chats or Scope.INTERVAL in scopes:
        return demand
    scope = Scope.WEEK if Scope.WEEK in scopes else Scope.DAY
    return spanned(frame, demand, scope, targets.floor, minimum, needed)


def _moving(queues: Sequence[Queue]) -> MovingLoad:
    """Return how the load of queues moves together: as soon as that of one does."""
    moves = any(queue.moving_load is MovingLoad.MODIFIED for queue in queues)
    return MovingLoad.MODIFIED if moves else MovingLoad.SIPP
