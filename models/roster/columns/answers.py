"""What some classes do together at given prices: their cheapest tours, filled."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from models.roster.columns.pricing import Prices
from models.roster.columns.replies import Replies, Reply, worked
from models.roster.columns.settling import settled_shares
from models.roster.columns.shared_rows import SharedRows
from models.roster.columns.units import FINE, HOUR
from models.roster.problem import FULL_SPEED, TOUR_GOALS, UNIT
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

    def __init__(self, replies: Replies, rows: SharedRows) -> None:
        pricer = replies.pricer
        self.replies, self.rows, self.pricer = replies, rows, pricer
        self.people = np.array([len(kind.members) for kind in pricer.classes])
        self._book = pricer.book.costing(TOUR_GOALS)
        self._speeds = np.array(pricer.legs.speeds, dtype=np.int64)

    def find(self, which: Ints, prices: Prices, worth: Floats) -> Answer:
        """Return the answer of some classes; ``worth`` is the price of each row."""
        reply = self.replies.find(which, prices, filled=True)
        who, legs = worked(self._book, which, reply.chosen)
        works = sparse.csr_matrix(
            (np.ones(len(legs)), (who, legs)),
            shape=(len(which), len(self.pricer.legs)),
        )
        people = self.people[which]
        fills = self._fills(reply)
        gives = fills.T @ (works.T @ people)
        cost = float(people @ reply.cost) / (UNIT * FINE) + float(worth @ gives)
        return Answer(cost, gives, works, fills)

    def _fills(self, reply: Reply) -> sparse.csr_matrix:
        """Return what the patterns of a reply give, leg by row."""
        pricer, problem = self.pricer, self.pricer.problem
        legs, codes = reply.legs, reply.codes
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
