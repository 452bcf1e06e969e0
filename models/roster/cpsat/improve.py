"""Large problems: agent by agent, then part by part (large neighbourhood search).

Every part is solved exactly or cut off with something better (Shaw, 1998; for rosters
Quimper and Rousseau, 2010), so the roster is legal from the first and never gets worse.
With several workers or helpers several parts are solved at the same time.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import repeat
from random import Random
from typing import TypeVar

from models.roster.cpsat.choosing import DayPart, groups, parts_of_days
from models.roster.cpsat.day import OfDay, refill_problem
from models.roster.cpsat.dive import dive, pinned
from models.roster.cpsat.elsewhere import Elsewhere
from models.roster.cpsat.likely import MANY, with_likely_shifts
from models.roster.cpsat.part import (
    Own,
    given,
    joined,
    scaled,
    with_others,
)
from models.roster.cpsat.question import Question, answered
from models.roster.cpsat.start import weeks
from models.roster.cpsat.state import State
from models.roster.helpers import Helpers
from models.roster.problem import Agent, RosterProblem, Shift
from models.roster.result import Activity, Limits, Roster, StopReason
from models.roster.track import Track

_DIVE_SHARE = 0.3  # of the time at most
_BUILD_GAP = 0.002
_RETRYING = 8  # workers for a week that was not found: each searches differently
_PART = Limits(seconds=5.0, workers=1)
_BUILD_SECONDS = 2.0  # of weeks of shifts only, the first time
_FILLS = 3  # parts of days for each part of weeks

Fresh = dict[int, Own]
Fill = dict[int, list[Activity]]
T = TypeVar("T")
Choose = Callable[[RosterProblem, State, Random, int], list[T]]  # parts to solve
Ask = Callable[[Question], Sequence[Own] | None]  # who gets a part answered


class Improver:
    """A roster that grows agent by agent and then gets better part by part."""

    def __init__(
        self,
        problem: RosterProblem,
        limits: Limits,
        track: Track,
        stop: threading.Event | None,
        start: Roster | None = None,
        helpers: Helpers | None = None,
    ) -> None:
        self.problem, self.limits, self.track, self.stop = problem, limits, track, stop
        self.start = start
        self.random = Random(limits.seed)
        self.state = State(problem)
        self.tours: dict[int, tuple[int, ...]] = {}
        self.failed: Counter[int] = Counter()  # how often no week was found of agents
        self.elsewhere = None if helpers is None else Elsewhere(helpers, self._is_over)
        self._most = limits.workers + (0 if helpers is None else helpers.width)

    def search(self) -> StopReason:
        """Build the roster and make it better until there is a reason to stop."""
        with ThreadPoolExecutor(self._most) as pool:
            for rounds in self._rounds(pool):
                rounds()
                if reason := self._ended():
                    return reason
        return StopReason.TIME_LIMIT

    def _rounds(self, pool: ThreadPoolExecutor) -> Iterator[Callable[[], None]]:
        """Yield the steps of the search, for ever."""
        agents = list(range(len(self.problem.agents)))
        self.random.shuffle(agents)
        if (start := self.start) is not None:
            yield lambda: self._take(weeks(self.problem, start), "start")
        if self.problem.works:
            self._dive()
        while missing := [a for a in agents if a not in self.state.own]:
            missing.sort(key=lambda a: self.failed[a])
            yield (
                lambda some=missing: self._free(  # type: ignore[misc]
                    pool, [[a] for a in some[: self._width()]], "build"
                )
            )
        while True:
            for _ in range(_FILLS if self.problem.works else 0):
                yield lambda: self._refill(pool, self._chosen(parts_of_days))
            yield lambda: self._free(pool, self._chosen(groups), "improve")

    def _chosen(self, choose: Choose[T]) -> list[T]:
        """Return parts that are solved at the same time."""
        return choose(self.problem, self.state, self.random, self._width())

    def _width(self) -> int:
        """How many parts are solved at a time, here and elsewhere."""
        return self.limits.workers + (self.elsewhere.width if self.elsewhere else 0)

    def _askers(self) -> Iterator[Ask]:
        """Yield who solves the parts of a round: as many as workers here."""
        yield from repeat(
            lambda question: answered(question, self.stop), self.limits.workers
        )
        if self.elsewhere:
            yield from repeat(self.elsewhere.answered)

    def _dive(self) -> None:
        """Give tours to the agents who have no week."""
        left = [a for a in range(len(self.problem.agents)) if a not in self.state.own]
        if not left:
            return
        agents = [self.problem.agents[a] for a in left]
        part = with_others(self.problem, self.state.others(left), agents)
        seconds = _DIVE_SHARE * self.limits.seconds
        found = dive(part, self.track, seconds, self.stop)
        self.tours = {left[n]: shifts for n, shifts in found.items()}

    def _is_over(self) -> bool:
        """Whether what is under way is of no use any more."""
        is_stopped = self.stop is not None and self.stop.is_set()
        return is_stopped or self.track.seconds() >= self.limits.seconds

    def _ended(self) -> StopReason | None:
        """Return why to stop, if so."""
        if self.stop and self.stop.is_set():
            return StopReason.STOPPED
        best, bound = self.track.best, self.track.bound
        if best is not None and bound and best - bound <= self.limits.gap * bound:
            return StopReason.GAP if best > bound else StopReason.PROOF
        if self.track.seconds() >= self.limits.seconds:
            return StopReason.TIME_LIMIT
        return None

    def _free(
        self, pool: ThreadPoolExecutor, groups: Sequence[list[int]], phase: str
    ) -> None:
        """Give groups of agents new weeks, each group on its own."""
        for fresh in pool.map(self._new_weeks, groups, self._askers()):
            self._take(fresh, phase)

    def _refill(self, pool: ThreadPoolExecutor, parts: Sequence[DayPart]) -> None:
        """Fill the shifts of some agents on some days anew."""
        fills = pool.map(self._new_fill, parts, self._askers())
        for (day, _), fill in zip(parts, fills, strict=True):
            own = self.state.own
            self._take(
                {a: own[a].refilled(day, doing) for a, doing in fill.items()}, "improve"
            )

    def _take(self, fresh: Fresh, phase: str) -> None:
        if fresh and self.state.take(fresh):
            self.track.tell(phase, best=self.state.cost)

    def _question(
        self, part: RosterProblem, now: Roster | None, limits: Limits = _PART
    ) -> Question:
        left = self.limits.seconds - self.track.seconds()
        return Question(part, now, replace(limits, seed=self.limits.seed), left)

    def _new_weeks(self, chosen: list[int], ask: Ask) -> Fresh:
        """Return the best weeks of some agents while the others stay as they are."""
        state = self.state
        agents = [self._agent(a) for a in chosen]
        known = all(a in state.own for a in chosen)
        share = 1.0 if known else (len(state.own) + 1) / len(self.problem.agents)
        problem = scaled(self.problem, share) if share < 1 else self.problem
        part = with_others(problem, state.others(chosen), agents)
        now = joined([state.own[a] for a in chosen]) if known else Roster((), None)
        failed = max(self.failed[a] for a in chosen)
        if not problem.works and len(part.shifts) > MANY and failed <= 1:
            part = with_likely_shifts(part, _shifts(part, now), self.random)
        if known:
            found = ask(self._question(part, now))
        else:
            first = _PART.seconds if self.problem.works else _BUILD_SECONDS
            workers = _RETRYING if failed else 1  # by other ways, too
            limits = Limits(first * 2**failed, _BUILD_GAP, workers=workers)
            found = ask(self._question(part, None, limits))
        if found is None:
            return {}
        if not found:
            for a in chosen:
                self.tours.pop(a, None)
            if not known:
                self.failed.update(chosen)
        return dict(zip(chosen, found, strict=False))

    def _agent(self, a: int) -> Agent:
        """Return an agent, bound to the tour of the dive until there is a week."""
        agent = self.problem.agents[a]
        if a in self.state.own or a not in self.tours:
            return agent
        return pinned(self.problem, agent, self.tours[a])

    def _new_fill(self, part: DayPart, ask: Ask) -> Fill:
        """Return what best fills these shifts while all else stays as it is."""
        state = self.state
        day, agents = part
        total = state.others(agents)
        crew, now = [], []
        for a in agents:
            agent, own = self.problem.agents[a], state.own[a]
            shift, inside, outside = own.split(day)
            total = total + given(self.problem, agent, (), outside)
            crew.append(OfDay(agent, own))
            now.append(Own((shift,), tuple(inside), 0))
        anew = refill_problem(self.problem, total, day, crew)
        found = ask(self._question(anew, joined(now))) or ()
        return {a: list(own.activities) for a, own in zip(agents, found, strict=False)}


def _shifts(problem: RosterProblem, roster: Roster) -> list[Shift]:
    """Return the shifts of the menu that a roster has."""
    worked = {(w.shift_type, w.start, w.end) for w in roster.worked}
    return [s for s in problem.shifts if (s.shift_type, s.start, s.end) in worked]
