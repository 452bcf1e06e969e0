"""Draws that every version of numpy answers alike: all come from ``random()``."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import TypeVar

import numpy as np

T = TypeVar("T")


def dice(seed: int, stream: int) -> np.random.Generator:
    """Return a generator of its own for each ``stream`` of a seed."""
    return np.random.Generator(np.random.PCG64([seed, stream]))


def pick(rng: np.random.Generator, options: Sequence[T]) -> T:
    """Return one of the options, each as likely as the others."""
    return options[int(rng.random() * len(options))]


def between(rng: np.random.Generator, low: int, high: int, step: int = 1) -> int:
    """Return one of ``low``, ``low + step``, ... up to ``high``, all as likely.

    ``low`` where ``high`` lies below it.
    """
    return low + step * int(rng.random() * (max(0, high - low) // step + 1))


def dealt(
    rng: np.random.Generator, count: int, shares: Sequence[tuple[T, float]]
) -> list[T]:
    """Return ``count`` options in random order, each as often as its share says.

    Shares need not add up to 1. Numbers are exact to one: small centres have the same
    mix as large ones.

    >>> sorted(dealt(dice(0, 0), 10, [("a", 0.7), ("b", 0.3)]))
    ['a', 'a', 'a', 'a', 'a', 'a', 'a', 'b', 'b', 'b']
    """
    total = sum(share for _, share in shares)
    ends = [round(count * part / total) for part in accumulate(s for _, s in shares)]
    cards = [
        option
        for (option, _), (first, last) in zip(shares, pairwise([0, *ends]), strict=True)
        for _ in range(last - first)
    ]
    order = np.argsort(rng.random(count), kind="stable").tolist()
    return [cards[i] for i in order]
