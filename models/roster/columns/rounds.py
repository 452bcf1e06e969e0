"""Column generation: rounds of prices, best patterns, cheapest tours, and a bound."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.roster.columns.classes import NEVER_COST
from models.roster.columns.kernels.search import own_tour_cost
from models.roster.columns.master import Master, Solution, Tour
from models.roster.columns.pricing import Pricer, Prices, Tours
from models.roster.columns.shared import Duals, Shared
from models.roster.columns.units import FINE
from models.roster.problem import TOUR_GOALS, UNIT
from models.roster.result import CasePrices, Certificate

Ints = npt.NDArray[np.int64]

_WORTHWHILE = 1e-7  # paid hours by which a column must promise to help


@dataclass(frozen=True, eq=False)
class Priced:
    """A full sweep at some prices; ``bound`` in fine units holds for the problem."""

    prices: Prices
    values: Ints
    tours: Tours
    bound: int


def sweep(pricer: Pricer, shared: Shared, duals: Duals) -> Priced:
    """Price every leg and every class, exactly, and return the bound of these prices.

    ``least(shared) + sum n_c min over tours (cost - sum of what its legs are worth)``.
    """
    prices = prices_of(pricer, shared, duals)
    values = pricer.values(prices)
    tours = pricer.tours(values, prices.people)
    return Priced(prices, values, tours, proved_by(pricer, shared, duals, tours.cost))


def proved_by(pricer: Pricer, shared: Shared, duals: Duals, costs: Ints) -> int:
    """Return the bound of some prices, at which tours of the classes cost so much."""
    bound = shared.least(duals)
    for kind, cost in zip(pricer.classes, costs.tolist(), strict=True):
        bound += len(kind.members) * cost
    return bound


def prices_of(pricer: Pricer, shared: Shared, duals: Duals) -> Prices:
    """Return what cover and room for case work are worth at some duals."""
    problem = pricer.problem
    cover = np.zeros((len(problem.covers), problem.periods), dtype=np.int64)
    heads = np.zeros_like(cover)
    for row, price in zip(shared.cover, duals.cover.tolist(), strict=True):
        (heads if row.whole else cover)[row.cover, row.period] = price
    room = np.zeros((len(problem.cases), len(problem.cuts)), dtype=np.int64)
    for k, own in enumerate(duals.cases):
        room[k, 1:] = own.room[1:]
    return Prices(cover, heads, room, duals.people)


def certificate(
    pricer: Pricer, shared: Shared, duals: Duals, bound: int
) -> Certificate:
    """Return the prices that prove a bound (cost units), for others to check."""
    prices = prices_of(pricer, shared, duals)
    return Certificate(
        bound=bound,
        cover=_rows(prices.cover),
        heads=_rows(prices.heads),
        targets=tuple(duals.targets.tolist()),
        people=tuple(duals.people.tolist()),
        cases=tuple(
            CasePrices(
                room=tuple(own.room.tolist()),
                due=_rows(own.due),
                order=_rows(own.order),
                still=tuple(own.still.tolist()),
            )
            for own in duals.cases
        ),
    )


def _rows(table: Ints) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(row) for row in table.tolist())


def add_columns(
    pricer: Pricer, master: Master, priced: Priced, now: Solution | None
) -> int:
    """Add tours and patterns that promise to help; return how many."""
    added = 0
    for c in range(len(pricer.classes)):
        cost = int(priced.tours.cost[c])
        if cost == NEVER_COST:
            continue
        hours = cost / (UNIT * FINE)
        if now is not None and hours > now.of_class[c] - _WORTHWHILE:
            continue
        added += master.add_tour(tour_of(pricer, c, priced.tours.chosen[c]))
    return added + _add_patterns(pricer, master, priced, now)


def _add_patterns(
    pricer: Pricer, master: Master, priced: Priced, now: Solution | None
) -> int:
    known = {} if now is None else now.of_leg
    promising = [
        leg
        for leg in master.row_of_leg
        if leg not in known
        or priced.values[leg] / (UNIT * FINE) > known[leg] + _WORTHWHILE
    ]
    legs = np.array(promising, dtype=np.int64)
    codes = pricer.patterns(legs, priced.prices)
    sizes = pricer.spans[legs, 1] - pricer.spans[legs, 0]
    return sum(
        master.add_pattern(leg, row[:size].copy())
        for leg, row, size in zip(promising, codes, sizes, strict=True)
    )


def tour_of(pricer: Pricer, c: int, options: Ints) -> Tour:
    """Return a class's tour with these options, and what it costs."""
    kind, table = pricer.classes[c], pricer.book.costing(TOUR_GOALS)
    cost = int(own_tour_cost(table, c, options))
    first = kind.options.leg_first
    worked = [int(o) for o in options if o >= 0]
    legs = [leg for o in worked for leg in kind.options.legs[first[o] : first[o + 1]]]
    if pricer.only_values is not None:  # nothing to decide in a shift
        cost -= sum(int(pricer.only_values[leg]) for leg in legs)
        legs = []
    heads: Counter[int] = Counter()
    for o in worked:
        at = table.option_first[c] + o
        for r in table.heads[slice(*table.head_first[at : at + 2].tolist())].tolist():
            heads[r if r >= 0 else ~r] += 1 if r >= 0 else -1
    return Tour(
        c,
        cost,
        tuple(int(o) for o in options),
        tuple(int(x) for x in legs),
        tuple((r, amount) for r, amount in heads.items() if amount),
    )
