"""A roster as a workbook: what a planner looks at, edits and hands on."""

from pathlib import Path

from scheduler.exports.backlog_sheet import backlog_sheet
from scheduler.exports.book import written
from scheduler.exports.coverage_sheet import coverage_sheet
from scheduler.exports.grid_sheet import grid_rows, grid_sheet
from scheduler.exports.people_sheet import people_sheet
from scheduler.exports.rostered import Rostered
from scheduler.exports.row_sheets import activities_sheet, lists_sheet, shifts_sheet
from scheduler.exports.rules_sheets import rules_sheets
from scheduler.exports.summary_sheet import summary_sheet


def write_roster_workbook(path: Path, seen: Rostered) -> None:
    """Write a roster as a workbook; what is there stays if that fails.

    Raises
    ------
    InvalidInput
        When it has more rows than a sheet can hold.
    """
    with written(path, seen.prepared.plea.name or "Roster") as book:
        summary_sheet(book, seen)
        rules_sheets(book, seen)
        grid_sheet(book, seen)
        shifts_sheet(book, seen)
        activities_sheet(book, seen)
        coverage_sheet(book, seen)
        backlog_sheet(book, seen)
        people_sheet(book, seen)
        lists_sheet(book, seen, [[*map(str, row)] for row in grid_rows(seen)])
