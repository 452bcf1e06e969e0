"""Shifts that are shared out, each agent against a target of their own."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

from models.roster.problem import UNIT, Limit, Measure, Shift, Stretch, Which
from scheduler.calendars import clipped
from scheduler.clock import MINUTES_PER_DAY, as_minutes
from scheduler.domain import Contract, Fairness, Weekday
from scheduler.tables import History
from scheduler.translate.frame import Frame, whole
from scheduler.translate.sharing import Shared, touches
from scheduler.translate.windows import Window, counted, past

_BEHIND, _AHEAD = 3, 8  # steps from the level within which shares are told apart
_FAR = 10  # times the weight, for each shift that is more than one off the target
_WEEK = 7


@dataclass(frozen=True)
class _Kind:
    """Shifts to share out: what each agent who can work them has had by now.

    ``fewest`` is what the one furthest behind has had over the share, ``expected`` the
    level at the end of the horizon; ``None`` where history does not tell.
    """

    name: str
    which: Which
    cost: int
    had: Mapping[str, int]
    level: float
    fewest: float
    expected: float | None


class Fair:
    """What is fair of each of ``plan.fairness``.

    Who works half the hours of others is meant to have half as many such shifts: an
    agent's *share* is the contract's hours over their mean, the *level* what everybody
    has had over all shares, a *target* share times level. Who can work no such shift,
    or has no skill for what is open then, is left out; who has no history stands at
    the target.

    A shift costs ``weight`` for each step ``k`` with ``floor(share k)`` shifts before
    it: a convex sum, least where all are as near to their targets as can be. Whoever
    ends more than one shift off the target that is to be expected, were the horizon
    like the time before, costs ten times as much for each of these.
    """

    def __init__(
        self,
        frame: Frame,
        contracts: Mapping[str, Contract],
        history: Mapping[str, Sequence[History]],
        away: Mapping[str, Sequence[Stretch]],
    ) -> None:
        self._frame, self._away, plan = frame, away, frame.plan
        self._of = {a.agent_id: contracts[a.contract] for a in plan.agents}
        hours = {name: own.max_hours_per_week for name, own in self._of.items()}
        mean = sum(hours.values()) / len(hours) if any(hours.values()) else 1
        self._share = {a: own / mean or 1.0 for a, own in hours.items()}
        self._past = {a: past(frame, history.get(a, [])) for a in self._of}
        shifts = [kind for kind in plan.fairness if kind.of == "shifts"]
        self._kinds = [self._kind(kind) for kind in shifts]

    def rules(self, agent_id: str) -> Iterator[Limit]:
        """Yield what shifts cost an agent, step by step."""
        share, days = self._share[agent_id], tuple(range(self._frame.days))
        for kind in self._kinds:
            if agent_id not in kind.had:
                continue
            had, level = kind.had[agent_id], floor(kind.level)
            first = max(floor(kind.fewest), level - _BEHIND)
            last = level + _AHEAD + len(days)
            steps = Counter(
                max(0, floor(share * step) - had) for step in range(first, last)
            )
            for free, count in sorted(steps.items()):
                if free < len(days):
                    yield Limit(
                        "fairness",
                        days,
                        kind.which,
                        most=free,
                        cost=count * kind.cost,
                        goal="fairness",
                    )
            if kind.expected is not None:
                yield self._far(kind, share * kind.expected - had)

    def _far(self, kind: _Kind, left: float) -> Limit:
        """Return what ends further than one shift off ``left``, the target, cost."""
        return Limit(
            "fairness",
            tuple(range(self._frame.days)),
            kind.which,
            least=max(0, ceil(left - 1)),
            most=max(0, floor(left + 1)),
            cost=_FAR * kind.cost,
            goal="fairness",
        )

    def shared(self) -> Iterator[Shared]:
        """Yield what is shared out, among whom."""
        for kind in self._kinds:
            share = {a: self._share[a] for a in kind.had}
            yield Shared(kind.name, share, kind.had, kind.which)

    def _kind(self, kind: Fairness) -> _Kind:
        which = Which(touching=_stretches(self._frame, kind))
        shifts = [s for s in self._frame.shifts if touches(s, which)]
        able = [
            a
            for a in self._needed(which.touching or ())
            if any(self._can(a, shift) for shift in shifts)
        ]
        window = Window(-_WEEK * kind.weeks, -1, ())
        had = {
            a: counted(self._past[a], window, which, Measure.SHIFTS)
            for a in able
            if self._known(a, window)
        }
        shares = sum(self._share[a] for a in had)
        level = sum(had.values()) / shares if shares else 0.0
        new = {a: round(self._share[a] * level) for a in able if a not in had}
        every = had | new
        fewest = min((n / self._share[a] for a, n in every.items()), default=0.0)
        cost = whole(kind.weight * UNIT)
        expected = self._expected(level, window) if had else None
        return _Kind(kind.name, which, cost, every, level, fewest, expected)

    def _expected(self, level: float, window: Window) -> float | None:
        """Return the level at the horizon's end, days being as those of history.

        ``None`` where history is shorter than a week.
        """
        days = [s.day for own in self._past.values() for s in own]
        known = -min(max(day, window.first) for day in days)
        return None if known < _WEEK else level * (1 + self._frame.days / known)

    def _needed(self, stretches: Sequence[Stretch]) -> list[str]:
        """Return the agents with a skill for something that is open then."""
        plan, frame = self._frame.plan, self._frame
        inside = clipped(stretches, (0, frame.horizon_end))
        works = [(queue.skill or queue.name, queue.calendar) for queue in plan.queues]
        works += [(kind.skill or kind.name, kind.calendar) for kind in plan.case_types]
        wanted = {
            skill
            for skill, calendar in works
            if any(
                first < end and start < last
                for first, last in frame.opening(calendar)
                for start, end in inside
            )
        }
        skilled = {row.agent_id for row in plan.skills if row.skill in wanted}
        return [a for a in self._of if a in skilled or not wanted]

    def _can(self, agent_id: str, shift: Shift) -> bool:
        """Whether a shift is of the contract, in a time when the agent is available."""
        kind = self._frame.plan.shift_types[shift.shift_type]
        return kind.name in self._of[agent_id].shift_types and all(
            end <= shift.start or shift.end <= start
            for start, end in self._away.get(agent_id, ())
        )

    def _known(self, agent_id: str, window: Window) -> bool:
        return any(shift.day >= window.first for shift in self._past[agent_id])


def _stretches(frame: Frame, kind: Fairness) -> tuple[Stretch, ...]:
    """Return the times of day on the weekdays, as far back as history counts."""
    start = as_minutes(kind.start) if kind.start else 0
    end = as_minutes(kind.end) if kind.end else MINUTES_PER_DAY
    end += MINUTES_PER_DAY * (end <= start)
    days = range(-_WEEK * kind.weeks - 1, frame.days + 1)
    dates = (frame.axis.date(day) for day in days)
    return tuple(
        (frame.axis.local(date, start), frame.axis.local(date, end))
        for date in dates
        if list(Weekday)[date.weekday()] in kind.weekdays
    )
