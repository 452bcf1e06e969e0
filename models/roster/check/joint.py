"""Rules that join agents, and what too few and too many people on shifts cost."""

from collections.abc import Iterator

from models.roster.check.book import Missed
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
    return sum(miss.cost for miss in missed_joint(problem, roster))


def missed_joint(problem: RosterProblem, roster: Roster) -> Iterator[Missed]:
    """Yield what people too few and too many cost, as far as that is preferred."""
    for row in problem.headcounts:
        lacks = row.needed - people(problem, roster, row)
        cost = max(lacks * (row.under_cost or 0), -lacks * (row.over_cost or 0))
        if cost and row.rule not in problem.off:
            word = "too few" if lacks > 0 else "too many"
            message = f"{row.name}: {abs(lacks)} {word}"
            yield Missed(row.rule, "headcount", EVERYBODY, row.day, cost, message)


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
