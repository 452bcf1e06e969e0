"""What would save cases that breach: so many hours by such a deadline."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

import numpy as np
import numpy.typing as npt

from models.throughput.checks import Floats
from models.throughput.cohorts import Cohort
from models.throughput.forward import Order, forecast

_NOTHING = 1e-6  # cases
_MOST = 400  # deadlines


@dataclass(frozen=True)
class Rescue:
    """Cases that breach at one deadline, and the case time that would save them.

    Attributes
    ----------
    deadline
        Minute by which they are due.
    latest
        Minute at which the last slice ends in which the time can be given; ``None``
        where none can: they come too late to be done.
    agent_minutes
        Of a trained agent, beside what is there and what saved those due before.
    """

    deadline: float
    items: float
    agent_minutes: float
    latest: float | None


def rescues(
    cohorts: Sequence[Cohort],
    capacity_ends: npt.ArrayLike,
    capacity: npt.ArrayLike,
    day_ends: npt.ArrayLike,
    usable: npt.ArrayLike,
    order: Order = "recoverable_first",
) -> list[Rescue]:
    """Return the least case time that saves every case which breaches, by deadline.

    Parameters
    ----------
    cohorts, capacity_ends, capacity, day_ends, order
        As in :func:`forecast`.
    usable
        Whether case time can be given in each slice, shape ``(slices,)``.

    Notes
    -----
    Cases that miss a deadline lack just their own work, if it is given in the last
    slice before: earlier than that other cases are due. What is given counts for those
    due later, who then lack less; so deadlines are gone through in their order.
    """
    ends = np.ravel(np.asarray(capacity_ends, dtype=float))
    minutes = np.ravel(np.asarray(capacity, dtype=float)).copy()
    open_slices = np.ravel(np.asarray(usable, dtype=bool))
    left = list(cohorts)
    found: list[Rescue] = []
    while len(found) < _MOST:
        seen = forecast(left, ends, minutes, day_ends, order)
        late = [one for one in seen.breach_list if one[1] > _NOTHING]
        if not late:
            break
        deadline = late[0][0]
        items = sum(number for minute, number in late if minute == deadline)
        again = bool(found) and found[-1].deadline == deadline
        rescue, slice_ = _saved(left, deadline, items, ends, open_slices)
        if again or slice_ < 0:
            left = [_never_due(one, deadline) for one in left]
        else:
            minutes[slice_] += rescue.agent_minutes
        if not again:
            found.append(rescue)
    return found


def _saved(
    cohorts: Sequence[Cohort],
    deadline: float,
    items: float,
    ends: Floats,
    usable: npt.NDArray[np.bool_],
) -> tuple[Rescue, int]:
    """Return what saves the cases that breach at a deadline, and in which slice."""
    due = [c for c in cohorts if c.due == deadline and c.items and not c.breached]
    each = sum(c.work_minutes for c in due) / sum(c.items for c in due)
    comes = max(c.start for c in due)
    starts = np.concatenate(([0.0], ends[:-1]))
    slices = np.flatnonzero(usable & (ends <= deadline) & (starts >= comes))
    if not slices.size:
        return Rescue(deadline, items, items * each, None), -1
    last = int(slices[-1])
    return Rescue(deadline, items, items * each, float(ends[last])), last


def _never_due(cohort: Cohort, deadline: float) -> Cohort:
    """Return a cohort that is due no more, if it was due then."""
    if cohort.due != deadline or cohort.breached:
        return cohort
    return replace(cohort, deadline=inf)
