"""Calls of a queue, from counts of replications to what a planner reads of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from models.simulation import Centre
from models.simulation.confidence import ratio
from models.simulation.tally import CALL_COUNTS
from models.simulation.world import Floats, Ints
from scheduler.calendars import TimeAxis
from scheduler.domain import Queue
from scheduler.rosters.outlook import Outlook
from scheduler.rosters.simulated import (
    DayCalls,
    IntervalCalls,
    QueueEntry,
    SimulatedCalls,
)
from scheduler.simulating.means import as_entry
from scheduler.translate import Translation

COUNT = {name: n for n, name in enumerate(CALL_COUNTS)}
_HOUR, _MINUTE = 3600.0, 60.0


@dataclass(frozen=True, eq=False)
class _Runs:
    """Calls of one queue in all replications.

    Attributes
    ----------
    counts
        By replication, interval and count of ``CALL_COUNTS``.
    expected, promised
        By interval: calls, and the service level that the plan predicts, nan: none.
    """

    queue: Queue
    counts: Floats
    expected: Floats
    promised: Floats
    confidence: float

    def told(self, some: Ints) -> dict[str, Any]:
        """Return the measures of the calls of some intervals together."""
        rows = self.counts[:, some].sum(axis=1)
        part = {name: rows[:, n] for name, n in COUNT.items()}
        whole = {
            "offered": part["offered"],
            "answered": part["answered"],
            "offered-less-early-abandons": part["offered"] - part["early"],
        }[self.queue.service_level_of.value]
        level = ratio(part["in_time"], whole, self.confidence)
        lost = ratio(part["abandoned"], part["offered"], self.confidence)
        wait = ratio(part["wait"], part["offered"], self.confidence)
        return {
            "offered": float(part["offered"].mean()),
            "promised": self._promise(some),
            "service_level": as_entry(level),
            "abandonment": as_entry(lost),
            "wait_seconds": as_entry(wait),
            "handle_hours": float(part["took"].mean()) / _HOUR,
        }

    def _promise(self, some: Ints) -> float | None:
        """Return the level predicted for some intervals, weighted by their calls."""
        known = some[some < len(self.expected)]
        known = known[~np.isnan(self.promised[known])]
        calls = self.expected[known]
        if not calls.sum():
            return None
        return float(calls @ self.promised[known] / calls.sum())


def queue_entries(
    translation: Translation,
    centre: Centre,
    counts: Floats,
    promised: Outlook,
    confidence: float,
) -> Iterator[QueueEntry]:
    """Yield what is told of each queue; ``counts`` by replication and queue first."""
    levels = {
        each.demand.queues[0]: each.service_level
        for each in promised.queues
        if len(each.demand.queues) == 1
    }
    for q, queue in enumerate(translation.plan.queues):
        expected = centre.queues[q].calls
        level = levels.get(queue.name, np.full(len(expected), np.nan))
        runs = _Runs(queue, counts[:, q], expected, level[: len(expected)], confidence)
        yield _entry(runs, centre, translation.axis)


def _entry(runs: _Runs, centre: Centre, axis: TimeAxis) -> QueueEntry:
    every = np.arange(runs.counts.shape[1])
    starts = centre.interval * every
    day = np.searchsorted(centre.day_starts, starts, side="right") - 1
    return QueueEntry(
        queue=runs.queue.name,
        total=SimulatedCalls(**runs.told(every)),
        days=[
            DayCalls(date=axis.date(d), **runs.told(every[day == d]))
            for d in range(len(centre.day_starts) - 1)
        ],
        intervals=[
            IntervalCalls(
                start=axis.moment(round(starts[i] / _MINUTE)),
                **runs.told(every[i : i + 1]),
            )
            for i in np.flatnonzero(runs.expected > 0).tolist()
        ],
    )
