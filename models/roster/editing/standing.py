"""A roster with the checker's word on it, kept up to date edit by edit.

All rules but those that join agents are about one agent's week, and what a roster costs
is made of sums over agents. So after an edit only one week is judged again, by the
checker's own functions, and the answer is that of the whole check.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from models.errors import InvalidInput
from models.roster import check
from models.roster.check import goals
from models.roster.check.fills import fill_room_of, hands
from models.roster.check.joint import JOINT, missed_joint, people
from models.roster.check.reading import refuse_unknown
from models.roster.problem import GOALS, Kind, RosterProblem
from models.roster.result import Activity, Roster, Worked

Ints = npt.NDArray[np.int64]

_OWN = (
    goals.paid_hours,
    goals.overtime,
    goals.preferences,
    goals.preferred_rules,
    goals.fairness,
    goals.changes,
    goals.block_starts,
)
_EMPTY = Roster((), ())


@dataclass(frozen=True, eq=False)
class _Sums:
    """What weeks add up to: cover, case work, hands for fills, people, own goals."""

    cover: Ints  # (covers, periods)
    room: Ints  # (case types, cuts)
    hands: Ints  # (works of fills, periods)
    heads: Ints  # (headcounts,)
    idle: int  # minutes
    own: Ints  # (goals of _OWN,)

    def plus(self, other: "_Sums", sign: int = 1) -> "_Sums":
        return _Sums(
            self.cover + sign * other.cover,
            self.room + sign * other.room,
            self.hands + sign * other.hands,
            self.heads + sign * other.heads,
            self.idle + sign * other.idle,
            self.own + sign * other.own,
        )


@dataclass(frozen=True, eq=False)
class Standing:
    """A roster, agent by agent, and what the checker says of it; it never changes.

    Attributes
    ----------
    weeks
        By agent, who is at position 0 of an own week.
    broken
        By agent: rules of the own week that it breaks.
    sums
        What the weeks add up to.
    bare
        The problem with no agents, and nothing in it that others give.
    """

    problem: RosterProblem
    weeks: Mapping[int, Roster]
    broken: Mapping[int, tuple[check.Violation, ...]]
    sums: _Sums
    bare: RosterProblem

    @classmethod
    def of(cls, problem: RosterProblem, roster: Roster) -> "Standing":
        """Return where a roster stands.

        Raises
        ------
        InvalidInput
            Where its activities are not known, or a position is not the problem's.
        """
        refuse_unknown(problem, roster)
        weeks = dict(_weeks(problem, roster))
        bare = _bare(problem)
        broken = {a: _broken(bare, problem, a, week) for a, week in weeks.items()}
        sums = _added(bare.of_agents(*problem.agents), roster)
        return cls(problem, weeks, broken, sums, bare)

    def with_week(self, agent: int, week: Roster) -> "Standing":
        """Return where the roster stands with another week of an agent."""
        alone = self.bare.of_agents(self.problem.agents[agent])
        before, then = _added(alone, self.weeks[agent]), _added(alone, week)
        own = _broken(self.bare, self.problem, agent, week)
        return Standing(
            self.problem,
            {**self.weeks, agent: week},
            {**self.broken, agent: own},
            self.sums.plus(before, -1).plus(then),
            self.bare,
        )

    @property
    def roster(self) -> Roster:
        """The roster as a whole."""
        return Roster(
            tuple(
                replace(w, agent=a)
                for a, week in self.weeks.items()
                for w in week.worked
            ),
            tuple(
                replace(x, agent=a)
                for a, week in self.weeks.items()
                for x in week.activities or ()
            ),
        )

    @cached_property
    def violations(self) -> list[check.Violation]:
        """Every breach, as ``check.violations`` has them; agent by agent."""
        return [*(v for own in self.broken.values() for v in own), *self._together]

    @cached_property
    def _together(self) -> list[check.Violation]:
        if not self.problem.headcounts:
            return []
        everybody = self._people
        return [
            found
            for judge in JOINT
            if self.problem.enforces(judge.__name__)
            for found in judge(everybody, _EMPTY)
        ]

    @property
    def _people(self) -> RosterProblem:
        """The problem with everybody's people in its headcounts, and no agents."""
        rows = zip(self.problem.headcounts, self.sums.heads.tolist(), strict=True)
        return replace(
            self.problem.of_agents(),
            headcounts=tuple(replace(r, fixed=r.fixed + more) for r, more in rows),
        )

    @cached_property
    def cover(self) -> list[list[int]]:
        """Cover by row and period, as ``check.cover`` has it."""
        fixed = [row.fixed for row in self.problem.covers]
        rows: list[list[int]] = (
            self.sums.cover + _table(fixed, self.problem.periods)
        ).tolist()
        return rows

    @cached_property
    def accounts(self) -> list[check.Account]:
        """What becomes of the deferred work, as ``check.accounts`` has it."""
        there, first = [], 0
        for fill in self.problem.fills:
            own = self.sums.hands[first : first + len(fill.works)]
            own = own + _table(fill.fixed, self.problem.periods, len(fill.works))
            there.append(own.tolist())
            first += len(fill.works)
        more = fill_room_of(self.problem, self.cover, there)
        shape = (len(self.problem.cases), len(self.problem.cuts))
        room = self.sums.room + np.array(more, dtype=np.int64).reshape(shape)
        return goals.accounts_of(self.problem, room.tolist())

    @cached_property
    def parts(self) -> dict[str, int]:
        """What each goal costs, as ``check.objective`` has it."""
        problem, cover, accounts = self.problem, self.cover, self.accounts
        joined = missed_joint(self._people, _EMPTY) if problem.headcounts else ()
        own = zip((goal.__name__ for goal in _OWN), self.sums.own.tolist(), strict=True)
        found = {
            "voice_shortfall": goals.levels_cost(problem, "voice_shortfall", cover),
            "voice_cushion": goals.levels_cost(problem, "voice_cushion", cover),
            "late_calls": goals.late_cost(problem, cover),
            "headcount": sum(miss.cost for miss in joined),
            "overdue": goals.overdue_cost(problem, accounts),
            "open_work": goals.open_cost(problem, accounts),
            "idle": problem.idle_cost * (self.sums.idle // problem.period),
            **dict(own),
        }
        return {goal: found[goal] for goal in GOALS}


@dataclass(frozen=True)
class Answer:
    """What has become of a roster: rules broken, and what goals cost more.

    ``new`` are the breaches that were not there before, ``kept`` those that were;
    ``mended`` are gone. ``change`` is in cost units, by goal.
    """

    new: tuple[check.Violation, ...]
    kept: tuple[check.Violation, ...]
    mended: tuple[check.Violation, ...]
    change: dict[str, int]


def answer(before: Standing, then: Standing) -> Answer:
    """Return what has become of a roster."""
    known, now = set(before.violations), set(then.violations)
    return Answer(
        tuple(v for v in then.violations if v not in known),
        tuple(v for v in then.violations if v in known),
        tuple(v for v in before.violations if v not in now),
        {goal: cost - before.parts[goal] for goal, cost in then.parts.items()},
    )


def _weeks(problem: RosterProblem, roster: Roster) -> Iterator[tuple[int, Roster]]:
    """Yield every agent's own week."""
    if roster.activities is None:
        raise InvalidInput("an edit needs what fills the shifts (activities.csv)")
    worked: list[list[Worked]] = [[] for _ in problem.agents]
    for w in roster.worked:
        worked[w.agent].append(replace(w, agent=0))
    doing: list[list[Activity]] = [[] for _ in problem.agents]
    for x in roster.activities:
        doing[x.agent].append(replace(x, agent=0))
    for a in range(len(problem.agents)):
        yield a, Roster(tuple(worked[a]), tuple(doing[a]))


def _bare(problem: RosterProblem) -> RosterProblem:
    """Return the problem with nothing in it that others give."""
    none = (0,) * problem.periods
    return replace(
        problem,
        agents=(),
        covers=tuple(replace(row, fixed=none) for row in problem.covers),
        fills=tuple(replace(fill, fixed=()) for fill in problem.fills),
        headcounts=tuple(replace(row, fixed=0) for row in problem.headcounts),
    )


def _broken(
    bare: RosterProblem, problem: RosterProblem, agent: int, week: Roster
) -> tuple[check.Violation, ...]:
    """Return the rules that an own week breaks."""
    alone = bare.of_agents(problem.agents[agent], joined=False)
    return tuple(check.violations(alone, week))


def _added(bare: RosterProblem, roster: Roster) -> _Sums:
    able = [row for rows in hands(bare, roster) for row in rows]
    doing = roster.activities or ()
    heads = [people(bare, roster, row) for row in bare.headcounts]
    return _Sums(
        _table(check.cover(bare, roster), bare.periods),
        _table(check.case_minutes(bare, roster), len(bare.cuts)),
        _table(able, bare.periods),
        np.array(heads, dtype=np.int64),
        sum(x.end - x.start for x in doing if x.kind is Kind.IDLE),
        np.array([goal(bare, roster) for goal in _OWN], dtype=np.int64),
    )


def _table(rows: Iterable[Iterable[int]], width: int, height: int = 0) -> Ints:
    found = [list(row) for row in rows] or [[0] * width] * height
    return np.array(found, dtype=np.int64).reshape(len(found), width)
