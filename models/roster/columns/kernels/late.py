"""Late calls that targets allow, in the search: what they cost, what cover saves.

A target joins the periods of a day or week: what one person less late is worth depends
on all the others. An agent who answers sees one price for it, drawn anew each time
between what the plan says that it is worth and what it costs beyond the target, and the
answer is reckoned again before it is taken.
"""

import numpy as np
import numpy.typing as npt

from models.machine_code import compiled, entry
from models.roster.columns.kernels.books import Demand, State, WorkTable
from models.roster.columns.kernels.noise import draw
from models.roster.columns.units import FINE

Ints = npt.NDArray[np.int64]

_SHIFTS = (63, 6, 3, 0)  # by how many bits the rest of a late call's cost is cut


@entry
def late_calls(demand: Demand, state: State, t: int) -> int:
    """Return the late calls of a target."""
    late = 0
    for s in range(demand.late_first[t], demand.late_first[t + 1]):
        c, p, height, rate = demand.late_steps[s]
        late += rate * max(0, height - state.cover[c, p])
    return late


@compiled
def late_cost(demand: Demand, state: State) -> int:
    """Return what late calls beyond the targets cost, cost units."""
    cost = 0
    for t in range(demand.late_allowed.shape[0]):
        beyond = late_calls(demand, state, t) - demand.late_allowed[t]
        cost += demand.late_over[t] * max(0, beyond)
    return cost


@compiled
def seen_price(demand: Demand, state: State, t: int, price: int, random: Ints) -> int:
    """Return what a late call less is taken to be worth now, fine units."""
    if late_calls(demand, state, t) <= demand.late_allowed[t]:
        return price if draw(random) % 2 else 0
    rest = max(0, demand.late_over[t] * FINE - price)
    return price + (int(rest) >> _SHIFTS[draw(random) % len(_SHIFTS)])


@compiled
def add_late_worth(
    works: WorkTable,
    demand: Demand,
    state: State,
    group: int,
    start: int,
    end: int,
    prices: Ints,
    random: Ints,
    worth: Ints,
) -> None:
    """Add what late calls less are worth to what each work is, from start to end.

    ``prices`` by target is what the plan says that a late call less is worth.
    """
    for t in range(prices.shape[0]):
        price = seen_price(demand, state, t, prices[t], random)
        if not price:
            continue
        for s in range(demand.late_first[t], demand.late_first[t + 1]):
            c, p, height, rate = demand.late_steps[s]
            short = height - state.cover[c, p]
            if short <= 0 or p < start or p >= end:
                continue
            for w in range(works.counts.shape[1]):
                speed = works.speed[group, w]
                if works.counts[c, w] and speed and works.can[w, p]:
                    worth[w, p] += price * rate * min(short, speed)
