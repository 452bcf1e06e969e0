"""How much of their time agents are on cases, as CP-SAT constraints and terms."""

from collections.abc import Iterable

from ortools.sat.python import cp_model

from models.roster.cpsat.book import Terms
from models.roster.cpsat.variables import AgentVariables
from models.roster.problem import CaseLimit, Kind, RosterProblem
from models.roster.result import Activity, Worked

_PERCENT = 100


def case_shares(
    m: cp_model.CpModel, problem: RosterProblem, own: AgentVariables
) -> Terms:
    """Keep the limits that are required; return what the others cost."""
    if not problem.enforces("case_share"):
        return []
    return [
        term
        for number, limit in enumerate(own.agent.case_limits)
        for term in _limit(m, problem, own, number, limit)
    ]


def _limit(
    m: cp_model.CpModel,
    problem: RosterProblem,
    own: AgentVariables,
    number: int,
    limit: CaseLimit,
) -> Terms:
    minutes = cp_model.LinearExpr.sum(_minutes(m, problem, own, number, limit))
    terms: Terms = []
    label, most = f"{own.agent.name},{number}", problem.end
    if limit.most is not None:
        paid = [
            problem.shifts[i].paid_minutes * worked
            for i, worked in own.works.items()
            if problem.shifts[i].day in limit.days
        ]
        share = limit.percent * cp_model.LinearExpr.sum(paid)
        allowed = _PERCENT * limit.most + share
        if limit.most < 0:
            rest = m.new_int_var(0, _PERCENT * most, f"allowed[{label}]")
            m.add_max_equality(rest, [allowed, 0])
            allowed = rest
        above = m.new_int_var(0, 0 if limit.cost is None else most, f"above[{label}]")
        m.add(_PERCENT * (minutes - above) <= allowed)
        terms.append((limit.cost or 0) * above)
    if limit.least and limit.cost is not None:
        below = m.new_int_var(0, most, f"below[{label}]")
        m.add(minutes + below >= limit.least)
        terms.append(limit.cost * below)
    return terms


def _minutes(
    m: cp_model.CpModel,
    problem: RosterProblem,
    own: AgentVariables,
    number: int,
    limit: CaseLimit,
) -> Terms:
    """Return the minutes on cases in shifts of the limit's days.

    Where in a period there may be a shift of one of these days or of another one, it
    counts if one of these is worked.
    """
    mine, others = _presence(problem, own, limit)
    found: Terms = []
    for w, does in own.does.items():
        if problem.works[w].kind is not Kind.CASE:
            continue
        for p in sorted(does.keys() & mine.keys()):
            counts = here = does[p]
            if p in others:
                counts = m.new_bool_var(f"counts[{own.agent.name},{number},{w},{p}]")
                there = cp_model.LinearExpr.sum(mine[p])
                m.add(counts >= here + there - 1)
                m.add(counts <= here)
                m.add(counts <= there)
            found.append(problem.period * counts)
    return found


def _presence(
    problem: RosterProblem, own: AgentVariables, limit: CaseLimit
) -> tuple[dict[int, Terms], set[int]]:
    """Return by period the shifts of the limit's days, and where others may be."""
    mine: dict[int, Terms] = {}
    others: set[int] = set()
    for i, worked in own.works.items():
        shift = problem.shifts[i]
        for p in range(shift.start // problem.period, shift.end // problem.period):
            if shift.day in limit.days:
                mine.setdefault(p, []).append(worked)
            else:
                others.add(p)
    return mine, others


def shares_cost(
    problem: RosterProblem,
    limits: Iterable[CaseLimit],
    worked: Iterable[Worked],
    activities: Iterable[Activity],
) -> int:
    """Return what an agent's preferred limits cost as the agent's week is."""
    if not problem.enforces("case_share"):
        return 0
    shifts, doing, cost = list(worked), list(activities), 0
    for limit in limits:
        minutes, paid = on_cases(limit.days, shifts, doing)
        above = 0
        if limit.most is not None:
            allowed = max(0, limit.most + limit.percent * paid // _PERCENT)
            above = max(0, minutes - allowed)
        cost += (limit.cost or 0) * (above + max(0, limit.least - minutes))
    return cost


def on_cases(
    days: Iterable[int], worked: Iterable[Worked], activities: Iterable[Activity]
) -> tuple[int, int]:
    """Return minutes on cases, and paid ones, in an agent's shifts of some days."""
    counted = set(days)
    shifts = [w for w in worked if w.day in counted]
    minutes = sum(
        x.end - x.start
        for x in activities
        if x.kind is Kind.CASE and any(w.start <= x.start < w.end for w in shifts)
    )
    return minutes, sum(w.paid_minutes for w in shifts)
