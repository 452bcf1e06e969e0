"""Who is there in each step of time, and who of them comes and goes."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import bdtr

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
_KINDS = 9  # of days
_RARE = 1e-3  # a chance


@dataclass(frozen=True, eq=False)
class Presence:
    """When people come to the calls and when they are to leave; seconds.

    Attributes
    ----------
    comes, leaves
        One entry for each time that somebody is on calls, shape ``(stretches,)``.
    after_break
        Whether it follows a break that is taken in full, however late it began: then
        who began it late comes late.
    """

    comes: Floats
    leaves: Floats
    after_break: Bools

    def heads(self, step: float, steps: int) -> Ints:
        """Return how many are there in each step, all of whom are rostered."""
        found: Ints = np.cumsum(
            _counted(self.comes, step, steps) - _counted(self.leaves, step, steps)
        )
        return found

    def moves(self, step: float, busy: Floats, handle: Floats) -> tuple[Ints, Ints]:
        """Return how many come and how many are to leave at the start of each step.

        Parameters
        ----------
        busy, handle
            In each step, shape ``(steps,)``: share of people on a call, and how long
            one takes on average. Who begins a break is late by their product.
        """
        steps = len(busy)
        at = np.clip((self.comes / step).astype(np.int64), 0, steps - 1)
        late = np.where(self.after_break, busy[at] * handle[at], 0.0)
        comes = np.minimum(self.comes + late, self.leaves)
        return _counted(comes, step, steps), _counted(self.leaves, step, steps)


def _counted(moments: Floats, step: float, steps: int) -> Ints:
    """Return how many moments round to the start of each step; the last are not there.

    What was before the first step counts as its start.
    """
    at = np.maximum(np.rint(moments / step).astype(np.int64), 0)
    return np.bincount(at[at < steps], minlength=steps)


class Staff(NamedTuple):
    """In each step: people there, and those that went and came at its start."""

    people: Ints
    out: Ints
    into: Ints


def days_of(people: int, absent: float) -> list[tuple[float, float]]:
    """Return kinds of days by how many do not come: their share, and their weight.

    The share is of days that are worse, in the middle of the kind. Of few people each
    number that are there is a kind of its own, of many all kinds are as likely.
    """
    if absent == 0 or people == 0:
        return [(0.5, 1.0)]
    numbers = np.arange(people + 1)
    upto = np.asarray(bdtr(numbers, people, 1 - absent), dtype=float)
    weights = np.diff(upto, prepend=0.0)
    some = weights > _RARE
    if some.sum() > _KINDS:
        middles = (np.arange(_KINDS) + 0.5) / _KINDS
        return [(share, 1 / _KINDS) for share in middles.tolist()]
    middles, weights = (upto - weights / 2)[some], weights[some] / weights[some].sum()
    return list(zip(middles.tolist(), weights.tolist(), strict=True))


def thinned(comes: Ints, leaves: Ints, absent: float, share: float) -> Staff:
    """Return who is there where each is absent by chance, on a day of a kind.

    Parameters
    ----------
    absent
        Chance that somebody does not come.
    share
        Of days that are worse: how many are there is that quantile of the binomial
        distribution in each step.
    """
    heads = np.cumsum(comes - leaves)
    if absent == 0:
        return Staff(heads, leaves, comes)
    people = _quantiles(int(heads.max(initial=0)), 1 - absent, share)[heads]
    before = np.concatenate([[0], people[:-1]])
    out = np.minimum(before, np.rint(leaves * (1 - absent)).astype(np.int64))
    into = people - before + out
    return Staff(people, out - np.minimum(into, 0), np.maximum(into, 0))


def _quantiles(most: int, chance: float, share: float) -> Ints:
    """Return the quantile of binomial distributions of 0 to ``most`` people."""
    found, there = np.zeros(most + 1, dtype=np.int64), 0
    for people in range(most + 1):
        while bdtr(there, people, chance) < share:
            there += 1
        found[people] = there
    return found
