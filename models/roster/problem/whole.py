"""The whole problem."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field, fields, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from models.errors import InvalidInput
from models.roster.problem.demand import Cases, Cover, Work
from models.roster.problem.fills import Fill
from models.roster.problem.people import Agent
from models.roster.problem.rules import Headcount
from models.roster.problem.sense import nonsense
from models.roster.problem.shifts import Break, Shift, ShiftType
from models.roster.problem.units import RULES

TYPE, DAY, START, END, PAID = range(5)  # columns of ``RosterProblem.shift_table``


def plain_clock(minute: int) -> str:
    """Return a minute as words, for problems without dates.

    >>> plain_clock(1500)
    'day 2 01:00'
    """
    day, rest = divmod(minute, 1440)
    return f"day {day + 1} {rest // 60:02}:{rest % 60:02}"


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
    fills
        Case work between calls; at most one for each of ``cases``.
    headcounts
        People wanted on some shifts, and who is there together or not.
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
    fills: tuple[Fill, ...] = ()
    headcounts: tuple[Headcount, ...] = ()
    block_cost: int = 0
    idle_cost: int = 0
    off: frozenset[str] = frozenset()
    clock: Callable[[int], str] = field(default=plain_clock, compare=False)

    def __post_init__(self) -> None:
        for message in nonsense(self):
            raise InvalidInput(message)

    @cached_property
    def joint(self) -> tuple[Headcount, ...]:
        """The headcounts whose rules are on."""
        return tuple(row for row in self.headcounts if row.rule not in self.off)

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

    @cached_property
    def shift_table(self) -> npt.NDArray[np.int64]:
        """The menu as rows of numbers, columns ``TYPE``, ``DAY``, ``START``, ..."""
        rows = [
            (s.shift_type, s.day, s.start, s.end, s.paid_minutes) for s in self.shifts
        ]
        return np.array(rows, dtype=np.int64).reshape(-1, 5)

    def enforces(self, rule: str) -> bool:
        """Whether a rule of ``RULES`` holds here."""
        if rule not in RULES:
            raise InvalidInput(f"no rule {rule!r}")
        return rule not in self.off

    def without(self, *rules: str) -> "RosterProblem":
        """Return the same problem with these rules off."""
        return replace(self, off=self.off | frozenset(rules))

    def of_agents(self, *agents: Agent, joined: bool = True) -> "RosterProblem":
        """Return the same problem of some of its agents: right as this one is.

        Not ``joined``, without the headcounts that join agents.
        """
        found = copy(self)
        known = {own.name for own in fields(self)}
        for derived in vars(self).keys() - known:
            del vars(found)[derived]
        vars(found)["agents"] = agents
        if not joined:
            vars(found)["headcounts"] = ()
        return found
