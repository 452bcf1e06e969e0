"""A service level for the day: agents where they help most."""

from typing import Unpack

import numpy as np
import numpy.typing as npt

from models.erlang.checks import Floats, checked, checked_patience, flat
from models.erlang.definitions import Definition
from models.erlang.queues import performance
from models.erlang.spans import NEARLY_ALL, Ints, late_curves
from models.erlang.staffing import required_agents
from models.erlang.targets import More

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
    **more: Unpack[More],
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
        Mean over all calls, in ``(0, 1)``, by ``definition``.
    floor
        Service level of each interval by itself, in ``(0, 1)``. With ``None`` the least
        agents may give up whole intervals: those who call then are just late.
    maximum_occupancy, more
        As in :func:`required_agents`; limits are of each interval by itself.

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
    The next agent goes where the convex envelope of late calls falls most (greedy; Fox,
    1966), see :mod:`models.erlang.spans`.

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
            **more,
        )

    def share(agents: Ints) -> Floats:
        terms = agents, erlangs[:, None], handle[:, None], answer_within
        cv = np.asarray(more.get("rate_cv", 0.0))
        definition = more.get("definition", Definition.OFFERED)
        in_time, counted = (
            performance(
                *terms,
                patience_seconds,
                rate_cv=cv[:, None] if cv.ndim else cv,
                definition=each,
            ).service_level
            for each in (Definition.OFFERED, definition)
        )
        return definition.late(in_time, counted, service_level)

    low = required(floor)
    high = required(1 - NEARLY_ALL * (1 - service_level))
    curves = late_curves(number, low, np.maximum(low, high), share)
    allowed = (1 - service_level) * number.sum() + _NOTHING
    found = curves.least(allowed)
    apart = np.maximum(low, required(service_level))
    return apart if apart.sum() < found.sum() else found
