"""Voice: how many agents answer the calls in time (Erlang B, C and A).

Service level has one meaning here: calls *answered within the threshold, divided by
calls offered*. A caller who gave up was never answered in time.

Every function takes numbers or arrays that broadcast, and answers with an array of the
broadcast shape. Agents may be fractional, because a roster has people of other speeds:
the gamma function then stands in for the factorial (Jagers and van Doorn, 1986).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammainc, gammaincc, gammaln, log1p, xlogy

from models.errors import InvalidInput

Floats = npt.NDArray[np.float64]

# Below this an incomplete gamma function may have underflowed.
_FAR = 1e-250
_NODES, _WEIGHTS = np.polynomial.laguerre.laggauss(32)
_MOST_AGENTS = 1e9

_RULES: dict[str, Callable[[Floats], npt.NDArray[np.bool_]]] = {
    ">= 0": lambda x: x >= 0,
    "> 0": lambda x: x > 0,
    "in (0, 1)": lambda x: (x > 0) & (x < 1),
    "in (0, 1]": lambda x: (x > 0) & (x <= 1),
    "in [0, 1)": lambda x: (x >= 0) & (x < 1),
}


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
        _checked("calls", calls),
        _checked("handle_seconds", handle_seconds),
    )
    interval = _checked("interval_seconds", interval_seconds, "> 0")
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
    (n, a), shape = _flat(_checked("agents", agents), _checked("load", load))
    lost = np.zeros_like(a)
    some = a > 0
    lost[some] = np.exp(-_log_inverse_b(n[some], a[some]))
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
    n, a = np.broadcast_arrays(_checked("agents", agents), _checked("load", load))
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
    terms, shape = _flat(
        _checked("agents", agents),
        *_voice(load, handle_seconds, answer_within),
        _patience(patience_seconds),
    )
    wait, lost, late = _outcome(terms)
    n, a, handle, _, patience = terms
    spare = np.where(n > a, n - a, np.inf)
    forever = np.isinf(patience) & (n <= a) & (a > 0)
    mean_wait = np.where(forever, np.inf, wait * handle / spare)
    leaves = np.isfinite(patience)
    mean_wait[leaves] = lost[leaves] * patience[leaves]
    fields = (1 - lost - late, wait, mean_wait, _occupancy(n, a, lost, forever), lost)
    return Performance(*(np.reshape(field, shape) for field in fields))


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
    terms, shape = _flat(
        *_voice(load, handle_seconds, answer_within),
        _patience(patience_seconds),
        _checked("service_level", level, "in (0, 1)"),
        _checked("maximum_occupancy", cap, "in (0, 1]"),
        _checked("minimum", minimum),
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
    share = _checked("shrinkage", shrinkage, "in [0, 1)")
    return np.asarray(_checked("agents", agents) / (1 - share))


def _checked(name: str, value: npt.ArrayLike, rule: str = ">= 0") -> Floats:
    numbers = np.asarray(value, dtype=float)
    for text, right in (
        ("finite", np.isfinite(numbers)),
        (rule, _RULES[rule](numbers)),
    ):
        if not right.all():
            raise InvalidInput(f"{name} must be {text}, got {numbers[~right][0]}")
    return numbers


def _patience(seconds: npt.ArrayLike | None) -> Floats:
    patience = np.asarray(np.inf if seconds is None else seconds, dtype=float)
    _checked("patience_seconds", np.where(patience == np.inf, 1.0, patience), "> 0")
    return patience


def _voice(
    load: npt.ArrayLike, handle_seconds: npt.ArrayLike, answer_within: npt.ArrayLike
) -> tuple[Floats, Floats, Floats]:
    return (
        _checked("load", load),
        _checked("handle_seconds", handle_seconds, "> 0"),
        _checked("answer_within", answer_within),
    )


def _flat(*arrays: Floats) -> tuple[Floats, tuple[int, ...]]:
    """Stack arrays as rows of a table, broadcast and flattened; and their shape."""
    spread = np.broadcast_arrays(*arrays)
    return np.stack([array.ravel() for array in spread]), spread[0].shape


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
    _, lost, late = _outcome(np.vstack((agents, terms[:4])))
    # 8.5 / 10 <= 0.85 must hold however the last bit is rounded.
    busy = load * (1 - lost) <= (cap + 1e-12) * agents
    reached: npt.NDArray[np.bool_] = (1 - lost - late >= level) & busy
    return reached


def _occupancy(
    n: Floats, a: Floats, lost: Floats, forever: npt.NDArray[np.bool_]
) -> Floats:
    share = np.divide(a * (1 - lost), n, out=(a > 0).astype(float), where=n > 0)
    return np.where(forever, 1.0, np.minimum(share, 1.0))


def _outcome(terms: Floats) -> tuple[Floats, Floats, Floats]:
    """P(wait), P(gives up), P(answered late); rows: agents, then as `_least_agents`."""
    n, a, patience = terms[0], terms[1], terms[4]
    wait, lost, late = np.zeros((3, a.size))
    leaves = np.isfinite(patience)
    unattended = leaves & (a > 0) & (n == 0)
    wait[unattended] = lost[unattended] = 1
    calm, tense = ~leaves & (a > 0), leaves & (a > 0) & (n > 0)
    wait[calm], late[calm] = _wait_c(terms[:, calm])
    wait[tense], lost[tense], late[tense] = _wait_a(terms[:, tense])
    return wait, lost, late


def _wait_c(terms: Floats) -> tuple[Floats, Floats]:
    n, a, handle, within = terms[:4]
    wait = erlang_c(n, a)
    return wait, wait * np.exp(-np.maximum(n - a, 0) * within / handle)


def _wait_a(terms: Floats) -> tuple[Floats, Floats, Floats]:
    n, a, handle, within, patience = terms
    c, x, gone = n * patience / handle, a * patience / handle, -within / patience
    series = _log_series(c, x)
    total = np.logaddexp(_log_expm1(_log_inverse_b(n, a)), series)
    wait = np.exp(series - total)
    lost = np.clip(wait * (1 + n / a * np.expm1(-series)), 0, 1)
    still = -(n * within / handle + x * np.expm1(gone))
    later = _log_expm1(_log_series(c, x * np.exp(gone)))
    return wait, lost, np.minimum(n / a * np.exp(still + later - total), 1 - lost)


def _log_expm1(x: Floats) -> Floats:
    """Return ``log(exp(x) - 1)``, ``-inf`` at 0 and where rounding fell below."""
    return np.asarray(x + log1p(-np.exp(-np.maximum(x, 0))))


def _log_inverse_b(n: Floats, a: Floats) -> Floats:
    """Return ``log(1 / B(n, a))`` for ``a > 0``; 1-D."""
    tail = gammaincc(n + 1, a)
    far = tail < _FAR
    value = np.log(np.where(far, 1, tail)) - _log_poisson(n, a)
    # 1 / B = int a exp(-a v) (1 + v)^n dv, close to exponential: Gauss-Laguerre.
    n, spare = n[far], a[far] - n[far]
    v = _NODES / spare[:, None]
    bend = np.exp(n[:, None] * (np.log1p(v) - v))
    value[far] = np.log(bend @ _WEIGHTS * a[far] / spare)
    return np.asarray(value)


def _log_series(c: Floats, y: Floats) -> Floats:
    """Return ``log sum_j prod_{i<=j} y / (c + i) = log(P(c, y) / pmf(c))``; 1-D."""
    head = gammainc(c, y)
    far = head < _FAR
    value = np.log(np.where(far, 1, head)) - _log_poisson(c, np.where(far, 1, y))
    # sum = int c exp(-c v + y (1 - exp(-v))) dv, close to exponential as well.
    y, spare = y[far], c[far] - y[far]
    v = _NODES / spare[:, None]
    bend = np.exp(-y[:, None] * (v + np.expm1(-v)))
    value[far] = np.log(bend @ _WEIGHTS * c[far] / spare)
    return np.asarray(value)


def _log_poisson(k: Floats, mean: Floats) -> Floats:
    """Return ``log(mean^k exp(-mean) / k!)`` to full precision (Loader, 2000)."""
    big = np.maximum(k, 16.0)
    off, square = (mean - big) / big, 1 / big**2
    tail = (1 / 12 - (1 / 360 - (1 / 1260 - square / 1680) * square) * square) / big
    saddle = -big * (off - log1p(off)) - tail - np.log(2 * np.pi * big) / 2
    return np.where(k < 16, xlogy(k, mean) - mean - gammaln(k + 1), saddle)
