"""From counts of replications to what a planner reads of them."""

import datetime as dt
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from models.roster.result import Roster
from models.simulation import Blend, Centre, replications
from models.simulation.confidence import Estimate, mean, ratio
from models.simulation.tally import CALL_COUNTS, CASE_COUNTS, Tally, tally
from scheduler.domain import Queue
from scheduler.preparing import Prepared
from scheduler.rosters.outlook import Outlook, outlook
from scheduler.simulating.centre import centre_of
from scheduler.simulating.document import (
    Calls,
    CaseTypeEntry,
    DayCalls,
    DayCases,
    IntervalCalls,
    Mean,
    QueueEntry,
    SimulateDocument,
)
from scheduler.simulating.flags import flags

Floats = np.ndarray
_CALL = {name: n for n, name in enumerate(CALL_COUNTS)}
_CASE = {name: n for n, name in enumerate(CASE_COUNTS)}
_HOUR = 3600.0


@dataclass(frozen=True)
class Wanted:
    """What is asked of a simulation.

    ``half_width``: stop as soon as the service level of all calls is known so well.
    """

    replications: int = 100
    seed: int = 0
    blend: Blend = Blend.RING_FENCED
    reserve: int = 0
    confidence: float = 0.95
    half_width: float | None = None
    hand_on: bool = True
    workers: int | None = None


def simulate(
    prepared: Prepared,
    roster: Roster,
    wanted: Wanted,
    watch: Callable[[int], None] | None = None,
) -> SimulateDocument:
    """Simulate a roster with activities.

    Parameters
    ----------
    watch
        Called with the number of replications done.

    Raises
    ------
    InvalidInput
        Where the reserve is negative.
    """
    begun = time.monotonic()
    centre = centre_of(
        prepared.translation,
        roster,
        wanted.blend,
        wanted.reserve,
        hand_on=wanted.hand_on,
    )
    found = _enough(centre, wanted, watch)
    calls = np.stack([each.calls for each in found])
    cases = np.stack([each.cases for each in found])
    promised = outlook(prepared.translation, roster)
    queues = _queues(prepared, centre, calls, promised, wanted.confidence)
    case_types = _case_types(prepared, centre, cases, promised, wanted.confidence)
    late = cases[..., _CASE["late"]].sum(axis=(1, 2))
    return SimulateDocument(
        name=prepared.plea.name,
        plan_hash=prepared.plea.plan_hash,
        blend=wanted.blend.value,
        reserve=wanted.reserve,
        replications=len(found),
        seed=wanted.seed,
        confidence=wanted.confidence,
        seconds=round(time.monotonic() - begun, 3),
        calls=int(calls[..., _CALL["offered"]].sum()),
        queues=queues,
        case_types=case_types,
        kept=float((late == 0).mean()) if case_types else None,
        flags=list(flags(queues, case_types)),
    )


def _enough(
    centre: Centre, wanted: Wanted, watch: Callable[[int], None] | None
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
    while some := list(islice(every, 10)):
        found += some
        if watch is not None:
            watch(len(found))
        if wanted.half_width is not None:
            calls = np.stack([each.calls.sum(axis=(0, 1)) for each in found])
            level = ratio(
                calls[:, _CALL["in_time"]],
                calls[:, _CALL["offered"]],
                wanted.confidence,
            )
            if not level.half > wanted.half_width:
                break
    return found


def _queues(
    prepared: Prepared,
    centre: Centre,
    calls: Floats,
    promised: Outlook,
    confidence: float,
) -> list[QueueEntry]:
    axis = prepared.translation.axis
    starts = centre.interval * np.arange(calls.shape[2])
    day = np.searchsorted(centre.day_starts, starts, side="right") - 1
    levels = {
        each.demand.queues[0]: each.service_level
        for each in promised.queues
        if len(each.demand.queues) == 1
    }
    found = []
    for q, queue in enumerate(prepared.translation.plan.queues):
        own, expected = calls[:, q], centre.queues[q].calls
        level = levels.get(queue.name, np.full(len(expected), np.nan))[: len(expected)]

        def measured(
            some: np.ndarray,
            own: Floats = own,
            queue: Queue = queue,
            expected: Floats = expected,
            level: Floats = level,
        ) -> dict[str, object]:
            rows = own[:, some].sum(axis=1)
            known = some[some < len(expected)]
            return _measures(queue, rows, expected[known], level[known], confidence)

        shown = [i for i in range(len(expected)) if expected[i] > 0]
        found.append(
            QueueEntry(
                queue=queue.name,
                total=Calls.model_validate(measured(np.arange(own.shape[1]))),
                days=[
                    DayCalls.model_validate(
                        measured(np.flatnonzero(day == d)) | {"date": axis.date(d)}
                    )
                    for d in range(len(centre.day_starts) - 1)
                ],
                intervals=[
                    IntervalCalls.model_validate(
                        measured(np.array([i]))
                        | {"start": axis.moment(round(float(starts[i]) / 60))}
                    )
                    for i in shown
                ],
            )
        )
    return found


def _measures(
    queue: Queue, rows: Floats, expected: Floats, level: Floats, confidence: float
) -> dict[str, object]:
    """Return the measures of some calls; ``rows`` by replication and count."""
    part = {name: rows[:, n] for name, n in _CALL.items()}
    whole = {
        "offered": part["offered"],
        "answered": part["answered"],
        "offered-less-early-abandons": part["offered"] - part["early"],
    }[queue.service_level_of.value]
    known = expected[~np.isnan(level)].sum()
    promised = None
    if known > 0:
        promised = float(np.nansum(expected * level) / known)
    return {
        "offered": float(part["offered"].mean()),
        "promised": promised,
        "service_level": _entry(ratio(part["in_time"], whole, confidence)),
        "abandonment": _entry(ratio(part["abandoned"], part["offered"], confidence)),
        "wait_seconds": _entry(ratio(part["wait"], part["offered"], confidence)),
        "handle_hours": float(part["took"].mean()) / _HOUR,
    }


def _case_types(
    prepared: Prepared,
    centre: Centre,
    cases: Floats,
    promised: Outlook,
    confidence: float,
) -> list[CaseTypeEntry]:
    days = [prepared.translation.axis.date(d) for d in range(cases.shape[2])]
    predicted = {each.case_type: each.forecast.breaches for each in promised.cases}
    found = []
    for k, kind in enumerate(centre.kinds):
        own = cases[:, k]
        breaches = np.zeros(len(days))
        told = predicted.get(kind.name, breaches)
        breaches[: len(told)] = told[: len(days)]
        late = own[..., _CASE["late"]].sum(axis=1)
        found.append(
            CaseTypeEntry(
                case_type=kind.name,
                days=_days(own, days, breaches, confidence),
                breaches=_entry(mean(late, confidence)),
                promised_breaches=float(breaches.sum()),
                kept=float((late == 0).mean()),
            )
        )
    return found


def _days(
    own: Floats, days: Sequence[dt.date], breaches: Floats, confidence: float
) -> list[DayCases]:
    plain = own.mean(axis=0)
    estimates = {
        name: mean(own[..., _CASE[name]], confidence)
        for name in ("late", "open", "overdue")
    }

    def at(name: str, d: int) -> Mean:
        every = estimates[name]
        return _entry(Estimate(every.mean[d], every.half[d]))

    return [
        DayCases(
            date=date,
            received=float(plain[d, _CASE["received"]]),
            completed=float(plain[d, _CASE["completed"]]),
            due=float(plain[d, _CASE["due"]]),
            promised_breaches=float(breaches[d]),
            breaches=at("late", d),
            open=at("open", d),
            overdue=at("overdue", d),
        )
        for d, date in enumerate(days)
    ]


def _entry(found: Estimate) -> Mean:
    return Mean(mean=_known(found.mean), half=_known(found.half))


def _known(value: Floats) -> float | None:
    return None if np.isnan(value) else float(value)
