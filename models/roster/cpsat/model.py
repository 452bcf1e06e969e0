"""The roster problem written out for named agents, as one CP-SAT model."""

from collections.abc import Callable

from ortools.sat.python import cp_model

from models.roster.cpsat.book import Terms, book
from models.roster.cpsat.goals import SHARED_GOALS, Decisions
from models.roster.cpsat.own_goals import OWN_GOALS
from models.roster.cpsat.rules import RULES
from models.roster.cpsat.variables import AgentVariables, agent_variables
from models.roster.problem import Agent, Kind, RosterProblem
from models.roster.reach import open_periods
from models.roster.result import Activity, Roster, Worked

Value = Callable[[cp_model.LinearExprT], int]


class RosterModel:
    """A CP-SAT model of a problem, and how to read a roster off its variables.

    Attributes
    ----------
    model
        The model; a caller may add constraints before solving.
    agents
        The variables of each agent, in the problem's order.
    own
        For each agent and each goal that agents settle alone, its terms.
    shared
        For each goal that agents reach together, its terms. The model minimises the
        sum of all.
    """

    def __init__(self, problem: RosterProblem) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        opens = [open_periods(problem, w) for w in range(len(problem.works))]
        self.agents = [self._agent(agent, opens) for agent in problem.agents]
        self.own = [
            {goal.__name__: goal(self.model, problem, own) for goal in OWN_GOALS}
            for own in self.agents
        ]
        decisions = Decisions(self.model, problem, self.agents)
        self.shared = {goal.__name__: goal(decisions) for goal in SHARED_GOALS}
        self.model.minimize(cp_model.LinearExpr.sum(self.terms()))

    def terms(self) -> Terms:
        """Return every term of the objective."""
        return [
            term
            for goals in (self.shared, *self.own)
            for terms in goals.values()
            for term in terms
        ]

    def _agent(self, agent: Agent, opens: list[set[int]]) -> AgentVariables:
        own = agent_variables(self.model, self.problem, agent, opens)
        for rule in RULES:
            if self.problem.enforces(rule.__name__):
                rule(self.model, self.problem, own)
        book(self.model, self.problem, own)
        return own

    def roster(self, value: Value) -> Roster:
        """Return the roster that the variables' values say."""
        worked, activities = [], []
        for a, own in enumerate(self.agents):
            for i, variable in own.works.items():
                if value(variable):
                    shift = self.problem.shifts[i]
                    worked.append(
                        Worked(
                            agent=a,
                            day=shift.day,
                            shift_type=shift.shift_type,
                            start=shift.start,
                            end=shift.end,
                            paid_minutes=shift.paid_minutes,
                        )
                    )
            activities.extend(_activities(self.problem, a, own, value))
        return Roster(
            worked=tuple(sorted(worked, key=lambda w: (w.agent, w.start))),
            activities=tuple(sorted(activities, key=lambda x: (x.agent, x.start))),
        )


def _activities(
    problem: RosterProblem, a: int, own: AgentVariables, value: Value
) -> list[Activity]:
    """Return what one agent does, runs joined."""
    g = problem.period
    found = []
    for (_, k, b), takes in own.takes.items():
        rest = problem.shift_types[k].breaks[b]
        found += [
            Activity(a, t * g, t * g + rest.minutes, Kind.BREAK, rest.name)
            for t, variable in takes.items()
            if value(variable)
        ]
    for meeting, meets in zip(own.agent.meetings, own.meets, strict=True):
        found += [
            Activity(a, t * g, t * g + meeting.minutes, Kind.MEETING, meeting.name)
            for t, variable in meets.items()
            if value(variable)
        ]
    for w, does in own.does.items():
        work = problem.works[w]
        for start, end in _runs([p for p, variable in does.items() if value(variable)]):
            found.append(Activity(a, start * g, end * g, work.kind, work.name))
    for start, end in _runs([p for p, v in own.idle.items() if value(v)]):
        found.append(Activity(a, start * g, end * g, Kind.IDLE))
    return found


def _runs(periods: list[int]) -> list[tuple[int, int]]:
    """Return the stretches ``[start, end)`` of increasing periods.

    >>> _runs([3, 4, 7])
    [(3, 5), (7, 8)]
    """
    runs: list[tuple[int, int]] = []
    for p in periods:
        if runs and runs[-1][1] == p:
            runs[-1] = (runs[-1][0], p + 1)
        else:
            runs.append((p, p + 1))
    return runs
