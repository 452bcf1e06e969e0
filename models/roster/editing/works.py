"""What an agent does in what breaks and meetings leave of a shift."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from models.roster.editing.standing import Standing
from models.roster.problem import Agent, Kind, RosterProblem, Stretch
from models.roster.reach import cut_of, open_periods, speed_of, units_per_period
from models.roster.result import Activity, Worked

Floats = npt.NDArray[np.float64]

IDLE = -1
_SAME, _NEAR, _PINNED = 8.0, 4.0, 100.0  # what a period is worth: as it was; next to it
_RUN = 1.5  # each run costs: few long ones are better
_NEVER = -1e9
_KINDS = (Kind.VOICE, Kind.CASE)


@dataclass(frozen=True, eq=False)
class Bench:
    """What each period of a work is worth to an agent, shape (works, periods)."""

    problem: RosterProblem
    worth: Floats

    @classmethod
    def of(cls, standing: Standing, agent: Agent) -> "Bench":
        """Return it by what the roster lacks: at most 1; below 0: not possible."""
        problem = standing.problem
        worth = _gains(standing, agent)
        if worth.size and worth.max() > 0:
            worth /= worth.max()
        for w in range(len(problem.works)):
            there = open_periods(problem, w)
            for p in range(problem.periods):
                if p not in there or not speed_of(problem, agent, w):
                    worth[w, p] = _NEVER
        for task in agent.tasks if problem.enforces("pinned_work") else ():
            pinned = slice(task.start // problem.period, task.end // problem.period)
            others = [w for w in range(len(problem.works)) if w != task.work]
            worth[others, pinned] = _NEVER
            if task.work is not None:
                worth[task.work, pinned] += _PINNED
        return cls(problem, worth)

    def like(self, before: Sequence[Activity], shift: Worked) -> "Bench":
        """Return the same where what was done before is worth most."""
        g, worth = self.problem.period, self.worth.copy()
        works = [(x, w) for x in before if (w := position(self.problem, x)) != IDLE]
        if not works:
            return self
        for p in range(shift.start // g, -(-shift.end // g)):
            minute = p * g
            x, w = min(works, key=lambda each: _away(each[0], minute))
            worth[w, p] += _NEAR if _away(x, minute) else _SAME
        return replace(self, worth=worth)

    def filled(
        self, agent: int, stretch: Stretch, beside: tuple[int | None, int | None]
    ) -> list[Activity]:
        """Return the best runs that fill a stretch; ``beside`` it are these works."""
        g = self.problem.period
        first = stretch[0] // g
        count = (stretch[1] - stretch[0]) // g
        found, at = [], stretch[0]
        for w, periods in self._runs(first, count, beside):
            found.append(_activity(self.problem, agent, w, at, at + periods * g))
            at += periods * g
        if at < stretch[1]:
            found.append(Activity(agent, at, stretch[1], Kind.IDLE))
        return found

    def _runs(
        self, first: int, count: int, beside: tuple[int | None, int | None]
    ) -> Iterator[tuple[int, int]]:
        """Yield work and periods of each run (dynamic program over its ends)."""
        works = [*range(len(self.problem.works)), IDLE]
        sums = np.zeros((len(works), count + 1))
        if count:
            rows = self.worth[:, first : first + count]
            sums[:-1, 1:] = np.cumsum(rows, axis=1)
        table = sums.tolist()
        best: list[dict[int, tuple[float, int]]] = [{} for _ in range(count + 1)]
        best[0] = {len(works): (0.0, 0)}
        for end in range(1, count + 1):
            for n, w in enumerate(works):
                own = table[n]
                for start in self._starts(w, end, count, beside):
                    worth = own[end] - own[start] - (_RUN if w != IDLE else 0)
                    if worth < _NEVER / 2:
                        continue
                    before = max(
                        (
                            value
                            for last, (value, _) in best[start].items()
                            if last != n
                        ),
                        default=None,
                    )
                    if before is not None:
                        found = best[end].get(n)
                        if found is None or before + worth > found[0]:
                            best[end][n] = (before + worth, start)
        yield from self._traced(best, works, count)

    def _traced(
        self, best: list[dict[int, tuple[float, int]]], works: list[int], count: int
    ) -> Iterator[tuple[int, int]]:
        end, after, found = count, -1, []
        while end:
            n = max((k for k in best[end] if k != after), key=lambda k: best[end][k][0])
            start = best[end][n][1]
            found.append((works[n], end - start))
            end, after = start, n
        yield from reversed(found)

    def _starts(
        self, w: int, end: int, count: int, beside: tuple[int | None, int | None]
    ) -> range:
        """Return the periods in which a run of a work that ends in one may start."""
        if w == IDLE:
            return range(end)
        g, work = self.problem.period, self.problem.works[w]
        shortest = max(1, -(-work.shortest // g))
        longest = count if work.longest is None else work.longest // g
        if end == count and beside[1] == w:
            shortest = 1
        starts = range(max(0, end - longest), max(0, end - shortest + 1))
        if beside[0] == w and end < shortest:
            return range(1)
        return starts


def position(problem: RosterProblem, x: Activity) -> int:
    """Return which work an activity is, ``IDLE`` where it is none."""
    if x.kind in _KINDS:
        for w, work in enumerate(problem.works):
            if (work.kind, work.name) == (x.kind, x.name):
                return w
    return IDLE


def _activity(
    problem: RosterProblem, agent: int, w: int, start: int, end: int
) -> Activity:
    if w == IDLE:
        return Activity(agent, start, end, Kind.IDLE)
    return Activity(agent, start, end, problem.works[w].kind, problem.works[w].name)


def _away(x: Activity, minute: int) -> int:
    """Return how far a moment is from an activity."""
    return max(0, x.start - minute, minute + 1 - x.end)


def _gains(standing: Standing, agent: Agent) -> Floats:
    """Return what a period on each work saves, cost units, roughly."""
    problem = standing.problem
    found = np.zeros((len(problem.works), problem.periods))
    for row, covered in zip(problem.covers, standing.cover, strict=True):
        has, each = np.array(covered), np.zeros(problem.periods)
        for level in row.levels:
            each += level.cost * (np.array(level.target) > has)
        for target in row.targets:
            for curve in target.curves:
                p = curve.period
                each[p] += target.cost * sum(
                    rate for height, rate in curve.steps if height > has[p]
                )
        for w in row.counts:
            found[w] += speed_of(problem, agent, w) * each
    if problem.cases:
        cut = cut_of(problem)
    for cases, kept in zip(problem.cases, standing.accounts, strict=True):
        late = np.array(cases.late_costs) * (np.array(kept.late) > 0)
        left = np.array(cases.open_costs) * (np.array(kept.open) > 0)
        after = np.cumsum((late + left)[::-1])[::-1]
        units = units_per_period(problem, speed_of(problem, agent, cases.work))
        found[cases.work] += np.where(cut > 0, units * after[cut], 0)
    return found
