"""A bound from an outline of the problem: tours by agent, activities by group.

The outline keeps what matters most and forgets the rest, so that every roster is a
solution of it and no roster costs less. Kept: each agent's menu, one shift a day,
hours, days, runs of days; skills, speeds and opening hours; the time that breaks take;
cover levels; case work between arrival and deadline. Forgotten: rest between shifts,
where breaks and meetings lie, how long runs are, whole numbers.
"""

from collections import defaultdict
from math import floor

from models.roster.halting import Halt, go_on, never
from models.roster.outline.demand import (
    add_activities,
    add_case_work,
    add_cover,
)
from models.roster.outline.rows import Rows
from models.roster.outline.tours import Works, add_tours
from models.roster.problem import GOALS, RosterProblem
from models.roster.reach import speed_of

SHARED_GOALS = ("voice_shortfall", "late_calls", "overdue")
_SAFETY = 1e-6  # relative: HiGHS is right to about 1e-7

__all__ = ["SHARED_GOALS", "Outline"]


class Outline:
    """The outline of a problem.

    ``works`` are, for each agent, the columns of the shifts in the menu; ``rows`` the
    linear program.

    Raises
    ------
    Halted
        Once ``halt`` says so.
    """

    def __init__(self, problem: RosterProblem, halt: Halt = never) -> None:
        self.rows = Rows()
        self.works = []
        for agent in problem.agents:
            go_on(halt)
            self.works.append(add_tours(self.rows, problem, agent))
        tours: dict[tuple[int, ...], list[Works]] = defaultdict(list)
        for agent, works in zip(problem.agents, self.works, strict=True):
            speeds = (speed_of(problem, agent, w) for w in range(len(problem.works)))
            tours[tuple(speeds)].append(works)
        groups = list(tours.items())
        does = add_activities(self.rows, problem, groups)
        missing = add_cover(self.rows, problem, groups, does)
        add_case_work(self.rows, problem, groups, does, missing)

    def bound(self, *goals: str, seconds: float, halt: Halt = never) -> int | None:
        """Return what the goals (default: all together) cost at least.

        ``None`` where it is not known within the time, or before ``halt`` says stop.
        """
        least = self.rows.least(goals or GOALS, seconds, halt)
        if least is None:
            return None
        return max(0, floor(least * (1 - _SAFETY)))
