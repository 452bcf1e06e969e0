"""The rules of one agent's book as machines for ``kernels.rules``."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from models.roster.columns.kernels.rules import (
    FOLLOW,
    GROUPS,
    LIMIT,
    NEXT_DAY,
    REST,
    RUN,
    SPREAD,
    TOGETHER,
    WHOLE,
    WIDE,
)
from models.roster.columns.machine import (
    REQUIRED,
    Book,
    Machine,
    Values,
    counters,
    limit_machine,
)
from models.roster.columns.options import Options
from models.roster.columns.units import FINE, NO_LIMIT
from models.roster.problem import (
    ANY,
    Agent,
    Follow,
    Limit,
    LongRest,
    RosterProblem,
    Rule,
    Run,
    Spread,
    Together,
    Which,
    Whole,
)
from models.roster.problem.whole import DAY
from models.roster.problem.whole import START as START_COLUMN
from models.roster.reach import amounts, free_from, is_such

Ints = npt.NDArray[np.int64]
Days = tuple[int, ...]

_CLOCK = 120  # minutes added to times of day, which a clock change may bring below 0


def book(
    problem: RosterProblem, values: Values, agent: Agent, options: Options
) -> Book:
    """Return an agent's rules as far as they are on and can matter."""
    return _Maker(problem, values, options).book(
        [rule for rule in agent.rules if rule.rule not in problem.off], agent
    )


class _Maker:
    def __init__(
        self, problem: RosterProblem, values: Values, options: Options
    ) -> None:
        self.problem, self.values, self.options = problem, values, options
        self.option_day = np.repeat(np.arange(problem.days), np.diff(options.day_first))
        self.single = problem.enforces("one_shift_per_day")

    def book(self, rules: Sequence[Rule], agent: Agent) -> Book:
        self.made = Book([], np.zeros(len(self.options.rows), dtype=np.bool_))
        for limits in counters(rules):
            self._limit(limits)
        for rule in rules:
            if isinstance(rule, Run):
                self._run(rule)
            elif isinstance(rule, Spread):
                self._spread(rule)
            elif isinstance(rule, LongRest):
                self._rest(rule, agent)
            elif isinstance(rule, Together):
                number = (rule.least,)
                self._add(Machine(TOGETHER, rule.days, begin=1, number=number), rule)
            elif isinstance(rule, Whole):
                self._add(Machine(WHOLE, rule.days), rule)
        follows = [rule for rule in rules if isinstance(rule, Follow)]
        self._follow([rule for rule in follows if not self._is_implied(rule, agent)])
        return self.made

    def _add(self, machine: Machine, rule: Rule) -> None:
        cost = REQUIRED if rule.cost is None else rule.cost * FINE
        self.made.machines.append(replace(machine, cost=cost, goal=rule.goal))

    def _starts(self) -> tuple[int, int]:
        """Return where the table of all starts of the agent's shifts is; how many."""
        starts = np.unique(self.problem.shift_table[self.options.shifts, START_COLUMN])
        never = np.array([NO_LIMIT], dtype=np.int64)
        return self.values.table(np.concatenate([starts, never])), len(starts) + 1

    def _is_implied(self, rule: Follow, agent: Agent) -> bool:
        """Whether the rest between any two shifts is as long anyway."""
        return (
            self.problem.enforces("rest_between_shifts")
            and (rule.first, rule.then, rule.days) == (ANY, ANY, 0)
            and rule.rest <= agent.min_rest
            and rule.ready <= max(0, free_from(self.problem, agent))
        )

    def _flags(self, which: Which) -> Ints:
        return is_such(self.problem, which).astype(np.int64)

    def _most_by_day(self, by_shift: Ints) -> Ints:
        """Return the most that an option of each day can add."""
        found = np.zeros(self.problem.days, dtype=np.int64)
        np.maximum.at(found, self.option_day, self.options.total(by_shift))
        return found

    def _limit(self, limits: Sequence[Limit]) -> None:
        """Add limits of one and the same count."""
        first = limits[0]
        groups = first.groups
        by_shift = amounts(self.problem, first.which, first.measure)
        if groups and self.single and all(len(group) == 1 for group in groups):
            by_shift, groups = self._flags(first.which), ()
        if len(first.days) == 1 and not groups:
            self._day(first.days[0], by_shift, limits)
            return
        most = self._most_by_day(by_shift)
        ends = frozenset(group[-1] for group in groups)
        adds = np.zeros(self.problem.days, dtype=np.int64)
        if groups:
            adds[list(ends)] = 1
        else:
            adds[list(first.days)] = most[list(first.days)]
        later = adds[::-1].cumsum()[::-1] - adds
        machine = limit_machine(limits, int(adds.sum()))
        if machine is not None:
            start = first.before << 1 if groups else first.before
            for rule in limits:  # machines charge only what is added
                if rule.cost and rule.most is not None and rule.before > rule.most:
                    known = rule.cost * FINE * (rule.before - rule.most)
                    self._charge(rule.goal, first.days[0], known, known)
            self.made.machines.append(
                replace(
                    machine,
                    kind=GROUPS if groups else LIMIT,
                    days=sorted({d for g in groups for d in g} or first.days),
                    begin=start,
                    value=(self.values.row(by_shift), 0),
                    ends=ends,
                    later=later,
                )
            )

    def _day(self, day: int, by_shift: Ints, limits: Sequence[Limit]) -> None:
        """Enter limits of one day: each option by itself keeps them or does not."""
        there = slice(*self.options.day_first[day : day + 2].tolist())
        totals = self.options.total(by_shift)[there]
        made = self.made
        for rule in limits:
            count, off = totals + rule.before, rule.before
            least = -NO_LIMIT if rule.least is None else rule.least
            most = NO_LIMIT if rule.most is None else rule.most
            outside = np.maximum(least - count, 0) + np.maximum(count - most, 0)
            off_outside = max(least - off, 0) + max(off - most, 0)
            if rule.cost is None:
                made.closed[there] |= outside > 0
                if off_outside:
                    made.must.add(day)
                continue
            cost = rule.cost * FINE
            self._charge(rule.goal, day, cost * outside, cost * off_outside)

    def _charge(self, goal: str, day: int, costs: Ints | int, off: int) -> None:
        """Add what the options of a day cost, and a day off."""
        made = self.made
        own = made.costs.setdefault(goal, np.zeros(len(self.option_day), np.int64))
        own[self.option_day == day] += costs
        off_own = made.off_costs.setdefault(goal, np.zeros(self.problem.days, np.int64))
        off_own[day] += off

    def _run(self, rule: Run) -> None:
        longest = len(rule.days) + (rule.before or 0)
        if (rule.least or 0) <= 1 and (rule.most is None or rule.most >= longest):
            return
        machine = Machine(
            RUN,
            [d for group in rule.days for d in group],
            begin=(rule.before or 0) << 2 | (rule.before is None) << 1,
            value=(self.values.row(self._flags(rule.which)), 0),
            number=(
                rule.least or 0,
                -1 if rule.most is None else rule.most,
                int(rule.off),
            ),
            ends=frozenset(group[-1] for group in rule.days),
        )
        self._add(machine, rule)

    def _spread(self, rule: Spread) -> None:
        table = self.problem.shift_table
        clock = np.zeros(len(table), dtype=np.int64)
        for day, midnight in zip(rule.days, rule.midnights, strict=True):
            own = table[:, DAY] == day
            clock[own] = table[own, START_COLUMN] - midnight + _CLOCK
        value = (self.values.row(clock), 0)
        begin = 0
        if rule.before:
            first, last = min(rule.before) + _CLOCK, max(rule.before) + _CLOCK
            begin = first * WIDE + last + 1
        number = (rule.most,)
        machine = Machine(SPREAD, rule.days, value=value, number=number, begin=begin)
        self._add(machine, rule)

    def _rest(self, rule: LongRest, agent: Agent) -> None:
        start, end = rule.window
        starts = self.problem.day_starts
        touched = [
            day
            for day in range(self.problem.days)
            if starts[day] < end and starts[day + 1] > start
        ]
        days = [d for d in range(self.problem.days) if d + 1 in touched or d in touched]
        since = start if agent.last_end is None else max(start, agent.last_end)
        machine = Machine(
            REST,
            days,
            begin=since - start + 1,
            number=(rule.least, start, end, *self._starts()),
        )
        self._add(machine, rule)

    def _follow(self, rules: Sequence[Follow]) -> None:
        """Add one machine for all that is about yesterday, and one for each other."""
        plain = [
            rule
            for rule in rules
            if self.single and (rule.days, rule.rest) == (1, 0) and rule.ready <= 0
        ]
        required = [rule for rule in plain if rule.cost is None]
        for some in (required, *([rule] for rule in plain if rule.cost is not None)):
            if some:
                self._yesterday(some)
        for rule in rules:
            if rule not in plain:
                self._wait(rule)

    def _wait(self, rule: Follow) -> None:
        days = self.problem.days
        later = np.zeros(days, dtype=np.int64)
        if rule.days:
            after = np.minimum(np.arange(days) + 1 + rule.days, days)
            later = np.array(self.problem.day_starts, dtype=np.int64)[after]
        firsts = self.values.row(self._flags(rule.first))
        machine = Machine(
            FOLLOW,
            range(days),
            begin=max(0, rule.ready),
            value=(firsts, self.values.row(self._flags(rule.then))),
            number=(rule.rest, *self._starts()),
            later=later,
        )
        self._add(machine, rule)

    def _yesterday(self, rules: Sequence[Follow]) -> None:
        """Shifts that are alike in all of these rules have one number; 0 is off."""
        firsts = np.array([self._flags(rule.first) for rule in rules])
        thens = np.array([self._flags(rule.then) for rule in rules])
        every = np.vstack([firsts, thens]).T
        kinds, number = np.unique(every, axis=0, return_inverse=True)
        n, size = len(rules), len(kinds) + 1
        too_soon = np.zeros((size, size), dtype=np.int64)
        for before in range(1, size):
            for now in range(1, size):
                joint = kinds[before - 1, :n] & kinds[now - 1, n:]
                too_soon[before, now] = joint.any()
        machine = Machine(
            NEXT_DAY,
            range(self.problem.days),
            value=(self.values.row(number.ravel().astype(np.int64) + 1), 0),
            number=(self.values.table(too_soon), size),
        )
        self._add(machine, rules[0])
