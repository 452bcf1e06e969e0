"""Workbooks that people hand us: safe to open, and their cells as texts."""

import datetime as dt
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import python_calamine as calamine

from models.errors import PlanError
from scheduler.reading.files import LARGEST_BYTES
from scheduler.reading.finding import Finding

LAST_ROW = 1_048_575  # counted from 0
LONGEST_TEXT = 32_767
SUFFIXES = (".xlsx", ".xlsm")

_INFLATED_BYTES = 600_000_000
_MOST_CELLS = 12_000_000  # of a sheet, empty ones between others counted
_MOST_PARTS = 10_000
_PIECE = 1 << 20
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,7})(\d{1,12})["']""")
_OVERLAP = 64  # bytes: longer than any place
_ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WHOLE = "a workbook that is whole; this one is damaged"
_FIRST_DATE = dt.date(1900, 3, 1)  # what is before is a time of day
_EPOCH = dt.datetime(1899, 12, 30)  # day 0 of a workbook, as from March 1900 on
_LEAP = 60  # the day of a workbook before it: 29 February, which 1900 did not have
_DATES = 25_569, 109_940  # numbers of days from 1970 to 2200
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ T]+(\d{1,2}:\d\d))?")
_LOOSE_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[ T]+(\d{1,2}:\d\d(?::\d\d)?)")

Cell = str | float | bool | dt.date | dt.time | dt.timedelta


@dataclass(frozen=True)
class Workbook:
    """A workbook that can be read.

    Attributes
    ----------
    file
        Its name.
    names
        Its sheets.
    """

    file: str
    names: tuple[str, ...]
    _book: calamine.CalamineWorkbook

    def rows(self, name: str) -> Iterator[tuple[int, list[Cell]]]:
        """Yield number and cells of every row of a sheet that is not blank.

        Raises
        ------
        PlanError
            When the sheet is damaged.
        """
        try:
            sheet = self._book.get_sheet_by_name(name)
            for number, cells in enumerate(sheet.iter_rows(), start=1):
                if any(cell != "" for cell in cells):
                    yield number, cells
        except calamine.CalamineError as error:
            found = Finding(
                self.file, None, None, None, _WHOLE, rule="broken", sheet=name
            )
            raise PlanError([found]) from error


def is_workbook(path: Path) -> bool:
    """Return whether a path is a file that calls itself a workbook."""
    return path.suffix.lower() in SUFFIXES and not path.is_dir()


def open_workbook(path: Path) -> Workbook | Finding:
    """Return a workbook, or why it is not opened: what it would take is known first."""
    try:
        if not path.is_file():
            return _finding(path, "a file", "no_file")
        if path.stat().st_size > LARGEST_BYTES:
            most = f"a file of {LARGEST_BYTES / 1e6:,.0f} MB at most"
            return _finding(path, most, "file_size")
        if trouble := _trouble(path):
            return _finding(path, *trouble)
        book = calamine.CalamineWorkbook.from_path(path)
        names = (
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ == calamine.SheetTypeEnum.WorkSheet
        )
        return Workbook(path.name, tuple(names), book)
    except OSError as error:
        why = (error.strerror or "it cannot be opened").lower()
        return _finding(path, f"a file that can be read ({why})", "unreadable")
    except _BROKEN:
        return _finding(path, _WHOLE, "broken")


_BROKEN = (
    calamine.CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


def _finding(path: Path, expected: str, rule: str) -> Finding:
    return Finding(path.name, None, None, None, expected, rule=rule)


def _trouble(path: Path) -> tuple[str, str] | None:
    """Return what was expected instead of this file, and the rule."""
    with path.open("rb") as file:
        start = file.read(len(_ENCRYPTED))
    if start == _ENCRYPTED:
        return (
            "a workbook without a password, saved as .xlsx; this one has a password "
            "or is of an older format",
            "encrypted",
        )
    if not start.startswith(b"PK"):
        return "a workbook saved as .xlsx; this is another kind of file", "no_workbook"
    with zipfile.ZipFile(path) as parts:
        names = {part.filename for part in parts.infolist()}
        if "xl/workbook.xml" not in names:
            return "a workbook saved as .xlsx; this is another kind of file", (
                "no_workbook"
            )
        return _too_large(parts)


def _too_large(parts: zipfile.ZipFile) -> tuple[str, str] | None:
    """Return what was expected where a workbook would take too much memory.

    Every part is inflated once, piece by piece, and searched for places of cells: what
    it says of its own size is not believed, nor that it is no sheet.
    """
    left = _INFLATED_BYTES
    most = f"a workbook that holds {_INFLATED_BYTES / 1e6:,.0f} MB at most"
    infos = parts.infolist()
    if sum(info.file_size for info in infos) > left or len(infos) > _MOST_PARTS:
        return most, "file_size"
    for info in infos:
        rows = columns = 0
        before = b""
        with parts.open(info) as part:
            while piece := part.read(_PIECE):
                left -= len(piece)
                if left < 0:
                    return most, "file_size"
                rows, columns = _reach(before + piece, rows, columns)
                before = piece[-_OVERLAP:]
        if rows * columns > _MOST_CELLS:
            return (
                "sheets without cells far off: delete what stands in the last rows "
                "and columns",
                "file_size",
            )
    return None


def _reach(text: bytes, rows: int, columns: int) -> tuple[int, int]:
    """Return how far the cells of a sheet reach, at least ``rows`` and ``columns``."""
    for letters, number in set(_PLACE.findall(text)):
        rows = max(rows, int(number))
        column = 0
        for letter in letters.upper():
            column = 26 * column + letter - 64
        columns = max(columns, column)
    return rows, max(1, columns)


def text_of_cell(cell: Cell) -> str:
    """Return a cell as a person would type it into a CSV file.

    >>> text_of_cell(480.0), text_of_cell(True), text_of_cell(dt.time(8))
    ('480', 'yes', '08:00')
    >>> text_of_cell(dt.datetime(2026, 3, 2, 8, 30)), text_of_cell("2026-03-02 8:30")
    ('2026-03-02T08:30', '2026-03-02T08:30')
    """
    if isinstance(cell, str):
        return _tidied(cell.strip())
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float | int):
        return str(int(cell)) if float(cell).is_integer() else repr(cell)
    return _text_of_time(cell)


def dated(cell: Cell) -> Cell:
    """Return the date or moment of a number whose format has been lost.

    >>> dated(46083.0), dated(46083.5), dated(7.0)
    (datetime.date(2026, 3, 2), datetime.datetime(2026, 3, 2, 12, 0), 7.0)
    """
    days = _number(cell)
    if days is None or not _DATES[0] <= days < _DATES[1]:
        return cell
    moment = _EPOCH + dt.timedelta(days=days)
    return moment if moment.time() != dt.time() else moment.date()


def numbered(cell: Cell) -> Cell:
    """Return the number of a cell that shows it as a date, as Excel does after a time.

    >>> numbered(dt.date(1900, 9, 26)), numbered(dt.datetime(1900, 1, 8, 12))
    (270.0, 8.5)
    """
    if not isinstance(cell, dt.date):
        return cell
    moment = (
        cell if isinstance(cell, dt.datetime) else dt.datetime(*cell.timetuple()[:3])
    )
    days = (moment - _EPOCH) / dt.timedelta(days=1)
    return days if days > _LEAP else days - 1


def timed(cell: Cell) -> Cell:
    """Return the time of day of a number whose format has been lost.

    >>> timed(0.5), timed(7.0)
    (datetime.timedelta(seconds=43200), 7.0)
    """
    days = _number(cell)
    return cell if days is None or not 0 <= days <= 1 else dt.timedelta(days=days)


def _number(cell: Cell) -> float | None:
    if isinstance(cell, bool) or not isinstance(cell, float | int):
        return None
    return cell


def moment_of_cell(cell: Cell) -> str:
    """Return the text of a cell in which a date alone means its midnight.

    >>> moment_of_cell(dt.date(2026, 3, 2))
    '2026-03-02T00:00'
    """
    cell = dated(cell)
    is_date = isinstance(cell, dt.date) and not isinstance(cell, dt.datetime)
    return text_of_cell(cell) + "T00:00" * is_date


def _tidied(text: str) -> str:
    """Return a date and time with a T between them, and hours in two digits.

    >>> _tidied("2.3.2026 8:30"), _tidied("2026-03-02  8:30")
    ('2026-03-02T08:30', '2026-03-02T08:30')
    """
    if dotted := _DOTTED.fullmatch(text):
        day, month, year, time = dotted.groups()
        text = f"{year}-{month.zfill(2)}-{day.zfill(2)}{f' {time}' if time else ''}"
    match = _LOOSE_TIME.match(text)
    if match is None:
        return text
    return f"{match[1]}T{match[2].zfill(5)}{text[match.end() :].strip()}"


def _text_of_time(cell: dt.date | dt.time | dt.timedelta) -> str:
    """Return a date, a moment, or a time of day, to the second."""
    if isinstance(cell, dt.timedelta):
        return _clock(round(cell.total_seconds()))
    if isinstance(cell, dt.time):
        seconds = 3600 * cell.hour + 60 * cell.minute + cell.second
        return _clock(seconds + round(cell.microsecond / 1e6))
    if not isinstance(cell, dt.datetime):
        return "24:00" if cell < _FIRST_DATE else cell.isoformat()
    moment = cell + dt.timedelta(microseconds=500_000)
    moment = moment.replace(microsecond=0)
    if moment.time() == dt.time():
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds" if moment.second else "minutes")


def _clock(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    text = f"{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{rest:02}" if rest else text
