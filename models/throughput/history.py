"""The backlog that there was, day by day, rebuilt from single items."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.errors import InvalidInput
from models.throughput.checks import Floats

_DAY = 1440.0
AGES = (1.0, 3.0, 5.0)  # days at which groups of ages begin, after 0


def by_age(
    age_days: Floats, items: npt.ArrayLike | None = None, ages: npt.ArrayLike = AGES
) -> npt.NDArray[np.float64]:
    """Return how many items are in each group of ages: one each, or ``items``."""
    edges = np.asarray(ages, dtype=float)
    group = np.searchsorted(edges, age_days, side="right")
    return np.bincount(group, weights=items, minlength=len(edges) + 1).astype(float)


@dataclass(frozen=True)
class History:
    """What came and went on each day; items, shape ``(days,)`` but for ``ages``.

    Attributes
    ----------
    opening, arrived, completed, closing
        ``closing = opening + arrived - completed``, to the item.
    ages
        Open at the end of each day by age, shape ``(days, groups)``; rows add up to
        ``closing``.
    oldest_days
        Age of the oldest item open at the end of each day; 0 without one.
    """

    opening: npt.NDArray[np.int64]
    arrived: npt.NDArray[np.int64]
    completed: npt.NDArray[np.int64]
    closing: npt.NDArray[np.int64]
    ages: npt.NDArray[np.int64]
    oldest_days: Floats


def history(
    received: npt.ArrayLike,
    completed: npt.ArrayLike,
    day_starts: npt.ArrayLike,
    ages: Sequence[float] = AGES,
) -> History:
    """Rebuild a backlog from when items were received and completed.

    Parameters
    ----------
    received, completed
        Minutes of each item, shape ``(items,)``; completed ``inf``: still open.
    day_starts
        Minutes at which days start, and the end of the last, rising, shape
        ``(days + 1,)``. What happens at a day's start is of that day.
    ages
        Days at which groups of ages begin, rising, ``> 0``; the first begins at 0.

    Raises
    ------
    InvalidInput
        If an item was completed before it was received, a number is none, or days or
        ages do not rise.

    Examples
    --------
    >>> seen = history([0, 100, 2000], [1500, float("inf"), 2100], [0, 1440, 2880])
    >>> seen.closing.tolist(), seen.completed.tolist(), seen.ages[1].tolist()
    ([2, 1], [0, 2], [0, 1, 0, 0])
    """
    came, done = (np.ravel(np.asarray(x, dtype=float)) for x in (received, completed))
    edges, groups = np.asarray(day_starts, dtype=float), np.asarray(ages, dtype=float)
    if came.shape != done.shape or not np.isfinite(came).all() or np.isnan(done).any():
        raise InvalidInput("received and completed must be one number for each item")
    wrong = np.flatnonzero(done < came)
    if wrong.size:
        raise InvalidInput(
            f"{wrong.size} items were completed before they were received, the first "
            f"at position {wrong[0]}"
        )
    if len(edges) < 2 or (np.diff(edges) <= 0).any():
        raise InvalidInput("day_starts must rise, and have an end")
    if (np.diff(groups, prepend=0.0) <= 0).any():
        raise InvalidInput(f"ages must rise from above 0, got {list(ages)}")
    came_by, done_by = (
        np.searchsorted(np.sort(x), edges, side="left") for x in (came, done)
    )
    closing = (came_by - done_by)[1:]
    table = np.zeros((len(edges) - 1, len(groups) + 1), dtype=np.int64)
    oldest = np.zeros(len(edges) - 1)
    for day, end in enumerate(edges[1:].tolist()):
        open_since = came[(came < end) & (done >= end)]
        age = (end - open_since) / _DAY
        table[day] = by_age(age, None, groups)
        oldest[day] = age.max(initial=0.0)
    return History(
        opening=(came_by - done_by)[:-1],
        arrived=np.diff(came_by),
        completed=np.diff(done_by),
        closing=closing,
        ages=table,
        oldest_days=oldest,
    )
