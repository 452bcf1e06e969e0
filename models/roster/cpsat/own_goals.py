"""Goals that one agent settles alone, as CP-SAT terms in cost units."""

from collections.abc import Callable

from ortools.sat.python import cp_model

from models.roster.cpsat.book import Terms, book_terms
from models.roster.cpsat.rules import worked_minutes
from models.roster.cpsat.shares import case_shares
from models.roster.cpsat.variables import AgentVariables
from models.roster.problem import Kind, RosterProblem, Wish, WishKind


def paid_hours(
    _: cp_model.CpModel, problem: RosterProblem, own: AgentVariables
) -> Terms:
    """``sum paid_cost * paid_minutes[i] * works[i]``."""
    return [
        own.agent.paid_cost * problem.shifts[i].paid_minutes * worked
        for i, worked in own.works.items()
    ]


def overtime(m: cp_model.CpModel, problem: RosterProblem, own: AgentVariables) -> Terms:
    """``sum overtime_cost * max(0, worked - max_minutes)`` over weeks, and bands."""
    terms = book_terms(m, problem, own, "overtime")
    for w, limits in enumerate(own.agent.weeks):
        days = set(problem.weeks[w])
        most = sum(s.paid_minutes for s in problem.shifts if s.day in days)
        over = m.new_int_var(0, most, f"over[{own.agent.name},{w}]")
        m.add(over >= worked_minutes(problem, own, w) - limits.max_minutes)
        terms.append(own.agent.overtime_cost * over)
    return terms


def preferences(
    m: cp_model.CpModel, problem: RosterProblem, own: AgentVariables
) -> Terms:
    """What the wishes cost that are not granted."""
    wishes = [
        term for wish in own.agent.wishes for term in _wish(m, problem, own, wish)
    ]
    return wishes + book_terms(m, problem, own, "preferences")


def preferred_rules(
    m: cp_model.CpModel, problem: RosterProblem, own: AgentVariables
) -> Terms:
    """What the preferred rules of the book cost that are not kept."""
    return book_terms(m, problem, own, "preferred_rules")


def fairness(m: cp_model.CpModel, problem: RosterProblem, own: AgentVariables) -> Terms:
    """What it costs to be far from what is fair."""
    return book_terms(m, problem, own, "fairness")


def block_starts(
    _: cp_model.CpModel, problem: RosterProblem, own: AgentVariables
) -> Terms:
    """``sum block_cost * begins[p]`` over case works."""
    return [
        problem.block_cost * variable
        for w, begins in own.begins.items()
        if problem.works[w].kind is Kind.CASE
        for variable in begins.values()
    ]


def idle(_: cp_model.CpModel, problem: RosterProblem, own: AgentVariables) -> Terms:
    """``sum idle_cost * idle[p]``."""
    return [problem.idle_cost * variable for variable in own.idle.values()]


def changes(m: cp_model.CpModel, problem: RosterProblem, own: AgentVariables) -> Terms:
    """What it costs to change what was published."""
    return book_terms(m, problem, own, "changes")


OWN_GOALS: tuple[
    Callable[[cp_model.CpModel, RosterProblem, AgentVariables], Terms], ...
] = (
    paid_hours,
    overtime,
    preferences,
    preferred_rules,
    fairness,
    changes,
    block_starts,
    idle,
    case_shares,
)


def _wish(
    m: cp_model.CpModel, problem: RosterProblem, own: AgentVariables, wish: Wish
) -> Terms:
    """Return the cost terms of one wish."""
    if wish.kind is WishKind.AVOID:
        start, end = wish.stretch
        overlaps = {
            i: min(end, problem.shifts[i].end) - max(start, problem.shifts[i].start)
            for i in own.works
        }
        return [wish.cost * n * own.works[i] for i, n in overlaps.items() if n > 0]
    if wish.kind is WishKind.WORK:
        on = own.on.get(wish.day, m.new_constant(0))
        return [wish.cost * (1 - on)]
    return [
        wish.cost * worked
        for i, worked in own.works.items()
        if problem.shifts[i].day == wish.day
        and problem.shifts[i].shift_type != wish.shift_type
    ]
