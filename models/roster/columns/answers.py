"""What some classes do together at given prices: their cheapest tours, filled."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from models.roster.columns.pricing import Pricer, Prices
from models.roster.columns.settling import settled_shares
from models.roster.columns.shared_rows import SharedRows
from models.roster.columns.tour_book import TOUR_GOALS
from models.roster.columns.units import FINE, HOUR
from models.roster.problem import FULL_SPEED, UNIT
from models.roster.reach import units_per_period

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Answer:
    """The same tours for all members of each class.

    Attributes
    ----------
    cost
        Paid hours, of all members.
    gives
        To each row of the master, of all members.
    works
        Class by leg: which legs a member works.
    fills
        Leg by row: what is given by whoever works the leg.
    """

    cost: float
    gives: Floats
    works: sparse.csr_matrix
    fills: sparse.csr_matrix


class Answers:
    """Finds the answers of a problem's classes."""

    def __init__(self, pricer: Pricer, rows: SharedRows) -> None:
        self.pricer, self.rows = pricer, rows
        self.people = np.array([len(kind.members) for kind in pricer.classes])
        self._book = pricer.book.costing(TOUR_GOALS)
        self._speeds = np.array(pricer.legs.speeds, dtype=np.int64)

    def find(
        self, which: Ints, legs: Sequence[Ints], prices: Prices, worth: Floats
    ) -> Answer:
        """Return the answer of some classes, of which ``legs`` are all that they need.

        ``worth`` is the price of each row.
        """
        values = self.pricer.values(prices, legs)
        tours = self.pricer.tours_of(which, values, prices.people)
        works = self._works(which, tours.chosen)
        people = self.people[which]
        count = works.T @ people
        fills = self._fills(np.flatnonzero(count), prices)
        gives = fills.T @ count
        cost = float(people @ tours.cost) / (UNIT * FINE) + float(worth @ gives)
        return Answer(cost, gives, works, fills)

    def _works(self, which: Ints, chosen: Ints) -> sparse.csr_matrix:
        """Return which legs are worked in the chosen options, class by leg."""
        book = self._book
        i, day = np.nonzero(chosen >= 0)
        option = book.option_first[which[i]] + chosen[i, day]
        first = book.leg_first[option]
        counts = book.leg_first[option + 1] - first
        before = np.cumsum(counts) - counts
        place = np.repeat(first - before, counts) + np.arange(counts.sum())
        return sparse.csr_matrix(
            (np.ones(len(place)), (np.repeat(i, counts), book.legs[place])),
            shape=(len(which), len(self.pricer.legs)),
        )

    def _fills(self, legs: Ints, prices: Prices) -> sparse.csr_matrix:
        """Return what the best patterns of some legs give, leg by row."""
        pricer, problem = self.pricer, self.pricer.problem
        codes = pricer.patterns(legs, prices)
        sizes = pricer.spans[legs, 1] - pricer.spans[legs, 0]
        inside = np.arange(codes.shape[1]) < sizes[:, None]
        i, place = np.nonzero((codes >= 0) & inside)
        work, leg = codes[i, place], legs[i]
        share = settled_shares(pricer.arrays.runs, codes)[i, place]
        period = pricer.spans[leg, 0] + place
        speed = self._speeds[pricer.group[leg], work]
        parts = []
        for c, cover in enumerate(problem.covers):
            own = np.isin(work, list(cover.counts))
            row, full = self.rows.cover_row[c, period], self.rows.whole[c, period]
            counted = np.where(full, -(-speed // FULL_SPEED) * FULL_SPEED, speed)
            parts.append((own, row, counted / FULL_SPEED))
        for k, cases in enumerate(problem.cases):
            row = self.rows.room_row[k, pricer.arrays.cut_of[period]]
            parts.append((work == cases.work, row, self._hours(speed) * share))
        shape = len(pricer.legs), len(self.rows.static.low)
        found = sparse.csr_matrix(shape)
        for own, row, value in parts:
            own = own & (row >= 0)
            entries = value[own], (leg[own], row[own])
            found = found + sparse.csr_matrix(entries, shape=shape)
        return found

    def _hours(self, speed: Ints) -> Floats:
        """Return the hours of work done in a period at some speeds."""
        every, where = np.unique(speed, return_inverse=True)
        units = [units_per_period(self.pricer.problem, int(s)) for s in every]
        return np.asarray(np.array(units, dtype=float)[where] / HOUR)
