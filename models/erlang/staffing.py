"""How many agents targets take, and how many calls agents take."""

from typing import Unpack

import numpy as np
import numpy.typing as npt

from models.erlang.bisection import least_whole
from models.erlang.checks import Floats, checked
from models.erlang.targets import More, Rows, meets, rows_of
from models.errors import InvalidInput

_MOST_AGENTS = 1e9
_FINE = 1e-6  # agents, or share of a load, to which a fraction is known


def required_agents(
    load: npt.ArrayLike,
    handle_seconds: npt.ArrayLike,
    answer_within: npt.ArrayLike = 0.0,
    service_level: npt.ArrayLike | None = None,
    patience_seconds: npt.ArrayLike | None = None,
    maximum_occupancy: npt.ArrayLike | None = None,
    minimum: npt.ArrayLike = 0,
    **more: Unpack[More],
) -> npt.NDArray[np.int64]:
    """Return the least whole agents that meet all targets together.

    Parameters
    ----------
    load
        Offered load in erlangs, any shape, ``>= 0``. No load needs ``minimum``, any
        other one agent at least, even where targets allow that everybody gives up.
    handle_seconds, answer_within, patience_seconds
        As in :func:`performance`, and so are ``rate_cv`` and ``definition`` by name.
    service_level
        Share of calls to answer within the threshold, in ``(0, 1)``; ``None``: none.
    maximum_occupancy
        Largest share of time spent on calls, in ``(0, 1]``; ``None``: no cap.
    minimum
        Agents needed whatever the load, ``>= 0``.
    maximum_wait_seconds (by name)
        Largest mean wait over all calls, ``> 0``; ``None``: none. With an uncertain
        rate and no patience it is endless whatever the agents, so that is refused.
    maximum_abandonment (by name)
        Largest share of calls whose caller gives up, in ``(0, 1)``; ``None``: none.

    Raises
    ------
    InvalidInput
        If a number is outside its range, or more than a billion agents are needed.

    Notes
    -----
    Service level rises and occupancy, waits and abandonment fall with every agent, so a
    doubled bracket and bisection find the least number, for all elements at once.

    Examples
    --------
    >>> int(required_agents(10, 180, answer_within=20, service_level=0.8))
    14
    >>> int(required_agents(10, 180, 20, 0.8, patience_seconds=300))
    13
    >>> int(required_agents(10, 180, maximum_wait_seconds=5))
    15
    """
    calls = load, handle_seconds, answer_within
    last = checked("minimum", minimum)
    rows = rows_of(
        calls, service_level, patience_seconds, maximum_occupancy, last, more
    )
    found = np.maximum(_least_agents(rows), np.ceil(rows.last))
    return np.reshape(found, rows.shape).astype(np.int64)


def fractional_agents(
    load: npt.ArrayLike,
    handle_seconds: npt.ArrayLike,
    answer_within: npt.ArrayLike = 0.0,
    service_level: npt.ArrayLike | None = None,
    patience_seconds: npt.ArrayLike | None = None,
    maximum_occupancy: npt.ArrayLike | None = None,
    minimum: npt.ArrayLike = 0,
    **more: Unpack[More],
) -> Floats:
    """Return the fraction of agents at which all targets are just met.

    For who adds intervals or queues up before rounding. Parameters and errors are those
    of :func:`required_agents`; it is rounded up to a millionth.

    Examples
    --------
    >>> round(float(fractional_agents(10, 180, 20, service_level=0.8)), 2)
    13.04
    """
    calls = load, handle_seconds, answer_within
    last = checked("minimum", minimum)
    rows = rows_of(
        calls, service_level, patience_seconds, maximum_occupancy, last, more
    )
    found = np.maximum(_between(rows, _least_agents(rows)), rows.last)
    return np.reshape(found, rows.shape)


def largest_load(
    agents: npt.ArrayLike,
    handle_seconds: npt.ArrayLike,
    answer_within: npt.ArrayLike = 0.0,
    service_level: npt.ArrayLike | None = None,
    patience_seconds: npt.ArrayLike | None = None,
    maximum_occupancy: npt.ArrayLike | None = None,
    **more: Unpack[More],
) -> Floats:
    """Return the largest load, in erlangs, of which agents meet all targets together.

    Parameters
    ----------
    agents
        Agents on calls, any shape, ``>= 0``, may be fractional; 0 take nothing.
    handle_seconds, answer_within, service_level, patience_seconds
        As in :func:`required_agents`, and so are the others.

    Returns
    -------
    Floats
        Rounded down, to a millionth of the load. Times interval / handle time it is
        calls.

    Raises
    ------
    InvalidInput
        If a number is outside its range, or nothing is asked that a load can break.

    Examples
    --------
    >>> round(float(largest_load(14, 180, answer_within=20, service_level=0.8)), 3)
    10.868
    """
    calls = 1.0, handle_seconds, answer_within
    last = checked("agents", agents)
    rows = rows_of(
        calls, service_level, patience_seconds, maximum_occupancy, last, more
    )
    people = rows.last
    low, high = np.zeros_like(people), people.copy()
    todo = np.flatnonzero(people > 0)
    while (todo := todo[meets(rows, todo, people, high)]).size:
        low[todo] = high[todo]
        high[todo] *= 2
        if high.max() > _MOST_AGENTS:
            raise InvalidInput("the targets allow any load: ask for one that can break")
    while (todo := np.flatnonzero(high - low > _FINE * high)).size:
        middle = (low + high) / 2
        enough = meets(rows, todo, people, middle)
        low[todo[enough]] = middle[todo[enough]]
        high[todo[~enough]] = middle[todo[~enough]]
    return np.reshape(low, rows.shape)


def _least_agents(rows: Rows) -> Floats:
    """Return the least whole agents, whatever the minimum."""
    load = rows.terms[0]
    first = np.where(load > 0, np.ceil(load + np.sqrt(load)) + 1, 0)
    return least_whole(
        first,
        lambda some, agents: meets(rows, some, agents, load),
        _MOST_AGENTS,
        rows.shape,
    )


def _between(rows: Rows, enough: Floats) -> Floats:
    """Return the least fraction that does it, given the least whole number."""
    load = rows.terms[0]
    low, high = np.maximum(enough - 1, 0), enough.copy()
    while (todo := np.flatnonzero(high - low > _FINE)).size:
        middle = (low + high) / 2
        met = meets(rows, todo, middle, load)
        high[todo[met]] = middle[todo[met]]
        low[todo[~met]] = middle[todo[~met]]
    return high
