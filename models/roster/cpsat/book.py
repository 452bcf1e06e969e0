"""The rules of the book, as CP-SAT constraints on slacks that are 0 where required."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import permutations

from ortools.sat.python import cp_model

from models.roster.cpsat.variables import AgentVariables, Literal
from models.roster.problem import (
    Follow,
    Limit,
    LongRest,
    RosterProblem,
    Rule,
    Run,
    Shift,
    Spread,
    Together,
    Which,
    Whole,
)
from models.roster.reach import amounts, is_such

_DAY = 1440  # minutes
Terms = list[cp_model.LinearExpr]
Linear = cp_model.LinearExpr
Outside = Iterator[tuple[int, cp_model.IntVar]]  # how many units a slack is worth
total = cp_model.LinearExpr.sum


def book(m: cp_model.CpModel, problem: RosterProblem, own: AgentVariables) -> None:
    """Keep the required rules of an agent."""
    for rule in own.agent.rules:
        if rule.cost is None and rule.rule not in problem.off:
            for _ in _Outside(m, problem, own, rule).units():
                pass


def book_terms(
    m: cp_model.CpModel, problem: RosterProblem, own: AgentVariables, goal: str
) -> Terms:
    """Return what an agent's preferred rules of a goal cost that are not kept."""
    return [
        rule.cost * units * slack
        for rule in own.agent.rules
        if rule.cost and rule.goal == goal and rule.rule not in problem.off
        for units, slack in _Outside(m, problem, own, rule).units()
    ]


class _Outside:
    """By how many units one rule is broken."""

    def __init__(
        self,
        m: cp_model.CpModel,
        problem: RosterProblem,
        own: AgentVariables,
        rule: Rule,
    ) -> None:
        self.m, self.problem, self.own, self.rule = m, problem, own, rule
        self._longest = max((s.end - s.start for s in problem.shifts), default=0)

    def units(self) -> Outside:
        """Yield slacks, each with the units that it counts."""
        match self.rule:
            case Limit():
                return self._limit(self.rule)
            case Run():
                return self._run(self.rule)
            case Follow():
                return self._follow(self.rule)
            case Spread():
                return self._spread(self.rule)
            case LongRest():
                return self._long_rest(self.rule)
            case Together():
                return self._together(self.rule)
            case Whole():
                return self._whole(self.rule)

    def _slack(self, most: int) -> cp_model.IntVar:
        if self.rule.cost is None:
            return self.m.new_constant(0)
        return self.m.new_int_var(0, max(most, 0), "outside")

    def _such(self, which: Which, days: Sequence[int]) -> list[Literal]:
        """Return the shifts on some days of which a rule speaks."""
        such, own = is_such(self.problem, which), self.own
        return [
            own.works[i] for day in days for i in own.of_day.get(day, ()) if such[i]
        ]

    def _any(self, which: Which, days: Sequence[int]) -> Linear:
        """Return whether one of these shifts is worked."""
        such = self._such(which, days)
        if len(days) == 1 and self.problem.enforces("one_shift_per_day"):
            return total(such)
        if not such:
            return self.m.new_constant(0)
        found = self.m.new_bool_var("any")
        self.m.add_max_equality(found, such)
        return found

    def _on(self, day: int) -> Linear:
        return self.own.on.get(day, self.m.new_constant(0))

    def _limit(self, rule: Limit) -> Outside:
        adds = amounts(self.problem, rule.which, rule.measure)
        if rule.groups:
            count = total([self._any(rule.which, group) for group in rule.groups])
            most = len(rule.groups)
        else:
            terms = [
                int(adds[i]) * self.own.works[i]
                for day in rule.days
                for i in self.own.of_day.get(day, ())
                if adds[i]
            ]
            count = total(terms)
            most = sum(int(adds[i]) for i in self.own.works)
        if rule.least is not None:
            short = self._slack(rule.least - rule.before)
            self.m.add(count + rule.before + short >= rule.least)
            yield 1, short
        if rule.most is not None:
            over = self._slack(most + rule.before)
            self.m.add(count + rule.before - over <= rule.most)
            yield 1, over

    def _run(self, rule: Run) -> Outside:
        flags = [self._any(rule.which, days) for days in rule.days]
        if rule.off:
            flags = [1 - flag for flag in flags]
        if rule.most is not None:
            yield from self._too_long(flags, rule.most, rule.before or 0)
        if rule.least is not None:
            yield from self._too_short(flags, rule.least, rule.before)

    def _too_long(self, flags: list[Linear], most: int, before: int) -> Outside:
        """Of so many in a row and one more, each that ends such a row is one beyond."""
        for i in range(len(flags)):
            if most - i <= before:
                window = flags[max(0, i - most) : i + 1]
                over = self._slack(1)
                self.m.add(total(window) - over <= len(window) - 1)
                yield 1, over

    def _too_short(
        self, flags: list[Linear], least: int, before: int | None
    ) -> Outside:
        """A run from first to end (of no length: before day one only) with ends off."""
        for first in range(len(flags)):
            earlier = before if first == 0 else 0
            if earlier is None:
                continue
            for end in range(first, min(first + least - earlier, len(flags))):
                length = end - first
                if not earlier and not length:
                    continue
                off = [flags[end]] if first == 0 else [flags[first - 1], flags[end]]
                short = self._slack(1)
                self.m.add(total(flags[first:end]) - total(off) - short <= length - 1)
                yield least - earlier - length, short

    def _follow(self, rule: Follow) -> Outside:
        """Of a day's shifts that wait for the same ones at most one is worked."""
        problem = self.problem
        firsts, thens = is_such(problem, rule.first), is_such(problem, rule.then)
        single = problem.enforces("one_shift_per_day")
        for own in self.own.of_day.values():
            waiting: dict[tuple[int, ...], list[int]] = defaultdict(list)
            known: dict[int, tuple[int, ...]] = {}  # by start
            for j in (j for j in own if thens[j]):
                start = problem.shifts[j].start
                if start not in known:
                    earlier = self._awaited(rule, problem.shifts[j])
                    known[start] = tuple(i for i in earlier if firsts[i])
                awaited = [i for i in known[start] if i != j]
                early = start < rule.ready
                waiting[(*awaited, -1 if early else 0, 0 if single else j)].append(j)
            for (*close, before, _), later in waiting.items():
                yield from self._wait(close, later, single=single, early=before < 0)

    def _wait(
        self, earlier: Sequence[int], later: Sequence[int], *, single: bool, early: bool
    ) -> Outside:
        close: dict[int, list[Linear]] = defaultdict(list)
        for i in earlier:
            day = self.problem.shifts[i].day
            close[day if single else i].append(self.own.works[i])
        if early:
            close[-1].append(self.m.new_constant(1))
        if close:
            soon = self._slack(1)
            worked = total([self.own.works[j] for j in later])
            for some in close.values():
                self.m.add(total(some) + worked - soon <= 1)
            yield 1, soon

    def _awaited(self, rule: Follow, later: Shift) -> Iterator[int]:
        """Yield the shifts, positions, after which one starts too early.

        None of the same day where one shift a day is the rule.
        """
        problem = self.problem
        since = later.start - rule.rest - self._longest
        single = problem.enforces("one_shift_per_day")
        for day in range(later.day - single, -1, -1):
            if day < later.day - rule.days and problem.day_starts[day + 1] <= since:
                return
            for i in self.own.of_day.get(day, ()):
                earlier = problem.shifts[i]
                ready = earlier.end + rule.rest
                if rule.days:
                    after = min(day + 1 + rule.days, problem.days)
                    ready = max(ready, problem.day_starts[after])
                if earlier.start < later.start < ready:
                    yield i

    def _spread(self, rule: Spread) -> Outside:
        midnight = dict(zip(rule.days, rule.midnights, strict=True))
        clocks = {
            i: self.problem.shifts[i].start - midnight[self.problem.shifts[i].day]
            for i in self.own.works
            if self.problem.shifts[i].day in midnight
        }
        if not clocks:
            return
        low = min(*rule.before, *clocks.values(), _DAY)
        high = max(*rule.before, *clocks.values(), 0)
        first = self.m.new_int_var(low, high, "first start")
        last = self.m.new_int_var(low, high, "last start")
        for i, clock in clocks.items():
            worked = self.own.works[i]
            self.m.add(first + (high - clock) * worked <= high)
            self.m.add(last - (clock - low) * worked >= low)
        for clock in rule.before:
            self.m.add(first <= clock)
            self.m.add(last >= clock)
        over = self._slack(high - low)
        self.m.add(last - first - over <= rule.most)
        yield 1, over

    def _long_rest(self, rule: LongRest) -> Outside:
        """The rest begins with the window or at a shift's end."""
        start, end = rule.window
        if self.own.agent.last_end is not None:
            start = max(start, self.own.agent.last_end)
        own = [(self.problem.shifts[i], worked) for i, worked in self.own.works.items()]
        moments = {start, *(s.end for s, _ in own if s.end > start)}
        rests = []
        for moment in sorted(t for t in moments if t + rule.least <= end):
            rests.append(self.m.new_bool_var(f"rest[{moment}]"))
            for shift, worked in own:
                if shift.start < moment + rule.least and moment < shift.end:
                    self.m.add_implication(rests[-1], ~worked)
        none = self._slack(1)
        self.m.add(total(rests) + none >= 1)
        yield 1, none

    def _together(self, rule: Together) -> Outside:
        rests = []
        for first in range(len(rule.days) - rule.least + 1):
            rests.append(self.m.new_bool_var("off together"))
            for day in rule.days[first : first + rule.least]:
                if day in self.own.on:
                    self.m.add_implication(rests[-1], ~self.own.on[day])
        none = self._slack(1)
        self.m.add(total(rests) + none >= 1)
        yield 1, none

    def _whole(self, rule: Whole) -> Outside:
        part = self._slack(1)
        for one, other in permutations(rule.days, 2):
            self.m.add(self._on(one) - self._on(other) <= part)
        yield 1, part
