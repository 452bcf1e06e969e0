"""Case work between calls: credited where more people are on voice than are needed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """The people that a row of cover keeps: ``needed[p]`` centi-agents in period p."""

    cover: int
    needed: tuple[int, ...]


@dataclass(frozen=True)
class Fill:
    """Case work of one type that people on voice are credited with.

    In a period in which the case type may be worked, people on the voice ``works`` are
    freed, work after work in this order: as many as are there, counted at their speed
    on the case type, and no more than every bar of which the work counts has left. A
    bar has ``max(0, cover - needed)``, less those freed before. ``share`` per cent of
    what the freed could do counts as room for the case type, rounded down in each cut
    period.

    Attributes
    ----------
    cases
        Position in ``problem.cases``.
    share
        Whole per cent, 1 to 100.
    works
        Positions of voice works.
    bars
        What must stay on voice; every work counts in at least one.
    fixed
        By work (in the order of ``works``) and period: centi-agents, at their speed on
        the case type, who are on it whatever the problem's agents do; left out: nobody.
    """

    cases: int
    share: int
    works: tuple[int, ...]
    bars: tuple[Bar, ...]
    fixed: tuple[tuple[int, ...], ...] = ()
