"""The second opinion on a bound: what its prices prove, reckoned again.

It takes the prices of a ``Certificate`` and nothing else of the engine that found them.
Whole numbers and plain recursions throughout: slower than any engine, and exact.

For prices ``>= 0`` no roster costs less than (Lagrangian relaxation; Geoffrion, 1974)

    least(cover) + least(cases) + sum over agents of least(tour)

where the demand pays for all help at these prices (``demand``) and every agent is paid
for it (``rewards``, ``stretches``, ``fill``, ``tours``). Rosters here are of named
activities: a roster made by hand with time spent on ``other`` is not among them.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from models.errors import InvalidInput
from models.roster.certify.between import least_of_fills
from models.roster.certify.demand import least_of_cases, least_of_cover, rows_of
from models.roster.certify.prices import FINE, refuse_unfit
from models.roster.certify.tours import Tours
from models.roster.problem import Agent, RosterProblem
from models.roster.result import Certificate

__all__ = ["FINE", "Proof", "certify"]

Watch = Callable[[int, int], None]


@dataclass(frozen=True)
class Proof:
    """What prices prove, and its parts in whole 1/1024 of a cost unit.

    Attributes
    ----------
    cover, cases
        The least that shortfall and cushion, and late and open work, cost with what is
        paid for help; ``cover`` with what case work between calls changes in it.
    headcounts
        The least that people too few and too many cost with what is paid for people.
    agents
        The least that all agents cost less what they are paid for help.
    """

    cover: int
    cases: int
    agents: int
    headcounts: int = 0

    @property
    def bound(self) -> int:
        """No roster costs less, cost units: the sum rounded up, as costs are whole."""
        return -(-sum((self.cover, self.cases, self.headcounts, self.agents)) // FINE)


def certify(
    problem: RosterProblem, certificate: Certificate, watch: Watch | None = None
) -> Proof:
    """Return what the prices of a certificate prove, whatever its ``bound`` says.

    Parameters
    ----------
    watch
        Called with the number of agents reckoned and of all agents.

    Raises
    ------
    InvalidInput
        Where the prices do not fit the problem, one is negative or above what the thing
        itself costs, or an agent has no legal tour at all.
    """
    refuse_unfit(problem, certificate)
    fills = least_of_fills(problem, certificate, rows_of(problem, certificate))
    return Proof(
        cover=least_of_cover(problem, certificate) + fills,
        cases=least_of_cases(problem, certificate),
        agents=_least_of_agents(problem, certificate, watch),
        headcounts=sum(
            price * (row.needed - row.fixed)
            for row, price in zip(problem.joint, certificate.people, strict=True)
        ),
    )


def _least_of_agents(
    problem: RosterProblem, certificate: Certificate, watch: Watch | None
) -> int:
    """Return the sum over agents; those alike but for their names are reckoned once."""
    tours = Tours(problem, certificate)
    known: dict[Agent, int] = {}
    total = 0
    for done, agent in enumerate(problem.agents, start=1):
        alike = _nameless(agent)
        if alike not in known:
            least = tours.least(alike)
            if least is None:
                raise InvalidInput(f"agent {agent.name!r} has no legal tour")
            known[alike] = least
        total += known[alike]
        if watch is not None:
            watch(done, len(problem.agents))
    return total


def _nameless(agent: Agent) -> Agent:
    meetings = tuple(replace(meeting, name="") for meeting in agent.meetings)
    return replace(agent, name="", meetings=meetings)
