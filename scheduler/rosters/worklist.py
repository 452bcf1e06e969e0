"""Who should take which case next: what is open at a moment, in the order of work."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from models.roster.predict import case_slices
from models.roster.problem import Kind, RosterProblem
from models.roster.result import Activity, Roster
from models.throughput import forecast
from scheduler.calendars import TimeAxis
from scheduler.domain import CaseType
from scheduler.rosters.outlook import CaseOutlook, Floats
from scheduler.translate import Translation
from scheduler.translate.clocks import Clocks
from scheduler.translate.cohorts import Sources, open_batch, open_groups
from scheduler.translate.frame import Frame

_NOTHING = 0.005  # cases

Names = dict[tuple[float, float], list[str]]  # by when received and due


class By(StrEnum):
    """What comes first among cases that can still be in time; late ones come last."""

    DEADLINE = "deadline"  #: earliest deadline (Horn, 1974)
    COST = "cost"  #: most weight for a minute of work (Smith, 1956), then deadline


@dataclass(frozen=True)
class OpenWork:
    """Open cases of one type that were received and are due together.

    Attributes
    ----------
    due
        Their deadline; of those late on day one when the plan wants them done.
    late
        Whether that, or their own deadline, has passed.
    case_ids
        Of those of them that the plan names and that are not done yet.
    """

    case_type: str
    received: dt.datetime
    due: dt.datetime | None
    cases: float
    late: bool
    case_ids: tuple[str, ...]


@dataclass(frozen=True)
class Task:
    """An agent in a block of case work, and the cases to take next from.

    ``next`` is ``None`` where none is left.
    """

    agent: str
    case_type: str
    until: dt.datetime
    next: OpenWork | None
    case_id: str | None


@dataclass(frozen=True)
class Worklist:
    """At a moment: who takes what next, and all that is open in the order of work."""

    at: dt.datetime
    tasks: tuple[Task, ...]
    open: tuple[OpenWork, ...]


def worklist(
    translation: Translation,
    roster: Roster,
    cases: Sequence[CaseOutlook],
    at: int,
    by: By = By.DEADLINE,
) -> Worklist:
    """Return who should take what next at a minute of the horizon.

    What was done until then is what the roster's blocks could do, in the order of work.
    """
    axis = translation.axis
    kinds = {case.case_type: case.kind for case in cases}
    frame, sources = Frame.of(translation.plan), Sources.of(translation.plan)
    queues = {}
    for case in cases:
        names = _names(Clocks(frame, case.kind), sources)
        queues[case.case_type] = list(_open(translation, case, names, at))
    every = [work for queue in queues.values() for work in queue]
    every.sort(key=lambda work: _rank(work, kinds[work.case_type], by))
    tasks = []
    for x in _blocks(translation.problem, roster, at):
        work, name = _taken(queues.get(x.name, []))
        agent = translation.problem.agents[x.agent].name
        tasks.append(Task(agent, x.name, axis.moment(x.end), work, name))
    return Worklist(axis.moment(at), tuple(tasks), tuple(every))


def _rank(work: OpenWork, kind: CaseType, by: By) -> tuple[bool, float, float]:
    due = float("inf") if work.due is None else work.due.timestamp()
    dear = kind.weight / kind.mean_minutes if by is By.COST else 0.0
    return work.late, -dear, due


def _blocks(problem: RosterProblem, roster: Roster, at: int) -> list[Activity]:
    """Return the case blocks that are under way, by agent."""
    found = [
        x
        for x in roster.activities or ()
        if x.kind is Kind.CASE and x.start <= at < x.end
    ]
    return sorted(found, key=lambda x: (x.name, problem.agents[x.agent].name))


def _taken(queue: list[OpenWork]) -> tuple[OpenWork | None, str | None]:
    """Take one case off the head of a queue."""
    if not queue:
        return None, None
    head = queue[0]
    left = head.cases - 1
    ids = head.case_ids[1:]
    if left > _NOTHING:
        queue[0] = OpenWork(
            head.case_type, head.received, head.due, left, head.late, ids
        )
    else:
        queue.pop(0)
    return head, head.case_ids[0] if head.case_ids else None


def _open(
    translation: Translation, case: CaseOutlook, names: Names, at: int
) -> Iterator[OpenWork]:
    """Yield the open cases of a type in the order in which they are worked."""
    axis = translation.axis
    left = _left(translation.problem, case, at)
    there = [
        (cohort.due <= at, cohort.deadline, cohort, items)
        for cohort, items in zip(case.cohorts, left.tolist(), strict=True)
        if cohort.start <= at and items > _NOTHING
    ]
    for late, deadline, cohort, items in sorted(there, key=lambda each: each[:2]):
        ids = names.get((cohort.received, cohort.deadline), [])
        if cohort.start > 0:
            ids = []
        done = round(len(ids) * (1 - items / cohort.items))
        yield OpenWork(
            case_type=case.case_type,
            received=axis.moment(int(cohort.received)),
            due=_moment(axis, deadline),
            cases=items,
            late=late,
            case_ids=tuple(ids[done:]),
        )


def _moment(axis: TimeAxis, minute: float) -> dt.datetime | None:
    return None if minute == float("inf") else axis.moment(int(minute))


def _left(problem: RosterProblem, case: CaseOutlook, at: int) -> Floats:
    """Return how many of each cohort are not done at a minute."""
    fresh = np.array([cohort.items for cohort in case.cohorts])
    if at <= 0:
        return fresh
    ends, minutes = case_slices(problem, case.minutes)
    by_then = ends <= at
    days = [end for end in problem.day_starts[1:] if end < at]
    seen = forecast(case.cohorts, ends[by_then], minutes[by_then], [*days, at])
    came = np.array([cohort.start < at for cohort in case.cohorts])
    return np.where(came, seen.open_items, fresh)


def _names(clocks: Clocks, sources: Sources) -> Names:
    """Return the names of open cases by when they were received and are due."""
    rows = sources.open.get(clocks.case_type.name, ())
    period = clocks.frame.period
    found: Names = {}
    for (came, dues), group in open_groups(clocks, rows).items():
        batch = open_batch(clocks, came, dues, 1.0)
        named = [row.case_id for row in group if row.case_id]
        first = 0
        for share, due in batch.dues:
            last = first + round(share * len(named))
            deadline = max(0, due // period * period)
            key = (float(batch.received), float(deadline))
            found.setdefault(key, []).extend(named[first:last])
            first = last
    return found
