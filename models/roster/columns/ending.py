"""How a search comes to a proof: that no roster exists, or that none is better."""

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from models.roster.alone import alike, is_impossible
from models.roster.columns.branch import Branching
from models.roster.columns.dives import Dives
from models.roster.columns.exact import prove
from models.roster.columns.generate import Generator
from models.roster.columns.local import Local
from models.roster.columns.named import roster
from models.roster.columns.nodes import Nodes
from models.roster.columns.standing import Standing
from models.roster.columns.taken import plain_week, weeks_of
from models.roster.result import Stuck

Ints = npt.NDArray[np.int64]

_LIKELY = 20_000  # tours that branching begins with: a simplex is slow with more


def doubt(standing: Standing, local: Local) -> None:
    """Ask whether what the best roster breaks can be kept at all."""
    if standing.found.is_legal:
        return
    local.back_to_best()
    stuck = Stuck(
        tuple(np.flatnonzero(local.lacking()).tolist()),
        alike(standing.problem, np.flatnonzero(local.broken()).tolist()),
    )
    if is_impossible(standing.problem, stuck, standing):
        standing.stuck, standing.is_impossible = stuck, True


def can_branch(local: Local) -> bool:
    """Whether all tours of a roster of shifts are written down."""
    graphs = local.pricer.graphs
    return graphs is not None and graphs.is_whole


def branch(standing: Standing, local: Local, generator: Generator) -> Iterator[None]:
    """Branch on a roster of shifts only, until nothing is left to decide."""
    graphs, cost = local.pricer.graphs, standing.cost
    if graphs is None or not graphs.is_whole or cost is None:
        return

    def found(tours: Mapping[int, Ints]) -> int:
        kinds = local.state.kind
        local.place(
            {
                a: plain_week(local.pricer, int(kinds[a]), options)
                for a, options in tours.items()
            }
        )
        standing.keep(local, "branch")
        return local.cost()

    def best() -> tuple[int, Ints]:
        state, now = standing.legal, standing.cost
        if state is None or now is None:
            raise LookupError("no roster was found yet")
        return now, np.array(state.options, dtype=np.int64)

    nodes = Nodes(
        local.pricer,
        graphs,
        generator.shared,
        standing.step,
        found,
        standing.halt,
        generator.likely_tours(_LIKELY),
        cost,
    )
    branching = Branching(nodes, Dives(nodes, best, local.draws), standing.bound)
    for _ in branching.search():
        standing.raise_bound(branching.bound, "branch")
        yield
    standing.raise_bound(branching.bound, "branch")


def finish(standing: Standing, local: Local) -> Iterator[None]:
    """Finish a small problem by exact means."""
    legal = standing.legal
    now = legal and roster(local.pricer, legal)
    found = prove(standing.problem, now, standing.limits, standing.left, standing)
    if found is None:
        return
    if found.is_impossible:
        standing.is_impossible = True
        return
    if found.roster is not None:
        every = range(len(standing.problem.agents))
        local.place(weeks_of(local.pricer, found.roster, every))
        standing.keep(local, "exact")
    if found.bound is not None:
        standing.raise_bound(found.bound, "exact")
    yield
