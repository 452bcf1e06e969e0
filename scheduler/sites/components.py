"""Sites that share queues, directly or by way of others."""

from collections.abc import Iterable, Sequence


def components(
    names: Sequence[str], links: Iterable[Sequence[str]]
) -> list[tuple[str, ...]]:
    """Return groups of names that links join, in the order of the names.

    >>> components(["a", "b", "c", "d"], [["a", "c"], ["c", "d"]])
    [('a', 'c', 'd'), ('b',)]
    """
    group = {name: {name} for name in names}
    for link in links:
        joined = set().union(*(group[name] for name in link))
        group |= dict.fromkeys(joined, joined)
    found = {id(own): own for own in (group[name] for name in names)}
    return [tuple(name for name in names if name in own) for own in found.values()]
