"""What is known while a search runs, and whether it is reason enough to stop."""

import threading
from functools import partial

from models.roster.columns.best import Best
from models.roster.columns.giving import gives_of
from models.roster.columns.kernels.books import State
from models.roster.columns.local import Local
from models.roster.problem import RosterProblem
from models.roster.result import Limits, StopReason, Stuck
from models.roster.rounding import cost_step, raised
from models.roster.track import Flag, Track


class Standing:
    """The best roster and bound of one search; several threads read and better them.

    Attributes
    ----------
    found
        The best roster; it may break rules that join agents as long as none is legal.
    bound
        What all rosters cost at least.
    until
        Seconds after which everything is dropped; not more than the time limit.
    ended
        Set once the search is over.
    is_impossible, stuck
        Whether it is proved that no roster keeps all rules, and which ones it broke.
    """

    def __init__(
        self, problem: RosterProblem, limits: Limits, track: Track, stop: Flag | None
    ) -> None:
        self.problem, self.limits, self.track, self.stop = problem, limits, track, stop
        self.found = Best()
        self.bound = 0
        self.step = cost_step(problem)
        self.until = limits.seconds
        self.ended = threading.Event()
        self.is_impossible = False
        self.stuck = Stuck()

    @property
    def cost(self) -> int | None:
        """What the best roster costs, cost units; ``None`` before there is one."""
        return self.found.cost if self.found.is_legal else None

    @property
    def legal(self) -> State | None:
        """The best roster; ``None`` before there is one."""
        return self.found.state if self.found.is_legal else None

    @property
    def left(self) -> float:
        """Seconds until the time limit."""
        return self.limits.seconds - self.track.seconds()

    def raise_bound(self, bound: int, phase: str) -> None:
        """Tell a bound, which may be lower than the one that is known."""
        self.bound = max(self.bound, raised(bound, self.step))
        self.track.tell(phase, bound=self.bound)

    def keep(self, local: Local, phase: str) -> None:
        """Remember the roster that is being worked on if it is the best."""
        if local.keep() and (state := self.legal) is not None:
            gives = partial(gives_of, local.works, state)
            self.track.tell(phase, best=self.cost, gives=gives)

    def is_set(self) -> bool:
        """Whether to stop what is under way (a ``Flag``)."""
        return self.ended.is_set() or self.reason() is not None

    def halt(self) -> bool:
        """Whether to drop everything."""
        return (
            self.ended.is_set()
            or (self.stop is not None and self.stop.is_set())
            or self.track.seconds() >= self.until
        )

    def reason(self) -> StopReason | None:
        """Return why to stop, if so."""
        if self.is_impossible or (self.cost is not None and self.cost <= self.bound):
            return StopReason.PROOF
        if self.stop is not None and self.stop.is_set():
            return StopReason.STOPPED
        near = self.limits.gap * self.bound
        if self.cost is not None and near and self.cost - self.bound <= near:
            return StopReason.GAP
        if self.left <= 0:
            return StopReason.TIME_LIMIT
        return None
