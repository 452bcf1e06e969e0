"""The legal tours of all classes as graphs, where these are not too large.

Made for rosters of shifts, with nothing to decide inside them: all their time goes into
tours.
"""

from collections.abc import Sequence
from concurrent.futures import Executor

import numpy as np
import numpy.typing as npt

from models.roster.columns.kernels.batch import option_costs
from models.roster.columns.kernels.books import TourTable
from models.roster.columns.kernels.graph import Graph, graph_of
from models.roster.columns.kernels.paths import follow_arcs, through_options, to_go
from models.roster.halting import Halt, go_on

Ints = npt.NDArray[np.int64]

_MOST_ARCS = 24_000_000  # of all classes: 16 bytes each
_MOST_OF_ONE = 6_000_000  # while it is made


class Graphs:
    """Graphs of the classes; ``None`` for a class whose tours are too many."""

    def __init__(self, table: TourTable, days: int, pool: Executor, halt: Halt) -> None:
        self.table, self.days = table, days
        room = [_MOST_ARCS]

        def one(c: int) -> Graph | None:
            go_on(halt)
            if room[0] <= 0:
                return None
            graph = graph_of(table, c, _MOST_OF_ONE)
            room[0] -= len(graph.to)
            return graph if len(graph.to) else None

        count = len(table.option_first) - 1
        self._graphs: Sequence[Graph | None] = list(pool.map(one, range(count)))

    def has(self, c: int) -> bool:
        """Whether there is a graph of a class."""
        return self._graphs[c] is not None

    @property
    def is_whole(self) -> bool:
        """Whether there is a graph of every class."""
        return None not in self._graphs

    def costs(self, c: int, values: Ints, heads: Ints) -> Ints:
        """Return what each option of a class costs, then each day off by itself (0)."""
        costs = option_costs(self.table, c, values, heads)
        return np.append(costs, np.zeros(self.days, dtype=np.int64))

    def options(self, c: int) -> int:
        """Return the number of options of a class, days off not counted."""
        first = self.table.option_first
        return int(first[c + 1] - first[c])

    def cheapest(self, c: int, costs: Ints, chosen: Ints) -> int:
        """Return what a class's cheapest tour costs, and write its options, -1: off."""
        graph = self._graph(c)
        nodes = len(graph.first) - 1
        best, arc = np.zeros(nodes, np.int64), np.zeros(nodes, np.int64)
        least = to_go(graph, costs, best, arc)
        follow_arcs(graph, arc, 0, 0, chosen)
        chosen[chosen >= self.options(c)] = -1
        return int(least)

    def through(self, c: int, costs: Ints, most: int) -> tuple[Ints, Ints]:
        """Return what the cheapest tour with each option of a class costs.

        And those of these tours that cost at most ``most``, as options by day, -1: off;
        the first is the cheapest of all.
        """
        graph = self._graph(c)
        best = np.zeros(len(costs), dtype=np.int64)
        tours = np.zeros((len(costs) + 1, self.days), dtype=np.int64)
        found = tours[: through_options(graph, costs, most, best, tours)]
        found[found >= self.options(c)] = -1
        return best, found

    def _graph(self, c: int) -> Graph:
        graph = self._graphs[c]
        if graph is None:
            raise LookupError(f"class {c} has no graph")
        return graph
