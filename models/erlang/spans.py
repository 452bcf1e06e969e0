"""Late calls over a span of time, a day or a week: curves, and agents where they help.

Late calls of an interval fall ever more slowly with each agent once there are enough
for the load (Koole and van der Sluis, 2003); where they do not, their lower convex
envelope does.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from models.erlang.checks import Floats

Ints = npt.NDArray[np.int64]

NEARLY_ALL = 0.02  # of the calls that may be late: no interval needs less
_MOST_STEPS = 64  # numbers of agents that are looked at, for each interval


class Vertices(NamedTuple):
    """Corners of the convex envelope of one interval: agents, and late calls then."""

    agents: Ints
    late: Floats


class LateCurves(NamedTuple):
    """Late calls by interval (rows) and numbers of agents, from least to most.

    ``last`` is the column of the most agents that make sense; beyond it nothing counts.
    """

    agents: Ints
    late: Floats
    last: Ints

    def vertices(self, row: int, tolerance: float = 0.0) -> Vertices:
        """Return the corners of an interval's lower convex envelope.

        With a tolerance, in calls, only as many of them as straight lines need that are
        nowhere more above the envelope.
        """
        last = int(self.last[row])
        agents, late = self.agents[row, : last + 1], self.late[row, : last + 1]
        corners = convex_envelope(late, agents)
        kept = corners[_chords(agents[corners], late[corners], tolerance)]
        return Vertices(agents[kept], late[kept])

    def least(self, allowed: float) -> Ints:
        """Return agents of each interval of which so many calls are late in all.

        The next agents go where the envelope falls most (greedy; Fox, 1966); those that
        the last step gave too many are taken away again.
        """
        steps = []  # what an agent saves on the way, row, columns on the way
        for row, last in enumerate(self.last.tolist()):
            agents, late = self.agents[row], self.late[row]
            corners = convex_envelope(late[: last + 1], agents[: last + 1]).tolist()
            for a, b in pairwise(corners):
                saved = (late[a] - late[b]) / (agents[b] - agents[a])
                steps.append((saved, row, b))
        given = np.zeros(len(self.late), dtype=np.int64)
        total = float(self.late[:, 0].sum())
        for _, row, place in sorted(steps, key=lambda step: (-step[0], *step[1:])):
            if total <= allowed:
                break
            if place <= given[row]:
                continue  # steps that save the same, but for rounding
            total -= float(self.late[row, given[row]] - self.late[row, place])
            given[row] = place
        given = self._without_surplus(given, allowed)
        return np.asarray(self.agents[np.arange(len(given)), given], dtype=np.int64)

    def _without_surplus(self, given: Ints, allowed: float) -> Ints:
        """Take agents away again that the last step gave too many."""
        rows = np.arange(len(self.late))
        while len(rows):
            fewer = np.maximum(given - 1, 0)
            here = self.late[rows, given]
            more = np.where(given > 0, self.late[rows, fewer] - here, np.inf)
            row = int(more.argmin())
            if here.sum() + more[row] > allowed:
                break
            given[row] -= 1
        return given


def late_curves(
    calls: Floats, low: Ints, high: Ints, share: Callable[[Ints], Floats]
) -> LateCurves:
    """Return the late calls of each interval from ``low`` to ``high`` agents.

    Parameters
    ----------
    calls, low, high
        Of each interval, shape ``(intervals,)``.
    share
        Called with agents of shape ``(intervals, numbers)``; returns the share of calls
        that is late with each.
    """
    step = np.maximum(1, -(-(high - low) // _MOST_STEPS))
    last = np.maximum(0, -(-(high - low) // step))
    columns = np.arange(int(last.max(initial=0)) + 1)
    agents = low[:, None] + step[:, None] * columns
    late = np.asarray(calls)[:, None] * share(agents)
    # More agents are never worse; where the sums of floats say so, they are as good.
    return LateCurves(agents, np.minimum.accumulate(late, axis=1), last)


def convex_envelope(values: Floats, places: npt.ArrayLike | None = None) -> Ints:
    """Return where the lower convex envelope touches a curve; 1-D.

    ``places`` are the rising arguments of the values; by default 0, 1, 2, ...

    Examples
    --------
    >>> convex_envelope(np.array([4.0, 4.0, 1.0, 0.5, 0.4]))
    array([0, 2, 3, 4])
    """
    at = np.arange(len(values)) if places is None else np.asarray(places)
    kept: list[int] = []
    for i in range(len(values)):
        while len(kept) > 1 and _is_above(values, at, kept[-2], kept[-1], i):
            kept.pop()
        kept.append(i)
    return np.array(kept, dtype=np.int64)


def _is_above(
    values: Floats, at: npt.NDArray[np.int64], a: int, b: int, c: int
) -> bool:
    """Whether the curve at ``b`` lies on or above the line from ``a`` to ``c``."""
    rise = (values[c] - values[a]) * (at[b] - at[a])
    return bool((values[b] - values[a]) * (at[c] - at[a]) >= rise)


def _chords(at: Ints, values: Floats, tolerance: float) -> list[int]:
    """Return the corners of a convex curve that chords within a tolerance need."""
    kept, first = [0], 0
    while first < len(at) - 1:
        end = first + 1
        while end + 1 < len(at) and _apart(at, values, first, end + 1) <= tolerance:
            end += 1
        kept.append(end)
        first = end
    return kept


def _apart(at: Ints, values: Floats, a: int, b: int) -> float:
    """Return how far the line from corner ``a`` to ``b`` is above the curve at most."""
    slope = (values[b] - values[a]) / (at[b] - at[a])
    line = values[a] + slope * (at[a : b + 1] - at[a])
    return float((line - values[a : b + 1]).max())
