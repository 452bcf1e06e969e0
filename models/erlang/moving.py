"""Load that moves: calls of one interval are still there in the next."""

import numpy as np
import numpy.typing as npt

from models.erlang.checks import Floats, checked
from models.errors import InvalidInput


def modified_offered_load(
    calls: npt.ArrayLike,
    interval_seconds: float,
    handle_seconds: npt.ArrayLike,
    in_progress: npt.ArrayLike = 0.0,
) -> Floats:
    """Return the mean load in each interval, in erlangs, as it really moves.

    Parameters
    ----------
    calls
        Calls per interval, shape ``(..., intervals)``, ``>= 0``; they come evenly
        within an interval. Intervals follow one another without gaps.
    interval_seconds
        Length of every interval in seconds, ``> 0``.
    handle_seconds
        Mean handle time in seconds, ``>= 0``, a number or of the shape of ``calls``.
        Calls that go on in an interval end as its own do.
    in_progress
        Calls in progress at the start of the first interval, shape ``(...)``: 0 where
        the doors have just opened.

    Returns
    -------
    Floats
        Of the shape of ``calls``. After the last calls the load falls, it does not
        vanish: who closes has people on calls for a while.

    Raises
    ------
    InvalidInput
        If a number is outside its range.

    Notes
    -----
    With nobody waiting the calls in progress follow ``m' = rate - m / H``, so
    ``m(t) = rate H + (m(0) - rate H) exp(-t / H)`` within an interval; the stationary
    formulas then take its mean (modified offered load; Jagerman, 1975; Green, Kolesar
    and Whitt, 2007). Each interval on its own (SIPP) is :func:`offered_load`.

    Examples
    --------
    Ten calls an interval of 15 minutes, 15 minutes each, from opening to closing:

    >>> modified_offered_load([10, 10, 10, 0, 0], 900, 900).round(2)
    array([3.68, 7.67, 9.14, 6.01, 2.21])
    """
    offered = checked("calls", calls)
    if offered.ndim == 0:
        raise InvalidInput("calls must have an axis of intervals, got a number")
    span = float(checked("interval_seconds", interval_seconds, "> 0"))
    handle = np.broadcast_to(checked("handle_seconds", handle_seconds), offered.shape)
    now = np.broadcast_to(checked("in_progress", in_progress), offered.shape[:-1])
    found = np.zeros_like(offered)
    for t in range(offered.shape[-1]):
        mean = handle[..., t]
        settled = offered[..., t] * mean / span
        turns = np.divide(span, mean, out=np.full(mean.shape, np.inf), where=mean > 0)
        left = -np.expm1(-turns)  # share of the way to the settled load, at the end
        average = np.divide(left, turns, out=np.zeros(mean.shape), where=turns < np.inf)
        found[..., t] = settled + (now - settled) * average
        now = now + (settled - now) * left
    return found
