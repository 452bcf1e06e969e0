"""One rule, one function: what a roster must satisfy, as linear constraints."""

from collections.abc import Callable, Iterable
from itertools import combinations

from pulp import lpSum

from models.roster.milp.variables import (
    Expression,
    Variables,
    open_periods,
    works_of,
)
from models.roster.problem import Agent, Kind, Shift, Stretch


def one_shift_per_day(x: Variables) -> None:
    """``sum_{i on d} works[a, i] <= 1``."""
    for a in range(len(x.problem.agents)):
        for d in range(x.problem.days):
            x.add(lpSum(_on(x, a, d)) <= 1)


def own_shift_types(x: Variables) -> None:
    """``works[a, i] = 0`` where i's type is not in the agent's contract."""
    _never(x, lambda agent, shift: shift.shift_type not in agent.shift_types)


def rest_between_shifts(x: Variables) -> None:
    """``works[a, i] + works[a, j] <= 1`` where j starts before i's end + rest."""
    shifts = sorted(enumerate(x.problem.shifts), key=lambda pair: pair[1].start)
    for a, agent in enumerate(x.problem.agents):
        for (i, first), (j, second) in combinations(shifts, 2):
            if second.start < first.end + agent.min_rest:
                x.add(x.works[a, i] + x.works[a, j] <= 1)
    _never(
        x,
        lambda agent, shift: (
            agent.last_end is not None and shift.start < agent.last_end + agent.min_rest
        ),
    )


def minimum_hours(x: Variables) -> None:
    """``sum_{i in w} paid[i] works[a, i] >= min_minutes``."""
    for a, agent in enumerate(x.problem.agents):
        for w, limits in enumerate(agent.weeks):
            x.add(worked_minutes(x, a, w) >= limits.min_minutes)


def maximum_hours(x: Variables) -> None:
    """``sum_{i in w} paid[i] works[a, i] <= max_minutes + overtime_minutes``."""
    for a, agent in enumerate(x.problem.agents):
        for w, limits in enumerate(agent.weeks):
            most = limits.max_minutes + limits.overtime_minutes
            x.add(worked_minutes(x, a, w) <= most)


def minimum_days(x: Variables) -> None:
    """At least ``min_days`` days of the week have a shift."""
    for a, agent in enumerate(x.problem.agents):
        for w, limits in enumerate(agent.weeks):
            if limits.min_days:
                days = [_off(x, a, d) for d in x.problem.weeks[w]]
                x.add(lpSum(days) <= len(days) - limits.min_days)


def maximum_days(x: Variables) -> None:
    """At most ``max_days`` days of the week have a shift."""
    for a, agent in enumerate(x.problem.agents):
        for w, limits in enumerate(agent.weeks):
            days = x.problem.weeks[w]
            if limits.max_days < len(days):
                x.add(lpSum(_worked(x, a, d) for d in days) <= limits.max_days)


def run_of_days(x: Variables) -> None:
    """No ``max_run + 1`` days in a row all have a shift, history included."""
    for a, agent in enumerate(x.problem.agents):
        if agent.max_run is None:
            continue
        before = min(agent.run_before, agent.max_run)
        for first in range(-before, x.problem.days - agent.max_run):
            days = range(max(first, 0), first + agent.max_run + 1)
            x.add(lpSum(_worked(x, a, d) for d in days) <= len(days) - 1)


def availability(x: Variables) -> None:
    """``works[a, i] = 0`` where i overlaps a stretch of no availability."""
    _never(x, lambda agent, shift: _overlaps(shift, agent.unavailable))


def leave(x: Variables) -> None:
    """``works[a, i] = 0`` where i overlaps a leave."""
    _never(x, lambda agent, shift: _overlaps(shift, agent.leave))


def pins(x: Variables) -> None:
    """``works[a, i] = 0`` for every other shift of a pinned day, 1 for the pinned."""
    for a, agent in enumerate(x.problem.agents):
        for pin in agent.pins:
            pinned = [
                x.works[a, i]
                for i, shift in enumerate(x.problem.shifts)
                if shift == pin.shift
            ]
            if pin.shift is not None:
                x.add(lpSum(pinned) == 1)
            others = [v for v in _on(x, a, pin.day) if v not in pinned]
            x.add(lpSum(others) == 0)


def breaks_in_window(x: Variables) -> None:
    """``rests[a, i, b, t] = 0`` outside the window of break b."""
    g = x.problem.period
    for (_, i, b), starts in x.rests.items():
        start, rest = x.problem.shifts[i].start, x.problem.breaks_of[i][b]
        for t, variable in starts.items():
            if not rest.earliest <= t * g - start <= rest.latest:
                x.add(variable <= 0)


def breaks_in_order(x: Variables) -> None:
    """``start[b + 1] - start[b] >= length[b] works``, ``start[b] = sum_t t rests``."""
    for a, i in x.works:
        breaks = x.problem.breaks_of[i]
        for b in range(len(breaks) - 1):
            gap = _start(x, a, i, b + 1) - _start(x, a, i, b)
            x.add(gap >= breaks[b].minutes * x.works[a, i])


def breaks_apart(x: Variables) -> None:
    """``rests[b, t] + rests[c, u] <= 1`` for u in ``[t, end of b + spacing)``."""
    g = x.problem.period
    for a, i in x.works:
        shift_type = x.problem.shift_types[x.problem.shifts[i].shift_type]
        for b, rest in enumerate(shift_type.breaks):
            reach = (rest.minutes + shift_type.spacing) // g
            for c in range(len(shift_type.breaks)):
                if c != b and shift_type.spacing:
                    _apart(x, (a, i, b), (a, i, c), reach)


def meetings(x: Variables) -> None:
    """``sum_t meets[a, m, t] = 1``."""
    for starts in x.meets.values():
        x.add(lpSum(starts.values()) == 1)


def skills(_: Variables) -> None:
    """Works without speed have no variables at all (``variables``)."""


def opening_hours(x: Variables) -> None:
    """``does[a, w, p] = 0`` where the queue is closed."""
    _only_open(x, Kind.VOICE)


def case_hours(x: Variables) -> None:
    """``does[a, w, p] = 0`` where the case type may not be worked."""
    _only_open(x, Kind.CASE)


def shortest_voice_run(x: Variables) -> None:
    """``does[p] - does[p-1] <= does[p+j]`` for the periods j of a shortest run."""
    _shortest_run(x, Kind.VOICE)


def shortest_case_block(x: Variables) -> None:
    """The same for case blocks; a break ends one, so it must be long enough before."""
    _shortest_run(x, Kind.CASE)


def longest_case_block(x: Variables) -> None:
    """``sum_{j = 0..longest} does[p+j] <= longest``, in periods."""
    for (_, w), does in x.does.items():
        work = x.problem.works[w]
        if work.kind is Kind.CASE and work.longest is not None:
            most = work.longest // x.problem.period
            for p in range(x.problem.periods - most):
                x.add(lpSum(does[u] for u in range(p, p + most + 1)) <= most)


def work_after_arrival(_: Variables) -> None:
    """Work done by a cut is at most what had arrived by the one before (``goals``)."""


RULES: tuple[Callable[[Variables], None], ...] = (
    one_shift_per_day,
    own_shift_types,
    rest_between_shifts,
    minimum_hours,
    maximum_hours,
    minimum_days,
    maximum_days,
    run_of_days,
    availability,
    leave,
    pins,
    breaks_in_window,
    breaks_in_order,
    breaks_apart,
    meetings,
    skills,
    opening_hours,
    case_hours,
    shortest_voice_run,
    shortest_case_block,
    longest_case_block,
    work_after_arrival,
)


def worked_minutes(x: Variables, a: int, week: int) -> Expression:
    """Return the paid minutes that an agent works in a week."""
    return lpSum(
        x.problem.shifts[i].paid_minutes * x.works[a, i]
        for i in range(len(x.problem.shifts))
        if x.problem.shifts[i].day in x.problem.weeks[week]
    )


def _on(x: Variables, a: int, day: int) -> list[Expression]:
    return [
        x.works[a, i] for i, shift in enumerate(x.problem.shifts) if shift.day == day
    ]


def _worked(x: Variables, a: int, day: int) -> Expression:
    """Return something that is at least 1 where the day has a shift."""
    shifts = _on(x, a, day)
    if len(shifts) <= 1 or x.problem.enforces("one_shift_per_day"):
        return lpSum(shifts)
    worked = x.amount("worked", 1)
    for shift in shifts:
        x.add(worked >= shift)
    return worked


def _off(x: Variables, a: int, day: int) -> Expression:
    """Return something that is at least 1 where the day has no shift."""
    off = x.amount("off", 1)
    x.add(off >= 1 - lpSum(_on(x, a, day)))
    return off


def _never(x: Variables, forbids: Callable[[Agent, Shift], bool]) -> None:
    for a, agent in enumerate(x.problem.agents):
        for i, shift in enumerate(x.problem.shifts):
            if forbids(agent, shift):
                x.add(x.works[a, i] <= 0)


def _overlaps(shift: Shift, stretches: Iterable[Stretch]) -> bool:
    return any(max(s, shift.start) < min(e, shift.end) for s, e in stretches)


def _start(x: Variables, a: int, i: int, b: int) -> Expression:
    """Return the minute, after the shift's start, at which a break starts."""
    g, start = x.problem.period, x.problem.shifts[i].start
    return lpSum((t * g - start) * v for t, v in x.rests[a, i, b].items())


def _apart(
    x: Variables, b: tuple[int, int, int], c: tuple[int, int, int], reach: int
) -> None:
    for t, variable in x.rests[b].items():
        near = [v for u, v in x.rests[c].items() if t <= u < t + reach]
        x.add(variable + lpSum(near) <= 1)


def _only_open(x: Variables, kind: Kind) -> None:
    for w in works_of(x.problem, kind):
        opens = open_periods(x.problem, w)
        for a in range(len(x.problem.agents)):
            for p, variable in x.does.get((a, w), {}).items():
                if p not in opens:
                    x.add(variable <= 0)


def _shortest_run(x: Variables, kind: Kind) -> None:
    for (_, w), does in x.does.items():
        least = -(-x.problem.works[w].shortest // x.problem.period)
        if x.problem.works[w].kind is not kind:
            continue
        for p, variable in does.items():
            before = does.get(p - 1, 0)
            for j in range(1, least):
                x.add(variable - before <= does.get(p + j, 0))
