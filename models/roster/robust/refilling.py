"""The second stage: shifts stay, what fills them follows what has come."""

from concurrent.futures import ThreadPoolExecutor
from math import log

import numpy as np

from models.errors import InvalidInput
from models.roster.columns.best import copied
from models.roster.columns.exchanges import cooled
from models.roster.columns.kernels.between import renew_all_free
from models.roster.columns.kernels.day import STAY
from models.roster.columns.local import Local
from models.roster.columns.named import roster as named
from models.roster.columns.pricing import pricer
from models.roster.columns.tables import demand, fill_table
from models.roster.columns.taken import weeks_of
from models.roster.columns.units import FINE
from models.roster.problem import UNIT, RosterProblem
from models.roster.result import Roster

EXCHANGES = 20  # for each agent
_HOT, _COLD = 2.0, 0.03  # heat, paid hours
_CREWS = (1, 1, 2, 2, 3, 4)
_BLUR = (0, 0, 20, 100)


class Refilling:
    """Fills the shifts of a roster for one sample after the other.

    The search is that of ``columns`` with all shifts as they are: some of a day's
    people are taken off and put back with other breaks and blocks, more and more
    carefully. Repeatable.

    Parameters
    ----------
    problem
        What the roster is of; agents, menu, works and rows of samples are the same.
    roster
        Whose shifts are filled, and as what they begin.
    """

    def __init__(self, problem: RosterProblem, roster: Roster) -> None:
        self.problem = problem
        with ThreadPoolExecutor(1) as pool:
            self._pricer = pricer(problem, pool, 1)
        local = Local(self._pricer, 0)
        weeks = weeks_of(self._pricer, roster, range(len(problem.agents)))
        if len(weeks) < len(problem.agents):
            raise InvalidInput("the roster is none of the problem's")
        local.place(weeks)
        self._begin = local.state

    def filled(
        self, sample: RosterProblem, seed: int = 0, exchanges: int = EXCHANGES
    ) -> Roster:
        """Return the roster with its shifts filled for a sample.

        ``exchanges`` are tried for each agent; what each agent does all day changes,
        when they work does not.

        Raises
        ------
        InvalidInput
            Where the sample has other rows than the problem.
        """
        if not self.fits(sample):
            raise InvalidInput("the sample has other covers or cuts than the problem")
        local = Local(self._pricer, seed)
        local.demand = demand(sample)
        fills = fill_table(sample, local.works.counts)
        local.works = local.works._replace(fills=fills)
        local.state = copied(self._begin)
        renew_all_free(local.works, local.state)
        self._anneal(local, exchanges * local.agents)
        state = local.best.state
        assert state is not None
        return named(self._pricer, state)

    def fits(self, sample: RosterProblem) -> bool:
        """Whether a sample has the covers, case types and cuts of the problem."""
        mine, other = (
            (
                one.periods,
                one.cuts,
                [row.counts for row in one.covers],
                [row.work for row in one.cases],
                [(fill.cases, fill.works) for fill in one.fills],
            )
            for one in (self.problem, sample)
        )
        return mine == other

    def _anneal(self, local: Local, count: int) -> None:
        days = [
            np.flatnonzero(local.state.options[:, day] >= 0)
            for day in range(self.problem.days)
        ]
        worked = [day for day, crew in enumerate(days) if crew.size]
        local.keep()
        if not worked:
            return
        draws = local.draws
        for n in range(count):
            day = worked[int(draws.integers(len(worked)))]
            crew = min(int(draws.choice(_CREWS)), days[day].size)
            heat = cooled(_HOT, _COLD, n / count)
            slack = -heat * log(1 - draws.random()) * UNIT * FINE
            local.exchange_day(
                draws.choice(days[day], crew, replace=False),
                day,
                moves=STAY,
                blur=int(draws.choice(_BLUR)),
                slack=int(slack),
            )
            if n % 50 == 0:
                local.keep()
        local.keep()
