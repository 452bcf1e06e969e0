"""Cohorts: cases of one type that come together and are due together."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from models.throughput import Cohort, effective_inflow
from scheduler.calendars import received
from scheduler.clock import MINUTES_PER_DAY
from scheduler.domain import CaseType, Plan, ReopenClock, Stage, in_order
from scheduler.tables import BacklogAge, Inflow, OpenCases
from scheduler.translate.clocks import Clocks, Dues
from scheduler.translate.frame import Frame, ceil_to, floor_to

_SLICE_MINUTES = 120
_HOUR = 60


@dataclass(frozen=True)
class Batch:
    """Cases of one type that came together; ``arrives`` is when they can be worked.

    ``breached``: past their deadline on day one, and due when the plan wants them.
    """

    cases: float
    arrives: int
    received: int
    dues: Dues
    breached: bool = False


@dataclass(frozen=True)
class Sources:
    """The rows of a plan that cases come from, by case type."""

    open: Mapping[str, list[OpenCases]]
    new: Mapping[str, list[Inflow]]

    @staticmethod
    def of(plan: Plan) -> "Sources":
        """Return the rows of a plan by case type."""
        opened: dict[str, list[OpenCases]] = {}
        for row in plan.open_cases:
            opened.setdefault(row.case_type, []).append(row)
        for group in plan.backlog_ages:
            opened.setdefault(group.case_type, []).extend(_by_date(plan, group))
        new: dict[str, list[Inflow]] = {}
        for inflow in plan.inflow:
            new.setdefault(inflow.case_type, []).append(inflow)
        return Sources(opened, new)


def _by_date(plan: Plan, group: BacklogAge) -> Iterator[OpenCases]:
    """Yield the open cases of a group of ages as rows, received evenly by date."""
    days = range(group.from_days + 1, group.to_days + 1)
    for age in days if group.cases else ():
        yield OpenCases(
            case_type=group.case_type,
            received=plan.horizon.first_day - dt.timedelta(days=age),
            cases=group.cases / len(days),
        )


def all_cohorts(
    frame: Frame, kinds: Sequence[CaseType], sources: Sources
) -> dict[str, tuple[Cohort, ...]]:
    """Return the cohorts of every case type, those that other types feed included.

    A case is planned to come to the next stage when it is due in the one before, so
    that each stage has all its time; what is done sooner may come sooner.
    """
    found: dict[str, tuple[Cohort, ...]] = {}
    fed: dict[str, list[Batch]] = {}
    for kind in in_order(kinds):
        own = cohorts(frame, kind, sources, fed.get(kind.name, ()))
        found[kind.name] = own
        for stage in kind.feeds:
            (after,) = (each for each in kinds if each.name == stage.case_type)
            share = stage.share * (1 - kind.reopen_rate)  # each goes on once
            fed.setdefault(after.name, []).extend(
                _passed_on(Clocks(frame, after), own, stage, share)
            )
    return found


def _passed_on(
    clocks: Clocks, own: Sequence[Cohort], stage: Stage, share: float
) -> Iterator[Batch]:
    """Yield the cases of a stage as they come to the next one.

    On the same clock what was late stays so, and so is that whose clock has run out
    before it comes; it is due when the plan wants late cases done.
    """
    frame = clocks.frame
    wait = round(stage.wait_days * MINUTES_PER_DAY)
    for cohort in own:
        due = int(min(cohort.due, frame.horizon_end))
        arrives = ceil_to(due + wait, frame.period)
        if arrives < frame.horizon_end:
            came = int(cohort.received) if stage.same_clock else arrives
            late, dues = False, clocks.dues(arrives)
            if stage.same_clock:
                dues = clocks.resumed(came, due, arrives)
                late = cohort.breached or dues[-1][1] <= arrives
            if late:
                dues = ((1.0, clocks.recovery_from(arrives)),)
            yield Batch(cohort.items * share, arrives, came, dues, late)


def cohorts(
    frame: Frame,
    case_type: CaseType,
    sources: Sources,
    fed: Iterable[Batch] = (),
) -> tuple[Cohort, ...]:
    """Return the open cases and the inflow of one type, in order of arrival.

    Cases that come back at once count as more of the same: items are effective ones,
    ``cases / (1 - reopen_rate)``. Those that come back later are cohorts of their own.
    Work divides by utilisation and by who is there:
    ``items * handle_minutes / utilisation / (1 - unplanned_shrinkage)``.
    """
    clocks = Clocks(frame, case_type)
    batches = [
        *_backlog(clocks, sources.open.get(case_type.name, ())),
        *_arriving(clocks, sources.new.get(case_type.name, ())),
        *fed,
    ]
    found = [
        cohort
        for batch in batches
        for again in _with_reopened(clocks, batch)
        for cohort in _cohorts(clocks, again)
    ]
    return tuple(sorted(found, key=lambda cohort: (cohort.arrives, cohort.deadline)))


def _cohorts(clocks: Clocks, batch: Batch) -> Iterator[Cohort]:
    """Yield a cohort for each deadline of a batch."""
    kind = clocks.case_type
    there = kind.utilisation * (1 - kind.unplanned_shrinkage)
    for share, due in batch.dues:
        items = batch.cases * share
        if items > 0:
            yield Cohort(
                case_type=kind.name,
                arrives=batch.arrives,
                deadline=max(batch.arrives, floor_to(due, clocks.frame.period)),
                items=items,
                work_minutes=items * kind.mean_minutes / there,
                received=batch.received,
                breached=batch.breached,
            )


def _with_reopened(clocks: Clocks, batch: Batch) -> Iterator[Batch]:
    """Yield a batch and what of it comes back inside the horizon, again and again."""
    kind = clocks.case_type
    lag = round(kind.reopen_after_days * MINUTES_PER_DAY)
    if not lag or not kind.reopen_rate:
        cases = effective_inflow(batch.cases, kind.reopen_rate)
        yield Batch(cases, batch.arrives, batch.received, batch.dues, batch.breached)
        return
    yield batch
    first = max(batch.received, 0)
    for n in count(1):
        back = first + n * lag
        arrives = ceil_to(back, clocks.frame.period)
        if arrives >= clocks.frame.horizon_end:
            return
        same = kind.reopen_clock is ReopenClock.SAME
        dues = batch.dues if same else clocks.dues(back)
        yield Batch(batch.cases * kind.reopen_rate**n, arrives, back, dues)


def open_groups(
    clocks: Clocks, rows: Iterable[OpenCases]
) -> dict[tuple[int, Dues], list[OpenCases]]:
    """Return the rows of open cases received in one hour and due in one period.

    Deadlines are rounded down to the grid; the first of a key is when they came.
    """
    hours: dict[tuple[int, Dues], list[OpenCases]] = {}
    of: dict[dt.date, tuple[int, Dues]] = {}
    for row in rows:
        if row.received not in of:
            came = received(row.received, clocks.sla_hours)
            dues = clocks.left(came, _local_date(row.received))
            of[row.received] = came, _on_grid(clocks, dues)
        came, dues = of[row.received]
        if row.due is not None:
            dues = _on_grid(clocks, ((1.0, clocks.frame.ends(row.due)),))
        hours.setdefault((came // _HOUR, dues), []).append(row)
    return {
        (_mean(of[row.received][0] for row in group), dues): group
        for (_, dues), group in hours.items()
    }


def _local_date(moment: dt.date) -> dt.date | None:
    """Return the date of a moment on the plan's clock; ``None`` if it has its own."""
    if not isinstance(moment, dt.datetime):
        return moment
    return None if moment.tzinfo is not None else moment.date()


def _on_grid(clocks: Clocks, dues: Dues) -> Dues:
    """Return deadlines on the grid; what is due after the start stays so."""
    period = clocks.frame.period
    return tuple(
        (share, max(floor_to(due, period), min(due, 1))) for share, due in dues
    )


def _mean(minutes: Iterable[int]) -> int:
    every = list(minutes)
    return sum(every) // len(every)


def open_batch(clocks: Clocks, came: int, dues: Dues, cases: float) -> Batch:
    """Return open cases as a batch; those late on day one are due as the plan wants."""
    breached = dues[0][1] <= 0
    return Batch(
        cases,
        arrives=0,
        received=min(came, 0),
        dues=((1.0, clocks.recovery),) if breached else dues,
        breached=breached,
    )


def _backlog(clocks: Clocks, rows: Iterable[OpenCases]) -> Iterator[Batch]:
    """Yield a batch for all open cases received at once and due at once."""
    for (came, dues), group in open_groups(clocks, rows).items():
        cases = sum(row.cases for row in group)
        if cases:
            yield open_batch(clocks, came, dues, cases)


def _arriving(clocks: Clocks, rows: Iterable[Inflow]) -> Iterator[Batch]:
    """Yield the inflow in lots; what arrives after the horizon is next week's.

    Each lot comes at its end, so that no case can be worked before it is there.
    """
    for row in rows:
        cases = row.cases - automated(clocks.case_type, row.cases)
        for _, minute, share in lots(clocks, row.date):
            arrives = ceil_to(minute, clocks.frame.period)
            if cases and arrives < clocks.frame.horizon_end:
                dues = clocks.dues(minute, row.date)
                yield Batch(cases * share, arrives, minute, dues)


def automated(case_type: CaseType, cases: float) -> float:
    """Return how many of a day's new cases a robot does, at most all that it can."""
    wanted = cases * case_type.automation_share
    most = case_type.automation_per_day
    return wanted if most is None else min(wanted, most)


def lots(clocks: Clocks, date: dt.date) -> list[tuple[int, int, float]]:
    """Return from when to when a date's cases come, and what share of them.

    Evenly over its opening hours, two hours at a time. On a closed date all come at its
    end.
    """
    opened = clocks.hours.on(date)
    if not opened:
        end = clocks.frame.ends(date)
        return [(end, end, 1.0)]
    total = sum(end - start for start, end in opened)
    return [
        (
            first,
            until := min(first + _SLICE_MINUTES, end),
            (until - first) / total,
        )
        for start, end in opened
        for first in range(start, end, _SLICE_MINUTES)
    ]
