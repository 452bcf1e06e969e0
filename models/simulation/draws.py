"""What chance brings in one replication: calls, cases, who does not come.

Everything a call or case brings with it is drawn before anybody takes it, and from
streams of its own, so that two rosters meet the same calls and cases (common random
numbers; Law, 2015, 11.2).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from models.simulation.centre import Centre, KindModel, QueueModel, days_of
from models.simulation.world import (
    CALL,
    ITEM,
    NEVER,
    NEW_CLOCK,
    NOBODY,
    SAME_CLOCK,
    SAME_DUE,
    Bytes,
    Floats,
    Ints,
    Records,
)

Generator = np.random.Generator
_CALLS, _CASES, _ABSENCE = range(3)  # streams
_MOST_GENERATIONS = 50  # of cases that follow one another


@dataclass(frozen=True, eq=False)
class Chance:
    """One replication: tables ``CALL`` and ``ITEM``, and by shift who is absent.

    ``begin`` cases come by themselves, the others follow one of them.
    """

    calls: Records
    items: Records
    begin: int
    absent: Bytes


def drawn(centre: Centre, seed: int, replication: int) -> Chance:
    """Return what chance brings; the same again for the same numbers."""

    def stream(*number: int) -> Generator:
        return np.random.default_rng([seed, replication, *number])

    calls = [
        _calls(centre, q, queue, stream(_CALLS, q))
        for q, queue in enumerate(centre.queues)
    ]
    every = np.concatenate([np.zeros(0, CALL), *calls])
    items, begin = _items(centre, stream)
    return Chance(
        calls=every[np.argsort(every["at"], kind="stable")],
        items=items,
        begin=begin,
        absent=_absent(centre, stream(_ABSENCE)),
    )


def _calls(centre: Centre, number: int, queue: QueueModel, rng: Generator) -> Records:
    """Return the calls of a queue: Poisson, evenly within each interval."""
    starts = np.arange(len(queue.calls)) * centre.interval
    day = np.clip(days_of(centre.day_starts, starts), 0, None)
    factor = _factors(rng, queue.forecast_cv, int(day.max(initial=0)) + 1)
    per_interval = rng.poisson(queue.calls * factor[day])
    interval = np.repeat(np.arange(len(starts)), per_interval)
    found = np.zeros(len(interval), CALL)
    found["at"] = starts[interval] + centre.interval * rng.random(len(interval))
    found["queue"] = number
    found["handle"] = queue.handle_seconds[interval] * _spread(
        rng, queue.handle_cv, len(interval)
    )
    found["patience"] = NEVER
    if queue.patience_seconds is not None:
        found["patience"] = rng.exponential(queue.patience_seconds, len(interval))
    return found


def _factors(rng: Generator, cv: float, number: int) -> Floats:
    """Return factors of mean 1 by which there is more or less than expected: gamma."""
    if cv == 0:
        return np.ones(number)
    return rng.gamma(1 / cv**2, cv**2, number)


def _spread(rng: Generator, cv: float, number: int) -> Floats:
    """Return factors of mean 1: exponential for a spread of 1, else lognormal."""
    if cv == 0:
        return np.ones(number)
    if cv == 1:
        return rng.exponential(1.0, number)
    sigma = np.sqrt(np.log1p(cv**2))
    return rng.lognormal(-(sigma**2) / 2, sigma, number)


def _absent(centre: Centre, rng: Generator) -> Bytes:
    """Return for each shift whether its agent does not come that day."""
    staff = centre.staff
    people, days = len(staff.queue_speed), len(centre.day_starts) - 1
    chance = rng.random((max(1, people), max(1, days)))
    found = chance[staff.shift_agent, staff.shift_day] < staff.absence
    return np.concatenate([found, [False]]).astype(np.int8)


def _items(centre: Centre, stream: Callable[..., Generator]) -> tuple[Records, int]:
    """Return all cases, and how many come by themselves."""
    rngs = [stream(_CASES, k) for k in range(len(centre.kinds))]
    first = [_fresh(centre, k, kind, rngs[k]) for k, kind in enumerate(centre.kinds)]
    items = np.concatenate([np.zeros(0, ITEM), *first])
    items = items[np.argsort(items["release"], kind="stable")]
    begin = len(items)
    generations, last = [items], np.arange(begin)
    total = begin
    for _ in range(_MOST_GENERATIONS):
        next_ones = _followers(centre, np.concatenate(generations), last, rngs)
        if not len(next_ones):
            break
        last = np.arange(total, total + len(next_ones))
        total += len(next_ones)
        generations.append(next_ones)
    return _linked(np.concatenate(generations)), begin


def _fresh(centre: Centre, number: int, kind: KindModel, rng: Generator) -> Records:
    """Return the cases that are there, and those that come by themselves."""
    day = np.clip(days_of(centre.day_starts, kind.windows[:, 0]), 0, None)
    factor = _factors(rng, kind.forecast_cv, int(day.max(initial=0)) + 1)
    per_window = rng.poisson(kind.inflow * factor[day])
    window = np.repeat(np.arange(len(per_window)), per_window)
    start, end = kind.windows[window].reshape(-1, 2).T
    came = start + (end - start) * rng.random(len(window))
    found = _of_kind(number, kind, len(kind.open_due) + len(window), rng)
    found["was_late"][: len(kind.open_late)] = kind.open_late
    found["release"] = np.concatenate([np.zeros(len(kind.open_due)), came])
    tier = (rng.random(len(window)) >= kind.first_share).astype(np.int64)
    moment = np.minimum(came // centre.due_step, kind.due_table.shape[1] - 1)
    due = kind.due_table[tier, moment.astype(np.int64)]
    found["due"] = np.concatenate([kind.open_due, due])
    return found


def _of_kind(number: int, kind: KindModel, count: int, rng: Generator) -> Records:
    """Return cases of a kind with their work."""
    found = np.zeros(count, ITEM)
    found["kind"] = number
    shares = np.cumsum([part.share for part in kind.parts])
    which = np.searchsorted(shares / shares[-1], rng.random(count), side="right")
    for p, part in enumerate(kind.parts):
        own = np.flatnonzero(which == p)
        spread = _spread(rng, part.handle_cv, len(own))
        found["work"][own] = part.handle_seconds * spread
    found["first"] = NOBODY  # until linked: whom it follows
    found["due"] = NEVER
    return found


def _followers(
    centre: Centre, items: Records, last: Ints, rngs: Sequence[Generator]
) -> Records:
    """Return what follows the last cases: those that come back, and next stages."""
    found = [np.zeros(0, ITEM)]
    for k, kind in enumerate(centre.kinds):
        own = last[items["kind"][last] == k]
        back = own[rngs[k].random(len(own)) < kind.reopen_rate]
        again = _of_kind(k, kind, len(back), rngs[k])
        again["first"] = back
        again["release"] = kind.reopen_after_seconds
        again["clock"] = SAME_DUE if kind.reopen_same_due else NEW_CLOCK
        found.append(again)
        for feed in kind.feeds:
            goes_on = own[rngs[k].random(len(own)) < feed.share]
            stage = _of_kind(feed.kind, centre.kinds[feed.kind], len(goes_on), rngs[k])
            stage["first"] = goes_on
            stage["release"] = -np.inf
            stage["waits"] = feed.wait_seconds
            stage["clock"] = SAME_CLOCK if feed.same_clock else NEW_CLOCK
            found.append(stage)
    return np.concatenate(found)


def _linked(items: Records) -> Records:
    """Return the cases with lists of what follows each, from whom each follows."""
    follows = items["first"].copy()
    items["first"] = items["following"] = NOBODY
    for child in np.flatnonzero(follows != NOBODY)[::-1].tolist():
        parent = follows[child]
        items["following"][child] = items["first"][parent]
        items["first"][parent] = child
    return items
