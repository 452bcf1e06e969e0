"""Two rosters of a plan side by side: what changed for whom, and what it does."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from models.errors import PlanError
from models.roster.result import Roster
from scheduler.preparing import Prepared
from scheduler.reading.finding import Finding
from scheduler.rosters.changes import Change, DayChange, day_changes, days_worked
from scheduler.rosters.compared import (
    CaseSide,
    CaseSides,
    CompareDocument,
    Counts,
    DayCounts,
    QueueSide,
    QueueSides,
    Totals,
)
from scheduler.rosters.figures import QueueFigures
from scheduler.rosters.measure import Sums
from scheduler.rosters.measure_cases import CaseSums
from scheduler.rosters.origin import origin_notes
from scheduler.rosters.reading import RosterRead, read_roster
from scheduler.rosters.score import Weighed, difference, weigh


def compare(prepared: Prepared, a: Path, b: Path) -> CompareDocument:
    """Return what changes from the roster in one folder to that in another.

    Raises
    ------
    PlanError
        With every cell of their files that is wrong.
    """
    first, second = _both(prepared, a, b)
    one, other = (
        weigh(prepared, folder, read.roster)
        for folder, read in ((a, first), (b, second))
    )
    known = one.sums is not None and other.sums is not None
    changes = day_changes(prepared.translation, first.roster, second.roster)
    days = _days(prepared, changes, first.roster, second.roster, known=known)
    return CompareDocument(
        name=prepared.plea.name,
        plan_hash=prepared.plea.plan_hash,
        shifts_only=not known,
        a=one.score,
        b=other.score,
        totals=Totals(
            agents=len(prepared.problem.agents),
            agents_touched=len({change.agent for change in changes}),
            **_sum(days, known=known).model_dump(),
        ),
        days=days,
        changes=changes,
        queues=_queues(one, other),
        cases=_cases(one, other),
        difference=difference(other.score.goals, one.score.goals),
        notes=[
            *(
                note
                for folder in dict.fromkeys((a, b))
                for note in origin_notes(folder, prepared.plea.plan_hash)
            ),
            *(f"{a}: {note}" for note in first.notes),
            *(f"{b}: {note}" for note in second.notes),
        ],
    )


def _both(prepared: Prepared, a: Path, b: Path) -> tuple[RosterRead, RosterRead]:
    """Return both rosters; what is wrong with either is told of both."""
    found, wrong = [], []
    for folder in (a, b):
        try:
            axis = prepared.translation.axis
            found.append(read_roster(folder, prepared.problem, axis))
        except PlanError as error:
            wrong += [_placed(one, folder) for one in error.problems]
    if wrong:
        raise PlanError(wrong)
    return found[0], found[1]


def _placed(problem: object, folder: Path) -> object:
    """Return a finding with the folder of its file: both rosters have such files."""
    if isinstance(problem, Finding) and problem.file != str(folder):
        return replace(problem, file=str(folder / Path(problem.file).name))
    return problem


def _days(
    prepared: Prepared,
    changes: Sequence[DayChange],
    first: Roster,
    second: Roster,
    *,
    known: bool,
) -> list[DayCounts]:
    axis = prepared.translation.axis
    kinds = Counter((change.date, change.change) for change in changes)
    touched = {(change.agent, change.date) for change in changes}
    worked = Counter(axis.date(day) for _, day in days_worked(first, second))
    differ = Counter(date for _, date in touched)
    return [
        DayCounts(
            date=date,
            worked=worked[date],
            same=worked[date] - differ[date],
            added=kinds[date, Change.ADDED],
            removed=kinds[date, Change.REMOVED],
            changed=kinds[date, Change.CHANGED],
            within=kinds[date, Change.WITHIN] if known else None,
        )
        for date in map(axis.date, range(prepared.problem.days))
    ]


def _sum(days: Sequence[Counts], *, known: bool) -> Counts:
    return Counts(
        worked=sum(one.worked for one in days),
        same=sum(one.same for one in days),
        added=sum(one.added for one in days),
        removed=sum(one.removed for one in days),
        changed=sum(one.changed for one in days),
        within=sum(one.within or 0 for one in days) if known else None,
    )


def _pairs(one: Weighed, other: Weighed) -> tuple[Sums, Sums] | None:
    if one.sums is None or other.sums is None:
        return None
    return one.sums, other.sums


def _queues(one: Weighed, other: Weighed) -> list[QueueSides]:
    pair = _pairs(one, other)
    if pair is None:
        return []
    return [
        QueueSides(
            queue=a.queue,
            required_hours=a.required_hours,
            service_level_target=a.service_level_target,
            service_level_scope=a.service_level_scope,
            at_best=a.at_best,
            a=_queue_side(a),
            b=_queue_side(b),
        )
        for a, b in zip(pair[0].queues, pair[1].queues, strict=True)
    ]


def _queue_side(queue: QueueFigures) -> QueueSide:
    levels = [
        (day.service_level, day.date)
        for day in queue.days
        if day.service_level is not None
    ]
    level, date = min(levels, default=(None, None))
    return QueueSide(
        rostered_hours=queue.rostered_hours,
        short_hours=queue.short_hours,
        service_level=queue.service_level,
        worst_day=date,
        worst_level=level,
    )


def _cases(one: Weighed, other: Weighed) -> list[CaseSides]:
    pair = _pairs(one, other)
    if pair is None:
        return []
    return [
        CaseSides(
            case_type=a.case_type,
            hours_needed=a.hours_needed,
            a=_case_side(a),
            b=_case_side(b),
        )
        for a, b in zip(pair[0].cases, pair[1].cases, strict=True)
    ]


def _case_side(case: CaseSums) -> CaseSide:
    return CaseSide(
        hours=case.hours_rostered,
        hours_fill=case.hours_fill,
        completed=case.completed,
        breaches=case.breaches,
        overdue=case.overdue,
    )
