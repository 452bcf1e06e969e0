"""A CSV table as people save it, and everything that is wrong with its cells."""

import csv
import io
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from models.errors import PlanError
from scheduler.reading.files import text_of
from scheduler.reading.finding import Finding
from scheduler.reading.suggest import missing_column, stand_in
from scheduler.reading.workbook import (
    Cell,
    Workbook,
    dated,
    moment_of_cell,
    text_of_cell,
)
from scheduler.tables.guarded import guarded, plain

T = TypeVar("T")

_NAMES = ("agent_id", "shift_type", "activity")
_DATE = "date"
_MOMENTS = ("start", "end")


class Unclear(ValueError):
    """A cell that can be read in several ways; says what would be clear."""


class Elsewhere(ValueError):
    """A cell that is right, and names what the plan does not have."""


@dataclass(frozen=True)
class Line:
    """A row: its line in the file, and its cells by column."""

    number: int
    cells: dict[str, str]


@dataclass
class Sheet:
    """The rows of one file, or of one sheet of a workbook.

    Attributes
    ----------
    findings
        Grows with each cell that is wrong.
    elsewhere
        Those of the findings whose cell only names what the plan does not have.
    name
        Of the sheet, in a workbook.
    """

    file: str
    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    elsewhere: list[tuple[Line, Finding]] = field(default_factory=list)
    name: str | None = None

    @property
    def title(self) -> str:
        """What to call it."""
        return self.file if self.name is None else f"{self.file}, sheet {self.name}"

    def cell(
        self, line: Line, column: str, parse: Callable[[str], T], expected: str
    ) -> T | None:
        """Return what a cell says; a ``ValueError`` of ``parse`` becomes a finding.

        An ``Unclear`` one says itself what was expected.
        """
        text = line.cells.get(column, "")
        try:
            return parse(text)
        except Unclear as unclear:
            self.wrong(line.number, column, text, str(unclear))
        except Elsewhere:
            found = self.wrong(line.number, column, text, expected)
            self.elsewhere.append((line, found))
        except ValueError:
            self.wrong(line.number, column, text, expected)
        return None

    def position(
        self, line: Line, column: str, known: Mapping[str, int], what: str
    ) -> int | None:
        """Return the position of a cell's name among those that are known."""
        text = plain(line.cells.get(column, ""))
        if text not in known:
            expected = f"{what} of the plan"
            found = self.wrong(line.number, column, text, expected, known)
            self.elsewhere.append((line, found))
        return known.get(text)

    def wrong(
        self,
        row: int | None,
        column: str | None,
        value: str | None,
        expected: str,
        known: Collection[str] = (),
    ) -> Finding:
        """Enter a finding, with the known name that looks most like the value."""
        alike = get_close_matches(value or column or "", list(known), n=1)
        suggestion = alike[0] if alike else None
        found = Finding(
            self.file, row, column, value, expected, suggestion, sheet=self.name
        )
        self.findings.append(found)
        return found


def read_sheet(
    path: Path, needed: Collection[str], spare: Collection[str] = ()
) -> Sheet:
    """Return a CSV table: UTF-8 with or without mark, commas or semicolons.

    ``needed`` columns must be there, ``spare`` ones may be; others are ignored with a
    note. Raises ``PlanError`` for a file that cannot be read as such a table.
    """
    text = text_of(path)
    if isinstance(text, Finding):
        raise PlanError([text])
    sheet = Sheet(path.name)
    return _filled(sheet, _rows(text, sheet), needed, spare)


def sheet_of(
    book: Workbook, name: str, needed: Collection[str], spare: Collection[str] = ()
) -> Sheet:
    """Return a sheet of a workbook, as ``read_sheet`` does a file.

    Names are taken as they stand: nobody has guarded them.
    """
    sheet = Sheet(book.file, name=name)
    rows = book.rows(name)
    top, cells = next(rows, (1, []))
    header = [text_of_cell(cell).lower() for cell in cells]
    texts = [
        (n, [_text(column, cell) for column, cell in zip(header, cells, strict=False)])
        for n, cells in rows
    ]
    return _filled(sheet, [(top, header), *texts], needed, spare)


def _text(column: str, cell: Cell) -> str:
    """Return a cell of a workbook as a file would have it."""
    if column in _MOMENTS:
        return moment_of_cell(cell)
    text = text_of_cell(dated(cell) if column == _DATE else cell)
    return guarded(text) if column in _NAMES else text


def _filled(
    sheet: Sheet,
    rows: list[tuple[int, list[str]]],
    needed: Collection[str],
    spare: Collection[str],
) -> Sheet:
    """Return a sheet with its rows, below a header that is right."""
    top, names = rows[0] if rows else (1, [])
    header = [name.lower() for name in names]
    for column in needed:
        if column not in header and not sheet.findings:
            meant = stand_in(column, [name for name in header if name not in needed])
            sheet.wrong(top, column, meant, missing_column(column, meant))
    if sheet.findings:
        raise PlanError(sheet.findings)
    sheet.notes += [
        f"{sheet.title}: column {name!r} is not used"
        for name in header
        if name and name not in {*needed, *spare}
    ]
    sheet.lines = [
        Line(number, dict(zip(header, row, strict=False)))
        for number, row in rows[1:]
        if any(row)
    ]
    return sheet


def csv_rows(path: Path) -> tuple[Sheet, list[tuple[int, list[str]]]]:
    """Return a CSV table without asking for any columns.

    Raises ``PlanError`` for a file that cannot be read as such a table.
    """
    text = text_of(path)
    if isinstance(text, Finding):
        raise PlanError([text])
    sheet = Sheet(path.name)
    rows = _rows(text, sheet)
    if sheet.findings:
        raise PlanError(sheet.findings)
    return sheet, rows


def _rows(text: str, sheet: Sheet) -> list[tuple[int, list[str]]]:
    """Return the rows of a table, each with the line on which it ends."""
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        return [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error as error:
        sheet.wrong(
            reader.line_num, None, None, f"a row with quotes in pairs ({error})"
        )
        return []
