"""Column generation: a bound that rises, and a fractional plan that gets better."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from models.roster.columns.ascent import Ascent
from models.roster.columns.master import Master, Solution, Tour
from models.roster.columns.pricing import Pricer
from models.roster.columns.replies import Replies
from models.roster.columns.rounds import (
    Priced,
    add_columns,
    certificate,
    prices_of,
    proved_by,
    sweep,
)
from models.roster.columns.shared import CaseDuals, Duals, Shared
from models.roster.columns.units import FINE, HOUR
from models.roster.problem import FULL_SPEED, UNIT
from models.roster.result import Certificate

Ints = npt.NDArray[np.int64]

_EARLY, _LATE = 1e-3, 1e-5  # how exactly the master is solved, relative
_CLOSE = 2e-3  # from this gap on
_MANY = 5_000  # days of classes: from here on there is no master but an ascent
_CLIMBS, _CLIMBED = 5, 1e-4  # in a round; gap of the plan at which climbing ends
_TRUST = 0.5  # weight of the best prices so far in the prices between


@dataclass(eq=False)
class Generator:
    """The master of a problem, and the best bound so far.

    Attributes
    ----------
    bound
        Cost units: no roster costs less.
    best
        The prices that prove it.
    solution
        Of the last master, with prices; ``None`` before the first.
    rounds
        How many masters were solved.
    closed
        Whether the master's objective and the bound have met.
    """

    replies: Replies
    shared: Shared
    halt: Callable[[], bool]
    bound: int = 0
    best: Duals | None = None
    solution: Solution | None = None
    rounds: int = 0
    closed: bool = False
    pricer: Pricer = field(init=False)
    master: Master = field(init=False)
    _ascent: Ascent | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.pricer = self.replies.pricer
        self.master = Master(
            self.shared,
            self.pricer.arrays,
            self.pricer.legs,
            [len(kind.members) for kind in self.pricer.classes],
        )

    def begin(self) -> None:
        """Find a first bound, and columns that the first master needs."""
        self.pricer.draw_graphs(self.halt)
        if climbs(self.pricer):
            rows = self.master.rows
            self._ascent = Ascent(self.replies, rows, self._value, self.halt)
            return
        for hours in _FIRST_PRICES:
            priced = self._sweep(self.shared.clipped(_flat(self.shared, hours)))
            add_columns(self.pricer, self.master, priced, None)

    def round(self, seconds: float) -> bool:
        """Solve the master, price at its prices and between them and the best ones.

        Of very many classes there is no master: its dual is climbed instead.

        Returns
        -------
        bool
            ``False`` where the master took longer than the time.
        """
        if self._ascent is not None:
            return self._climb(self._ascent)
        gap = self._gap()
        tolerance = _EARLY if gap is None or gap > _CLOSE else _LATE
        now = self.master.solve(tolerance, seconds, self.halt)
        if now is None:
            return False
        first = self.solution is None
        self.solution = now
        added = 0
        if not first and self.best is not None:
            between = self._sweep(_mixed(self.best, now.duals, _TRUST))
            added += add_columns(self.pricer, self.master, between, now)
        added += add_columns(self.pricer, self.master, self._sweep(now.duals), now)
        gap = self._gap()
        self.rounds += 1
        ended = not added and not self.master.lacks(now)
        self.closed = ended or (gap is not None and gap < _LATE)
        return True

    def _climb(self, ascent: Ascent) -> bool:
        """Raise the bound without a master; leave a plan to follow."""
        before = self.bound
        for _ in range(_CLIMBS):
            if not ascent.climb():
                return False
        self.solution = ascent.plan()
        self.rounds += 1
        gap = self._gap()
        still = self.bound - before <= _CLIMBED * self.bound
        self.closed = still and gap is not None and abs(gap) < _CLIMBED
        return True

    def certificate(self) -> Certificate | None:
        """Return the prices that prove the bound, for others to check."""
        if self.best is None:
            return None
        return certificate(self.pricer, self.shared, self.best, self.bound)

    def likely_tours(self, most: int) -> Sequence[Tour]:
        """Return the tours of the master, at most so many: cheapest at the best prices.

        What tours of a class cost is counted from the cheapest of the class.
        """
        tours = self.master.tours
        if len(tours) <= most or self.best is None:
            return tours
        costs = self.master.costs(self.best.people)
        kinds = np.array([tour.kind for tour in tours])
        least = np.full(self.master.classes, np.iinfo(np.int64).max)
        np.minimum.at(least, kinds, costs)
        order = np.argsort(costs - least[kinds], kind="stable")
        return [tours[x] for x in order[:most]]

    def near(self, gap: float) -> bool:
        """Whether the master's objective is so near the bound, relative."""
        now = self._gap()
        return self.closed or (now is not None and now <= gap)

    def _gap(self) -> float | None:
        """Return how far the master's objective is above the bound, relative."""
        if self.solution is None or self.bound <= 0:
            return None
        return self.solution.objective * UNIT / self.bound - 1

    def _value(self, duals: Duals) -> int:
        """Return what some prices prove, without columns."""
        prices = prices_of(self.pricer, self.shared, duals)
        every = np.arange(len(self.pricer.classes))
        costs = self.replies.find(every, prices, filled=False).cost
        proved = proved_by(self.pricer, self.shared, duals, costs)
        self._remember(duals, proved)
        return proved

    def _sweep(self, duals: Duals) -> Priced:
        priced = sweep(self.pricer, self.shared, duals)
        self._remember(duals, priced.bound)
        return priced

    def _remember(self, duals: Duals, proved: int) -> None:
        """Remember prices if they are the best so far."""
        bound = -(-proved // FINE)  # costs are whole
        if self.best is None or bound > self.bound:
            self.bound, self.best = max(bound, 0), duals


def climbs(pricer: Pricer) -> bool:
    """Whether there are too many tours for a master: its dual is climbed instead.

    Not where headcounts join agents, or cases are worked between calls.
    """
    problem = pricer.problem
    days = len(pricer.classes) * problem.days
    return days >= _MANY and not problem.joint and not problem.fills


_FIRST_PRICES = (0.0, 1.0, 1.5, 2.5)  # paid hours for an hour of cover or case work


def _flat(shared: Shared, hours: float) -> Duals:
    """Return the same price for every hour."""
    cover = round(hours * UNIT * FINE * shared.problem.period / 60 / FULL_SPEED)
    work = round(hours * UNIT * FINE / HOUR)
    cases = []
    for rows in shared.cases:
        room = np.full(len(rows.fixed), work, dtype=np.int64)
        due = np.zeros_like(rows.due)
        due[:, -1] = work
        nothing = np.zeros_like(room)
        cases.append(CaseDuals(room, due, nothing, np.zeros_like(due)))
    return Duals(
        np.full(len(shared.cover), cover, dtype=np.int64),
        np.zeros(len(shared.targets), dtype=np.int64),
        tuple(cases),
        np.zeros(len(shared.headcounts), dtype=np.int64),
    )


def _mixed(one: Duals, other: Duals, share: float) -> Duals:
    """Return prices between two (smoothing; Wentges, 1997)."""

    def mix(a: Ints, b: Ints) -> Ints:
        return np.asarray(np.rint(share * a + (1 - share) * b), dtype=np.int64)

    return Duals(
        mix(one.cover, other.cover),
        mix(one.targets, other.targets),
        tuple(
            CaseDuals(
                room=mix(a.room, b.room),
                due=mix(a.due, b.due),
                still=mix(a.still, b.still),
                order=mix(a.order, b.order),
            )
            for a, b in zip(one.cases, other.cases, strict=True)
        ),
        mix(one.people, other.people),
    )
