"""Rosters, and what an engine answers with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from models.roster.problem import Kind


@dataclass(frozen=True)
class Worked:
    """One agent's shift on one day (positions and minutes; a row of roster.csv)."""

    agent: int
    day: int
    shift_type: int
    start: int
    end: int
    paid_minutes: int


@dataclass(frozen=True)
class Activity:
    """What one agent does in ``[start, end)`` (a row of activities.csv).

    ``name`` is the work's, the break's or the meeting's; empty when idle.
    """

    agent: int
    start: int
    end: int
    kind: Kind
    name: str = ""


@dataclass(frozen=True)
class Roster:
    """The answer: shifts, and what fills them.

    ``activities`` is ``None`` for a roster of which only the shifts are known.
    """

    worked: tuple[Worked, ...]
    activities: tuple[Activity, ...] | None


class Status(StrEnum):
    """What is known when an engine stops."""

    OPTIMAL = "optimal"  #: a roster, proved best
    FEASIBLE = "feasible"  #: a roster, perhaps not best
    INFEASIBLE = "infeasible"  #: proved that no roster exists
    UNKNOWN = "unknown"  #: stopped before any roster was found


class StopReason(StrEnum):
    """Why an engine stopped."""

    PROOF = "proof"
    GAP = "gap"
    TIME_LIMIT = "time_limit"
    WORK_LIMIT = "work_limit"
    STOPPED = "stopped"
    NEAR = "near"  #: no other roster near the start pays


@dataclass(frozen=True, eq=False)
class Gives:
    """What a roster under way gives, before anybody has judged it.

    Attributes
    ----------
    cover
        Of each of ``problem.covers`` in each period, centi-agents, fixed included.
    room
        For each of ``problem.cases`` and each cut: units of work that fit, in blocks
        and between calls.
    """

    cover: npt.NDArray[np.int64]
    room: npt.NDArray[np.int64]


@dataclass(frozen=True)
class Progress:
    """A moment of a solve, for whoever watches; costs in ``problem.UNIT``.

    ``round`` counts how often the engine has raised prices for the bound (``columns``).
    ``gives`` works out what the best roster gives, where the engine can tell; it is
    there for who watches, and not kept.
    """

    phase: str
    seconds: float
    best: int | None
    bound: int | None
    round: int = 0
    gives: Callable[[], Gives] | None = field(default=None, compare=False)

    @property
    def gap(self) -> float | None:
        """``(best - bound) / bound``; ``None`` where one of them is not known or 0."""
        if self.best is None or not self.bound:
            return None
        return (self.best - self.bound) / self.bound


@dataclass(frozen=True)
class Limits:
    """When to stop, and how to search.

    Attributes
    ----------
    seconds
        Wall time, model building included.
    gap
        Stop when (objective - bound) / bound is at most this; 0: at proof.
    workers
        Threads; 1 makes a solve repeatable.
    work
        Stop after so many steps (``columns``: rounds for the bound, and slices of the
        search for rosters), whatever time they take; 0: no limit. Engines that have no
        such count refuse it.
    near
        Whether to stay near the roster that a solve starts from (``columns``): weeks
        that it lacks are made, and others changed only where that pays. Rosters of
        shifts only have what a change costs in their goals, and are searched freely.
    """

    seconds: float = 60.0
    gap: float = 0.0
    seed: int = 0
    workers: int = 2
    work: int = 0
    near: bool = False


@dataclass(frozen=True)
class CasePrices:
    """Prices of one case type, by cut (of a unit of work, see ``Certificate``).

    Attributes
    ----------
    room
        Of room for work in the cut period that ends there.
    due, order
        By stream: of work that must be done by the cut; of work done by one cut
        staying done by the next.
    still
        Of work that has arrived and is open at the cut.
    """

    room: tuple[int, ...]
    due: tuple[tuple[int, ...], ...]
    order: tuple[tuple[int, ...], ...]
    still: tuple[int, ...]


@dataclass(frozen=True)
class Certificate:
    """Prices that prove a bound, in whole 1/1024 of a cost unit, all ``>= 0``.

    With any such prices the least that the demand can cost when it pays for help, and
    the least that each agent can cost when paid for help, add up to no more than any
    roster costs (Lagrangian relaxation; Geoffrion, 1974).

    Attributes
    ----------
    bound
        What these prices prove, cost units.
    cover
        By row of cover and period: of a hundredth of an agent.
    heads
        The same, but everybody counts as the next whole number of trained agents.
    cases
        By case type.
    targets
        Of a unit of late calls, by target: those of one row of cover after the other.
    people
        Of one more, by headcount: the only prices that may be below 0.
    """

    bound: int
    cover: tuple[tuple[int, ...], ...]
    heads: tuple[tuple[int, ...], ...]
    cases: tuple[CasePrices, ...]
    targets: tuple[int, ...] = ()
    people: tuple[int, ...] = ()


@dataclass(frozen=True)
class Remedy:
    """What would do: words, and the rules that it eases, all of them together."""

    words: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Conflict:
    """Why there is no legal roster.

    Attributes
    ----------
    message
        The whole of it in a sentence.
    agent
        Whose; ``None``: of several.
    rules
        The rules in conflict, in the order of ``members``.
    members
        What they ask for, as words.
    remedies
        What would do, each by itself.
    """

    message: str
    agent: str | None = None
    rules: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    remedies: tuple[Remedy, ...] = ()


@dataclass(frozen=True)
class Stuck:
    """Where a search found that no roster exists; empty where it does not know.

    ``agents`` have no week that was found, pinned work included; ``rows`` (of
    ``problem.joint``) were not all kept.
    """

    agents: tuple[int, ...] = ()
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class Result:
    """An engine's answer; ``roster`` is ``None`` unless one was found.

    Attributes
    ----------
    bound
        No roster of the problem costs less.
    bound_parts
        For each goal: no roster has less of it (each on its own).
    floor
        What the cheapest legal tours cost with no demand at all.
    certificate
        Prices that prove a bound, not always the whole of ``bound``; an engine that
        proves it in another way has none.
    conflicts
        Sentences that say why no roster exists (``INFEASIBLE`` only).
    stuck
        Where to look for why (``INFEASIBLE`` only).
    repeatable
        Whether the same call gives the same roster again: one worker, and no clock had
        a say in it.
    start_lost
        Whether a start was given up: only its shifts were known, and there was no time
        to fill them.
    helpers
        How many helpers were asked to price groups or to solve parts.
    """

    status: Status
    stop_reason: StopReason
    roster: Roster | None = None
    bound: int | None = None
    bound_parts: Mapping[str, int] = field(default_factory=dict)
    floor: int | None = None
    certificate: Certificate | None = None
    conflicts: tuple[Conflict, ...] = ()
    stuck: Stuck = Stuck()
    progress: tuple[Progress, ...] = ()
    seconds: float = 0.0
    repeatable: bool = False
    start_lost: bool = False
    helpers: int = 0
