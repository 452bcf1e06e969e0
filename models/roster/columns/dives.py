"""Dives: rosters of shifts from the linear program over tours, step by step.

A dive keeps the tours of most weight and prices again, until all agents have one
(Joncour, Michel, Sadykov, Sverdlov and Vanderbeck, 2010). From the best roster some
agents are let free again and again, and dived for with all others as they are.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.roster.columns.nodes import Node, Nodes

Ints = npt.NDArray[np.int64]

_WHOLE = 1e-6
_SURE = 0.6  # share of a tour from which on a dive keeps it
_DEARER = 1e-3  # what a step of a dive may cost, of the program
_FEW, _MANY = 6, 30  # agents let free at first and at most
_MOST = 0.75  # share of all agents that are


@dataclass(eq=False)
class Dives:
    """Dives from nodes, and from the best roster.

    Parameters
    ----------
    best
        Returns what the best roster costs (cost units), and its options by agent, day.
    """

    nodes: Nodes
    best: Callable[[], tuple[int, Ints]]
    draws: np.random.Generator
    free: int = _FEW

    def dive(self, root: Node, beside: Nodes | None = None) -> bool:
        """Dive from a node; say whether its program was worth a dive at all."""
        nodes = beside or self.nodes
        node, enough = Node([own.copy() for own in root.closed], root.bound), 0.0
        node.people = root.people
        began = False
        while True:
            solved = nodes.solve(node, fix=False, enough=enough)
            if solved is None:
                return began
            began, enough = True, solved.objective * (1 + _DEARER)
            kept = [t for t in solved.tours if t[2] >= 1 - _WHOLE]
            part = [t for t in solved.tours if t[2] < 1 - _WHOLE]
            if not part:  # everybody has a tour, or somebody none at all
                return began
            part.sort(key=lambda t: -t[2])
            sure = [t for t in part if t[2] >= _SURE] or part[:1]
            for a, options, _ in (*kept, *sure):
                nodes.keep(node, a, options)

    def near_best(self) -> bool:
        """Let some agents free and dive for them; say whether a roster was better.

        As soon as so few cannot make it better, more are let free.
        """
        nodes = self.nodes
        nodes.cost, tours = self.best()
        cost, agents = nodes.cost, len(nodes.kinds)
        node = nodes.open(0)
        free = self.draws.permutation(agents)[: self.free]
        for a in np.setdiff1d(np.arange(agents), free):
            nodes.keep(node, int(a), tours[a])
        part = nodes.beside(free.tolist())
        for a in range(agents):
            part.program.add(a, tours[a])
        began = self.dive(node, part)
        nodes.cost = part.cost
        if not began and self.free < min(_MANY, _MOST * agents):
            self.free += 1
        return nodes.cost < cost
