"""What becomes of calls: who waits, who gives up, who is answered late."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from models.erlang.checks import Floats
from models.erlang.logs import log_expm1, log_inverse_b, log_series

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(10)
_END = 5.5  # standard deviations
_NOTHING = 1e-200  # erlangs
_SURE = 1e-9  # standard deviation / mean of a rate that is as good as known
_LAYER = 3.0  # in which the outcome changes fast, over the root of the agents


class Outcome(NamedTuple):
    """Shares of the offered calls, and waits.

    ``wait`` find every agent busy, ``lost`` give up, ``early`` of them within the
    threshold, ``late`` are answered after it; ``mean_wait`` is over all calls, answered
    or not, seconds; ``carried`` is the share of the load that agents carry.
    """

    wait: Floats
    lost: Floats
    late: Floats
    early: Floats
    mean_wait: Floats
    carried: Floats


def outcome(terms: Floats, rate_cv: Floats) -> Outcome:
    """Return what becomes of the calls; 1-D.

    Parameters
    ----------
    terms
        Rows: agents, load, handle time, threshold, patience (``inf``: none gives up).
    rate_cv
        Coefficient of variation of the rate of arrival, which is lognormal.

    Notes
    -----
    Everything is a mean over calls, and of a call one is more likely to be on a busy
    day: the rate as a call sees it is lognormal too, ``exp(s^2)`` times as large, with
    ``s^2 = log(1 + cv^2)``.
    """
    unsure = rate_cv > 0
    if not unsure.any():
        return _certain(terms)
    found = np.array(_certain(terms))
    wide = rate_cv > _SURE
    found[:, wide] = _mean(terms[:, wide], np.sqrt(np.log1p(rate_cv[wide] ** 2)))
    result = Outcome(*found)
    # An uncertain rate is now and then more than any team can take: without patience
    # such a queue grows as long as that lasts.
    endless = unsure & np.isinf(terms[4]) & (terms[1] > 0)
    return result._replace(mean_wait=np.where(endless, np.inf, result.mean_wait))


def _mean(terms: Floats, spread: Floats) -> Floats:
    """Return the mean outcome where the logarithm of the load has such a spread.

    Gauss-Legendre quadrature on panels that meet where outcomes bend: where the load
    is as large as the team, and where its queue is as long as the threshold.
    """
    n, a, _, within, patience = terms
    with np.errstate(divide="ignore"):
        full = (np.log(n / np.where(a > 0, a, 1)) - spread**2 / 2) / spread
    long = full + within / patience / spread
    layer = _LAYER / np.sqrt(np.maximum(n, 1)) / spread
    ends = np.clip(
        [0 * n - _END, full - layer, full, long, long + layer, 0 * n + _END],
        -_END,
        _END,
    )
    found, total = np.zeros((len(Outcome._fields), a.size)), np.zeros_like(a)
    here = terms.copy()
    for low, high in pairwise(ends):
        for node, weight in zip(_NODES, _WEIGHTS, strict=True):
            z = (low + high + (high - low) * node) / 2
            share = weight * (high - low) * np.exp(-(z**2) / 2)
            here[1] = a * np.exp(spread * z + spread**2 / 2)
            for row, value in zip(found, _certain(here), strict=True):
                row += np.multiply(share, value, out=0 * share, where=share > 0)
            total += share
    return np.asarray(found / total)


def _certain(terms: Floats) -> Outcome:
    """Return the same where the rate is known."""
    n, a = terms[:2]
    log_inverse = np.zeros_like(a)
    some = (a > _NOTHING) & (n > 0)
    log_inverse[some] = log_inverse_b(n[some], a[some])
    return settled(terms, log_inverse)


def settled(terms: Floats, log_inverse: Floats) -> Outcome:
    """Return what becomes of calls at a known rate; 1-D.

    Parameters
    ----------
    terms
        As in :func:`outcome`.
    log_inverse
        ``log(1 / B)``: how much rarer it is that just all agents are busy and nobody
        waits than that nobody waits. Erlang's B where each call has an agent.
    """
    n, a, _, within, patience = terms
    some, leaves = a > _NOTHING, np.isfinite(patience)
    wait, lost, late, early, mean_wait = np.zeros((5, a.size))
    calm, tense, none = (
        some & ~leaves,
        some & leaves & (n > 0),
        some & leaves & (n == 0),
    )
    wait[calm], late[calm], mean_wait[calm] = _patient(
        terms[:, calm], log_inverse[calm]
    )
    wait[tense], lost[tense], late[tense], early[tense] = _impatient(
        terms[:, tense], log_inverse[tense]
    )
    wait[none] = lost[none] = 1
    early[none] = -np.expm1(-within[none] / patience[none])
    mean_wait[leaves] = lost[leaves] * patience[leaves]
    carried = 1 - lost
    over = calm & (a > n)
    carried[over] = n[over] / a[over]
    return Outcome(wait, lost, late, early, mean_wait, carried)


def _patient(terms: Floats, log_inverse: Floats) -> tuple[Floats, Floats, Floats]:
    n, a, handle, within = terms[:4]
    spare = np.maximum(n - a, 0)
    free = np.divide(spare, n, out=np.zeros_like(n), where=n > a)
    with np.errstate(over="ignore"):
        wait = 1 / (1 + np.exp(log_expm1(log_inverse)) * free)
    late = wait * np.exp(-spare * within / handle)
    mean = np.divide(wait * handle, spare, out=np.full_like(wait, np.inf), where=n > a)
    return wait, late, mean


def _impatient(
    terms: Floats, log_inverse: Floats
) -> tuple[Floats, Floats, Floats, Floats]:
    n, a, handle, within, patience = terms
    c, x, gone = n * patience / handle, a * patience / handle, -within / patience
    series = log_series(c, x)
    total = np.logaddexp(log_expm1(log_inverse), series)
    wait = np.exp(series - total)
    lost = np.clip(wait * (1 + n / a * np.expm1(-series)), 0, 1)
    still = -(n * within / handle + x * np.expm1(gone))
    left = log_series(c, x * np.exp(gone))
    late = np.minimum(n / a * np.exp(still + log_expm1(left) - total), 1 - lost)
    # Who still waits at the threshold is answered late or gives up later.
    waiting = np.exp(still + left - total + gone)
    early = np.clip(lost - (waiting - late), 0, lost)
    return wait, lost, late, early
