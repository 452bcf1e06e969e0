"""Erlang's sums in logarithms, to full precision where the sums under- or overflow."""

import numpy as np
from scipy.special import gammainc, gammaincc, gammaln, log1p, xlogy

from models.erlang.checks import Floats

# Below this an incomplete gamma function may have underflowed.
_FAR = 1e-250
_NODES, _WEIGHTS = np.polynomial.laguerre.laggauss(32)


def log_expm1(x: Floats) -> Floats:
    """Return ``log(exp(x) - 1)``, ``-inf`` at 0 and where rounding fell below."""
    return np.asarray(x + log1p(-np.exp(-np.maximum(x, 0))))


def log_inverse_b(n: Floats, a: Floats) -> Floats:
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


def log_series(c: Floats, y: Floats) -> Floats:
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
