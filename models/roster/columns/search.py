"""The order of things: a bound that rises and rosters that get better.

With several workers both go on at the same time; with one they take turns, so that the
same call does the same again.
"""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from models.roster.columns.exact import prove
from models.roster.columns.floor import Tours, tours_of
from models.roster.columns.generate import Generator
from models.roster.columns.local import Halted, Local, cooled
from models.roster.columns.named import roster
from models.roster.columns.pricing import pricer
from models.roster.columns.shared import Shared
from models.roster.problem import RosterProblem
from models.roster.result import Certificate, Limits, Roster, StopReason
from models.roster.track import Track

_PULLS = (0.1, 0.2)  # paid hours an hour, for each person that cover is off the plan
_NEAR = 0.05  # gap of the linear program from which on its plan is followed
_HOT, _COLD, _HOT_AGENTS = 5.0, 0.02, 50  # heat, paid hours, up to so many agents
_FIRST_CYCLE = 100  # exchanges per agent
_SLICE = 25  # exchanges between two looks at what the bound has found
_ENOUGH = 2e-5  # of the cost: sweeps that save less are not worth another one


class Search:
    """One solve of one problem.

    Attributes
    ----------
    best, cost, bound
        The best roster, what it costs, and what all rosters cost at least.
    """

    def __init__(
        self,
        problem: RosterProblem,
        limits: Limits,
        track: Track,
        stop: threading.Event | None,
    ) -> None:
        self.problem, self.limits, self.track, self.stop = problem, limits, track, stop
        self.best: Roster | None = None
        self.cost: int | None = None
        self.bound = 0
        self.certificate: Certificate | None = None
        self._ended = threading.Event()
        self._errors: list[BaseException] = []
        self._followed = 0

    def run(self) -> tuple[StopReason, Tours]:
        """Search until there is a reason to stop."""
        workers = max(1, self.limits.workers)
        with ThreadPoolExecutor(workers) as pool:
            priced = pricer(self.problem, pool, workers)
            cheapest = tours_of(priced)
            if cheapest.without:
                return StopReason.PROOF, cheapest
            self._raise(cheapest.floor, "tours")
            self.generator = Generator(priced, Shared.of(self.problem), self._halt)
            self.local = Local(priced, self.limits.seed, self._halt)
            reason = self._side_by_side() if workers > 1 else self._in_turns()
            self.certificate = self.generator.certificate()
            if self.local.best is not None and self.best is None:
                self.best = roster(priced, self.local.best)
        if self._errors:
            raise self._errors[0]
        return reason, cheapest

    def _side_by_side(self) -> StopReason:
        """Raise the bound in a thread of its own."""
        thread = threading.Thread(target=self._raise_bound, daemon=True)
        thread.start()
        try:
            return self._improve(self._rosters())
        finally:
            self._ended.set()
            thread.join()

    def _raise_bound(self) -> None:
        try:
            for _ in self._rounds():
                if self._halt():
                    return
        except BaseException as error:
            self._errors.append(error)
            self._ended.set()

    def _in_turns(self) -> StopReason:
        """Take turns: a round for the bound, a few exchanges; then exchanges only."""

        def turns() -> Iterator[None]:
            rosters = self._rosters()
            for _ in self._rounds():
                next(rosters)
                yield
            yield from rosters

        return self._improve(turns())

    def _improve(self, steps: Iterator[None]) -> StopReason:
        """Take steps until there is a reason to stop."""
        try:
            for done, _ in enumerate(steps, start=1):
                if reason := self._reason():
                    return reason
                if done == self.limits.work:
                    return StopReason.WORK_LIMIT
        except Halted:
            pass
        self.local.halt = lambda: False
        return self._reason() or StopReason.TIME_LIMIT

    def _halt(self) -> bool:
        """Whether to drop everything."""
        return (
            self._ended.is_set()
            or (self.stop is not None and self.stop.is_set())
            or self.track.seconds() >= self.limits.seconds
        )

    def _reason(self) -> StopReason | None:
        if self.cost is not None and self.cost <= self.bound:
            return StopReason.PROOF
        if self.stop is not None and self.stop.is_set():
            return StopReason.STOPPED
        near = self.limits.gap * self.bound
        if self.cost is not None and near and self.cost - self.bound <= near:
            return StopReason.GAP
        if self.track.seconds() >= self.limits.seconds:
            return StopReason.TIME_LIMIT
        return None

    def _raise(self, bound: int, phase: str) -> None:
        self.bound = max(self.bound, bound)
        self.track.tell(phase, bound=self.bound)

    def _rounds(self) -> Iterator[None]:
        """Raise the bound, round by round."""
        self.generator.begin()
        self._raise(self.generator.bound, "rounds")
        yield
        while not self.generator.closed:
            left = self.limits.seconds - self.track.seconds()
            if left <= 0 or not self.generator.round(left):
                return
            self._raise(self.generator.bound, "rounds")
            yield

    def _rosters(self) -> Iterator[None]:
        """Find rosters and make them better, for ever."""
        self.local.place()
        self._keep("place")
        yield
        cycle = _FIRST_CYCLE * max(1, self.local.agents)
        while True:
            yield from self._anneal(cycle)
            if self.generator.closed:
                yield from self._prove()
            cycle *= 2

    def _anneal(self, length: int) -> Iterator[None]:
        """Exchange while it cools; follow each new fractional plan on the way."""
        hot = _HOT * min(1.0, _HOT_AGENTS / max(1, self.local.agents))
        self.local.back_to_best()
        for n in range(length):
            if self.local.agents:
                self.local.exchange(cooled(hot, min(_COLD, hot / 2), n / length))
            if n % _SLICE == 0:
                self._keep("exchange")
                yield
                yield from self._follow()
        self._keep("exchange")
        yield

    def _follow(self) -> Iterator[None]:
        """Follow the fractional plan, if there is a new one that is near the bound."""
        generator = self.generator
        if generator.rounds == self._followed or not generator.near(_NEAR):
            return
        self._followed = generator.rounds
        if generator.solution is None:
            return
        pull = _PULLS[generator.rounds % len(_PULLS)]
        self.local.follow(generator.master, generator.solution, pull)
        for keep in (True, False):
            while self.local.sweep(keep=keep) > _ENOUGH * self.bound:
                yield
        self._keep("follow")
        yield
        self.local.back_to_best()

    def _prove(self) -> Iterator[None]:
        """Finish a small problem by exact means."""
        now = None
        if self.local.best is not None:
            now = roster(self.local.pricer, self.local.best)
        left = self.limits.seconds - self.track.seconds()
        found = prove(self.problem, now, self.limits, left, self.stop)
        if found is None:
            return
        if found.cost is not None and (self.cost is None or found.cost < self.cost):
            self.best, self.cost = found.roster, found.cost
            self.track.tell("exact", best=found.cost)
        if found.bound is not None:
            self._raise(found.bound, "exact")
        yield

    def _keep(self, phase: str) -> None:
        if self.local.keep():
            self.best, self.cost = None, self.local.best_cost
            self.track.tell(phase, best=self.cost)
