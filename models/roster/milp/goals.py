"""One goal, one function: what a roster costs, as linear expressions in cost units."""

from collections.abc import Callable, Sequence

from pulp import lpSum

from models.roster.milp.rules import worked_minutes
from models.roster.milp.variables import Expression, Variables, works_of
from models.roster.problem import (
    FULL_SPEED,
    WORK_PER_MINUTE,
    Cases,
    Kind,
    Shift,
    Stream,
    Wish,
    WishKind,
)


def voice_shortfall(x: Variables) -> Expression:
    """``sum cost * missing[p]`` below the requirement."""
    return _missing(x, "voice_shortfall")


def voice_cushion(x: Variables) -> Expression:
    """``sum cost * missing[p]`` below the heights above it."""
    return _missing(x, "voice_cushion")


def deferred_work(x: Variables) -> tuple[Expression, Expression]:
    """Return what overdue and what open work cost; the flow serves both goals.

    ``flow[s, i]`` is done of stream s in cut period i:
    ``sum_s flow[s, i] <= case time of period i``,
    ``sum_{j <= i} flow[s, j] <= arrived by cuts[i-1]``,
    ``late[s, i] >= due by cuts[i] - sum_{j <= i} flow[s, j]``.
    """
    overdue, left = [], []
    for cases in x.problem.cases:
        flows = [_flow(x, stream) for stream in cases.streams]
        for i in range(1, len(x.problem.cuts)):
            room = _case_time(x, cases, i) + cases.fixed_at(i)
            x.add(lpSum(flow[i] for flow in flows) <= room)
        for i, cut in enumerate(x.problem.cuts):
            late = [
                _excess(x, _sum_by(stream.deadlines, cut), flow[1 : i + 1])
                for stream, flow in zip(cases.streams, flows, strict=True)
            ]
            overdue.append(cases.late_costs[i] * lpSum(late))
            arrived = sum(_sum_by(stream.arrivals, cut) for stream in cases.streams)
            done = [amount for flow in flows for amount in flow[1 : i + 1]]
            left.append(cases.open_costs[i] * _excess(x, arrived, done))
    return lpSum(overdue), lpSum(left)


def paid_hours(x: Variables) -> Expression:
    """``sum paid_cost * paid_minutes[i] * works[a, i]``."""
    return lpSum(
        x.problem.agents[a].paid_cost * x.problem.shifts[i].paid_minutes * worked
        for (a, i), worked in x.works.items()
    )


def overtime(x: Variables) -> Expression:
    """``sum overtime_cost * over[a, w]``, ``over >= worked - max_minutes``."""
    terms = []
    for a, agent in enumerate(x.problem.agents):
        for w, limits in enumerate(agent.weeks):
            over = x.amount("over")
            x.add(over >= worked_minutes(x, a, w) - limits.max_minutes)
            terms.append(agent.overtime_cost * over)
    return lpSum(terms)


def preferences(x: Variables) -> Expression:
    """What the wishes cost that are not granted."""
    return lpSum(
        _wish(x, a, wish)
        for a, agent in enumerate(x.problem.agents)
        for wish in agent.wishes
    )


def block_starts(x: Variables) -> Expression:
    """``sum block_cost * begins[p]``, ``begins[p] >= does[p] - does[p-1]``."""
    terms = []
    for w in works_of(x.problem, Kind.CASE):
        for a in range(len(x.problem.agents)):
            does = x.does.get((a, w), {})
            for p, variable in does.items():
                begins = x.amount("begins", 1)
                x.add(begins >= variable - does.get(p - 1, 0))
                terms.append(x.problem.block_cost * begins)
    return lpSum(terms)


def idle(x: Variables) -> Expression:
    """``sum idle_cost * idle[a, p]``."""
    return x.problem.idle_cost * lpSum(
        left for periods in x.idle.values() for left in periods.values()
    )


GOALS: tuple[Callable[[Variables], Expression], ...] = (
    voice_shortfall,
    paid_hours,
    overtime,
    preferences,
    voice_cushion,
    block_starts,
    idle,
)


def all_goals(x: Variables) -> dict[str, Expression]:
    """Return every goal by name."""
    parts = {goal.__name__: goal(x) for goal in GOALS}
    parts["overdue"], parts["open_work"] = deferred_work(x)
    return parts


def _missing(x: Variables, goal: str) -> Expression:
    terms = []
    for cover in x.problem.covers:
        for level in cover.levels:
            if level.goal != goal:
                continue
            for p, target in enumerate(level.target):
                missing = x.amount("missing")
                there = lpSum(
                    x.speed(a, w) * does[p]
                    for (a, w), does in x.does.items()
                    if w in cover.counts
                )
                x.add(missing >= target - cover.fixed[p] - there)
                terms.append(level.cost * missing)
    return lpSum(terms)


def _flow(x: Variables, stream: Stream) -> list[Expression]:
    """Return the work done in each cut period (the first, before day one: none)."""
    cuts = x.problem.cuts
    flow: list[Expression] = [0]
    for i in range(1, len(cuts)):
        flow.append(x.amount("flow"))
        known = cuts[i - 1] if x.problem.enforces("work_after_arrival") else cuts[-1]
        x.add(lpSum(flow) <= _sum_by(stream.arrivals, known))
    return flow


def _case_time(x: Variables, cases: Cases, i: int) -> Expression:
    """Return the work that case time in ``(cuts[i-1], cuts[i]]`` can do."""
    g = x.problem.period
    periods = range(x.problem.cuts[i - 1] // g, x.problem.cuts[i] // g)
    return lpSum(
        x.speed(a, w) * g * WORK_PER_MINUTE // FULL_SPEED * does[p]
        for (a, w), does in x.does.items()
        if w == cases.work
        for p in periods
    )


def _excess(x: Variables, height: int, done: Sequence[Expression]) -> Expression:
    """Return ``max(0, height - sum done)``."""
    if not height:
        return 0
    excess = x.amount("excess")
    x.add(excess >= height - lpSum(done))
    return excess


def _sum_by(steps: Sequence[tuple[int, int]], minute: int) -> int:
    return sum(work for when, work in steps if when <= minute)


def _wish(x: Variables, a: int, wish: Wish) -> Expression:
    """Return the cost of one wish."""
    shifts = list(enumerate(x.problem.shifts))
    if wish.kind is WishKind.AVOID:
        return lpSum(
            wish.cost * _overlap(shift, *wish.stretch) * x.works[a, i]
            for i, shift in shifts
        )
    on_day = [(i, shift) for i, shift in shifts if shift.day == wish.day]
    if wish.kind is WishKind.WORK:
        off = x.amount("off", 1)
        x.add(off >= 1 - lpSum(x.works[a, i] for i, _ in on_day))
        return wish.cost * off
    return lpSum(
        wish.cost * x.works[a, i]
        for i, shift in on_day
        if shift.shift_type != wish.shift_type
    )


def _overlap(shift: Shift, start: int, end: int) -> int:
    return max(0, min(shift.end, end) - max(shift.start, start))
