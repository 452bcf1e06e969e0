"""Service level of calls while people come and go."""

from dataclasses import dataclass
from itertools import product

import numpy as np

from models.erlang import Definition
from models.transient import chain
from models.transient.presence import Floats, Presence, Staff, days_of, thinned
from models.transient.waits import hopes

_STEPS = (60, 30, 20, 15, 12, 10, 6, 5, 4, 3, 2, 1)  # seconds; they divide a minute
_FINE = 10  # steps in a handle time
_RATES = 11  # kinds of days by how many more call
_WIDE = 8.0  # deviations beyond which nothing happens
_MOST = 20_000  # calls at a time
_NOBODY = 1e-9  # people


@dataclass(frozen=True, eq=False)
class Callers:
    """The calls of a queue, by interval.

    Attributes
    ----------
    interval
        Seconds of an interval.
    calls, handle_seconds
        Expected calls, and their mean handle time (0: none), shape ``(intervals,)``.
    load
        In erlangs, as it moves.
    answer_within, patience_seconds, rate_cv, definition
        As in :func:`models.erlang.performance`.
    """

    interval: float
    calls: Floats
    handle_seconds: Floats
    load: Floats
    answer_within: float
    patience_seconds: float | None = None
    rate_cv: float = 0.0
    definition: Definition = Definition.OFFERED


def service_level(
    callers: Callers, presence: Presence, speed: Floats, absent: float = 0.0
) -> Floats:
    """Return the service level of each interval, nan without calls.

    Parameters
    ----------
    presence
        Who is there when.
    speed
        Mean speed of the people in each interval, shape ``(intervals,)``; 1: as fast as
        the handle times say.
    absent
        Chance that somebody who is rostered does not come that day.

    Notes
    -----
    M(t)/M/s(t) with impatience and exhaustive discipline, by its forward equations
    (Ingolfsson, Akhmetshina, Budge, Li and Wu, 2007): who is to leave ends the call
    first. A rate that is uncertain is lognormal, and the number of those who are absent
    binomial: more or fewer on the whole day.
    """
    step = _step(callers)
    each = round(callers.interval / step)
    rows = np.repeat(np.arange(len(callers.calls)), each)
    handle = (_known(callers.handle_seconds) / speed)[rows]
    heads = presence.heads(step, len(rows))
    able = np.maximum(heads * speed[rows], _NOBODY)
    busy = np.minimum(1.0, callers.load[rows] / able)
    comes, leaves = presence.moves(step, busy, handle)
    typical = round(float(np.average(heads, weights=callers.calls[rows] + _NOBODY)))
    total = np.zeros((len(callers.calls), 4))
    for (share, one), (factor, other) in product(
        days_of(typical, absent), _factors(callers.rate_cv)
    ):
        staff = thinned(comes, leaves, absent, share)
        found = _played(callers, staff, factor, step, handle)
        calls = one * other * factor * callers.calls
        total[:, :3] += calls[:, None] * found
        total[:, 3] += calls
    return _level(total, callers.definition)


def _step(callers: Callers) -> float:
    some = callers.handle_seconds[callers.handle_seconds > 0]
    least = some.min() if len(some) else 1.0
    return float(next((s for s in _STEPS if s * _FINE <= least), _STEPS[-1]))


def _known(handle: Floats) -> Floats:
    """Return handle times; where there are no calls, those of the last or first."""
    some = np.flatnonzero(handle > 0)
    if not len(some):
        return np.ones_like(handle)
    last = np.searchsorted(some, np.arange(len(handle)), side="right") - 1
    return np.asarray(handle[some[np.maximum(last, 0)]])


def _factors(cv: float) -> list[tuple[float, float]]:
    """Return factors of mean 1 by which more call than expected, with their weights."""
    if cv == 0:
        return [(1.0, 1.0)]
    places = np.linspace(-3, 3, _RATES)
    weights = np.exp(-(places**2) / 2)
    weights /= weights.sum()
    factors = np.exp(np.sqrt(np.log1p(cv**2)) * places)
    factors /= weights @ factors
    return list(zip(factors.tolist(), weights.tolist(), strict=True))


def _played(
    callers: Callers, staff: Staff, factor: float, step: float, handle: Floats
) -> Floats:
    """Return the shares of ``chain`` for the calls of each interval.

    ``handle``: how long a call takes on average, by step.
    """
    each = len(handle) // len(callers.calls)
    rate = np.repeat(factor * callers.calls / callers.interval, each)
    patience = callers.patience_seconds or np.inf
    hope = hopes(staff.people, handle, callers.answer_within, patience)
    rows = np.ascontiguousarray(np.stack(staff, axis=1))
    most = chain.most_calls(rows, step * rate, step / handle, step / patience)
    most = min(_MOST, int(most + _WIDE * np.sqrt(most) + _WIDE))
    chance = np.zeros(most + 1)
    chance[min(most, round(factor * callers.load[0]))] = 1.0
    found = np.zeros((len(handle), 3))
    chain.play(
        step,
        rows,
        rate,
        1 / handle,
        1 / patience,
        hope,
        chance,
        np.zeros_like(chance),
        found,
    )
    return np.asarray(found.reshape(-1, each, 3).mean(axis=1))


def _level(total: Floats, definition: Definition) -> Floats:
    """Return the level from calls in time, answered, early given up, and offered."""
    in_time, answered, early, offered = total.T
    some = offered > 0
    part = {
        Definition.OFFERED: offered,
        Definition.ANSWERED: answered,
        Definition.OFFERED_LESS_EARLY: offered - early,
    }[definition]
    level = np.divide(in_time, part, out=np.zeros_like(in_time), where=part > 0)
    return np.where(some, level.clip(0, 1), np.nan)
