"""Headcounts in the search: people on single shifts, too few or too many."""

import numpy as np
import numpy.typing as npt

from models.machine_code import compiled, entry
from models.roster.columns.kernels.books import Demand, State, TourTable
from models.roster.columns.units import FINE
from models.roster.problem import FULL_SPEED

Ints = npt.NDArray[np.int64]


@entry
def count_heads(
    tours: TourTable, state: State, kind: int, options: Ints, sign: int
) -> None:
    """Add (or with -1 take away) an agent's week to the headcounts."""
    for d in range(options.shape[0]):
        count_day(tours, state, kind, options[d], sign)


@compiled
def count_day(
    tours: TourTable, state: State, kind: int, option: int, sign: int
) -> None:
    """Do the same for one day's option, -1: off."""
    if option >= 0:
        o = tours.option_first[kind] + option
        for r in tours.heads[tours.head_first[o] : tours.head_first[o + 1]]:
            if r >= 0:
                state.heads[r] += sign * FULL_SPEED
            else:
                state.heads[~r] -= sign * FULL_SPEED


@compiled
def head_reward(tours: TourTable, o: int, people: Ints) -> int:
    """Return what an option of all saves, one more in each headcount saving so much."""
    total = 0
    for r in tours.heads[tours.head_first[o] : tours.head_first[o + 1]]:
        total += people[r] if r >= 0 else -people[~r]
    return total


@entry
def heads_cost(demand: Demand, state: State) -> int:
    """Return what people too few and too many cost, cost units."""
    cost = 0
    for r in range(state.heads.shape[0]):
        cost += _cost(demand, r, state.heads[r])
    return cost


@compiled
def heads_worth(demand: Demand, state: State) -> Ints:
    """Return what one more person in each headcount saves, fine units."""
    worth = np.zeros(state.heads.shape[0], dtype=np.int64)
    for r in range(worth.shape[0]):
        now = _cost(demand, r, state.heads[r])
        worth[r] = (now - _cost(demand, r, state.heads[r] + FULL_SPEED)) * FINE
    return worth


@compiled
def worth_before(tours: TourTable, demand: Demand, state: State, later: Ints) -> Ints:
    """Return the same for somebody who answers before some other agents.

    Rows that set one against another are left out if one of these is to come: who
    comes first is free, the others follow.
    """
    worth = heads_worth(demand, state)
    for a in later:
        c = state.kind[a]
        for r in tours.against[tours.against_first[c] : tours.against_first[c + 1]]:
            worth[r] = 0
    return worth


@compiled
def _cost(demand: Demand, r: int, heads: int) -> int:
    missing = int(demand.heads[r, 0] - heads // FULL_SPEED)
    under, over = int(demand.heads[r, 1]), int(demand.heads[r, 2])
    return under * max(0, missing) + over * max(0, -missing)
