"""Seeded small problems in which the rules bite, for engines to agree on.

``small(seed)`` has 2-5 agents and 2-4 days; ``tiny(seed)`` is small enough for brute
force. Every feature is drawn on its own, often enough for each rule to change the
optimum somewhere; ``tests/roster/test_agreement.py`` asserts how often.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from models.roster.problem import (
    FULL_SPEED,
    UNIT,
    WORK_PER_MINUTE,
    Agent,
    Bar,
    Break,
    Cases,
    Cover,
    Fill,
    Kind,
    LateCurve,
    Level,
    Meeting,
    Pin,
    RosterProblem,
    Shift,
    ShiftType,
    Stream,
    Target,
    WeekLimits,
    Wish,
    WishKind,
    Work,
)

H = 60
HOUR_OF_WORK = H * WORK_PER_MINUTE


@dataclass(frozen=True)
class Size:
    """How large a family's problems are (bounds included)."""

    agents: tuple[int, int]
    days: tuple[int, int]
    day_hours: int
    shift_hours: tuple[int, int]
    case_types: tuple[int, int]


SMALL = Size((2, 5), (2, 4), 24, (4, 7), (1, 2))
TINY = Size((1, 2), (1, 2), 7, (2, 3), (1, 1))


def made(name: str, size: Size) -> RosterProblem:
    """Return a problem of a size, drawn by a name."""
    return _Maker(name, size).problem()


def small(seed: int) -> RosterProblem:
    """Return a problem for engines to agree on."""
    return _Maker(f"small {seed}", SMALL).problem()


def tiny(seed: int) -> RosterProblem:
    """Return a problem for brute force to agree on."""
    return _Maker(f"tiny {seed}", TINY).problem()


def crosses_midnight(problem: RosterProblem) -> bool:
    """Whether the menu has a shift that ends on a later day."""
    return any(s.end > problem.day_starts[s.day + 1] for s in problem.shifts)


def has_clock_change(problem: RosterProblem) -> bool:
    """Whether the days are of different lengths."""
    starts = problem.day_starts
    return len({b - a for a, b in pairwise(starts)}) > 1


class _Maker:
    """Draws one problem."""

    def __init__(self, name: str, size: Size) -> None:
        self.r = random = Random(name)
        self.of_targets = Random(f"{name}: targets")
        self.of_fills = Random(f"{name}: fills")
        self.size = size
        self.days = random.randint(*size.days)
        self.night = self.maybe(0.35)
        self.starts = self._day_starts()
        self.tail = 8 * H if self.night else 0
        self.periods = (self.starts[-1] + self.tail) // H
        self.types = self._shift_types()
        self.shifts = self._menu()
        self.works = self._works()
        self.filled = self.of_fills.random() < 0.6
        self.chats = self.filled and self.of_fills.random() < 0.5
        if self.chats:
            chats = Work("chats", Kind.VOICE, self.works[0].open, shortest=H)
            self.works = (*self.works, chats)

    def maybe(self, chance: float) -> bool:
        return self.r.random() < chance

    def problem(self) -> RosterProblem:
        cases, cuts = self._cases()
        days = list(range(self.days))
        split = self.r.randint(1, self.days) if self.maybe(0.3) else self.days
        self.weeks = tuple(tuple(w) for w in (days[:split], days[split:]) if w)
        agents = tuple(
            self._agent(f"A{a}") for a in range(self.r.randint(*self.size.agents))
        )
        covers = (self._cover(),)
        if self.chats:
            covers += self._of_chats(covers[0])
        return RosterProblem(
            period=H,
            day_starts=self.starts,
            periods=self.periods,
            weeks=self.weeks,
            shift_types=self.types,
            shifts=self.shifts,
            works=self.works,
            agents=agents,
            covers=covers,
            cases=cases,
            cuts=cuts,
            fills=tuple(self._fills(covers, cases)),
            block_cost=UNIT // 20,
            idle_cost=UNIT // 20,
        )

    def _day_starts(self) -> tuple[int, ...]:
        lengths = [self.size.day_hours * H] * self.days
        if self.maybe(0.15):
            lengths[self.r.randrange(self.days)] += self.r.choice([-H, H])
        return tuple(sum(lengths[:d]) for d in range(self.days + 1))

    def _shift_types(self) -> tuple[ShiftType, ...]:
        names = ["early", "late"][: self.r.randint(1, 2)] + ["night"] * self.night
        return tuple(self._shift_type(name) for name in names)

    def _shift_type(self, name: str) -> ShiftType:
        """Up to two breaks that fit the shortest shift, each with room around it."""
        shortest = self.size.shift_hours[0]
        spacing = self.r.choice([0, 0, 1, 2])
        count = self.r.choice([0, 1, 2, 2, 2] if shortest >= spacing + 3 else [0, 1])
        start = self.r.randint(0, 1)
        breaks = []
        for b in range(count):
            first = max(0, start - self.r.randint(0, 2))
            last = start + self.r.randint(0, 2)
            paid = self.maybe(0.3)
            breaks.append(Break(f"break {b}", H, paid, first * H, last * H))
            start += 1 + spacing
        return ShiftType(name, tuple(breaks), spacing * H)

    def _menu(self) -> tuple[Shift, ...]:
        """A few shifts a day: day types by day, the night type over midnight."""
        found = []
        wide = self.size.day_hours
        for k, kind in enumerate(self.types):
            length = self.r.randint(*self.size.shift_hours)
            if kind.name == "night":
                firsts = [wide - self.r.randint(1, max(1, length - 1))]
            else:
                last = min(wide - length, 16)
                firsts = [self.r.randint(0, last) for _ in range(self.r.randint(1, 2))]
            unpaid = sum(b.minutes for b in kind.breaks if not b.paid)
            for d in range(self.days):
                for first in sorted(set(firsts)):
                    start = self.starts[d] + first * H
                    if start >= self.starts[d + 1]:
                        continue
                    end = start + length * H
                    if end <= self.periods * H:
                        found.append(Shift(k, d, start, end, length * H - unpaid))
        return tuple(found)

    def _works(self) -> tuple[Work, ...]:
        queue = Work(
            "calls",
            Kind.VOICE,
            self._open(0.5),
            shortest=H * self.r.choice([1, 1, 2, 3]),
        )
        types = [
            Work(
                f"cases {k}",
                Kind.CASE,
                self._open(0.5),
                shortest=H * self.r.choice([1, 2, 2]),
                longest=self.r.choice([None, 2 * H, 3 * H]),
                settling=self.of_targets.choice([0, 0, 30, 30, 60]),
            )
            for k in range(self.r.randint(*self.size.case_types))
        ]
        return (queue, *types)

    def _open(self, chance: float) -> tuple[tuple[int, int], ...]:
        """Always, or a stretch of each day."""
        end = self.periods * H
        if not self.maybe(chance):
            return ((0, end),)
        first = self.r.randint(1, self.size.day_hours // 2)
        length = self.r.randint(1, self.size.day_hours - first)
        return tuple(
            (s + first * H, s + (first + length) * H) for s in self.starts[:-1]
        )

    def _cover(self) -> Cover:
        """Demand where shifts are, sometimes outside opening hours, fractional too."""
        need = [0] * self.periods
        for shift in self.shifts:
            if self.maybe(0.6):
                for p in range(shift.start // H, shift.end // H):
                    if self.maybe(0.7):
                        need[p] = self.r.choice([100, 100, 150, 200, 230])
        targets = self._targets(need)
        if targets:
            need = [min(n, 100) for n in need]
        levels = [Level("voice_shortfall", tuple(need), UNIT)]
        if self.maybe(0.7):
            more = tuple(n + 100 if n else 0 for n in need)
            levels.append(Level("voice_cushion", more, UNIT // 500))
        fixed = [0] * self.periods
        if self.night and self.maybe(0.5):
            fixed[0] = fixed[1] = 100
        return Cover("calls", frozenset({0}), tuple(levels), tuple(fixed), targets)

    def _of_chats(self, calls: Cover) -> tuple[Cover, Cover]:
        """A second queue, and both together: less than they need apart."""
        need = [self.of_fills.choice([0, 0, 50, 100]) for _ in range(self.periods)]
        both = [max(a, b) for a, b in zip(calls.levels[0].target, need, strict=True)]
        chats = len(self.works) - 1
        return tuple(
            Cover(
                name,
                counts,
                (Level("voice_shortfall", tuple(people), UNIT),),
                (0,) * self.periods,
            )
            for name, counts, people in (
                ("chats", frozenset({chats}), need),
                ("calls or chats", frozenset({0, chats}), both),
            )
        )

    def _fills(
        self, covers: tuple[Cover, ...], cases: tuple[Cases, ...]
    ) -> Iterator[Fill]:
        """Cases between calls, credited above what the covers need, or above more."""
        r = self.of_fills
        voice = [w for w, work in enumerate(self.works) if work.kind is Kind.VOICE]
        for k in range(len(cases) if self.filled else 0):
            extra = r.choice([0, 0, 0, 50])
            bars = tuple(
                Bar(c, tuple(n + extra for n in cover.levels[0].target))
                for c, cover in enumerate(covers)
            )
            yield Fill(
                k, r.choice([35, 60, 90]), tuple(r.sample(voice, len(voice))), bars
            )

    def _targets(self, need: list[int]) -> tuple[Target, ...]:
        """Sometimes a target for each day, or for all: late calls where people need be.

        Drawn apart, so that the rest of a problem is the same with and without.
        """
        r = self.of_targets
        if r.random() > 0.4:
            return ()
        edges = self.starts if r.random() < 0.7 else (0, self.starts[-1])
        found = []
        for first, last in pairwise(edges):
            curves = tuple(
                LateCurve(p, self._steps())
                for p in range(first // H, last // H)
                if need[p]
            )
            most = sum(curve.late(0) for curve in curves)
            allowed = int(r.choice([0.1, 0.3, 0.5]) * most)
            found.append(Target(f"from {first}", allowed, r.choice([2, 8]), curves))
        return tuple(found)

    def _steps(self) -> tuple[tuple[int, int], ...]:
        """Heights of cover, and how many fewer calls are late for each hundredth."""
        r = self.of_targets
        heights = r.sample([100, 180, 200, 250, 300], r.randint(1, 3))
        return tuple((height, r.choice([300, 1000, 3000])) for height in heights)

    def _cases(self) -> tuple[tuple[Cases, ...], tuple[int, ...]]:
        streams = {
            w: tuple(
                self._stream(f"{w}.{s}") for s in range(2 if self.maybe(0.3) else 1)
            )
            for w, work in enumerate(self.works)
            if work.kind is Kind.CASE
        }
        times = {0, *self.starts}
        for found in streams.values():
            for stream in found:
                times |= {t for t, _ in stream.arrivals + stream.deadlines}
        cuts = tuple(sorted(times))
        steps = [b - a for a, b in pairwise(cuts)] + [24 * H]
        late = [0, *(30 * UNIT * step // (24 * H * HOUR_OF_WORK) for step in steps[1:])]
        left = [UNIT // (50 * HOUR_OF_WORK) * (c in self.starts[1:]) for c in cuts]
        cases = tuple(
            Cases(w, found, tuple(late), tuple(left), self._fixed(cuts))
            for w, found in streams.items()
        )
        return cases, cuts

    def _fixed(self, cuts: tuple[int, ...]) -> tuple[int, ...]:
        """Sometimes half an hour from elsewhere in each cut period."""
        if not self.maybe(0.2):
            return ()
        return (0, *(HOUR_OF_WORK // 2 for _ in cuts[1:]))

    def _stream(self, name: str) -> Stream:
        """Backlog, and work that comes later and is due soon after."""
        end = self.starts[-1] // H
        arrivals = {0: self.r.choice([0, 1, 2]) * HOUR_OF_WORK}
        for _ in range(self.r.randint(0, 2)):
            units = self.r.choice([700, HOUR_OF_WORK, 2 * HOUR_OF_WORK])
            arrivals[self.r.randint(1, end - 1) * H] = units
        deadlines: dict[int, int] = {}
        due = 0
        for arrival in sorted(arrivals):
            due = max(due, min(end * H, arrival + self.r.randint(2, 30) * H))
            if self.maybe(0.85):
                deadlines[due] = deadlines.get(due, 0) + arrivals[arrival]
            else:
                break
        return Stream(name, tuple(sorted(arrivals.items())), tuple(deadlines.items()))

    def _agent(self, name: str) -> Agent:
        """One agent; at most one thing that must be, so that most have a tour."""
        drawn = self.works[: len(self.works) - self.chats]
        speeds = [self.r.choice([0, 80, FULL_SPEED, FULL_SPEED]) for _ in drawn]
        if not any(speeds):
            speeds[0] = FULL_SPEED
        if self.chats:
            speeds.append(self.of_fills.choice([0, 80, FULL_SPEED]))
        types = frozenset(
            k for k in range(len(self.types)) if self.maybe(0.75)
        ) or frozenset({0})
        away = self._stretches(0.3), self._stretches(0.35)
        own = [
            s
            for s in self.shifts
            if s.shift_type in types
            and not any(s.start < e and b < s.end for part in away for b, e in part)
        ]
        must = self.r.choice(["", "", "meeting", "pin", "minimum"]) if own else ""
        return Agent(
            name=name,
            shift_types=types,
            speeds=tuple(speeds),
            weeks=tuple(self._limits(week, own, must) for week in self.weeks),
            min_rest=H * self.r.choice([0, 2, 11, 11, 14]),
            max_run=self.r.choice([None, None, 1, 2]),
            run_before=self.r.choice([0, 0, 1, 2]),
            last_end=self.r.choice([None, None, -8 * H, 2 * H]),
            unavailable=away[0],
            leave=away[1],
            meetings=self._meetings(own) if must == "meeting" else (),
            pins=self._pins(own) if must == "pin" else (),
            wishes=tuple(self._wish() for _ in range(self.r.randint(0, 2))),
            paid_cost=self.r.choice([UNIT // 60, UNIT // 50]),
        )

    def _limits(self, week: tuple[int, ...], own: list[Shift], must: str) -> WeekLimits:
        hours = self.size.shift_hours[1]
        there = [s.paid_minutes for s in own if s.day in week]
        least = min(there, default=0) if must == "minimum" else 0
        by_days = self.maybe(0.5)
        return WeekLimits(
            min_minutes=0 if by_days else least,
            max_minutes=max(least, H * self.r.choice([hours, 2 * hours, 99])),
            overtime_minutes=self.r.choice([0, 2 * H, 4 * H]),
            min_days=1 if by_days and least else 0,
            max_days=self.r.choice([1, len(week), len(week)]),
        )

    def _stretches(self, chance: float) -> tuple[tuple[int, int], ...]:
        if not self.maybe(chance):
            return ()
        start = self.r.randrange(self.starts[-1] // H)
        return ((start * H, (start + self.r.randint(1, 12)) * H),)

    def _meetings(self, own: list[Shift]) -> tuple[Meeting, ...]:
        """One that fits a shift of the agent's, fixed or floating."""
        shift = self.r.choice(own)
        first = shift.start + H * self.r.randint(0, 1)
        return (Meeting("1:1", H, first, self.r.choice([first, shift.end - H])),)

    def _pins(self, own: list[Shift]) -> tuple[Pin, ...]:
        shift = self.r.choice(own)
        return (Pin(shift.day, self.r.choice([None, shift, shift])),)

    def _wish(self) -> Wish:
        day = self.r.randrange(self.days)
        kind = self.r.choice(list(WishKind))
        if kind is WishKind.AVOID:
            start = self.starts[day] + H * self.r.randint(0, self.size.day_hours // 2)
            return Wish(kind, day, UNIT // 120, stretch=(start, start + 6 * H))
        return Wish(kind, day, UNIT // 2, shift_type=self.r.randrange(len(self.types)))
