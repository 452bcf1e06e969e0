"""What is counted of a replication: calls by interval, cases by day."""

from dataclasses import dataclass

import numpy as np

from models.simulation.centre import Centre, days_of
from models.simulation.world import (
    ABANDONED,
    ANSWERED,
    Floats,
    Ints,
    Records,
    World,
)

CALL_COUNTS = ("offered", "in_time", "answered", "abandoned", "early", "wait", "took")
CASE_COUNTS = ("received", "completed", "due", "late", "open", "overdue", "age", "work")


@dataclass(frozen=True, eq=False)
class Tally:
    """One replication.

    Attributes
    ----------
    calls
        By queue, interval in which a call came, and count of ``CALL_COUNTS``: calls
        offered, answered in time, answered, given up, given up within that time;
        seconds waited by all, seconds that agents were at them.
    cases
        By kind, day, and count of ``CASE_COUNTS``: cases received, completed; due on
        the day, but for those late from the start, and of them not done in time; when
        the day ends: open, of them late, and the sum of ages of the open ones since the
        receipt, seconds; and the work done, seconds at speed 1.
    on_calls
        By day: seconds for which people were there for calls, by the roster.
    """

    calls: Floats
    cases: Floats
    on_calls: Floats


def tally(centre: Centre, world: World) -> Tally:
    """Count what became of calls and cases."""
    return Tally(
        _calls(centre, world.calls),
        _cases(centre, world.items),
        _on_calls(centre, world),
    )


def _on_calls(centre: Centre, world: World) -> Floats:
    """Return how long people are there for calls; who is absent is not."""
    events = world.events
    order = np.lexsort((np.arange(len(events)), events["agent"]))
    mine = events[order]
    calls = np.concatenate([[False], centre.staff.pools < 0])[mine["activity"]]
    some = np.flatnonzero(calls & (world.absent[mine["shift"]] == 0))
    edges = centre.day_starts
    until = np.append(mine["at"][1:], edges[-1])
    goes_on = np.append(mine["agent"][:-1] == mine["agent"][1:], False)
    until = np.where(goes_on, until, edges[-1])
    starts, ends = (
        np.clip(at[some, None], edges[:-1], edges[1:]) for at in (mine["at"], until)
    )
    return np.asarray((ends - starts).sum(axis=0))


def _calls(centre: Centre, calls: Records) -> Floats:
    width = max((len(queue.calls) for queue in centre.queues), default=0)
    shape = len(centre.queues), max(1, width)
    within = np.array([queue.answer_within_seconds for queue in centre.queues])
    place = np.minimum(calls["at"] // centre.interval, shape[1] - 1).astype(np.int64)
    cell = calls["queue"] * shape[1] + place
    answered, gave_up = calls["state"] == ANSWERED, calls["state"] == ABANDONED
    soon = calls["wait"] <= within[calls["queue"]] if len(calls) else answered
    amounts = (
        np.ones(len(calls)),
        answered & soon,
        answered,
        gave_up,
        gave_up & soon,
        np.where(answered | gave_up, calls["wait"], 0.0),
        np.where(answered, calls["took"], 0.0),
    )
    found = np.empty((shape[0] * shape[1], len(CALL_COUNTS)))
    for n, amount in enumerate(amounts):
        found[:, n] = np.bincount(cell, weights=amount, minlength=len(found))
    return found.reshape(*shape, len(CALL_COUNTS))


def _cases(centre: Centre, items: Records) -> Floats:
    days = len(centre.day_starts) - 1
    ends, end = centre.day_starts[1:], centre.day_starts[-1]
    found = np.zeros((len(centre.kinds), days, len(CASE_COUNTS)))
    for k in range(len(centre.kinds)):
        own = items[items["kind"] == k]
        came = own["released"].copy()  # those that are there from the start go first
        ages = centre.kinds[k].open_age
        came[: len(ages)] -= ages
        inside = own["released"] < end
        own, came = own[inside], came[inside]
        received, done, due = own["released"], own["done"], own["due"]
        own_due = own["was_late"] == 0
        late = own_due & (done > due) & (due <= end)
        parts = (
            _per_day(centre, received[received > 0]),
            _per_day(centre, done),
            _per_day(centre, due[own_due], last=True),
            _per_day(centre, due[late], last=True),
        )
        for n, part in enumerate(parts):
            found[k, :, n] = part
        for d, midnight in enumerate(ends):
            is_open = (received < midnight) & (done >= midnight)
            found[k, d, 4] = is_open.sum()
            found[k, d, 5] = (is_open & ((due <= midnight) | ~own_due)).sum()
            found[k, d, 6] = (midnight - came[is_open]).sum()
        finished = done < end
        day = np.clip(days_of(centre.day_starts, done[finished]), 0, days - 1)
        work = own["work"][finished]
        found[k, :, 7] = np.bincount(day, weights=work, minlength=days)
    return found


def _per_day(centre: Centre, moments: Floats, *, last: bool = False) -> Ints:
    """Count moments by day; with ``last`` a midnight belongs to the day before.

    Moments before the first day count to it, those after the last one not at all.
    """
    day = np.searchsorted(centre.day_starts, moments, "left" if last else "right") - 1
    days = len(centre.day_starts) - 1
    return np.bincount(np.clip(day[day < days], 0, None), minlength=days)
