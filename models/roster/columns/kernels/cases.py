"""What deferred work costs, and what room for it is worth: by earliest deadline.

Work is done by deadline as soon as it is there, which no other order beats at any cut
(Horn, 1974; see ``models/FORMULATION.md`` 8).
"""

import numpy as np
import numpy.typing as npt

from models.machine_code import compiled
from models.roster.columns.kernels.books import Demand

Ints = npt.NDArray[np.int64]


@compiled
def case_cost(demand: Demand, k: int, room: Ints) -> int:
    """Return what late and open work of a case type costs, cost units."""
    first, end = demand.lot_first[k], demand.lot_first[k + 1]
    left = demand.lot_amount[first:end].copy()
    cuts = room.shape[0]
    cost, done, low = 0, 0, 0
    for i in range(cuts):
        if i:
            spare = room[i] + demand.fixed[k, i]
            for x in range(low, end - first):
                if spare <= 0:
                    break
                if left[x] and demand.lot_ready[first + x] <= i:
                    taken = min(spare, left[x])
                    left[x] -= taken
                    spare -= taken
                    done += taken
            while low < end - first and left[low] == 0:
                low += 1
        late = 0
        for x in range(low, end - first):
            if demand.lot_due[first + x] > i:
                break
            late += left[x]
        cost += demand.late_cost[k, i] * late
        cost += demand.open_cost[k, i] * max(0, demand.come[k, i] - done)
    return cost


@compiled
def room_worth(demand: Demand, k: int, room: Ints, worth: Ints) -> None:
    """Write what one more unit of room in each cut period saves, cost units.

    A unit more in period i goes to the lot next in line there, which is then not worked
    in its own later period j, where a unit is free in turn: what it saves is that lot's
    lateness from i to j, and what the unit at j is worth.
    """
    first, end = demand.lot_first[k], demand.lot_first[k + 1]
    lots, cuts = end - first, room.shape[0]
    left = demand.lot_amount[first:end].copy()
    next_lot = np.full(cuts, -1, dtype=np.int64)
    event_cut = np.zeros(cuts + lots + 1, dtype=np.int64)
    event_lot = np.zeros(cuts + lots + 1, dtype=np.int64)
    backlog = np.zeros(cuts, dtype=np.int64)
    events, low, done = 0, 0, 0
    for i in range(1, cuts):
        spare = room[i] + demand.fixed[k, i]
        for x in range(low, lots):
            if left[x] and demand.lot_ready[first + x] <= i:
                taken = min(max(spare, 0), left[x])
                left[x] -= taken
                spare -= taken
                done += taken
                if taken:
                    event_cut[events], event_lot[events] = i, x
                    events += 1
                if left[x]:
                    next_lot[i] = x
                    break
        while low < lots and left[low] == 0:
            low += 1
        backlog[i] = max(0, demand.come[k, i] - done)
    late_so_far = np.zeros(cuts + 1, dtype=np.int64)
    open_so_far = np.zeros(cuts + 1, dtype=np.int64)
    for i in range(cuts):
        late_so_far[i + 1] = late_so_far[i] + demand.late_cost[k, i]
        here = demand.open_cost[k, i] if backlog[i] else 0
        open_so_far[i + 1] = open_so_far[i] + here
    worked = np.full(lots, cuts, dtype=np.int64)
    event = events - 1
    worth[0] = 0
    for i in range(cuts - 1, 0, -1):
        x = next_lot[i]
        worth[i] = 0
        if x >= 0:
            j = worked[x]
            worth[i] = open_so_far[j] - open_so_far[i]
            since = max(i, demand.lot_due[first + x])
            if since < j:
                worth[i] += late_so_far[j] - late_so_far[since]
            if j < cuts:
                worth[i] += worth[j]
        while event >= 0 and event_cut[event] == i:
            worked[event_lot[event]] = i
            event -= 1
