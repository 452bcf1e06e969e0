"""Following a fractional plan: agents answer prices that pull cover towards it."""

import numpy as np
import numpy.typing as npt

from models.machine_code import NEVER, compiled, entry
from models.roster.columns.kernels.books import (
    ABSENT,
    MISSING,
    LegTable,
    State,
    Targets,
    TourTable,
    WorkTable,
)
from models.roster.columns.kernels.heads import count_heads
from models.roster.columns.kernels.search import answer
from models.roster.columns.kernels.shared import give
from models.roster.columns.kernels.tasks import add_tasks
from models.roster.problem import FULL_SPEED

Ints = npt.NDArray[np.int64]


@compiled
def pulled(works: WorkTable, state: State, targets: Targets, group: int) -> Ints:
    """Return what each work is worth in each period: its price, and the pull (fine).

    ``price + pull (target - what is there - half of what the agent adds)``: the sum of
    all agents' answers then goes down a quadratic distance from the target (augmented
    Lagrangian; Hestenes, 1969; Powell, 1969).
    """
    count, periods = works.can.shape
    worth = np.full((count, periods), NEVER, dtype=np.int64)
    for w in range(count):
        speed, units = works.speed[group, w], works.units[group, w]
        if not speed:
            continue
        for p in range(periods):
            if not works.can[w, p]:
                continue
            total = 0.0
            for c in range(works.counts.shape[0]):
                if works.counts[c, w]:
                    gap = targets.cover[c, p] - state.cover[c, p] - speed / 2
                    total += speed * (targets.price[c, p] + targets.pull * gap)
            i = works.cut_of[p]
            for k in range(works.case_of.shape[0]):
                if works.case_of[k] == w and i:
                    gap = targets.room[k, i] - state.room[k, i] - 2 * units
                    total += units * (
                        targets.room_price[k, i] + targets.room_pull * gap
                    )
            worth[w, p] = int(total)
    return worth


@compiled
def take(table: Ints, share: Ints) -> None:
    """Take a table off another (in loops, which compile sooner than array sums)."""
    for row in range(table.shape[0]):
        for column in range(table.shape[1]):
            table[row, column] -= share[row, column]


@entry
def follow(
    works: WorkTable,
    legs: LegTable,
    tours: TourTable,
    state: State,
    targets: Targets,
    agents: Ints,
    share_cover: npt.NDArray[np.int64],
    share_room: npt.NDArray[np.int64],
    share_heads: npt.NDArray[np.int64],
    replaces: int,
) -> int:
    """Let agents answer the pull one after the other; return how many could not.

    With ``replaces`` 1 each agent's answer takes the place of the share that the class
    has in the target, which the state holds until then.
    """
    without = 0
    for a in agents:
        kind = state.kind[a]
        group = tours.group[kind]
        if replaces:
            take(state.cover, share_cover[kind])
            take(state.room, share_room[kind])
            for r in range(state.heads.shape[0]):
                state.heads[r] -= share_heads[kind, r]
        else:
            count_heads(tours, state, kind, state.options[a], -1)
            give(works, state, group, state.codes[a], -1)
        worth = pulled(works, state, targets, group)
        add_tasks(works, kind, worth)
        people = np.zeros(state.heads.shape[0], dtype=np.int64)
        for r in range(people.shape[0]):
            gap = targets.heads[r] - state.heads[r] - FULL_SPEED / 2
            people[r] = int(targets.head_price[r] + targets.head_pull * gap)
        own = answer(
            works, legs, tours, worth, people, kind, 0, state.options[a],
            state.codes[a],
        )  # fmt: skip
        if own == -NEVER:
            without += 1
            own = MISSING
            state.codes[a], state.options[a] = ABSENT, -1
        state.own[a] = own
        count_heads(tours, state, kind, state.options[a], 1)
        give(works, state, group, state.codes[a], 1)
    return without
