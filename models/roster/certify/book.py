"""The rules of the book in the second opinion: what of a tour so far they remember.

Each rule is a plain recursion: ``begin`` is what is known before day one, ``after``
what is known after a day, and how many units the rule is broken by on it. Independent
of the machines of the engine.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from models.roster.problem import (
    Agent,
    Follow,
    Limit,
    LongRest,
    Measure,
    RosterProblem,
    Rule,
    Run,
    Shift,
    Spread,
    Stretch,
    Together,
    Which,
    Whole,
)

DONE = "done"  # nothing that is to come can matter


class Memory(Protocol):
    """One rule of one agent."""

    def begin(self) -> Hashable:
        """Return what is known before day one."""

    def after(self, known: Any, day: int, shifts: Sequence[Shift]) -> tuple[Any, int]:
        """Return what is known after a day on which these shifts are worked.

        And the units by which the rule is broken on it.
        """


def memory(problem: RosterProblem, agent: Agent, rule: Rule) -> Memory:
    """Return the recursion of a rule."""
    match rule:
        case Limit():
            return _Counted(rule)
        case Run():
            return _InARow(rule)
        case Follow():
            return _Waiting(problem, rule)
        case Spread():
            return _Starts(rule)
        case LongRest():
            return _Resting(problem, agent, rule)
        case Together():
            return _OffTogether(rule)
        case Whole():
            return _AllOrNone(rule)


def such(which: Which, shift: Shift) -> bool:
    """Whether a rule speaks of a shift."""
    in_type = which.types is None or shift.shift_type in which.types
    in_time = which.touching is None or (common(which.touching, shift) >= which.minutes)
    begins = which.starting is None or any(
        first <= shift.start < end for first, end in which.starting
    )
    long = which.lengths is None or shift.end - shift.start in which.lengths
    return in_type and in_time and begins and long


def common(stretches: Sequence[Stretch], shift: Shift) -> int:
    """Return the minutes of a shift that lie in some stretches."""
    return sum(
        max(0, min(end, shift.end) - max(start, shift.start))
        for start, end in stretches
    )


@dataclass(frozen=True)
class _Counted:
    rule: Limit

    def begin(self) -> tuple[int, bool]:
        return self.rule.before, False

    def after(
        self, known: tuple[int, bool], day: int, shifts: Sequence[Shift]
    ) -> tuple[tuple[int, bool], int]:
        rule = self.rule
        count, there = known
        own = [shift for shift in shifts if such(rule.which, shift)]
        if rule.groups:
            for group in rule.groups:
                if day in group:
                    there = there or bool(own)
                    if day == max(group):
                        count, there = count + there, False
        elif day in rule.days:
            count += sum(map(self._amount, own))
        if day != max(max(group) for group in rule.groups or (rule.days,)):
            return (count, there), 0
        units = max(0, count - rule.most) if rule.most is not None else 0
        if rule.least is not None:
            units += max(0, rule.least - count)
        return (0, False), units

    def _amount(self, shift: Shift) -> int:
        if self.rule.measure is Measure.PAID:
            return shift.paid_minutes
        if self.rule.measure is Measure.SHARED:
            return common(self.rule.which.touching or (), shift)
        return 1


@dataclass(frozen=True)
class _InARow:
    """What is known: length so far, is its beginning known, a shift in this group."""

    rule: Run

    def begin(self) -> tuple[int, bool, bool]:
        return self.rule.before or 0, self.rule.before is not None, False

    def after(
        self, known: tuple[int, bool, bool], day: int, shifts: Sequence[Shift]
    ) -> tuple[tuple[int, bool, bool], int]:
        rule = self.rule
        length, is_known, there = known
        group = next((group for group in rule.days if day in group), None)
        if group is None:
            return known, 0
        there = there or any(such(rule.which, shift) for shift in shifts)
        if day != max(group):
            return (length, is_known, there), 0
        if there != rule.off:
            length += 1
            beyond = rule.most is not None and length > rule.most
            enough = max(rule.least or 0, rule.most or 0)
            return (min(length, enough), is_known, False), int(beyond)
        lacks = (rule.least or 0) - length if length and is_known else 0
        return (0, True, False), max(0, lacks)


@dataclass(frozen=True)
class _Waiting:
    """What is known: the minute from which the other shifts may start."""

    problem: RosterProblem
    rule: Follow

    def begin(self) -> int:
        return self.rule.ready

    def after(self, known: int, day: int, shifts: Sequence[Shift]) -> tuple[int, int]:
        problem, rule = self.problem, self.rule
        units = 0
        for shift in shifts:
            units += such(rule.then, shift) and shift.start < known
            if such(rule.first, shift):
                known = max(known, shift.end + rule.rest)
                if rule.days:
                    free = min(day + rule.days + 1, problem.days)
                    known = max(known, problem.day_starts[free])
        tomorrow = problem.day_starts[day + 1]
        return (known if known > tomorrow else 0), units


@dataclass(frozen=True)
class _Starts:
    rule: Spread

    def begin(self) -> tuple[int, ...]:
        before = self.rule.before
        return tuple(sorted({min(before), max(before)})) if before else ()

    def after(
        self, known: tuple[int, ...], day: int, shifts: Sequence[Shift]
    ) -> tuple[tuple[int, ...], int]:
        rule = self.rule
        if day not in rule.days:
            return known, 0
        midnight = rule.midnights[rule.days.index(day)]
        starts = {*known, *(shift.start - midnight for shift in shifts)}
        if starts and day == max(rule.days):
            return (), max(0, max(starts) - min(starts) - rule.most)
        return tuple(sorted({min(starts), max(starts)})) if starts else (), 0


@dataclass(frozen=True)
class _Resting:
    """What is known: since when there has been no shift."""

    problem: RosterProblem
    agent: Agent
    rule: LongRest

    def begin(self) -> int:
        last = self.agent.last_end
        start, _ = self.rule.window
        return start if last is None else max(start, last)

    def after(self, known: Any, day: int, shifts: Sequence[Shift]) -> tuple[Any, int]:
        _, end = self.rule.window
        if known == DONE:
            return DONE, 0
        for shift in shifts:
            if min(shift.start, end) - known >= self.rule.least:
                return DONE, 0
            known = max(known, shift.end)
        if self.problem.day_starts[day + 1] < end and day + 1 < self.problem.days:
            return known, 0
        return DONE, int(end - known < self.rule.least)


@dataclass(frozen=True)
class _OffTogether:
    rule: Together

    def begin(self) -> int:
        return 0

    def after(self, known: Any, day: int, shifts: Sequence[Shift]) -> tuple[Any, int]:
        if day not in self.rule.days or known == DONE:
            return known, 0
        run = 0 if shifts else known + 1
        if run >= self.rule.least:
            return DONE, 0
        return (DONE, 1) if day == max(self.rule.days) else (run, 0)


@dataclass(frozen=True)
class _AllOrNone:
    rule: Whole

    def begin(self) -> frozenset[bool]:
        return frozenset()

    def after(
        self, known: frozenset[bool], day: int, shifts: Sequence[Shift]
    ) -> tuple[frozenset[bool], int]:
        if day not in self.rule.days:
            return known, 0
        known |= {bool(shifts)}
        if day == max(self.rule.days):
            return frozenset(), int(len(known) > 1)
        return known, 0
