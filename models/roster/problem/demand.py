"""What must be covered and cleared: works, cover, deferred work."""

from dataclasses import dataclass
from enum import StrEnum

from models.errors import InvalidInput
from models.roster.problem.units import Stretch


class Kind(StrEnum):
    """What an agent does at one moment of a shift."""

    VOICE = "voice"
    CASE = "case"
    IDLE = "idle"
    BREAK = "break"
    MEETING = "meeting"
    OTHER = "other"


@dataclass(frozen=True)
class Work:
    """Something that agents can be put on: a queue (or set of queues), a case type.

    An uninterrupted run of it lasts ``shortest`` to ``longest`` minutes (``None``: no
    limit): a break, a meeting, another work or the shift's end ends a run. ``open``
    are the stretches in which it may be done, apart and in order of time. In the first
    ``settling`` minutes of a run of case work nothing gets done.
    """

    name: str
    kind: Kind
    open: tuple[Stretch, ...]
    shortest: int = 0
    longest: int | None = None
    settling: int = 0

    def __post_init__(self) -> None:
        if self.kind not in (Kind.VOICE, Kind.CASE):
            raise InvalidInput(f"work {self.name!r}: kind must be voice or case")


@dataclass(frozen=True)
class Level:
    """A height of cover that is worth something.

    Costs ``cost`` for each centi-agent below ``target[p]`` in period ``p``, counted
    under the goal ``goal`` (``voice_shortfall`` or ``voice_cushion``).
    """

    goal: str
    target: tuple[int, ...]
    cost: int


@dataclass(frozen=True)
class LateCurve:
    """Late calls in one period, by cover: convex, falling, in straight pieces.

    The sum over ``steps``, pairs (height, rate), of ``rate * max(0, height - cover)``.
    """

    period: int
    steps: tuple[tuple[int, int], ...]

    def late(self, cover: int) -> int:
        """Return the late calls at a cover, ``1 / LATE`` of a call."""
        return sum(rate * max(0, height - cover) for height, rate in self.steps)


@dataclass(frozen=True)
class Target:
    """Late calls that some periods (of a day, a week) may have in all.

    Costs ``cost`` for each ``1 / LATE`` of a call beyond ``allowed``, under the goal
    ``late_calls``.
    """

    name: str
    allowed: int
    cost: int
    curves: tuple[LateCurve, ...]


@dataclass(frozen=True)
class Cover:
    """A row of voice cover: one queue, or a set of queues that share agents.

    Cover in period ``p`` is ``fixed[p]`` (people whose shift runs in from before day
    one) plus the speed of everybody who is then on a work in ``counts``. The first
    level is the requirement. No two ``targets`` have a period in common.
    """

    name: str
    counts: frozenset[int]
    levels: tuple[Level, ...]
    fixed: tuple[int, ...]
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True)
class Stream:
    """Work of one case type in which earlier arrivals have earlier deadlines.

    Both are ``(minute, work)`` in order of time. Work that is there at the start
    arrives at minute 0. Work whose deadline lies after the horizon has none here.
    """

    name: str
    arrivals: tuple[tuple[int, int], ...]
    deadlines: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Cases:
    """The deferred work of one case type.

    ``late_costs[i]`` is charged for each unit of work overdue at ``cuts[i]``,
    ``open_costs[i]`` for each unit that has arrived and is not done then.
    ``fixed[i]`` is work that somebody outside the problem can do in cut period ``i``,
    like ``Cover.fixed``; left out: none.
    """

    work: int
    streams: tuple[Stream, ...]
    late_costs: tuple[int, ...]
    open_costs: tuple[int, ...]
    fixed: tuple[int, ...] = ()

    def fixed_at(self, i: int) -> int:
        """Return the work that others can do in cut period ``i``."""
        return self.fixed[i] if self.fixed else 0
