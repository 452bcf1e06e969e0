"""The grid of a roster's workbook, sheet Roster: was it changed since it was written.

Shifts and activities are read from sheets of their own. Who changes the grid instead
means it, so a workbook remembers what grid and shifts were.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

from models.errors import PlanError
from models.roster.problem import RosterProblem
from models.roster.result import Worked
from scheduler.calendars import TimeAxis
from scheduler.reading.finding import Finding
from scheduler.reading.workbook import Workbook, dated, text_of_cell
from scheduler.rosters.wide import WideRead, wide_sheet
from scheduler.rosters.writing import SHIFTS

GRID = "Roster"
LISTS = "_lists"  # out of sight
MARKS = 4  # the column of it that has the two marks
FIRST_DAY = 4  # the column of the grid


def shifts_mark(worked: Iterable[Worked]) -> str:
    """Return what is the same for the same shifts, in any order."""
    return _mark(map(_shift, worked))


def grid_mark(rows: Iterable[Sequence[str]]) -> str:
    """Return what is the same for the same rows of agent and days, in any order."""
    return _mark([cell.strip() for cell in row] for row in rows)


def _mark(rows: Iterable[Sequence[int | str]]) -> str:
    text = json.dumps(sorted(rows), separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def changed_grid(
    book: Workbook,
    worked: Iterable[Worked],
    problem: RosterProblem,
    axis: TimeAxis,
    names: Mapping[str, str],
) -> WideRead | None:
    """Return what the grid says, ``None`` where it is as it was written.

    ``worked`` are the shifts of the sheet Shifts.

    Raises
    ------
    PlanError
        Where both were changed.
    """
    marks = _marks(book)
    if marks is None or GRID not in book.names:
        return None
    known = {agent.name for agent in problem.agents}
    rows = [
        (n, [text_of_cell(dated(cell)) for cell in cells])
        for n, cells in book.rows(GRID)
    ]
    days = slice(FIRST_DAY, FIRST_DAY + problem.days)
    own = [_row(cells, days, problem.days) for _, cells in rows if cells[0] in known]
    shifts, grid = marks
    if grid_mark(own) == grid:
        return None
    if shifts_mark(worked) != shifts:
        expected = f"changes on one sheet, {SHIFTS} was changed as well as this one"
        raise PlanError([Finding(book.file, None, None, None, expected, sheet=GRID)])
    wide = wide_sheet(book.file, GRID, rows, problem, axis, names)
    differ = {*map(_shift, worked)} ^ {*map(_shift, wide.worked)}
    count = len({(agent, day) for agent, day, *_ in differ})
    cells = "1 cell" if count == 1 else f"{count} cells"
    wide.sheet.notes.append(
        f"{wide.sheet.title}: {cells} changed, so the shifts are this sheet's; what "
        "fills them is not known (ringfence roster --from fills them)"
    )
    return wide


def _shift(worked: Worked) -> tuple[int, int, int, int, int]:
    """Return a shift without its paid minutes, which a grid does not tell."""
    return worked.agent, worked.day, worked.shift_type, worked.start, worked.end


def _row(cells: Sequence[str], days: slice, count: int) -> list[str]:
    own = list(cells[days])
    return [cells[0], *own, *[""] * (count - len(own))]


def _marks(book: Workbook) -> tuple[str, str] | None:
    """Return what shifts and grid were when the workbook was written."""
    if LISTS not in book.names:
        return None
    found = [
        str(cells[MARKS])
        for _, cells in book.rows(LISTS)
        if len(cells) > MARKS and cells[MARKS]
    ]
    return (found[0], found[1]) if len(found) == 2 else None
