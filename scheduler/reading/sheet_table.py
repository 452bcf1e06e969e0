"""Tables of a plan's workbook: a sheet each."""

from array import array
from collections.abc import Iterator
from typing import Any

from scheduler.reading.csv_table import header_issues, unused_columns
from scheduler.reading.layout import Leaf, columns_of
from scheduler.reading.sheet_cells import text_for
from scheduler.reading.workbook import Cell, Workbook, text_of_cell
from scheduler.tables import TABLES
from scheduler.tables.guarded import guarded
from scheduler.tables.row import Copied


class SheetTable:
    """One table: its rows, where they stand, and what is wrong with its header.

    Attributes
    ----------
    sheet
        Name of the sheet, as the workbook writes it.
    header_row
        Row of the header.
    """

    def __init__(self, name: str, book: Workbook, sheet: str) -> None:
        self.name, self.sheet = name, sheet
        self._book = book
        rows = book.rows(sheet)
        self.header_row, cells = next(rows, (1, []))
        self._names = [text_of_cell(cell).lower() for cell in cells]
        while self._names and not self._names[-1]:
            self._names.pop()
        self.issues = list(header_issues(name, self._names))
        self.notes = unused_columns(name, self._names, f"{book.file}, sheet {sheet}")
        self._rows = array("l")
        leaves = {leaf.name: leaf for leaf in columns_of(name)}
        self._leaves = [leaves.get(column) for column in self._names]
        self._copied = issubclass(TABLES[name], Copied)

    def has(self, column: str) -> bool:
        """Return whether the header names a column."""
        return column in self._names

    def row(self, i: int) -> int:
        """Return the row of the sheet in which a record stands."""
        return self._rows[i]

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield position and filled cells of every row."""
        for i, (number, cells) in enumerate(self._body()):
            self._rows.append(number)
            yield i, self._record(cells)

    def cells(self, wanted: set[int]) -> dict[int, dict[str, Any]]:
        """Return rows as they were typed."""
        return {
            i: {
                name: text_of_cell(cell)
                for name, cell in zip(self._names, cells, strict=False)
            }
            for i, (_, cells) in enumerate(self._body())
            if i in wanted
        }

    def _body(self) -> Iterator[tuple[int, list[Cell]]]:
        rows = self._book.rows(self.sheet)
        next(rows, None)  # the header
        width = len(self._names)
        for number, cells in rows:
            if any(cell != "" for cell in cells[:width]):
                yield number, cells

    def _record(self, cells: list[Cell]) -> dict[str, str]:
        record = {}
        pairs = zip(self._names, self._leaves, cells, strict=False)
        for name, leaf, cell in pairs:
            if cell != "" and (text := self._text(cell, leaf)):
                record[name] = text
        return record

    def _text(self, cell: Cell, leaf: Leaf | None) -> str:
        text = text_for(cell, leaf)
        # Names of earlier runs lose the guard of a CSV file, which a sheet has not.
        return guarded(text) if self._copied and isinstance(cell, str) else text
