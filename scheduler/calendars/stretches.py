"""Sets of minutes as half-open stretches, apart and in order of time."""

from collections.abc import Iterable, Iterator

from models.roster.problem import Stretch


def merged(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Return what the stretches cover together; empty ones cover nothing.

    >>> merged([(5, 9), (0, 2), (2, 3), (7, 8), (4, 4)])
    ((0, 3), (5, 9))
    """
    found: list[Stretch] = []
    for start, end in sorted(s for s in stretches if s[0] < s[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def clipped(stretches: Iterable[Stretch], within: Stretch) -> tuple[Stretch, ...]:
    """Return what the stretches cover of ``within``.

    >>> clipped([(-60, 30), (90, 200)], within=(0, 100))
    ((0, 30), (90, 100))
    """
    first, last = within
    return merged((max(start, first), min(end, last)) for start, end in stretches)


def gaps(stretches: Iterable[Stretch], within: Stretch) -> tuple[Stretch, ...]:
    """Return what the stretches leave free of ``within``.

    >>> gaps([(-60, 30), (90, 200)], within=(0, 100))
    ((30, 90),)
    """
    return tuple(_gaps(clipped(stretches, within), within))


def _gaps(inside: Iterable[Stretch], within: Stretch) -> Iterator[Stretch]:
    free, last = within
    for start, end in inside:
        if free < start:
            yield free, start
        free = end
    if free < last:
        yield free, last
