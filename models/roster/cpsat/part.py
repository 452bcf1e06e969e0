"""Parts of a problem: some agents or one day are free, the rest stays as it is.

What stays counts as fixed cover and fixed case work, so that a part is a roster problem
like any other and its optimum can only make the whole better.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from models.roster.problem import (
    FULL_SPEED,
    WORK_PER_MINUTE,
    Agent,
    Fill,
    Kind,
    LateCurve,
    RosterProblem,
    Stream,
    Target,
)
from models.roster.problem.whole import DAY
from models.roster.reach import in_headcount, speed_of
from models.roster.result import Activity, Roster, Worked

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Own:
    """What one agent does: shifts, what fills them, and what the tour costs.

    ``tour_cost`` is what the tour costs by itself. Positions of agents inside are not
    used.
    """

    worked: tuple[Worked, ...]
    activities: tuple[Activity, ...]
    tour_cost: int

    def split(self, day: int) -> tuple[Worked, list[Activity], list[Activity]]:
        """Return a day's shift, the activities in it, and those of other days."""
        (shift,) = (w for w in self.worked if w.day == day)
        inside = [x for x in self.activities if shift.start <= x.start < shift.end]
        return shift, inside, [x for x in self.activities if x not in inside]

    def refilled(self, day: int, fill: Sequence[Activity]) -> "Own":
        """Return the same shifts with other activities in a day's."""
        _, _, outside = self.split(day)
        activities = sorted([*outside, *fill], key=lambda x: x.start)
        return replace(self, activities=tuple(activities))


@dataclass(frozen=True)
class Given:
    """What somebody adds to the whole: cover (row, period), case work (type, cut).

    ``hands`` is who could do cases between calls: by fill and its works, and period;
    ``heads`` who is one of each headcount.
    """

    cover: Ints
    work: Ints
    hands: Ints
    heads: Ints

    def __add__(self, other: "Given") -> "Given":
        return Given(
            self.cover + other.cover,
            self.work + other.work,
            self.hands + other.hands,
            self.heads + other.heads,
        )

    def __sub__(self, other: "Given") -> "Given":
        return Given(
            self.cover - other.cover,
            self.work - other.work,
            self.hands - other.hands,
            self.heads - other.heads,
        )


def nothing(problem: RosterProblem) -> Given:
    """Return what nobody gives."""
    return Given(
        np.zeros((len(problem.covers), problem.periods), dtype=np.int64),
        np.zeros((len(problem.cases), len(problem.cuts)), dtype=np.int64),
        np.zeros((len(_hands(problem)), problem.periods), dtype=np.int64),
        np.zeros(len(problem.joint), dtype=np.int64),
    )


def _hands(problem: RosterProblem) -> list[tuple[int, int]]:
    """Return the voice work and the work of the cases of each row of hands."""
    return [(w, problem.cases[f.cases].work) for f in problem.fills for w in f.works]


def given(
    problem: RosterProblem,
    agent: Agent,
    worked: Collection[Worked],
    activities: Iterable[Activity],
) -> Given:
    """Return what an agent's shifts and activities give."""
    found = nothing(problem)
    if problem.joint:
        _add_heads(problem, agent, worked, found)
    position = {(work.kind, work.name): w for w, work in enumerate(problem.works)}
    g, here, begun = problem.period, (-1, 0), 0
    for x in sorted(activities, key=lambda each: each.start):
        w = position.get((x.kind, x.name))
        if w is None:
            continue
        begun = begun if (w, x.start) == here else x.start
        here = w, x.end
        speed = speed_of(problem, agent, w)
        _give_voice(problem, agent, w, slice(x.start // g, x.end // g), found)
        for k, cases in enumerate(problem.cases):
            if w == cases.work:
                starts = np.arange(x.start, x.end, g)
                cut = np.searchsorted(problem.cuts, starts + g)
                lost = problem.works[w].settling - (starts - begun)
                minutes = g - np.clip(lost, 0, g)
                units = speed * minutes * WORK_PER_MINUTE // FULL_SPEED
                inside = cut < len(problem.cuts)
                np.add.at(found.work[k], cut[inside], units[inside])
    return found


def _add_heads(
    problem: RosterProblem, agent: Agent, worked: Collection[Worked], found: Given
) -> None:
    """Add what somebody's shifts count for in each headcount."""
    dated = {(w.shift_type, w.start, w.end) for w in worked}
    keys = ((s.shift_type, s.start, s.end) for s in problem.shifts)
    mine = np.fromiter((key in dated for key in keys), dtype=np.bool_)
    on = {w.day for w in worked}
    for r, row in enumerate(problem.joint):
        if row.day is None or row.day in on:
            days = problem.shift_table[in_headcount(problem, row) & mine, DAY]
            found.heads[r] = row.counts(agent.marks) * len(np.unique(days))


def _give_voice(
    problem: RosterProblem, agent: Agent, w: int, when: slice, found: Given
) -> None:
    """Add cover, and hands for cases between calls, if the work is a voice work."""
    for row, cover in enumerate(problem.covers):
        if w in cover.counts:
            found.cover[row, when] += speed_of(problem, agent, w)
    for row, (on, work) in enumerate(_hands(problem)):
        if w == on:
            found.hands[row, when] += speed_of(problem, agent, work)


def heads_cost(problem: RosterProblem, heads: Ints) -> int:
    """Return what too few and too many people of each headcount cost."""
    rows = [(row.needed - row.fixed, *row.prices) for row in problem.joint]
    needed, under, over = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    lack = needed - heads
    return int((np.maximum(0, lack) * under + np.maximum(0, -lack) * over).sum())


def fill_cost(problem: RosterProblem, activities: Iterable[Activity]) -> int:
    """Return what block starts and idle time cost."""
    cost = 0
    for x in activities:
        if x.kind is Kind.CASE:
            cost += problem.block_cost
        elif x.kind is Kind.IDLE:
            cost += problem.idle_cost * ((x.end - x.start) // problem.period)
    return cost


def with_others(
    problem: RosterProblem, others: Given, agents: Sequence[Agent]
) -> RosterProblem:
    """Return the problem of some agents, the others giving what they give."""
    covers = tuple(
        replace(cover, fixed=tuple((np.array(cover.fixed) + row).tolist()))
        for cover, row in zip(problem.covers, others.cover, strict=True)
    )
    cases = tuple(
        replace(cases, fixed=tuple((np.array(cases.fixed or 0) + row).tolist()))
        for cases, row in zip(problem.cases, others.work, strict=True)
    )
    return replace(
        problem,
        agents=tuple(agents),
        covers=covers,
        cases=cases,
        fills=tuple(_fills_with(problem, others.hands)),
        headcounts=tuple(
            replace(
                row,
                fixed=row.fixed + heads,
                under_cost=row.prices[0],
                over_cost=row.prices[1],
            )
            for row, heads in zip(problem.joint, others.heads.tolist(), strict=True)
        ),
    )


def _fills_with(problem: RosterProblem, hands: Ints) -> Iterator[Fill]:
    """Yield the fills, others being on the works, too."""
    row = 0
    for fill in problem.fills:
        more = hands[row : row + len(fill.works)]
        row += len(fill.works)
        yield replace(fill, fixed=_rows(np.array(fill.fixed or 0) + more))


def _rows(table: Ints) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(row) for row in table.tolist())


def scaled(problem: RosterProblem, share: float) -> RosterProblem:
    """Return the problem with a share of the demand, for a share of the agents.

    Who is placed first would otherwise crowd where demand is highest.
    """
    covers = tuple(
        replace(
            cover,
            levels=tuple(
                replace(level, target=tuple(int(share * n) for n in level.target))
                for level in cover.levels
            ),
            targets=tuple(_scaled_target(target, share) for target in cover.targets),
        )
        for cover in problem.covers
    )
    cases = tuple(
        replace(cases, streams=tuple(_scaled(s, share) for s in cases.streams))
        for cases in problem.cases
    )
    fills = tuple(
        replace(
            fill,
            bars=tuple(
                replace(bar, needed=tuple(int(share * n) for n in bar.needed))
                for bar in fill.bars
            ),
        )
        for fill in problem.fills
    )
    headcounts = tuple(
        replace(row, needed=int(share * row.needed)) for row in problem.headcounts
    )
    return replace(
        problem, covers=covers, cases=cases, fills=fills, headcounts=headcounts
    )


def _scaled_target(target: Target, share: float) -> Target:
    return replace(
        target,
        allowed=int(share * target.allowed),
        curves=tuple(
            LateCurve(
                curve.period,
                tuple((int(share * height), rate) for height, rate in curve.steps),
            )
            for curve in target.curves
        ),
    )


def _scaled(stream: Stream, share: float) -> Stream:
    return replace(
        stream,
        arrivals=tuple((t, int(share * work)) for t, work in stream.arrivals),
        deadlines=tuple((t, int(share * work)) for t, work in stream.deadlines),
    )


def joined(parts: Sequence[Own]) -> Roster:
    """Return the roster of agents in their order."""
    return Roster(
        worked=tuple(
            replace(w, agent=a) for a, own in enumerate(parts) for w in own.worked
        ),
        activities=tuple(
            replace(x, agent=a) for a, own in enumerate(parts) for x in own.activities
        ),
    )
