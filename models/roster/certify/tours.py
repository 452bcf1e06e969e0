"""The least that one agent can cost: the best tour, day by day."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import NamedTuple

from models.errors import InvalidInput
from models.roster.certify.book import memory, such
from models.roster.certify.fill import Fills
from models.roster.certify.menu import Meetings, Menu
from models.roster.certify.prices import FINE
from models.roster.certify.rewards import speed_of
from models.roster.certify.stretches import Stretches
from models.roster.problem import Agent, Headcount, RosterProblem, Rule, WeekLimits
from models.roster.result import Certificate


class State(NamedTuple):
    """All of a tour so far that matters for the rest of it.

    Attributes
    ----------
    ready
        Position of the first start that may come next.
    run
        Days worked in a row up to now.
    minutes, days
        Paid and worked so far in the week.
    held
        Meetings that have been.
    today
        Shifts of the day so far, by position; empty where no rule asks which they are.
    kept
        What each rule of the book remembers.
    """

    ready: int
    run: int
    minutes: int
    days: int
    held: Meetings
    today: tuple[int, ...] = ()
    kept: tuple[Hashable, ...] = ()


States = dict[State, int]  # with the least cost of a tour that leads there, fine units


@dataclass(frozen=True)
class Limits:
    """What a week asks, by the rules that are enforced; ``inf``: no limit."""

    least_minutes: int
    most_minutes: float
    least_days: int
    most_days: float

    @classmethod
    def of(cls, problem: RosterProblem, week: WeekLimits) -> "Limits":
        """Return the limits of one agent's week."""
        most = week.max_minutes + week.overtime_minutes
        return cls(
            week.min_minutes if problem.enforces("minimum_hours") else 0,
            most if problem.enforces("maximum_hours") else inf,
            week.min_days if problem.enforces("minimum_days") else 0,
            week.max_days if problem.enforces("maximum_days") else inf,
        )

    def reached(self, state: State) -> bool:
        """Whether a week may end so."""
        enough_minutes = state.minutes >= self.least_minutes
        return enough_minutes and state.days >= self.least_days


class Tours:
    """Best tours at some prices; agents with the same speeds share their shifts."""

    def __init__(self, problem: RosterProblem, certificate: Certificate) -> None:
        in_order = [day for week in problem.weeks for day in week]
        if in_order != list(range(problem.days)) or not all(problem.weeks):
            raise InvalidInput("weeks must be stretches of days, one after the other")
        self._problem, self._certificate = problem, certificate
        self._fills: dict[tuple[int, ...], Fills] = {}

    def least(self, agent: Agent) -> int | None:
        """Return the least cost less rewards of a legal tour; ``None``: there is none.

        In fine units: pay, overtime, wishes, blocks and idle time, less what the agent
        is paid for help.
        """
        problem = self._problem
        rules = [rule for rule in agent.rules if rule.rule not in problem.off]
        book = _Book(problem, agent, rules, self._certificate.people)
        menu = Menu(problem, agent, self._fills_of(agent), named=book.asks)
        tour = _Tour(problem, agent, menu, book)
        start = State(
            menu.first(), agent.run_before, 0, 0, frozenset(), (), book.begin()
        )
        states: States = {start: 0}
        for week, days in enumerate(problem.weeks):
            limits = Limits.of(problem, agent.weeks[week])
            for day in days:
                states = tour.day(states, day, limits)
            states = tour.week_over(states, agent.weeks[week], limits)
        wanted = len(agent.meetings) if problem.enforces("meetings") else 0
        return min(
            (cost for state, cost in states.items() if len(state.held) == wanted),
            default=None,
        )

    def _fills_of(self, agent: Agent) -> Fills:
        works = range(len(self._problem.works))
        speeds = tuple(speed_of(self._problem, agent, work) for work in works)
        if speeds not in self._fills:
            stretches = Stretches(self._problem, self._certificate, speeds)
            self._fills[speeds] = Fills(self._problem, stretches)
        return self._fills[speeds]


def _sign(row: Headcount, agent: Agent) -> int:
    """Return what an agent counts for in a headcount."""
    counts = row.mark is None or row.mark in agent.marks
    return counts - (row.against in agent.marks)


class _Book:
    """The rules of one agent's book, and rewards for being one of a headcount."""

    def __init__(
        self,
        problem: RosterProblem,
        agent: Agent,
        rules: Sequence[Rule],
        people: Sequence[int],
    ) -> None:
        self._problem, self._rules = problem, rules
        self._memories = [memory(problem, agent, rule) for rule in rules]
        joint = zip(problem.joint, people, strict=True)
        self._joint = [
            (row, sign, price) for row, price in joint if (sign := _sign(row, agent))
        ]
        self.asks = bool(rules) or bool(self._joint)

    def begin(self) -> tuple[Hashable, ...]:
        """Return what is known before day one."""
        return tuple(one.begin() for one in self._memories)

    def after(self, state: State, day: int) -> tuple[tuple[Hashable, ...], int] | None:
        """Return what is known after a day and what the day costs, fine units.

        ``None`` where a required rule is broken.
        """
        shifts = [self._problem.shifts[i] for i in state.today]
        kept, cost = [], 0
        for rule, one, known in zip(
            self._rules, self._memories, state.kept, strict=True
        ):
            then, units = one.after(known, day, shifts)
            if units and rule.cost is None:
                return None
            cost += units * (rule.cost or 0) * FINE
            kept.append(then)
        for row, sign, price in self._joint:
            on_day = row.day is None or row.day == day
            if on_day and any(such(row.which, shift) for shift in shifts):
                cost -= sign * price
        return tuple(kept), cost


class _Tour:
    """The steps of one agent's tour."""

    def __init__(
        self, problem: RosterProblem, agent: Agent, menu: Menu, book: _Book
    ) -> None:
        self._agent, self._menu, self._book = agent, menu, book
        self._options = cache(menu.options)
        is_limited = problem.enforces("run_of_days") and agent.max_run is not None
        self._most_run = agent.max_run or 0
        self._run_step = 1 if is_limited else 0

    def day(self, states: States, day: int, limits: Limits) -> States:
        """Return the states after a day, off or worked."""
        found: States = {}
        if self._menu.may_be_off(day):
            off_cost = self._menu.off_cost(day)
            for state, cost in states.items():
                _keep(found, state._replace(run=0), cost + off_cost)
        fresh = self._worked(states, day, limits, days=1)
        while fresh:
            for state, cost in fresh.items():
                _keep(found, state, cost)
            more = self._menu.may_go_on(day)
            fresh = self._worked(fresh, day, limits, days=0) if more else {}
        return self._tomorrow(found, day)

    def _worked(self, states: States, day: int, limits: Limits, days: int) -> States:
        """Return the states after one more shift of a day, which is ``days`` new."""
        found: States = {}
        for state, cost in states.items():
            run, worked = state.run + days * self._run_step, state.days + days
            if self._too_long(run) or worked > limits.most_days:
                continue
            for option in self._options(day, state.ready):
                minutes = state.minutes + option.paid
                if minutes <= limits.most_minutes and not option.held & state.held:
                    held = state.held | option.held
                    today = state.today
                    if option.shift >= 0:
                        today = (*today, option.shift)
                    after = State(
                        option.after, run, minutes, worked, held, today, state.kept
                    )
                    _keep(found, after, cost + option.cost)
        return found

    def _too_long(self, run: int) -> bool:
        return bool(self._run_step) and run > self._most_run

    def _tomorrow(self, states: States, day: int) -> States:
        """Return the states with ``ready`` not before the next day's first start.

        What they differ in before that no longer matters.
        """
        first = self._menu.opens(day + 1)
        found: States = {}
        for state, cost in states.items():
            ready = max(state.ready, first)
            if not self._book.asks:
                _keep(found, state._replace(ready=ready), cost)
            elif (known := self._book.after(state, day)) is not None:
                kept, more = known
                after = state._replace(ready=ready, today=(), kept=kept)
                _keep(found, after, cost + more)
        return found

    def week_over(self, states: States, week: WeekLimits, limits: Limits) -> States:
        """Return the states at the start of the next week, overtime paid."""
        found: States = {}
        for state, cost in states.items():
            if limits.reached(state):
                over = max(0, state.minutes - week.max_minutes)
                cost += over * self._agent.overtime_cost * FINE
                _keep(found, state._replace(minutes=0, days=0), cost)
        return found


def _keep(states: States, state: State, cost: int) -> None:
    """Enter a state, at its least cost so far."""
    if cost < states.get(state, cost + 1):
        states[state] = cost
