"""All legal tours of a class as one graph: days are layers, options are arcs.

Prices change what options cost and not which tours there are. So where tours are priced
again and again the graph is made once, and a cheapest tour is one pass over its arcs.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from models.machine_code import NEVER, compiled, copy_to, entry
from models.roster.columns.kernels.books import TourTable
from models.roster.columns.kernels.rules import ACTIVE, LIMIT, count_within
from models.roster.columns.kernels.states import entered, no_states
from models.roster.columns.kernels.steps import (
    acting,
    first_state,
    go_off,
    go_to,
    keep_book,
    known_of,
    still_possible,
    terms,
    write_known,
)

Ints = npt.NDArray[np.int64]
Short = npt.NDArray[np.int32]
Table = npt.NDArray[np.int64]

_ROOM = 1024  # states of a day, to begin with


class Graph(NamedTuple):
    """Nodes of day ``d`` begin at ``layer[d]``; one more layer is after the last day.

    Arcs ``first[n]`` up to ``first[n + 1]`` leave node ``n``: where to, the option of
    the class (a day off is one more option for each day, after all others), and what it
    costs without the option's own cost (fine).
    """

    layer: Ints
    first: Ints
    to: Short
    option: Short
    cost: Ints


@entry
def graph_of(tours: TourTable, c: int, most: int) -> Graph:
    """Return the graph of a class; with no nodes if it has more arcs than ``most``.

    Nodes from which no tour reaches the last day are left out; without any tour there
    are none. First comes the graph of all that is known but for what limits count;
    then counts are added, within what can still be reached from each of its nodes.
    """
    counters = np.zeros(tours.rules.first[c + 1] - tours.rules.first[c], dtype=np.int64)
    found = 0
    for m in range(tours.rules.first[c], tours.rules.first[c + 1]):
        if tours.rules.kind[m] == LIMIT:
            counters[found] = m
            found += 1
    core = _core(tours, c, most)
    if not found or core.to.shape[0] == 0:
        return core
    return _counted(tours, c, core, counters[:found], most)


@compiled
def _core(tours: TourTable, c: int, most: int) -> Graph:
    day_first = tours.day_first[c]
    days = day_first.shape[0] - 1
    before = first_state(tours, c)
    after = np.zeros_like(before)
    now = np.zeros((1, before.shape[0]), dtype=np.int64)
    copy_to(now[0], before)
    layer = np.zeros(days + 2, dtype=np.int64)
    layer[1] = 1
    arcs = Arcs(*_room(1 << 14))
    count = 0
    minutes_after, days_after = still_possible(tours, c)
    all_minded = np.ones(tours.rules.first[c + 1] - tours.rules.first[c], np.bool_)
    for d in range(days):
        every = acting(tours, c, d, all_minded)
        machines = every[tours.rules.kind[every] != LIMIT]
        day = terms(tours, c, d, minutes_after[d], days_after[d])
        states, slots = no_states(_ROOM, before.shape[0])
        used = 0
        for i in range(now.shape[0]):
            known = known_of(now[i])
            for o in range(day_first[d] - 1, day_first[d + 1]):
                k = o if o >= day_first[d] else -1
                if k >= 0 and tours.base[tours.option_first[c] + k] == -NEVER:
                    continue
                if k < 0:
                    cost, next_known = go_off(day, known)
                else:
                    row = tours.rows[tours.option_first[c] + k]
                    cost, next_known = go_to(
                        day, row[0], row[1], row[2], row[3], known
                    )  # fmt: skip
                if cost == -NEVER:
                    continue
                write_known(next_known, after)
                more = keep_book(tours, c, d, k, machines, now[i], after)
                if more == -NEVER:
                    continue
                cost += more
                states, slots, used, j = entered(after, states, slots, used)
                if count == arcs.to.shape[0]:
                    arcs = _longer(arcs)
                k = k if k >= 0 else day_first[days] + d
                _write(arcs, count, layer[d] + i, layer[d + 1] + j, k, cost)
                count += 1
        if count > most or not used:
            return _nothing(days)
        layer[d + 2] = layer[d + 1] + used
        now = states[:used]
    return _alive(layer, count, arcs)


@compiled
def _counted(tours: TourTable, c: int, core: Graph, counters: Ints, most: int) -> Graph:
    """Return a graph whose nodes also know what limits count."""
    rules, days = tours.rules, core.layer.shape[0] - 2
    least, highest = _reach(tours, c, core, counters)
    size = 1 + counters.shape[0]
    now = np.zeros((1, size), dtype=np.int64)
    after = np.zeros(size, dtype=np.int64)
    layer = np.zeros(days + 2, dtype=np.int64)
    layer[1] = 1
    arcs = Arcs(*_room(1 << 14))
    count = 0
    for d in range(days):
        states, slots = no_states(_ROOM, size)
        used = 0
        for i in range(now.shape[0]):
            n = now[i, 0]
            for x in range(core.first[n], core.first[n + 1]):
                after[0] = core.to[x]
                cost = core.cost[x]
                low = high = 0
                if core.option[x] < tours.day_first[c, days]:
                    o = tours.option_first[c] + core.option[x]
                    low, high = tours.leg_first[o], tours.leg_first[o + 1]
                for y in range(counters.shape[0]):
                    m = counters[y]
                    after[1 + y] = now[i, 1 + y]
                    if rules.info[m, d] & ACTIVE:
                        known, more = count_within(
                            rules, m, d, now[i, 1 + y], tours.shifts, low, high,
                            least[y, after[0]], highest[y, after[0]],
                        )  # fmt: skip
                        if more == -NEVER:
                            cost = -NEVER
                            break
                        after[1 + y] = known
                        cost += more
                if cost == -NEVER:
                    continue
                states, slots, used, j = entered(after, states, slots, used)
                if count == arcs.to.shape[0]:
                    arcs = _longer(arcs)
                _write(
                    arcs, count, layer[d] + i, layer[d + 1] + j, core.option[x], cost
                )
                count += 1
        if count > most or not used:
            return _nothing(days)
        layer[d + 2] = layer[d + 1] + used
        now = states[:used]
    return _alive(layer, count, arcs)


@compiled
def _reach(
    tours: TourTable, c: int, core: Graph, counters: Ints
) -> tuple[Table, Table]:
    """Return the least and the most that each count can still grow from each node."""
    rules, days = tours.rules, core.layer.shape[0] - 2
    nodes = core.first.shape[0] - 1
    least = np.zeros((counters.shape[0], nodes), dtype=np.int64)
    most = np.zeros((counters.shape[0], nodes), dtype=np.int64)
    for y in range(counters.shape[0]):
        m = counters[y]
        for d in range(days - 1, -1, -1):
            counts = rules.info[m, d] & ACTIVE
            for n in range(core.layer[d], core.layer[d + 1]):
                low, high = -NEVER, NEVER
                for x in range(core.first[n], core.first[n + 1]):
                    add = 0
                    if counts and core.option[x] < tours.day_first[c, days]:
                        o = tours.option_first[c] + core.option[x]
                        for z in range(tours.leg_first[o], tours.leg_first[o + 1]):
                            add += rules.values[rules.value[m, 0], tours.shifts[z]]
                    low = min(low, add + least[y, core.to[x]])
                    high = max(high, add + most[y, core.to[x]])
                least[y, n], most[y, n] = low, high
    return least, most


class Arcs(NamedTuple):
    """Arcs as they are found: from, to, option, cost."""

    source: Short
    to: Short
    option: Short
    cost: Ints


@compiled
def _room(size: int) -> tuple[Short, Short, Short, Ints]:
    return (
        np.zeros(size, dtype=np.int32), np.zeros(size, dtype=np.int32),
        np.zeros(size, dtype=np.int32), np.zeros(size, dtype=np.int64),
    )  # fmt: skip


@compiled
def _write(arcs: Arcs, n: int, source: int, to: int, option: int, cost: int) -> None:
    arcs.source[n], arcs.to[n] = source, to
    arcs.option[n], arcs.cost[n] = option, cost


@compiled
def _longer(arcs: Arcs) -> Arcs:
    """Return the same arcs with as much room again."""
    size = arcs.to.shape[0]
    more = Arcs(*_room(2 * size))
    copy_to(more.source[:size], arcs.source)
    copy_to(more.to[:size], arcs.to)
    copy_to(more.option[:size], arcs.option)
    copy_to(more.cost[:size], arcs.cost)
    return more


@compiled
def _nothing(days: int) -> Graph:
    none = np.zeros(0, dtype=np.int32)
    return Graph(
        np.zeros(days + 2, dtype=np.int64), np.zeros(1, dtype=np.int64), none, none,
        np.zeros(0, dtype=np.int64),
    )  # fmt: skip


@compiled
def _alive(layer: Ints, count: int, arcs: Arcs) -> Graph:
    """Return the graph without what leads nowhere."""
    source, to = arcs.source, arcs.to
    days = layer.shape[0] - 2
    alive = np.zeros(layer[days + 1], dtype=np.bool_)
    alive[layer[days] :] = True
    kept = 0
    for x in range(count - 1, -1, -1):
        if alive[to[x]]:
            alive[source[x]] = True
            kept += 1
    number = np.cumsum(alive) - 1
    left = alive.sum()
    first = np.zeros(left + 1, dtype=np.int64)
    to2 = np.zeros(kept, dtype=np.int32)
    option2 = np.zeros(kept, dtype=np.int32)
    costs2 = np.zeros(kept, dtype=np.int64)
    y = 0
    for x in range(count):
        if alive[to[x]]:
            to2[y], option2[y] = number[to[x]], arcs.option[x]
            costs2[y] = arcs.cost[x]
            first[number[source[x]] + 1] += 1
            y += 1
    layer2 = np.zeros_like(layer)
    for d in range(1, days + 2):
        layer2[d] = alive[: layer[d]].sum()
    return Graph(layer2, np.cumsum(first), to2, option2, costs2)
