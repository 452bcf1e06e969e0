"""The linear bound alone: column generation without a search for rosters."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import monotonic

from models.roster.columns.floor import tours_of
from models.roster.columns.generate import Generator
from models.roster.columns.pricing import pricer
from models.roster.columns.replies import Replies
from models.roster.columns.shared import Shared
from models.roster.halting import Halted
from models.roster.problem import RosterProblem
from models.roster.result import Certificate


@dataclass(frozen=True)
class Relaxed:
    """What column generation alone finds out about a problem.

    Attributes
    ----------
    certificate
        The best prices, which prove a bound of every roster; ``None`` where there was
        no time for any.
    without
        Agents that have no legal tour: no roster exists then.
    closed
        Whether no prices prove more.
    """

    certificate: Certificate | None = None
    without: tuple[int, ...] = ()
    closed: bool = False


def relaxed(
    problem: RosterProblem, seconds: float, stop: threading.Event | None = None
) -> Relaxed:
    """Return the best prices that rounds of column generation find in some seconds."""
    end = monotonic() + seconds

    def halt() -> bool:
        return monotonic() >= end or (stop is not None and stop.is_set())

    generator = None
    with ThreadPoolExecutor(1) as pool:
        try:
            made = pricer(problem, pool, 1, halt)
            cheapest = tours_of(made)
            if cheapest.without:
                return Relaxed(without=cheapest.without)
            generator = Generator(Replies(made), Shared.of(problem), halt)
            generator.begin()
            while not generator.closed and not halt():
                if not generator.round(end - monotonic()):
                    break
        except Halted:
            pass
    if generator is None:
        return Relaxed()
    return Relaxed(generator.certificate(), closed=generator.closed)
