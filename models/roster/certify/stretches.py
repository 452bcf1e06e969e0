"""The best an agent can do between two breaks, meetings or ends of a shift."""

from dataclasses import dataclass
from math import inf
from typing import TypeAlias

from models.roster.certify.prices import FINE
from models.roster.certify.rewards import rewards
from models.roster.problem import Kind, RosterProblem
from models.roster.result import Certificate

Cost: TypeAlias = float  # a whole number of fine units, or ``inf``: there is no way

_RULES = {
    Kind.VOICE: ("opening_hours", "shortest_voice_run", None),
    Kind.CASE: ("case_hours", "shortest_case_block", "longest_case_block"),
}


@dataclass(frozen=True)
class Runs:
    """Uninterrupted runs of one work at one speed; moments and lengths in periods.

    Attributes
    ----------
    paid
        Rewards of all periods before a moment.
    since
        From which moment on the work may be done without interruption up to a moment.
    start_cost
        What it costs to begin a run.
    lost
        Rewards that a run which begins at a moment misses while it settles in.
    """

    paid: list[int]
    since: list[int]
    shortest: int
    longest: int
    start_cost: int
    lost: list[int]

    def ended(self, before: list[Cost], first: int, now: int) -> Cost:
        """Return the least cost from ``first`` to ``now`` with a run that ends now.

        ``before`` holds, for each moment from ``first`` on, the least cost up to it
        without such a run at its end, and ``paid`` up to it and ``lost`` on top.
        """
        earliest = max(first, self.since[now], now - self.longest)
        latest = now - self.shortest
        if latest < earliest:
            return inf
        least = min(before[earliest - first : latest - first + 1])
        return least + self.start_cost - self.paid[now]


def runs_of(
    problem: RosterProblem, certificate: Certificate, work: int, speed: int
) -> Runs:
    """Return the runs of a work at a speed, by the rules that are enforced."""
    kind, asked, period = problem.works[work].kind, problem.works[work], problem.period
    hours, shortest, longest = _RULES[kind]
    least, most = 1, problem.periods
    if problem.enforces(shortest):
        least = max(1, -(-asked.shortest // period))
    if longest and asked.longest is not None and problem.enforces(longest):
        most = asked.longest // period
    paid, since = [0], [0]
    every = rewards(problem, certificate, work, speed)
    for p, reward in enumerate(every):
        paid.append(paid[-1] + reward)
        allowed = not problem.enforces(hours) or _is_open(problem, work, p)
        since.append(since[-1] if allowed else p + 1)
    start_cost = problem.block_cost * FINE if kind is Kind.CASE else 0
    lost = [_settling_in(every, asked.settling, period, p) for p in range(len(paid))]
    return Runs(paid, since, least, most, start_cost, lost)


def _settling_in(every: list[int], settling: int, period: int, first: int) -> int:
    """Return the rewards of the minutes in which a run from a period settles in."""
    total = 0
    for n, p in enumerate(range(first, len(every))):
        minutes = min(period, settling - n * period)
        if minutes <= 0:
            break
        total += every[p] * minutes // period
    return total


def _is_open(problem: RosterProblem, work: int, p: int) -> bool:
    """Whether every minute of a period lies in the hours of a work."""
    start, end = p * problem.period, (p + 1) * problem.period
    inside = (
        max(0, min(end, closes) - max(start, opens))
        for opens, closes in problem.works[work].open
    )
    return sum(inside) >= end - start


class Stretches:
    """Stretches of time of agents with the same speeds."""

    def __init__(
        self, problem: RosterProblem, certificate: Certificate, speeds: tuple[int, ...]
    ) -> None:
        self._idle_cost = problem.idle_cost * FINE
        self._runs = [
            runs_of(problem, certificate, work, speed)
            for work, speed in enumerate(speeds)
            if speed
        ]
        self._ends = _last_ends(problem)
        self._rows: dict[int, list[Cost]] = {}

    def least(self, first: int, last: int) -> Cost:
        """Return the least cost from moment ``first`` to ``last`` of one shift.

        Idle time and runs, of which two of the same work never follow each other: they
        would be one.
        """
        if first not in self._rows:
            self._rows[first] = self._from(first)
        return self._rows[first][last - first]

    def _from(self, first: int) -> list[Cost]:
        """Return the least cost from a moment to each one after it."""
        least: list[Cost] = [0]
        before: list[list[Cost]] = [
            [run.paid[first] + run.lost[first]] for run in self._runs
        ]
        for now in range(first + 1, self._ends[first] + 1):
            idle = least[-1] + self._idle_cost
            ended = [
                run.ended(own, first, now)
                for run, own in zip(self._runs, before, strict=True)
            ]
            least.append(min([idle, *ended]))
            for k, run in enumerate(self._runs):
                without = min([idle, *ended[:k], *ended[k + 1 :]])
                before[k].append(without + run.paid[now] + run.lost[now])
        return least


def _last_ends(problem: RosterProblem) -> list[int]:
    """Return for each moment the last end of a shift that goes on then, or itself."""
    ends = list(range(problem.periods + 1))
    for shift in problem.shifts:
        last = shift.end // problem.period
        for moment in range(shift.start // problem.period, last):
            ends[moment] = max(ends[moment], last)
    return ends
