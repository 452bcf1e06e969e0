"""A shared queue: what all its calls need together, and who can take them when."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
import numpy.typing as npt

from scheduler.calendars import TimeAxis
from scheduler.domain import Plan, Queue, Scope
from scheduler.tables import Calls, Required
from scheduler.translate.frame import Frame
from scheduler.translate.lines import lines
from scheduler.translate.skills import Skills

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_OWN = {"calendar", "skill"}  # what a queue may have of its own at each site
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, eq=False)
class Shared:
    """A shared queue over all intervals in which one of its sites can take calls.

    Attributes
    ----------
    sites
        In the order of the rows of ``capacity``.
    moments
        When each interval starts, UTC.
    required
        People needed in each, whole; shape ``(intervals,)``.
    calls, handle_seconds
        Calls of all sites; their mean handle time.
    reach
        Whether a site can take calls: it is open, and the interval in its horizon;
        shape ``(sites, intervals)``.
    capacity
        Trained agents who could be on it; of the same shape.
    nobody
        People needed while no site is open.
    """

    queue: str
    sites: tuple[str, ...]
    moments: tuple[dt.datetime, ...]
    required: Ints
    calls: Floats
    handle_seconds: Floats
    reach: Bools
    capacity: Floats
    nobody: int


def unfit(queue: str, plans: Mapping[str, Plan]) -> Iterator[str]:
    """Yield what would have to be another way at some sites for them to share."""
    own = {name: _queue(plan, queue) for name, plan in plans.items()}
    for name in (name for name, found in own.items() if found is None):
        yield f"a queue of each of its sites, {name!r} has none of this name"
    there = {name: found for name, found in own.items() if found is not None}
    for key in sorted(Queue.model_fields.keys() - _OWN):
        values = {name: getattr(found, key) for name, found in there.items()}
        if len({repr(value) for value in values.values()}) > 1:
            told = ", ".join(f"{value!r} at {name!r}" for name, value in values.items())
            yield f"a queue with the same {key} at all sites, not {told}"
    for name, found in there.items():
        yield from (f"{words} at {name!r}" for words in _undivided(found, plans[name]))
    steps = {name: plan.horizon.interval_minutes for name, plan in plans.items()}
    if len(set(steps.values())) > 1:
        told = ", ".join(f"{step} at {name!r}" for name, step in steps.items())
        yield f"sites with the same interval_minutes, not {told}"
    elif len({phase for plan in plans.values() for phase in _phases(plan)}) > 1:
        yield "sites whose intervals start at the same moments, or shorter intervals"


def _queue(plan: Plan, name: str) -> Queue | None:
    return next((queue for queue in plan.queues if queue.name == name), None)


def _undivided(queue: Queue, plan: Plan) -> Iterator[str]:
    """Yield what of a queue cannot be divided."""
    if queue.calendar is None:
        yield "a queue with a calendar, it has none"
    if queue.service_level_scope is not Scope.INTERVAL:
        yield "a queue with the service_level_scope interval"
    if queue.minimum_agents:
        yield f"a queue with the minimum_agents 0, not {queue.minimum_agents:g}"
    if any(kind.blend == "fill" for kind in plan.case_types):
        yield "a plan without the blend fill, whose work depends on all calls,"


def _phases(plan: Plan) -> set[int]:
    """Return how far from the grid of the epoch a plan's intervals start, minutes."""
    axis = TimeAxis.of(plan.horizon)
    starts = axis.day_starts(plan.horizon.days)
    seconds = (round(axis.moment(start).timestamp()) for start in starts)
    return {second // 60 % plan.horizon.interval_minutes for second in seconds}


def shared(queue: str, plans: Mapping[str, Plan]) -> Shared:
    """Return what a queue of several plans needs, its calls taken together.

    Intervals in required.csv stay as they are: those people are added.
    """
    calls, people = _forecast(queue, plans)
    pooled = _pooled(queue, next(iter(plans.values())), calls)
    windows = {name: _window(queue, plan) for name, plan in plans.items()}
    wanted = {
        moment: ceil(pooled.get(moment, 0.0) + people.get(moment, 0.0) - 1e-9)
        for moment in sorted({*pooled, *people})
    }
    wanted = {moment: people for moment, people in wanted.items() if people}
    moments = [m for m in wanted if any(m in own for own in windows.values())]
    return Shared(
        queue=queue,
        sites=tuple(plans),
        moments=tuple(moments),
        required=np.array([wanted[m] for m in moments], np.int64),
        calls=np.array([calls.get(m, (0.0, 0.0))[0] for m in moments]),
        handle_seconds=np.array([calls.get(m, (0.0, 1.0))[1] for m in moments]),
        reach=np.array([[m in own for m in moments] for own in windows.values()]),
        capacity=np.array(
            [[own.get(m, 0.0) for m in moments] for own in windows.values()]
        ),
        nobody=sum(wanted.values()) - sum(wanted[m] for m in moments),
    )


def _forecast(
    queue: str, plans: Mapping[str, Plan]
) -> tuple[dict[dt.datetime, tuple[float, float]], dict[dt.datetime, float]]:
    """Return calls with their mean handle time, and people required, by interval."""
    calls: dict[dt.datetime, tuple[float, float]] = {}
    people: dict[dt.datetime, float] = {}
    for plan in plans.values():
        told = {
            moment: row.agents
            for row in plan.required
            if row.queue == queue and (moment := _interval(plan, row.start))
        }
        for row in plan.calls:
            moment = _interval(plan, row.start)
            if row.queue != queue or moment is None or moment in told or not row.calls:
                continue
            before, handle = calls.get(moment, (0.0, 0.0))
            total = before + row.calls
            mean = (before * handle + row.calls * row.handle_seconds) / total
            calls[moment] = total, mean
        for moment, agents in told.items():
            people[moment] = people.get(moment, 0.0) + agents
    return calls, people


def _interval(plan: Plan, start: dt.datetime) -> dt.datetime | None:
    """Return the start of the interval of a moment; ``None`` outside the horizon."""
    axis, step = TimeAxis.of(plan.horizon), plan.horizon.interval_minutes
    minute = axis.minute(start) // step * step
    if not 0 <= minute < axis.day_starts(plan.horizon.days)[-1]:
        return None
    return axis.moment(minute).astimezone(dt.UTC)


def _pooled(
    queue: str, like: Plan, calls: Mapping[dt.datetime, tuple[float, float]]
) -> dict[dt.datetime, float]:
    """Return the people that calls need, by interval."""
    if not calls:
        return {}
    axis = TimeAxis.of(like.horizon)
    dates = [axis.date_of(axis.minute(moment)) for moment in calls]
    first = min(dates) - _DAY
    own = _queue(like, queue)
    assert own is not None
    every = like.model_copy(
        update={
            "horizon": like.horizon.model_copy(
                update={"first_day": first, "days": (max(dates) - first).days + 2}
            ),
            "queues": [own.model_copy(update={"calendar": None})],
            "calls": [
                Calls(queue=queue, start=moment, calls=number, handle_seconds=handle)
                for moment, (number, handle) in calls.items()
            ],
            "required": [],
        }
    )
    frame = Frame.of(every)
    (line,) = lines(frame)
    needs = zip(line.demand.starts.tolist(), line.demand.required.tolist(), strict=True)
    return {
        frame.axis.moment(start).astimezone(dt.UTC): people
        for start, people in needs
        if people and start < frame.horizon_end
    }


def _window(queue: str, plan: Plan) -> dict[dt.datetime, float]:
    """Return the trained agents who could be on a queue, by open interval."""
    frame, skills = Frame.of(plan), Skills(plan)
    own = _queue(plan, queue)
    assert own is not None
    count, step = frame.horizon_end // frame.interval, frame.interval
    is_open = _within(count, step, frame.opening(own.calendar))
    able = np.zeros(count)
    types = {kind.name: n for n, kind in enumerate(plan.shift_types)}
    reached = np.zeros((len(types), count), dtype=np.bool_)
    for shift in frame.shifts:
        reached[shift.shift_type] |= _within(count, step, [(shift.start, shift.end)])
    menus = {
        contract.name: reached[[types[name] for name in contract.shift_types]].any(
            axis=0
        )
        for contract in plan.contracts
    }
    for agent in plan.agents:
        able += skills.speed(agent.agent_id, own) / 100 * menus[agent.contract]
    return {
        frame.axis.moment(i * step).astimezone(dt.UTC): float(able[i])
        for i in np.flatnonzero(is_open).tolist()
    }


def _within(count: int, step: int, stretches: Sequence[tuple[int, int]]) -> Bools:
    """Return which intervals lie in the stretches from end to end."""
    found = np.zeros(count, dtype=np.bool_)
    for start, end in stretches:
        found[max(0, -(-start // step)) : max(0, end // step)] = True
    return found


def divided(plan: Plan, division: Mapping[str, "Part"]) -> Plan:
    """Return a site's plan with its part of each shared queue, by the queue's name."""
    frame = Frame.of(plan)
    step, end = frame.interval, frame.horizon_end
    calls = [row for row in plan.calls if row.queue not in division]
    required = [row for row in plan.required if row.queue not in division]
    for queue, part in division.items():
        # None wanted in all other intervals and after the horizon, else earlier calls
        # and earlier days would say how many.
        for minute in range(0, end + step, step):
            start = frame.axis.moment(minute)
            people, number, handle = part.at(start.astimezone(dt.UTC))
            required.append(Required(queue=queue, start=start, agents=people))
            calls.append(
                Calls(queue=queue, start=start, calls=number, handle_seconds=handle)
            )
    return plan.model_copy(update={"calls": calls, "required": required})


@dataclass(frozen=True, eq=False)
class Part:
    """A site's part of a shared queue, by interval."""

    rows: Mapping[dt.datetime, tuple[int, float, float]]

    def at(self, moment: dt.datetime) -> tuple[int, float, float]:
        """Return people, calls and their handle time of an interval."""
        return self.rows.get(moment, (0, 0.0, 1.0))


def parts(queue: Shared, people: Ints) -> dict[str, Part]:
    """Return each site's part of a queue, of people of shape ``(sites, intervals)``.

    Calls follow the people.
    """
    share = people / np.maximum(1, queue.required)
    calls = (share * queue.calls).round(6)
    return {
        site: Part(
            dict(
                zip(
                    queue.moments,
                    zip(
                        people[s].tolist(),
                        calls[s].tolist(),
                        queue.handle_seconds.tolist(),
                        strict=True,
                    ),
                    strict=True,
                )
            )
        )
        for s, site in enumerate(queue.sites)
    }
