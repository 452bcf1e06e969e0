"""What people do, as groups that have one colour each, and labels within them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from models.roster.problem import Kind, RosterProblem
from models.roster.result import Activity, Roster
from scheduler.calendars import TimeAxis
from scheduler.report.page.document import DayHours, Group, Label

_NAMES = {
    Kind.VOICE: "calls",
    Kind.BREAK: "breaks",
    Kind.MEETING: "meetings",
    Kind.OTHER: "other",
    Kind.IDLE: "nothing to do",
}
COLOURS = 8  # that case types have; further types begin again


@dataclass(frozen=True)
class Doings:
    """The groups of a page, and the labels of a roster's activities."""

    groups: tuple[Group, ...]
    labels: tuple[Label, ...]
    _position: dict[tuple[Kind, str], int]

    @classmethod
    def of(cls, problem: RosterProblem, roster: Roster) -> "Doings":
        """Return the groups of a problem: calls, each case type, and the rest."""
        cases = [work.name for work in problem.works if work.kind is Kind.CASE]
        groups = [Group(colour="calls", name=_NAMES[Kind.VOICE])]
        groups += [
            Group(colour=f"case-{k % COLOURS}", name=name)
            for k, name in enumerate(cases)
        ]
        rest = [kind for kind in _NAMES if kind is not Kind.VOICE]
        groups += [Group(colour=kind.value, name=_NAMES[kind]) for kind in rest]
        kinds: dict[Kind, int] = {
            kind: len(cases) + 1 + k for k, kind in enumerate(rest)
        }
        kinds[Kind.VOICE] = 0
        of_case = {name: 1 + k for k, name in enumerate(cases)}
        seen = dict.fromkeys((x.kind, x.name) for x in roster.activities or ())
        labels = [
            Label(
                name=name,
                # A case type that the plan does not have is a violation; here: other.
                group=of_case.get(name, kinds[Kind.OTHER])
                if kind is Kind.CASE
                else kinds[kind],
            )
            for kind, name in seen
        ]
        return cls(tuple(groups), tuple(labels), {key: n for n, key in enumerate(seen)})

    def case_group(self, name: str) -> int:
        """Return the group of a case type."""
        return next(
            n
            for n, group in enumerate(self.groups)
            if n and group.name == name and group.colour.startswith("case-")
        )

    def label(self, activity: Activity) -> int:
        """Return the label of an activity."""
        return self._position[activity.kind, activity.name]

    def group(self, activity: Activity) -> int:
        """Return the group of an activity."""
        return self.labels[self.label(activity)].group


def hours_by_day(
    problem: RosterProblem, axis: TimeAxis, roster: Roster, doings: Doings
) -> list[DayHours]:
    """Return the agent-hours of each group, day by day.

    What is done after midnight is of the day after; a shift is paid on the day on
    which it starts.
    """
    minutes = np.zeros((problem.days, len(doings.groups)))
    spans: Sequence[tuple[int, int]] = list(pairwise(problem.day_starts))
    starts = np.asarray(problem.day_starts)
    for x in roster.activities or ():
        first = int(np.searchsorted(starts, x.start, side="right")) - 1
        for day in range(max(0, first), problem.days):
            start, end = spans[day]
            if start >= x.end:
                break
            minutes[day, doings.group(x)] += max(
                0, min(x.end, end) - max(x.start, start)
            )
    paid = np.zeros(problem.days)
    for shift in roster.worked:
        paid[shift.day] += shift.paid_minutes
    return [
        DayHours(
            date=axis.date(day),
            hours=[round(own, 2) for own in (minutes[day] / 60).tolist()],
            paid_hours=round(float(paid[day]) / 60, 2),
        )
        for day in range(problem.days)
    ]
