"""Voice: the works of queues, and what must cover them.

The tail
--------
Shifts of the last day may end after the horizon. That night belongs to two rosters: it
is also covered by next week's, which nobody has made yet. Charging its whole
requirement here would make this roster short of people who are not its own; asking for
nobody would leave next week a hole. So this roster hands over as many as were handed
to it: in the tail nobody is asked for beyond the people whose shifts ran in from before
day one at the same hours (nobody, without such shifts in history.csv).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import floor

import numpy as np
import numpy.typing as npt

from models.roster.problem import (
    LATE,
    UNIT,
    Cover,
    Kind,
    LateCurve,
    Level,
    Target,
    Work,
)
from scheduler.calendars import merged
from scheduler.translate.demand import (
    Floats,
    QueueDemand,
    Span,
    centi_agents,
    up,
)
from scheduler.translate.frame import Frame, ceil_to, whole
from scheduler.translate.lines import Line, lines, periods_in
from scheduler.translate.pooled import pooled
from scheduler.translate.pooling import QueueSet, cover_sets, joined, work_sets
from scheduler.translate.skills import Skills

_CUSHIONS = ((10, 100), (25, 200))  # per cent of the requirement, at least centi-agents

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Voice:
    """The voice part of a problem; ``sets`` are the queues of each work."""

    sets: tuple[QueueSet, ...]
    works: tuple[Work, ...]
    covers: tuple[Cover, ...]
    demands: tuple[QueueDemand, ...]
    notes: tuple[str, ...]

    def speeds(self, frame: Frame, skills: Skills, agent_id: str) -> tuple[int, ...]:
        """Return an agent's speed on each work: the lowest of those on its queues.

        With pooling an agent only has the work of exactly the queues they can do.
        """
        own, pooling = skills.queues(agent_id), frame.plan.pooling == "subsets"
        return tuple(
            min(skills.speed(agent_id, frame.plan.queues[q]) for q in queues)
            if queues == own or not pooling
            else 0
            for queues in self.sets
        )


def voice(frame: Frame, skills: Skills) -> Voice:
    """Return works, covers and demand of the plan's queues."""
    each = lines(frame)
    sets = work_sets(frame.plan, skills)
    running_in = _running_in(frame, skills)
    covers: list[Cover] = []
    demands: list[QueueDemand] = []
    for queues in cover_sets(frame.plan, skills):
        fixed = running_in[list(queues)].sum(axis=0)
        demand = _at_the_seam(frame, _demand(frame, each, queues), fixed)
        counts = frozenset(k for k, own in enumerate(sets) if set(own) & set(queues))
        cover = Cover(
            demand.name,
            counts,
            _levels(frame, [each[q] for q in queues], demand),
            tuple(fixed.tolist()),
            tuple(_target(frame, demand, span) for span in demand.spans),
        )
        covers.append(_without_implied(cover, covers))
        parts = [d for d in demands if set(d.queues) < set(demand.queues)]
        demands.append(demand.raised(parts))
    return Voice(
        sets=sets,
        works=tuple(_work(frame, each, queues) for queues in sets),
        covers=tuple(covers),
        demands=tuple(demands),
        notes=(*(n for line in each for n in line.notes), *_tail_notes(frame, each)),
    )


def _without_implied(cover: Cover, others: Sequence[Cover]) -> Cover:
    """Return a cover without what another one asks for, of fewer people, too.

    Where a row of which all people count here asks for as many, this one can miss
    nothing that is not missing there; it would only be counted twice.
    """
    heights = np.array([level.target for level in cover.levels])
    asked = np.ones(heights.shape[1], dtype=np.bool_)
    for other in others:
        if other.counts <= cover.counts and other.levels:
            more = np.array([level.target for level in other.levels])
            there = np.array(cover.fixed) >= np.array(other.fixed)
            asked &= ~(there & (more >= heights).all(axis=0))
    left = np.where(asked, heights, 0)
    if not left.any():
        return replace(cover, levels=())
    levels = tuple(
        replace(level, target=tuple(row))
        for level, row in zip(cover.levels, left.tolist(), strict=True)
    )
    return replace(cover, levels=levels)


def _work(frame: Frame, each: Sequence[Line], queues: QueueSet) -> Work:
    return Work(
        name=joined(frame.plan, queues),
        kind=Kind.VOICE,
        open=merged(stretch for q in queues for stretch in each[q].open),
        shortest=ceil_to(frame.plan.rules.shortest_voice_run_minutes, frame.period),
    )


def _demand(frame: Frame, each: Sequence[Line], queues: QueueSet) -> QueueDemand:
    if len(queues) == 1:
        return each[queues[0]].demand
    members = [each[q].demand for q in queues]
    plans = [each[q].queue for q in queues]
    return pooled(frame, members, plans, joined(frame.plan, queues))


def _running_in(frame: Frame, skills: Skills) -> Ints:
    """Return the centi-agents per queue and period of shifts from before day one.

    Their breaks are not known: they count to their last whole period.
    """
    found = np.zeros((len(frame.plan.queues), frame.periods), dtype=np.int64)
    position = {queue.name: q for q, queue in enumerate(frame.plan.queues)}
    for row in frame.plan.history:
        periods = max(0, frame.axis.minute(row.end) // frame.period)
        if row.activity in position and periods:
            q = position[row.activity]
            speed = skills.speed(row.agent_id, frame.plan.queues[q])
            found[q, :periods] += speed
    return found


def _at_the_seam(frame: Frame, demand: QueueDemand, fixed: Ints) -> QueueDemand:
    """Ask in the tail for no more people than were handed over at the start."""
    days = frame.horizon_end // frame.interval
    handed_over = fixed.reshape(len(demand.starts), -1).min(axis=1) / 100
    mirrors = [
        _mirror(frame, int(start)) // frame.interval for start in demand.starts[days:]
    ]
    required, least = demand.required.copy(), demand.least.copy()
    for people in (required, least):
        people[days:] = np.minimum(people[days:], handed_over[mirrors])
    return replace(demand, required=required, least=least)


def _mirror(frame: Frame, minute: int) -> int:
    """Return the minute as far after day one's start, by the clock on the wall."""
    moment = frame.axis.moment(minute)
    date = moment.date() - (frame.axis.date(frame.days) - frame.axis.first_day)
    return frame.axis.local(date, 60 * moment.hour + moment.minute)


def _levels(
    frame: Frame, members: Sequence[Line], demand: QueueDemand
) -> tuple[Level, ...]:
    """Return the requirement, and two cushions above it where there is one.

    Below the first cushion both are missing: the first extra person is worth twice what
    the next one is.
    """
    weights = frame.plan.weights
    is_open = periods_in(frame, [s for line in members for s in line.open])
    least, target = (
        np.where(is_open, centi_agents(people, frame.interval // frame.period), 0)
        for people in (demand.least, demand.required)
    )
    levels = [_level(frame, "voice_shortfall", least, weights.voice_short_hour)]
    if weights.voice_cushion_hour:
        for percent, fewest in _CUSHIONS:
            extra = np.maximum(fewest, -(-target * percent // 100))
            height = np.where(target > 0, target + extra, 0)
            level = _level(frame, "voice_cushion", height, weights.voice_cushion_hour)
            levels.append(level)
    return tuple(levels)


def _level(frame: Frame, goal: str, target: Ints, hour: float) -> Level:
    """Return a level whose cost is per hundredth of an agent in one period."""
    cost = whole(hour * UNIT * frame.period / 60 / 100)
    return Level(goal, tuple(target.tolist()), cost)


def _target(frame: Frame, demand: QueueDemand, span: Span) -> Target:
    """Return the target of a day or week; late calls spread over an interval's periods.

    Calls that are late even at the height of a curve count against what is allowed.
    """
    periods = frame.interval // frame.period
    allowed, curves = span.allowed, []
    for i, (people, late) in span.curves.items():
        allowed -= float(late[-1])
        steps = _steps(people, late / periods)
        first = int(demand.starts[i]) // frame.period
        curves += [LateCurve(p, steps) for p in range(first, first + periods)]
    return Target(
        name=_span_name(frame, span),
        allowed=max(0, floor(allowed * LATE)),
        cost=whole(frame.plan.weights.late_call * UNIT / LATE),
        curves=tuple(curves),
    )


def _span_name(frame: Frame, span: Span) -> str:
    first, last = (frame.axis.date(day) for day in (span.days[0], span.days[-1]))
    return str(first) if first == last else f"{first} to {last}"


def _steps(people: Floats, late: Floats) -> tuple[tuple[int, int], ...]:
    """Return a convex falling curve as heights and what is added below each of them."""
    heights = np.array([up(each) for each in people.tolist()])
    falls = np.rint(LATE * -np.diff(late) / np.maximum(np.diff(heights), 1))
    falls = np.minimum.accumulate(falls.astype(np.int64))
    added = falls - np.append(falls[1:], 0)
    return tuple(
        (height, rate)
        for height, rate in zip(heights[1:].tolist(), added.tolist(), strict=True)
        if rate > 0
    )


def _tail_notes(frame: Frame, each: Sequence[Line]) -> list[str]:
    days = frame.horizon_end // frame.interval
    asking = [line for line in each if line.demand.is_open[days:].any()]
    if not asking:
        return []
    end, last = frame.axis.clock(frame.horizon_end), frame.axis.clock(frame.end)
    borrowed = [line.queue.name for line in asking if line.tail_from_history]
    seam = (
        f"shifts of the last day may run to {last}: from {end} on they are asked for "
        f"no more people than shifts from before day one bring to its same hours "
        f"(history.csv); the rest is next week's roster's"
    )
    source = (
        f"demand from {end} to {last} is taken from the same weekday a week earlier "
        f"(in a shorter horizon from its last day): {', '.join(borrowed)}"
    )
    return [seam, source] if borrowed else [seam]
