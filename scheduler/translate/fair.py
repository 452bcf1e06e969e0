"""Shifts that are shared out, each agent against a target of their own."""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil, floor

from models.roster.problem import UNIT, Limit, Measure, Stretch, Which
from scheduler.clock import MINUTES_PER_DAY, as_minutes
from scheduler.domain import Contract, Fairness, Plan, Weekday
from scheduler.tables import History
from scheduler.translate.frame import Frame, whole
from scheduler.translate.windows import Past, Window, counted, past

_MOST_STEPS = 12


class Fair:
    """What is fair of each of ``plan.fairness``.

    Who works half the hours of others is meant to have half as many such shifts. What
    everybody has had is divided by these shares; each shift more costs the dearer the
    further its agent is ahead of who has had least (a convex sum is least where all are
    alike).
    """

    def __init__(
        self,
        frame: Frame,
        contracts: Mapping[str, Contract],
        history: Mapping[str, Sequence[History]],
    ) -> None:
        self._frame, plan = frame, frame.plan
        hours = {
            a.agent_id: contracts[a.contract].max_hours_per_week for a in plan.agents
        }
        mean = sum(hours.values()) / len(hours) if any(hours.values()) else 1
        self._share = {a: own / mean or 1.0 for a, own in hours.items()}
        self._had = [
            (kind, which, _had(frame, plan, which, history))
            for kind in plan.fairness
            for which in [Which(touching=_stretches(frame, kind))]
        ]

    def rules(self, agent_id: str) -> Iterator[Limit]:
        """Yield what shifts cost an agent, step by step."""
        share, days = self._share[agent_id], tuple(range(self._frame.days))
        for kind, which, had in self._had:
            least = min(had[a] / self._share[a] for a in had)
            steps = min(_MOST_STEPS, len(days) + ceil(max(had.values()) - least))
            for step in range(steps):
                yield Limit(
                    "fairness",
                    days,
                    which,
                    before=had[agent_id],
                    most=floor(share * (floor(least) + step)),
                    cost=whole(kind.weight * UNIT),
                    goal="fairness",
                )


def _had(
    frame: Frame, plan: Plan, which: Which, history: Mapping[str, Sequence[History]]
) -> dict[str, int]:
    """Return how many such shifts each agent has had."""
    found = {}
    for agent in plan.agents:
        shifts: list[Past] = past(frame, history.get(agent.agent_id, []))
        first = min((shift.day for shift in shifts), default=0)
        window = Window(first, -1, ())
        found[agent.agent_id] = counted(shifts, window, which, Measure.SHIFTS)
    return found


def _stretches(frame: Frame, kind: Fairness) -> tuple[Stretch, ...]:
    """Return the times of day on the weekdays, as far back as history goes."""
    start = as_minutes(kind.start) if kind.start else 0
    end = as_minutes(kind.end) if kind.end else MINUTES_PER_DAY
    end += MINUTES_PER_DAY * (end <= start)
    earliest = min(
        ((row.start.date() - frame.axis.first_day).days for row in frame.plan.history),
        default=0,
    )
    dates = (
        frame.axis.date(day) for day in range(min(earliest, 0) - 1, frame.days + 1)
    )
    return tuple(
        (frame.axis.local(date, start), frame.axis.local(date, end))
        for date in dates
        if list(Weekday)[date.weekday()] in kind.weekdays
    )
