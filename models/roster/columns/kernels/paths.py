"""Cheapest ways through the graph of a class's tours, at some prices of options."""

import numpy as np
import numpy.typing as npt

from models.machine_code import NEVER, compiled, entry
from models.roster.columns.kernels.graph import Graph

Ints = npt.NDArray[np.int64]
Table = npt.NDArray[np.int64]


@entry
def to_go(graph: Graph, costs: Ints, best: Ints, arc: Ints) -> int:
    """Write what the cheapest way on from each node costs, and its first arc.

    ``costs`` are of the options, days off included; ``-NEVER`` where one cannot be.
    Returns what the cheapest tour costs, ``-NEVER`` if there is none.
    """
    nodes = graph.first.shape[0] - 1
    days = graph.layer.shape[0] - 2
    for n in range(graph.layer[days], nodes):
        best[n], arc[n] = 0, -1
    for n in range(graph.layer[days] - 1, -1, -1):
        least, chosen = -NEVER, -1
        for x in range(graph.first[n], graph.first[n + 1]):
            cost = graph.cost[x] + best[graph.to[x]] + costs[graph.option[x]]
            if cost < least:
                least, chosen = cost, x
        best[n], arc[n] = min(least, -NEVER), chosen
    return int(best[0])


@compiled
def so_far(graph: Graph, costs: Ints, best: Ints, arc: Ints, node: Ints) -> None:
    """Write what the cheapest way to each node costs, its last arc and node."""
    best[:] = -NEVER
    best[0], arc[0] = 0, -1
    for n in range(best.shape[0]):
        if best[n] >= -NEVER:
            continue
        for x in range(graph.first[n], graph.first[n + 1]):
            cost = best[n] + graph.cost[x] + costs[graph.option[x]]
            after = graph.to[x]
            if cost < best[after]:
                best[after], arc[after], node[after] = cost, x, n


@entry
def follow_arcs(graph: Graph, arc: Ints, n: int, d: int, chosen: Ints) -> None:
    """Write the options of the cheapest way on from a node of a day."""
    for day in range(d, chosen.shape[0]):
        x = arc[n]
        chosen[day] = graph.option[x]
        n = graph.to[x]


@entry
def through_options(
    graph: Graph, costs: Ints, most: int, best: Ints, tours: Table
) -> int:
    """Write what the cheapest tour with each option costs; return how many are written.

    ``tours`` has a row for each option: filled are as many as cost at most ``most``,
    the first being the cheapest of all.
    """
    nodes, days = graph.first.shape[0] - 1, graph.layer.shape[0] - 2
    on, on_arc = np.zeros(nodes, dtype=np.int64), np.zeros(nodes, dtype=np.int64)
    best[:] = -NEVER
    if to_go(graph, costs, on, on_arc) == -NEVER:
        return 0
    by, by_arc = np.zeros(nodes, dtype=np.int64), np.zeros(nodes, dtype=np.int64)
    by_node = np.zeros(nodes, dtype=np.int64)
    so_far(graph, costs, by, by_arc, by_node)
    where = np.zeros((costs.shape[0], 3), dtype=np.int64)
    for d in range(days):
        for n in range(graph.layer[d], graph.layer[d + 1]):
            if by[n] >= -NEVER:
                continue
            for x in range(graph.first[n], graph.first[n + 1]):
                o = graph.option[x]
                cost = by[n] + graph.cost[x] + on[graph.to[x]] + costs[o]
                if cost < best[o]:
                    best[o] = cost
                    where[o, 0], where[o, 1], where[o, 2] = n, x, d
    if on[0] > most:
        return 0
    follow_arcs(graph, on_arc, 0, 0, tours[0])
    found = 1
    for o in range(costs.shape[0]):
        if best[o] > most:
            continue
        n, x, d = where[o]
        tours[found, d] = o
        follow_arcs(graph, on_arc, int(graph.to[x]), d + 1, tours[found])
        for day in range(d - 1, -1, -1):
            tours[found, day] = graph.option[by_arc[n]]
            n = by_node[n]
        found += 1
    return found
