"""Deferred work at given prices of room: what is done when, at least cost."""

from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt
from scipy import sparse

from models.errors import RingfenceError
from models.roster.columns.shared_rows import SharedRows
from models.roster.halting import new_highs

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Flow:
    """What late and open work cost (paid hours), hours of room by row, row prices."""

    cost: float
    used: Floats
    prices: Floats


class Flows:
    """The columns of case work as a program of their own, rows of room paid for.

    Solved again and again by primal simplex, each time from the last basis.
    """

    def __init__(self, rows: SharedRows) -> None:
        static = rows.static
        self._matrix = _matrix(rows)
        self._room = np.zeros(len(static.low), dtype=np.bool_)
        self._room[rows.room_row[:, 1:].ravel()] = True
        cover = np.zeros(len(static.low), dtype=np.bool_)
        cover[rows.cover_row[rows.cover_row >= 0]] = True
        of_cover = np.diff(sparse.csc_matrix(self._matrix[cover]).indptr) > 0
        self._columns = np.flatnonzero(~of_cover)
        bare = self._matrix.multiply(self._room[:, None])
        self._use = -sparse.csc_matrix(bare)[:, self._columns]
        self._cost = np.array(static.cost)[self._columns]
        self._others = np.flatnonzero(
            np.diff(self._matrix.tocsr()[:, self._columns].indptr) * ~self._room
        )
        self._highs = _highs(
            self._matrix[self._others][:, self._columns],
            self._cost,
            np.array(static.upper)[self._columns],
            np.array(static.low)[self._others],
        )
        self._highs.setOptionValue("simplex_strategy", _PRIMAL)
        self._highs.setOptionValue("presolve", "off")

    def answer(self, prices: Floats) -> Flow:
        """Return the cheapest flow where each hour of room costs its row's price."""
        used = np.zeros(len(prices))
        every = prices * self._room
        if not len(self._columns):
            return Flow(0.0, used, every)
        which = np.arange(len(self._columns), dtype=np.int32)
        costs = self._cost + self._use.T @ every
        self._highs.changeColsCost(len(which), which, costs)
        self._highs.run()
        found = self._highs.getSolution()
        amounts = np.array(found.col_value)
        every[self._others] = found.row_dual
        used += self._use @ amounts
        return Flow(float(self._cost @ amounts), used, every)


_PRIMAL = 4


def _matrix(rows: SharedRows) -> sparse.csr_matrix:
    static = rows.static
    column, row, value = np.array(static.entries, dtype=float).reshape(-1, 3).T
    shape = len(static.low), len(static.cost)
    where = row.astype(np.int64), column.astype(np.int64)
    return sparse.csr_matrix((value, where), shape=shape)


def _highs(
    matrix: sparse.csr_matrix, cost: Floats, upper: Floats, low: Floats
) -> highspy.Highs:
    """Return ``min cost x, matrix x >= low, 0 <= x <= upper``."""
    by_column = matrix.tocsc()
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = by_column.shape
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = cost, np.zeros(len(cost)), upper
    lp.row_lower_, lp.row_upper_ = low, np.full(len(low), np.inf)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = by_column.indptr
    lp.a_matrix_.index_ = by_column.indices
    lp.a_matrix_.value_ = by_column.data
    highs = new_highs()
    for name, value in (("threads", 1), ("solver", "simplex")):
        highs.setOptionValue(name, value)
    if highs.passModel(lp) == highspy.HighsStatus.kError:
        raise RingfenceError("HiGHS refused the shared rows")
    return highs
