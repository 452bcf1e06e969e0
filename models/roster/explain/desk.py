"""Other weeks of agents in a roster: the cheapest, some of their days given."""

from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from models.machine_code import NEVER
from models.roster.columns.kernels.books import ABSENT, TourTable
from models.roster.columns.kernels.renew import renew
from models.roster.columns.local import Local
from models.roster.columns.named import roster as named
from models.roster.columns.options import Options
from models.roster.columns.pricing import pricer
from models.roster.columns.taken import Week, weeks_of
from models.roster.explain.days import Shifts
from models.roster.problem import RosterProblem
from models.roster.result import Roster

Ints = npt.NDArray[np.int64]
Allowed = Mapping[int, Collection[int]]  # by day: options, OFF; other days are free

OFF = -1
_ANY_PRICE = 1 << 60


class Desk:
    """Answers of agents to a roster, one at a time, all others as they are.

    Attributes
    ----------
    weeks
        By agent their week as the search writes it; those whose week the engine could
        not have made are not in it.
    """

    def __init__(self, problem: RosterProblem, roster: Roster) -> None:
        with ThreadPoolExecutor(1) as pool:
            self._pricer = pricer(problem, pool, 1)
            self._local = Local(self._pricer, 0)
        every = range(len(problem.agents))
        self.weeks: dict[int, Week] = weeks_of(self._pricer, roster, every)
        for a, week in self.weeks.items():
            self._local.put(a, week)

    def options(self, agent: int, day: int) -> dict[Shifts, list[int]]:
        """Return the engine's options of an agent's day by their shifts."""
        own = self._own(agent)
        shifts = self._pricer.problem.shifts
        found: dict[Shifts, list[int]] = {}
        for o in range(int(own.day_first[day]), int(own.day_first[day + 1])):
            which = own.shifts[own.leg_first[o] : own.leg_first[o + 1]].tolist()
            key = tuple(
                (shifts[i].shift_type, shifts[i].start, shifts[i].end) for i in which
            )
            found.setdefault(key, []).append(o)
        return found

    def with_day(
        self, agent: int, day: int, options: Collection[int]
    ) -> tuple[Roster, int] | None:
        """Return the agent's cheapest week with one of some options on a day.

        And what the whole costs more then (fine units), other days filled anew. All
        other days stay as they are, to the minute. ``None``: there is none.
        """
        if agent not in self.weeks:
            return None
        chosen, codes = self.weeks[agent]
        same = {d: [int(o)] for d, o in enumerate(chosen) if d != day}
        found = self._answer(agent, same | {day: options})
        if found is None:
            return None
        week, filled, cost = found
        merged = codes.copy()
        for first, end in self._spans(agent, int(chosen[day])):
            merged[first:end] = ABSENT
        for first, end in self._spans(agent, int(week[day])):
            merged[first:end] = filled[first:end]
        return self._named(agent, (week, merged)), cost

    def best_with(
        self, agent: int, day: int, options: Collection[int]
    ) -> Roster | None:
        """Return the agent's cheapest week with one of some options on a day."""
        found = self._answer(agent, {day: options})
        return None if found is None else self._named(agent, found[:2])

    def _own(self, agent: int) -> Options:
        return self._pricer.classes[int(self._local.state.kind[agent])].options

    def _spans(self, agent: int, option: int) -> list[tuple[int, int]]:
        """Return the periods of the shifts of an option."""
        if option < 0:
            return []
        own = self._own(agent)
        legs = own.legs[own.leg_first[option] : own.leg_first[option + 1]]
        spans = self._pricer.spans[legs, :2]
        return [(int(first), int(end)) for first, end in spans]

    def _answer(
        self, agent: int, allowed: Allowed
    ) -> tuple[Ints, npt.NDArray[np.int16], int] | None:
        local = self._local
        cost = renew(
            local.works,
            local.legs,
            self._only(agent, allowed),
            local.demand,
            local.state,
            np.array([agent]),
            0,
            0,
            _ANY_PRICE,
            local.late_prices,
            np.array([1], dtype=np.int64),
        )
        week = local.state.options[agent].copy()
        codes = local.state.codes[agent].copy()
        self._back(agent)
        kept = all(int(week[day]) in own for day, own in allowed.items())
        return (week, codes, int(cost)) if kept else None

    def _back(self, agent: int) -> None:
        """Give an agent the week of the roster again."""
        if agent in self.weeks:
            self._local.put(agent, self.weeks[agent])

    def _only(self, agent: int, allowed: Allowed) -> TourTable:
        """Return the tours of the agent, of some days only what is allowed."""
        tours, kind = self._local.tours, int(self._local.state.kind[agent])
        base, off = tours.base.copy(), tours.off.copy()
        first, own = int(tours.option_first[kind]), self._own(agent)
        for day, options in allowed.items():
            every = np.arange(int(own.day_first[day]), int(own.day_first[day + 1]))
            base[first + every[~np.isin(every, list(options))]] = -NEVER
            if OFF not in options:
                off[kind, day, 0] = -NEVER
        return tours._replace(base=base, off=off)

    def _named(self, agent: int, week: Week) -> Roster:
        self._local.put(agent, week)
        found = named(self._pricer, self._local.state, [agent])
        self._back(agent)
        return found
