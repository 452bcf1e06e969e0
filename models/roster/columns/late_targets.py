"""Prices of late calls, at given prices of cover."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from models.roster.columns.cover_rows import TargetRow
from models.roster.problem import LATE, UNIT

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class LateTargets:
    """Targets for late calls, and what a late call less is worth for each.

    By piece and row: what a person missing costs, how wide a piece is, and how many
    calls a person missing makes late; by row its target, -1: none. Calls, people, paid
    hours.
    """

    def __init__(
        self,
        targets: Sequence[TargetRow],
        of_row: Ints,
        costs: Floats,
        widths: Floats,
        lates: Floats,
    ) -> None:
        self._costs, self._widths, self._lates = costs, widths, lates
        self._allowed = [target.allowed / LATE for target in targets]
        self._most = [target.cost * LATE / UNIT for target in targets]
        self._of_row = of_row

    def slopes(self, late_prices: Floats) -> Floats:
        """Return what a person missing costs, late calls and all, by piece and row."""
        of_row = np.append(late_prices, 0.0)[self._of_row]
        return np.asarray(self._costs + of_row * self._lates)

    def best(self, prices: Floats) -> Floats:
        """Return the prices of late calls that prove most at prices of cover, by row.

        A piece is missing where its row's price is above ``cost + late price``: of the
        late calls' prices at which pieces begin to be, it is the one at which late
        calls come down to what is allowed.
        """
        found = np.zeros(len(self._allowed))
        limits = zip(self._allowed, self._most, strict=True)
        for t, (allowed, most) in enumerate(limits):
            rows = np.flatnonzero(self._of_row == t)
            late = self._lates[:, rows]
            some = late > 0
            worth = (prices[rows] - self._costs[:, rows])[some] / late[some]
            missing = (late * self._widths[:, rows])[some]
            order = np.argsort(-worth)
            over = np.cumsum(missing[order]) > allowed
            price = worth[order][over.argmax()] if over.any() else 0.0
            found[t] = min(max(price, 0.0), most)
        return found
