"""What is offered, and what Erlang's loss and delay formulas say of it."""

import numpy as np
import numpy.typing as npt

from models.erlang.checks import Floats, checked, flat
from models.erlang.logs import log_inverse_b


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
