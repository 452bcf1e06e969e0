"""Goals that agents reach together, as CP-SAT terms in cost units."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from ortools.sat.python import cp_model

from models.roster.cpsat.between import fill_room
from models.roster.cpsat.book import Terms
from models.roster.cpsat.on_voice import on_voice
from models.roster.cpsat.variables import AgentVariables
from models.roster.problem import (
    FULL_SPEED,
    WORK_PER_MINUTE,
    Cases,
    Headcount,
    LateCurve,
    RosterProblem,
    Stream,
)
from models.roster.reach import curve, cut_of, in_headcount, speed_of, units_per_period

Done = list[list[cp_model.IntVar]]  # by stream and cut
total = cp_model.LinearExpr.sum


@dataclass(frozen=True)
class Decisions:
    """Everything that a goal may look at; ``done`` is filled when first asked for."""

    m: cp_model.CpModel
    problem: RosterProblem
    agents: list[AgentVariables]
    done: dict[int, Done] = field(default_factory=dict)


def voice_shortfall(x: Decisions) -> Terms:
    """``sum cost * max(0, target[p] - cover[p])`` over the rows' requirements."""
    return _below_levels(x, "voice_shortfall")


def voice_cushion(x: Decisions) -> Terms:
    """The same over the heights above the requirement that are worth something."""
    return _below_levels(x, "voice_cushion")


def overdue(x: Decisions) -> Terms:
    """``sum_i late_costs[i] * late[i]``; ``late[i] >= due[i] - done[i]``, by stream."""
    terms: Terms = []
    for number, cases in enumerate(x.problem.cases):
        done = _done_of(x, number)
        for s, stream in enumerate(cases.streams):
            due = curve(x.problem, stream.deadlines)
            for i, cost in enumerate(cases.late_costs):
                if cost and due[i]:
                    late = x.m.new_int_var(0, due[i], f"late[{stream.name},{i}]")
                    x.m.add(late >= due[i] - done[s][i])
                    terms.append(cost * late)
    return terms


def open_work(x: Decisions) -> Terms:
    """``sum_i open_costs[i] * (arrived[i] - done[i])``, streams together."""
    terms: Terms = []
    for number, cases in enumerate(x.problem.cases):
        done = _done_of(x, number)
        curves = [curve(x.problem, stream.arrivals) for stream in cases.streams]
        for i, cost in enumerate(cases.open_costs):
            arrived = sum(curve[i] for curve in curves)
            if cost and arrived:
                left = x.m.new_int_var(0, arrived, f"open[{number},{i}]")
                x.m.add(left >= arrived - total([one[i] for one in done]))
                terms.append(cost * left)
    return terms


def late_calls(x: Decisions) -> Terms:
    """``sum cost * max(0, late calls of all its periods - allowed)`` over targets.

    In a period they are the highest of the straight lines that a late curve is made of.
    """
    terms: Terms = []
    for cover in x.problem.covers:
        targets = [target for target in cover.targets if target.cost]
        present = on_voice(x.problem, x.agents, cover.counts) if targets else {}
        for target in targets:
            late = [
                _late(x, curve, cover.fixed[curve.period], present)
                for curve in target.curves
            ]
            most = sum(curve.late(0) for curve in target.curves)
            over = x.m.new_int_var(0, most, f"late calls[{cover.name},{target.name}]")
            x.m.add(over >= total(late) - target.allowed)
            terms.append(target.cost * over)
    return terms


def _late(
    x: Decisions, curve: LateCurve, fixed: int, present: dict[int, Terms]
) -> cp_model.IntVar:
    """Return a variable that is at least the late calls of one period."""
    late = x.m.new_int_var(0, curve.late(fixed), f"late[{curve.period}]")
    there = total(present.get(curve.period, []))
    at_none, slope = 0, 0
    for height, rate in sorted(curve.steps, reverse=True):
        at_none, slope = at_none + rate * height, slope + rate
        x.m.add(late + slope * there >= at_none - slope * fixed)
    return late


def _once_a_day(
    x: Decisions, own: AgentVariables, row: Headcount, such: npt.NDArray[np.bool_]
) -> Iterator[cp_model.IntVar]:
    """Yield whether an agent works such a shift: shifts, or days with several."""
    days = own.of_day if row.day is None else (row.day,)
    for day in days:
        shifts = [own.works[i] for i in own.of_day.get(day, ()) if such[i]]
        if not shifts:
            continue
        if x.problem.enforces("one_shift_per_day"):
            yield from shifts
            continue
        there = x.m.new_bool_var(f"there[{own.agent.name},{day}]")
        x.m.add_max_equality(there, shifts)
        yield there


def headcount(x: Decisions) -> Terms:
    """``sum under_cost * too few + over_cost * too many`` over headcounts."""
    terms: Terms = []
    for row in x.problem.joint:
        such = in_headcount(x.problem, row)
        people: Terms = []
        for own in x.agents:
            sign = row.counts(own.agent.marks)
            if sign:
                people += [sign * day for day in _once_a_day(x, own, row, such)]
        most = len(x.agents) + abs(row.needed) + abs(row.fixed)
        few = x.m.new_int_var(0, most, f"too few[{row.name}]")
        many = x.m.new_int_var(0, most, f"too many[{row.name}]")
        x.m.add(total(people) + row.fixed + few - many == row.needed)
        for cost, amount in ((row.under_cost, few), (row.over_cost, many)):
            if cost is None:
                x.m.add(amount == 0)
            else:
                terms.append(cost * amount)
    return terms


SHARED_GOALS: tuple[Callable[[Decisions], Terms], ...] = (
    voice_shortfall,
    late_calls,
    headcount,
    overdue,
    voice_cushion,
    open_work,
)


def _below_levels(x: Decisions, goal: str) -> Terms:
    terms: Terms = []
    for cover in x.problem.covers:
        levels = [level for level in cover.levels if level.goal == goal and level.cost]
        present = on_voice(x.problem, x.agents, cover.counts) if levels else {}
        for number, level in enumerate(levels):
            for p, target in enumerate(level.target):
                need = target - cover.fixed[p]
                if need <= 0:
                    continue
                short = x.m.new_int_var(0, need, f"{goal}[{cover.name},{number},{p}]")
                x.m.add(short + total(present.get(p, [])) >= need)
                terms.append(level.cost * short)
    return terms


def _done_of(x: Decisions, number: int) -> Done:
    """Return the work done by each cut, by stream, and bound it; made once per type.

    ``sum_s done[s, i] - done[s, i-1] <= case time in (cuts[i-1], cuts[i]]``, that of
    blocks and that between calls, and work is not done before it arrives: ``done[s, i]
    <= arrived[s] by cuts[i-1]``.
    """
    if number not in x.done:
        cases = x.problem.cases[number]
        done = [_done(x, stream) for stream in cases.streams]
        between = _between(x, number)
        for i, time in enumerate(_case_time(x, cases), start=1):
            new = total([one[i] - one[i - 1] for one in done])
            x.m.add(new <= total(time) + cases.fixed_at(i) + between.get(i, 0))
        x.done[number] = done
    return x.done[number]


def _between(x: Decisions, number: int) -> dict[int, cp_model.IntVar]:
    """Return the room that a case type has between calls, by cut period."""
    for fill in x.problem.fills:
        if fill.cases == number:
            return fill_room(x.m, x.problem, x.agents, fill)
    return {}


def _done(x: Decisions, stream: Stream) -> list[cp_model.IntVar]:
    arrived = curve(x.problem, stream.arrivals)
    if not x.problem.enforces("work_after_arrival"):
        arrived = [sum(work for _, work in stream.arrivals)] * len(arrived)
    done = [x.m.new_constant(0)]
    for i in range(1, len(arrived)):
        by_now = x.m.new_int_var(0, arrived[i - 1], f"done[{stream.name},{i}]")
        x.m.add(by_now >= done[-1])
        done.append(by_now)
    return done


def _case_time(x: Decisions, cases: Cases) -> list[Terms]:
    """Return the work that each cut period's rostered case time can do."""
    index = cut_of(x.problem)
    time: list[Terms] = [[] for _ in x.problem.cuts]
    for own in x.agents:
        speed = speed_of(x.problem, own.agent, cases.work)
        units = units_per_period(x.problem, speed)
        for p, variable in own.does.get(cases.work, {}).items():
            time[index[p]].append(units * variable)
        for p, lost in _settling(x.problem, own, cases.work, speed):
            time[index[p]].append(lost)
    return time[1:]


def _settling(
    problem: RosterProblem, own: AgentVariables, work: int, speed: int
) -> Iterator[tuple[int, cp_model.LinearExpr]]:
    """Yield what is lost in the first periods of each block, as negative units."""
    settling, does = problem.works[work].settling, own.does.get(work, {})
    for p, begins in own.begins.get(work, {}).items() if settling else ():
        for n in range(-(-settling // problem.period)):
            minutes = min(problem.period, settling - n * problem.period)
            units = speed * minutes * WORK_PER_MINUTE // FULL_SPEED
            if p + n in does:
                yield p + n, -units * begins
