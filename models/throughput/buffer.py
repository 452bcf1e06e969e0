"""How much more work than expected to plan for, so that deadlines hold all the same."""

import numpy as np
import numpy.typing as npt

from models.errors import InvalidInput
from models.throughput.checks import Floats, at_least_zero
from models.throughput.margin import Walk, margin

_ROUNDING = 1e-9
_EVEN = 0.5  # a margin below the median plans for less than expected


def buffered_work(
    items: npt.ArrayLike,
    mean_minutes: float,
    cv: float,
    confidence: float,
    forecast_cv: float = 0.0,
    known: npt.ArrayLike = 0.0,
    absent: float = 0.0,
    lost_minutes: float = 0.0,
    arrived: npt.ArrayLike | None = None,
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
    absent, lost_minutes
        Chance in ``[0, 1)`` that somebody does not come, and the minutes that are lost
        then, ``>= 0``. ``mean_minutes`` allow for it on average.
    arrived
        How many items have come by each deadline, shape ``(n,)``, at least ``items``;
        ``None``: all are there. No more can be done ahead of time.

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
    margin is that of paths of one seed from deadline to deadline, with the skewness of
    cases (``n mu^3 (1 + cv^2)^3``) and with people who do not come: as much at each as
    keeps all deadlines on time with the confidence (:mod:`models.throughput.margin`).

    Examples
    --------
    >>> week = buffered_work([400], mean_minutes=30, cv=1.5, confidence=0.95)
    >>> (week / 60).round(1)  # hours; 200 are expected
    array([230.8])
    """
    at_least_zero(
        mean_minutes=mean_minutes,
        cv=cv,
        forecast_cv=forecast_cv,
        absent=absent,
        lost_minutes=lost_minutes,
    )
    if absent >= 1:
        raise InvalidInput(f"absent must be in [0, 1), got {absent}")
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
    cubes = (1 + cv**2) ** 3
    around = cubes - 3 * (1 + cv**2) + 2  # about the mean, where the number is known
    of_known = np.broadcast_to(np.asarray(known, dtype=float), number.shape)
    third = mean_minutes**3 * (unknown * cubes + of_known * around)
    losses = mean * (absent / lost_minutes if lost_minutes else 0.0)
    if not number.size or variance[-1] + losses[-1] == 0:
        return mean
    there = number if arrived is None else np.asarray(arrived, dtype=float)
    room = np.where(arrived is None, np.inf, mean_minutes * (there - number))
    walk = Walk(mean, variance, third, losses, room)
    return mean + margin(walk, lost_minutes, absent, confidence)
