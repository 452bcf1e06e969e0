"""A service level for the day: agents where they help most."""

import numpy as np
import numpy.typing as npt

from models.erlang.checks import Floats, checked, checked_patience, flat
from models.erlang.queues import performance
from models.erlang.staffing import required_agents

Ints = npt.NDArray[np.int64]

_SCARCELY_LATE = 0.02  # share of the calls that may be late: no interval needs less
_NOTHING = 1e-9  # calls


def day_agents(
    calls: npt.ArrayLike,
    load: npt.ArrayLike,
    handle_seconds: npt.ArrayLike,
    answer_within: float,
    service_level: float,
    patience_seconds: float | None = None,
    *,
    floor: float | None = 0.6,
    maximum_occupancy: float | None = None,
    minimum: npt.ArrayLike = 0,
) -> Ints:
    """Return few agents of which the calls of all intervals together are in time.

    Parameters
    ----------
    calls
        Calls of each interval of a day (a week, ...), shape ``(intervals,)``, ``>= 0``;
        intervals are equally long.
    load, handle_seconds, minimum
        As in :func:`required_agents`, numbers or of the shape of ``calls``.
    answer_within, patience_seconds
        As in :func:`required_agents`.
    service_level
        Mean over all calls, in ``(0, 1)``: answered in time / offered.
    floor
        Service level of each interval by itself, in ``(0, 1)``. With ``None`` the least
        agents may give up whole intervals: those who call then are just late.
    maximum_occupancy
        Of each interval by itself.

    Returns
    -------
    Ints
        Agents of each interval; in all never more than by :func:`required_agents`. The
        mean level is reached. There are less than the last step more of them than any
        agents that reach it: one, but where late calls fall slowly at first.

    Raises
    ------
    InvalidInput
        If a number is outside its range.

    Notes
    -----
    Late calls of an interval fall ever more slowly with each agent once there are
    enough for the load (Koole and van der Sluis, 2003); where they do not, their lower
    convex envelope does. So the next agent goes where the envelope falls most (greedy;
    Fox, 1966).

    Examples
    --------
    >>> calls = [20, 60, 100, 60]
    >>> load = [2, 6, 10, 6]
    >>> day_agents(calls, load, 180, 20, service_level=0.8)
    array([ 3,  9, 14,  8])
    >>> required_agents(load, 180, 20, service_level=0.8)
    array([ 4,  9, 14,  9])
    """
    checked("service_level", service_level, "in (0, 1)")
    checked_patience(patience_seconds)
    (number, erlangs, handle, least), _ = flat(
        np.atleast_1d(checked("calls", calls)),
        checked("load", load),
        checked("handle_seconds", handle_seconds, "> 0"),
        checked("minimum", minimum),
    )
    some = (number > 0) & (erlangs > 0)

    def required(level: float | None) -> Ints:
        return required_agents(
            erlangs,
            handle,
            answer_within,
            level,
            patience_seconds,
            maximum_occupancy,
            np.maximum(np.ceil(least), some),
        )

    low = required(floor)
    high = np.maximum(low, required(1 - _SCARCELY_LATE * (1 - service_level)))
    grid = low[:, None] + np.arange(int((high - low).max(initial=0)) + 1)
    level = performance(
        *(grid, erlangs[:, None], handle[:, None], answer_within),
        patience_seconds=patience_seconds,
    ).service_level
    late = number[:, None] * (1 - level)
    allowed = (1 - service_level) * number.sum() + _NOTHING
    found = low + _greedy(late, high - low, allowed)
    apart = np.maximum(low, required(service_level))
    return apart if apart.sum() < found.sum() else found


def convex_envelope(values: Floats) -> Ints:
    """Return the places at which the lower convex envelope touches a curve; 1-D.

    Examples
    --------
    >>> convex_envelope(np.array([4.0, 4.0, 1.0, 0.5, 0.4]))
    array([0, 2, 3, 4])
    """
    kept: list[int] = []
    for i in range(len(values)):
        while len(kept) > 1 and _is_above(values, kept[-2], kept[-1], i):
            kept.pop()
        kept.append(i)
    return np.array(kept, dtype=np.int64)


def _is_above(values: Floats, a: int, b: int, c: int) -> bool:
    """Whether the curve at ``b`` lies on or above the line from ``a`` to ``c``."""
    rise = (values[c] - values[a]) * (b - a)
    return bool((values[b] - values[a]) * (c - a) >= rise)


def _greedy(late: Floats, most: Ints, allowed: float) -> Ints:
    """Return how many agents beyond the first column each row gets."""
    steps = []  # what an agent saves on the way, row, agents on the way
    for row, top in enumerate(most.tolist()):
        places = convex_envelope(late[row, : top + 1])
        for a, b in zip(places[:-1].tolist(), places[1:].tolist(), strict=True):
            steps.append(((late[row, a] - late[row, b]) / (b - a), row, b))
    given = np.zeros(len(late), dtype=np.int64)
    total = float(late[:, 0].sum())
    for _, row, place in sorted(steps, key=lambda step: (-step[0], step[1], step[2])):
        if total <= allowed:
            break
        if place <= given[row]:
            continue  # steps that save the same, but for rounding
        total -= float(late[row, given[row]] - late[row, place])
        given[row] = place
    return _without_surplus(late, given, allowed)


def _without_surplus(late: Floats, given: Ints, allowed: float) -> Ints:
    """Take agents away again that the last step gave too many."""
    rows = np.arange(len(late))
    while True:
        fewer = np.maximum(given - 1, 0)
        more_late = np.where(given > 0, late[rows, fewer] - late[rows, given], np.inf)
        row = int(more_late.argmin()) if len(late) else 0
        total = late[rows, given].sum()
        if not len(late) or total + more_late[row] > allowed:
            return given
        given[row] -= 1
