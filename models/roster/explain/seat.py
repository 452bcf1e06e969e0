"""One agent's week in a roster, everybody else staying as they are.

The others count as fixed cover and fixed case work, so that the week is a roster
problem of its own, and the checker tells what each of its goals costs.
"""

from dataclasses import replace
from functools import cached_property

from models.errors import InvalidInput
from models.roster import check
from models.roster.cpsat.part import Given, given, nothing, with_others
from models.roster.explain.desk import Desk
from models.roster.problem import RosterProblem
from models.roster.result import Activity, Roster, Worked


class Seats:
    """A roster, of which any agent's week can be looked at with all others given.

    Raises
    ------
    InvalidInput
        Where the roster's activities are not known.
    """

    def __init__(self, problem: RosterProblem, roster: Roster) -> None:
        if roster.activities is None:
            raise InvalidInput(
                "an explanation needs the activities of the roster (activities.csv)"
            )
        self.problem = problem
        self._worked: dict[int, list[Worked]] = {}
        for w in roster.worked:
            self._worked.setdefault(w.agent, []).append(w)
        self._doing: dict[int, list[Activity]] = {}
        for x in roster.activities:
            self._doing.setdefault(x.agent, []).append(x)
        self._every = sum(map(self._given, self._worked), nothing(problem))

    def seat(self, agent: int) -> "Seat":
        """Return the seat of an agent."""
        others = self._every - self._given(agent)
        now = Roster(
            tuple(replace(w, agent=0) for w in self._worked.get(agent, ())),
            tuple(replace(x, agent=0) for x in self._doing.get(agent, ())),
        )
        return Seat(self.problem, agent, others, now)

    def _given(self, agent: int) -> Given:
        worked, doing = self._worked.get(agent, ()), self._doing.get(agent, ())
        return given(self.problem, self.problem.agents[agent], worked, doing)


class Seat:
    """An agent of a roster, everybody else as they are.

    Attributes
    ----------
    problem
        Of this agent alone, the others' cover and case work given.
    priced
        The same, where required rules that join agents cost much instead.
    now
        The agent's week; the agent's position in it is 0.
    """

    def __init__(
        self, problem: RosterProblem, agent: int, others: Given, now: Roster
    ) -> None:
        self.now = now
        self.priced = with_others(problem, others, [problem.agents[agent]])
        rows = zip(problem.joint, self.priced.headcounts, strict=True)
        people = tuple(replace(row, fixed=own.fixed) for row, own in rows)
        self.problem = replace(self.priced, headcounts=people)

    @cached_property
    def parts(self) -> dict[str, int]:
        """What each goal costs now, the whole operation's, cost units."""
        return check.objective(self.problem, self.now)

    @cached_property
    def broken(self) -> frozenset[tuple[str, str]]:
        """Rules that the week breaks already, with their messages."""
        found = check.violations(self.problem, self.now)
        return frozenset((each.rule, each.message) for each in found)

    def change(self, week: Roster) -> dict[str, int]:
        """Return by goal what the whole costs more with another week, cost units."""
        parts = check.objective(self.problem, week)
        return {goal: parts[goal] - cost for goal, cost in self.parts.items()}

    def forbids(self, week: Roster) -> tuple[tuple[str, str], ...]:
        """Return (rule, message) of what another week breaks that now's does not."""
        found = check.violations(self.problem, week)
        told = ((x.rule, x.message) for x in found)
        return tuple(each for each in told if each not in self.broken)

    @cached_property
    def desk(self) -> Desk:
        """What answers for this agent, at position 0."""
        return Desk(self.priced, self.now)

    def worked(self, day: int, shift_type: int, start: int, end: int) -> Worked:
        """Return a shift of the menu as the agent would work it."""
        (shift,) = (
            s
            for s in self.problem.shifts
            if (s.day, s.shift_type, s.start, s.end) == (day, shift_type, start, end)
        )
        return Worked(0, day, shift_type, start, end, shift.paid_minutes)
