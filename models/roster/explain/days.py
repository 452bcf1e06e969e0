"""Days of a roster, and of agents in it."""

import numpy as np

from models.roster.problem import RosterProblem
from models.roster.result import Roster

Shifts = tuple[tuple[int, int, int], ...]  # of a day: (shift type, start, end)


def day_of(problem: RosterProblem, minute: int) -> int:
    """Return the day of the horizon in which a moment lies."""
    after = int(np.searchsorted(problem.day_starts, minute, side="right"))
    return min(max(0, after - 1), problem.days - 1)


def shifts_of(roster: Roster, agent: int, day: int) -> Shifts:
    """Return the shifts of an agent's day, in order of time."""
    mine = (w for w in roster.worked if (w.agent, w.day) == (agent, day))
    return tuple(
        (w.shift_type, w.start, w.end) for w in sorted(mine, key=lambda w: w.start)
    )


def without_day(roster: Roster, agent: int, day: int) -> Roster:
    """Return a roster in which an agent is missing on a day."""
    mine = [w for w in roster.worked if (w.agent, w.day) == (agent, day)]
    return Roster(
        tuple(w for w in roster.worked if w not in mine),
        tuple(
            x
            for x in roster.activities or ()
            if x.agent != agent or not any(w.start <= x.start < w.end for w in mine)
        ),
    )
