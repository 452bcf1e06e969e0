"""A file of another tool as a table of ours."""

import csv
import datetime as dt
import io
from array import array
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.reading.imports import Dates, Ratio, TableImport
from scheduler.tables import TABLES
from scheduler.validation import PlanIssue

_TIMES = {"start", "date", "received", "due"}
_NAMED = {"queue", "case_type"}
_SEPARATORS = ",;|\t"


class MappedTable:
    """The rows of a file, in the columns of a table.

    Attributes
    ----------
    name, file
        Of the table, and of the file as the plan names it.
    issues, notes
        As of ``CsvTable``; known when all records have been read.
    header_line
        Line of the header; the first where there is none.
    """

    header_line = 1

    def __init__(self, how: TableImport, text: str, dates: Dates) -> None:
        self.name: str = how.table
        self.file = how.file
        self.issues: list[PlanIssue] = []
        self.notes: list[str] = []
        self._how, self._text = how, text
        self._zone = None if how.time_zone is None else ZoneInfo(how.time_zone)
        self._dates = dates
        self._handle: dict[object, object] = {}  # last known, by queue
        self._lines = array("l")
        self._left_out: Counter[str] = Counter()
        self._carried = 0
        self._separator = how.separator or _most(text)
        self._names = how.header or self._header()
        self._check_columns()

    def has(self, column: str) -> bool:
        """Return whether the plan says where a column comes from."""
        return column in self._how.columns or column in self._how.constants

    def line(self, i: int) -> int:
        """Return the line on which a row starts."""
        return self._lines[i]

    def column(self, column: str) -> str:
        """Return what the file calls a column, several with a plus between."""
        return " + ".join(self._parts(column)) or column

    def records(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield position and content of every row that is not left out."""
        if self.issues:
            return
        i = 0
        for line, cells in self._body():
            record: dict[str, Any] = dict(self._how.constants)
            record |= {
                column: value
                for column in self._how.columns
                if (value := self._value(column, cells, i)) not in (None, "")
            }
            if self._is_left_out(record):
                continue
            self._lines.append(line)
            yield i, self._with_handle_time(record)
            i += 1
        self.notes = [
            f"{self.file}: {count} rows are left out: they {why}"
            for why, count in self._left_out.items()
        ]
        if self._carried:
            self.notes.append(
                f"{self.file}: {self._carried} rows have no handle time; that of the "
                "row before is taken"
            )

    def cells(self, wanted: set[int]) -> dict[int, dict[str, Any]]:
        """Return the cells of rows as they are in the file, by our columns."""
        at = {self._lines[i]: i for i in wanted if i < len(self._lines)}
        return {
            at[line]: {
                column: " + ".join(cells.get(part, "") for part in self._parts(column))
                for column in self._how.columns
            }
            for line, cells in self._body()
            if line in at
        }

    def _parts(self, column: str) -> list[str]:
        told = self._how.columns.get(column, [])
        return [*told.total, *told.per] if isinstance(told, Ratio) else told

    def _value(self, column: str, cells: dict[str, str], row: int) -> object:
        """Return what a column has in a row; a cell that cannot be read stays text."""
        told = self._how.columns[column]
        if isinstance(told, Ratio):
            return self._ratio(told, cells)
        text = " ".join(cells.get(part, "") for part in told).strip()
        if column in _NAMED:
            return self._how.names.get(text, text)
        if column in _TIMES and text:
            return self._moment(column, text)
        return text.replace(",", ".") if self._how.decimal == "," else text

    def _ratio(self, told: Ratio, cells: dict[str, str]) -> object:
        """Return total / count; nothing where nothing was counted."""
        sums = []
        for parts in (told.total, told.per):
            texts = [cells.get(part, "") or "0" for part in parts]
            if self._how.decimal == ",":
                texts = [text.replace(",", ".") for text in texts]
            try:
                sums.append(sum(float(text) for text in texts))
            except ValueError:
                return " + ".join(cells.get(p, "") for p in (*told.total, *told.per))
        total, per = sums
        return total / per if per else None

    def _moment(self, column: str, text: str) -> object:
        try:
            moment = self._how.moment(text)
        except ValueError:
            return text
        if column == "date":
            return moment.date() if isinstance(moment, dt.datetime) else moment
        if not isinstance(moment, dt.datetime):
            return moment
        if moment.tzinfo is None and self._zone is not None:
            moment = moment.replace(tzinfo=self._zone)
        if moment.tzinfo is not None and self._dates.zone is not None:
            moment = moment.astimezone(self._dates.zone)
        return moment

    def _is_left_out(self, record: dict[str, Any]) -> bool:
        """Whether a row is of no use here; count why."""
        named = record.get("queue") or record.get("case_type")
        why = None
        if self._how.only_named and named not in self._how.names.values():
            why = f"are of {named!r} (only_named)"
        elif self._is_outside(record.get("start") or record.get("date")):
            why = "are of other dates than the plan's"
        elif self.name == "calls" and _is_nothing(record.get("calls")):
            why = "have no calls"
        self._left_out.update([why] if why else [])
        return why is not None

    def _is_outside(self, when: object) -> bool:
        date = when.date() if isinstance(when, dt.datetime) else when
        first, last = self._dates.first, self._dates.last
        known = isinstance(date, dt.date) and first is not None and last is not None
        return known and not first <= date <= last  # type: ignore[operator]

    def _with_handle_time(self, record: dict[str, Any]) -> dict[str, Any]:
        """Return a row of calls; where nobody was answered, as long as before."""
        if self.name != "calls":
            return record
        queue = record.get("queue")
        if record.get("handle_seconds") is not None:
            self._handle[queue] = record["handle_seconds"]
        elif queue in self._handle:
            record["handle_seconds"] = self._handle[queue]
            self._carried += 1
        return record

    def _header(self) -> list[str]:
        first = next(csv.reader(io.StringIO(self._text), delimiter=self._separator), [])
        return [cell.strip() for cell in first]

    def _body(self) -> Iterator[tuple[int, dict[str, str]]]:
        stream = io.StringIO(self._text, newline="")
        rows = csv.reader(stream, delimiter=self._separator)
        line = 1
        for n, cells in enumerate(rows):
            stripped = [cell.strip() for cell in cells]
            if any(stripped) and (n or self._how.header):
                yield line, dict(zip(self._names, stripped, strict=False))
            line = rows.line_num + 1

    def _check_columns(self) -> None:
        fields = TABLES[self.name].model_fields
        for column in (*self._how.columns, *self._how.constants):
            if column not in fields:
                known = ", ".join(fields)
                self._issue(column, f"a column of {self.name}, which has {known}")
                continue
            for part in self._parts(column):
                if part not in self._names:
                    known = ", ".join(self._names) or "none"
                    self._issue(column, f"a column of the file; it has {known}", part)
        for column, field in fields.items():
            if field.is_required() and not self.has(column):
                expected = "where the column comes from (columns, or constants)"
                self._issue(column, expected)

    def _issue(self, column: str, expected: str, value: str | None = None) -> None:
        path = (self.name, column)
        self.issues.append(PlanIssue(path, expected, rule="import", value=value))


def _is_nothing(text: object) -> bool:
    try:
        return float(str(text or 0)) == 0
    except ValueError:
        return False


def _most(text: str) -> str:
    """Return the separator of which the first line has most."""
    first = next((line for line in io.StringIO(text) if line.strip()), "")
    return max(_SEPARATORS, key=first.count)


def imported(folder: Path, how: TableImport, dates: Dates) -> "MappedTable | str":
    """Return the table of a file, or what is wrong with the file."""
    path = folder / how.file
    if not path.is_file():
        return "a file"
    try:
        text = path.read_bytes().decode(how.encoding)
    except (UnicodeDecodeError, LookupError):
        return f"text in {how.encoding} (see encoding)"
    except OSError as error:
        return f"a file that can be read ({error.strerror})"
    return MappedTable(how, text, dates)
