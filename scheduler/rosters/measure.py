"""Adds up what a roster gives to the figures of its summary."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from models.roster.predict import mean_by_day, mean_over_calls
from models.roster.problem import Kind, RosterProblem
from models.roster.result import Activity, Roster, Worked
from scheduler.calendars import TimeAxis
from scheduler.rosters.fair import fair_figures
from scheduler.rosters.figures import (
    DayFigures,
    FairFigures,
    PeopleFigures,
    QueueDay,
    QueueFigures,
    ShortMoment,
    Summary,
)
from scheduler.rosters.measure_cases import CaseSums, case_figures, case_sums
from scheduler.rosters.outlook import (
    Floats,
    Outlook,
    QueueOutlook,
    outermost,
    told_apart,
)
from scheduler.rosters.wishes import asked_wishes
from scheduler.translate import Translation

WORST_MOMENTS = 3
_NOTHING = 0.005  # people or cases
_SHOWN = 0.05  # people: less looks like nobody where it is told


@dataclass(frozen=True)
class Sums:
    """The figures of a roster but for those that take long: what chance may do."""

    days: list[DayFigures]
    queues: list[QueueFigures]
    cases: list[CaseSums]
    people: PeopleFigures
    fair: list[FairFigures]


def measure(translation: Translation, roster: Roster, outlook: Outlook) -> Summary:
    """Return the figures of a roster whose activities are known."""
    found = sums(translation, roster, outlook)
    return Summary(
        days=found.days,
        queues=found.queues,
        worst=_worst(translation.axis, outlook),
        cases=[case_figures(translation, case) for case in outlook.cases],
        people=found.people,
        fair=found.fair,
    )


def sums(translation: Translation, roster: Roster, outlook: Outlook) -> Sums:
    """Return the same without what takes long to know."""
    problem, axis = translation.problem, translation.axis
    queues = [_queue(problem, axis, queue) for queue in outlook.queues]
    demands = translation.demands
    whole = outermost(demands)
    told = [q for w in whole for q in told_apart(demands, w)]
    for q in range(len(demands)):
        shared = any(set(demands[q].queues) < set(d.queues) for d in demands)
        queues[q] = queues[q].model_copy(update={"at_best": shared})
    useful = sum(_useful_calls(outlook.queues[q]) for q in whole)
    cases = [case_sums(case) for case in outlook.cases]
    on_cases = [x for x in roster.activities or () if x.kind is Kind.CASE]
    useful += sum(case.hours_used for case in cases)
    return Sums(
        days=[
            _day(
                problem,
                axis,
                roster,
                on_cases,
                [queues[q] for q in whole],
                [queues[q] for q in told],
                day,
            )
            for day in range(problem.days)
        ],
        queues=queues,
        cases=cases,
        people=_people(problem, roster, useful, cases),
        fair=fair_figures(translation, roster),
    )


def _known(value: float) -> float | None:
    """Return a figure, ``None`` where there is none."""
    return None if math.isnan(value) else round(value, 6)


def _hours(queue: QueueOutlook, people: Floats) -> float:
    """Return people per interval as agent-hours within the horizon."""
    total = people[queue.in_horizon].sum() * queue.demand.minutes / 60
    return round(float(total), 4)


def _queue(problem: RosterProblem, axis: TimeAxis, queue: QueueOutlook) -> QueueFigures:
    demand = queue.demand
    asked = queue.in_horizon & (demand.required > 0)
    covered = asked & (queue.short < _NOTHING)
    levels = mean_by_day(
        queue.service_level, demand.calls, demand.starts, problem.day_starts
    )
    edges = np.searchsorted(demand.starts, problem.day_starts).tolist()
    scale = demand.minutes / 60
    days = [
        QueueDay(
            date=axis.date(day),
            calls=float(demand.calls[first:last].sum()),
            required_hours=float(demand.required[first:last].sum() * scale),
            rostered_hours=float(queue.effective[first:last].sum() * scale),
            short_hours=float(queue.short[first:last].sum() * scale),
            service_level=_known(levels[day]),
        )
        for day, (first, last) in enumerate(pairwise(edges))
    ]
    within = queue.in_horizon
    level = mean_over_calls(queue.service_level[within], demand.calls[within])
    return QueueFigures(
        queue=demand.name,
        calls=float(demand.calls[within].sum()),
        required_hours=_hours(queue, demand.required),
        rostered_hours=_hours(queue, queue.effective),
        short_hours=_hours(queue, queue.short),
        intervals=int(asked.sum()),
        intervals_covered=int(covered.sum()),
        service_level=_known(level),
        service_level_target=demand.service_level,
        service_level_scope=demand.scope,
        spans=len(demand.spans),
        spans_reached=sum(queue.reached),
        days=days,
    )


def _useful_calls(queue: QueueOutlook) -> float:
    """Return the agent-hours on calls up to what the calls need."""
    met = np.maximum(0, queue.demand.required - queue.short)
    return _hours(queue, np.minimum(queue.effective, met))


def _worst(axis: TimeAxis, outlook: Outlook) -> list[ShortMoment]:
    """Return the intervals in which most people are missing, each moment once."""
    found = [
        ShortMoment(
            queue=queue.demand.name,
            start=axis.moment(int(queue.demand.starts[i])),
            required=float(queue.demand.least[i]),
            effective=float(queue.effective[i]),
            short=float(queue.short[i]),
        )
        for queue in outlook.queues
        for i in np.flatnonzero(queue.short >= _SHOWN)
    ]
    found.sort(key=lambda moment: (-moment.short, moment.start))
    once = {moment.start: moment for moment in reversed(found)}
    return sorted(once.values(), key=lambda m: (-m.short, m.start))[:WORST_MOMENTS]


def _day(
    problem: RosterProblem,
    axis: TimeAxis,
    roster: Roster,
    on_cases: Sequence[Activity],
    queues: list[QueueFigures],
    rated: list[QueueFigures],
    day: int,
) -> DayFigures:
    """Return one day; a shift over midnight is paid on the day on which it starts.

    Each call is in one of ``queues``, and in one of ``rated``, which have a level.
    """
    own = [queue.days[day] for queue in queues]
    levels = [queue.days[day] for queue in rated]
    calls = sum(queue.calls for queue in levels if queue.service_level is not None)
    in_time = sum(queue.calls * (queue.service_level or 0) for queue in levels)
    start, end = problem.day_starts[day], problem.day_starts[day + 1]
    return DayFigures(
        date=axis.date(day),
        calls=sum(queue.calls for queue in own),
        required_hours=sum(queue.required_hours for queue in own),
        rostered_hours=sum(queue.rostered_hours for queue in own),
        short_hours=sum(queue.short_hours for queue in own),
        service_level=in_time / calls if calls else None,
        at_best=any(queue.at_best for queue in rated),
        case_hours=_hours_within(on_cases, start, end),
        paid_hours=sum(w.paid_minutes for w in roster.worked if w.day == day) / 60,
    )


def _hours_within(activities: Sequence[Activity], start: int, end: int) -> float:
    """Return the hours of activities in a stretch of time."""
    return sum(max(0, min(x.end, end) - max(x.start, start)) for x in activities) / 60


def _people(
    problem: RosterProblem, roster: Roster, useful: float, cases: Sequence[CaseSums]
) -> PeopleFigures:
    shifts: list[list[Worked]] = [[] for _ in problem.agents]
    for shift in roster.worked:
        shifts[shift.agent].append(shift)
    paid = sum(w.paid_minutes for w in roster.worked) / 60
    wishes = asked_wishes(problem, roster)
    minutes: Counter[Kind] = Counter()
    for x in roster.activities or ():
        minutes[x.kind] += max(0, x.end - x.start)
    return PeopleFigures(
        agents=len(problem.agents),
        agents_rostered=sum(bool(own) for own in shifts),
        shifts=len(roster.worked),
        paid_hours=paid,
        overtime_hours=_overtime(problem, shifts),
        voice_hours=minutes[Kind.VOICE] / 60,
        case_hours=minutes[Kind.CASE] / 60,
        break_hours=minutes[Kind.BREAK] / 60,
        meeting_hours=minutes[Kind.MEETING] / 60,
        idle_hours=minutes[Kind.IDLE] / 60,
        unused_case_hours=sum(
            c.hours_rostered - min(c.hours_used, c.hours_rostered) for c in cases
        ),
        useful_hours=useful,
        useful_share=useful / paid if paid else None,
        wishes=len(wishes),
        wishes_missed=sum(not wish.is_granted for wish in wishes),
    )


def _overtime(problem: RosterProblem, shifts: list[list[Worked]]) -> float:
    """Return the paid hours beyond the week's limit of each agent."""
    minutes = 0
    for agent, own in zip(problem.agents, shifts, strict=True):
        for days, limits in zip(problem.weeks, agent.weeks, strict=True):
            paid = sum(w.paid_minutes for w in own if w.day in days)
            minutes += max(0, paid - limits.max_minutes)
    return minutes / 60
