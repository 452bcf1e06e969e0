"""From single items, as arrays, to cohorts."""

import numpy as np
import numpy.typing as npt

from models.errors import InvalidInput
from models.throughput.checks import above_zero
from models.throughput.cohorts import Cohort

_DAY = 1440.0


def cohorts_of(
    case_type: str,
    received: npt.ArrayLike,
    deadline: npt.ArrayLike,
    handle_minutes: npt.ArrayLike,
    *,
    arrives: npt.ArrayLike | None = None,
    received_step: float = _DAY,
    deadline_step: float = 15.0,
) -> list[Cohort]:
    """Return items of one case type as cohorts: together received, together due.

    Parameters
    ----------
    case_type
        Label.
    received, deadline
        Minutes of each item, shape ``(items,)``; ``inf``: never due.
    handle_minutes
        Agent-minutes of each, ``> 0``; a number or shape ``(items,)``.
    arrives
        Minute from which each can be worked. Default: when it was received.
    received_step, deadline_step
        Minutes: items are together if they were received in the same step, can be
        worked from the same step of a deadline on and are due in the same one. Ages are
        of their mean; they can be worked from the last one's arrival on and are due by
        the first one's deadline, so nothing is planned for that cannot be done. Those
        due in the step in which they come, or before, are together only if they can be
        worked from the same minute on: else the first ones would be due later.

    Raises
    ------
    InvalidInput
        If the shapes do not fit, a number is none, or a step is not above 0.

    Examples
    --------
    >>> two, one = cohorts_of("claim", [-60, -30, 900], [480, 481, 2000], 20)
    >>> two.items, two.work_minutes, two.deadline, two.received
    (2.0, 40.0, 480.0, -45.0)
    """
    above_zero(received_step=received_step, deadline_step=deadline_step)
    came, due = (np.ravel(np.asarray(x, dtype=float)) for x in (received, deadline))
    starts = came if arrives is None else np.ravel(np.asarray(arrives, dtype=float))
    work = np.broadcast_to(np.asarray(handle_minutes, dtype=float), came.shape)
    if not came.shape == due.shape == starts.shape:
        raise InvalidInput("received, deadline and arrives must be of one length")
    if not (np.isfinite(came).all() and np.isfinite(starts).all()):
        raise InvalidInput("received and arrives must be finite")
    if np.isnan(due).any() or not (work > 0).all():
        raise InvalidInput("deadlines must be numbers, handle_minutes > 0")
    if not came.size:
        return []
    there = np.maximum(starts, 0)
    start_step, due_step = (
        np.floor(there / deadline_step),
        np.floor(due / deadline_step),
    )
    at_once = due_step <= start_step
    group, count = _groups(
        np.floor(came / received_step),
        start_step,
        due_step,
        np.where(at_once, there, 0.0),
    )
    items = np.bincount(group, minlength=count).astype(float)
    last = np.full(count, -np.inf)
    np.maximum.at(last, group, starts)
    first_due = np.full(count, np.inf)
    np.minimum.at(first_due, group, due)
    mean = np.bincount(group, weights=came, minlength=count) / items
    minutes = np.bincount(group, weights=work, minlength=count)
    rows = zip(
        *(x.tolist() for x in (last, first_due, items, minutes, mean)), strict=True
    )
    return [
        Cohort(case_type, start, end, n, effort, min(age, max(start, 0.0)))
        for start, end, n, effort, age in rows
    ]


def _groups(*keys: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.int64], int]:
    """Return the number of each item's group, and how many there are."""
    order = np.lexsort(keys)
    changes = np.zeros(len(order), dtype=np.bool_)
    changes[0] = True
    for key in keys:
        ordered = key[order]
        changes[1:] |= ordered[1:] != ordered[:-1]
    group = np.empty(len(order), dtype=np.int64)
    group[order] = np.cumsum(changes) - 1
    return group, int(changes.sum())
