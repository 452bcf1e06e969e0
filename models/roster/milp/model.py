"""The roster problem written out for named agents, as one PuLP model.

Written apart from the engine ``cpsat`` and in another way, as a second opinion: every
agent may work every shift until a rule says no, breaks belong to shifts, and case work
flows from period to period.
"""

from dataclasses import replace

from pulp import LpMinimize, LpProblem, lpSum

from models.roster.milp.goals import all_goals
from models.roster.milp.rules import RULES
from models.roster.milp.variables import Variable, create
from models.roster.problem import UNIT, Kind, RosterProblem
from models.roster.result import Activity, Roster, Worked

_Doing = tuple[Kind, str, int]  # what, its name, where it started (breaks, meetings)


class RosterModel:
    """A PuLP model of a problem, and how to read a roster off its variables.

    The model minimises paid hours' worth (cost units / ``UNIT``): solvers that reckon
    in floating point like small numbers.
    """

    def __init__(self, problem: RosterProblem) -> None:
        self.problem = problem
        self.lp = LpProblem("roster", LpMinimize)
        self.variables = create(self.lp, problem)
        for rule in RULES:
            if problem.enforces(rule.__name__):
                rule(self.variables)
        self.parts = all_goals(self.variables)
        self.lp.setObjective(lpSum(self.parts.values()) * (1 / UNIT))

    def roster(self) -> Roster:
        """Return the roster that the variables' values say."""
        worked = [
            Worked(a, s.day, s.shift_type, s.start, s.end, s.paid_minutes)
            for (a, i), variable in self.variables.works.items()
            if _yes(variable)
            for s in (self.problem.shifts[i],)
        ]
        return Roster(
            worked=tuple(sorted(worked, key=lambda s: (s.agent, s.start))),
            activities=tuple(_joined(self._doing(worked), self.problem.period)),
        )

    def _doing(self, worked: list[Worked]) -> dict[tuple[int, int], _Doing]:
        """Return what each agent does in each period of a shift."""
        x, g = self.variables, self.problem.period
        doing: dict[tuple[int, int], _Doing] = {
            (shift.agent, p): (Kind.IDLE, "", 0)
            for shift in worked
            for p in range(shift.start // g, shift.end // g)
        }

        def enter(
            a: int, kind: Kind, name: str, starts: list[int], minutes: int
        ) -> None:
            for t in starts:
                for p in range(t, t + minutes // g):
                    doing[a, p] = (kind, name, t)

        for (a, i, b), starts in x.rests.items():
            rest = self.problem.breaks_of[i][b]
            enter(a, Kind.BREAK, rest.name, _chosen(starts), rest.minutes)
        for (a, m), starts in x.meets.items():
            meeting = self.problem.agents[a].meetings[m]
            enter(a, Kind.MEETING, meeting.name, _chosen(starts), meeting.minutes)
        for (a, w), does in x.does.items():
            work = self.problem.works[w]
            for p in _chosen(does):
                doing[a, p] = (work.kind, work.name, 0)
        return doing


def _joined(doing: dict[tuple[int, int], _Doing], period: int) -> list[Activity]:
    """Return activities: neighbouring periods of the same thing are one."""
    found: list[Activity] = []
    last = None
    for (a, p), what in sorted(doing.items(), key=lambda item: item[0]):
        if last == (a, p - 1, what):
            found[-1] = replace(found[-1], end=(p + 1) * period)
        else:
            found.append(Activity(a, p * period, (p + 1) * period, what[0], what[1]))
        last = (a, p, what)
    return found


def _yes(variable: Variable) -> bool:
    return bool(variable.varValue is not None and variable.varValue > 0.5)


def _chosen(periods: dict[int, Variable]) -> list[int]:
    return [p for p, variable in periods.items() if _yes(variable)]
