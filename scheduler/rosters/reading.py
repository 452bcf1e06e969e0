"""A roster as people bring it: roster.csv, and activities.csv if there is one.

Or a workbook with the sheets Shifts and Activities; or a sheet or CSV file with a row
for each agent and a column for each date.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from models.errors import PlanError
from models.roster.problem import Kind, RosterProblem
from models.roster.result import Activity, Roster, Worked
from scheduler.calendars import TimeAxis
from scheduler.clock import as_moment
from scheduler.domain import Horizon, Plan
from scheduler.reading.finding import Finding
from scheduler.reading.suggest import closest
from scheduler.reading.workbook import Workbook, is_workbook, open_workbook
from scheduler.rosters.book_grid import changed_grid
from scheduler.rosters.sheet import (
    Elsewhere,
    Line,
    Sheet,
    Unclear,
    read_sheet,
    sheet_of,
)
from scheduler.rosters.wide import WideRead, names_of, wide_file, wide_in_book
from scheduler.rosters.writing import (
    ACTIVITIES,
    ACTIVITY_COLUMNS,
    ROSTER_COLUMNS,
    SHIFTS,
)
from scheduler.tables.guarded import plain
from scheduler.validation.timeline import Timeline

_MOMENT = "a moment in whole minutes, such as 2026-03-02T08:30"
_NEEDED = [column for column in ROSTER_COLUMNS if column != "paid_minutes"]
_KINDS = [kind.value for kind in Kind]


@dataclass(frozen=True)
class RosterRead:
    """A roster, and what its planner should hear about the files."""

    roster: Roster
    notes: tuple[str, ...]


@dataclass(frozen=True)
class KnownRead(RosterRead):
    """What of a roster is of the problem.

    Attributes
    ----------
    elsewhere
        By agent who is left out, the first cell that names what the plan does not have.
    """

    elsewhere: Mapping[str, Finding]


class _Names:
    """A problem's names and days, as the files write them."""

    def __init__(self, problem: RosterProblem, axis: TimeAxis) -> None:
        self.agents = {agent.name: a for a, agent in enumerate(problem.agents)}
        self.types = {kind.name: k for k, kind in enumerate(problem.shift_types)}
        self.unpaid = [
            sum(b.minutes for b in kind.breaks if not b.paid)
            for kind in problem.shift_types
        ]
        self.axis = axis
        self._minutes: dict[str, int] = {}
        horizon = Horizon(first_day=axis.first_day, time_zone=axis.time_zone)
        self._timeline = Timeline(horizon)
        self.days = problem.days
        self.dates = f"a date from {axis.date(0)} to {axis.date(problem.days - 1)}"

    def day(self, text: str) -> int:
        """Return the position of a date; raise ``ValueError`` where there is none."""
        day = (dt.date.fromisoformat(text) - self.axis.date(0)).days
        if not 0 <= day < self.days:
            raise Elsewhere
        return day

    def minute(self, text: str) -> int:
        """Return the minute of a moment; raise ``ValueError`` where it is not one.

        Those of a grid come again and again, so they are remembered.
        """
        if text not in self._minutes:
            self._minutes[text] = self._minute(text)
        return self._minutes[text]

    def _minute(self, text: str) -> int:
        moment = as_moment(text)
        if moment.second or moment.microsecond:
            raise ValueError
        if trouble := self._timeline.trouble(moment):
            raise Unclear(trouble)
        return self.axis.minute(moment)


def read_roster(
    folder: Path, problem: RosterProblem, axis: TimeAxis, plan: Plan | None = None
) -> RosterRead:
    """Read a roster of a problem from the files of a folder, or from a workbook.

    Times without a UTC offset are local; one that a clock change repeats or skips is
    wrong. Without activities.csv only the shifts are known; shifts without paid minutes
    are paid as their type says. A wide sheet may call agents as the plan does.

    Raises
    ------
    PlanError
        With every cell that is wrong.
    """
    read = read_known(folder, problem, axis, plan, lenient=False)
    return RosterRead(read.roster, read.notes)


def read_known(
    folder: Path,
    problem: RosterProblem,
    axis: TimeAxis,
    plan: Plan | None = None,
    *,
    lenient: bool = True,
) -> KnownRead:
    """Read of a roster the agents all of whose rows are of the problem.

    Not ``lenient``, a cell that names what the plan does not have is wrong.

    Raises
    ------
    PlanError
        With every cell that is wrong.
    """
    if (wide := _wide(folder, problem, axis, plan)) is not None:
        return _known_wide(wide, lenient=lenient)
    names = _Names(problem, axis)
    sheets = _sheets_of_book(folder) if is_workbook(folder) else _sheets(folder)
    shifts = [_worked(sheets[0], line, names) for line in sheets[0].lines]
    doings = None
    if len(sheets) > 1:
        doings = [_activity(sheets[1], line, names) for line in sheets[1].lines]
    elsewhere = _elsewhere(sheets) if lenient else {}
    _refuse_wrong(sheets, lenient=lenient)
    if is_workbook(folder):
        called = {} if plan is None else names_of(plan)
        own = [shift for shift in shifts if shift is not None]
        grid = changed_grid(_opened(folder), own, problem, axis, called)
        if grid is not None:
            return _known_wide(grid, lenient=lenient)
    out = {names.agents.get(name) for name in elsewhere}
    roster = Roster(
        tuple(w for w in shifts if w is not None and w.agent not in out),
        None
        if doings is None
        else tuple(x for x in doings if x is not None and x.agent not in out),
    )
    notes = tuple(note for sheet in sheets for note in sheet.notes)
    return KnownRead(roster, notes, elsewhere)


def _wide(
    path: Path, problem: RosterProblem, axis: TimeAxis, plan: Plan | None
) -> WideRead | None:
    """Return what a sheet with a column for each date says, ``None`` if it is none."""
    names = {} if plan is None else names_of(plan)
    if path.suffix.lower() == ".csv" and path.is_file():
        return wide_file(path, problem, axis, names)
    if not is_workbook(path):
        return None
    book = open_workbook(path)
    if isinstance(book, Finding) or _sheet_named(SHIFTS, book) is not None:
        return None
    return wide_in_book(book, problem, axis, names)


def _known_wide(wide: WideRead, *, lenient: bool) -> KnownRead:
    """Return what of a wide sheet is of the problem."""
    elsewhere = _elsewhere([wide.sheet]) if lenient else {}
    _refuse_wrong([wide.sheet], lenient=lenient)
    return KnownRead(wide.roster, tuple(wide.sheet.notes), elsewhere)


def _sheets(folder: Path) -> list[Sheet]:
    """Return the tables of a folder: shifts, and what fills them if that is known."""
    if not folder.is_dir():
        expected = "a folder with roster.csv, a workbook (.xlsx), or a wide CSV file"
        raise PlanError([Finding(str(folder), None, None, None, expected)])
    sheets = [read_sheet(folder / "roster.csv", _NEEDED, ["paid_minutes"])]
    if (folder / "activities.csv").exists():
        sheets.append(read_sheet(folder / "activities.csv", ACTIVITY_COLUMNS))
    return sheets


def _sheets_of_book(path: Path) -> list[Sheet]:
    """Return the same of a workbook."""
    book = _opened(path)
    shifts = _sheet_named(SHIFTS, book)
    if shifts is None:
        expected = f"a sheet {SHIFTS}, it has {', '.join(book.names) or 'none'}"
        meant = closest(SHIFTS, book.names)
        raise PlanError([Finding(book.file, None, None, None, expected, meant)])
    sheets = [sheet_of(book, shifts, _NEEDED, ["paid_minutes", "name"])]
    activities = _sheet_named(ACTIVITIES, book)
    if activities is not None:
        sheets.append(sheet_of(book, activities, ACTIVITY_COLUMNS, ["name"]))
    return sheets


def _opened(path: Path) -> Workbook:
    book = open_workbook(path)
    if isinstance(book, Finding):
        raise PlanError([book])
    return book


def _sheet_named(name: str, book: Workbook) -> str | None:
    """Return a sheet's name as the workbook writes it, ``None`` where it has none."""
    return next((own for own in book.names if own.lower() == name.lower()), None)


def _refuse_wrong(sheets: Sequence[Sheet], *, lenient: bool) -> None:
    """Raise ``PlanError`` with every cell that is wrong."""
    pardoned = {
        id(found) for sheet in sheets for _, found in sheet.elsewhere if lenient
    }
    wrong = [
        found
        for sheet in sheets
        for found in sheet.findings
        if id(found) not in pardoned
    ]
    if wrong:
        raise PlanError(wrong)


def _elsewhere(sheets: Sequence[Sheet]) -> dict[str, Finding]:
    """Return by agent the first cell that names what the plan does not have."""
    first: dict[str, Finding] = {}
    for sheet in sheets:
        for line, found in sheet.elsewhere:
            first.setdefault(plain(line.cells.get("agent_id", "")), found)
    return first


def _worked(sheet: Sheet, line: Line, names: _Names) -> Worked | None:
    """Return the shift of a row of roster.csv; the checker judges whether it fits."""
    agent = sheet.position(line, "agent_id", names.agents, "an agent")
    kind = sheet.position(line, "shift_type", names.types, "a shift type")
    day = sheet.cell(line, "date", names.day, names.dates)
    start = sheet.cell(line, "start", names.minute, _MOMENT)
    end = sheet.cell(line, "end", names.minute, _MOMENT)
    paid = sheet.cell(line, "paid_minutes", _paid, "whole minutes")
    values = [v for v in (agent, day, kind, start, end, paid) if v is not None]
    if len(values) < len(ROSTER_COLUMNS):
        return None
    shift = Worked(*values)
    if shift.paid_minutes >= 0:
        return shift
    own = shift.end - shift.start - names.unpaid[shift.shift_type]
    return replace(shift, paid_minutes=own)


def _paid(text: str) -> int:
    """Return paid minutes; -1 where none are written."""
    if not text:
        return -1
    if not text.isdecimal():
        raise ValueError
    return int(text)


def _activity(sheet: Sheet, line: Line, names: _Names) -> Activity | None:
    """Return the activity of a row of activities.csv; the checker judges its name."""
    agent = sheet.position(line, "agent_id", names.agents, "an agent")
    kind = line.cells.get("kind", "").lower()
    if kind not in _KINDS:
        sheet.wrong(line.number, "kind", kind, f"one of {', '.join(_KINDS)}", _KINDS)
    start = sheet.cell(line, "start", names.minute, _MOMENT)
    end = sheet.cell(line, "end", names.minute, _MOMENT)
    if agent is None or kind not in _KINDS or start is None or end is None:
        return None
    return Activity(
        agent, start, end, Kind(kind), plain(line.cells.get("activity", ""))
    )
