"""All mixes of hires, what each costs at least, and which to look at next."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, prod

import numpy as np
import numpy.typing as npt

from models.errors import InvalidInput
from models.roster.hiring.cuts import Cut

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

MOST = 200_000  # mixes that are looked at one by one
_CLOSE = 1e-6  # what is no difference
Mix = tuple[int, ...]


@dataclass(frozen=True)
class Kind:
    """Somebody who can be hired: from ``least`` to ``most`` of them, each at a cost."""

    least: int
    most: int
    cost: float


class Mixes:
    """Every mix within the limits, with the best bound of each week that is known.

    The bound of a mix is ``cost of its hires + sum over weeks share * bound``; that of
    all of them is the least of those that are not ruled out. Costs are in any one unit.

    Parameters
    ----------
    shares
        Of each week in the mean.
    in_all
        Most that are hired.
    budget
        Most that the hires may cost, themselves.

    Raises
    ------
    InvalidInput
        Where there are more than ``MOST``, or none.
    """

    def __init__(
        self,
        kinds: Sequence[Kind],
        shares: Sequence[float],
        in_all: int | None = None,
        budget: float | None = None,
    ) -> None:
        if prod(kind.most - kind.least + 1 for kind in kinds) > MOST:
            raise InvalidInput(f"more than {MOST:,} mixes")
        axes = [np.arange(kind.least, kind.most + 1) for kind in kinds]
        grid = np.meshgrid(*axes, indexing="ij")
        every = np.stack([one.ravel() for one in grid], axis=1).astype(np.int64)
        price = every @ np.array([kind.cost for kind in kinds])
        fits = np.ones(len(every), dtype=np.bool_)
        if in_all is not None:
            fits &= every.sum(axis=1) <= in_all
        if budget is not None:
            fits &= price <= budget * (1 + 1e-9)
        if not fits.any():
            raise InvalidInput("no mix is within the limits")
        self.all: Ints = every[fits]
        self.price: Floats = price[fits]
        self._shares = np.array(shares, dtype=float)
        self._least: Floats = np.zeros((len(shares), len(self.all)))
        self._out = np.zeros(len(self.all), dtype=np.bool_)
        self._index = {tuple(mix): n for n, mix in enumerate(self.all.tolist())}

    def __len__(self) -> int:
        return len(self.all)

    def __contains__(self, mix: object) -> bool:
        return mix in self._index

    @property
    def left(self) -> int:
        """How many are not ruled out."""
        return int((~self._out).sum())

    def cut(self, week: int, cut: Cut, scale: float = 1) -> None:
        """Raise the bounds of a week; rule out whom no roster can have."""
        if cut.base is None:
            self._out[:] = True
            return
        slopes = np.zeros(self.all.shape[1])
        for k, own in enumerate(cut.of_kind):
            if own is None:
                self._out |= self.all[:, k] > 0
            else:
                slopes[k] = own
        line = (cut.base + self.all @ slopes) / scale
        self._least[week] = np.maximum(self._least[week], line)

    def must(self, cut: Cut, most: float, scale: float = 1) -> None:
        """Rule out the mixes of which a cut proves more than may be."""
        if cut.base is None or None in cut.of_kind:
            return  # what is impossible is so for another reason
        line = (cut.base + self.all @ np.array(cut.of_kind, dtype=float)) / scale
        self._out |= line > most + _CLOSE

    def raise_bound(self, week: int, mix: Mix, bound: float) -> None:
        """Raise the bound of a week for one mix."""
        n = self._index[mix]
        self._least[week, n] = max(self._least[week, n], bound)

    def rule_out(self, mix: Mix) -> None:
        """Say that a mix has no roster, or none that is good enough."""
        self._out[self._index[mix]] = True

    def is_out(self, mix: Mix) -> bool:
        """Whether a mix is ruled out."""
        return bool(self._out[self._index[mix]])

    def price_of(self, mix: Mix) -> float:
        """Return what the hires of a mix cost themselves."""
        return float(self.price[self._index[mix]])

    def bound_of(self, mix: Mix) -> float:
        """Return what a mix costs at least; ``inf``: it is ruled out."""
        return float(self._bounds()[self._index[mix]])

    def bound(self) -> float:
        """Return what every mix costs at least; ``inf``: all are ruled out."""
        return float(self._bounds().min())

    def next(self, done: set[Mix], below: float = inf) -> Mix | None:
        """Return the mix of least bound that is not done, if it is below a cost.

        Of several with the same bound the one that hires fewest.
        """
        bounds = self._bounds()
        bounds[[self._index[mix] for mix in done]] = inf
        least = bounds.min()
        if not least < below:
            return None
        same = np.flatnonzero(bounds <= least + _CLOSE)
        found = same[np.argmin(self.all[same].sum(axis=1))]
        return tuple(self.all[found].tolist())

    def beside(self, mix: Mix) -> list[tuple[int, int, Mix]]:
        """Return the mixes with one more or fewer: kind, 1 or -1, mix."""
        found = []
        for k in range(len(mix)):
            for step in (1, -1):
                other = (*mix[:k], mix[k] + step, *mix[k + 1 :])
                if other in self._index:
                    found.append((k, step, other))
        return found

    def _bounds(self) -> Floats:
        return np.where(self._out, inf, self.price + self._shares @ self._least)
