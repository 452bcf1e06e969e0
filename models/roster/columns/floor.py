"""The cheapest legal tours, with no demand at all."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from models.machine_code import NEVER
from models.roster.columns.classes import NEVER_COST
from models.roster.columns.pricing import Pricer, free, pricer
from models.roster.columns.units import FINE
from models.roster.problem import TOUR_GOALS, RosterProblem


@dataclass(frozen=True)
class Tours:
    """What the cheapest legal tours cost, cost units.

    ``floor`` is the sum over agents of what tours cost by themselves, all together;
    ``parts`` bounds each of these goals on its own. ``without`` are the agents that
    have no legal tour at all.
    """

    floor: int
    parts: dict[str, int]
    without: tuple[int, ...]

    @staticmethod
    def unknown() -> "Tours":
        """Return what holds of any problem: nothing costs less than nothing."""
        return Tours(0, dict.fromkeys(TOUR_GOALS, 0), ())


def cheapest_tours(problem: RosterProblem, workers: int = 1) -> Tours:
    """Return what the cheapest legal tours cost, exactly, agent by agent."""
    with ThreadPoolExecutor(workers) as pool:
        return tours_of(pricer(problem, pool, workers))


def without_tours(problem: RosterProblem) -> tuple[int, ...]:
    """Return the agents that have no legal tour, breaks included."""
    with ThreadPoolExecutor(1) as pool:
        priced = pricer(problem, pool, 1)
        return _without(priced, _least(priced, TOUR_GOALS))


def _least(priced: Pricer, goals: Sequence[str]) -> list[int]:
    """Return what each class's cheapest tour costs of some goals, with no demand."""
    prices = free(priced.problem)
    open_legs = np.where(priced.values(prices) == NEVER, NEVER, 0)
    found: list[int] = priced.tours(open_legs, prices.people, goals).cost.tolist()
    return found


def _without(priced: Pricer, costs: Sequence[int]) -> tuple[int, ...]:
    found = [
        a
        for kind, cost in zip(priced.classes, costs, strict=True)
        if cost == NEVER_COST
        for a in kind.members
    ]
    return tuple(sorted(found))


def tours_of(priced: Pricer) -> Tours:
    """Return what the cheapest legal tours of a pricer's problem cost."""
    together = _least(priced, TOUR_GOALS)
    if without := _without(priced, together):
        return Tours(0, dict.fromkeys(TOUR_GOALS, 0), without)
    people = [len(kind.members) for kind in priced.classes]

    def total(costs: list[int]) -> int:
        return sum(n * cost for n, cost in zip(people, costs, strict=True)) // FINE

    parts = {
        goal: total(_least(priced, (goal,))) if priced.book.costs_of(goal) else 0
        for goal in TOUR_GOALS
    }
    return Tours(total(together), parts, ())
