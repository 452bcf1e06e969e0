"""Sites that share queues: divisions that were tried, and the bound of all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from models.roster.certify import FINE
from models.roster.problem import UNIT
from scheduler.domain import Plan
from scheduler.sites.dividing import by_capacity, cheapest, towards
from scheduler.sites.pricing import Most, Priced
from scheduler.sites.sections import SharedQueue
from scheduler.sites.sharing import Ints, Part, Shared, parts, shared
from scheduler.sites.solved import Solved
from scheduler.translate.frame import Frame

_FIRST_STEP = 0.5  # of the way to the cheapest division at the prices found


@dataclass(frozen=True, eq=False)
class Division:
    """Who takes how much of each shared queue: people by site and interval."""

    queues: Sequence[Shared]
    people: Sequence[Ints]

    def parts(self, site: str) -> dict[str, Part]:
        """Return a site's part of each of its shared queues."""
        return {
            queue.queue: parts(queue, people)[site]
            for queue, people in zip(self.queues, self.people, strict=True)
            if site in queue.sites
        }

    def most(self, site: str, plan: Plan) -> dict[str, Most]:
        """Return the people that all sites need, by interval of a site's plan."""
        frame = Frame.of(plan)
        return {
            queue.queue: {
                frame.axis.minute(queue.moments[i]): int(queue.required[i])
                for i in _open(queue, site)
            }
            for queue in self.queues
            if site in queue.sites
        }


def _open(queue: Shared, site: str) -> list[int]:
    """Return the intervals in which a site can take calls of a queue."""
    own = queue.reach[queue.sites.index(site)]
    return [i for i, here in enumerate(own.tolist()) if here]


@dataclass(eq=False)
class Group:
    """Sites that share queues, directly or by way of others.

    Attributes
    ----------
    best
        What came of each site in the cheapest division tried.
    division
        That division.
    bound
        No rosters of the sites cost less, however the queues are divided; paid hours.
    tries
        How many divisions were tried.
    """

    sites: tuple[str, ...]
    queues: tuple[Shared, ...]
    best: dict[str, Solved] = field(default_factory=dict)
    division: Division | None = None
    bound: float | None = None
    tries: int = 0
    _aim: list[Ints] | None = None  # cheapest division at the prices of the best
    _step: float = _FIRST_STEP

    @classmethod
    def of(
        cls,
        names: tuple[str, ...],
        sharing: Sequence[SharedQueue],
        plans: Mapping[str, Plan],
    ) -> "Group":
        """Return the group of some sites, with all queues that they share."""
        queues = [
            shared(one.queue, {name: plans[name] for name in one.sites})
            for one in sharing
            if one.sites[0] in names
        ]
        return cls(names, tuple(queues))

    @property
    def cost(self) -> float | None:
        """What the best rosters cost together, paid hours."""
        return _cost(self.best)

    @property
    def gap(self) -> float | None:
        """How far that is above the bound."""
        if self.cost is None or self.bound is None or self.bound <= 0:
            return None
        return (self.cost - self.bound) / self.bound

    @property
    def is_priced(self) -> bool:
        """Whether prices tell what other divisions cost."""
        return self._aim is not None

    def first(self) -> Division:
        """Return the first division: by how many could be on the queues."""
        return Division(self.queues, [by_capacity(queue) for queue in self.queues])

    def tried(self, division: Division, found: Mapping[str, Solved]) -> None:
        """Remember what came of a division."""
        self.tries += 1
        bound, aim = self._priced(found)
        known = [one for one in (self.bound, bound, _floor(found)) if one is not None]
        self.bound = max(known, default=None)
        cost, before = _cost(found), self.cost
        if self.best and (cost is None or (before is not None and cost >= before)):
            self._step /= 2
            return
        self.best, self.division, self._aim = dict(found), division, aim

    def better(self, gap: float) -> Division | None:
        """Return a division on the way to where prices are equal, if it may help."""
        reached = self.gap is not None and self.gap <= gap
        if reached or self._aim is None or self.division is None:
            return None
        people = [
            towards(old, aim, self._step, queue.required)
            for old, aim, queue in zip(
                self.division.people, self._aim, self.queues, strict=True
            )
        ]
        same = zip(people, self.division.people, strict=True)
        if all((new == old).all() for new, old in same):
            return None
        return Division(self.queues, people)

    def _priced(
        self, found: Mapping[str, Solved]
    ) -> tuple[float | None, list[Ints] | None]:
        """Return the bound that prices prove for all divisions, and the cheapest."""
        own = {name: found[name].priced for name in self.sites}
        known = {name: one for name, one in own.items() if one is not None}
        if len(known) < len(own):
            return None, None
        total, aims = sum(one.rest for one in known.values()), []
        for queue in self.queues:
            costs, people = _cheapest_of(queue, known)
            total += costs
            aims.append(people)
        return total / FINE / UNIT, aims


def _cost(found: Mapping[str, Solved]) -> float | None:
    """Return what rosters cost together; ``None`` where one is missing."""
    costs = [one.cost for one in found.values()]
    known = [cost for cost in costs if cost is not None]
    return sum(known) if known and len(known) == len(costs) else None


def _floor(found: Mapping[str, Solved]) -> float | None:
    """Return what sites cost at least with no demand at all."""
    floors = [one.answer.result.floor for one in found.values() if one.answer]
    known = [floor for floor in floors if floor is not None]
    return sum(known) if len(known) == len(found) else None


def _cheapest_of(queue: Shared, own: Mapping[str, Priced]) -> tuple[int, Ints]:
    """Return what the cheapest division of a queue costs, and that division."""
    people = np.zeros_like(queue.capacity, dtype=np.int64)
    tables = {
        site: iter(own[site].costs[queue.queue]) for site in queue.sites
    }  # of the intervals in which a site can take calls
    total = 0
    for i in range(len(queue.moments)):
        here = np.flatnonzero(queue.reach[:, i])
        cost, chosen = cheapest([next(tables[queue.sites[s]]) for s in here])
        total += cost
        people[here, i] = chosen
    return total, people
