"""From counts of replications to what a planner reads of them."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

import numpy as np

from models.roster.result import Roster
from models.simulation import Blend, Centre, replications
from models.simulation.confidence import ratio
from models.simulation.tally import Tally, tally
from models.simulation.world import Floats
from scheduler.preparing import Prepared
from scheduler.rosters.outlook import outlook
from scheduler.rosters.simulated import DayOccupancy, Mean, SimulateDocument
from scheduler.simulating import calls, cases
from scheduler.simulating.centre import RESUME, centre_of
from scheduler.simulating.flags import flags
from scheduler.simulating.means import as_entries

_BATCH = 10  # replications between two looks at what is known


@dataclass(frozen=True)
class Wanted:
    """What is asked of a simulation.

    ``half_width``: stop as soon as the service level of all calls is known so well.
    """

    replications: int = 100
    seed: int = 0
    blend: Blend = Blend.RING_FENCED
    reserve: int = 0
    resume: float = RESUME
    confidence: float = 0.95
    half_width: float | None = None
    hand_on: bool = True
    workers: int | None = None


def simulate(
    prepared: Prepared,
    roster: Roster,
    wanted: Wanted,
    watch: Callable[[int], None] | None = None,
    stop: threading.Event | None = None,
) -> SimulateDocument:
    """Simulate a roster with activities.

    Parameters
    ----------
    watch
        Called with the number of replications done.
    stop
        Once set, the replications done so far are told, ten at least.

    Raises
    ------
    InvalidInput
        Where the reserve is negative.
    """
    begun = time.monotonic()
    translation = prepared.translation
    centre = centre_of(
        translation,
        roster,
        wanted.blend,
        wanted.reserve,
        resume=wanted.resume,
        hand_on=wanted.hand_on,
    )
    found = _enough(centre, wanted, watch, stop)
    of_calls = np.stack([each.calls for each in found])
    of_cases = np.stack([each.cases for each in found])
    promised, sure = outlook(translation, roster), wanted.confidence
    queues = [*calls.queue_entries(translation, centre, of_calls, promised, sure)]
    kinds = [*cases.case_entries(translation.axis, centre, of_cases, promised, sure)]
    late = of_cases[..., cases.COUNT["late"]].sum(axis=(1, 2))
    return SimulateDocument(
        name=prepared.plea.name,
        plan_hash=prepared.plea.plan_hash,
        blend=wanted.blend.value,
        reserve=wanted.reserve,
        resume_seconds=wanted.resume,
        replications=len(found),
        seed=wanted.seed,
        confidence=sure,
        seconds=round(time.monotonic() - begun, 3),
        calls=int(of_calls[..., calls.COUNT["offered"]].sum()),
        queues=queues,
        occupancy=[
            DayOccupancy(date=translation.axis.date(d), occupancy=busy)
            for d, busy in enumerate(_occupancy(centre, of_calls, found, sure))
        ],
        case_types=kinds,
        kept=float((late == 0).mean()) if kinds else None,
        flags=list(flags(queues, kinds)),
    )


def _occupancy(
    centre: Centre, of_calls: Floats, found: list[Tally], confidence: float
) -> list[Mean]:
    """Return the time at calls over the time rostered for them, by day."""
    took = of_calls[..., calls.COUNT["took"]].sum(axis=1)
    starts = centre.interval * np.arange(took.shape[1])
    days = np.searchsorted(centre.day_starts, starts, side="right") - 1
    busy = np.stack(
        [took[:, days == d].sum(axis=1) for d in range(len(centre.day_starts) - 1)],
        axis=1,
    )
    there = np.stack([each.on_calls for each in found])
    return as_entries(ratio(busy, there, confidence))


def _enough(
    centre: Centre,
    wanted: Wanted,
    watch: Callable[[int], None] | None,
    stop: threading.Event | None,
) -> list[Tally]:
    """Return replications: as many as asked for, or until it is known well enough."""
    found: list[Tally] = []
    every = replications(
        centre,
        wanted.replications,
        wanted.seed,
        lambda _, world: tally(centre, world),
        wanted.workers,
    )
    while some := list(islice(every, _BATCH)):
        found += some
        if watch is not None:
            watch(len(found))
        if _is_known(found, wanted) or (stop is not None and stop.is_set()):
            break
    return found


def _is_known(found: list[Tally], wanted: Wanted) -> bool:
    """Whether the service level of all calls is known as well as asked for."""
    if wanted.half_width is None:
        return False
    rows = np.stack([each.calls.sum(axis=(0, 1)) for each in found])
    in_time, offered = rows[:, calls.COUNT["in_time"]], rows[:, calls.COUNT["offered"]]
    level = ratio(in_time, offered, wanted.confidence)
    return not level.half > wanted.half_width
