"""How many cases may breach by chance: the forecast, played many times."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from models.errors import InvalidInput
from models.throughput.checks import Floats, at_least_zero
from models.throughput.cohorts import Cohort
from models.throughput.forward import Order, forecast

_LEAST = 1e-3  # cases: fewer are none


@dataclass(frozen=True)
class Chance:
    """Breaches over many runs.

    Attributes
    ----------
    mean
        By day, shape ``(days,)``.
    high
        By day: no more in 95 of 100 runs (or as many as were asked for).
    high_in_all
        Of the breaches of all days together: no more in so many runs.
    none
        Share of runs without any.
    """

    mean: Floats
    high: Floats
    high_in_all: float
    none: float


def breach_chance(
    cohorts: Sequence[Cohort],
    capacity_ends: npt.ArrayLike,
    capacity: npt.ArrayLike,
    day_ends: npt.ArrayLike,
    cv: float,
    forecast_cv: float = 0.0,
    *,
    confidence: float = 0.95,
    runs: int = 100,
    seed: int = 0,
    order: Order = "recoverable_first",
) -> Chance:
    """Return how many cases breach where numbers and handle times are a matter of luck.

    Parameters
    ----------
    cohorts, capacity_ends, capacity, day_ends, order
        As in :func:`forecast`; of one case type.
    cv
        Standard deviation of handle time / mean, ``>= 0``.
    forecast_cv
        Standard deviation of the number of new cases / its forecast, beyond chance.
    confidence
        In ``(0, 1)``.
    runs, seed
        How many runs; of the same seed they are the same.

    Raises
    ------
    InvalidInput
        If a number is outside its range.

    Notes
    -----
    In each run new cases come as a Poisson number around the forecast times one factor
    for all (gamma); the work of ``n`` cases is a gamma with their mean and variance.
    Cases that are there at the start are as many as they are.
    """
    at_least_zero(cv=cv, forecast_cv=forecast_cv)
    if not 0 < confidence < 1 or runs < 1:
        raise InvalidInput(
            f"confidence must be in (0, 1) and runs >= 1, got {confidence} and {runs}"
        )
    rng = np.random.default_rng(seed)
    rows = []
    for _ in range(runs):
        own = _drawn(cohorts, cv, forecast_cv, rng)
        rows.append(forecast(own, capacity_ends, capacity, day_ends, order).breaches)
    breaches = np.array(rows)
    total = breaches.sum(axis=1)
    return Chance(
        mean=breaches.mean(axis=0),
        high=np.quantile(breaches, confidence, axis=0),
        high_in_all=float(np.quantile(total, confidence)),
        none=float((total < _LEAST).mean()),
    )


def _drawn(
    cohorts: Sequence[Cohort], cv: float, forecast_cv: float, rng: np.random.Generator
) -> list[Cohort]:
    """Return cohorts as luck has it."""
    items = np.array([c.items for c in cohorts])
    each = np.array([c.work_minutes / c.items if c.items else 0.0 for c in cohorts])
    comes = np.array([c.start > 0 for c in cohorts], dtype=np.bool_)
    factor = rng.gamma(forecast_cv**-2, forecast_cv**2) if forecast_cv else 1.0
    number = np.where(comes, rng.poisson(items * factor), items)
    work = number * each
    if cv:
        some = work > 0
        work[some] = rng.gamma(number[some] / cv**2, each[some] * cv**2)
        work = np.where(some, np.maximum(work, 1e-9), 0.0)
    return [
        replace(cohort, items=n, work_minutes=w)
        for cohort, n, w in zip(cohorts, number.tolist(), work.tolist(), strict=True)
    ]
