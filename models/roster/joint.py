"""Required rules that join agents."""

from collections.abc import Iterator

from models.roster.problem import Headcount, RosterProblem
from models.roster.reach import in_headcount
from models.roster.result import Conflict, Roster


def keeps_joint(problem: RosterProblem, roster: Roster) -> bool:
    """Whether a roster keeps the required rules that join agents."""
    return next(broken(problem, roster), None) is None


def broken(problem: RosterProblem, roster: Roster) -> Iterator[Headcount]:
    """Yield the headcounts that are required and not kept."""
    menu = {(s.shift_type, s.start, s.end): i for i, s in enumerate(problem.shifts)}
    worked = [
        (w.agent, w.day, menu[key])
        for w in roster.worked
        if (key := (w.shift_type, w.start, w.end)) in menu
    ]
    for row in problem.joint:
        if not row.is_required:
            continue
        such = in_headcount(problem, row)
        there = {(a, day) for a, day, i in worked if such[i]}
        people = row.fixed + sum(row.counts(problem.agents[a].marks) for a, _ in there)
        few = people < row.needed and row.under_cost is None
        many = people > row.needed and row.over_cost is None
        if few or many:
            yield row


def nearest_breaks(problem: RosterProblem, roster: Roster) -> tuple[Conflict, ...]:
    """Return a sentence for each required rule that joins agents and is not kept."""
    return tuple(
        Conflict(f"the nearest roster found does not keep {row.rule}: {row.name}")
        for row in broken(problem, roster)
    )


def joint_conflict(problem: RosterProblem) -> tuple[Conflict, ...]:
    """Return a sentence that names the required rules that no single tour tells of."""
    names = {row.rule for row in problem.joint if row.is_required}
    if problem.enforces("pinned_work") and any(a.tasks for a in problem.agents):
        names.add("pinned_work")
    limits = [limit for a in problem.agents for limit in a.case_limits]
    if problem.enforces("case_share") and any(x.cost is None for x in limits):
        names.add("case_share")
    if not names:
        return ()
    every = ", ".join(sorted(names))
    message = f"everybody has a legal tour, but none that all keep this: {every}"
    return (Conflict(message, rules=tuple(sorted(names))),)
