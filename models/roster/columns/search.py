"""The order of things: a bound that rises and rosters that get better.

With several workers both go on at the same time; with one they take turns, so that the
same call does the same again.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

from models.roster.columns.cycles import SETTLED, SMALL, Cycles
from models.roster.columns.elsewhere import HELD, Elsewhere, common
from models.roster.columns.ending import branch, can_branch, doubt, finish
from models.roster.columns.floor import Tours, tours_of
from models.roster.columns.generate import Generator, climbs
from models.roster.columns.local import Local
from models.roster.columns.named import roster
from models.roster.columns.near import settle
from models.roster.columns.pricing import pricer
from models.roster.columns.program import (
    has_alike,
    has_program,
    search_program,
    search_tours,
)
from models.roster.columns.replies import Replies
from models.roster.columns.shared import Shared
from models.roster.columns.standing import Standing
from models.roster.columns.taken import weeks_of
from models.roster.cpsat.solve import is_large
from models.roster.halting import Halted
from models.roster.helpers import Opener
from models.roster.problem import RosterProblem
from models.roster.result import Certificate, Limits, Roster, StopReason
from models.roster.start import settled
from models.roster.track import Flag, Track

_PAUSE = 0.05  # seconds
_FIRST_SHARE = 0.3  # of the time, in which the cheapest tours must have been found
_FIRST = 30.0  # seconds that they may take in any case; a roster of shifts only, too


class Search:
    """One solve of one problem.

    Attributes
    ----------
    standing
        What is known.
    best
        The best roster.
    nearest
        Where no legal roster was found: one that breaks rules which join agents.
    is_too_large
        Whether the first tours alone took too large a share of the time.
    helpers
        How many were asked.
    stays
        Whether the roster stays near the one that it starts from.
    """

    def __init__(
        self,
        problem: RosterProblem,
        limits: Limits,
        track: Track,
        stop: Flag | None,
        start: Roster | None = None,
        opener: Opener | None = None,
    ) -> None:
        self.problem, self.limits, self.track = problem, limits, track
        self.start, self.opener = start, opener
        self.standing = Standing(problem, limits, track, stop)
        self.stays = limits.near and problem.works != ()
        first = max(_FIRST_SHARE * limits.seconds, _FIRST)
        if self.stays:  # no other engine does, so that none can go on
            first = limits.seconds
        self.standing.until = min(first, limits.seconds)
        self.best: Roster | None = None
        self.nearest: Roster | None = None
        self.is_too_large = False
        self.certificate: Certificate | None = None
        self.helpers = 0
        self._errors: list[BaseException] = []
        self._has_cycled = threading.Event()
        self._has_climbed = threading.Event()  # all that the bound's thread can do
        self._alone = limits.workers <= 1

    def run(self) -> tuple[StopReason, Tours]:
        """Search until there is a reason to stop."""
        workers, standing = max(1, self.limits.workers), self.standing
        cheapest = Tours.unknown()
        with ThreadPoolExecutor(workers) as pool:
            try:
                self.pricer = pricer(self.problem, pool, workers, standing.halt)
                cheapest = tours_of(self.pricer)
            except Halted:
                reason = standing.reason()
                self.is_too_large = reason is None
                return reason or StopReason.TIME_LIMIT, cheapest
            if self.problem.works:
                standing.until = self.limits.seconds
            if cheapest.without:
                return StopReason.PROOF, cheapest
            reason = self._search(cheapest.floor)
            late = self.track.seconds() >= standing.until < self.limits.seconds
            self.is_too_large = late and standing.found.state is None
        if self._errors:
            raise self._errors[0]
        return reason, cheapest

    def _search(self, floor: int) -> StopReason:
        """Search, once it is known what tours there are and cost at least."""
        standing = self.standing
        standing.raise_bound(floor, "tours")
        shared = Shared.of(self.problem)
        with self._replies() as replies:
            self.generator = Generator(replies, shared, standing.halt)
            reason = self._in_turns() if self._alone else self._side_by_side()
        standing.raise_bound(self.generator.bound, "rounds")
        self.certificate = self.generator.certificate()
        if standing.found.state is not None:
            found = roster(self.pricer, standing.found.state)
            self.best = found if standing.found.is_legal else None
            self.nearest = None if standing.found.is_legal else found
        return reason

    @contextmanager
    def _replies(self) -> Iterator[Replies]:
        """Give what finds the replies of classes: helpers, if there are any."""
        if self.opener is None or not climbs(self.pricer):
            yield Replies(self.pricer)
            return
        with self.opener(HELD, common(self.problem)) as helpers:
            self.helpers = helpers.width
            yield Elsewhere(self.pricer, helpers, self.standing.halt)

    def _cycles(self, seed: int) -> Cycles:
        """Return what a thread makes rosters better with."""
        standing = self.standing
        local = Local(self.pricer, seed, standing.halt, standing.found)
        return Cycles(local, self.generator, lambda phase: standing.keep(local, phase))

    def _side_by_side(self) -> StopReason:
        """Raise the bound in a thread of its own."""
        thread = threading.Thread(target=self._raise_bound, daemon=True)
        thread.start()
        try:
            return self._improve(self._rosters())
        finally:
            self.standing.ended.set()
            thread.join()

    def _raise_bound(self) -> None:
        """Do what the second worker does; its errors are the search's."""
        try:
            for _ in self._beside():
                if self.standing.halt():
                    return
        except Halted:
            pass
        except BaseException as error:
            self._errors.append(error)
            self.standing.ended.set()
        finally:
            self._has_climbed.set()

    def _beside(self) -> Iterator[None]:
        """Raise the bound as far as it goes, then help with the rosters."""
        rounds = self._rounds()
        if self.stays:
            yield from rounds
            return
        small = len(self.problem.agents) <= SMALL and is_large(self.problem)
        for _ in rounds:
            yield
            if small and self.generator.near(SETTLED):
                break
        if has_alike(self.pricer) and self.generator.closed:
            tours = partial(search_tours, master=self.generator.master)
            self._search_beside(tours)
            yield
        if has_program(self.problem):
            while not self._has_cycled.wait(_PAUSE):  # it would be in the way
                yield
            self._search_beside(search_program)
            yield
        yield from self._help(rounds)

    def _search_beside(self, search: Callable[[Standing, Local, int], None]) -> None:
        """Search by HiGHS beside all else."""
        standing, seed = self.standing, self.limits.seed
        local = Local(self.pricer, seed, standing.halt, standing.found)
        search(standing, local, seed)
        if standing.reason():
            standing.ended.set()  # the others are in the middle of a dive

    def _in_turns(self) -> StopReason:
        """Take turns: a round for the bound, a few exchanges; then exchanges only."""

        def turns() -> Iterator[None]:
            rosters = self._rosters()
            for _ in self._rounds():
                next(rosters, None)
                yield
            yield from rosters

        return self._improve(turns())

    def _improve(self, steps: Iterator[None]) -> StopReason:
        """Take steps until there is a reason to stop."""
        standing = self.standing
        try:
            for done, _ in enumerate(steps, start=1):
                # it rises inside rounds
                standing.raise_bound(self.generator.bound, "rounds")
                if reason := standing.reason():
                    return reason
                if done == self.limits.work:
                    return StopReason.WORK_LIMIT
        except Halted:
            pass
        nothing_left = StopReason.NEAR if self.stays else StopReason.TIME_LIMIT
        return standing.reason() or nothing_left

    def _rounds(self) -> Iterator[None]:
        """Raise the bound, round by round."""
        self.generator.begin()
        self.standing.raise_bound(self.generator.bound, "rounds")
        yield
        while not self.generator.closed:
            left = self.standing.left
            if left <= 0 or not self.generator.round(left):
                return
            self.track.round = self.generator.rounds
            self.standing.raise_bound(self.generator.bound, "rounds")
            yield

    def _rosters(self) -> Iterator[None]:
        """Find rosters and make them better, for ever; near a start as far as pays."""
        standing, cycles = self.standing, self._cycles(self.limits.seed)
        known = {}
        if self.start is not None:
            agents = settled(self.problem, self.start)
            known = weeks_of(self.pricer, self.start, agents)
        cycles.local.place(known)
        standing.keep(cycles.local, "place")
        standing.until = self.limits.seconds
        doubt(standing, cycles.local)
        yield
        has_doubted_again = False
        while not self._may_settle():
            for _ in cycles.cycle():
                yield
                if self.generator.closed and can_branch(cycles.local):
                    break
            self._has_cycled.set()
            if not has_doubted_again:
                doubt(standing, cycles.local)
                has_doubted_again = True
            if self.generator.closed and not self._may_settle():
                yield from branch(standing, cycles.local, self.generator)
                yield from finish(standing, cycles.local)
        yield from self._settled(cycles.local)

    def _may_settle(self) -> bool:
        """Whether the search stays near a roster, and has one that is legal."""
        return self.stays and self.standing.legal is not None

    def _settled(self, local: Local) -> Iterator[None]:
        """Better the roster where that pays, and leave it at that.

        Beside a thread for the bound that one is waited for.
        """
        local.back_to_best()
        for _ in settle(local):
            self.standing.keep(local, "near")
            yield
        while not self._alone and not self._has_climbed.wait(_PAUSE):
            yield

    def _help(self, rounds: Iterator[None]) -> Iterator[None]:
        """Make rosters better beside the one who does so all the time.

        After each cycle there is a round for what the bound still lacks.
        """
        if not is_large(self.problem):
            return
        while self.standing.found.state is None:
            self.standing.ended.wait(_PAUSE)
            yield
        cycles = self._cycles(self.limits.seed + 1)
        while True:
            yield from cycles.cycle()
            next(rounds, None)
