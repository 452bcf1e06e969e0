"""A limit or a datum that may be blamed for a conflict, and words for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from models.roster.problem import Agent, RosterProblem


@dataclass(frozen=True, eq=False)
class Member:
    """One limit or datum of one agent's problem.

    Attributes
    ----------
    rule
        Its name.
    words
        What it asks for.
    eased
        The problem with it easier by some notches.
    most
        Notches after which it binds no more.
    remedy
        What to do, as words, for some notches; ``None``: nothing that a planner can.
    whose
        The agent, where there are several.
    followed
        What follows where a plan does without it, beside the problem without it.
    """

    rule: str
    words: str
    eased: Callable[[RosterProblem, int], RosterProblem]
    most: int = 1
    remedy: Callable[[int], str] | None = None
    whose: str | None = None
    followed: Callable[[RosterProblem], RosterProblem] | None = None

    def applied(self, problem: RosterProblem, notches: int) -> RosterProblem:
        """Return the problem as it is once a plan has been changed so."""
        found = self.eased(problem, notches)
        return found if self.followed is None else self.followed(found)

    def dropped(self, problem: RosterProblem) -> RosterProblem:
        """Return the problem without it."""
        return self.eased(problem, self.most)


def single(
    rule: str,
    words: str,
    dropped: Callable[[RosterProblem], RosterProblem],
    remedy: str,
) -> Member:
    """Return a member that is there or not."""
    return Member(rule, words, lambda p, _: dropped(p), 1, lambda _: remedy)


def in_all_windows(member: Member, every: Sequence[Member]) -> Member | None:
    """Return a member with all those of its rule; ``None`` where it is the only one."""
    about = member.rule, member.whose
    alike = [other for other in every if (other.rule, other.whose) == about]
    remedy = member.remedy
    if len(alike) == 1 or remedy is None:
        return None

    def eased(problem: RosterProblem, notches: int) -> RosterProblem:
        for other in alike:
            problem = other.applied(problem, min(notches, other.most))
        return problem

    return Member(
        member.rule,
        member.words,
        eased,
        max(other.most for other in alike),
        lambda k: (
            f"{remedy(min(k, member.most))}; and the same for all that "
            f"{member.rule} asks for"
        ),
    )


def the_agent(problem: RosterProblem) -> Agent:
    """Return the one agent of a problem."""
    (agent,) = problem.agents
    return agent


def with_agent(problem: RosterProblem, **changed: object) -> RosterProblem:
    """Return a problem of one agent with another agent."""
    agent = replace(the_agent(problem), **changed)  # type: ignore[arg-type]
    return replace(problem, agents=(agent,))


def day_words(problem: RosterProblem, day: int) -> str:
    """Return a day as words: the clock at its start without the time."""
    words = problem.clock(problem.day_starts[day]).split(" ")
    return " ".join(words[:2])


def hours(minutes: int) -> str:
    """Return minutes as hours.

    >>> hours(2250), hours(60), hours(45)
    ('37.5 h', '1 h', '0.75 h')
    """
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".") + " h"


def plural(number: int, noun: str) -> str:
    """Return a number and its noun.

    >>> plural(1, "day"), plural(6, "day")
    ('1 day', '6 days')
    """
    return f"{number} {noun}" + "s" * (number != 1)
