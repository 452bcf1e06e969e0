"""Exports of tickets: one row a case, when it was received and when completed."""

import csv
import datetime as dt
import io
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from models.errors import InvalidInput, PlanError
from scheduler.reading.files import text_of
from scheduler.reading.finding import Finding

EXAMPLE = "2026-03-02T09:30"


@dataclass(frozen=True)
class Columns:
    """What an export calls its columns; ``None``: it has none of it."""

    received: str
    completed: str | None = None
    case_type: str | None = None
    case_id: str | None = None


@dataclass(frozen=True)
class Ticket:
    """One case; ``completed`` is ``None`` while it is open. Local times."""

    case_type: str
    case_id: str
    received: dt.datetime
    completed: dt.datetime | None


def read_tickets(
    path: Path, columns: Columns, default_type: str, time_zone: str | None = None
) -> list[Ticket]:
    """Read an export, comma or semicolon; times with an offset go to a time zone.

    Raises
    ------
    PlanError
        With every cell that is wrong: no moment, completed before received, no type.
    InvalidInput
        If there is no such time zone.
    """
    text = text_of(path)
    if isinstance(text, Finding):
        raise PlanError([text])
    reader = _Reader(path.name, columns, default_type, _zone(time_zone))
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    reader.heed_header(list(rows.fieldnames or ()))
    found = [ticket for row in rows if (ticket := reader.ticket(row, rows.line_num))]
    if reader.findings:
        raise PlanError(reader.findings)
    return found


def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return None if name is None else ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        message = f"no time zone {name!r}, use one such as Europe/London"
        raise InvalidInput(message) from error


class _Reader:
    """Reads rows, and keeps what is wrong with them."""

    def __init__(
        self, file: str, columns: Columns, default_type: str, zone: ZoneInfo | None
    ) -> None:
        self.findings: list[Finding] = []
        self._file, self._columns = file, columns
        self._default, self._zone = default_type, zone

    def heed_header(self, names: list[str]) -> None:
        """Raise where a column that was asked for is not there."""
        asked = self._columns
        for name in (
            asked.received, asked.completed, asked.case_type, asked.case_id,
        ):  # fmt: skip
            if name is not None and name not in names:
                known = ", ".join(names) or "none"
                self._wrong(1, name, None, f"a column of the file; it has {known}")
        if self.findings:
            raise PlanError(self.findings)

    def ticket(self, row: dict[str, str | None], line: int) -> Ticket | None:
        """Return a row's case; ``None`` where it is wrong, or has no cell at all."""
        if not any(row.values()):
            return None
        columns = self._columns
        received = self._moment(row, columns.received, line)
        completed = None
        if columns.completed is not None and row.get(columns.completed):
            completed = self._moment(row, columns.completed, line)
            if received is not None and completed is not None and completed < received:
                value = row[columns.completed]
                expected = f"a time after it was received ({row[columns.received]})"
                self._wrong(line, columns.completed, value, expected)
        case_type = self._default
        if columns.case_type is not None:
            case_type = (row.get(columns.case_type) or "").strip()
            if not case_type:
                self._wrong(line, columns.case_type, "", "the case type")
        case_id = row.get(columns.case_id) if columns.case_id else None
        if received is None:
            return None
        return Ticket(case_type, (case_id or "").strip(), received, completed)

    def _moment(
        self, row: dict[str, str | None], column: str, line: int
    ) -> dt.datetime | None:
        value = (row.get(column) or "").strip()
        try:
            moment = dt.datetime.fromisoformat(value)
        except ValueError:
            self._wrong(line, column, value, f"a date and time such as {EXAMPLE}")
            return None
        if moment.tzinfo is None:
            return moment
        if self._zone is None:
            expected = "a local time without UTC offset, or a time zone to bring it to"
            self._wrong(line, column, value, expected)
            return None
        return moment.astimezone(self._zone).replace(tzinfo=None)

    def _wrong(self, line: int, column: str, value: str | None, expected: str) -> None:
        self.findings.append(Finding(self._file, line, column, value, expected))
