"""Exchanges: a few agents are taken off and answer anew, more and more carefully.

What is worse is taken too while it is hot, the worse the rarer (annealing; Kirkpatrick,
Gelatt and Vecchi, 1983).
"""

from dataclasses import dataclass
from itertools import pairwise
from math import exp, log

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from models.roster.columns.kernels.day import ANY, SAME, STAY
from models.roster.columns.kernels.late import late_calls
from models.roster.columns.local import Local
from models.roster.columns.units import FINE
from models.roster.problem import UNIT, RosterProblem

Ints = npt.NDArray[np.int64]

_CREWS = (1, 1, 1, 2, 2, 3, 4, 6)  # agents who are taken off together
_KEEP = 0.3  # share of exchanges in which shifts stay as they are
_TEAMS = 0.3  # share of exchanges that are of a team with the same hours, if any
_DAYS = 0.9  # share of exchanges that are of one day
_DAY_CREWS = (1, 1, 2, 2, 3, 4)
_MOVES = 0.6  # share of those in which shifts may move
_BLUR = (0, 0, 20, 100)  # thousandths by which agents misjudge


@dataclass(frozen=True)
class Manner:
    """How exchanges are chosen.

    Attributes
    ----------
    short_days
        Share of the exchanges of a day that are of one short of people, if any is.
    lengths
        Share of the exchanges in which shifts move that may change how long they are.
    """

    short_days: float = 0.0
    lengths: float = 0.0


@dataclass(eq=False)
class Exchanges:
    """Exchanges on the roster that ``local`` works on.

    Where there is no heat an exchange counts that saves ``pays`` paid hours at least
    for each agent who is taken off.
    """

    local: Local
    manner: Manner = Manner()
    pays: float = 0.0

    def __post_init__(self) -> None:
        problem = self.local.pricer.problem
        self._starts = np.array(problem.day_starts[:-1]) // problem.period
        self._needed = np.array(
            [
                level.goal == "voice_shortfall"
                for cover in problem.covers
                for level in cover.levels
                if level.cost
            ],
            dtype=np.bool_,
        )
        self._teams = teams(problem)

    def short_days(self) -> Ints:
        """Return the days on which people are missing, or too many calls late."""
        demand, needed = self.local.demand, self._needed
        cover = self.local.state.cover[demand.level_cover[needed]]
        missing = np.asarray((demand.target[needed] > cover).any(axis=0))
        for t in range(len(demand.late_allowed)):
            if late_calls(demand, self.local.state, t) > demand.late_allowed[t]:
                steps = slice(demand.late_first[t], demand.late_first[t + 1])
                missing[demand.late_steps[steps, 1]] = True
        return np.flatnonzero(np.logical_or.reduceat(missing, self._starts))

    def exchange(self, heat: float) -> int:
        """Exchange once, mostly on one day; return what it costs, fine units.

        What is up to some ``heat`` paid hours worse may be taken.
        """
        draws = self.local.draws
        if self._teams and draws.random() < _TEAMS:
            return self._exchange_team(heat)
        if draws.random() < _DAYS:
            return self.on_day(self._day(), heat)
        crew = min(int(draws.choice(_CREWS)), self.local.agents)
        return self.local.exchange(
            draws.choice(self.local.agents, crew, replace=False),
            keep=bool(draws.random() < _KEEP),
            blur=int(draws.choice(_BLUR)),
            slack=self._slack(heat, crew),
        )

    def _exchange_team(self, heat: float) -> int:
        """Exchange those who must have the same hours, on one day or all days."""
        draws = self.local.draws
        team = draws.permutation(self._teams[int(draws.integers(len(self._teams)))])
        blur, slack = int(draws.choice(_BLUR)), self._slack(heat, team.size)
        if draws.random() >= _DAYS:
            return self.local.exchange(team, keep=False, blur=blur, slack=slack)
        day = self._day()
        there = team[self.local.state.options[team, day] >= 0]
        return self.local.exchange_day(
            there, day, moves=self._moves(), blur=blur, slack=slack
        )

    def on_day(self, day: int, heat: float) -> int:
        """Exchange once among those who work on a day."""
        draws = self.local.draws
        working = np.flatnonzero(self.local.state.options[:, day] >= 0)
        if not working.size:
            return 0
        crew = min(int(draws.choice(_DAY_CREWS)), working.size)
        return self.local.exchange_day(
            draws.choice(working, crew, replace=False),
            day,
            moves=self._moves(),
            blur=int(draws.choice(_BLUR)),
            slack=self._slack(heat, crew),
        )

    def _day(self) -> int:
        draws = self.local.draws
        if self.manner.short_days and draws.random() < self.manner.short_days:
            short = self.short_days()
            if short.size:
                return int(draws.choice(short))
        return int(draws.integers(self.local.pricer.problem.days))

    def _moves(self) -> int:
        draws = self.local.draws
        if draws.random() >= _MOVES:
            return STAY
        lengths = self.manner.lengths
        return ANY if lengths and draws.random() < lengths else SAME

    def _slack(self, heat: float, crew: int) -> int:
        """Return how much worse, fine units, this once."""
        if not heat:
            return -int(self.pays * crew * UNIT * FINE)
        return int(-heat * log(1 - self.local.draws.random()) * UNIT * FINE)


def teams(problem: RosterProblem) -> list[Ints]:
    """Return who must have the same hours: those whom headcounts set against others."""
    links = [
        pair
        for row in problem.joint
        if row.against is not None
        for pair in pairwise(
            a for a, who in enumerate(problem.agents) if row.counts(who.marks)
        )
    ]
    if not links:
        return []
    count, ends = len(problem.agents), np.transpose(links)
    linked = sparse.coo_array((np.ones(len(links)), ends), (count, count))
    _, team_of = connected_components(linked, directed=False)
    return [np.flatnonzero(team_of == t) for t in np.unique(team_of[ends])]


def cooled(hot: float, cold: float, done: float) -> float:
    """Return the heat when a share of the way from hot to cold is done.

    >>> round(cooled(8, 2, 0.5), 6)
    4.0
    """
    return hot * exp(done * log(cold / hot))
