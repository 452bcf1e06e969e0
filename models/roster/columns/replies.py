"""What classes reply to prices: their cheapest tours, and what best fills these."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256

import numpy as np
import numpy.typing as npt

from models.roster.columns.kernels.books import TourTable
from models.roster.columns.pricing import Pricer, Prices
from models.roster.problem import TOUR_GOALS

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int16]

_REMEMBERED = 256  # groups of classes of which it is known what legs they can work


@dataclass(frozen=True, eq=False)
class Reply:
    """What some classes do at some prices.

    Attributes
    ----------
    cost, chosen
        As of ``pricing.Tours``.
    legs, codes
        The legs that somebody works, each once and in order, and the best pattern of
        each; none where they were not asked for.
    """

    cost: Ints
    chosen: Ints
    legs: Ints
    codes: Codes


class Replies:
    """Finds what classes of one problem reply."""

    def __init__(self, pricer: Pricer) -> None:
        self.pricer = pricer
        self._book = pricer.book.costing(TOUR_GOALS)
        self._legs_of = lru_cache(_REMEMBERED)(
            lambda which: pricer.legs_of(np.frombuffer(which, dtype=np.int64))
        )

    @cached_property
    def fingerprint(self) -> npt.NDArray[np.uint8]:
        """What tells whether classes and legs have the same numbers elsewhere."""
        pricer, seen = self.pricer, sha256()
        legs = pricer.group, np.array(pricer.legs.shift), pricer.stop_first
        for table in (*legs, pricer.stops, self._book.leg_first, self._book.legs):
            seen.update(table.tobytes())
        return np.frombuffer(seen.digest(), dtype=np.uint8)

    def find(self, which: Ints, prices: Prices, *, filled: bool) -> Reply:
        """Return what some classes reply; ``filled`` asks for the patterns, too."""
        values = self.pricer.values(prices, self._legs_of(which.tobytes()))
        tours = self.pricer.tours(values, prices.people, which=which)
        legs = np.zeros(0, dtype=np.int64)
        if filled:
            legs = np.unique(worked(self._book, which, tours.chosen)[1])
        return Reply(tours.cost, tours.chosen, legs, self.pricer.patterns(legs, prices))


def worked(book: TourTable, which: Ints, chosen: Ints) -> tuple[Ints, Ints]:
    """Return the legs of all chosen options, and before them whose: a row of chosen."""
    i, day = np.nonzero(chosen >= 0)
    option = book.option_first[which[i]] + chosen[i, day]
    first = book.leg_first[option]
    counts = book.leg_first[option + 1] - first
    before = np.cumsum(counts) - counts
    place = np.repeat(first - before, counts) + np.arange(counts.sum())
    return np.repeat(i, counts), book.legs[place]
