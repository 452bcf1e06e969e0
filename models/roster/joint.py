"""Required rules that join agents."""

from models.roster.problem import RosterProblem
from models.roster.reach import in_headcount
from models.roster.result import Roster


def keeps_joint(problem: RosterProblem, roster: Roster) -> bool:
    """Whether a roster keeps the required rules that join agents."""
    worked = {(w.agent, w.shift_type, w.start, w.end) for w in roster.worked}
    for row in problem.joint:
        if None not in (row.under_cost, row.over_cost):
            continue
        such, people = in_headcount(problem, row), row.fixed
        for a, agent in enumerate(problem.agents):
            days = {
                shift.day
                for shift, counts in zip(problem.shifts, such, strict=True)
                if counts and (a, shift.shift_type, shift.start, shift.end) in worked
            }
            people += row.counts(agent.marks) * len(days)
        if people < row.needed and row.under_cost is None:
            return False
        if people > row.needed and row.over_cost is None:
            return False
    return True


def joint_conflict(problem: RosterProblem) -> tuple[str, ...]:
    """Return a sentence that names the required rules that join agents."""
    names = sorted(
        {row.rule for row in problem.joint if None in (row.under_cost, row.over_cost)}
    )
    if not names:
        return ()
    joint = ", ".join(names)
    return (f"everybody has a legal tour, but not all together: {joint}",)
