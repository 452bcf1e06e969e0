"""Means and intervals of confidence over replications."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Estimate:
    """Means over replications, and by how much they may be off; nan where unknown.

    The mean lies within ``mean - half`` and ``mean + half`` with the confidence asked
    for.
    """

    mean: Floats
    half: Floats


def mean(values: Floats, confidence: float = 0.95) -> Estimate:
    """Return the mean of the first axis.

    Examples
    --------
    >>> found = mean(np.array([1.0, 2.0, 3.0]))
    >>> float(found.mean), round(float(found.half), 3)
    (2.0, 2.484)
    """
    number = len(values)
    if number < 2:
        return Estimate(np.mean(values, axis=0), np.full(values.shape[1:], np.nan))
    error = np.std(values, axis=0, ddof=1) / np.sqrt(number)
    return Estimate(np.mean(values, axis=0), _quantile(number, confidence) * error)


def ratio(part: Floats, whole: Floats, confidence: float = 0.95) -> Estimate:
    """Return the ratio of two means of the first axis, nan where the whole is nothing.

    Of all calls of all replications, not the mean of each replication's share; its
    variance is that of ``part - ratio * whole`` (Law, 2015, 9.5).

    Examples
    --------
    >>> found = ratio(np.array([8.0, 9.0, 10.0]), np.array([10.0, 10.0, 10.0]))
    >>> round(float(found.mean), 3), round(float(found.half), 3)
    (0.9, 0.248)
    """
    number, total = len(whole), whole.mean(axis=0)
    known = total > 0
    share = np.divide(
        part.mean(axis=0), total, out=np.full(total.shape, np.nan), where=known
    )
    if number < 2:
        return Estimate(share, np.full(total.shape, np.nan))
    off = part - np.where(known, share, 0.0) * whole
    error = np.sqrt((off**2).sum(axis=0) / (number - 1) / number)
    width = np.divide(error, total, out=np.full(total.shape, np.nan), where=known)
    return Estimate(share, _quantile(number, confidence) * width)


def _quantile(number: int, confidence: float) -> float:
    return float(stdtrit(number - 1, (1 + confidence) / 2))
