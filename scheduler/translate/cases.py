"""Rows of deferred work: streams, cuts, and what lateness costs."""

from collections import Counter
from collections.abc import Sequence

from models.roster.problem import UNIT, WORK_PER_MINUTE, Cases, Kind, Stream, Work
from models.throughput import Cohort, monotone_streams
from scheduler.clock import MINUTES_PER_DAY
from scheduler.domain import CaseType, SlaUnit
from scheduler.translate.frame import Frame, ceil_to, floor_to, whole

_UNITS_PER_HOUR = 60 * WORK_PER_MINUTE


def case_work(frame: Frame, case_type: CaseType) -> Work:
    """Return the work of a case type: its hours and the lengths of its blocks."""
    longest = case_type.maximum_block_minutes
    return Work(
        name=case_type.name,
        kind=Kind.CASE,
        open=frame.opening(case_type.calendar),
        shortest=ceil_to(case_type.minimum_block_minutes, frame.period),
        settling=case_type.settling_minutes,
        longest=None if longest is None else floor_to(longest, frame.period),
    )


def breached_note(case_type: CaseType, own: Sequence[Cohort]) -> list[str]:
    """Return how many open cases of a type are late before the first day."""
    items = sum(cohort.items for cohort in own if cohort.breached)
    if not items:
        return []
    if not case_type.reopen_after_days:
        items *= 1 - case_type.reopen_rate
    cases = f"{items:g} open cases"
    target = f"target: {case_type.breached_target_days} open days"
    return [f"case type {case_type.name!r}: {cases} are late on day one ({target})"]


def weekend_note(frame: Frame, case_type: CaseType) -> list[str]:
    """Return which days of the weekend count as business days without being asked."""
    clock = case_type.sla
    calendar = frame.plan.calendars.get(case_type.calendar or "")
    if clock.unit is not SlaUnit.BUSINESS_DAYS or clock.calendar or calendar is None:
        return []
    open_ = [d for d in ("saturday", "sunday") if getattr(calendar, d)]
    if not open_:
        return []
    days = " and ".join(day.capitalize() for day in open_)
    verb = "counts" if len(open_) == 1 else "count"
    return [
        f"case type {case_type.name!r}: {days} {verb} as business "
        f"{'day' if len(open_) == 1 else 'days'}, for calendar "
        f"{case_type.calendar!r} is open then (sla.calendar may name another)"
    ]


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
