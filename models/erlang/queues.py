"""What a number of agents achieves: the queues M/M/n, without and with abandonment."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.erlang.checks import Floats, checked, checked_patience, flat, voice
from models.erlang.definitions import Definition
from models.erlang.outcome import outcome


@dataclass(frozen=True)
class Performance:
    """What the callers and the agents feel; arrays of one shape.

    Attributes
    ----------
    service_level
        As defined, in ``[0, 1]``; by default calls answered within the threshold /
        calls offered.
    probability_of_wait
        Share of calls that find every agent busy, in ``[0, 1]``.
    average_speed_of_answer_seconds
        Mean wait in seconds. With abandonment it is the mean over all calls, answered
        or not (``abandonment * patience``). ``inf`` when the queue never settles.
    occupancy
        Share of the agents' time spent on calls, in ``[0, 1]``.
    abandonment
        Share of calls whose caller gives up, in ``[0, 1]``.
    queue_length
        Mean number of callers who wait (Little, 1961); ``inf`` as the wait.
    """

    service_level: Floats
    probability_of_wait: Floats
    average_speed_of_answer_seconds: Floats
    occupancy: Floats
    abandonment: Floats
    queue_length: Floats


def performance(
    agents: npt.ArrayLike,
    load: npt.ArrayLike,
    handle_seconds: npt.ArrayLike,
    answer_within: npt.ArrayLike,
    patience_seconds: npt.ArrayLike | None = None,
    *,
    rate_cv: npt.ArrayLike = 0.0,
    definition: Definition = Definition.OFFERED,
) -> Performance:
    """Return what a number of agents achieves: Erlang C, or Erlang A with patience.

    Parameters
    ----------
    agents
        Agents ``n`` on calls, any shape, ``>= 0``, may be fractional.
    load
        Offered load ``a`` in erlangs, ``>= 0``. Erlang C with ``a >= n > 0``: service
        level 0, endless wait, occupancy 1.
    handle_seconds
        Mean handle time ``H`` in seconds, ``> 0``.
    answer_within
        Threshold ``T`` of the service level in seconds, ``>= 0``.
    patience_seconds
        Mean patience ``P`` in seconds, ``> 0``; ``inf`` or ``None``: callers never give
        up (Erlang C).
    rate_cv
        How uncertain the forecast is: coefficient of variation of the rate of arrival,
        ``>= 0``; the load is then its mean.
    definition
        Of the service level.

    Raises
    ------
    InvalidInput
        If a number is outside its range.

    Notes
    -----
    Erlang C (Cooper, 1981): ``SL = 1 - C exp(-(n - a) T / H)``,
    ``ASA = C H / (n - a)``. Erlang A, M/M/n+M (Palm, 1957; Zeltyn and
    Mandelbaum, 2005), with ``c = n P / H``, ``x = a P / H``, ``y = x exp(-T / P)``,
    ``S(c, z) = sum_j prod_{i<=j} z / (c + i)``, ``D = 1 / B(n, a) - 1 + S(c, x)``:
    ``P(wait) = S(c, x) / D``, ``P(gives up) = P(wait) (1 - (n / a)(1 - 1 / S(c, x)))``,
    ``P(answered after T) = (n / a) exp(x - y - n T / H) (S(c, y) - 1) / D``,
    ``P(still waits at T) = exp(x - y - n T / H - T / P) S(c, y) / D``.

    An uncertain rate is lognormal and everything a mean over calls: without patience
    the mean wait is then endless, since some days bring more calls than any team takes
    (Harrison and Zeevi, 2005; Whitt, 2006).

    Examples
    --------
    >>> calm = performance(14, load=10, handle_seconds=180, answer_within=20)
    >>> round(float(calm.service_level), 5), round(float(calm.occupancy), 5)
    (0.88835, 0.71429)
    >>> tense = performance(13, 10, 180, 20, patience_seconds=300)
    >>> round(float(tense.service_level), 3), round(float(tense.abandonment), 3)
    (0.858, 0.025)
    >>> unsure = performance(14, 10, 180, 20, rate_cv=0.2)
    >>> round(float(unsure.service_level), 3)
    0.76
    """
    terms, shape = flat(
        checked("agents", agents),
        *voice(load, handle_seconds, answer_within),
        checked_patience(patience_seconds),
        checked("rate_cv", rate_cv),
    )
    found = outcome(terms[:-1], terms[-1])
    n, a, handle = terms[:3]
    in_time = 1 - found.lost - found.late
    fields = (
        definition.level(in_time, found.lost, found.early),
        found.wait,
        found.mean_wait,
        _occupancy(n, a, found.carried),
        found.lost,
        a / handle * np.where(a > 0, found.mean_wait, 0),
    )
    return Performance(*(np.reshape(field, shape) for field in fields))


def _occupancy(n: Floats, a: Floats, carried: Floats) -> Floats:
    share = np.divide(a * carried, n, out=(a > 0).astype(float), where=n > 0)
    return np.asarray(np.minimum(share, 1.0))
