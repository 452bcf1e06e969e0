"""Voice demand: calls, handle time and people needed per interval."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil

import numpy as np
import numpy.typing as npt

from models import erlang
from models.roster import predict
from scheduler.domain import MovingLoad, Queue, Scope

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
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
        what this roster is asked for, see ``voice``. With a level for a day or week:
        the least in all that reach it.
    least
        Those who must be there in every interval; less than ``required`` only with a
        level for a day or week.
    spans
        The days or weeks that have a level of their own.
    same_promise
        Whether one level can be told of all its calls: their threshold is the same,
        and what counts.
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
    least: Floats
    is_open: Bools
    from_other_tool: Bools
    service_level: float
    definition: erlang.Definition
    answer_within_seconds: float
    patience_seconds: float | None
    forecast_cv: float
    handle_factors: tuple[float, ...]
    unplanned_shrinkage: float
    moving_load: MovingLoad = MovingLoad.SIPP
    scope: Scope = Scope.INTERVAL
    spans: tuple["Span", ...] = ()
    same_promise: bool = True

    def raised(self, parts: Sequence["QueueDemand"]) -> "QueueDemand":
        """Return the demand with at least the people that each of its parts needs."""
        return replace(
            self,
            required=np.max([self.required, *(p.required for p in parts)], axis=0),
            least=np.max([self.least, *(p.least for p in parts)], axis=0),
        )

    def late(self, rows: Ints, agents: Ints | Floats) -> Floats:
        """Return the share of calls that is late, as the level's definition sees it.

        ``agents`` in some intervals, and what is returned, are of shape
        ``(rows, numbers)``.
        """
        load, handle = (
            np.repeat(each[rows], agents.shape[1])
            for each in (self.load, self.handle_seconds)
        )

        def level(definition: erlang.Definition) -> Floats:
            found = predict.performance(
                agents.ravel(),
                load,
                handle,
                self.answer_within_seconds,
                self.patience_seconds,
                self.forecast_cv,
                definition,
                self.handle_factors,
            )
            return found.service_level.reshape(agents.shape)

        in_time, own = level(erlang.Definition.OFFERED), level(self.definition)
        return self.definition.late(in_time, own, self.service_level)


@dataclass(frozen=True, eq=False)
class Span:
    """A day or week of which the calls reach the service level together.

    Attributes
    ----------
    days
        Positions of its days.
    allowed
        Calls that may be late.
    curves
        By interval: people to roster, and the calls late then; convex.
    """

    days: tuple[int, ...]
    allowed: float
    curves: dict[int, tuple[Floats, Floats]]


@dataclass(frozen=True)
class Targets:
    """What is promised to the callers of a queue, or of some of them.

    ``kinds`` are their patience and what their service level counts; ``floor`` is the
    level that every interval reaches, with any scope.
    """

    service_level: float
    floor: float
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
        floor=min(queue.level_of_intervals for queue in queues),
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


def agents_needed(
    calls: Floats, handle_seconds: Floats, load: Floats, targets: Targets
) -> Floats:
    """Return Erlang's agents per interval; where nobody calls, who is on the phone."""
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
    return needed


def agents_for_chats(
    calls: Floats,
    handle_seconds: Floats,
    load: Floats,
    queue: Queue,
    service_level: float,
) -> Floats:
    """Return the same for a queue of whose chats an agent holds several at once."""
    needed = np.ceil(np.rint(load) / len(queue.handle_factors))
    for handle in np.unique(handle_seconds[calls > 0]).tolist():
        some = (calls > 0) & (handle_seconds == handle)
        needed[some] = erlang.required_chat_agents(
            load[some] / handle,
            [handle * factor for factor in queue.handle_factors],
            queue.answer_within_seconds,
            service_level,
            queue.patience_seconds,
            queue.maximum_occupancy or 1.0,
            definition=queue.service_level_of,
        )
    return needed


def centi_agents(people: Floats, periods: int) -> Ints:
    """Return people per interval as whole hundredths per period, rounded up."""
    return np.repeat(np.array([up(p) for p in people.tolist()], np.int64), periods)


def up(people: float) -> int:
    """Return people as hundredths, rounded up; what is rounding's stays.

    >>> up(1.5), up(1.501), up(1 + 1e-12)
    (150, 151, 100)
    """
    return ceil(100 * people - 1e-9)


def floor_of(queue: Queue, is_open: Bools) -> Floats:
    """Return the least people of a queue per interval: its minimum whenever open."""
    return np.where(is_open, queue.minimum_agents, 0.0)
