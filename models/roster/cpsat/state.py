"""A roster in the making: what each agent does, gives and costs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from models.roster.cpsat.model import RosterModel
from models.roster.cpsat.part import (
    Given,
    Own,
    fill_cost,
    given,
    heads_cost,
    joined,
    nothing,
    with_others,
)
from models.roster.cpsat.search import run
from models.roster.cpsat.shares import shares_cost
from models.roster.problem import Kind, RosterProblem
from models.roster.result import Limits, Roster

_EVALUATION = Limits(seconds=30, workers=1)


@dataclass
class State:
    """Weeks of the agents who have one so far.

    ``cost`` is of the whole, and ``None`` while an agent has no week.
    """

    problem: RosterProblem
    own: dict[int, Own] = field(default_factory=dict)
    gives: dict[int, Given] = field(default_factory=dict)
    cost: int | None = None

    def roster(self) -> Roster | None:
        """Return the roster, once everybody has a week."""
        if len(self.own) < len(self.problem.agents):
            return None
        return joined([self.own[a] for a in range(len(self.problem.agents))])

    def others(self, chosen: Iterable[int]) -> Given:
        """Return what all agents but the chosen give."""
        left_out = set(chosen)
        total = nothing(self.problem)
        for a, gives in tuple(self.gives.items()):  # others may take weeks meanwhile
            if a not in left_out:
                total = total + gives
        return total

    def take(self, fresh: dict[int, Own]) -> bool:
        """Take new weeks if they make the whole better, or were missing; say whether.

        The whole is reckoned again, since others may have changed meanwhile.
        """
        kept = self.own.copy(), self.gives.copy(), self.cost
        missing = any(a not in self.own for a in fresh)
        for a, own in fresh.items():
            self.own[a] = own
            self.gives[a] = given(
                self.problem, self.problem.agents[a], own.worked, own.activities
            )
        if len(self.own) == len(self.problem.agents):
            self.cost = self._cost()
        if missing or kept[2] is None or (self.cost or 0) < kept[2]:
            return True
        self.own, self.gives, self.cost = kept
        return False

    def _cost(self) -> int:
        """Return what the whole costs; what agents share is solved for alone."""
        return self._shared() + sum(
            own.tour_cost
            + fill_cost(self.problem, own.activities)
            + shares_cost(
                self.problem,
                self.problem.agents[a].case_limits,
                own.worked,
                own.activities,
            )
            for a, own in self.own.items()
        )

    def _shared(self) -> int:
        """Return what all reach together costs."""
        others = self.others(())
        if not self.problem.works:
            return heads_cost(self.problem, others.heads)
        model = RosterModel(with_others(self.problem, others, ())).model
        return run(model, _EVALUATION).objective or 0

    def on_day(self, day: int) -> Sequence[int]:
        """Return the agents with a shift on a day."""
        return [
            a for a, own in self.own.items() if any(w.day == day for w in own.worked)
        ]

    def short_periods(self) -> list[int]:
        """Return the periods in which a requirement is not met."""
        total = self.others(())
        short = np.zeros(self.problem.periods, dtype=bool)
        for row, cover in enumerate(self.problem.covers):
            for level in cover.levels[:1]:
                short |= np.array(cover.fixed) + total.cover[row] < level.target
        return [int(p) for p in np.flatnonzero(short)]

    def on_calls(self, a: int, moment: int) -> bool:
        """Say whether an agent is on calls at a moment."""
        return any(
            x.kind is Kind.VOICE and x.start <= moment < x.end
            for x in self.own[a].activities
        )

    def overdue(self) -> list[tuple[int, int]]:
        """Return case works that have overdue work, and the first cut when they do.

        Reckoned as if all work were there from the start, so some may go unseen.
        """
        total, found = self.others(()), []
        for row, cases in enumerate(self.problem.cases):
            room = np.cumsum(total.work[row] + np.array(cases.fixed or 0))
            due = np.zeros_like(room)
            for stream in cases.streams:
                for minute, work in stream.deadlines:
                    due += work * (np.array(self.problem.cuts) >= minute)
            late = np.flatnonzero(due > room)
            if late.size:
                found.append((cases.work, self.problem.cuts[int(late[0])]))
        return found
