"""What a number of agents achieves: the queues M/M/n, without and with abandonment."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.erlang.checks import Floats, checked, checked_patience, flat, voice
from models.erlang.logs import log_expm1, log_inverse_b, log_series


@dataclass(frozen=True)
class Performance:
    """What the callers and the agents feel; arrays of one shape.

    Attributes
    ----------
    service_level
        Calls answered within the threshold / calls offered, in ``[0, 1]``.
    probability_of_wait
        Share of calls that find every agent busy, in ``[0, 1]``.
    average_speed_of_answer_seconds
        Mean wait in seconds. With abandonment it is the mean over all calls, answered
        or not (``abandonment * patience``). ``inf`` when the queue never settles.
    occupancy
        Share of the agents' time spent on calls, in ``[0, 1]``.
    abandonment
        Share of calls whose caller gives up, in ``[0, 1]``.
    """

    service_level: Floats
    probability_of_wait: Floats
    average_speed_of_answer_seconds: Floats
    occupancy: Floats
    abandonment: Floats


def offered_load(
    calls: npt.ArrayLike, interval_seconds: npt.ArrayLike, handle_seconds: npt.ArrayLike
) -> Floats:
    """Return the offered load in erlangs: ``calls * handle / interval``.

    Parameters
    ----------
    calls
        Calls per interval, any shape, ``>= 0``, may be fractional.
    interval_seconds
        Length of the interval in seconds, ``> 0``.
    handle_seconds
        Mean handle time in seconds, ``>= 0``.

    Raises
    ------
    InvalidInput
        If a number is outside its range.

    Notes
    -----
    Little's law: the mean number of calls in progress if nobody waited (Little, 1961).

    Examples
    --------
    >>> float(offered_load(calls=100, interval_seconds=1800, handle_seconds=180))
    10.0
    """
    number, handle = (
        checked("calls", calls),
        checked("handle_seconds", handle_seconds),
    )
    interval = checked("interval_seconds", interval_seconds, "> 0")
    return np.asarray(number * handle / interval)


def erlang_b(agents: npt.ArrayLike, load: npt.ArrayLike) -> Floats:
    """Return the share of calls lost in an M/M/n queue without waiting room.

    Parameters
    ----------
    agents
        Agents ``n``, any shape, ``>= 0``, may be fractional.
    load
        Offered load ``a`` in erlangs, ``>= 0``.

    Raises
    ------
    InvalidInput
        If a number is outside its range.

    Notes
    -----
    ``B(n, a) = (a^n / n!) / sum_{k<=n} a^k / k! = pmf(n) / Q(n + 1, a)``: the Poisson
    probability over the regularised upper gamma function, in logarithms (Erlang, 1917;
    real ``n``: Jagers and van Doorn, 1986). No load, no loss: ``B(n, 0) = 0``.

    Examples
    --------
    >>> round(float(erlang_b(agents=2, load=1)), 6)  # (1/2) / (1 + 1 + 1/2)
    0.2
    """
    (n, a), shape = flat(checked("agents", agents), checked("load", load))
    lost = np.zeros_like(a)
    some = a > 0
    lost[some] = np.exp(-log_inverse_b(n[some], a[some]))
    return np.reshape(lost, shape)


def erlang_c(agents: npt.ArrayLike, load: npt.ArrayLike) -> Floats:
    """Return the probability that a call waits in an M/M/n queue.

    Parameters
    ----------
    agents
        Agents ``n``, any shape, ``>= 0``, may be fractional.
    load
        Offered load ``a`` in erlangs, ``>= 0``. From ``a >= n`` on the queue never
        settles and everybody waits: 1.

    Raises
    ------
    InvalidInput
        If a number is outside its range.

    Notes
    -----
    ``C = B / (1 - (a / n)(1 - B))`` with Erlang's ``B(n, a)`` (Cooper, *Introduction to
    Queueing Theory*, 2nd ed., 1981, ch. 3).

    Examples
    --------
    >>> round(float(erlang_c(agents=14, load=10)), 5)
    0.17413
    """
    n, a = np.broadcast_arrays(checked("agents", agents), checked("load", load))
    settles, lost = n > a, erlang_b(n, a)
    traffic = np.divide(a, n, out=np.zeros(n.shape), where=settles)
    # Nothing waits where nothing is offered, not even in front of nobody.
    return np.where(settles | (a == 0), lost / (1 - traffic * (1 - lost)), 1.0)


def performance(
    agents: npt.ArrayLike,
    load: npt.ArrayLike,
    handle_seconds: npt.ArrayLike,
    answer_within: npt.ArrayLike,
    patience_seconds: npt.ArrayLike | None = None,
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
    ``P(answered after T) = (n / a) exp(x - y - n T / H) (S(c, y) - 1) / D``.

    Examples
    --------
    >>> calm = performance(14, load=10, handle_seconds=180, answer_within=20)
    >>> round(float(calm.service_level), 5), round(float(calm.occupancy), 5)
    (0.88835, 0.71429)
    >>> tense = performance(13, 10, 180, 20, patience_seconds=300)
    >>> round(float(tense.service_level), 3), round(float(tense.abandonment), 3)
    (0.858, 0.025)
    """
    terms, shape = flat(
        checked("agents", agents),
        *voice(load, handle_seconds, answer_within),
        checked_patience(patience_seconds),
    )
    wait, lost, late = outcome(terms)
    n, a, handle, _, patience = terms
    spare = np.where(n > a, n - a, np.inf)
    forever = np.isinf(patience) & (n <= a) & (a > 0)
    mean_wait = np.where(forever, np.inf, wait * handle / spare)
    leaves = np.isfinite(patience)
    mean_wait[leaves] = lost[leaves] * patience[leaves]
    fields = (1 - lost - late, wait, mean_wait, _occupancy(n, a, lost, forever), lost)
    return Performance(*(np.reshape(field, shape) for field in fields))


def outcome(terms: Floats) -> tuple[Floats, Floats, Floats]:
    """P(wait), P(gives up), P(answered late).

    Rows: agents, load, handle, threshold, patience.
    """
    n, a, patience = terms[0], terms[1], terms[4]
    wait, lost, late = np.zeros((3, a.size))
    leaves = np.isfinite(patience)
    unattended = leaves & (a > 0) & (n == 0)
    wait[unattended] = lost[unattended] = 1
    calm, tense = ~leaves & (a > 0), leaves & (a > 0) & (n > 0)
    wait[calm], late[calm] = _wait_c(terms[:, calm])
    wait[tense], lost[tense], late[tense] = _wait_a(terms[:, tense])
    return wait, lost, late


def _occupancy(
    n: Floats, a: Floats, lost: Floats, forever: npt.NDArray[np.bool_]
) -> Floats:
    share = np.divide(a * (1 - lost), n, out=(a > 0).astype(float), where=n > 0)
    return np.where(forever, 1.0, np.minimum(share, 1.0))


def _wait_c(terms: Floats) -> tuple[Floats, Floats]:
    n, a, handle, within = terms[:4]
    wait = erlang_c(n, a)
    return wait, wait * np.exp(-np.maximum(n - a, 0) * within / handle)


def _wait_a(terms: Floats) -> tuple[Floats, Floats, Floats]:
    n, a, handle, within, patience = terms
    c, x, gone = n * patience / handle, a * patience / handle, -within / patience
    series = log_series(c, x)
    total = np.logaddexp(log_expm1(log_inverse_b(n, a)), series)
    wait = np.exp(series - total)
    lost = np.clip(wait * (1 + n / a * np.expm1(-series)), 0, 1)
    still = -(n * within / handle + x * np.expm1(gone))
    later = log_expm1(log_series(c, x * np.exp(gone)))
    return wait, lost, np.minimum(n / a * np.exp(still + later - total), 1 - lost)
