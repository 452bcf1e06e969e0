"""Case work of each agent: limits by day and week, and shares that are fair."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from models.roster.problem import UNIT, CaseLimit
from scheduler.domain import Contract, Fairness
from scheduler.tables import BookRow, History, RuleLevel, RuleName
from scheduler.translate.frame import Frame, whole
from scheduler.translate.sharing import Shared
from scheduler.translate.subject import Subject
from scheduler.translate.windows import past

_HOUR = 60
_WEEK = 7
_FREE = 60  # minutes off a fair share that cost nothing
_RULE = RuleName.CASE_SHARE


def case_limits(of: Subject, rows: Sequence[BookRow]) -> Iterator[CaseLimit]:
    """Yield the limits of case work of an agent's book.

    What history says of the days of a window before day one is taken off. Nothing least
    is asked of a window that is not wholly known.
    """
    for row in rows:
        if row.rule is not _RULE or row.level is RuleLevel.OFF:
            continue
        cost = None
        if row.level is not RuleLevel.REQUIRED:
            hours = row.weight * of.frame.plan.weights.preferred_rule
            cost = whole(hours * UNIT / _HOUR)
        for window in of.windows(row):
            past = [shift for shift in of.history if shift.day >= window.first]
            done = sum(shift.case_minutes or 0 for shift in past)
            most = None
            if row.max is not None or row.percent is not None:
                paid = sum(
                    shift.paid for shift in past if shift.case_minutes is not None
                )
                share = (row.percent or 0) * paid // 100
                most = round(_HOUR * (row.max or 0)) + share - done
            asked = round(_HOUR * (row.min or 0)) if of.known(row, window) else 0
            yield CaseLimit(
                window.days,
                least=max(0, asked - done),
                most=most,
                percent=row.percent or 0,
                cost=cost,
            )


@dataclass(frozen=True)
class FairCases:
    """Case work shared out: who does calls and cases has a share by contract hours.

    Who does cases only takes what the contract's hours hold; the rest, and what has
    been done in the last weeks, is shared out among those who do both. A share is
    missed by an hour for nothing.
    """

    kind: Fairness
    hours: float
    both: Mapping[str, Contract]
    cases_only: Mapping[str, Contract]
    history: Mapping[str, Sequence[History]]
    frame: Frame

    def limits(self, agent_id: str) -> Iterator[CaseLimit]:
        """Yield what an agent's case work costs outside the share."""
        if agent_id not in self.both:
            return
        share, done = self._share(agent_id), self._done(agent_id)
        target = max(0, round(share * (self._before + self._to_come) - done))
        yield CaseLimit(
            tuple(range(self.frame.days)),
            least=max(0, target - _FREE),
            most=target + _FREE,
            cost=whole(self.kind.weight * UNIT / _HOUR),
            goal="fairness",
        )

    def shared(self) -> Shared:
        """Return what is shared out, among whom."""
        share = {a: self._share(a) for a in self.both}
        had = {a: self._done(a) / _HOUR for a in self.both}
        return Shared(self.kind.name, share, had, which=None)

    def _share(self, agent_id: str) -> float:
        return self.both[agent_id].max_hours_per_week / self._hours

    def _done(self, agent_id: str) -> float:
        """Return the minutes that an agent has been on cases, or should have been."""
        known = self._known[agent_id]
        return self._share(agent_id) * self._before if known is None else known

    @cached_property
    def _hours(self) -> float:
        """Contract hours of all who do both."""
        return sum(own.max_hours_per_week for own in self.both.values()) or 1

    @cached_property
    def _known(self) -> dict[str, int | None]:
        """Minutes that each of them has been on cases; ``None`` if nothing tells."""
        first = -_WEEK * self.kind.weeks
        found: dict[str, int | None] = {}
        for a in self.both:
            own = [
                x for x in past(self.frame, self.history.get(a, [])) if x.day >= first
            ]
            told = [x.case_minutes for x in own if x.case_minutes is not None]
            found[a] = sum(told) if told else None
        return found

    @cached_property
    def _before(self) -> float:
        """Minutes that all would have had, were all like those who are known."""
        known = {
            a: minutes for a, minutes in self._known.items() if minutes is not None
        }
        told = sum(self.both[a].max_hours_per_week for a in known)
        return sum(known.values()) * self._hours / (told or self._hours)

    @cached_property
    def _to_come(self) -> float:
        """Minutes that are left for them in the horizon."""
        weeks = self.frame.days / _WEEK
        taken = weeks * sum(o.max_hours_per_week for o in self.cases_only.values())
        return _HOUR * max(0.0, self.hours - taken)
