"""How many agents it takes: the search for the least, and what shrinkage adds."""

import numpy as np
import numpy.typing as npt

from models.erlang.checks import Floats, checked, checked_patience, flat, voice
from models.erlang.queues import outcome
from models.errors import InvalidInput

_MOST_AGENTS = 1e9


def required_agents(
    load: npt.ArrayLike,
    handle_seconds: npt.ArrayLike,
    answer_within: npt.ArrayLike,
    service_level: npt.ArrayLike,
    patience_seconds: npt.ArrayLike | None = None,
    maximum_occupancy: npt.ArrayLike | None = None,
    minimum: npt.ArrayLike = 0,
) -> npt.NDArray[np.int64]:
    """Return the least whole agents that meet the service level and occupancy cap.

    Parameters
    ----------
    load
        Offered load in erlangs, any shape, ``>= 0``. No load needs ``minimum``.
    handle_seconds, answer_within, patience_seconds
        As in :func:`performance`.
    service_level
        Share of offered calls to answer within the threshold, in ``(0, 1)``.
    maximum_occupancy
        Largest share of time spent on calls, in ``(0, 1]``; ``None``: no cap.
    minimum
        Agents needed whatever the load, ``>= 0``.

    Raises
    ------
    InvalidInput
        If a number is outside its range, or more than a billion agents are needed.

    Notes
    -----
    Service level rises and occupancy falls with every agent, so a doubled bracket and
    bisection find the least number, for all elements at once.

    Examples
    --------
    >>> int(required_agents(10, 180, answer_within=20, service_level=0.8))
    14
    >>> int(required_agents(10, 180, 20, 0.8, patience_seconds=300))
    13
    """
    level = np.asarray(service_level, dtype=float)
    if (level == 1).any():
        raise InvalidInput(
            "service_level must be in (0, 1), got 1.0: it can never be reached, "
            "some callers wait too long however many agents there are"
        )
    cap = 1.0 if maximum_occupancy is None else maximum_occupancy
    terms, shape = flat(
        *voice(load, handle_seconds, answer_within),
        checked_patience(patience_seconds),
        checked("service_level", level, "in (0, 1)"),
        checked("maximum_occupancy", cap, "in (0, 1]"),
        checked("minimum", minimum),
    )
    least = np.maximum(_least_agents(terms[:-1]), np.ceil(terms[-1]))
    return np.reshape(least, shape).astype(np.int64)


def scheduled_agents(agents: npt.ArrayLike, shrinkage: npt.ArrayLike) -> Floats:
    """Return the agents to schedule so that ``agents`` are there: ``n / (1 - s)``.

    Parameters
    ----------
    agents
        Agents needed on the calls, any shape, ``>= 0``.
    shrinkage
        Share of scheduled time that is lost, in ``[0, 1)``.

    Raises
    ------
    InvalidInput
        If a number is outside its range.

    Notes
    -----
    The fraction is kept: who adds intervals or queues up rounds last (Cleveland, *Call
    Center Management on Fast Forward*, 1997). What the roster already shows as leave,
    break or meeting is no shrinkage here.

    Examples
    --------
    >>> float(scheduled_agents(14, shrinkage=0.3))
    20.0
    """
    share = checked("shrinkage", shrinkage, "in [0, 1)")
    return np.asarray(checked("agents", agents) / (1 - share))


def _least_agents(terms: Floats) -> Floats:
    """Bracket and bisect; rows: load, handle, threshold, patience, level, cap."""
    load = terms[0]
    low = np.zeros_like(load)
    high = np.where(load > 0, np.ceil(load + np.sqrt(load)) + 1, 0)
    todo = np.flatnonzero(load > 0)
    while (todo := todo[~_meets(high[todo], terms[:, todo])]).size:
        low[todo] = high[todo]
        high[todo] *= 2
        if high.max() > _MOST_AGENTS:
            raise InvalidInput(f"no {_MOST_AGENTS:.0f} agents reach the targets")
    while (todo := np.flatnonzero(high - low > 1)).size:
        middle = np.floor((low[todo] + high[todo]) / 2)
        enough = _meets(middle, terms[:, todo])
        high[todo[enough]] = middle[enough]
        low[todo[~enough]] = middle[~enough]
    return high


def _meets(agents: Floats, terms: Floats) -> npt.NDArray[np.bool_]:
    load, level, cap = terms[0], terms[4], terms[5]
    _, lost, late = outcome(np.vstack((agents, terms[:4])))
    # 8.5 / 10 <= 0.85 must hold however the last bit is rounded.
    busy = load * (1 - lost) <= (cap + 1e-12) * agents
    reached: npt.NDArray[np.bool_] = (1 - lost - late >= level) & busy
    return reached
