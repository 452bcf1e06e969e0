"""A file of another tool as a table of ours."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scheduler.reading.given import Given
from scheduler.reading.import_cells import CellReader
from scheduler.reading.imports import TableImport
from scheduler.reading.intervals import IntervalRow, Intervals
from scheduler.reading.moments import Unclear, fixed
from scheduler.reading.raw_rows import Cells, RawRows, Spot, Unreadable, raw_rows
from scheduler.tables import TABLES
from scheduler.validation import PlanIssue

_BY_INTERVAL = ("calls", "required")
_PRIORITY, _PAUSED = "priority", "paused_minutes"
#: Columns that tables do not have, for what follows from them.
SPARE = {"open_cases": (_PRIORITY, _PAUSED)}

_LONG = 10_000_000  # minutes

Record = dict[str, Any]


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

    def __init__(self, how: TableImport, raw: RawRows, given: Given) -> None:
        self.name: str = how.table
        self.file = how.file
        self.issues: list[PlanIssue] = []
        self.notes: list[str] = []
        self._how, self._raw, self._given = how, raw, given
        self._reader = CellReader(how, raw, given)
        self._handle: dict[object, object] = {}  # last known, by queue
        self._places: list[Spot] = []
        self._left_out: Counter[str] = Counter()
        self._carried = 0
        self._check_columns()

    def has(self, column: str) -> bool:
        """Return whether the plan says where a column comes from."""
        return column in self._how.columns or column in self._how.constants

    def line(self, i: int) -> int | None:
        """Return the line on which a row starts, ``None`` in a JSON file."""
        place = self._places[i]
        return place if isinstance(place, int) else None

    def column(self, column: str, i: int | None = None) -> str:
        """Return what the file calls a column, several with a plus between.

        In a JSON file it begins with the row.
        """
        name = " + ".join(self._reader.parts(column)) or column
        place = None if i is None else self._places[i]
        return f"{place}/{name}" if isinstance(place, str) else name

    def records(self) -> Iterator[tuple[int, Record]]:
        """Yield position and content of every row that is not left out.

        The rows of several intervals may be of one position.
        """
        if self.issues:
            return
        try:
            yield from self._by_interval() if self._is_by_interval else self._kept()
        except Unreadable as why:
            self.issues.append(PlanIssue((self.name,), str(why), rule="table"))
        self.notes += [
            f"{self.file}: {count} rows are left out: they {why}"
            for why, count in self._left_out.items()
        ]
        if self._carried:
            self.notes.append(
                f"{self.file}: {self._carried} rows have no handle time; that of the "
                "row before is taken"
            )

    @property
    def _is_by_interval(self) -> bool:
        return self.name in _BY_INTERVAL

    def _by_interval(self) -> Iterator[tuple[int, Record]]:
        self._reader.survey()
        intervals = Intervals(self._how, self._given)
        rows = (IntervalRow(i, r, r.pop("minutes")) for i, r in self._kept())
        for i, record in intervals.of(rows):
            if self.name == "calls" and _is_nothing(record.get("calls")):
                self._left_out["have no calls"] += 1
            else:
                yield i, self._with_handle_time(record)
        self.issues += intervals.issues
        self.notes += intervals.notes

    def _kept(self) -> Iterator[tuple[int, Record]]:
        """Yield the rows that are not left out; enter what is wrong with times."""
        for n, (place, cells) in enumerate(self._raw):
            why = self._reader.unwanted(cells)
            record, unclear = ({}, {}) if why else self._record(cells, n)
            why = why or self._unwanted(record)
            if why:
                self._left_out[why] += 1
                continue
            i = len(self._places)
            self._places.append(place)
            for column, expected in unclear.items():
                path = (self.name, i, column)
                self.issues.append(PlanIssue(path, expected, rule="import"))
            if not unclear:
                yield i, self._with_deadline(record)

    def _record(self, cells: Cells, n: int) -> tuple[Record, dict[str, str]]:
        """Return what a row says, and which of its times are not clear."""
        record: Record = dict(self._how.constants)
        unclear: dict[str, str] = {}
        if self._is_by_interval:
            record["minutes"] = self._reader.minutes(cells)
        for column in self._how.columns:
            try:
                value = self._reader.value(column, cells, n)
            except Unclear as why:
                unclear[column] = str(why)
                continue
            if column == _PAUSED and not 0 <= _number(value or 0, of_text=-1) < _LONG:
                unclear[column] = "a number of minutes"
            elif value not in (None, ""):
                record[column] = value
        for column in ("received", "due"):
            if isinstance(moment := record.get(column), dt.datetime):
                record[column] = fixed(moment)
        return record, unclear

    def cells(self, wanted: set[int]) -> dict[int, Record]:
        """Return the cells of rows as they are in the file, by our columns."""
        at = {self._places[i]: i for i in wanted if i < len(self._places)}
        return {
            at[place]: {
                column: " + ".join(cells.get(p, "") for p in self._reader.parts(column))
                for column in self._how.columns
            }
            for place, cells in self._raw
            if place in at
        }

    def _unwanted(self, record: Record) -> str | None:
        """Return why a row is of no use here, ``None`` where it is."""
        named = record.get("queue") or record.get("case_type")
        if self._how.only_named and named not in self._how.names.values():
            return f"are of {named!r} (only_named)"
        if self._is_outside(record.get("start") or record.get("date")):
            return "are of other dates than the plan's"
        if self._is_later(record.get("received")):
            return "were received when the plan had begun"
        if self.name == "calls" and "start" not in record:
            return "have no calls" if _is_nothing(record.get("calls")) else None
        return None

    def _is_outside(self, when: object) -> bool:
        date = when.date() if isinstance(when, dt.datetime) else when
        first, last = self._given.first, self._given.last
        known = isinstance(date, dt.date) and first is not None and last is not None
        return known and not first <= date <= last  # type: ignore[operator]

    def _is_later(self, when: object) -> bool:
        date = when.date() if isinstance(when, dt.datetime) else when
        first = self._given.first
        return isinstance(date, dt.date) and first is not None and date >= first

    def _with_deadline(self, record: Record) -> Record:
        """Return an open case; by its own SLA, or after a pause, with its deadline."""
        if self.name not in SPARE:
            return record
        priority = str(record.pop(_PRIORITY, ""))
        paused = _number(record.pop(_PAUSED, 0))
        arrived, named = record.get("received"), str(record.get("case_type"))
        if isinstance(arrived, dt.date) and "due" not in record:
            clock = self._how.sla.get(priority)
            due = self._given.due(named, arrived, paused, clock)
            record |= {} if due is None else {"due": fixed(due)}
        return record

    def _with_handle_time(self, record: Record) -> Record:
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

    def _check_columns(self) -> None:
        fields = TABLES[self.name].model_fields
        known = (*fields, *SPARE.get(self.name, ()))
        for column in (*self._how.columns, *self._how.constants):
            if column not in known:
                expected = f"a column of {self.name}, which has {', '.join(known)}"
                self._issue(column, expected)
        for column in self._how.columns:
            if not self._reader.present(column):
                self._absent(column)
        for column, field in fields.items():
            if field.is_required() and not self.has(column):
                expected = "where the column comes from (columns, or constants)"
                self._issue(column, expected)
        self._check_others()

    def _check_others(self) -> None:
        """Enter what is wrong with the keys that name something."""
        told = self._how.interval
        if isinstance(told, str) and self._reader.spelt(told) is None:
            self._issue("interval", "minutes, or a column of the file", told)
        for clock in self._how.sla.values():
            if clock.calendar and not self._given.has_calendar(clock.calendar):
                self._issue("sla", "a calendar of the plan", clock.calendar)
        if (self._how.only or self._how.without) and not self._reader.is_filtered:
            names = ", ".join([*self._how.only, *self._how.without])
            self.notes.append(
                f"{self.file}: there is no column {names}, so every row is taken"
            )

    def _absent(self, column: str) -> None:
        """Enter a column that the file has not, unless it may as well not have it."""
        field = TABLES[self.name].model_fields.get(column)
        is_spare = field is None or not field.is_required()
        if self._how.is_default(column) and is_spare:
            return
        known = ", ".join(self._raw.names) or "none"
        for part in self._reader.parts(column):
            if self._reader.spelt(part) is None:
                self._issue(column, f"a column of the file; it has {known}", part)

    def _issue(self, column: str, expected: str, value: str | None = None) -> None:
        path = (self.name, column)
        self.issues.append(PlanIssue(path, expected, rule="import", value=value))


def _is_nothing(text: object) -> bool:
    return _number(text or 0, of_text=1) == 0


def _number(text: object, *, of_text: float = 0) -> float:
    try:
        return float(str(text))
    except ValueError:
        return of_text


def imported(folder: Path, how: TableImport, given: Given) -> "MappedTable | str":
    """Return the table of a file, or what is wrong with the file."""

    def moment(text: str) -> dt.datetime:
        told = how.moment(text)
        if not isinstance(told, dt.datetime):
            told = dt.datetime.combine(told, dt.time())
        zone = how.zone or given.zone
        return told if told.tzinfo else told.replace(tzinfo=zone or dt.UTC)

    try:
        return MappedTable(how, raw_rows(folder / how.file, how, moment), given)
    except Unreadable as why:
        return str(why)
