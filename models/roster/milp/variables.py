"""The decisions, as PuLP variables, and what belongs together whatever the rules."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from pulp import LpBinary, LpProblem, lpSum

from models.roster.problem import FULL_SPEED, Kind, RosterProblem

Variable = Any  # pulp.LpVariable: PuLP carries no types
Expression = Any


@dataclass
class Variables:
    """Decisions, by position.

    ``works[a, i]``; ``rests[a, i, b]``: period -> break b of shift i starts in it;
    ``meets[a, m]``: period -> the meeting starts in it; ``does[a, w]``: period -> on
    work w; ``idle[a]``: period -> how much of it is empty (an expression).
    """

    lp: LpProblem
    problem: RosterProblem
    works: dict[tuple[int, int], Variable] = field(default_factory=dict)
    rests: dict[tuple[int, int, int], dict[int, Variable]] = field(default_factory=dict)
    meets: dict[tuple[int, int], dict[int, Variable]] = field(default_factory=dict)
    does: dict[tuple[int, int], dict[int, Variable]] = field(default_factory=dict)
    idle: dict[int, dict[int, Expression]] = field(default_factory=dict)
    count: int = 0

    def binary(self, what: str, *where: int) -> Variable:
        """Create a yes-or-no decision, named after what it is and its positions."""
        name = "_".join(map(str, (what, *where)))
        return self.lp.add_variable(name, cat=LpBinary)

    def amount(self, what: str, most: float | None = None) -> Variable:
        """Create an amount from 0 to ``most``."""
        self.count += 1
        return self.lp.add_variable(f"{what}_{self.count}", 0, most)

    def add(self, constraint: Expression) -> None:
        """Add a constraint; one without variables must hold of itself."""
        if isinstance(constraint, bool):
            constraint = self.amount("none", 0) >= (0 if constraint else 1)
        self.lp += constraint

    def speed(self, a: int, work: int) -> int:
        """Return an agent's speed on a work."""
        given = self.problem.agents[a].speeds[work]
        return given or (0 if self.problem.enforces("skills") else FULL_SPEED)


def create(lp: LpProblem, problem: RosterProblem) -> Variables:
    """Create all decisions, tied together: presence, one shift at a time, breaks."""
    x = Variables(lp, problem)
    for a in range(len(problem.agents)):
        _shifts(x, a)
        _breaks(x, a)
        _meetings(x, a)
        _works(x, a)
        _presence(x, a)
    return x


def covered(problem: RosterProblem, start: int, end: int) -> range:
    """Return the periods of ``[start, end)``."""
    return range(start // problem.period, end // problem.period)


def _shifts(x: Variables, a: int) -> None:
    """An agent's shifts neither overlap nor touch: two that touched would be one."""
    holding: dict[int, list[Variable]] = defaultdict(list)
    for i, shift in enumerate(x.problem.shifts):
        x.works[a, i] = x.binary("works", a, i)
        for p in covered(x.problem, shift.start, shift.end + x.problem.period):
            holding[p].append(x.works[a, i])
        last_end = x.problem.agents[a].last_end
        if last_end is not None and shift.start <= last_end:
            x.add(x.works[a, i] <= 0)
    for worked in holding.values():
        x.add(lpSum(worked) <= 1)


def _breaks(x: Variables, a: int) -> None:
    """Each break of a shift starts once if the shift is worked: ``sum_t = works``."""
    g = x.problem.period
    for i, shift in enumerate(x.problem.shifts):
        for b, rest in enumerate(x.problem.breaks_of[i]):
            starts = covered(x.problem, shift.start, shift.end - rest.minutes + g)
            x.rests[a, i, b] = {t: x.binary("rests", a, i, b, t) for t in starts}
            x.add(lpSum(x.rests[a, i, b].values()) == x.works[a, i])


def _meetings(x: Variables, a: int) -> None:
    if x.problem.enforces("meetings"):
        for m, meeting in enumerate(x.problem.agents[a].meetings):
            last = min(meeting.latest, x.problem.end - meeting.minutes)
            starts = covered(x.problem, meeting.earliest, last + x.problem.period)
            x.meets[a, m] = {t: x.binary("meets", a, m, t) for t in starts}


def _works(x: Variables, a: int) -> None:
    """Skills: a work without speed has no variables."""
    for w in range(len(x.problem.works)):
        if x.speed(a, w):
            x.does[a, w] = {
                p: x.binary("does", a, w, p) for p in range(x.problem.periods)
            }


def _presence(x: Variables, a: int) -> None:
    """In each period of a worked shift at most one thing is done; the rest is idle."""
    free: dict[int, Expression] = {p: [] for p in range(x.problem.periods)}
    for i, shift in enumerate(x.problem.shifts):
        for p in covered(x.problem, shift.start, shift.end):
            free[p].append(x.works[a, i])
        for b, rest in enumerate(x.problem.breaks_of[i]):
            _take(free, x.rests[a, i, b], rest.minutes // x.problem.period)
    for m, meeting in enumerate(x.problem.agents[a].meetings):
        _take(free, x.meets.get((a, m), {}), meeting.minutes // x.problem.period)
    for w in range(len(x.problem.works)):
        _take(free, x.does.get((a, w), {}), 1)
    x.idle[a] = {p: lpSum(terms) for p, terms in free.items()}
    for left in x.idle[a].values():
        x.add(left >= 0)


def _take(
    free: dict[int, list[Expression]], starts: dict[int, Variable], length: int
) -> None:
    for t, variable in starts.items():
        for p in range(t, t + length):
            free[p].append(-variable)


def open_periods(problem: RosterProblem, work: int) -> set[int]:
    """Return the periods that lie wholly in a work's opening hours."""
    g = problem.period
    return {
        p
        for p in range(problem.periods)
        if any(s <= p * g and (p + 1) * g <= e for s, e in problem.works[work].open)
    }


def works_of(problem: RosterProblem, kind: Kind) -> list[int]:
    """Return the positions of the works of a kind."""
    return [w for w, work in enumerate(problem.works) if work.kind is kind]
