"""A roster as roster.csv and activities.csv."""

from models.roster.problem import RosterProblem
from models.roster.result import Roster
from scheduler.calendars import TimeAxis
from scheduler.rosters.cells import csv_text
from scheduler.tables.guarded import guarded

ROSTER_COLUMNS = ("agent_id", "date", "shift_type", "start", "end", "paid_minutes")
SHIFTS, ACTIVITIES = "Shifts", "Activities"  # sheets of a workbook
ACTIVITY_COLUMNS = ("agent_id", "start", "end", "kind", "activity")


def roster_text(problem: RosterProblem, axis: TimeAxis, roster: Roster) -> str:
    """Return roster.csv: a row for each shift, by agent and time."""
    rows = (
        (
            guarded(problem.agents[w.agent].name),
            axis.date(w.day).isoformat(),
            guarded(problem.shift_types[w.shift_type].name),
            moment_text(axis, w.start),
            moment_text(axis, w.end),
            w.paid_minutes,
        )
        for w in sorted(roster.worked, key=lambda w: (w.agent, w.start))
    )
    return csv_text(ROSTER_COLUMNS, rows)


def activities_text(problem: RosterProblem, axis: TimeAxis, roster: Roster) -> str:
    """Return activities.csv: what fills each shift, by agent and time."""
    rows = (
        (
            guarded(problem.agents[x.agent].name),
            moment_text(axis, x.start),
            moment_text(axis, x.end),
            x.kind.value,
            guarded(x.name),
        )
        for x in sorted(roster.activities or (), key=lambda x: (x.agent, x.start))
    )
    return csv_text(ACTIVITY_COLUMNS, rows)


def moment_text(axis: TimeAxis, minute: int) -> str:
    """Return a minute in ISO 8601 with its UTC offset.

    >>> import datetime as dt
    >>> moment_text(TimeAxis(dt.date(2026, 3, 2), "Europe/London"), 510)
    '2026-03-02T08:30+00:00'
    """
    return axis.moment(minute).isoformat(timespec="minutes")
