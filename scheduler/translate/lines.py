"""Each queue on its own: what its tables say, interval by interval."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from models import erlang
from models.roster.problem import Stretch
from scheduler import tables
from scheduler.calendars import merged
from scheduler.domain import Queue, Scope
from scheduler.translate.demand import (
    Bools,
    Floats,
    QueueDemand,
    agents_for_chats,
    agents_needed,
    floor_of,
    load_of,
    targets_of,
)
from scheduler.translate.frame import Frame
from scheduler.translate.spans import spanned


@dataclass(frozen=True, eq=False)
class Line:
    """A queue, when it is open, and what it needs.

    Attributes
    ----------
    tail_from_history
        Whether its demand after the horizon was taken from an earlier day.
    notes
        What the planner should hear about it.
    """

    queue: Queue
    open: tuple[Stretch, ...]
    demand: QueueDemand
    tail_from_history: bool
    notes: tuple[str, ...]


def lines(frame: Frame) -> tuple[Line, ...]:
    """Return a line for each queue of the plan, in its order."""
    calls: dict[str, list[tables.Calls]] = {}
    for row in frame.plan.calls:
        calls.setdefault(row.queue, []).append(row)
    required: dict[str, list[tables.Required]] = {}
    for other in frame.plan.required:
        required.setdefault(other.queue, []).append(other)
    return tuple(
        _line(frame, queue, calls.get(queue.name, []), required.get(queue.name, []))
        for queue in frame.plan.queues
    )


def _line(
    frame: Frame,
    queue: Queue,
    calls_rows: list[tables.Calls],
    required_rows: list[tables.Required],
) -> Line:
    calls = _series(frame, ((row.start, row.calls) for row in calls_rows))
    handle = _series(frame, ((row.start, row.handle_seconds) for row in calls_rows))
    people = _series(frame, ((row.start, row.agents) for row in required_rows))
    lacking = [_lacks_tail(frame, calls), _lacks_tail(frame, people)]
    if lacking[0]:
        calls, handle = _with_tail(frame, calls), _with_tail(frame, handle)
    if lacking[1]:
        people = _with_tail(frame, people)
    is_open, stretches = _opening(frame, queue, calls, people)
    notes = [
        *_closed_note(frame, queue, calls, is_open, "calls are forecast"),
        *_closed_note(frame, queue, people, is_open, "people are required"),
    ]
    demand = _demand(frame, queue, is_open, calls, handle, people)
    return Line(queue, stretches, demand, any(lacking), tuple(notes))


def _series(frame: Frame, rows: Iterable[tuple[dt.datetime, float]]) -> Floats:
    """Return a value per interval, nan where there is no row."""
    values = np.full(frame.end // frame.interval, np.nan)
    for start, value in rows:
        i = frame.axis.minute(start) // frame.interval
        if 0 <= i < len(values):
            values[i] = value
    return values


def _lacks_tail(frame: Frame, values: Floats) -> bool:
    """Whether rows end with the horizon, though shifts do not."""
    days = frame.horizon_end // frame.interval
    has_rows = not np.isnan(values[:days]).all()
    return has_rows and days < len(values) and bool(np.isnan(values[days:]).all())


def _with_tail(frame: Frame, values: Floats) -> Floats:
    """Return the values with those after the horizon taken from an earlier day."""
    days = frame.horizon_end // frame.interval
    sources = [
        _source(frame, i * frame.interval) // frame.interval
        for i in range(days, len(values))
    ]
    return np.concatenate([values[:days], values[sources]])


def _source(frame: Frame, minute: int) -> int:
    """Return the same time of the same weekday, else of the last day."""
    moment = frame.axis.moment(minute)
    date = moment.date() - dt.timedelta(days=7)
    if date < frame.axis.first_day:
        date = frame.axis.date(frame.days - 1)
    return frame.axis.local(date, 60 * moment.hour + moment.minute)


def _opening(
    frame: Frame, queue: Queue, calls: Floats, people: Floats
) -> tuple[Bools, tuple[Stretch, ...]]:
    """Return the intervals in which a queue is open, and its opening hours."""
    if queue.calendar is None:
        is_open: Bools = np.fmax(calls, people) > 0
        starts = (np.flatnonzero(is_open) * frame.interval).tolist()
        return is_open, merged((start, start + frame.interval) for start in starts)
    stretches = frame.opening(queue.calendar)
    periods = periods_in(frame, stretches).reshape(len(calls), -1)
    return np.logical_or.reduce(periods, axis=1), stretches


def periods_in(frame: Frame, stretches: Iterable[Stretch]) -> Bools:
    """Return which periods lie in the stretches."""
    inside = np.zeros(frame.periods, dtype=bool)
    for start, end in stretches:
        inside[start // frame.period : end // frame.period] = True
    return inside


def _closed_note(
    frame: Frame, queue: Queue, values: Floats, is_open: Bools, what: str
) -> list[str]:
    outside = np.flatnonzero((values > 0) & ~is_open)
    if not outside.size:
        return []
    first = frame.axis.clock(int(outside[0]) * frame.interval)
    total = f"{values[outside].sum():g} {what} while it is closed"
    return [f"queue {queue.name!r}: {total}, first {first}; nobody is planned for them"]


def _demand(
    frame: Frame,
    queue: Queue,
    is_open: Bools,
    calls: Floats,
    handle: Floats,
    people: Floats,
) -> QueueDemand:
    offered = np.where(is_open, np.nan_to_num(calls), 0.0)
    seconds = np.where(offered > 0, handle, 0.0)
    other = is_open & ~np.isnan(people)
    load = np.where(is_open, load_of(queue, offered, seconds, frame.interval), 0.0)
    minimum = floor_of(queue, is_open)

    def needed(level: float) -> Floats:
        if len(queue.handle_factors) > 1:
            return agents_for_chats(offered, seconds, load, queue, level)
        targets = replace(targets_of(queue), service_level=level)
        return agents_needed(offered, seconds, load, targets)

    agents = needed(queue.service_level)
    formula = erlang.scheduled_agents(agents, queue.unplanned_shrinkage)
    required = np.maximum(np.where(other, people, formula), minimum)
    demand = QueueDemand(
        name=queue.name,
        queues=(queue.name,),
        starts=np.arange(0, frame.end, frame.interval),
        minutes=frame.interval,
        calls=offered,
        handle_seconds=seconds,
        load=load,
        required=required,
        least=required,
        is_open=is_open,
        from_other_tool=other,
        service_level=queue.service_level,
        definition=queue.service_level_of,
        answer_within_seconds=queue.answer_within_seconds,
        patience_seconds=queue.patience_seconds,
        forecast_cv=queue.forecast_cv,
        handle_factors=tuple(queue.handle_factors),
        unplanned_shrinkage=queue.unplanned_shrinkage,
        moving_load=queue.moving_load,
    )
    scope = queue.service_level_scope
    if scope is Scope.INTERVAL:
        return demand
    return spanned(frame, demand, scope, queue.level_of_intervals, minimum, needed)
