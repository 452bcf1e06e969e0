"""Service levels of days and weeks: who must be there, and how many calls may be late.

Every interval keeps a floor; between the floor and a level at which scarcely a call is
late, agents are worth what they make fewer calls late.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from models import erlang
from models.erlang import NEARLY_ALL, late_curves
from scheduler.domain import Scope
from scheduler.translate.demand import Bools, Floats, Ints, QueueDemand, Span
from scheduler.translate.frame import Frame

_NOTHING = 1e-9  # people
_STRAIGHT = 0.001  # of an interval's calls: so far may lines be above the late curve


def spanned(
    frame: Frame,
    demand: QueueDemand,
    scope: Scope,
    floor: float,
    minimum: Floats,
    needed: Callable[[float], Floats],
) -> QueueDemand:
    """Return a demand whose level is that of days or weeks.

    Parameters
    ----------
    demand
        As if every interval reached the level.
    floor
        Level of each interval by itself.
    minimum
        People rostered by interval at least.
    needed
        Agents there by interval for a level of each by itself.
    """
    some = (demand.calls > 0) & ~demand.from_other_tool
    some &= demand.starts < frame.horizon_end
    lacks = 1 - demand.service_level
    there = np.ceil(minimum * (1 - demand.unplanned_shrinkage) - _NOTHING)
    low = _whole(np.maximum(needed(floor), there))
    high = np.maximum(low, _whole(needed(1 - NEARLY_ALL * lacks)))
    chosen = low.copy()
    spans = []
    for days in _days(frame, scope):
        rows = np.flatnonzero(some & _inside(frame, demand, days))
        if rows.size:
            span, agents = _span(demand, days, rows, low[rows], high[rows])
            chosen[rows] = agents
            spans.append(span)
    return replace(
        demand,
        required=np.where(some, _rostered(demand, chosen, minimum), demand.required),
        least=np.where(some, _rostered(demand, low, minimum), demand.required),
        scope=scope,
        spans=tuple(spans),
    )


def _span(
    demand: QueueDemand, days: Sequence[int], rows: Ints, low: Ints, high: Ints
) -> tuple[Span, Ints]:
    """Return a span, and the least agents in all that reach its level."""
    calls = demand.calls[rows]
    curves = late_curves(calls, low, high, partial(demand.late, rows))
    allowed = float((1 - demand.service_level) * calls.sum())
    by_interval = {}
    for row, i in enumerate(rows.tolist()):
        found = curves.vertices(row, _STRAIGHT * float(calls[row]))
        corners = _from_nobody(found.agents, found.late, float(calls[row]))
        by_interval[i] = _rostered(demand, corners[0], 0.0), corners[1]
    return Span(tuple(days), allowed, by_interval), curves.least(allowed)


def _from_nobody(agents: Ints, late: Floats, calls: float) -> tuple[Ints, Floats]:
    """Return a curve that begins with nobody and all calls late, if it stays convex.

    Else it goes on straight below the floor: there more than all calls may be late.
    """
    if len(agents) < 2 or not agents[0]:
        return agents, late
    fall = (late[0] - late[1]) / (agents[1] - agents[0])
    if calls - late[0] <= fall * agents[0]:
        return agents, late
    return np.insert(agents, 0, 0), np.insert(late, 0, calls)


def _days(frame: Frame, scope: Scope) -> Sequence[Sequence[int]]:
    if scope is Scope.WEEK:
        return frame.weeks
    return [(day,) for day in range(frame.days)]


def _inside(frame: Frame, demand: QueueDemand, days: Sequence[int]) -> Bools:
    first, end = frame.day_starts[days[0]], frame.day_starts[days[-1] + 1]
    return np.asarray((first <= demand.starts) & (demand.starts < end))


def _whole(agents: Floats) -> Ints:
    return np.asarray(np.rint(agents), dtype=np.int64)


def _rostered(demand: QueueDemand, agents: Ints, minimum: Floats | float) -> Floats:
    """Return the people to roster for so many who are there."""
    people = erlang.scheduled_agents(agents, demand.unplanned_shrinkage)
    return np.maximum(people, minimum)
