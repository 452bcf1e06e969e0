"""How much more work than expected to plan for, so that deadlines hold all the same."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from models.errors import InvalidInput
from models.throughput.checks import Floats, at_least_zero

_PATHS, _SEED = 40_000, 20_260_302  # of the walk that finds the margin
_ROUNDING = 1e-9
_STRAIGHT = 1e-6  # skewness of a normal
_EVEN = 0.5  # a margin below the median plans for less than expected


def buffered_work(
    items: npt.ArrayLike,
    mean_minutes: float,
    cv: float,
    confidence: float,
    forecast_cv: float = 0.0,
    known: npt.ArrayLike = 0.0,
) -> Floats:
    """Return the work to plan for by each deadline, so that all of it is enough.

    Parameters
    ----------
    items
        Expected cases due by each deadline, cumulative, never falling, shape ``(n,)``.
    mean_minutes
        Mean handle time, ``>= 0``.
    cv
        Standard deviation of handle time / mean, ``>= 0``; handle times are taken as
        lognormal.
    confidence
        That at no deadline more work is due than is planned for, in ``[0.5, 1)``.
    forecast_cv
        Standard deviation of the number of cases / its forecast, beyond chance,
        ``>= 0``.
    known
        How many of the items are there already: number or shape ``(n,)``, never
        falling, at most ``items``. Only their handle times are uncertain.

    Returns
    -------
    Floats
        Cumulative agent-minutes, shape ``(n,)``, never falling, never less than
        expected.

    Raises
    ------
    InvalidInput
        If a number is outside its range.

    Notes
    -----
    New cases come by chance (Poisson) and take a random time, so that the work due by
    a deadline has mean ``m = n mu`` and variance ``v = mu^2 (n cv^2 + u) +
    (forecast_cv mu u)^2`` with ``u`` of the ``n`` unknown (compound Poisson). The
    margin ``z`` is that of the *maximum* over the deadlines of a random walk with these
    variances, from 40,000 paths of one seed. The work is then taken as a lognormal
    above a shift with the same mean, variance and skewness ``n mu^3 (1 + cv^2)^3 /
    v^1.5`` (Fenton, 1960, on sums of lognormals): a few long cases may come, but no
    margin runs away where handle times are very uneven.

    Examples
    --------
    >>> week = buffered_work([400], mean_minutes=30, cv=1.5, confidence=0.95)
    >>> (week / 60).round(1)  # hours; 200 are expected
    array([231.1])
    """
    at_least_zero(mean_minutes=mean_minutes, cv=cv, forecast_cv=forecast_cv)
    if not _EVEN <= confidence < 1:
        raise InvalidInput(f"confidence must be in [0.5, 1), got {confidence}")
    number = np.ravel(np.asarray(items, dtype=float))
    if number.size and not ((np.diff(number, prepend=0.0) >= 0).all()):
        raise InvalidInput("items must never fall from 0")
    unknown = number - np.asarray(known, dtype=float)
    if number.size and (np.diff(unknown, prepend=0.0) < -_ROUNDING * number[-1]).any():
        raise InvalidInput("known must be at most items, and never rise faster")
    mean = number * mean_minutes
    by_chance = mean_minutes**2 * (number * cv**2 + unknown)
    variance = by_chance + (forecast_cv * mean_minutes * unknown) ** 2
    some = variance > 0
    if not some.any():
        return mean
    z = _margin(tuple((variance[some] / variance[-1]).round(6)), confidence)
    cubes = (1 + cv**2) ** 3
    around = cubes - 3 * (1 + cv**2) + 2  # about the mean, where the number is known
    of_known = np.broadcast_to(np.asarray(known, dtype=float), number.shape)
    third = mean_minutes**3 * (unknown * cubes + of_known * around)[some]
    more = np.zeros_like(mean)
    deviation = np.sqrt(variance[some])
    cube = deviation**3
    skewness = np.divide(third, cube, out=np.zeros_like(third), where=cube > 0)
    more[some] = _skewed(z, skewness) * deviation
    return np.asarray(mean + np.maximum.accumulate(np.maximum(more, 0.0)))


def _skewed(z: float, skewness: Floats) -> Floats:
    """Return how many deviations from the mean a lognormal is where a normal is ``z``.

    With the coefficient of variation ``c`` for which ``c^3 + 3 c`` is the skewness.
    """
    c = 2 * np.sinh(np.arcsinh(skewness / 2) / 3)
    sigma = np.sqrt(np.log1p(c**2))
    bent = np.expm1(sigma * z - sigma**2 / 2)
    straight = c < _STRAIGHT
    return np.asarray(np.where(straight, z, bent / np.where(straight, 1.0, c)))


@lru_cache(maxsize=256)
def _margin(shares: Sequence[float], confidence: float) -> float:
    """Return what the largest of ``B(s) / sqrt(s)`` stays below with a confidence.

    ``B`` is a random walk seen at some shares of its length.
    """
    at = np.unique(np.array(shares))
    at = at[at > 0]
    if len(at) <= 1:
        return float(ndtri(confidence))
    steps = np.sqrt(np.diff(at, prepend=0.0))
    rng = np.random.Generator(np.random.PCG64(_SEED))
    highest = np.full(_PATHS, -np.inf)
    walk = np.zeros(_PATHS)
    for step, share in zip(steps, at, strict=True):
        walk += step * rng.standard_normal(_PATHS)
        np.maximum(highest, walk / np.sqrt(share), out=highest)
    return float(np.quantile(highest, confidence))
