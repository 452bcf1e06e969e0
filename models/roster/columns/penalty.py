"""Prices of the shared rows at what all give and use, smoothed by a penalty."""

import numpy as np
import numpy.typing as npt

from models.roster.columns.late_targets import LateTargets
from models.roster.columns.shared_rows import SharedRows
from models.roster.columns.units import FINE
from models.roster.problem import FULL_SPEED, LATE, UNIT

Floats = npt.NDArray[np.float64]

_LOOKS, _FLAT, _STRETCH = 3, 0.1, 4.0  # of the secant method
_NOTHING = 1e-9  # paid hours
_STEEPEST, _FLATTEST = 60.0, 2.0  # paid hours an hour, where all people are missing
_SOFTER = 0.9


class Penalty:
    """The augmented Lagrangian of rows ``lack <= missing`` (Rockafellar, 1973).

    ``max over q of q lack - sum max(0, q - slope) width - (q - price)^2 / (2 steep)``:
    its gradient in ``lack`` is the price ``q``. ``missing`` comes in pieces of cover
    and may not be for case work.
    """

    def __init__(self, rows: SharedRows, people: int) -> None:
        cover = rows.shared.cover
        numbers = [rows.cover_row[row.cover, row.period] for row in cover]
        room = rows.room_row[:, 1:].ravel()
        self.low = np.zeros(len(rows.static.low))
        self._hours = np.zeros_like(self.low)
        self.rows = np.zeros(len(self.low), dtype=np.bool_)
        self._flat = np.zeros_like(self.low)
        hours = rows.shared.problem.period / 60
        for some, length in ((numbers, hours), (room, 1.0)):
            self.low[some] = np.array(rows.static.low)[some]
            self.rows[some] = True
            self._hours[some] = length
        self._flat[numbers] = np.where(_outermost(rows), hours, 0.0)
        self._flat[room] = 1.0
        self._factor = _STEEPEST
        self._each = self._hours / max(1, people)
        self._steep = self._factor * self._each
        most = max((len(row.pieces) for row in cover), default=0)
        self._slopes = np.full((most, len(self.low)), np.inf)
        self._widths = np.zeros((most, len(self.low)))
        self._dearest = np.full(len(self.low), np.inf)
        lates = np.zeros_like(self._widths)
        target = np.full(len(self.low), -1, dtype=np.int64)
        for number, row in zip(numbers, cover, strict=True):
            pieces, own = row.pieces, slice(len(row.pieces))
            self._slopes[own, number] = [
                p.cost / p.width * FULL_SPEED / UNIT for p in pieces
            ]
            self._widths[own, number] = [p.width / FULL_SPEED for p in pieces]
            lates[own, number] = [p.late / p.width * FULL_SPEED / LATE for p in pieces]
            self._dearest[number] = rows.shared.dearest(row) * FULL_SPEED / FINE / UNIT
            target[number] = row.target
        targets = rows.shared.targets
        self.late = LateTargets(targets, target, self._slopes, self._widths, lates)

    def scale(self, times: float) -> None:
        """Let prices move so many times as much, since they are as much higher."""
        self._each = times * self._each
        self._steep = self._factor * self._each

    def follow(self, prices: Floats) -> None:
        """Let late calls cost what proves most at the prices of cover."""
        self._slopes = self.late.slopes(self.late.best(prices))

    def soften(self) -> None:
        """Let prices move less from now on."""
        self._factor = max(_FLATTEST, _SOFTER * self._factor)
        self._steep = self._factor * self._each

    def clipped(self, prices: Floats) -> Floats:
        """Return prices in the box in which they can make sense."""
        return np.asarray(np.clip(prices, 0.0, self._dearest))

    def flat(self, hours: float) -> Floats:
        """Return the price of so many paid hours for each hour, whatever is done.

        Of rows of cover that share works only those in no other one have it: else an
        hour would count more than once.
        """
        return hours * self._flat

    def prices(self, centre: Floats, lack: Floats) -> Floats:
        """Return the prices ``q`` at some lack, near some prices."""
        found = centre + self._steep * lack
        for slope, width in zip(self._slopes, self._widths, strict=True):
            lower = np.maximum(found - self._steep * width, np.minimum(slope, found))
            found = np.where(found > slope, lower, found)
        return self.clipped(found)

    def value(self, centre: Floats, lack: Floats) -> float:
        """Return the penalty, paid hours; with what is paid, near what a plan costs."""
        found = self.prices(centre, lack)
        missing = np.where(found > self._slopes, found - self._slopes, 0.0)
        bent = (found - centre) ** 2 / np.where(self.rows, 2 * self._steep, 1.0)
        each = found * lack - (missing * self._widths).sum(axis=0) - bent
        return float(each[self.rows].sum())

    def length(
        self, centre: Floats, lack: Floats, change: Floats, cost: float, most: float
    ) -> float:
        """Return how far to go where a step changes the lack and what is paid.

        A few steps of the secant method, the first as if prices had no corners.
        """
        first = cost + float(self.prices(centre, lack) @ change)
        bend = float((self._steep * change * change).sum())
        if first >= -_NOTHING:
            return 0.0
        done = -first / bend if bend > 0 else most
        for _ in range(_LOOKS):
            if done >= most:
                return most
            slope = cost + float(self.prices(centre, lack + done * change) @ change)
            if slope >= _FLAT * first:
                break
            done *= min(_STRETCH, first / min(first - slope, -_NOTHING))
        return min(done, most)


def _outermost(rows: SharedRows) -> npt.NDArray[np.bool_]:
    """Return which rows of cover are of works that no other row's include.

    Of covers that count the same works it is the last.
    """
    counts = [cover.counts for cover in rows.shared.problem.covers]
    outer = [
        not any(own < other for other in counts) and own not in counts[c + 1 :]
        for c, own in enumerate(counts)
    ]
    return np.array([outer[row.cover] for row in rows.shared.cover], dtype=np.bool_)
