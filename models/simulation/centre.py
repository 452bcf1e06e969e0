"""What is simulated: queues, kinds of cases, people, and how work is given out."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from models.errors import InvalidInput
from models.simulation.world import Bytes, Floats, Ints, Records


class Blend(StrEnum):
    """How cases get their time."""

    RING_FENCED = "ring-fenced"  #: in the blocks; between calls only some kinds
    BETWEEN_CALLS = "between-calls"  #: when nobody calls; a call interrupts them
    THRESHOLD = "threshold"  #: when more than a reserve of people are free


@dataclass(frozen=True, eq=False)
class QueueModel:
    """Calls or chats of one queue.

    Attributes
    ----------
    calls, handle_seconds
        Expected calls, and their mean handle time, in each interval.
    handle_cv
        Standard deviation of handle time / mean: 1 is exponential, else lognormal.
    patience_seconds
        Mean patience, exponential; ``None``: for ever.
    answer_within_seconds
        What is in time.
    forecast_cv
        Of the factor by which all calls of a day are more or fewer than expected.
    factors
        Handle time while an agent holds 1, 2, ... of them / of one alone.
    priority
        A lower number goes first.
    """

    name: str
    calls: Floats
    handle_seconds: Floats
    patience_seconds: float | None = None
    answer_within_seconds: float = 20.0
    handle_cv: float = 1.0
    forecast_cv: float = 0.0
    factors: tuple[float, ...] = (1.0,)
    priority: int = 0


@dataclass(frozen=True)
class PartModel:
    """Some of the cases of a kind: their share, handle time and its spread."""

    share: float
    handle_seconds: float
    handle_cv: float = 0.0


@dataclass(frozen=True)
class FeedModel:
    """Cases that another kind gets once some are done."""

    kind: int
    share: float = 1.0
    wait_seconds: float = 0.0
    same_clock: bool = False


@dataclass(frozen=True, eq=False)
class KindModel:
    """Cases of one kind.

    Attributes
    ----------
    windows
        Stretches of time in which cases come, seconds, shape ``(windows, 2)``.
    inflow
        Expected cases of each window, evenly over it.
    open_due, open_late
        Deadlines of the cases that are there from the start, and whether their own one
        had passed before: such a case is late from the start, and counted as that.
    open_age
        How long they have been there, seconds; empty: not known, reckoned as 0.
    parts
        Their mix of handle times.
    due_table
        Deadline of a case that comes in each step of ``Centre.due_step``; two rows: of
        the first, and of the rest (the same where all have one).
    first_share
        Share of cases with the first deadline.
    between_calls
        Whether people on calls work on them when they are free, beside blocks.
    settling_seconds, resume_seconds
        Lost at the start of a block, and when cases are taken up between calls.
    """

    name: str
    windows: Floats
    inflow: Floats
    open_due: Floats
    open_late: Bytes
    parts: tuple[PartModel, ...]
    due_table: Floats
    first_share: float = 1.0
    forecast_cv: float = 0.0
    between_calls: bool = False
    settling_seconds: float = 0.0
    resume_seconds: float = 0.0
    utilisation: float = 1.0
    reopen_rate: float = 0.0
    reopen_after_seconds: float = 0.0
    reopen_same_due: bool = False
    feeds: tuple[FeedModel, ...] = ()
    open_age: Floats = field(default_factory=lambda: np.zeros(0))


@dataclass(frozen=True, eq=False)
class StaffModel:
    """Who does what.

    Attributes
    ----------
    events
        A table ``world.EVENT``, in the order of time.
    pools
        Kind of cases of each pool; -1: calls.
    serves
        By pool and queue.
    queue_speed, kind_speed
        By agent and queue, by agent and kind; 0: not able.
    shift_agent, shift_day
        Agent and day of each shift.
    absence
        By shift: chance that its agent does not come.
    """

    events: Records
    pools: Ints
    serves: Bytes
    queue_speed: Floats
    kind_speed: Floats
    shift_agent: Ints
    shift_day: Ints
    absence: Floats


@dataclass(frozen=True, eq=False)
class Centre:
    """An operation over some days; times in seconds from its start.

    Attributes
    ----------
    interval
        Seconds of an interval of calls.
    day_starts
        When each day starts, and the last one ends.
    due_step
        Seconds between two entries of the tables of deadlines.
    blend, reserve, hand_on
        How cases get their time, who stays free then, and whether a case that is not
        done when a block ends goes back to all.
    """

    interval: float
    day_starts: Floats
    queues: tuple[QueueModel, ...]
    kinds: tuple[KindModel, ...]
    staff: StaffModel
    due_step: float = 900.0
    blend: Blend = Blend.RING_FENCED
    reserve: int = 0
    hand_on: bool = False

    def __post_init__(self) -> None:
        people = len(self.staff.queue_speed)
        events = self.staff.events
        if len(events) and not 0 <= int(events["agent"].max()) < max(1, people):
            raise InvalidInput("an event of nobody")
        if (np.diff(events["at"]) < 0).any():
            raise InvalidInput("events are not in the order of time")
        if self.reserve < 0:
            raise InvalidInput(f"a reserve of {self.reserve}: 0 or more is expected")

    def with_staff(self, staff: StaffModel) -> "Centre":
        """Return the same calls and cases with other people."""
        return replace(self, staff=staff)


def days_of(starts: Floats, moments: npt.ArrayLike) -> Ints:
    """Return the day of each moment: -1 before the first, their number after all."""
    found: Ints = np.searchsorted(starts, moments, side="right") - 1
    return found
