"""What more hours, people and room in the rules are worth, by the prices of the bound.

The prices prove a bound of any problem that differs only in what they price
(Lagrangian relaxation; Geoffrion, 1974): with an hour more the best roster costs less
than the bound by at most the hour's price. So a worth is the most that something can
save, but for the gap between roster and bound. What is done between calls is left out:
of an hour on calls that cases fill, the worth may be off by these.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from models.roster.columns.classes import NEVER_COST
from models.roster.columns.pricing import Prices, pricer
from models.roster.columns.units import FINE
from models.roster.problem import FULL_SPEED, Agent, RosterProblem
from models.roster.reach import cut_of, open_periods, units_per_period
from models.roster.result import Certificate

Ints = npt.NDArray[np.int64]
Change = Callable[[Agent], Agent]


@dataclass(frozen=True)
class Hour:
    """An hour of a trained agent on one work from a minute on: worth in cost units."""

    work: int
    start: int
    worth: int


def hours(problem: RosterProblem, prices: Certificate) -> list[Hour]:
    """Return what an hour on each work is worth from each whole hour of a day on.

    Hours in which the work can be done in each period only; what is worth nothing is
    left out.
    """
    per_hour = 60 // problem.period
    values = _by_period(problem, prices)
    found = []
    for w in range(len(problem.works)):
        there = open_periods(problem, w)
        for start in _whole_hours(problem):
            first = start // problem.period
            mine = range(first, first + per_hour)
            if there.issuperset(mine):
                worth = int(values[w, first : first + per_hour].sum()) // FINE
                if worth:
                    found.append(Hour(w, start, worth))
    return found


def _whole_hours(problem: RosterProblem) -> Iterator[int]:
    for first, end in zip(problem.day_starts, problem.day_starts[1:], strict=False):
        yield from range(first, end - 59, 60)


def _by_period(problem: RosterProblem, prices: Certificate) -> Ints:
    """Return what a trained agent on a work is worth, shape (works, periods), fine."""
    found = np.zeros((len(problem.works), problem.periods), dtype=np.int64)
    cover, heads = np.array(prices.cover), np.array(prices.heads)
    for w in range(len(problem.works)):
        for c, row in enumerate(problem.covers):
            if w in row.counts:
                found[w] += FULL_SPEED * (cover[c] + heads[c])
        for cases, own in zip(problem.cases, prices.cases, strict=True):
            if cases.work == w:
                units = units_per_period(problem, FULL_SPEED)
                found[w] += units * np.array(own.room)[cut_of(problem)]
    return found


def with_hour(problem: RosterProblem, hour: Hour) -> RosterProblem:
    """Return the problem with somebody else on a work for an hour."""
    first = hour.start // problem.period
    mine = range(first, first + 60 // problem.period)
    covers = tuple(
        replace(row, fixed=_more(row.fixed, mine, FULL_SPEED))
        if hour.work in row.counts
        else row
        for row in problem.covers
    )
    units, cuts = units_per_period(problem, FULL_SPEED), cut_of(problem)
    cases = []
    for row in problem.cases:
        fixed = list(row.fixed or [0] * len(problem.cuts))
        if row.work == hour.work:
            for p in mine:
                fixed[cuts[p]] += units
        cases.append(replace(row, fixed=tuple(fixed)))
    return replace(problem, covers=covers, cases=tuple(cases))


def _more(row: tuple[int, ...], periods: Iterable[int], amount: int) -> tuple[int, ...]:
    found = list(row)
    for p in periods:
        found[p] += amount
    return tuple(found)


def hires(problem: RosterProblem, prices: Certificate) -> list[int | None]:
    """Return what one more agent like each agent is worth, cost units.

    Below 0: they cost more than they save. ``None``: they have no legal week.
    """
    return [None if cost is None else -cost for cost in _costs(problem, prices)]


def eased(
    problem: RosterProblem,
    prices: Certificate,
    hired: Sequence[int | None],
    change: Change,
) -> list[int | None]:
    """Return what it is worth, by agent, that something binds them less, cost units.

    ``hired`` is what ``hires`` says of the problem.
    """
    other = replace(problem, agents=tuple(change(agent) for agent in problem.agents))
    pairs = zip(hired, hires(other, prices), strict=True)
    return [None if a is None or b is None else b - a for a, b in pairs]


def _costs(problem: RosterProblem, prices: Certificate) -> list[int | None]:
    """Return what each agent's cheapest week costs, paid for what it gives."""
    room = np.zeros((len(problem.cases), len(problem.cuts)), dtype=np.int64)
    for k, own in enumerate(prices.cases):
        room[k, 1:] = own.room[1:]
    shape = (len(problem.covers), problem.periods)
    at = Prices(
        np.array(prices.cover, dtype=np.int64).reshape(shape),
        np.array(prices.heads, dtype=np.int64).reshape(shape),
        room,
        np.array(prices.people, dtype=np.int64),
    )
    found: list[int | None] = [None] * len(problem.agents)
    with ThreadPoolExecutor(2) as pool:
        own_pricer = pricer(problem, pool, 2)
        costs = own_pricer.tours(own_pricer.values(at), at.people).cost
    for kind, cost in zip(own_pricer.classes, costs.tolist(), strict=True):
        for a in kind.members:
            found[a] = None if cost == NEVER_COST else cost // FINE
    return found
