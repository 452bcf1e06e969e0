"""The rules of the book by their names, and what breaking preferred ones costs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from models.roster.check.misses import Miss, misses
from models.roster.check.reading import Breach, Rule, rule, tours
from models.roster.problem import Limit, RosterProblem
from models.roster.problem import Rule as BookRule
from models.roster.result import Roster


def _required(problem: RosterProblem, roster: Roster, name: str) -> Iterator[Breach]:
    """Yield where the required rules of a name are broken."""
    for a, _, miss in _missed(
        problem, roster, lambda own: own.cost is None and own.rule == name
    ):
        yield Breach(a, miss.day, miss.text)


def _missed(
    problem: RosterProblem, roster: Roster, asked: Callable[[BookRule], bool]
) -> Iterator[tuple[int, BookRule, Miss]]:
    for a, shifts in enumerate(tours(problem, roster)):
        agent = problem.agents[a]
        for book_rule in filter(asked, agent.rules):
            for miss in misses(problem, agent, shifts, book_rule):
                yield a, book_rule, miss


@rule
def hours_worked(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """``least <= paid minutes of some days <= most``."""
    return _required(problem, roster, "hours_worked")


@rule
def days_worked(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """``least <= days worked among some days <= most``."""
    return _required(problem, roster, "days_worked")


@rule
def shifts_of_type(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """``least <= shifts of some types on some days <= most``."""
    return _required(problem, roster, "shifts_of_type")


@rule
def nights(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """``least <= shifts that reach into the night <= most``."""
    return _required(problem, roster, "nights")


@rule
def working_times(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """No shift touches the time before the earliest start or after the latest end."""
    return _required(problem, roster, "working_times")


@rule
def rotation(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """Only the shift types whose turn it is, and no shift when it is a day off's."""
    return _required(problem, roster, "rotation")


@rule
def weekends_worked(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """``least <= weekends with a shift <= most``."""
    return _required(problem, roster, "weekends_worked")


@rule
def whole_weekends(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """A weekend is worked on all of its days or on none."""
    return _required(problem, roster, "whole_weekends")


@rule
def weekends_in_a_row(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """``least <= weekends with a shift, one after the other <= most``."""
    return _required(problem, roster, "weekends_in_a_row")


@rule
def days_in_a_row(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """``least <= days worked, one after the other <= most``."""
    return _required(problem, roster, "days_in_a_row")


@rule
def days_off_in_a_row(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """``least <= days off, one after the other <= most``."""
    return _required(problem, roster, "days_off_in_a_row")


@rule
def shifts_in_a_row(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """``least <= days with such a shift, one after the other <= most``."""
    return _required(problem, roster, "shifts_in_a_row")


@rule
def days_off_together(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """Somewhere in a week so many days off follow each other."""
    return _required(problem, roster, "days_off_together")


@rule
def weekly_rest(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """Somewhere in a week there is a rest so long."""
    return _required(problem, roster, "weekly_rest")


@rule
def rest_after(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """``start - end >= rest`` of a shift after an earlier one of another kind."""
    return _required(problem, roster, "rest_after")


@rule
def successions(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """No shift of one kind on the days after one of another kind."""
    return _required(problem, roster, "successions")


@rule
def start_consistency(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """``latest start of a week - earliest start <= most``, by the time of day."""
    return _required(problem, roster, "start_consistency")


@rule
def frozen(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """What had begun by now is as it was published; nothing else had begun."""
    return _required(problem, roster, "frozen")


BOOK_RULES: tuple[Rule, ...] = (
    hours_worked,
    days_worked,
    shifts_of_type,
    nights,
    working_times,
    rotation,
    weekends_worked,
    whole_weekends,
    weekends_in_a_row,
    days_in_a_row,
    days_off_in_a_row,
    shifts_in_a_row,
    days_off_together,
    weekly_rest,
    rest_after,
    successions,
    start_consistency,
    frozen,
)


@dataclass(frozen=True)
class Missed:
    """A preferred rule that a roster does not keep, and what that costs."""

    rule: str
    goal: str
    agent: str
    day: int | None
    cost: int
    message: str


def preferred(
    problem: RosterProblem, roster: Roster, goal: str | None = None
) -> Iterator[Missed]:
    """Yield where preferred rules (of a goal) are not kept, as far as they are on."""
    for a, book_rule, miss in _missed(
        problem,
        roster,
        lambda own: (
            bool(own.cost) and own.rule not in problem.off and goal in (None, own.goal)
        ),
    ):
        name = problem.agents[a].name
        yield Missed(
            book_rule.rule,
            book_rule.goal,
            name,
            miss.day,
            (book_rule.cost or 0) * miss.units,
            f"{name}: {miss.text}",
        )


def granted_rules(
    problem: RosterProblem, roster: Roster, goal: str
) -> Iterator[tuple[int, Limit, bool]]:
    """Yield agent, limit and whether it is kept, for the limits of a goal."""
    for a, shifts in enumerate(tours(problem, roster)):
        agent = problem.agents[a]
        for limit in agent.rules:
            if isinstance(limit, Limit) and limit.goal == goal:
                kept = not any(misses(problem, agent, shifts, limit))
                yield a, limit, kept


def book_cost(problem: RosterProblem, roster: Roster, goal: str) -> int:
    """``sum over preferred rules of a goal: cost * units outside``."""
    return sum(missed.cost for missed in preferred(problem, roster, goal))
