"""Divisions of the people that shared queues need: the first, and better ones."""

from collections.abc import Sequence

import numpy as np

from scheduler.sites.sharing import Floats, Ints, Shared


def by_capacity(queue: Shared) -> Ints:
    """Return the people of each site: as many as its share of those who could do it."""
    weights = np.where(queue.reach, queue.capacity, 0.0)
    nobody = weights.sum(axis=0) == 0
    weights[:, nobody] = queue.reach[:, nobody]
    return rounded(weights / weights.sum(axis=0) * queue.required, queue.required)


def rounded(people: Floats, required: Ints) -> Ints:
    """Return whole people that add up to what is required: largest remainders first.

    >>> rounded(np.array([[0.6, 1.5], [1.4, 1.5]]), np.array([2, 3])).tolist()
    [[1, 2], [1, 1]]
    """
    whole = np.floor(people + 1e-9).astype(np.int64)
    left = required - whole.sum(axis=0)
    order = np.argsort(-(people - whole), axis=0, kind="stable")
    rank = np.argsort(order, axis=0, kind="stable")
    found: Ints = whole + (rank < left)
    return found


def cheapest(tables: Sequence[Sequence[int]]) -> tuple[int, list[int]]:
    """Return what the cheapest division of an interval costs, and that division.

    Parameters
    ----------
    tables
        By site: what 0, 1, ... people cost there, up to all that are needed.

    >>> cheapest([[0, 5, 11], [0, 4, 20]])
    (9, [1, 1])
    """
    best, choices = np.array(tables[0], np.int64), []
    size = len(best)
    for table in tables[1:]:
        sums = np.full((size, size), np.iinfo(np.int64).max, dtype=np.int64)
        for people, cost in enumerate(
            table
        ):  # of this site, the others of those before
            sums[people, people:] = best[: size - people] + cost
        choices.append(sums.argmin(axis=0))
        best = sums.min(axis=0)
    left, found = size - 1, []
    for chosen in reversed(choices):
        found.append(int(chosen[left]))
        left -= found[-1]
    return int(best[-1]), [left, *reversed(found)]


def towards(people: Ints, best: Ints, part: float, required: Ints) -> Ints:
    """Return a division some part of the way from one to another."""
    return rounded(people + part * (best - people), required)
