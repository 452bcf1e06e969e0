"""A roster as other tools speak of one: people, shifts, activities, time off."""

import datetime as dt
import json
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from models.roster.result import Roster
from scheduler.domain import Codes
from scheduler.exports.planned import SHIFT, Planned, planned
from scheduler.tables import Agent, Leave, PinKind
from scheduler.translate import Translation
from scheduler.validation.timeline import Timeline

LEAVE = "leave"
_SPACE = uuid.uuid5(uuid.NAMESPACE_OID, "ringfence schedule")
_DAY = dt.timedelta(days=1)
_MINUTE = dt.timedelta(minutes=1)
_FULL_DAY = 480  # minutes of a day off that credits no hours


@dataclass(frozen=True)
class Doing:
    """A stretch of a shift.

    Attributes
    ----------
    kind
        As in activities.csv.
    name
        Of the work (of several queues with a plus between), break or meeting.
    is_overtime
        Whether the hours of its week's contract are used up when it begins.
    """

    uid: str
    start: dt.datetime
    end: dt.datetime
    kind: str
    name: str
    is_paid: bool = True
    is_overtime: bool = False

    @property
    def minutes(self) -> int:
        """Its length, whatever the clock does."""
        return minutes_between(self.start, self.end)


@dataclass(frozen=True)
class RosteredShift:
    """A shift and what fills it.

    Attributes
    ----------
    is_locked
        Whether a later roster may not move it: it is pinned, or has begun.
    """

    uid: str
    date: dt.date
    start: dt.datetime
    end: dt.datetime
    shift_type: str
    is_locked: bool
    doings: tuple[Doing, ...]


@dataclass(frozen=True)
class TimeOff:
    """Leave that lies in the horizon.

    Attributes
    ----------
    whole
        Dates that it takes as a whole, each with the minutes credited for it.
    """

    uid: str
    start: dt.datetime
    end: dt.datetime
    is_paid: bool
    whole: tuple[tuple[dt.date, int], ...]


@dataclass(frozen=True)
class AgentSchedule:
    """All that an agent does."""

    agent: Agent
    shifts: tuple[RosteredShift, ...]
    leave: tuple[TimeOff, ...]


@dataclass(frozen=True)
class Schedule:
    """A roster to hand on.

    Attributes
    ----------
    uid
        The same for every roster of a plan.
    notes
        What could not be handed on.
    """

    uid: str
    name: str
    time_zone: str
    first_day: dt.date
    days: int
    agents: tuple[AgentSchedule, ...]
    notes: list[str] = field(default_factory=list)


def minutes_between(start: dt.datetime, end: dt.datetime) -> int:
    """Return the minutes from one moment to another, by a clock that never jumps."""
    return (end.astimezone(dt.UTC) - start.astimezone(dt.UTC)) // _MINUTE


def utc_text(moment: dt.datetime) -> str:
    """Return a moment as RFC 3339 in UTC.

    >>> utc_text(dt.datetime(2026, 3, 2, 9, tzinfo=dt.timezone(dt.timedelta(hours=1))))
    '2026-03-02T08:00:00Z'
    """
    return f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def code_of(kind: str, name: str, told: Codes) -> str:
    """Return what a tool calls an activity.

    >>> code_of("break", "lunch", Codes(codes={"break": "1"})), code_of("idle", "",
    ... Codes())
    ('1', 'idle')
    """
    codes = told.codes
    return codes.get(name, codes.get(kind, name or kind))


def schedule_of(translation: Translation, roster: Roster) -> Schedule:
    """Return a roster with ids that stay the same as long as what they name does."""
    plan, problem = translation.plan, translation.problem
    first = translation.axis.date(0)
    notes: list[str] = []
    rows = {row.agent_id: row for row in plan.agents}
    schedule = uuid.uuid5(
        _SPACE, json.dumps([plan.name, first.isoformat(), problem.days])
    )
    reader = _Reader(translation, notes)
    found = [
        reader.agent(rows[agent.name], a, events)
        for a, (agent, events) in enumerate(
            zip(problem.agents, planned(translation, roster).values(), strict=True)
        )
    ]
    return Schedule(
        uid=str(schedule),
        name=plan.name,
        time_zone=translation.axis.time_zone,
        first_day=first,
        days=problem.days,
        agents=tuple(found),
        notes=notes,
    )


class _Reader:
    """Knows what a plan says of the shifts of a roster."""

    def __init__(self, translation: Translation, notes: list[str]) -> None:
        plan = translation.plan
        self._translation, self._notes = translation, notes
        self._line = Timeline(plan.horizon)
        self._unpaid = {
            (kind.name, pause.name)
            for kind in plan.shift_types
            for pause in kind.breaks
            if not pause.paid
        }
        self._pinned = {
            (pin.agent_id, pin.date) for pin in plan.pins if pin.pin is not PinKind.OFF
        }
        now = plan.changes.now
        self._now = None if now is None else self._line.axis.minute(now)

    def agent(self, row: Agent, a: int, events: Sequence[Planned]) -> AgentSchedule:
        """Return what an agent does."""
        shifts = [e for e in events if e.category == SHIFT]
        loose = [e for e in events if e.category != SHIFT and e.parent is None]
        if loose:
            self._notes.append(
                f"{row.agent_id}: {len(loose)} activities that lie in no shift are "
                "left out"
            )
        used: dict[int, int] = {}
        rostered = [self._shift(row, a, shift, events, used) for shift in shifts]
        leave = [
            own for own in self._translation.plan.leave if own.agent_id == row.agent_id
        ]
        return AgentSchedule(row, tuple(rostered), tuple(self._leave(leave)))

    def _shift(
        self,
        row: Agent,
        a: int,
        shift: Planned,
        events: Sequence[Planned],
        used: dict[int, int],
    ) -> RosteredShift:
        """Return a shift with what fills it, the shift itself if that is not known.

        ``used`` are the paid minutes of each week so far.
        """
        own = [e for e in events if e.parent == shift.uid]
        week, most = self._week(a, shift.date)
        doings = []
        for event in own or [shift]:
            is_paid = (shift.name, event.name) not in self._unpaid
            minutes = minutes_between(event.start, event.end) if is_paid else 0
            doings.append(
                Doing(
                    event.uid, event.start, event.end, event.category, event.name,
                    is_paid, is_paid and used.get(week, 0) >= most,
                )
            )  # fmt: skip
            used[week] = used.get(week, 0) + minutes
        began = self._now is not None and self._line.minute(shift.start) < self._now
        return RosteredShift(
            uid=shift.uid,
            date=shift.date,
            start=shift.start,
            end=shift.end,
            shift_type=shift.name,
            is_locked=began or (row.agent_id, shift.date) in self._pinned,
            doings=tuple(doings),
        )

    def _week(self, a: int, date: dt.date) -> tuple[int, int]:
        """Return the week of a date, and the minutes of it without overtime."""
        problem = self._translation.problem
        day = (date - self._translation.axis.date(0)).days
        week = next(n for n, days in enumerate(problem.weeks) if day in days)
        return week, problem.agents[a].weeks[week].max_minutes

    def _leave(self, rows: Sequence[Leave]) -> Iterator[TimeOff]:
        """Yield an agent's leave in the horizon."""
        line = self._line
        for row in rows:
            start = max(0, line.begins(row.start))
            end = min(line.end, line.ends(row.end))
            if start >= end:
                continue
            moments = line.axis.moment(start), line.axis.moment(end)
            parts = [row.agent_id, *(m.isoformat() for m in moments), LEAVE]
            uid = uuid.uuid5(_SPACE, json.dumps([self._translation.plan.name, *parts]))
            dates = (line.first_day + n * _DAY for n in range(line.days))
            whole = [
                d for d in dates if start <= line.begins(d) and line.ends(d) <= end
            ]
            yield TimeOff(
                str(uid),
                *moments,
                row.credited_hours > 0,
                tuple((date, self._credit(row, date)) for date in whole),
            )

    def _credit(self, row: Leave, date: dt.date) -> int:
        """Return the minutes that leave counts for on a date: on Mondays to Fridays."""
        if not row.credited_hours:
            return _FULL_DAY
        first = row.start.date() if isinstance(row.start, dt.datetime) else row.start
        last = row.end.date() if isinstance(row.end, dt.datetime) else row.end
        dates = [first + n * _DAY for n in range((last - first).days + 1)]
        counted = [d for d in dates if d.weekday() < 5] or dates
        return round(60 * row.credited_hours / len(counted)) if date in counted else 0
