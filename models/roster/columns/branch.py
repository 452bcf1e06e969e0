"""Rosters of shifts to the end: branch and price.

The linear program over tours is solved again with single days of single agents decided:
off or not, this shift or not. What is decided only closes options, so tours are priced
as before, and every node has a bound of its own (Barnhart, Johnson, Nemhauser,
Savelsbergh and Vance, 1998). Before all else, options are closed whose cheapest tour
cannot be in a better roster.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.roster.columns.dives import Dives
from models.roster.columns.nodes import Node, Nodes, Solved

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_DOUBT = 1e-6
_PATIENCE = 30  # dives near the best roster that find nothing, one after the other


@dataclass(eq=False)
class Branching:
    """Branch and price on one problem.

    ``bound`` is what all rosters cost at least, cost units.
    """

    nodes: Nodes
    dives: Dives
    bound: int

    def search(self) -> Iterator[None]:
        """Search to the end."""
        nodes = self.nodes
        root = nodes.open(self.bound)
        self.dives.dive(root)
        yield
        open_nodes, in_vain = [root], 0
        while open_nodes:
            while in_vain < _PATIENCE and not nodes.is_done(self.bound):
                in_vain = 0 if self.dives.near_best() else in_vain + 1
                yield
            node = open_nodes.pop()
            if nodes.is_done(node.bound):
                continue
            solved = nodes.solve(node, fix=True)
            if solved is not None:
                open_nodes += self._children(node, solved)
            least = min([n.bound for n in open_nodes], default=nodes.cost)
            self.bound = max(self.bound, min(least, nodes.cost))
            yield

    def _children(self, node: Node, solved: Solved) -> list[Node]:
        """Return two nodes that part a node, the more likely one last."""
        a, options = self._parted(solved.shares)
        kind = self.nodes.kinds[a]
        count = self.nodes.graphs.options(kind)
        day = self._day(a, int(options[0]))
        first = self.nodes.pricer.classes[kind].options.day_first
        of_day = np.append(np.arange(first[day], first[day + 1]), count + day)
        with_, without = (
            Node(
                [own.copy() for own in node.closed],
                solved.bound,
                people=node.people,
            )
            for _ in range(2)
        )
        without.closed[a][options] = True
        others = np.setdiff1d(of_day, options)
        with_.closed[a][others] = True
        share = float(solved.shares[a][options].sum())
        return [without, with_] if share >= 0.5 else [with_, without]

    def _parted(self, shares: list[Floats]) -> tuple[int, Ints]:
        """Return an agent and what to decide about: a day off, else a shift."""
        best, found = _DOUBT, None
        for days_off in (True, False):
            for a, own in enumerate(shares):
                count = self.nodes.graphs.options(self.nodes.kinds[a])
                part = slice(count, None) if days_off else slice(0, count)
                doubt = np.minimum(own[part], 1 - own[part])
                if len(doubt) and doubt.max() > best:
                    best = float(doubt.max())
                    at = int(doubt.argmax()) + (count if days_off else 0)
                    found = a, np.array([at])
            if found is not None:
                return found
        raise LookupError("nothing is left to decide")

    def _day(self, a: int, option: int) -> int:
        c = self.nodes.kinds[a]
        count = self.nodes.graphs.options(c)
        if option >= count:
            return option - count
        first = self.nodes.pricer.classes[c].options.day_first
        return int(np.searchsorted(first, option, side="right")) - 1
