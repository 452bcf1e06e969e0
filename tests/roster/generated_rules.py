"""Seeded small problems full of rules of the book, for engines to agree on.

``ruled(seed)`` has 2-3 agents and 5-8 short days (12 hours each), so that weekends,
runs and weeks fit; every agent has a few rules, required or preferred, with and without
history, and some shifts of some days have a headcount.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from models.roster.problem import (
    ANY,
    BOOK_RULES,
    UNIT,
    Agent,
    CaseLimit,
    Follow,
    Headcount,
    Limit,
    LongRest,
    Measure,
    RosterProblem,
    Rule,
    Run,
    Spread,
    Stretch,
    Task,
    Together,
    Which,
    Whole,
)
from tests.roster.generated import H, Size, made

RULED = Size((2, 3), (5, 8), 12, (3, 5), (1, 1))
_RULES_OF_AN_AGENT = 3
_PAIR, _ONE, _OTHER, _FIRST_AIDERS = range(4)
_MARKS = (
    frozenset({_PAIR, _ONE}),
    frozenset({_PAIR, _OTHER, _FIRST_AIDERS}),
    frozenset({_FIRST_AIDERS}),
)


def ruled(seed: int) -> RosterProblem:
    """Return a problem for engines to agree on."""
    problem = made(f"ruled {seed}", RULED)
    shares = Random(f"case shares of {seed}")
    maker = _Maker(Random(f"rules of {seed}"), problem, shares)
    return replace(
        problem,
        agents=tuple(
            replace(maker.agent(agent), marks=marks)
            for agent, marks in zip(problem.agents, _MARKS, strict=False)
        ),
        headcounts=(*maker.headcounts(), *maker.joint()),
    )


def shifts_of(seed: int) -> RosterProblem:
    """Return a problem with rules and headcounts, and nothing to work on."""
    whole = ruled(seed)
    agents = (
        replace(agent, speeds=(), tasks=(), case_limits=()) for agent in whole.agents
    )
    wanted = [row for row in whole.headcounts if not row.is_required]
    return replace(
        whole,
        agents=tuple(agents),
        works=(),
        covers=(),
        fills=(),
        cases=(),
        headcounts=tuple(wanted),
    )


class _Maker:
    """Draws rules for one problem."""

    def __init__(self, random: Random, problem: RosterProblem, shares: Random) -> None:
        self.r, self.problem = random, problem
        self.c = shares
        self.shares = self.c.random() < 0.4
        days = range(problem.days)
        self.every = tuple(days)
        self.weekends = tuple((d, d + 1) for d in days[1:-1:3])
        self.makers: dict[str, Callable[[str], Rule]] = {
            "hours_worked": self._hours,
            "days_worked": self._days,
            "shifts_of_type": self._types,
            "nights": self._nights,
            "working_times": self._times,
            "rotation": self._rotation,
            "weekends_worked": self._weekends,
            "whole_weekends": self._whole,
            "weekends_in_a_row": self._weekends_run,
            "days_in_a_row": self._run,
            "days_off_in_a_row": self._off_run,
            "shifts_in_a_row": self._shifts_run,
            "days_off_together": self._together,
            "weekly_rest": self._rest,
            "rest_after": self._rest_after,
            "successions": self._succession,
            "start_consistency": self._spread,
            "frozen": self._frozen,
        }

    def agent(self, agent: Agent) -> Agent:
        """Return an agent with a few rules, none of them twice."""
        some = self.r.sample(BOOK_RULES, _RULES_OF_AN_AGENT)
        rules = [self._priced(self.makers[name](name)) for name in some]
        if self.r.random() < 0.5:
            rules += self._fair()
        return replace(
            agent,
            rules=tuple(rules),
            max_run=None,
            case_limits=tuple(self._case_limits()) if self.shares else (),
            tasks=tuple(self._tasks(agent)) if self.c.random() < 0.12 else (),
        )

    def _tasks(self, agent: Agent) -> Iterator[Task]:
        """An hour or two in some shift, on something that the agent can do."""
        works: list[int | None] = [w for w, speed in enumerate(agent.speeds) if speed]
        shifts = [s for s in self.problem.shifts if s.shift_type in agent.shift_types]
        if works and shifts:
            shift = self.c.choice(shifts)
            start = shift.start + H * self.c.randint(0, 1)
            length = H * self.c.randint(1, 2)
            yield Task(
                self.c.choice([*works, None]), start, min(shift.end, start + length)
            )

    def _case_limits(self) -> Iterator[CaseLimit]:
        """At most so much case work on a day or all days, or a share to come near."""
        for day in self.every[:: self.c.choice([1, 2])]:
            yield CaseLimit(
                (day,),
                most=H * self.c.randint(-1, 1),
                percent=self.c.choice([0, 25, 40]),
                cost=self.c.choice([None, None, UNIT // H]),
            )
        share = H * self.c.randint(1, 4)
        most = share + H if self.c.random() < 0.5 else share
        if self.c.random() < 0.3:
            yield CaseLimit(self.every, most=most)
        else:
            cost = UNIT // (2 * H)
            yield CaseLimit(self.every, share, most, cost=cost, goal="fairness")

    def _priced(self, rule: Rule) -> Rule:
        """Return a rule as it is, required, or preferred at some cost."""
        if self.r.random() < 0.35:
            return rule
        cost = UNIT * self.r.choice([1, 2, 5])
        if isinstance(rule, Limit) and rule.measure is not Measure.SHIFTS:
            cost //= H
        if isinstance(rule, Spread):
            cost //= 2 * H
        return replace(rule, cost=cost)

    def _fair(self) -> Iterator[Rule]:
        """Shifts that nobody wants, above and below what is fair: two bands."""
        target = self.r.randint(0, 2)
        for step in (0, 1):
            yield Limit(
                "fairness",
                self.every,
                Which(touching=self._evenings()),
                before=self.r.randint(0, 1) if step == 0 else 0,
                least=max(0, target - step),
                most=target + step,
                cost=UNIT // 2,
                goal="fairness",
            )

    def headcounts(self) -> Iterator[Headcount]:
        """Some people on shifts of a type, on some days."""
        if self.r.random() < 0.3:
            return
        for day in self.every:
            if self.r.random() < 0.5:
                which = self.r.choice([self._some_types(), ANY])
                under, over = self.r.choice([(3, 1), (8, 0), (5, 2)])
                yield Headcount(
                    f"day {day}",
                    day,
                    which,
                    self.r.randint(0, 2),
                    under * UNIT,
                    over * UNIT,
                    self.r.choice([0, 0, 0, 1]),
                )

    def joint(self) -> Iterator[Headcount]:
        """Rules that join agents: apart, with the same hours, some on the floor."""
        if self.r.random() < 0.3:
            cost = self._required_or(4)
            for at in sorted({shift.start for shift in self.problem.shifts}):
                there = Which(touching=((at, at + 1),))
                yield Headcount(
                    f"apart {at}", None, there, 1, 0, cost, 0, _PAIR, rule="apart"
                )
        if self.r.random() < 0.3:
            cost = self._required_or(2)
            for day, start, end in sorted(
                {(shift.day, shift.start, shift.end) for shift in self.problem.shifts}
            ):
                which = Which(
                    starting=((start, start + 1),), lengths=frozenset({end - start})
                )
                name = f"same {start}"
                yield Headcount(
                    name, day, which, 0, cost, cost, 0, _ONE, _OTHER, "same_hours"
                )
        if self.r.random() < 0.4:
            cost = self._required_or(3)
            first = self.problem.day_starts[self.r.choice(self.every)] + 3 * H
            for at in range(first, first + 3 * H, H):
                there = Which(touching=((at, at + H),), minutes=H)
                yield Headcount(
                    f"floor {at}", None, there, 1, cost, 0, 0, _FIRST_AIDERS,
                    rule="floor_mix",
                )  # fmt: skip
        if self.r.random() < 0.2:
            day = self.r.choice(self.every)
            yield Headcount(f"somebody on {day}", day, ANY, 1, None)

    def _required_or(self, hours: int) -> int | None:
        return None if self.r.random() < 0.6 else hours * UNIT

    def _some_types(self) -> Which:
        return Which(types=frozenset({self.r.randrange(len(self.problem.shift_types))}))

    def _evenings(self) -> tuple[Stretch, ...]:
        return tuple((s - 4 * H, s + 2 * H) for s in self.problem.day_starts[1:])

    def _window(self) -> tuple[int, ...]:
        """A week, all days, or some days in a row that roll."""
        size = self.r.choice([2, 3, 4, len(self.every)])
        first = self.r.randint(0, max(0, len(self.every) - size))
        return self.every[first : first + size]

    def _hours(self, rule: str) -> Rule:
        days = self._window()
        shared = self.r.random() < 0.2
        which = Which(touching=self._evenings()) if shared else ANY
        measure = Measure.SHARED if shared else Measure.PAID
        most = H * self.r.randint(2, 3 * len(days))
        if self.r.random() < 0.4:
            return Limit(rule, days, which, measure, least=min(most, 5 * H))
        return Limit(
            rule, days, which, measure, most=most, before=self.r.choice([0, H])
        )

    def _days(self, rule: str) -> Rule:
        days = self._window()
        groups = tuple((d,) for d in days)
        if self.r.random() < 0.4:
            least = self.r.randint(1, 2)
            return Limit(rule, days, groups=groups, least=min(least, len(days)))
        most = self.r.randint(1, len(days))
        return Limit(rule, days, groups=groups, most=most, before=self.r.choice([0, 1]))

    def _types(self, rule: str) -> Rule:
        which, number = self._some_types(), self.r.randint(0, 2)
        if self.r.random() < 0.5:
            return Limit(rule, self.every, which, least=1 + number)
        return Limit(rule, self._window(), which, most=number)

    def _nights(self, rule: str) -> Rule:
        which = Which(touching=self._evenings(), minutes=self.r.choice([1, 2 * H]))
        return Limit(rule, self.every, which, most=self.r.randint(0, 2))

    def _times(self, rule: str) -> Rule:
        hours = self.r.randint(1, 4) * H
        early = tuple((s, s + hours) for s in self.problem.day_starts[:-1])
        return Limit(rule, self.every, Which(starting=early), most=0)

    def _rotation(self, rule: str) -> Rule:
        return Limit(rule, self._window(), self._some_types(), most=0)

    def _weekends(self, rule: str) -> Rule:
        days = tuple(d for group in self.weekends for d in group)
        low = self.r.random() < 0.3
        return Limit(
            rule,
            days,
            groups=self.weekends,
            before=self.r.choice([0, 0, 1]),
            least=1 if low else None,
            most=None if low else self.r.randint(1, 2),
        )

    def _whole(self, rule: str) -> Rule:
        return Whole(rule, self.r.choice(self.weekends))

    def _weekends_run(self, rule: str) -> Rule:
        before = self.r.choice([None, 0, 1])
        return Run(rule, self.weekends, before=before, most=1)

    def _singles(self) -> tuple[tuple[int, ...], ...]:
        return tuple((d,) for d in self.every)

    def _run(self, rule: str) -> Rule:
        return Run(
            rule,
            self._singles(),
            before=self.r.choice([None, 0, 1, 2]),
            least=self.r.choice([None, 2, 2, 3]),
            most=self.r.choice([None, 3, 4]),
        )

    def _off_run(self, rule: str) -> Rule:
        return Run(
            rule,
            self._singles(),
            off=True,
            before=self.r.choice([None, 0, 1, 2]),
            least=self.r.choice([None, 2, 2, 3]),
            most=self.r.choice([None, 2, 3]),
        )

    def _shifts_run(self, rule: str) -> Rule:
        return Run(
            rule,
            self._singles(),
            self._some_types(),
            before=self.r.choice([None, 0, 1]),
            least=self.r.choice([None, 2]),
            most=self.r.choice([1, 2]),
        )

    def _together(self, rule: str) -> Rule:
        days = self._window()
        return Together(rule, days, self.r.randint(1, len(days)))

    def _rest(self, rule: str) -> Rule:
        starts = self.problem.day_starts
        first = self.r.randint(0, self.problem.days - 3)
        last = self.r.randint(first + 2, self.problem.days)
        hours = self.r.choice([12, 18, 24, 30])
        window = starts[first], starts[last]
        return LongRest(rule, window, min(hours * H, window[1] - window[0]))

    def _rest_after(self, rule: str) -> Rule:
        first = self.r.choice([self._some_types(), ANY])
        rest = H * self.r.choice([12, 16, 24])
        ready = self.r.choice([0, 0, 6 * H])
        return Follow(rule, first, self._some_types(), rest=rest, ready=ready)

    def _succession(self, rule: str) -> Rule:
        days = self.r.choice([1, 1, 1, 2])
        return Follow(rule, self._some_types(), self._some_types(), days=days)

    def _frozen(self, rule: str) -> Rule:
        shift = self.r.choice(self.problem.shifts)
        which = Which(
            frozenset({shift.shift_type}),
            starting=((shift.start, shift.start + 1),),
            lengths=frozenset({shift.end - shift.start}),
        )
        if self.r.random() < 0.5:
            return Limit(rule, (shift.day,), which, least=1)
        return Limit(rule, (shift.day,), which, most=0)

    def _spread(self, rule: str) -> Rule:
        days = self._window()
        midnights = tuple(self.problem.day_starts[d] for d in days)
        most = self.r.choice([0, 0, H])
        before = self.r.choice([(), (), (3 * H,), (2 * H, 2 * H + most)])
        return Spread(rule, days, midnights, most, before)
