"""The order of things: a bound that rises and rosters that get better.

With several workers both go on at the same time; with one they take turns, so that the
same call does the same again.
"""

import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from models.roster.alone import alike, is_impossible
from models.roster.columns.best import Best
from models.roster.columns.branch import Branching
from models.roster.columns.cycles import SETTLED, SMALL, Cycles
from models.roster.columns.dives import Dives
from models.roster.columns.exact import prove
from models.roster.columns.floor import Tours, tours_of
from models.roster.columns.generate import Generator
from models.roster.columns.local import Local
from models.roster.columns.named import roster
from models.roster.columns.nodes import Nodes
from models.roster.columns.pricing import pricer
from models.roster.columns.shared import Shared
from models.roster.columns.taken import plain_week, weeks_of
from models.roster.cpsat.solve import is_large
from models.roster.halting import Halted
from models.roster.problem import RosterProblem
from models.roster.result import Certificate, Limits, Roster, StopReason, Stuck
from models.roster.rounding import cost_step, raised
from models.roster.start import settled
from models.roster.track import Flag, Track

Ints = npt.NDArray[np.int64]

_PAUSE = 0.05  # seconds
_FIRST_SHARE = 0.3  # of the time, in which the cheapest tours must have been found
_FIRST = 30.0  # seconds that they may take in any case; a roster of shifts only, too
_MOST_DOUBTS = 2  # whether there is a legal roster at all
_LIKELY = 20_000  # tours that branching begins with: a simplex is slow with more


class Search:
    """One solve of one problem.

    Attributes
    ----------
    best, cost, bound
        The best roster, what it costs, and what all rosters cost at least.
    nearest
        Where no legal roster was found: one that breaks rules which join agents.
    is_impossible, stuck
        Whether it is proved that no roster keeps all rules, and which ones it broke.
    is_too_large
        Whether the first tours alone took too large a share of the time.
    """

    def __init__(
        self,
        problem: RosterProblem,
        limits: Limits,
        track: Track,
        stop: Flag | None,
        start: Roster | None = None,
    ) -> None:
        self.problem, self.limits, self.track, self.stop = problem, limits, track, stop
        self.start = start
        self.best: Roster | None = None
        self.bound = 0
        self.nearest: Roster | None = None
        self.is_impossible = False
        self.stuck = Stuck()
        self.is_too_large = False
        self.certificate: Certificate | None = None
        self._found = Best()
        self._ended = threading.Event()
        self._errors: list[BaseException] = []
        self._doubts = 0
        self._alone = limits.workers <= 1
        self._step = cost_step(problem)
        self._until = max(_FIRST_SHARE * limits.seconds, min(_FIRST, limits.seconds))

    def run(self) -> tuple[StopReason, Tours]:
        """Search until there is a reason to stop."""
        workers = max(1, self.limits.workers)
        cheapest = Tours.unknown()
        with ThreadPoolExecutor(workers) as pool:
            try:
                self.pricer = pricer(self.problem, pool, workers, self._halt)
                cheapest = tours_of(self.pricer)
            except Halted:
                reason = self._reason()
                self.is_too_large = reason is None
                return reason or StopReason.TIME_LIMIT, cheapest
            if self.problem.works:
                self._until = self.limits.seconds
            if cheapest.without:
                return StopReason.PROOF, cheapest
            reason = self._search(cheapest.floor)
            late = self.track.seconds() >= self._until < self.limits.seconds
            self.is_too_large = late and self._found.state is None
        if self._errors:
            raise self._errors[0]
        return reason, cheapest

    def _search(self, floor: int) -> StopReason:
        """Search, once it is known what tours there are and cost at least."""
        self._raise(floor, "tours")
        self.generator = Generator(self.pricer, Shared.of(self.problem), self._halt)
        reason = self._in_turns() if self._alone else self._side_by_side()
        self._raise(self.generator.bound, "rounds")
        self.certificate = self.generator.certificate()
        if self._found.state is not None:
            found = roster(self.pricer, self._found.state)
            self.best = found if self._found.is_legal else None
            self.nearest = None if self._found.is_legal else found
        return reason

    def _cycles(self, seed: int) -> Cycles:
        """Return what a thread makes rosters better with."""
        local = Local(self.pricer, seed, self._halt, self._found)
        return Cycles(local, self.generator, lambda phase: self._keep(local, phase))

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
        """Raise the bound as far as it goes, and help with the rosters."""
        try:
            rounds = self._rounds()
            small = len(self.problem.agents) <= SMALL and is_large(self.problem)
            for _ in rounds:
                if self._halt():
                    return
                if small and self.generator.near(SETTLED):
                    break
            for _ in self._help(rounds):
                if self._halt():
                    return
        except Halted:
            pass
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
                self._raise(self.generator.bound, "rounds")  # it rises inside rounds
                if reason := self._reason():
                    return reason
                if done == self.limits.work:
                    return StopReason.WORK_LIMIT
        except Halted:
            pass
        return self._reason() or StopReason.TIME_LIMIT

    @property
    def cost(self) -> int | None:
        """What the best roster costs, cost units; ``None`` before there is one."""
        return self._found.cost if self._found.is_legal else None

    def is_set(self) -> bool:
        """Whether to stop what is under way (a ``Flag``)."""
        return self._ended.is_set() or self._reason() is not None

    def _halt(self) -> bool:
        """Whether to drop everything."""
        return (
            self._ended.is_set()
            or (self.stop is not None and self.stop.is_set())
            or self.track.seconds() >= self._until
        )

    def _reason(self) -> StopReason | None:
        if self.is_impossible or (self.cost is not None and self.cost <= self.bound):
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
        self.bound = max(self.bound, raised(bound, self._step))
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
            self.track.round = self.generator.rounds
            self._raise(self.generator.bound, "rounds")
            yield

    def _rosters(self) -> Iterator[None]:
        """Find rosters and make them better, for ever."""
        cycles = self._cycles(self.limits.seed)
        known = {}
        if self.start is not None:
            agents = settled(self.problem, self.start)
            known = weeks_of(self.pricer, self.start, agents)
        cycles.local.place(known)
        self._keep(cycles.local, "place")
        self._until = self.limits.seconds
        self._doubt(cycles.local, 1)
        yield
        while True:
            for _ in cycles.cycle():
                yield
                if self.generator.closed and self._can_branch:
                    break
            self._doubt(cycles.local, _MOST_DOUBTS)
            if self.generator.closed:
                yield from self._branch(cycles.local)
                yield from self._prove(cycles.local)

    def _doubt(self, local: Local, most: int) -> None:
        """Ask whether what the best roster breaks can be kept, up to so many times."""
        if self._found.is_legal or self._doubts >= most:
            return
        self._doubts += 1
        local.back_to_best()
        stuck = Stuck(
            tuple(np.flatnonzero(local.lacking()).tolist()),
            alike(self.problem, np.flatnonzero(local.broken()).tolist()),
        )
        if is_impossible(self.problem, stuck, self):
            self.stuck, self.is_impossible = stuck, True

    def _help(self, rounds: Iterator[None]) -> Iterator[None]:
        """Make rosters better beside the one who does so all the time.

        After each cycle there is a round for what the bound still lacks.
        """
        if not is_large(self.problem):
            return
        while self._found.state is None:
            self._ended.wait(_PAUSE)
            yield
        cycles = self._cycles(self.limits.seed + 1)
        while True:
            yield from cycles.cycle()
            next(rounds, None)

    @property
    def _can_branch(self) -> bool:
        """Whether all tours of a roster of shifts are written down."""
        graphs = self.pricer.graphs
        return graphs is not None and graphs.is_whole

    def _branch(self, local: Local) -> Iterator[None]:
        """Branch on a roster of shifts only, until nothing is left to decide."""
        graphs = self.pricer.graphs
        if graphs is None or not graphs.is_whole or self.cost is None:
            return

        def found(tours: Mapping[int, Ints]) -> int:
            kinds = local.state.kind
            local.place(
                {
                    a: plain_week(self.pricer, int(kinds[a]), options)
                    for a, options in tours.items()
                }
            )
            self._keep(local, "branch")
            return local.cost()

        def best() -> tuple[int, Ints]:
            state, cost = self._found.state, self.cost
            if state is None or cost is None:
                raise LookupError("no roster was found yet")
            return cost, np.array(state.options, dtype=np.int64)

        nodes = Nodes(
            self.pricer,
            graphs,
            self.generator.shared,
            self._step,
            found,
            self._halt,
            self.generator.likely_tours(_LIKELY),
            self.cost,
        )
        branching = Branching(nodes, Dives(nodes, best, local.draws), self.bound)
        for _ in branching.search():
            self._raise(branching.bound, "branch")
            yield
        self._raise(branching.bound, "branch")

    def _prove(self, local: Local) -> Iterator[None]:
        """Finish a small problem by exact means."""
        legal = self._found.state if self._found.is_legal else None
        now = legal and roster(self.pricer, legal)
        left = self.limits.seconds - self.track.seconds()
        found = prove(self.problem, now, self.limits, left, self)
        if found is None:
            return
        if found.is_impossible:
            self.is_impossible = True
            return
        if found.roster is not None:
            every = range(len(self.problem.agents))
            local.place(weeks_of(self.pricer, found.roster, every))
            self._keep(local, "exact")
        if found.bound is not None:
            self._raise(found.bound, "exact")
        yield

    def _keep(self, local: Local, phase: str) -> None:
        if local.keep() and self._found.is_legal:
            self.track.tell(phase, best=self.cost)
