"""What to expect of a roster: service level per interval, backlog day by day."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from functools import partial
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from models import erlang
from models.roster.problem import FULL_SPEED, RosterProblem
from models.throughput import Cohort, Forecast, forecast

Floats = npt.NDArray[np.float64]


def people_on_calls(
    cover: npt.ArrayLike, periods: int, unplanned_shrinkage: float = 0.0
) -> Floats:
    """Return the people who will be there in each interval.

    Parameters
    ----------
    cover
        Centi-agents in each period of the grid, shape ``(intervals * periods,)``.
    periods
        Periods in an interval.
    unplanned_shrinkage
        Share of rostered people who are not there.

    Examples
    --------
    >>> people_on_calls([200, 400, 80, 80], periods=2, unplanned_shrinkage=0.5)
    array([1.5, 0.4])
    """
    rows = np.asarray(cover, dtype=float).reshape(-1, periods)
    people: Floats = rows.mean(axis=1) / FULL_SPEED * (1 - unplanned_shrinkage)
    return people


def performance(
    people: npt.ArrayLike,
    load: npt.ArrayLike,
    handle_seconds: npt.ArrayLike,
    answer_within: float,
    patience_seconds: float | None = None,
    rate_cv: float = 0.0,
    definition: erlang.Definition = erlang.Definition.OFFERED,
    handle_factors: Sequence[float] = (1.0,),
) -> erlang.Performance:
    """Return service level, waits, occupancy and abandonment per interval.

    Parameters
    ----------
    people
        People on calls, shape ``(intervals,)``; may be fractional.
    load, handle_seconds
        Load in erlangs and the mean handle time, shape ``(intervals,)``; a handle time
        of 0 says that nobody calls.
    answer_within, patience_seconds, rate_cv, definition
        As in :func:`models.erlang.performance`.
    handle_factors
        Of chats: handle time while an agent holds 1, 2, ... of them / handle time of
        one alone. Without any nothing is predicted.

    Returns
    -------
    Performance
        Arrays of shape ``(intervals,)``; nan where nobody calls.

    Examples
    --------
    >>> found = performance([14, 3], [10, 0], [180, 0], answer_within=20)
    >>> found.service_level.round(3)
    array([0.888,   nan])
    """
    handle = np.asarray(handle_seconds, dtype=float)
    some = (handle > 0) & (len(handle_factors) > 0)
    there, offered = (np.asarray(x, dtype=float)[some] for x in (people, load))
    if len(handle_factors) > 1:
        found = _chats(
            there,
            offered / handle[some],
            handle[some],
            handle_factors,
            partial(
                erlang.chat_performance,
                answer_within=answer_within,
                patience_seconds=patience_seconds,
                definition=definition,
            ),
        )
    else:
        found = erlang.performance(
            there,
            offered,
            handle[some],
            answer_within,
            patience_seconds,
            rate_cv=rate_cv,
            definition=definition,
        )

    def spread(values: Floats) -> Floats:
        everywhere = np.full(handle.shape, np.nan)
        everywhere[some] = values
        return everywhere

    return erlang.Performance(
        service_level=spread(found.service_level),
        probability_of_wait=spread(found.probability_of_wait),
        average_speed_of_answer_seconds=spread(found.average_speed_of_answer_seconds),
        occupancy=spread(found.occupancy),
        abandonment=spread(found.abandonment),
        queue_length=spread(found.queue_length),
    )


def _chats(
    people: Floats,
    rate: Floats,
    handle: Floats,
    factors: Sequence[float],
    perform: Callable[..., erlang.Performance],
) -> erlang.Performance:
    """Return the same for chats; of a fraction of an agent, that share of the time."""
    names = [each.name for each in fields(erlang.Performance)]
    found = np.zeros((len(names), len(people)))
    for seconds in np.unique(handle).tolist():
        some = handle == seconds
        times = [seconds * factor for factor in factors]
        low = np.floor(people[some])
        for agents, share in (
            (low, low + 1 - people[some]),
            (low + 1, people[some] - low),
        ):
            part = perform(agents, rate[some], times)
            for row, name in zip(found, names, strict=True):
                value = getattr(part, name)
                row[some] += np.multiply(
                    share, value, out=np.zeros_like(share), where=share > 0
                )
    return erlang.Performance(*found)


def mean_over_calls(values: npt.ArrayLike, calls: npt.ArrayLike) -> float:
    """Return the mean of a figure weighted by calls; nan without any.

    Parameters
    ----------
    values
        Figure per interval, shape ``(intervals,)``; nan where there are no calls.
    calls
        Calls offered, shape ``(intervals,)``.

    Examples
    --------
    >>> mean_over_calls([0.9, float("nan"), 0.6], calls=[20, 0, 10])
    0.8
    """
    offered = np.asarray(calls, dtype=float)
    some = offered > 0
    if not some.any():
        return float("nan")
    return float(
        np.average(np.asarray(values, dtype=float)[some], weights=offered[some])
    )


def mean_by_day(
    values: npt.ArrayLike,
    calls: npt.ArrayLike,
    starts: npt.ArrayLike,
    day_starts: Sequence[int],
) -> list[float]:
    """Return ``mean_over_calls`` of each day.

    Parameters
    ----------
    starts
        Minute at which each interval starts, shape ``(intervals,)``.
    day_starts
        Minute at which each day starts, and the end of the last one.

    Examples
    --------
    >>> mean_by_day([0.5, 1, 1], [1, 1, 1], starts=[0, 720, 1440], day_starts=[0, 1440])
    [0.75]
    """
    figure, offered = np.asarray(values, dtype=float), np.asarray(calls, dtype=float)
    edges = np.searchsorted(np.asarray(starts), day_starts)
    return [
        mean_over_calls(figure[first:last], offered[first:last])
        for first, last in pairwise(edges.tolist())
    ]


def case_slices(
    problem: RosterProblem, case_minutes: npt.ArrayLike
) -> tuple[npt.NDArray[np.int64], Floats]:
    """Return the ends of the grid's periods inside the horizon, and their case time.

    ``case_minutes`` as in :func:`backlog`.
    """
    ends = problem.period * np.arange(1, problem.periods + 1)
    inside = ends <= problem.day_starts[-1]
    return ends[inside], np.asarray(case_minutes, dtype=float)[inside]


def backlog(
    problem: RosterProblem, cohorts: Sequence[Cohort], case_minutes: npt.ArrayLike
) -> Forecast:
    """Return what becomes of the cases of one type, item by item.

    Parameters
    ----------
    cohorts
        Of one case type.
    case_minutes
        Case time rostered in each period of the grid, in minutes of a trained agent,
        shape ``(periods,)``. What lies after the horizon does not count.
    """
    ends, minutes = case_slices(problem, case_minutes)
    return forecast(cohorts, ends, minutes, problem.day_starts[1:])
