"""What is shared out: who is furthest off a fair share."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from scheduler.report.words import count, entry, plural
from scheduler.rosters.figures import FairFigures, OffShare

_NAMES = 3
_EVEN = 1.0  # shifts or hours off: as near as whole ones can be


def fair_entries(fair: Sequence[FairFigures]) -> Iterator[RenderableType]:
    """Yield a line for everything that is shared out."""
    for k, each in enumerate(fair):
        among = (
            f"{count(each.rostered)} {each.unit} among {plural(each.agents, 'agent')}"
        )
        yield entry("" if k else "shared", f"{each.name}: {among}; {_furthest(each)}")


def _furthest(each: FairFigures) -> str:
    """Return who is more than one off, as words."""
    off = [one for one in each.furthest if abs(one.off) >= _EVEN]
    if not off:
        most = max((abs(one.off) for one in each.furthest), default=0.0)
        return f"nobody is more than {most:.1f} off a fair share"
    told = ", ".join(_words(one) for one in off[:_NAMES])
    return f"furthest off a fair share: {told}"


def _words(one: OffShare) -> str:
    """Return an agent, what they have, and how far that is off.

    >>> _words(OffShare(agent="Ann", had=14, target=11.6, off=2.4))
    'Ann +2.4 (14 of 11.6)'
    """
    return f"{one.agent} {one.off:+.1f} ({count(one.had)} of {count(one.target)})"
