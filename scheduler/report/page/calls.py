"""The queues of a page: people needed and rostered, interval by interval."""

import math
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from scheduler.calendars import TimeAxis
from scheduler.report.page.document import Known, PageQueue
from scheduler.report.page.sources import Sources
from scheduler.rosters.figures import QueueFigures, Summary
from scheduler.rosters.outlook import QueueOutlook, outermost, told_apart
from scheduler.rosters.simulated import SimulateDocument
from scheduler.translate import QueueDemand

Floats = npt.NDArray[np.float64]


def queues(sources: Sources) -> list[PageQueue]:
    """Return single queues first, then the sets of queues that share agents."""
    translation = sources.prepared.translation
    seen = sources.outlook.queues if sources.outlook else None
    end = translation.problem.day_starts[-1]
    found = [
        _queue(
            demand,
            end,
            None if seen is None else seen[q],
            None if sources.summary is None else sources.summary.queues[q],
            _simulated(sources.simulated, demand, translation.axis),
        )
        for q, demand in enumerate(translation.demands)
    ]
    return sorted(found, key=lambda queue: len(queue.members))


def _queue(
    demand: QueueDemand,
    end: int,
    seen: QueueOutlook | None,
    figures: QueueFigures | None,
    simulated: dict[int, float | None] | None,
) -> PageQueue:
    inside = demand.starts < end
    shown = np.flatnonzero(inside & ((demand.required > 0) | demand.is_open))
    if seen is not None:
        shown = seen.shown[seen.shown < inside.sum()]
    starts = [int(start) for start in demand.starts[shown]]
    return PageQueue(
        name=demand.name,
        members=list(demand.queues),
        minutes=demand.minutes,
        starts=starts,
        calls=_numbers(demand.calls[shown]),
        required=_numbers(demand.required[shown]),
        least=_numbers(demand.least[shown]),
        rostered=None if seen is None else _numbers(seen.effective[shown]),
        heads=None if seen is None else _numbers(seen.rostered[shown]),
        short=None if seen is None else _numbers(seen.short[shown]),
        level=None if seen is None else _known(seen.service_level[shown]),
        simulated=None
        if simulated is None
        else [simulated.get(start) for start in starts],
        target=demand.service_level,
        scope=demand.scope.value,
        figures=figures,
    )


def _simulated(
    found: SimulateDocument | None, demand: QueueDemand, axis: TimeAxis
) -> dict[int, float | None] | None:
    """Return the simulated level of a single queue by the minute of its intervals."""
    if found is None or len(demand.queues) > 1:
        return None
    own = [queue for queue in found.queues if queue.queue == demand.name]
    if not own:
        return None
    return {
        axis.minute(each.start): each.service_level.mean for each in own[0].intervals
    }


def level_of_all(
    demands: tuple[QueueDemand, ...], summary: Summary
) -> tuple[float | None, bool]:
    """Return the service level of all calls, and whether it is at best.

    Each call is counted once: in the largest set of queues that has one level, else in
    its own queue. At best: people of several queues count in full in each.
    """
    told = [q for whole in outermost(demands) for q in told_apart(demands, whole)]
    rated = [summary.queues[q] for q in told]
    return (
        _mean((queue.service_level, queue.calls) for queue in rated),
        any(queue.at_best for queue in rated),
    )


def simulated_level(found: SimulateDocument) -> float | None:
    """Return the simulated service level of all calls."""
    return _mean(
        (queue.total.service_level.mean, queue.total.offered) for queue in found.queues
    )


def _mean(levels: Iterable[tuple[float | None, float]]) -> float | None:
    """Return the mean of known levels over their calls."""
    known = [(level, calls) for level, calls in levels if level is not None]
    calls = sum(calls for _, calls in known)
    return sum(level * own for level, own in known) / calls if calls else None


def _numbers(values: Floats) -> list[float]:
    return [round(value, 3) for value in values.tolist()]


def _known(values: Floats) -> Known:
    return [None if math.isnan(v) else round(v, 4) for v in values.tolist()]
