"""Rules that join agents, and what too few and too many people on shifts cost."""

from collections.abc import Iterator

from models.roster.check.misses import counts
from models.roster.check.reading import Rule, Violation
from models.roster.problem import Headcount, RosterProblem
from models.roster.result import Roster

EVERYBODY = "everybody"  # stands for the agent in such a violation


def people(problem: RosterProblem, roster: Roster, row: Headcount) -> int:
    """Return what the people on the shifts of a headcount count for, others too."""
    total = row.fixed
    there = {
        (w.agent, w.day)
        for w in roster.worked
        if row.day in (None, w.day) and counts(row.which, w)
    }
    for a, _ in there:
        marks = problem.agents[a].marks
        if row.mark is None or row.mark in marks:
            total += 1
        if row.against is not None and row.against in marks:
            total -= 1
    return total


def headcount_cost(problem: RosterProblem, roster: Roster) -> int:
    """``sum: under_cost * max(0, needed - people) + over_cost * max(0, - same)``.

    Over the headcounts that are on, as far as they are preferred.
    """
    total = 0
    for row in problem.headcounts:
        if row.rule not in problem.off:
            lacks = row.needed - people(problem, roster, row)
            total += (row.under_cost or 0) * max(0, lacks)
            total += (row.over_cost or 0) * max(0, -lacks)
    return total


def _broken(name: str, problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Yield where the required rules of a name that join agents are broken."""
    for row in problem.headcounts:
        if row.rule != name or (row.under_cost, row.over_cost).count(None) == 0:
            continue
        now = people(problem, roster, row)
        few = now < row.needed and row.under_cost is None
        many = now > row.needed and row.over_cost is None
        if few or many:
            text = f"{row.name}: {now}, must be at {'least' if few else 'most'}"
            message = f"{EVERYBODY}: {text} {row.needed}"
            yield Violation(name, EVERYBODY, row.day, message)


def people_wanted(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Where so many people are required on some shifts, there are."""
    return _broken("people_wanted", problem, roster)


def floor_mix(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Whenever a time of day is, enough people of a role or skill are on a shift."""
    return _broken("floor_mix", problem, roster)


def same_hours(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """Every shift of the one is one of the other."""
    return _broken("same_hours", problem, roster)


def apart(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    """No two of them are on a shift at a time."""
    return _broken("apart", problem, roster)


JOINT: tuple[Rule, ...] = (people_wanted, floor_mix, same_hours, apart)
