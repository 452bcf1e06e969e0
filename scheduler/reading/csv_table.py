"""CSV tables as people have them."""

import csv
import io
import re
from array import array
from collections.abc import Iterator, Sequence
from typing import Any, get_args

from scheduler.reading.suggest import meant_by, missing_column, stand_in
from scheduler.tables import TABLES, Row
from scheduler.validation import PlanIssue

_COMMA_NUMBER = re.compile(r"[+-]?\d+,\d+")


class CsvTable:
    """One CSV file: its rows, their lines, and what is wrong with its shape.

    Comma or semicolon, as the header has it; a semicolon file may have decimal commas.

    Attributes
    ----------
    issues
        What is wrong with header, quotes and numbers of cells; the last two are known
        when all records have been read.
    notes
        Columns that are not used.
    header_line
        Line of the header.
    """

    def __init__(self, name: str, text: str) -> None:
        self.name, self.file = name, f"{name}.csv"
        self.issues: list[PlanIssue] = []
        self.notes: list[str] = []
        self.header_line = 1
        self._text = text
        self._delimiter = _delimiter(text)
        self._names: list[str] = []
        self._lines = array("l")
        self._read_header()

    def has(self, column: str) -> bool:
        """Return whether the header names a column."""
        return column in self._names

    def column(self, column: str, i: int | None = None) -> str:
        """Return what the file calls a column, whatever the row."""
        return column

    def line(self, i: int) -> int:
        """Return the line on which a row starts."""
        return self._lines[i]

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield position and filled cells of every row as wide as the header."""
        names, width = self._names, len(self._names)
        numbers = _number_columns(TABLES[self.name]) if self._delimiter == ";" else ()
        for i, (line, cells) in enumerate(self._body()):
            self._lines.append(line)
            if isinstance(cells, str):
                self._issue((i,), f"cells with quotes in pairs ({cells})")
            elif len(cells) < width or any(cells[width:]):
                self._issue((i,), _cells(width), _cells(len(cells)))
            else:
                pairs = zip(names, cells, strict=False)
                record = {name: cell for name, cell in pairs if cell}
                yield i, _with_points(record, numbers) if numbers else record

    def cells(self, wanted: set[int]) -> dict[int, dict[str, Any]]:
        """Return rows as they were typed."""
        return {
            i: dict(zip(self._names, cells, strict=False))
            for i, (_, cells) in enumerate(self._body())
            if i in wanted and not isinstance(cells, str)
        }

    def _body(self) -> Iterator[tuple[int, list[str] | str]]:
        rows = _rows(self._text, self._delimiter)
        next(rows, None)  # the header
        return rows

    def _read_header(self) -> None:
        line, cells = next(_rows(self._text, self._delimiter), (1, "it is empty"))
        self.header_line = line
        if isinstance(cells, str):
            self._issue((), f"a header with the names of the columns ({cells})")
            return
        self._names = [cell.lower() for cell in cells]
        self.issues += header_issues(self.name, self._names)
        self.notes = unused_columns(self.name, self._names, f"{self.name}.csv")

    def _issue(
        self, place: tuple[str | int, ...], expected: str, value: str | None = None
    ) -> None:
        path = (self.name, *place)
        self.issues.append(PlanIssue(path, expected, rule="table", value=value))


def _delimiter(text: str) -> str:
    """Return what parts the cells of the header."""
    header = next((line for line in io.StringIO(text) if line.strip()), "")
    return ";" if header.count(";") > header.count(",") else ","


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Yield line and cells of every row that is not blank; last, why it went wrong."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield line, stripped
            line = reader.line_num + 1
    except csv.Error as error:
        yield line, str(error)


def _cells(count: int) -> str:
    return f"{count} cell{'s' * (count != 1)}"


def header_issues(table: str, names: Sequence[str]) -> Iterator[PlanIssue]:
    """Yield columns of a table that are given twice, or missing."""
    fields = TABLES[table].model_fields
    spare = [name for name in names if name not in fields]
    for column, field in fields.items():
        meant = None
        if names.count(column) > 1:
            expected = "a column name that is given once"
        elif field.is_required() and column not in names:
            meant = stand_in(column, spare)
            expected = missing_column(column, meant)
        else:
            continue
        yield PlanIssue((table, column), expected, rule="table", value=meant)


def unused_columns(table: str, names: Sequence[str], where: str) -> list[str]:
    """Return what to say of columns that a table does not have."""
    fields = TABLES[table].model_fields
    absent = [name for name in fields if name not in names]
    return [_unused(where, name, absent) for name in names if name not in fields]


def _unused(where: str, column: str, absent: list[str]) -> str:
    if not column:
        return f"{where}: a column without a name is not used"
    meant = meant_by(column, absent)
    hint = f"; did you mean {meant!r}?" if meant else ""
    return f"{where}: column {column!r} is not used{hint}"


def _with_points(record: dict[str, str], numbers: tuple[str, ...]) -> dict[str, str]:
    """Return a row with decimal points instead of commas in its numbers."""
    for column in numbers:
        if column in record:
            record[column] = with_point(record[column])
    return record


def with_point(text: str) -> str:
    """Return a number with a decimal point instead of a comma.

    >>> with_point("7,5"), with_point("7,5,1")
    ('7.5', '7,5,1')
    """
    return text.replace(",", ".") if _COMMA_NUMBER.fullmatch(text) else text


def _number_columns(model: type[Row]) -> tuple[str, ...]:
    """Return the columns of a table that hold numbers."""
    return tuple(
        name
        for name, field in model.model_fields.items()
        if {float, int} & {field.annotation, *get_args(field.annotation)}
    )
