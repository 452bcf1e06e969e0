"""Rules that join agents, as headcounts: a mix on the floor, pairs and teams."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from models.roster.problem import UNIT, Headcount, Stretch, Which
from scheduler.clock import MINUTES_PER_DAY
from scheduler.tables import FloorRow, PairRow, PairRule, RuleLevel
from scheduler.translate.frame import Frame, whole

_HOUR = 60
Marks = dict[str, frozenset[int]]


@dataclass
class Joint:
    """Finds what joins agents: headcounts, and the marks by which they know agents."""

    frame: Frame
    _numbers: dict[object, int] = field(default_factory=dict)
    _marks: dict[str, set[int]] = field(default_factory=dict)

    def found(self) -> tuple[Marks, tuple[Headcount, ...]]:
        """Return the marks of each agent who has some, and the headcounts."""
        plan = self.frame.plan
        rows = [
            *(row for each in plan.floor_mix for row in self._floor(each)),
            *(row for i, each in enumerate(plan.pairs) for row in self._pair(i, each)),
        ]
        marks = {name: frozenset(own) for name, own in self._marks.items()}
        return marks, tuple(rows)

    def _mark(self, subject: object, people: Iterable[str]) -> int:
        """Return the mark of a subject, which these people get."""
        number = self._numbers.setdefault(subject, len(self._numbers))
        for name in people:
            self._marks.setdefault(name, set()).add(number)
        return number

    def _cost(self, row: FloorRow | PairRow, minutes: int = _HOUR) -> int | None:
        """Return what a unit outside costs for so long; ``None`` if it is required."""
        if row.level is RuleLevel.REQUIRED:
            return None
        hours = row.weight * self.frame.plan.weights.preferred_rule
        return whole(hours * UNIT * minutes / _HOUR)

    def _floor(self, row: FloorRow) -> Iterator[Headcount]:
        """Yield who must be there, in each stretch in which no shift begins or ends."""
        if row.level is RuleLevel.OFF:
            return
        people = frozenset(self.frame.plan.able(row.role, row.skill))
        mark = self._mark((row.role, row.skill), people)
        title = row.role or row.skill
        for start, end in self._steps(self._stretches(row)):
            minutes = end - start
            yield Headcount(
                f"{title}, {self.frame.axis.clock(start)}",
                None,
                Which(touching=((start, end),), minutes=minutes),
                row.agents,
                self._cost(row, minutes),
                fixed=self._running_in(people, start, end),
                mark=mark,
                rule="floor_mix",
            )

    def _stretches(self, row: FloorRow) -> Iterator[Stretch]:
        frame, axis = self.frame, self.frame.axis
        end = row.end if row.end > row.start else row.end + MINUTES_PER_DAY
        days = range(frame.days) if row.day is None else frame.days_of(row.day)
        for date in map(axis.date, days):
            yield axis.local(date, row.start), axis.local(date, end)

    def _steps(self, stretches: Iterator[Stretch]) -> Iterator[Stretch]:
        """Yield stretches cut where a shift begins or ends."""
        cuts = {t for shift in self.frame.shifts for t in (shift.start, shift.end)}
        for start, end in stretches:
            inside = {t for t in cuts if start < t < end}
            yield from pairwise(sorted({start, end, *inside}))

    def _running_in(self, people: Collection[str], start: int, end: int) -> int:
        """Return how many of them are there from before day one."""
        return sum(
            name in people and first <= start and end <= last
            for name, first, last in self._running
        )

    @cached_property
    def _running(self) -> list[tuple[str, int, int]]:
        """Shifts of history that reach into the horizon."""
        minute = self.frame.axis.minute
        every = (
            (row.agent_id, minute(row.start), minute(row.end))
            for row in self.frame.plan.history
        )
        return [shift for shift in every if shift[2] > 0]

    def _pair(self, i: int, row: PairRow) -> Iterator[Headcount]:
        if row.level is RuleLevel.OFF:
            return
        people = self.frame.plan.members(row)
        if row.rule is PairRule.APART:
            yield from self._apart(i, row, people)
            return
        first = self._mark((i, "first"), people[:1])
        for name in people[1:]:
            other = self._mark((i, name), [name])
            yield from self._same_hours(row, people[0], name, first, other)

    def _same_hours(
        self, row: PairRow, one: str, other: str, mark: int, against: int
    ) -> Iterator[Headcount]:
        """Yield that both or none of two work each shift."""
        cost = self._cost(row)
        hours = {(shift.day, shift.start, shift.end) for shift in self.frame.shifts}
        for day, start, end in sorted(hours):
            yield Headcount(
                f"{one} and {other}, {self.frame.axis.clock(start)}",
                day,
                Which(starting=((start, start + 1),), lengths=frozenset({end - start})),
                0,
                cost,
                cost,
                mark=mark,
                against=against,
                rule="same_hours",
            )

    def _apart(
        self, i: int, row: PairRow, people: Sequence[str]
    ) -> Iterator[Headcount]:
        """Yield that one at most is there, in each stretch without a beginning or end.

        Where it is required, beginnings are enough: of two shifts that overlap one
        begins during the other.
        """
        mark = self._mark(i, people)
        steps: Iterator[Stretch] = self._steps(iter([(0, self.frame.end)]))
        if row.level is RuleLevel.REQUIRED:
            starts = {shift.start for shift in self.frame.shifts}
            steps = ((start, start + 1) for start in sorted(starts))
        for start, end in steps:
            running_in = self._running_in(people, start, end)
            yield Headcount(
                f"{' and '.join(people)}, {self.frame.axis.clock(start)}",
                None,
                Which(touching=((start, end),), minutes=end - start),
                max(1, running_in),
                0,
                self._cost(row, end - start),
                fixed=running_in,
                mark=mark,
                rule="apart",
            )
