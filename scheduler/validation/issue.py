"""What is wrong with a plan, and where: before it is known in which file and line."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

from scheduler.validation.facts import Facts

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class PlanIssue:
    """One thing that is wrong with a plan.

    Attributes
    ----------
    path
        Where: keys and positions from the top of the plan, such as
        ``("queues", 0, "calendar")`` or ``("calls", 13, "start")``.
    expected
        What was expected, in a planner's words.
    known
        Names that would have been right: one that looks alike is suggested.
    other
        Second place that it is about; ``expected`` ends where its line is named.
    rule
        Name of the rule that is broken.
    value
        What stands there, if the path alone does not lead to it.
    """

    path: Path
    expected: str
    known: Collection[str] = ()
    other: Path | None = None
    rule: str = ""
    value: object = None

    def under(self, rule: str) -> "PlanIssue":
        """Return the issue with the name of its rule."""
        return replace(self, rule=rule)


@dataclass(frozen=True)
class Check:
    """A rule of a right plan.

    ``needs`` are the parts of the plan that must be whole for the rule to be judged:
    a name is not unknown when its row could not be read.
    """

    rule: Callable[[Facts], Iterator[PlanIssue]]
    needs: frozenset[str]

    @property
    def name(self) -> str:
        """Name of the rule."""
        return self.rule.__name__


def check(
    *needs: str,
) -> Callable[[Callable[[Facts], Iterator[PlanIssue]]], Check]:
    """Return a decorator that makes a check of a function, which needs these parts."""
    return lambda rule: Check(rule, frozenset(needs))
