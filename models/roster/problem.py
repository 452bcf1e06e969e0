"""What a roster must satisfy, in positions and whole minutes.

Time is minutes since the start of the horizon (its first local midnight), elapsed
time: a day with a clock change has 1,380 or 1,500 of them. Stretches are half-open.
All times lie on the grid of ``period`` minutes. ``period p`` is
``[p * period, (p + 1) * period)``.

Quantities are whole numbers, so that engines and checker agree to the unit:

* speed: hundredths, 100 = a trained agent;
* cover: hundredths of an agent (centi-agents);
* work: twentieths of a minute (3 s) of a trained agent's time, so that every speed
  gives whole units on a grid of whole five minutes;
* cost: ``UNIT`` is worth one paid hour at a cost rate of 1.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from models.errors import InvalidInput

UNIT = 360_000  # cost units in one paid hour: every default weight is whole
WORK_PER_MINUTE = 20  # units of work that a trained agent does in a minute
FULL_SPEED = 100

RULES = (
    "one_shift_per_day",
    "own_shift_types",
    "rest_between_shifts",
    "minimum_hours",
    "maximum_hours",
    "minimum_days",
    "maximum_days",
    "run_of_days",
    "availability",
    "leave",
    "pins",
    "breaks_in_window",
    "breaks_in_order",
    "breaks_apart",
    "meetings",
    "skills",
    "opening_hours",
    "case_hours",
    "shortest_voice_run",
    "shortest_case_block",
    "longest_case_block",
    "work_after_arrival",
)

GOALS = (
    "voice_shortfall",
    "overdue",
    "paid_hours",
    "overtime",
    "preferences",
    "voice_cushion",
    "open_work",
    "block_starts",
    "idle",
)

Stretch = tuple[int, int]  # [start, end), minutes


def plain_clock(minute: int) -> str:
    """Return a minute as words, for problems without dates.

    >>> plain_clock(1500)
    'day 2 01:00'
    """
    day, rest = divmod(minute, 1440)
    return f"day {day + 1} {rest // 60:02}:{rest % 60:02}"


@dataclass(frozen=True)
class Break:
    """A break that a shift holds exactly once.

    ``earliest`` and ``latest`` bound its start, in minutes after the shift's start.
    """

    name: str
    minutes: int
    paid: bool
    earliest: int
    latest: int

    def __post_init__(self) -> None:
        if self.minutes <= 0 or not 0 <= self.earliest <= self.latest:
            raise InvalidInput(
                f"break {self.name!r}: must have minutes > 0 and "
                f"0 <= earliest <= latest, got {self.minutes} minutes, "
                f"[{self.earliest}, {self.latest}]"
            )


@dataclass(frozen=True)
class ShiftType:
    """Breaks in their order, and the least minutes from one's end to the next."""

    name: str
    breaks: tuple[Break, ...] = ()
    spacing: int = 0


@dataclass(frozen=True)
class Shift:
    """A dated shift of the menu; it belongs to the day on which it starts."""

    shift_type: int
    day: int
    start: int
    end: int
    paid_minutes: int


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
    are the stretches in which it may be done, apart and in order of time.
    """

    name: str
    kind: Kind
    open: tuple[Stretch, ...]
    shortest: int = 0
    longest: int | None = None

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
class Cover:
    """A row of voice cover: one queue, or a set of queues that share agents.

    Cover in period ``p`` is ``fixed[p]`` (people whose shift runs in from before day
    one) plus the speed of everybody who is then on a work in ``counts``. The first
    level is the requirement.
    """

    name: str
    counts: frozenset[int]
    levels: tuple[Level, ...]
    fixed: tuple[int, ...]


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


@dataclass(frozen=True)
class WeekLimits:
    """What one agent may still work in one week, inside the horizon.

    Leave credits and what was worked before day one are already taken off.
    Minutes beyond ``max_minutes`` are overtime, at most ``overtime_minutes`` of it.
    ``credited_minutes`` and ``credited_days`` are what was taken off, for messages.
    """

    min_minutes: int
    max_minutes: int
    overtime_minutes: int
    min_days: int
    max_days: int
    credited_minutes: int = 0
    credited_days: int = 0


@dataclass(frozen=True)
class Meeting:
    """Something an agent must attend once; it starts in ``[earliest, latest]``."""

    name: str
    minutes: int
    earliest: int
    latest: int


@dataclass(frozen=True)
class Pin:
    """An agent's day as the planner wants it: this shift, or (``None``) a day off."""

    day: int
    shift: Shift | None


class WishKind(StrEnum):
    """What a wish is about."""

    AVOID = "avoid"  #: not to work in a stretch of time: cost for each minute of shift
    WORK = "work"  #: to work on a day: cost once if the day is off
    SHIFT_TYPE = "shift_type"  #: cost once for each other type worked on that day


@dataclass(frozen=True)
class Wish:
    """A preference and what it costs not to grant it."""

    kind: WishKind
    day: int
    cost: int
    stretch: Stretch = (0, 0)  # avoid
    shift_type: int = -1  # shift_type


@dataclass(frozen=True)
class Agent:
    """One named person.

    Attributes
    ----------
    speeds
        Hundredths per work, in the order of ``RosterProblem.works``; 0: no skill.
    weeks
        In the order of ``RosterProblem.weeks``.
    min_rest
        Minutes from the end of a shift to the start of the next.
    max_run
        Most days worked in a row; ``None``: no limit.
    run_before
        Days worked in a row right up to day one.
    last_end
        End of the last shift that started before day one (positive when it runs into
        the horizon); ``None``: not known.
    unavailable, leave
        Stretches in which no minute of a shift may lie.
    paid_cost, overtime_cost
        Per paid minute; the second is added for minutes of overtime.
    """

    name: str
    shift_types: frozenset[int]
    speeds: tuple[int, ...]
    weeks: tuple[WeekLimits, ...]
    min_rest: int = 0
    max_run: int | None = None
    run_before: int = 0
    last_end: int | None = None
    unavailable: tuple[Stretch, ...] = ()
    leave: tuple[Stretch, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    pins: tuple[Pin, ...] = ()
    wishes: tuple[Wish, ...] = ()
    paid_cost: int = UNIT // 60
    overtime_cost: int = UNIT // 120


@dataclass(frozen=True)
class RosterProblem:
    """Agents, the menu of dated shifts, the works, what they must cover and clear.

    Attributes
    ----------
    period
        Minutes of the grid.
    day_starts
        Minute at which each day starts, and after the last one the horizon's end;
        length days + 1.
    periods
        Number of periods: the horizon and the tail in which a last shift may end.
    weeks
        Days (positions) of each week, in order.
    shifts
        The menu: every dated shift that some agent could work.
    cuts
        Minutes at which deferred work is counted, increasing, first 0, last the end
        of the horizon; every arrival and every deadline of a stream is one of them.
        Work done in ``(cuts[i - 1], cuts[i]]`` is period ``i`` of the case rows.
    block_cost, idle_cost
        Per case block started; per idle period. A block that is one uninterrupted
        run counts once.
    off
        Names of rules (of ``RULES``) that are not enforced.
    clock
        Words for a minute, for messages: day and time of day.
    """

    period: int
    day_starts: tuple[int, ...]
    periods: int
    weeks: tuple[tuple[int, ...], ...]
    shift_types: tuple[ShiftType, ...]
    shifts: tuple[Shift, ...]
    works: tuple[Work, ...]
    agents: tuple[Agent, ...]
    covers: tuple[Cover, ...] = ()
    cases: tuple[Cases, ...] = ()
    cuts: tuple[int, ...] = ()
    block_cost: int = 0
    idle_cost: int = 0
    off: frozenset[str] = frozenset()
    clock: Callable[[int], str] = field(default=plain_clock, compare=False)

    def __post_init__(self) -> None:
        for message in _nonsense(self):
            raise InvalidInput(message)

    @property
    def days(self) -> int:
        """Number of days in the horizon."""
        return len(self.day_starts) - 1

    @property
    def end(self) -> int:
        """Minute at which the last period ends."""
        return self.periods * self.period

    @cached_property
    def breaks_of(self) -> tuple[tuple[Break, ...], ...]:
        """Breaks of each dated shift, in the order of ``shifts``."""
        return tuple(self.shift_types[s.shift_type].breaks for s in self.shifts)

    def enforces(self, rule: str) -> bool:
        """Whether a rule of ``RULES`` holds here."""
        if rule not in RULES:
            raise InvalidInput(f"no rule {rule!r}")
        return rule not in self.off

    def without(self, *rules: str) -> "RosterProblem":
        """Return the same problem with these rules off."""
        return replace(self, off=self.off | frozenset(rules))


def _nonsense(problem: RosterProblem) -> list[str]:
    """Return what cannot be right about a problem."""
    if problem.period <= 0 or problem.period % 5:
        return [f"period must be a multiple of 5 minutes, got {problem.period}"]
    return [
        *(f"no rule {name!r}" for name in sorted(problem.off - set(RULES))),
        *(m for shift in problem.shifts for m in _nonsense_shift(problem, shift)),
        *(m for agent in problem.agents for m in _nonsense_agent(problem, agent)),
        *(m for cover in problem.covers for m in _nonsense_cover(problem, cover)),
        *(m for cases in problem.cases for m in _nonsense_cases(problem, cases)),
    ]


def _nonsense_shift(problem: RosterProblem, shift: Shift) -> list[str]:
    label = f"shift [{shift.start}, {shift.end})"
    found = []
    if not 0 <= shift.start < shift.end <= problem.end:
        found.append(f"{label}: not inside the horizon")
    if shift.start % problem.period or shift.end % problem.period:
        found.append(f"{label}: not on the grid")
    return found


def _nonsense_agent(problem: RosterProblem, agent: Agent) -> list[str]:
    found = []
    if len(agent.speeds) != len(problem.works):
        found.append(f"agent {agent.name!r}: needs one speed for each work")
    if len(agent.weeks) != len(problem.weeks):
        found.append(f"agent {agent.name!r}: needs limits for each week")
    return found


def _nonsense_cover(problem: RosterProblem, cover: Cover) -> list[str]:
    lengths = {len(cover.fixed), *(len(level.target) for level in cover.levels)}
    if lengths != {problem.periods}:
        return [f"cover {cover.name!r}: needs {problem.periods} periods"]
    return []


def _nonsense_cases(problem: RosterProblem, cases: Cases) -> list[str]:
    found = []
    lengths = {len(cases.late_costs), len(cases.open_costs), len(cases.fixed)}
    if lengths - {0} != {len(problem.cuts)}:
        found.append(f"cases {cases.work}: needs one cost for each cut")
    for stream in cases.streams:
        if not {t for t, _ in stream.arrivals + stream.deadlines} <= set(problem.cuts):
            found.append(f"stream {stream.name!r}: has a time that is no cut")
    return found
