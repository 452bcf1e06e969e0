"""What the people that a shared queue needs at a site cost there, at its own prices."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from models.roster.certify import FINE
from models.roster.certify.demand import least_at, rows_of
from models.roster.problem import Cover
from models.roster.result import Certificate
from scheduler.domain import Plan
from scheduler.rosters.document import Entry
from scheduler.translate import Translation
from scheduler.translate.frame import Frame
from scheduler.translate.skills import Skills
from scheduler.translate.voice import voice

#: By the start of an interval of the site, in minutes: the most people.
Most: TypeAlias = Mapping[int, int]


class Priced(Entry):
    """What proves a bound of a site, apart from its part of shared queues.

    In 1/1024 of a cost unit. Whatever its part, no roster of the site costs less than
    ``rest`` and, for each shared queue and interval, the entry for its people.
    """

    rest: int
    costs: dict[str, list[list[int]]]


def priced(
    translation: Translation, certificate: Certificate, most: Mapping[str, Most]
) -> Priced | None:
    """Return a site's bound as a function of its parts of shared queues.

    Prices prove a bound whatever is required: only the rows of cover that have a shared
    queue cost another amount (Lagrangian relaxation). ``None`` where people who take
    two shared queues tie what is required of the one to the other.
    """
    queues = [set(demand.queues) & most.keys() for demand in translation.demands]
    if any(len(own) > 1 for own in queues):
        return None
    frame = Frame.of(translation.plan)
    rest = certificate.bound * FINE - FINE + 1  # a bound is rounded up
    costs = {}
    for queue, own in most.items():
        touched = [c for c, found in enumerate(queues) if queue in found]
        asked = _Asked(translation, certificate, frame, queue, touched)
        rest -= sum(asked.costs(translation.problem.covers, own).values())
        costs[queue] = asked.table(own)
    return Priced(rest=rest, costs=costs)


@dataclass(frozen=True, eq=False)
class _Asked:
    """The rows of cover that a shared queue is in."""

    translation: Translation
    certificate: Certificate
    frame: Frame
    queue: str
    touched: Sequence[int]

    def table(self, most: Most) -> list[list[int]]:
        """Return what 0, 1, ... people cost, by interval."""
        found: dict[int, list[int]] = {start: [] for start in most}
        skills = Skills(self.frame.plan)
        for people in range(max(most.values(), default=-1) + 1):
            frame = replace(self.frame, plan=self._requiring(people))
            covers = voice(frame, skills).covers
            own = [start for start, highest in most.items() if people <= highest]
            for start, cost in self.costs(covers, own).items():
                found[start].append(cost)
        return list(found.values())

    def _requiring(self, people: int) -> Plan:
        """Return the plan with so many people required in every interval."""
        plan, end = self.frame.plan, self.frame.horizon_end
        rows = [
            row.model_copy(update={"agents": people})
            if row.queue == self.queue and self.frame.axis.minute(row.start) < end
            else row
            for row in plan.required
        ]
        return plan.model_copy(update={"required": rows})

    def costs(self, covers: Sequence[Cover], starts: Iterable[int]) -> dict[int, int]:
        """Return what the rows cost at the prices, by the start of an interval."""
        problem = replace(self.translation.problem, covers=tuple(covers))
        every = rows_of(problem, self.certificate)
        rows = [every[c] for c in self.touched]
        period, step = self.frame.period, self.frame.interval
        return {
            start: sum(
                least_at(row, p)
                for row in rows
                for p in range(start // period, (start + step) // period)
            )
            for start in starts
        }
