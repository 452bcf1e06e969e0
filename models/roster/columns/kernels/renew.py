"""Exchanges: some agents are taken off and answer again, for the week or on a day."""

import numpy as np
import numpy.typing as npt

from models.machine_code import NEVER, copy_to, entry
from models.roster.columns.kernels.books import (
    ABSENT,
    MISSING,
    Demand,
    LegTable,
    State,
    TourTable,
    WorkTable,
)
from models.roster.columns.kernels.day import clear_day, reach, settle_day
from models.roster.columns.kernels.heads import (
    count_day,
    count_heads,
    heads_cost,
    worth_before,
)
from models.roster.columns.kernels.search import answer
from models.roster.columns.kernels.shared import (
    give,
    give_between,
    seen_worth,
    shared_cost,
)
from models.roster.columns.kernels.tasks import add_tasks
from models.roster.columns.units import FINE

Ints = npt.NDArray[np.int64]


@entry
def renew(
    works: WorkTable,
    legs: LegTable,
    tours: TourTable,
    demand: Demand,
    state: State,
    agents: Ints,
    keep: int,
    noise: int,
    slack: int,
    prices: Ints,
    random: Ints,
) -> int:
    """Take some agents off, and let them answer one after the other.

    The new weeks stay if the whole costs at most ``slack`` (fine) more than before.
    ``noise`` and ``prices`` are as in ``shared.seen_worth``.

    Returns
    -------
    int
        What the whole costs more than before, fine; 0 where nothing was taken.
    """
    n, periods = agents.shape[0], state.codes.shape[1]
    old_codes = np.zeros((n, periods), dtype=np.int16)
    old_options = np.zeros((n, state.options.shape[1]), dtype=np.int64)
    old_own = np.zeros(n, dtype=np.int64)
    before = (shared_cost(works, demand, state) + heads_cost(demand, state)) * FINE
    for j in range(n):
        a = agents[j]
        copy_to(old_codes[j], state.codes[a])
        copy_to(old_options[j], state.options[a])
        old_own[j] = state.own[a]
        before += state.own[a]
        count_heads(tours, state, state.kind[a], state.options[a], -1)
        give(works, state, tours.group[state.kind[a]], state.codes[a], -1)
    after, failed = 0, False
    for j in range(n):
        a = agents[j]
        kind = state.kind[a]
        worth = seen_worth(
            works, demand, state, tours.group[kind], 0, periods, prices, noise,
            random,
        )  # fmt: skip
        add_tasks(works, kind, worth)
        own = answer(
            works, legs, tours, worth,
            worth_before(tours, demand, state, agents[j + 1 :]), kind, keep,
            state.options[a], state.codes[a],
        )  # fmt: skip
        if own == -NEVER:
            failed = True
            state.codes[a], state.options[a] = ABSENT, -1
            own = MISSING
        state.own[a] = own
        after += own
        count_heads(tours, state, kind, state.options[a], 1)
        give(works, state, tours.group[kind], state.codes[a], 1)
    after += (shared_cost(works, demand, state) + heads_cost(demand, state)) * FINE
    if not failed and after - before <= slack:
        return after - before
    for j in range(n):
        a = agents[j]
        group = tours.group[state.kind[a]]
        give(works, state, group, state.codes[a], -1)
        count_heads(tours, state, state.kind[a], state.options[a], -1)
        copy_to(state.codes[a], old_codes[j])
        copy_to(state.options[a], old_options[j])
        state.own[a] = old_own[j]
        count_heads(tours, state, state.kind[a], state.options[a], 1)
        give(works, state, group, state.codes[a], 1)
    return 0


@entry
def renew_day(
    works: WorkTable,
    legs: LegTable,
    tours: TourTable,
    demand: Demand,
    state: State,
    agents: Ints,
    day: int,
    moving: int,
    noise: int,
    slack: int,
    prices: Ints,
    random: Ints,
    table: Ints,
) -> int:
    """Take some agents off on a day, and let them answer one after the other.

    With ``moving`` ``SAME`` they may work another shift that is as long, with ``ANY``
    any other that the hours of the week allow. ``table`` is room for ``fill_table``;
    the rest is as in ``renew``.
    """
    n, periods = agents.shape[0], state.codes.shape[1]
    old_codes = np.zeros((n, periods), dtype=np.int16)
    old_option = np.zeros(n, dtype=np.int64)
    old_own = np.zeros(n, dtype=np.int64)
    before = (shared_cost(works, demand, state) + heads_cost(demand, state)) * FINE
    for j in range(n):
        a = agents[j]
        copy_to(old_codes[j], state.codes[a])
        old_option[j] = state.options[a, day]
        old_own[j] = state.own[a]
        before += state.own[a]
        if old_option[j] < 0:
            continue
        kind = state.kind[a]
        group = tours.group[kind]
        low, high = reach(legs, tours, kind, day)
        give_between(works, state, group, state.codes[a], -1, low, high)
        clear_day(legs, tours, kind, old_option[j], state.codes[a])
        give_between(works, state, group, state.codes[a], 1, low, high)
        count_day(tours, state, kind, old_option[j], -1)
    after = 0
    for j in range(n):
        a = agents[j]
        if old_option[j] >= 0:
            kind = state.kind[a]
            group = tours.group[kind]
            low, high = reach(legs, tours, kind, day)
            worth = seen_worth(
                works, demand, state, group, low, high, prices, noise, random
            )
            add_tasks(works, kind, worth)
            give_between(works, state, group, state.codes[a], -1, low, high)
            state.own[a] = settle_day(
                works, legs, tours, worth,
                worth_before(tours, demand, state, agents[j + 1 :]), kind, day,
                moving, state.options[a], state.codes[a], table, low, high,
            )  # fmt: skip
            give_between(works, state, group, state.codes[a], 1, low, high)
            count_day(tours, state, kind, state.options[a, day], 1)
        after += state.own[a]
    after += (shared_cost(works, demand, state) + heads_cost(demand, state)) * FINE
    if after - before <= slack:
        return after - before
    for j in range(n):
        a = agents[j]
        kind = state.kind[a]
        group = tours.group[kind]
        low, high = reach(legs, tours, kind, day)
        give_between(works, state, group, state.codes[a], -1, low, high)
        count_day(tours, state, kind, state.options[a, day], -1)
        copy_to(state.codes[a], old_codes[j])
        state.options[a, day] = old_option[j]
        state.own[a] = old_own[j]
        count_day(tours, state, kind, old_option[j], 1)
        give_between(works, state, group, state.codes[a], 1, low, high)
    return 0
