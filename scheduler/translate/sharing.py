"""What a plan shares out among agents, as its reports need it."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.roster.problem import Measure, Shift, Which
from models.roster.result import Worked
from scheduler.translate.windows import Past, Window, counted


@dataclass(frozen=True)
class Shared:
    """Shifts or case work that one of ``plan.fairness`` shares out.

    Attributes
    ----------
    share
        By the id of each agent who takes part, in proportion to contract hours.
    had
        What each has had before day one, shifts or hours of case work; who is new
        stands at the target.
    which
        Which shifts; ``None`` for case work.
    """

    name: str
    share: Mapping[str, float]
    had: Mapping[str, float]
    which: Which | None


def touches(shift: Shift | Worked, which: Which) -> bool:
    """Whether a shift is one of those shared out."""
    one = [Past(-1, shift.start, shift.end, 0)]
    return bool(counted(one, Window(-1, -1, ()), which, Measure.SHIFTS))
