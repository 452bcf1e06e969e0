"""How rosters get better: cycles of annealing, from the best or from the plan.

A cycle takes agents off days and weeks and lets them answer, while it cools. Once there
is a fractional plan that changes no more, each cycle begins with a fresh roster that
follows it: where a cycle ends depends on where it began. Before that, the best roster
is heated and cooled, and every new fractional plan is followed on the way.

Of small teams whole people decide: one that is missing for a quarter of an hour costs
more than all else that cycles differ in. So days that are short of people are chosen
more often, and a cycle ends with shifts that may change how long they are.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from models.roster.columns.best import copied
from models.roster.columns.exchanges import Exchanges, Manner, cooled
from models.roster.columns.generate import Generator
from models.roster.columns.local import Local

SMALL = 50  # agents
_HOT, _COLD = 5.0, 0.05  # heat, paid hours; of more agents the less the more they are
_MILD = (0.5, 0.25, 1.0)  # heat of cycles of small teams that begin with the plan
_WARM = (2.0, 4.0, 1.0)  # and of others
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
_MANNER = Manner(short_days=0.3)  # of small teams, until then
_FINISH = Manner(short_days=0.5, lengths=0.3)
_MILDEST, _COLDEST = 0.2, 0.03  # heat at the end of their cycles
_FINISHES = 120  # exchanges per agent then
_REPAIRS = (1.0, 10.0, 2.0, 5.0)  # heat of a short day by itself, one after the other
_REPAIR = 200  # exchanges per agent of such a day
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

    def __post_init__(self) -> None:
        self.exchanges = Exchanges(self.local)

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
        if self.generator.best is not None:
            self.local.late_prices = self.generator.best.targets
        few = min(1.0, SMALL / agents)
        if self.is_settled:
            yield from self._begin_with_plan()
            heats = _MILD if agents <= SMALL else _WARM
            growth = 1 if agents <= SMALL else 1 + n // len(heats)
            length = growth * _CYCLE * min(agents, SMALL)
            yield from self._anneal(heats[n % len(heats)] * few**2, length)
        else:
            self.local.back_to_best()
            yield from self._anneal(_HOT * few, _CYCLE * agents << n)
        if agents <= SMALL:
            yield from self._finish()
        self.number += 1

    def _anneal(self, hot: float, length: int) -> Iterator[None]:
        """Exchange while it cools."""
        cold, settled = min(_COLD, hot / 2), self.is_settled
        self.exchanges.manner = _MANNER if self.local.agents <= SMALL else Manner()
        for n in range(length):
            self.exchanges.exchange(cooled(hot, cold, n / length))
            if n % _SLICE == 0:
                self.keep("exchange")
                yield
                if settled != self.is_settled:
                    return
                if not settled:
                    yield from self._follow_new()
        self.keep("exchange")
        yield

    def _finish(self) -> Iterator[None]:
        """Let shifts get longer or shorter, and work on the days that stay short.

        Only now: while it is hot, longer shifts would come to stay. A short day is
        annealed by itself, again and again from the same roster.
        """
        exchanges = self.exchanges
        exchanges.manner = _FINISH
        steps = _FINISHES * self.local.agents
        yield from self._cool(_MILDEST, steps, exchanges.exchange)
        for hot in _REPAIRS:
            for day in exchanges.short_days().tolist():
                yield from self._repair(day, hot)
        yield from self._cool(_MILDEST, steps, exchanges.exchange)

    def _repair(self, day: int, hot: float) -> Iterator[None]:
        """Anneal a day by itself; go back if that makes the roster no better."""
        local = self.local
        before, cost = copied(local.state), local.cost()
        working = int((local.state.options[:, day] >= 0).sum())
        on_day = partial(self.exchanges.on_day, day)
        yield from self._cool(hot, _REPAIR * working, on_day)
        if local.cost() > cost:
            local.state = before

    def _cool(
        self, hot: float, steps: int, exchange: Callable[[float], int]
    ) -> Iterator[None]:
        for n in range(steps):
            exchange(cooled(hot, _COLDEST, n / steps))
            if n % _SLICE == 0:
                yield
        self.keep("finish")
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
        self.keep("follow")
        for keep in (True, False) if self.local.pricer.problem.works else (False,):
            while self._sweep(keep=keep) > _ENOUGH * generator.bound:
                yield
        yield

    def _sweep(self, *, keep: bool) -> int:
        """Let all answer once; what is better counts, also if that is cut short."""
        try:
            return self.local.sweep(keep=keep)
        finally:
            self.keep("follow")
