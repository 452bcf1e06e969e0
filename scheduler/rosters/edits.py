"""Edits of a roster in names and moments, and weeks of agents as they are kept."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter

from models.roster import editing
from models.roster.problem import Kind, RosterProblem
from models.roster.result import Activity, Roster, Worked
from scheduler.calendars import TimeAxis
from scheduler.preparing import Prepared
from scheduler.rosters.writing import moment_text

_Name = Annotated[str, Field(max_length=200)]


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    agent_id: _Name


class ShiftEdit(_Asked):
    """A shift of an agent's day: moved, longer or shorter, of another type, or new."""

    op: Literal["shift"]
    date: dt.date = Field(description="Day on which it starts.")
    shift_type: _Name
    start: AwareDatetime = Field(description="When the shift starts.")
    end: AwareDatetime = Field(description="When it ends.")
    replaces: AwareDatetime | None = Field(
        None,
        description="Start of the shift whose place it takes. Default: all of the day.",
    )


class DayOffEdit(_Asked):
    """A day without a shift."""

    op: Literal["day_off"]
    date: dt.date = Field(description="Day that is to be off.")


class MoveEdit(_Asked):
    """A break, a meeting or a block at another time of its shift."""

    op: Literal["move"]
    start: AwareDatetime = Field(description="When it starts now.")
    to: AwareDatetime = Field(description="When it is to start.")
    until: AwareDatetime | None = Field(None, description="Default: it stays as long.")


class WorkEdit(_Asked):
    """Work for a stretch of a shift; without a name nothing to do."""

    op: Literal["work"]
    start: AwareDatetime = Field(description="From when on.")
    end: AwareDatetime = Field(description="Until when.")
    activity: _Name = Field("", description="A queue (or queues), or a case type.")


EditEntry = Annotated[
    ShiftEdit | DayOffEdit | MoveEdit | WorkEdit, Field(discriminator="op")
]
EDITS: TypeAdapter[list[EditEntry]] = TypeAdapter(list[EditEntry])


class UnknownName(Exception):
    """An edit names what the plan does not have: (field, value, expected)."""

    def __init__(self, field: str, value: str, expected: str) -> None:
        super().__init__(field)
        self.field, self.value, self.expected = field, value, expected


class Names:
    """A plan's names and days, as edits say them."""

    def __init__(self, problem: RosterProblem, axis: TimeAxis) -> None:
        self.problem, self.axis = problem, axis
        self._agents = {agent.name: a for a, agent in enumerate(problem.agents)}
        self._types = {kind.name: k for k, kind in enumerate(problem.shift_types)}
        self._works = {work.name: w for w, work in enumerate(problem.works)}

    @classmethod
    def of(cls, prepared: Prepared) -> "Names":
        """Return the names of a plan."""
        return cls(prepared.problem, prepared.translation.axis)

    def edit(self, entry: EditEntry) -> editing.Edit:
        """Return an edit in positions and minutes; raise ``UnknownName``."""
        a = self.agent(entry.agent_id)
        match entry:
            case ShiftEdit():
                was = entry.replaces
                return editing.PutShift(
                    a,
                    self.day(entry.date),
                    self._of(self._types, "shift_type", entry.shift_type),
                    self._minute(entry.start),
                    self._minute(entry.end),
                    None if was is None else self._minute(was),
                )
            case DayOffEdit():
                return editing.DayOff(a, self.day(entry.date))
            case MoveEdit():
                until = None if entry.until is None else self._minute(entry.until)
                start, to = self._minute(entry.start), self._minute(entry.to)
                return editing.Move(a, start, to, until)
            case WorkEdit():
                work = None
                if entry.activity:
                    work = self._of(self._works, "activity", entry.activity)
                start, end = self._minute(entry.start), self._minute(entry.end)
                return editing.PutWork(a, start, end, work)

    def agent(self, name: str) -> int:
        """Return the position of an agent; raise ``UnknownName``."""
        return self._of(self._agents, "agent_id", name)

    def _of(self, known: Mapping[str, int], field: str, name: str) -> int:
        if name not in known:
            raise UnknownName(field, name, "a name of the plan")
        return known[name]

    def day(self, date: dt.date) -> int:
        """Return the position of a date; raise ``UnknownName``."""
        first = self.axis.date(0)
        day = (date - first).days
        if not 0 <= day < self.problem.days:
            last = self.axis.date(self.problem.days - 1)
            raise UnknownName("date", str(date), f"a date from {first} to {last}")
        return day

    def _minute(self, moment: dt.datetime) -> int:
        if moment.second or moment.microsecond:
            raise UnknownName("start", moment.isoformat(), "a moment in whole minutes")
        return self.axis.minute(moment)

    def kept(self, week: Roster) -> dict[str, Any]:
        """Return an agent's week as it is kept: names and minutes."""
        types = self.problem.shift_types
        return {
            "worked": [
                [w.day, types[w.shift_type].name, w.start, w.end, w.paid_minutes]
                for w in week.worked
            ],
            "activities": [
                [x.start, x.end, x.kind.value, x.name] for x in week.activities or ()
            ],
        }

    def week(self, kept: Mapping[str, Any]) -> Roster:
        """Return a week that was kept."""
        return Roster(
            tuple(
                Worked(0, day, self._types[kind], start, end, paid)
                for day, kind, start, end, paid in kept["worked"]
            ),
            tuple(
                Activity(0, start, end, Kind(kind), name)
                for start, end, kind, name in kept["activities"]
            ),
        )

    def rows(self, agent: str, kept: Mapping[str, Any]) -> dict[str, Any]:
        """Return a week that was kept as rows of roster.csv and activities.csv."""
        return week_rows(self.axis, agent, kept)


def week_rows(axis: TimeAxis, agent: str, kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return a week that was kept as rows of roster.csv and activities.csv."""
    return {
        "agent_id": agent,
        "roster": list(_shifts(axis, agent, kept["worked"])),
        "activities": list(_doings(axis, agent, kept["activities"])),
    }


def _shifts(
    axis: TimeAxis, agent: str, worked: Iterable[Sequence[Any]]
) -> Iterable[dict[str, Any]]:
    for day, kind, start, end, paid in sorted(worked, key=lambda row: row[2]):
        yield {
            "agent_id": agent,
            "date": axis.date(day).isoformat(),
            "shift_type": kind,
            "start": moment_text(axis, start),
            "end": moment_text(axis, end),
            "paid_minutes": paid,
        }


def _doings(
    axis: TimeAxis, agent: str, activities: Iterable[Sequence[Any]]
) -> Iterable[dict[str, Any]]:
    for start, end, kind, name in sorted(activities, key=lambda row: row[0]):
        yield {
            "agent_id": agent,
            "start": moment_text(axis, start),
            "end": moment_text(axis, end),
            "kind": kind,
            "activity": name,
        }
