"""Deferred work: cohorts of cases, the streams they form, and what lateness costs."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from models.roster.problem import UNIT, WORK_PER_MINUTE, Cases, Kind, Stream, Work
from models.throughput import Cohort, effective_inflow, monotone_streams
from scheduler.calendars import OpenHours, deadline, nth_open_day, received
from scheduler.clock import MINUTES_PER_DAY
from scheduler.domain import CaseType
from scheduler.tables import Inflow, OpenCases
from scheduler.translate.frame import Frame, ceil_to, floor_to, whole

_SLICE_MINUTES = 120
_UNITS_PER_HOUR = 60 * WORK_PER_MINUTE


@dataclass(frozen=True)
class Clocks:
    """A case type with its hours of work and the hours that its SLA counts."""

    frame: Frame
    case_type: CaseType

    @cached_property
    def hours(self) -> OpenHours:
        """When the cases come in and may be worked."""
        return self.frame.hours(self.case_type.calendar)

    @cached_property
    def sla_hours(self) -> OpenHours:
        """What the SLA counts."""
        return self.frame.hours(self.case_type.sla.calendar or self.case_type.calendar)

    @cached_property
    def recovery(self) -> int:
        """Minute by which cases that are late on day one are to be done."""
        days = self.case_type.breached_target_days
        last = nth_open_day(self.hours, self.frame.axis.first_day, days)
        return floor_to(self.hours.close_of(last), self.frame.period)

    def due(self, arrival: int, date: dt.date | None = None) -> int:
        """Return the deadline by the SLA, to the minute."""
        return deadline(arrival, self.case_type.sla, self.sla_hours, date)


def case_work(frame: Frame, case_type: CaseType) -> Work:
    """Return the work of a case type: its hours and the lengths of its blocks."""
    longest = case_type.maximum_block_minutes
    return Work(
        name=case_type.name,
        kind=Kind.CASE,
        open=frame.opening(case_type.calendar),
        shortest=ceil_to(case_type.minimum_block_minutes, frame.period),
        longest=None if longest is None else floor_to(longest, frame.period),
    )


def cohorts(frame: Frame, case_type: CaseType) -> tuple[Cohort, ...]:
    """Return the open cases and the inflow of one type, in order of arrival.

    Items are effective ones, ``cases / (1 - reopen_rate)``: open cases come back as new
    ones do. Their work divides by utilisation and by who is there:
    ``items * handle_minutes / utilisation / (1 - unplanned_shrinkage)``.
    """
    clocks = Clocks(frame, case_type)
    open_rows = (r for r in frame.plan.open_cases if r.case_type == case_type.name)
    new_rows = (r for r in frame.plan.inflow if r.case_type == case_type.name)
    found = [*_backlog(clocks, open_rows), *_arriving(clocks, new_rows)]
    return tuple(sorted(found, key=lambda cohort: (cohort.arrives, cohort.deadline)))


def _cohort(
    clocks: Clocks,
    cases: float,
    *,
    arrives: int,
    due: int,
    received: int,
    breached: bool = False,
) -> Cohort:
    kind = clocks.case_type
    items = effective_inflow(cases, kind.reopen_rate)
    work = items * kind.handle_minutes / kind.utilisation
    return Cohort(
        case_type=kind.name,
        arrives=arrives,
        deadline=max(arrives, floor_to(due, clocks.frame.period)),
        items=items,
        work_minutes=work / (1 - kind.unplanned_shrinkage),
        received=received,
        breached=breached,
    )


def _backlog(clocks: Clocks, rows: Iterable[OpenCases]) -> Iterator[Cohort]:
    """Yield a cohort for all open cases received at once and due at once."""
    together: dict[tuple[int, int], float] = {}
    for row in rows:
        came = received(row.received, clocks.sla_hours)
        due = clocks.due(came) if row.due is None else clocks.frame.ends(row.due)
        together[came, due] = together.get((came, due), 0.0) + row.cases
    for (came, due), cases in together.items():
        breached = due <= 0
        if cases:
            yield _cohort(
                clocks,
                cases,
                arrives=0,
                due=clocks.recovery if breached else due,
                received=min(came, 0),
                breached=breached,
            )


def _arriving(clocks: Clocks, rows: Iterable[Inflow]) -> Iterator[Cohort]:
    """Yield the inflow in lots; what arrives after the horizon is next week's."""
    for row in rows:
        for minute, share in _lots(clocks, row.date):
            arrives = ceil_to(minute, clocks.frame.period)
            if row.cases and arrives < clocks.frame.horizon_end:
                yield _cohort(
                    clocks,
                    row.cases * share,
                    arrives=arrives,
                    due=clocks.due(minute, row.date),
                    received=minute,
                )


def _lots(clocks: Clocks, date: dt.date) -> list[tuple[int, float]]:
    """Return when a date's cases arrive, and what share of them.

    Spread evenly over its opening hours, each two hours' cases come at their end, so
    that no case can be worked before it is there. On a closed date all come at its end.
    """
    opened = clocks.hours.on(date)
    if not opened:
        return [(clocks.frame.ends(date), 1.0)]
    total = sum(end - start for start, end in opened)
    slices = (
        (first, min(first + _SLICE_MINUTES, end))
        for start, end in opened
        for first in range(start, end, _SLICE_MINUTES)
    )
    return [(end, (end - start) / total) for start, end in slices]


def breached_note(case_type: CaseType, own: Sequence[Cohort]) -> list[str]:
    """Return how many open cases of a type are late before the first day."""
    items = sum(cohort.items for cohort in own if cohort.breached)
    if not items:
        return []
    cases = f"{items * (1 - case_type.reopen_rate):g} open cases"
    target = f"target: {case_type.breached_target_days} open days"
    return [f"case type {case_type.name!r}: {cases} are late on day one ({target})"]


def case_rows(
    frame: Frame, typed: Sequence[tuple[int, CaseType, Sequence[Cohort]]]
) -> tuple[tuple[Cases, ...], tuple[int, ...]]:
    """Return the case rows of all types, and the cuts that they share.

    Parameters
    ----------
    typed
        Position of the work, case type and cohorts of each type with cases.
    """
    streams = [_streams(frame, kind.name, own) for _, kind, own in typed]
    times = {
        minute
        for of_type in streams
        for stream in of_type
        for minute, _ in stream.arrivals + stream.deadlines
    }
    cuts = tuple(sorted({0, *frame.day_starts} | times))
    open_costs = _open_costs(frame, cuts)
    rows = tuple(
        Cases(work, of_type, _late_costs(frame, kind, cuts), open_costs)
        for (work, kind, _), of_type in zip(typed, streams, strict=True)
    )
    return rows, cuts


def _streams(frame: Frame, name: str, own: Sequence[Cohort]) -> tuple[Stream, ...]:
    """Return the streams of one type, in whole units whose total is kept."""
    found, so_far = [], 0.0
    for n, of_stream in enumerate(monotone_streams(own), start=1):
        arrivals: Counter[int] = Counter()
        deadlines: Counter[int] = Counter()
        for cohort in of_stream:
            before = round(so_far)
            so_far += WORK_PER_MINUTE * cohort.work_minutes
            if units := round(so_far) - before:
                arrivals[int(cohort.start)] += units
                if cohort.deadline <= frame.horizon_end:
                    deadlines[int(cohort.deadline)] += units
        title = name if n == 1 else f"{name} ({n})"
        found.append(Stream(title, _rising(arrivals), _rising(deadlines)))
    return tuple(found)


def _rising(amounts: Counter[int]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted(amounts.items()))


def _late_costs(
    frame: Frame, case_type: CaseType, cuts: Sequence[int]
) -> tuple[int, ...]:
    """Return the cost of a unit overdue from each cut to the next, but the first.

    After the last cut one more day is charged: work left overdue is not forgotten.
    """
    hour_day = case_type.weight * frame.plan.weights.overdue_hour_day
    ends = [*cuts[1:], cuts[-1] + MINUTES_PER_DAY]
    costs = [
        whole(hour_day * UNIT / _UNITS_PER_HOUR * (end - cut) / MINUTES_PER_DAY)
        for cut, end in zip(cuts, ends, strict=True)
    ]
    return (0, *costs[1:])


def _open_costs(frame: Frame, cuts: Sequence[int]) -> tuple[int, ...]:
    """Return the cost of a unit not done at each midnight, the horizon's end too."""
    cost = whole(frame.plan.weights.open_hour_day * UNIT / _UNITS_PER_HOUR)
    midnights = set(frame.day_starts[1:])
    return tuple(cost if cut in midnights else 0 for cut in cuts)
