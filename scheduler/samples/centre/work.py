"""Work of the sample ``centre``: queues, case types and how much of each comes when.

Amounts are in proportion only; ``scale`` finds how many calls and cases they are.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from scheduler.clock import MINUTES_PER_DAY, as_text
from scheduler.domain import (
    Calendar,
    CaseType,
    MovingLoad,
    Queue,
    Sla,
    SlaUnit,
    Weekday,
)
from scheduler.samples.centre.terms import CLOSES, OPENS
from scheduler.tables import Calls, Inflow, OpenCases

Floats = npt.NDArray[np.float64]

INTERVAL = 15  # minutes
HOURS = range(OPENS // 60, CLOSES // 60)
CALLS_BY_HOUR = (
    0.35, 0.62, 0.90, 1.00, 0.97, 0.84, 0.74, 0.82,  # 07:00 to 14:00
    0.90, 0.88, 0.80, 0.66, 0.52, 0.40, 0.28,  # 15:00 to 21:00
)  # fmt: skip
CALLS_BY_WEEKDAY = (1.2, 1.05, 1.0, 0.97, 0.95, 0.75, 0.6)
CASES_BY_WEEKDAY = (1.3, 1.1, 1.0, 0.95, 0.9, 0.45, 0.35)
HANDLE_BY_HOUR = {7: 240, 10: 255, 13: 250, 17: 245, 20: 235}  # seconds, from then on

OPEN = [f"{as_text(OPENS)}-{as_text(CLOSES)}"]
CALENDARS = {
    "open": Calendar(**dict.fromkeys(Weekday, OPEN)),
    "office": Calendar(**{day: ["07:00-19:00"] for day in list(Weekday)[:5]}),
}


@dataclass(frozen=True)
class Backlog:
    """Open cases: minutes before the first day, and how much of a mean day's inflow."""

    age: int
    share: float


@dataclass(frozen=True)
class CaseFlow:
    """A case type, its share of the case hours that come in, and its backlog."""

    kind: CaseType
    share: float
    backlog: tuple[Backlog, ...]


def _days(**shares: float) -> tuple[Backlog, ...]:
    """Return a backlog by days before the first day: ``d3=0.5`` came in on Friday."""
    return tuple(
        Backlog(MINUTES_PER_DAY * int(d[1:]), share) for d, share in shares.items()
    )


# Each interval by itself: results of all versions are then of the same cases.
QUEUES = (
    Queue(
        name="service",
        calendar="open",
        patience_seconds=180,
        moving_load=MovingLoad.SIPP,
    ),
    Queue(name="sales", calendar="open", moving_load=MovingLoad.SIPP),
)
CALLS_BY_QUEUE = (0.65, 0.35)

FLOWS = (
    CaseFlow(
        CaseType(
            name="changes",
            calendar="open",
            handle_minutes=18,
            handle_cv=0.8,
            sla=Sla(within=2, unit=SlaUnit.CALENDAR_DAYS),
            maximum_block_minutes=180,
            breached_target_days=2,
        ),
        share=0.35,
        backlog=_days(d1=0.35, d2=0.4, d3=0.3, d5=0.15),
    ),
    CaseFlow(
        CaseType(
            name="complaints",
            calendar="office",
            handle_minutes=35,
            handle_cv=1,
            sla=Sla(within=3, unit=SlaUnit.BUSINESS_DAYS),
            breached_target_days=3,
        ),
        share=0.35,
        backlog=_days(d1=0.3, d2=0.4, d3=0.9, d4=0.7, d5=0.5, d6=0.2, d10=0.15),
    ),
    CaseFlow(
        CaseType(
            name="e-mails",
            calendar="open",
            handle_minutes=8,
            handle_cv=0.8,
            sla=Sla(within=24, unit=SlaUnit.HOURS),
            maximum_block_minutes=180,
            breached_target_days=1,
        ),
        share=0.3,
        # Sunday at 11:00, 15:00 and 19:00, and what is late already from Saturday.
        backlog=(
            Backlog(13 * 60, 0.15),
            Backlog(9 * 60, 0.2),
            Backlog(5 * 60, 0.2),
            *_days(d2=0.25),
        ),
    ),
)

# What people can do, by position in FLOWS, and the share of people who can.
CASE_SKILLS: tuple[tuple[bool, tuple[int, ...], float], ...] = (
    (True, (0,), 0.2),
    (True, (1,), 0.17),
    (True, (2,), 0.17),
    (True, (0, 1), 0.16),
    (True, (1, 2), 0.13),
    (False, (0, 1, 2), 0.09),
    (True, (), 0.08),
)
QUEUE_SKILLS = (((0,), 0.45), ((0, 1), 0.3), ((1,), 0.25))


def skill_sets(queues: int, case_types: int) -> list[tuple[tuple[str, ...], float]]:
    """Return the sets of skills that people have, each with its share of them."""
    on_queues: Sequence[tuple[tuple[int, ...], float]] = (
        QUEUE_SKILLS if queues > 1 else (((0,), 1.0),)
    )
    found: dict[tuple[str, ...], float] = {}
    for has_queue, own, share in CASE_SKILLS:
        cases = tuple(FLOWS[k].kind.name for k in own if k < case_types)
        for lines, part in on_queues if has_queue else (((), 1.0),):
            skills = (*(QUEUES[q].name for q in lines), *cases)
            found[skills] = found.get(skills, 0.0) + share * part
    return list(found.items())


def rates(days: int) -> Floats:
    """Return the calls to expect, in proportion: shape (days, intervals of a day)."""
    middles = np.arange(OPENS, CLOSES, INTERVAL) / 60 + INTERVAL / 120
    by_interval = np.interp(middles, np.array(HOURS) + 0.5, CALLS_BY_HOUR)
    by_day = np.array([CALLS_BY_WEEKDAY[day % 7] for day in range(days)])
    return by_day[:, np.newaxis] * by_interval


def calls(queue: int, scale: float, luck: Floats, monday: dt.date) -> list[Calls]:
    """Return a queue's forecast: Poisson counts around ``scale`` times the rates.

    ``luck`` in [0, 1), in the shape of the rates, says where in its distribution each
    count lies: more calls at every scale, by the same luck.
    """
    expected = scale * CALLS_BY_QUEUE[queue] * rates(len(luck))
    counts = np.ceil(special.pdtrik(luck, expected))
    midnight = dt.datetime.combine(monday, dt.time())
    rows = []
    for day, row in enumerate(counts.tolist()):
        for place, count in enumerate(row):
            minute = OPENS + INTERVAL * place
            handle = HANDLE_BY_HOUR[max(h for h in HANDLE_BY_HOUR if 60 * h <= minute)]
            rows.append(
                Calls(
                    queue=QUEUES[queue].name,
                    start=midnight + dt.timedelta(days=day, minutes=minute),
                    calls=count,
                    handle_seconds=handle + 20 * queue,
                )
            )
    return rows


def inflow(flow: CaseFlow, hours: float, days: int, monday: dt.date) -> list[Inflow]:
    """Return new cases of a type where a mean day brings ``hours`` of all types."""
    return [
        Inflow(
            case_type=flow.kind.name,
            date=monday + dt.timedelta(day),
            cases=round(_cases(flow, hours * CASES_BY_WEEKDAY[day % 7]), 1),
        )
        for day in range(days)
    ]


def open_cases(flow: CaseFlow, hours: float, monday: dt.date) -> list[OpenCases]:
    """Return the backlog of a type where a mean day brings ``hours`` of all types."""
    midnight = dt.datetime.combine(monday, dt.time())
    found = []
    for lot in flow.backlog:
        moment = midnight - dt.timedelta(minutes=lot.age)
        found.append(
            OpenCases(
                case_type=flow.kind.name,
                received=moment if lot.age % MINUTES_PER_DAY else moment.date(),
                cases=round(_cases(flow, hours * lot.share)),
            )
        )
    return found


def _cases(flow: CaseFlow, hours: float) -> float:
    return 60 * hours * flow.share / flow.kind.handle_minutes
