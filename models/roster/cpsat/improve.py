"""Large problems: agent by agent, then part by part (large neighbourhood search).

Every part is solved exactly or cut off with something better (Shaw, 1998; for rosters
Quimper and Rousseau, 2010), so the roster is legal from the first and never gets worse.
With several workers, parts that have nobody in common are solved at the same time.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from random import Random

from models.roster.cpsat.day import OfDay, refill_problem
from models.roster.cpsat.dive import dive, pinned
from models.roster.cpsat.hint import add_hint
from models.roster.cpsat.likely import MANY, with_likely_shifts
from models.roster.cpsat.model import RosterModel
from models.roster.cpsat.part import (
    Own,
    given,
    joined,
    scaled,
    with_others,
)
from models.roster.cpsat.search import complete_hint, run
from models.roster.cpsat.start import weeks
from models.roster.cpsat.state import State
from models.roster.problem import Agent, RosterProblem, Shift
from models.roster.result import Activity, Limits, Roster, StopReason
from models.roster.track import Track

_TOUR_GOALS = (
    "paid_hours",
    "overtime",
    "preferences",
    "preferred_rules",
    "fairness",
    "changes",
)
_DIVE_SHARE = 0.3  # of the time at most
_BUILD_GAP = 0.002
_RETRYING = 8  # workers for a week that was not found: each searches differently
_PART_SECONDS, _BUILD_SECONDS = 5.0, 2.0  # the second: of weeks of shifts only
_GROUPS = (1, 1, 2)  # agents whose weeks are a part: more take longer than it is worth
_CREW = 8  # agents whose day is a part
_FILLS = 3  # parts of days for each part of weeks

Fresh = dict[int, Own]
Fill = dict[int, list[Activity]]
Part = tuple[int, list[int]]  # a day, and agents with a shift on it


class Improver:
    """A roster that grows agent by agent and then gets better part by part."""

    def __init__(
        self,
        problem: RosterProblem,
        limits: Limits,
        track: Track,
        stop: threading.Event | None,
        start: Roster | None = None,
    ) -> None:
        self.problem, self.limits, self.track, self.stop = problem, limits, track, stop
        self.start = start
        self.random = Random(limits.seed)
        self.state = State(problem)
        self.tours: dict[int, tuple[int, ...]] = {}
        self.failed: Counter[int] = Counter()  # how often no week was found of agents

    def search(self) -> StopReason:
        """Build the roster and make it better until there is a reason to stop."""
        with ThreadPoolExecutor(self.limits.workers) as pool:
            for rounds in self._rounds(pool):
                rounds()
                if reason := self._ended():
                    return reason
        return StopReason.TIME_LIMIT

    def _rounds(self, pool: ThreadPoolExecutor) -> Iterator[Callable[[], None]]:
        """Yield the steps of the search, for ever."""
        width = self.limits.workers
        agents = list(range(len(self.problem.agents)))
        self.random.shuffle(agents)
        if (start := self.start) is not None:
            yield lambda: self._take(weeks(self.problem, start), "start")
        if self.problem.works:
            self._dive()
        while missing := [a for a in agents if a not in self.state.own]:
            missing.sort(key=lambda a: self.failed[a])
            yield lambda some=missing[:width]: self._free(  # type: ignore[misc]
                pool, [[a] for a in some], "build"
            )
        while True:
            for _ in range(_FILLS if self.problem.works else 0):
                yield lambda: self._refill(pool, self._parts_of_days(width))
            yield lambda: self._free(pool, self._groups(width), "improve")

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
        for fresh in pool.map(self._new_weeks, groups):
            self._take(fresh, phase)

    def _refill(self, pool: ThreadPoolExecutor, parts: Sequence[Part]) -> None:
        """Fill the shifts of some agents on some days anew."""
        for (day, _), fill in zip(parts, pool.map(self._new_fill, parts), strict=True):
            own = self.state.own
            self._take(
                {a: own[a].refilled(day, doing) for a, doing in fill.items()}, "improve"
            )

    def _take(self, fresh: Fresh, phase: str) -> None:
        if fresh and self.state.take(fresh):
            self.track.tell(phase, best=self.state.cost)

    def _limits(self, gap: float = 0.0, most: float = _PART_SECONDS) -> Limits:
        left = max(0.1, self.limits.seconds - self.track.seconds())
        seconds = min(most, left)
        return Limits(seconds=seconds, gap=gap, seed=self.limits.seed, workers=1)

    def _new_weeks(self, chosen: list[int]) -> Fresh:
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
        made = RosterModel(part)
        if known:
            add_hint(made, now)
            complete_hint(made.model)
        limits = self._limits()
        if not known:
            first = _PART_SECONDS if self.problem.works else _BUILD_SECONDS
            limits = self._limits(_BUILD_GAP, first * 2**failed)
            if failed:  # by other ways, too
                limits = replace(limits, workers=_RETRYING)
        answer = run(made.model, limits, stop=self.stop)
        if answer.value is None:
            for a in chosen:
                self.tours.pop(a, None)
            if not known:
                self.failed.update(chosen)
            return {}
        found = made.roster(answer.value)
        return {
            a: Own(
                tuple(w for w in found.worked if w.agent == n),
                tuple(x for x in found.activities or () if x.agent == n),
                sum(
                    answer.value(term)
                    for goal in _TOUR_GOALS
                    for term in made.own[n][goal]
                ),
            )
            for n, a in enumerate(chosen)
        }

    def _agent(self, a: int) -> Agent:
        """Return an agent, bound to the tour of the dive until there is a week."""
        agent = self.problem.agents[a]
        if a in self.state.own or a not in self.tours:
            return agent
        return pinned(self.problem, agent, self.tours[a])

    def _new_fill(self, part: Part) -> Fill:
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
        made = RosterModel(refill_problem(self.problem, total, day, crew))
        add_hint(made, joined(now))
        complete_hint(made.model)
        answer = run(made.model, self._limits(), stop=self.stop)
        if answer.value is None:
            return {}
        found = made.roster(answer.value).activities or ()
        return {a: [x for x in found if x.agent == n] for n, a in enumerate(agents)}

    def _parts_of_days(self, count: int) -> list[Part]:
        """Return some agents' shifts, each part on a day of its own.

        A day's chance grows with the periods in which it is short of people. Where
        cases are overdue, every other choice is of days before, and of who can do them.
        """
        g, short = self.problem.period, self.state.short_periods()
        overdue = self.state.overdue()
        work, until = -1, self.problem.end
        if overdue and self.random.random() < 0.5:
            work, until = self.random.choice(overdue)
        chances = {}
        for day in range(self.problem.days):
            start, end = self.problem.day_starts[day : day + 2]
            if start < until and self.state.on_day(day):
                chances[day] = 4 + sum(start <= p * g < end for p in short)
        parts: list[Part] = []
        while chances and len(parts) < count:
            days, weights = zip(*chances.items(), strict=True)
            (day,) = self.random.choices(days, weights)
            del chances[day]
            parts.append((day, self._crew(self.state.on_day(day), work)))
        return parts

    def _crew(self, on_day: Sequence[int], work: int) -> list[int]:
        """Return some agents of a day, those who can do a work before others."""
        mixed = self.random.sample(on_day, len(on_day))
        agents = self.problem.agents
        mixed.sort(key=lambda a: work >= 0 and not agents[a].speeds[work])
        return sorted(mixed[:_CREW])

    def _groups(self, count: int) -> list[list[int]]:
        """Return groups of agents with nobody in common.

        Half of the time anybody, else those who could help where it is short.
        """
        agents = list(range(len(self.problem.agents)))
        short = self.state.short_periods()
        if short and self.random.random() < 0.5:
            moment = self.random.choice(short) * self.problem.period
            agents = [a for a in agents if not self.state.on_calls(a, moment)] or agents
        size = self.random.choice(_GROUPS)
        some = self.random.sample(agents, min(len(agents), count * size))
        return [some[n : n + size] for n in range(0, len(some), size)]


def _shifts(problem: RosterProblem, roster: Roster) -> list[Shift]:
    """Return the shifts of the menu that a roster has."""
    worked = {(w.shift_type, w.start, w.end) for w in roster.worked}
    return [s for s in problem.shifts if (s.shift_type, s.start, s.end) in worked]
