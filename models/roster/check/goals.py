"""What a roster costs, goal by goal, computed again from starts and ends."""

from collections.abc import Callable, Sequence

from models.roster.check.book import book_cost
from models.roster.check.cases import Account, account, case_minutes
from models.roster.check.cover import Rows, cover
from models.roster.check.fills import fill_room
from models.roster.check.joint import headcount_cost
from models.roster.check.reading import overlap, remembered_of_both, runs, tours
from models.roster.check.shares import share_cost
from models.roster.problem import GOALS, TOUR_GOALS, Kind, RosterProblem, Wish, WishKind
from models.roster.result import Roster, Worked

SHIFT_GOALS = (
    "headcount",
    *TOUR_GOALS,
)


@remembered_of_both
def accounts(problem: RosterProblem, roster: Roster) -> Sequence[Account]:
    """Return what is done, late and open of each of ``problem.cases`` at every cut."""
    rooms = zip(case_minutes(problem, roster), fill_room(problem, roster), strict=True)
    return accounts_of(
        problem, [[a + b for a, b in zip(*room, strict=True)] for room in rooms]
    )


def accounts_of(problem: RosterProblem, rooms: Rows) -> list[Account]:
    """Return the accounts that room for each case type, by cut, leads to."""
    return [
        account(problem, cases, list(room))
        for cases, room in zip(problem.cases, rooms, strict=True)
    ]


def levels_cost(problem: RosterProblem, goal: str, rows: Rows) -> int:
    """``sum over levels of the goal, periods: cost * max(0, target - cover)``."""
    return sum(
        level.cost * max(0, target - covered)
        for row, has in zip(problem.covers, rows, strict=True)
        for level in row.levels
        if level.goal == goal
        for target, covered in zip(level.target, has, strict=True)
    )


def overdue_cost(problem: RosterProblem, found: Sequence[Account]) -> int:
    """``sum over cases, cuts: late_costs[i] * late(i)``."""
    return sum(
        cost * late
        for cases, kept in zip(problem.cases, found, strict=True)
        for cost, late in zip(cases.late_costs, kept.late, strict=True)
    )


def open_cost(problem: RosterProblem, found: Sequence[Account]) -> int:
    """``sum over cases, cuts: open_costs[i] * open(i)``."""
    return sum(
        cost * left
        for cases, kept in zip(problem.cases, found, strict=True)
        for cost, left in zip(cases.open_costs, kept.open, strict=True)
    )


def voice_shortfall(problem: RosterProblem, roster: Roster) -> int:
    """Levels of the goal ``voice_shortfall``: ``cost * max(0, target - cover)``."""
    return levels_cost(problem, "voice_shortfall", cover(problem, roster))


def late_calls(problem: RosterProblem, roster: Roster) -> int:
    """Late calls beyond what the targets allow; see ``late_cost``."""
    return late_cost(problem, cover(problem, roster))


def late_cost(problem: RosterProblem, rows: Rows) -> int:
    """``sum over targets: cost * max(0, late calls of all its periods - allowed)``."""
    total = 0
    for row, covered in zip(problem.covers, rows, strict=True):
        for target in row.targets:
            late = sum(
                rate * max(0, height - covered[curve.period])
                for curve in target.curves
                for height, rate in curve.steps
            )
            total += target.cost * max(0, late - target.allowed)
    return total


def voice_cushion(problem: RosterProblem, roster: Roster) -> int:
    """Levels of the goal ``voice_cushion``: ``cost * max(0, target - cover)``."""
    return levels_cost(problem, "voice_cushion", cover(problem, roster))


def overdue(problem: RosterProblem, roster: Roster) -> int:
    """``sum over cases, cuts: late_costs[i] * late(i)``; see ``account``."""
    return overdue_cost(problem, accounts(problem, roster))


def open_work(problem: RosterProblem, roster: Roster) -> int:
    """``sum over cases, cuts: open_costs[i] * open(i)``; see ``account``."""
    return open_cost(problem, accounts(problem, roster))


def paid_hours(problem: RosterProblem, roster: Roster) -> int:
    """``sum over shifts: agent.paid_cost * paid_minutes``."""
    return sum(
        problem.agents[w.agent].paid_cost * w.paid_minutes for w in roster.worked
    )


def headcount(problem: RosterProblem, roster: Roster) -> int:
    """People too few and too many on single shifts; see ``headcount_cost``."""
    return headcount_cost(problem, roster)


def preferred_rules(problem: RosterProblem, roster: Roster) -> int:
    """Rules of the book that are preferred and not kept; see ``book_cost``."""
    own = share_cost(problem, roster, "preferred_rules")
    return book_cost(problem, roster, "preferred_rules") + own


def fairness(problem: RosterProblem, roster: Roster) -> int:
    """How far everybody is from what is fair; see ``book_cost``."""
    own = share_cost(problem, roster, "fairness")
    return book_cost(problem, roster, "fairness") + own


def changes(problem: RosterProblem, roster: Roster) -> int:
    """Agents' days that are not as they were published; see ``book_cost``."""
    return book_cost(problem, roster, "changes")


def overtime(problem: RosterProblem, roster: Roster) -> int:
    """``sum over weeks: overtime_cost * max(0, paid minutes - max_minutes)``.

    And what bands of overtime cost on top; see ``book_cost``.
    """
    total = book_cost(problem, roster, "overtime")
    for agent, shifts in zip(problem.agents, tours(problem, roster), strict=True):
        for days, limits in zip(problem.weeks, agent.weeks, strict=True):
            minutes = sum(w.paid_minutes for w in shifts if w.day in days)
            total += agent.overtime_cost * max(0, minutes - limits.max_minutes)
    return total


def preferences(problem: RosterProblem, roster: Roster) -> int:
    """Sum of what the wishes that are not granted cost.

    ``avoid``: cost * minutes of shifts inside the stretch, breaks included, whichever
    day the shift starts. ``work``: cost if no shift starts on the day. ``shift_type``:
    cost for each shift of another type that starts on the day. Other wishes are rules
    preferred; see ``book_cost``.
    """
    return book_cost(problem, roster, "preferences") + sum(
        wish.cost * _missed(wish, shifts)
        for agent, shifts in zip(problem.agents, tours(problem, roster), strict=True)
        for wish in agent.wishes
    )


def _missed(wish: Wish, shifts: Sequence[Worked]) -> int:
    """Return how many times the cost of a wish is due."""
    if wish.kind is WishKind.AVOID:
        return sum(overlap((w.start, w.end), wish.stretch) for w in shifts)
    same_day = [w for w in shifts if w.day == wish.day]
    if wish.kind is WishKind.WORK:
        return 0 if same_day else 1
    return sum(w.shift_type != wish.shift_type for w in same_day)


def block_starts(problem: RosterProblem, roster: Roster) -> int:
    """``block_cost`` for each uninterrupted run of one case work in one shift."""
    return problem.block_cost * len(runs(problem, roster, Kind.CASE))


def idle(problem: RosterProblem, roster: Roster) -> int:
    """``idle_cost`` for each period of idle time: ``minutes // period``."""
    minutes = sum(
        x.end - x.start for x in roster.activities or () if x.kind is Kind.IDLE
    )
    return problem.idle_cost * (minutes // problem.period)


_GOALS: tuple[Callable[[RosterProblem, Roster], int], ...] = (
    voice_shortfall,
    late_calls,
    headcount,
    overdue,
    paid_hours,
    overtime,
    preferences,
    preferred_rules,
    fairness,
    changes,
    voice_cushion,
    open_work,
    block_starts,
    idle,
)


def objective(problem: RosterProblem, roster: Roster) -> dict[str, int]:
    """Return what each goal of ``problem.GOALS`` costs.

    Only ``SHIFT_GOALS`` are there when the activities are not known.
    """
    named = {goal.__name__: goal for goal in _GOALS}
    asked = GOALS if roster.activities is not None else SHIFT_GOALS
    return {name: named[name](problem, roster) for name in asked}


def cost(problem: RosterProblem, roster: Roster) -> int:
    """Return what a roster costs: the sum of its ``objective``."""
    return sum(objective(problem, roster).values())
