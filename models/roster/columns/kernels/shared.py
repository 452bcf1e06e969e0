"""What agents share, in the search: what they give, and what is missing."""

import numpy as np
import numpy.typing as npt

from models.machine_code import NEVER, compiled, entry
from models.roster.columns.kernels.between import (
    add_fill_worth,
    all_room,
    renew_free,
)
from models.roster.columns.kernels.books import Demand, State, WorkTable
from models.roster.columns.kernels.cases import case_cost, room_worth
from models.roster.columns.kernels.fill import settled
from models.roster.columns.kernels.late import add_late_worth, late_cost
from models.roster.columns.kernels.noise import blur
from models.roster.columns.units import FINE

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int16]


@entry
def give(works: WorkTable, state: State, group: int, codes: Codes, sign: int) -> None:
    """Add (or with -1 take away) what an agent's codes give to cover and room."""
    give_between(works, state, group, codes, sign, 0, codes.shape[0])


@compiled
def give_between(
    works: WorkTable,
    state: State,
    group: int,
    codes: Codes,
    sign: int,
    start: int,
    end: int,
) -> None:
    """Do the same for the periods from start to end.

    A block that began before start counts as if it began there: what is added must be
    taken away in the same way.
    """
    since = start
    left = np.zeros(works.fills.bar_cover.shape[0], dtype=np.int64)
    for p in range(start, end):
        w = codes[p]
        if w < 0:
            continue
        if p == start or codes[p - 1] != w:
            since = p
        for c in range(works.counts.shape[0]):
            if works.counts[c, w]:
                state.cover[c, p] += sign * works.speed[group, w]
        i = works.cut_of[p]
        for k in range(works.case_of.shape[0]):
            if works.case_of[k] == w and i:
                units = works.units[group, w]
                if works.runs.settling[w]:
                    part = settled(works.runs, w, p - since)
                    units = units * part // works.runs.minutes
                state.room[k, i] += sign * units
        if works.fills.voice[w] and works.fills.cases.shape[0]:
            for x in range(works.fills.hand_work.shape[0]):
                if works.fills.hand_work[x] == w:
                    able = works.speed[group, works.fills.hand_cases[x]]
                    state.hands[x, p] += sign * able
            renew_free(works, state, p, left)


@entry
def shared_cost(works: WorkTable, demand: Demand, state: State) -> int:
    """Return what missing cover, late calls, late and open work cost, cost units."""
    cost = 0
    for level in range(demand.level_cover.shape[0]):
        c = demand.level_cover[level]
        for p in range(state.cover.shape[1]):
            short = demand.target[level, p] - state.cover[c, p]
            if short > 0:
                cost += demand.level_cost[level] * short
    room = all_room(works, state)
    for k in range(room.shape[0]):
        cost += case_cost(demand, k, room[k])
    return cost + late_cost(demand, state)


@compiled
def fill_of(works: WorkTable, k: int) -> int:
    """Return the fill of a case type, -1 without one."""
    for f in range(works.fills.cases.shape[0]):
        if works.fills.cases[f] == k:
            return f
    return -1


@compiled
def worth_now(
    works: WorkTable, demand: Demand, state: State, group: int, start: int, end: int
) -> Ints:
    """Return what an agent of a group on each work saves in each period, fine units.

    Periods before ``start`` and from ``end`` on are left out: nothing can be done. Late
    calls are left to ``seen_worth``.
    """
    count, periods = works.can.shape
    worth = np.full((count, periods), NEVER, dtype=np.int64)
    for w in range(count):
        if works.speed[group, w]:
            for p in range(start, end):
                if works.can[w, p]:
                    worth[w, p] = 0
    for level in range(demand.level_cover.shape[0]):
        c, cost = demand.level_cover[level], demand.level_cost[level] * FINE
        for w in range(count):
            speed = works.speed[group, w]
            if works.counts[c, w] and speed:
                for p in range(start, end):
                    short = demand.target[level, p] - state.cover[c, p]
                    if short > 0 and works.can[w, p]:
                        worth[w, p] += cost * min(short, speed)
    saves = np.zeros(state.room.shape[1], dtype=np.int64)
    room = all_room(works, state)
    for k in range(room.shape[0]):
        w = works.case_of[k]
        fill = fill_of(works, k)
        if works.speed[group, w] or fill >= 0:
            room_worth(demand, k, room[k], saves)
        if fill >= 0:
            add_fill_worth(
                works, state, group, start, end, fill, saves, worth,
            )  # fmt: skip
        if works.speed[group, w]:
            for p in range(start, end):
                if works.can[w, p]:
                    units = works.units[group, w] * FINE
                    worth[w, p] += units * saves[works.cut_of[p]]
    return worth


@compiled
def seen_worth(
    works: WorkTable,
    demand: Demand,
    state: State,
    group: int,
    start: int,
    end: int,
    prices: Ints,
    noise: int,
    random: Ints,
) -> Ints:
    """Return what an agent takes each work to be worth: ``worth_now``, and late calls.

    ``noise`` is how far, in thousandths, that may be off the truth; ``prices`` as in
    ``late.add_late_worth``.
    """
    worth = worth_now(works, demand, state, group, start, end)
    add_late_worth(
        works, demand, state, group, start, end, prices, random, worth,
    )  # fmt: skip
    if noise:
        blur(worth, noise, random)
    return worth
