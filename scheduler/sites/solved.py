"""What is remembered of a site that was solved."""

from dataclasses import dataclass

from scheduler.sites.pricing import Priced
from scheduler.sites.reading import SiteRead
from scheduler.sites.solving import SiteAnswer


@dataclass(frozen=True)
class Solved:
    """What is remembered of an answer: not the roster, which is on the disk.

    Attributes
    ----------
    site
        The site.
    key
        Of its task.
    plan
        That was solved, as ``packed`` makes it.
    answer
        Without files and prices; ``None`` where there is none.
    """

    site: SiteRead
    key: str
    plan: bytes
    answer: SiteAnswer | None = None
    priced: Priced | None = None
    error: str | None = None
    found_before: bool = False

    @property
    def cost(self) -> float | None:
        """The roster's cost, paid hours."""
        return None if self.answer is None else self.answer.result.objective
