"""The grid of a roster's workbook: changed there, read from there."""

import json
from pathlib import Path

import pytest

from scheduler.cli import ExitCode, main
from scheduler.preparing import prepare
from scheduler.rosters.reading import read_roster
from tests.test_cli import Capture
from tests.test_workbook_roster import Cells, book, cells_of, typed

__all__ = ["book"]

OTHER = {"early 08:00-14:00": "late 9-3p", "late 09:00-15:00": "early 08:00-14:00"}


def worked_day(cells: Cells) -> tuple[int, int]:
    """Return row and column of the first day in the grid with a shift."""
    return next(
        (r, c)
        for r, row in enumerate(cells["Roster"][1:7], 1)
        for c in (4, 5, 6)
        if row[c] in OTHER
    )


def test_a_shift_changed_in_the_grid_is_the_roster(
    plan: Path, book: Path, made: Path, tmp_path: Path, capsys: Capture
) -> None:
    cells = cells_of(book)
    row, column = worked_day(cells)
    cell = cells["Roster"][row][column]
    cells["Roster"][row][column] = OTHER[cell]
    path = typed(tmp_path / "grid.xlsx", cells)
    prepared = prepare(plan)
    problem, axis = prepared.problem, prepared.translation.axis
    read = read_roster(path, problem, axis)
    before = read_roster(made, problem, axis).roster
    new = set(read.roster.worked) - set(before.worked)
    (changed,) = new
    assert problem.agents[changed.agent].name == cells["Roster"][row][0]
    kind = problem.shift_types[changed.shift_type].name
    assert OTHER[cell].startswith(kind)
    assert len(read.roster.worked) == len(before.worked)
    assert read.roster.activities is None
    assert "sheet Roster: 1 cell changed" in read.notes[0]
    assert main(["check", str(plan), str(path), "--json"]) in (0, ExitCode.ILLEGAL)
    assert json.loads(capsys.readouterr().out)["not_judged"]


def test_a_grid_that_is_only_sorted_and_coloured_is_not_changed(
    plan: Path, book: Path, tmp_path: Path
) -> None:
    cells = cells_of(book)
    grid = cells["Roster"]
    grid[1:7] = reversed(grid[1:7])
    grid[8].append("a remark")
    path = typed(tmp_path / "sorted.xlsx", cells)
    prepared = prepare(plan)
    read = read_roster(path, prepared.problem, prepared.translation.axis)
    assert read.roster.activities is not None
    assert read.notes == ()


def test_shifts_may_change_while_the_grid_stays(
    plan: Path, book: Path, tmp_path: Path
) -> None:
    cells = cells_of(book)
    del cells["Shifts"][1]
    path = typed(tmp_path / "shifts.xlsx", cells)
    prepared = prepare(plan)
    read = read_roster(path, prepared.problem, prepared.translation.axis)
    assert len(read.roster.worked) == len(cells["Shifts"]) - 1
    assert read.notes == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("early 25:00-14:00", "expected a shift such as 08:00-16:30, OFF, or PTO"),
        ("noon 12:00-14:00", "expected a shift that"),
    ],
)
def test_wrong_cells_of_the_grid_are_named(
    text: str, words: str, plan: Path, book: Path, tmp_path: Path, capsys: Capture
) -> None:
    cells = cells_of(book)
    row, column = worked_day(cells)
    cells["Roster"][row][column] = text
    path = typed(tmp_path / "wrong.xlsx", cells)
    assert main(["check", str(plan), str(path)]) == ExitCode.BAD_INPUT
    said = " ".join(capsys.readouterr().err.split())
    date = cells["Roster"][0][column]
    assert f"sheet Roster, row {row + 1}, column {date}: '{text}' - {words}" in said


def test_changes_on_both_sheets_are_refused(
    plan: Path, book: Path, tmp_path: Path, capsys: Capture
) -> None:
    cells = cells_of(book)
    row, column = worked_day(cells)
    cells["Roster"][row][column] = "OFF"
    del cells["Shifts"][1]
    path = typed(tmp_path / "both.xlsx", cells)
    assert main(["check", str(plan), str(path)]) == ExitCode.BAD_INPUT
    assert "expected changes on one sheet" in capsys.readouterr().err
