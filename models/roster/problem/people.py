"""Agents: contracts, absence, meetings, pins, wishes."""

from dataclasses import dataclass
from enum import StrEnum

from models.roster.problem.rules import CaseLimit, Rule
from models.roster.problem.shifts import Shift
from models.roster.problem.units import UNIT, Stretch


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


@dataclass(frozen=True)
class Task:
    """Work that an agent is pinned to, minutes; ``None``: no work, break or idle."""

    work: int | None
    start: int
    end: int


class WishKind(StrEnum):
    """What a wish is about."""

    AVOID = "avoid"  #: not to work in a stretch of time: cost for each minute of shift
    WORK = "work"  #: to work on a day: cost once if the day is off
    SHIFT_TYPE = "shift_type"  #: cost once for each other type worked on that day


@dataclass(frozen=True)
class Wish:
    """A preference and what it costs not to grant it; others are rules preferred."""

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
    weeks_without_leave
        For each stretch of leave ``weeks`` without what it credits; empty: not known.
    marks
        What headcounts know the agent by.
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
    weeks_without_leave: tuple[tuple[WeekLimits, ...], ...] = ()
    meetings: tuple[Meeting, ...] = ()
    pins: tuple[Pin, ...] = ()
    wishes: tuple[Wish, ...] = ()
    rules: tuple[Rule, ...] = ()
    marks: frozenset[int] = frozenset()
    case_limits: tuple[CaseLimit, ...] = ()
    tasks: tuple[Task, ...] = ()
    paid_cost: int = UNIT // 60
    overtime_cost: int = UNIT // 120
