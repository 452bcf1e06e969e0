"""How much more work than expected may come up, or get lost, by many deadlines."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from models.throughput.checks import Floats

_PATHS, _SEED = 20_000, 20_260_302
_PLACES = 100  # deadlines that are told apart; between them the margin is straight
_STRAIGHT = 1e-6  # skewness of a normal
_NOTHING = 1e-12  # minutes squared


class Walk(NamedTuple):
    """Work by each deadline, minutes, cumulative, each of shape ``(n,)``.

    Attributes
    ----------
    mean, variance, third
        Expected work, and its second and third central moments by chance.
    losses
        Expected number of times that somebody does not come.
    room
        Work that has come by a deadline and is due later: as much can be done before
        its time, not more. Not cumulative.
    """

    mean: Floats
    variance: Floats
    third: Floats
    losses: Floats
    room: Floats


def margin(walk: Walk, lost_minutes: float, absent: float, confidence: float) -> Floats:
    """Return what to plan for beyond the mean so that no deadline is missed.

    Parameters
    ----------
    lost_minutes, absent
        Minutes that are lost when somebody does not come, and the chance of that. Both
        the mean and what is returned allow for it: they are of those who are rostered.
    confidence
        That all deadlines are kept, in ``[0.5, 1)``.

    Returns
    -------
    Floats
        Cumulative minutes, shape ``(n,)``, not negative, never falling.

    Notes
    -----
    Paths are followed from deadline to deadline: the work of a step is lognormal above
    a shift, with the same three moments (Fenton, 1960, on sums of lognormals), absences
    are Poisson, and what they lose is no more than the step's work, the rest in the
    next ones. Each step gets as much more as keeps so many paths on time that the share
    of those that are late grows evenly to ``1 - confidence``. Who is ahead stays ahead
    only as far as there is work to do.
    """
    lost = lost_minutes / (1 - absent)
    places = _places(walk.variance + lost**2 * walk.losses)
    rng = np.random.Generator(np.random.PCG64(_SEED))
    steps = zip(
        *(
            np.diff(each[places], prepend=0.0)
            for each in (walk.mean, walk.variance, walk.third, walk.losses)
        ),
        walk.room[places],
        strict=True,
    )
    ahead, gone = np.zeros(_PATHS), np.zeros(_PATHS)
    found = []
    for n, (mean, variance, third, losses, room) in enumerate(steps):
        gone += lost * rng.poisson(losses, len(gone))
        now = np.minimum(gone, mean / (1 - absent))
        gone -= now
        ahead -= _work(rng, variance, third, len(ahead)) + now - lost * losses
        late = int((1 - confidence) * _PATHS * (n + 1) / len(places))
        may_be = late - (_PATHS - len(ahead))
        more = max(0.0, -float(np.partition(ahead, may_be)[may_be]))
        kept = ahead >= -more
        ahead, gone = np.minimum(ahead[kept] + more, room), gone[kept]
        found.append(more)
    every = np.arange(len(walk.mean))
    return np.asarray(np.interp(every, places, np.cumsum(found)))


def _places(spread: Floats) -> npt.NDArray[np.int64]:
    """Return some places of a walk, of which each adds about as much."""
    wanted = np.linspace(0, spread[-1], _PLACES + 1)[1:]
    found = np.unique(np.searchsorted(spread, wanted).clip(0, len(spread) - 1))
    return np.unique(np.concatenate([found, [len(spread) - 1]]))


def _work(
    rng: np.random.Generator, variance: float, third: float, number: int
) -> Floats:
    """Draw the work of a step above its mean."""
    if variance < _NOTHING:
        return np.zeros(number)
    deviation = np.sqrt(variance)
    normal = rng.standard_normal(number)
    skewness = third / deviation**3
    if skewness < _STRAIGHT:
        return np.asarray(deviation * normal)
    c = 2 * np.sinh(np.arcsinh(skewness / 2) / 3)  # c^3 + 3 c is the skewness
    sigma = np.sqrt(np.log1p(c**2))
    return np.asarray(deviation / c * np.expm1(sigma * normal - sigma**2 / 2))
