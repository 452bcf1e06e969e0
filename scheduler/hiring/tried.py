"""What came of a mix of hires in all weeks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.roster.hiring import Mix
from scheduler.hiring.sections import Targets
from scheduler.hiring.solving import MixAnswer
from scheduler.whatif.document import Outlook
from scheduler.whatif.recording import figures

_SAME = 1e-6


@dataclass(frozen=True)
class WeekTried:
    """What came of one week; without an answer there may be an error.

    Attributes
    ----------
    key
        Of its task.
    missed
        Targets that its roster does not meet.
    """

    key: str
    answer: MixAnswer | None
    error: str | None
    missed: tuple[str, ...] = ()

    @property
    def cost(self) -> float | None:
        """The roster's cost, paid hours; ``None`` without a legal one."""
        return None if self.answer is None else self.answer.cost

    @property
    def figures(self) -> Outlook:
        """What the roster gives."""
        answer = self.answer
        if answer is None:
            return figures(None, None)
        return figures(answer.result, answer.level)

    @property
    def status(self) -> str:
        """What is known of it."""
        if self.answer is not None:
            return self.answer.result.status
        return "failed" if self.error else "not_solved"


@dataclass(frozen=True)
class Tried:
    """A mix and what came of each week.

    Attributes
    ----------
    cost
        Of its hires and of a mean week together, paid hours; ``None`` where a week has
        no legal roster.
    """

    mix: Mix
    price: float
    cost: float | None
    weeks: tuple[WeekTried, ...]

    @property
    def meets(self) -> bool:
        """Whether every week has a legal roster that meets the targets."""
        return self.cost is not None and not any(one.missed for one in self.weeks)

    @property
    def is_impossible(self) -> bool:
        """Whether it is proved that some week has no roster."""
        return any(one.status == "infeasible" for one in self.weeks)


def tried(
    mix: Mix, price: float, shares: Sequence[float], weeks: Sequence[WeekTried]
) -> Tried:
    """Return what came of a mix."""
    costs = [one.cost for one in weeks]
    known = [cost for cost in costs if cost is not None]
    total = None
    if len(known) == len(costs):
        total = price + sum(s * cost for s, cost in zip(shares, known, strict=True))
    return Tried(mix, price, total, tuple(weeks))


def missed(found: Outlook, targets: Targets) -> Iterator[str]:
    """Yield the targets that a roster does not meet; unknown is not met.

    A plan without calls has no service level to miss, one without cases no breaches.
    """
    if targets.short_hours is not None and (
        (found.short_hours or 0) > targets.short_hours + _SAME
    ):
        yield "short_hours"
    if targets.breaches is not None and (
        (found.breaches or 0) > targets.breaches + _SAME
    ):
        yield "breaches"
    level = found.service_level
    wanted = targets.service_level
    if wanted is not None and level is not None and level < wanted - _SAME:
        yield "service_level"
