"""What a cohort is, and what many together ask for over time."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite, isnan

import numpy as np
import numpy.typing as npt

from models.errors import InvalidInput
from models.throughput.checks import Floats, at_least_zero


@dataclass(frozen=True)
class Cohort:
    """Cases of one case type that arrive together and are due together.

    Attributes
    ----------
    case_type
        Label, for messages.
    arrives
        Minute from which they can be worked; 0 or less: there at the start.
    deadline
        Minute by which they are due; ``inf``: never.
    items
        Number of cases, ``>= 0``, may be fractional.
    work_minutes
        Agent-minutes of a trained agent for all of them; 0 if and only if no items.
    received
        Minute their age counts from, may be negative; not after they arrive.
    breached
        True if their own deadline passed before minute 0; ``deadline`` is then the
        target by which to recover them.
    """

    case_type: str
    arrives: float
    deadline: float
    items: float
    work_minutes: float
    received: float
    breached: bool = False

    def __post_init__(self) -> None:
        at_least_zero(items=self.items, work_minutes=self.work_minutes)
        if (self.items > 0) != (self.work_minutes > 0):
            raise InvalidInput(
                f"case type {self.case_type!r}: work_minutes must be > 0 exactly where "
                f"items are, got {self.work_minutes} for {self.items} items"
            )
        if not (isfinite(self.arrives) and -inf < self.received <= self.start):
            raise InvalidInput(
                f"case type {self.case_type!r}: must have received <= arrives, "
                f"got {self.received} and {self.arrives}"
            )
        if isnan(self.deadline):
            raise InvalidInput(
                f"case type {self.case_type!r}: deadline is not a number"
            )

    @property
    def start(self) -> float:
        """Minute from which it counts: ``max(arrives, 0)``."""
        return max(self.arrives, 0.0)

    @property
    def due(self) -> float:
        """Minute at which it is late: nothing is late before it has arrived."""
        return max(self.deadline, self.start)


def curves(cohorts: Sequence[Cohort], times: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return the work available and the work due by each minute.

    Parameters
    ----------
    cohorts
        Any number, in any order.
    times
        Minutes, any shape.

    Returns
    -------
    tuple
        ``A(t)`` and ``D(t)``, cumulative agent-minutes, shape of ``times``;
        ``D(t) <= A(t)``, since nothing is due before it has arrived.

    Notes
    -----
    Where earlier arrivals have earlier deadlines, work done by ``t`` can meet every
    deadline if and only if it lies between the two (Horn, 1974).

    Examples
    --------
    >>> curves([Cohort("claim", 0, 480, 2, 60, 0)], [0, 479, 480])
    (array([60., 60., 60.]), array([ 0.,  0., 60.]))
    """
    work = column(cohorts, "work_minutes")
    at = np.asarray(times, dtype=float)
    return (
        _cumulative(column(cohorts, "start"), work, at),
        _cumulative(column(cohorts, "due"), work, at),
    )


def monotone_streams(cohorts: Sequence[Cohort]) -> list[list[Cohort]]:
    """Split cohorts into the fewest streams where who comes first is due first.

    Parameters
    ----------
    cohorts
        Of one case type, in any order.

    Returns
    -------
    list
        Streams, each by arrival with deadlines that never fall; what is there at the
        start arrives at 0 and stands by deadline.

    Raises
    ------
    InvalidInput
        If the cohorts are of several case types.

    Notes
    -----
    Patience sorting: each cohort joins the stream with the latest last deadline that is
    not after its own. As many streams as the longest run of falling deadlines, so no
    split has fewer (Dilworth, 1950).

    Examples
    --------
    >>> a, b = Cohort("claim", 0, 900, 1, 30, 0), Cohort("claim", 60, 480, 1, 30, 60)
    >>> [[cohort.deadline for cohort in stream] for stream in monotone_streams([a, b])]
    [[900], [480]]
    """
    one_case_type(cohorts)
    streams: list[list[Cohort]] = []
    latest: list[float] = []  # minus the last deadlines: stays sorted upwards
    for cohort in sorted(cohorts, key=lambda c: (c.start, c.deadline)):
        s = bisect_left(latest, -cohort.deadline)
        if s == len(streams):
            streams.append([])
            latest.append(0.0)
        streams[s].append(cohort)
        latest[s] = -cohort.deadline
    return streams


def one_case_type(cohorts: Sequence[Cohort]) -> None:
    """Raise :class:`InvalidInput` if the cohorts are of several case types."""
    names = sorted({cohort.case_type for cohort in cohorts})
    if len(names) > 1:
        raise InvalidInput(f"cohorts must be of one case type, got {names}")


def column(cohorts: Sequence[Cohort], name: str) -> Floats:
    """Return one attribute of every cohort, shape ``(cohorts,)``."""
    return np.array([getattr(cohort, name) for cohort in cohorts], dtype=float)


def _cumulative(minute: Floats, work: Floats, times: Floats) -> Floats:
    order = np.argsort(minute)
    total = np.concatenate(([0.0], np.cumsum(work[order])))
    return total[np.searchsorted(minute[order], times, side="right")]
