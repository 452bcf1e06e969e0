"""How rosters get better: cycles of annealing, from the best or from the plan.

A cycle takes agents off days and weeks and lets them answer, while it cools. Once there
is a fractional plan that changes no more, each cycle begins with a fresh roster that
follows it: where a cycle ends depends on where it began. Before that, the best roster
is heated and cooled, and every new fractional plan is followed on the way.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from models.roster.columns.best import copied
from models.roster.columns.generate import Generator
from models.roster.columns.local import Local, cooled

SMALL = 50  # agents
_HOT, _COLD = 5.0, 0.05  # heat, paid hours; of more agents the less the more they are
_WARM = (2.0, 4.0, 1.0)  # heat of cycles that begin with the plan
_FOLLOWED = 5  # rosters that follow the plan, of which the best is taken
_PULLS = (
    0.1,
    0.2,
    0.05,
)  # paid hours an hour, for each person that cover is off the plan
_NEAR = 0.05  # gap of the linear program from which on its plan is followed
SETTLED = 5e-4  # and from which on small teams go by it
_CYCLE = 600  # exchanges per agent in the first cycle
_SLICE = 100  # exchanges between two looks at what the bound has found
_ENOUGH = 2e-5  # of the cost: sweeps that save less are not worth another one


@dataclass(eq=False)
class Cycles:
    """Cycles of one thread.

    Parameters
    ----------
    keep
        Called with a phase's name when there may be a better roster.
    """

    local: Local
    generator: Generator
    keep: Callable[[str], None]
    number: int = 0
    _followed: int = 0

    @property
    def is_settled(self) -> bool:
        """Whether the fractional plan is one to begin with again and again."""
        plan = self.generator.solution
        exact = plan is not None and plan.shares is None
        return self.generator.closed or (exact and self.generator.near(SETTLED))

    def cycle(self) -> Iterator[None]:
        """Run the next cycle; yields often."""
        if not self.local.agents:
            yield
            return
        agents, n = self.local.agents, self.number
        few = min(1.0, SMALL / agents)
        if self.is_settled:
            yield from self._begin_with_plan()
            length = (1 + n // len(_WARM)) * _CYCLE * min(agents, SMALL)
            yield from self._anneal(_WARM[n % len(_WARM)] * few**2, length)
        else:
            self.local.back_to_best()
            yield from self._anneal(_HOT * few, _CYCLE * agents << n)
        self.number += 1

    def _anneal(self, hot: float, length: int) -> Iterator[None]:
        """Exchange while it cools."""
        cold, settled = min(_COLD, hot / 2), self.is_settled
        for n in range(length):
            self.local.exchange(cooled(hot, cold, n / length))
            if n % _SLICE == 0:
                self.keep("exchange")
                yield
                if settled != self.is_settled:
                    return
                if not settled:
                    yield from self._follow_new()
        self.keep("exchange")
        yield

    def _begin_with_plan(self) -> Iterator[None]:
        """Follow the plan a few times, and go on from the best of these rosters."""
        local, best, least = self.local, None, None
        for n in range(_FOLLOWED):
            yield from self._follow(_PULLS[n % len(_PULLS)])
            cost = local.cost()
            if least is None or cost < least:
                best, least = copied(local.state), cost
        if best is not None:
            local.state = best

    def _follow_new(self) -> Iterator[None]:
        """Follow the fractional plan if there is a new one that is near the bound."""
        generator = self.generator
        now = generator.solution
        if generator.rounds == self._followed or not generator.near(_NEAR):
            return
        self._followed = generator.rounds
        if now is None:
            return
        pulls = _PULLS[:2] if now.shares is None else _PULLS[:1]
        yield from self._follow(pulls[generator.rounds % len(pulls)])
        self.local.back_to_best()

    def _follow(self, pull: float) -> Iterator[None]:
        """Follow the fractional plan, then let all answer what is missing."""
        generator = self.generator
        if generator.solution is None:
            return
        self.local.follow(generator.master, generator.solution, pull)
        for keep in (True, False):
            while self.local.sweep(keep=keep) > _ENOUGH * generator.bound:
                yield
        self.keep("follow")
        yield
