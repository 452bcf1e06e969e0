"""Tours of each agent in the outline: which shifts, within which limits."""

from models.roster.outline.rows import Rows, Term
from models.roster.problem import Agent, RosterProblem, Wish, WishKind
from models.roster.reach import menu

Works = dict[int, int]  # position in problem.shifts -> column


def add_tours(rows: Rows, problem: RosterProblem, agent: Agent) -> Works:
    """Add the columns and rows of one agent's tours, and what they cost."""
    works = {i: rows.column(1) for i in menu(problem, agent)}
    for i, column in works.items():
        paid = agent.paid_cost * problem.shifts[i].paid_minutes
        rows.goals["paid_hours"][column] = paid
    if problem.enforces("one_shift_per_day"):
        for day in range(problem.days):
            rows.row(_days(problem, works, {day}), high=1)
        _day_rules(rows, problem, agent, works)
    for w in range(len(agent.weeks)):
        _week(rows, problem, agent, works, w)
    for wish in agent.wishes:
        _wish(rows, problem, works, wish)
    return works


def _days(problem: RosterProblem, works: Works, days: set[int]) -> list[Term]:
    return [(c, 1) for i, c in works.items() if problem.shifts[i].day in days]


def _day_rules(rows: Rows, problem: RosterProblem, agent: Agent, works: Works) -> None:
    """Days in a row and days per week; exact where a day has at most one shift."""
    if agent.max_run is not None and problem.enforces("run_of_days"):
        before = min(agent.run_before, agent.max_run)
        for first in range(-before, problem.days - agent.max_run):
            days = set(range(max(first, 0), first + agent.max_run + 1))
            rows.row(_days(problem, works, days), high=len(days) - 1)
    for limits, week in zip(agent.weeks, problem.weeks, strict=True):
        terms = _days(problem, works, set(week))
        if problem.enforces("minimum_days"):
            rows.row(terms, low=limits.min_days)
        if problem.enforces("maximum_days"):
            rows.row(terms, high=limits.max_days)


def _week(
    rows: Rows, problem: RosterProblem, agent: Agent, works: Works, w: int
) -> None:
    """Hours of a week, and what is overtime of them."""
    limits, week = agent.weeks[w], set(problem.weeks[w])
    terms: list[Term] = [
        (c, problem.shifts[i].paid_minutes)
        for i, c in works.items()
        if problem.shifts[i].day in week
    ]
    if problem.enforces("minimum_hours"):
        rows.row(terms, low=limits.min_minutes)
    if problem.enforces("maximum_hours"):
        rows.row(terms, high=limits.max_minutes + limits.overtime_minutes)
    over = rows.column()
    rows.goals["overtime"][over] = agent.overtime_cost
    rows.row([*terms, (over, -1)], high=limits.max_minutes)


def _wish(rows: Rows, problem: RosterProblem, works: Works, wish: Wish) -> None:
    costs = rows.goals["preferences"]
    if wish.kind is WishKind.WORK:
        off = rows.column()
        costs[off] = wish.cost
        rows.row([*_days(problem, works, {wish.day}), (off, 1)], low=1)
        return
    for i, column in works.items():
        shift = problem.shifts[i]
        if wish.kind is WishKind.AVOID:
            start, end = wish.stretch
            minutes = max(0, min(end, shift.end) - max(start, shift.start))
            costs[column] = costs.get(column, 0) + wish.cost * minutes
        elif shift.day == wish.day and shift.shift_type != wish.shift_type:
            costs[column] = costs.get(column, 0) + wish.cost
