"""Case work between calls, as CP-SAT variables."""

from ortools.sat.python import cp_model

from models.roster.cpsat.book import Terms
from models.roster.cpsat.on_voice import on_voice
from models.roster.cpsat.variables import AgentVariables
from models.roster.problem import (
    FULL_SPEED,
    WORK_PER_MINUTE,
    Fill,
    RosterProblem,
)
from models.roster.reach import cut_of, open_periods, speed_of

total = cp_model.LinearExpr.sum
_WHOLE = 100 * FULL_SPEED


def fill_room(
    m: cp_model.CpModel,
    problem: RosterProblem,
    agents: list[AgentVariables],
    fill: Fill,
) -> dict[int, cp_model.IntVar]:
    """Return by cut period the room that a fill gives its case type.

    ``10,000 room <= sum share * freed * period * 20`` over the periods of the cut.
    """
    cuts = cut_of(problem)
    worked = open_periods(problem, problem.cases[fill.cases].work)
    there = [
        on_voice(problem, agents, problem.covers[b.cover].counts) for b in fill.bars
    ]
    able = [_able(m, problem, agents, fill, n) for n in range(len(fill.works))]
    parts: dict[int, Terms] = {}
    able_most = _most(problem, fill)
    on_voice_most = sum(
        max(FULL_SPEED, *agent.speeds) for agent in problem.agents if agent.speeds
    )
    for p in sorted(worked):
        if cuts[p] and any(p in row for row in able):
            left = [
                _left(m, problem, fill, b, there[b].get(p, []), p, on_voice_most)
                for b in range(len(fill.bars))
            ]
            hands: list[cp_model.LinearExprT] = [total(row.get(p, [])) for row in able]
            share = fill.share * problem.period * WORK_PER_MINUTE
            freed = _freed(m, problem, fill, left, hands, p, able_most)
            parts.setdefault(int(cuts[p]), []).append(share * freed)
    room = {}
    most = able_most * fill.share * WORK_PER_MINUTE
    for i, terms in parts.items():
        minutes = problem.cuts[i] - problem.cuts[i - 1]
        room[i] = m.new_int_var(0, most * minutes // _WHOLE, f"fill[{fill.cases},{i}]")
        m.add(_WHOLE * room[i] <= total(terms))
    return room


def _able(
    m: cp_model.CpModel,
    problem: RosterProblem,
    agents: list[AgentVariables],
    fill: Fill,
    n: int,
) -> dict[int, Terms]:
    """Return by period who is on a fill's work, at their speed on the cases."""
    found: dict[int, Terms] = {}
    if fill.fixed:
        fixed = enumerate(fill.fixed[n])
        found = {p: [m.new_constant(there)] for p, there in fixed if there}
    for own in agents:
        speed = speed_of(problem, own.agent, problem.cases[fill.cases].work)
        does = own.does.get(fill.works[n], {}) if speed else {}
        for p, variable in does.items():
            found.setdefault(p, []).append(speed * variable)
    return found


def _most(problem: RosterProblem, fill: Fill) -> int:
    """Return the most hundredths that can be freed in a period."""
    work = problem.cases[fill.cases].work
    people = sum(speed_of(problem, agent, work) for agent in problem.agents)
    return people + sum(max(row, default=0) for row in fill.fixed)


def _left(
    m: cp_model.CpModel,
    problem: RosterProblem,
    fill: Fill,
    b: int,
    present: Terms,
    p: int,
    most: int,
) -> cp_model.IntVar:
    """Return ``max(0, cover - needed)`` of a bar; agents give at most ``most``."""
    bar = fill.bars[b]
    cover = problem.covers[bar.cover]
    left = m.new_int_var(0, cover.fixed[p] + most, f"left[{fill.cases},{b},{p}]")
    m.add_max_equality(left, [0, total(present) + cover.fixed[p] - bar.needed[p]])
    return left


def _freed(
    m: cp_model.CpModel,
    problem: RosterProblem,
    fill: Fill,
    left: list[cp_model.IntVar],
    hands: list[cp_model.LinearExprT],
    p: int,
    most: int,
) -> cp_model.LinearExpr:
    """Return who is freed in a period: work after work, the least of what bounds it."""
    used: list[Terms] = [[] for _ in left]
    freed: Terms = []
    for n, w in enumerate(fill.works):
        over = [
            b
            for b, bar in enumerate(fill.bars)
            if w in problem.covers[bar.cover].counts
        ]
        free = m.new_int_var(0, most, f"freed[{fill.cases},{w},{p}]")
        m.add_min_equality(free, [hands[n], *(left[b] - total(used[b]) for b in over)])
        freed.append(free)
        for b in over:
            used[b].append(free)
    return total(freed)
