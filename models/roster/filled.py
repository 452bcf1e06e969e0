"""Filling a roster of which only the shifts are known."""

import threading
from collections.abc import Collection
from dataclasses import replace

from models.roster import columns
from models.roster.columns.floor import cheapest_tours
from models.roster.cpsat.dive import pinned
from models.roster.problem import RosterProblem
from models.roster.result import Limits, Roster
from models.roster.start import settled
from models.roster.track import Track

_SHARE = 0.3  # of the time at most


def filled(
    problem: RosterProblem,
    shifts: Roster,
    limits: Limits,
    stop: threading.Event | None = None,
) -> Roster | None:
    """Return the first whole roster found that has these shifts.

    Agents without a week have any, and so has who cannot fill the shifts with all that
    they must hold. ``None`` where time is short, or no roster exists.
    """
    tours = _tours(problem, shifts)
    bound = _pinned(problem, tours, ())
    bound = _pinned(problem, tours, cheapest_tours(bound, limits.workers).without)
    few = replace(limits, seconds=_SHARE * limits.seconds, workers=1, work=1)
    return columns.solve(bound, few, Track(), stop).roster


def _tours(problem: RosterProblem, shifts: Roster) -> dict[int, tuple[int, ...]]:
    """Return the shifts (positions in the menu) of the agents who have a week."""
    position = {(s.shift_type, s.start, s.end): i for i, s in enumerate(problem.shifts)}
    found: dict[int, tuple[int, ...]] = dict.fromkeys(settled(problem, shifts), ())
    for w in shifts.worked:
        found[w.agent] += (position[w.shift_type, w.start, w.end],)
    return found


def _pinned(
    problem: RosterProblem,
    tours: dict[int, tuple[int, ...]],
    free: Collection[int],
) -> RosterProblem:
    """Return the problem with agents pinned to their shifts, but for those free."""
    agents = tuple(
        pinned(problem, agent, tours[a]) if a in tours and a not in free else agent
        for a, agent in enumerate(problem.agents)
    )
    return replace(problem, agents=agents)
