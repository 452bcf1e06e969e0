"""Rows of other tools' files, text with separators or JSON, before any meaning."""

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from scheduler.reading.files import LARGEST_BYTES
from scheduler.reading.imports import Series, TableImport
from scheduler.reading.source import at

Spot = int | str  # a line, or a JSON pointer
Cells = dict[str, str]
Moment = Callable[[str], dt.datetime]

_SEPARATORS = ",;|\t"
_LONGEST_CELL = 10_000_000
START = "start"  # column of the intervals of a series


class Unreadable(ValueError):
    """A file that holds no rows; says what was expected."""


class RawRows(Protocol):
    """What a file holds."""

    names: list[str]
    separator: str

    def __iter__(self) -> Iterator[tuple[Spot, Cells]]:
        """Yield where each row stands, and its cells by column.

        Raises ``Unreadable`` where rows end before the file does.
        """


class TextRows:
    """Lines with cells between separators."""

    def __init__(self, text: str, how: TableImport) -> None:
        self._text, self._has_header = text, how.header is None
        self.separator = how.separator or _most(text)
        self.names = how.header or next(iter(self._rows()), (1, []))[1]

    def __iter__(self) -> Iterator[tuple[Spot, Cells]]:
        """Yield the line on which each row starts, and its cells."""
        rows = self._rows()
        if self._has_header:
            next(rows, None)
        for line, cells in rows:
            yield line, dict(zip(self.names, cells, strict=False))

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        stream = io.StringIO(self._text, newline="")
        before = csv.field_size_limit(_LONGEST_CELL)
        rows = csv.reader(stream, delimiter=self.separator)
        line = 1
        try:
            for cells in rows:
                stripped = [cell.strip() for cell in cells]
                if any(stripped):
                    yield line, stripped
                line = rows.line_num + 1
        except csv.Error as error:
            raise Unreadable(f"cells with quotes in pairs ({error})") from error
        finally:
            csv.field_size_limit(before)


@dataclass
class JsonRows:
    """Objects of a JSON document, or lists of values by interval."""

    names: list[str]
    _rows: list[tuple[Spot, Cells]]
    separator: str = ","

    def __iter__(self) -> Iterator[tuple[Spot, Cells]]:
        """Yield where each row stands, as a JSON pointer, and its cells."""
        return iter(self._rows)


def raw_rows(path: Path, how: TableImport, moment: Moment) -> RawRows:
    """Return the rows of a file.

    Parameters
    ----------
    moment
        Reads the first moment of a series.

    Raises
    ------
    Unreadable
        Where it holds none.
    """
    text = _text(path, how.encoding)
    if path.suffix.lower() != ".json":
        return TextRows(text, how)
    try:
        document = json.loads(text, parse_float=str, parse_int=str)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"JSON ({error})") from error
    rows = list(_json_rows(document, how, moment))
    names = {name: None for _, cells in rows for name in cells}
    return JsonRows(list(names), rows)


def _text(path: Path, encoding: str) -> str:
    if not path.is_file():
        raise Unreadable("a file")
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise Unreadable(f"a file of {LARGEST_BYTES / 1e6:,.0f} MB at most")
        text = path.read_bytes().decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise Unreadable(f"text in {encoding} (see encoding)") from error
    except OSError as error:
        raise Unreadable(f"a file that can be read ({error.strerror})") from error
    if "\0" in text:
        raise Unreadable(f"text in {encoding} (see encoding)")
    return text


def _most(text: str) -> str:
    """Return the separator of which the first line has most."""
    first = next((line for line in io.StringIO(text) if line.strip()), "")
    return max(_SEPARATORS, key=first.count)


def _json_rows(
    document: Any, how: TableImport, moment: Moment
) -> Iterator[tuple[Spot, Cells]]:
    """Yield the rows of a document: its objects, their lists interval by interval."""
    found = ((path, at(document, _path(path))) for path in how.rows)
    path, entries = next(((p, e) for p, e in found if isinstance(e, list)), ("", None))
    if entries is None:
        places = " or ".join(path or "the top" for path in how.rows)
        raise Unreadable(f"a list at {places} (see rows)")
    above = path.replace(".", "/") + "/" if path else ""
    for n, entry in enumerate(entries):
        if not isinstance(entry, dict):
            raise Unreadable(f"an object at {above}{n}")
        if how.series is None:
            yield f"{above}{n}", _flat(entry)
        else:
            yield from _intervals(document, entry, how.series, moment, f"{above}{n}")


def _path(dotted: str) -> tuple[str, ...]:
    return tuple(dotted.split(".")) if dotted else ()


def _flat(entry: dict[str, Any], above: str = "") -> Cells:
    """Return an object's cells, those of objects inside by dotted names."""
    cells: Cells = {}
    for key, value in entry.items():
        name = f"{above}{key}"
        if isinstance(value, dict):
            cells |= _flat(value, f"{name}.")
        elif isinstance(value, str):
            cells[name] = value.strip()
        elif value is not None:
            cells[name] = json.dumps(value)
    return cells


def _intervals(
    document: Any, entry: dict[str, Any], series: Series, moment: Moment, place: str
) -> Iterator[tuple[Spot, Cells]]:
    """Yield a row for each interval of the lists of an entry."""
    lists = {key: entry[key] for key in series.columns if key in entry}
    if not lists or not all(isinstance(told, list) for told in lists.values()):
        raise Unreadable(f"lists {', '.join(series.columns)} at {place}")
    if len({len(told) for told in lists.values()}) > 1:
        raise Unreadable(f"lists of one length at {place}")
    first = _first_moment(document, entry, series, moment)
    own = {k: v for k, v in entry.items() if k not in lists}
    for n in range(len(next(iter(lists.values())))):
        # Added in UTC: the intervals of a day with a clock change are 92 or 100.
        start = (first + n * dt.timedelta(minutes=series.minutes)).isoformat()
        values = {key: told[n] for key, told in lists.items()}
        yield f"{place}/{series.columns[0]}/{n}", _flat({**own, **values, START: start})


def _first_moment(
    document: Any, entry: dict[str, Any], series: Series, moment: Moment
) -> dt.datetime:
    """Return when the lists of an entry begin, in UTC."""
    for key in series.start:
        told = at(entry, _path(key)) or at(document, _path(key))
        for text in (told, key):
            try:
                return moment(str(text)).astimezone(dt.UTC)
            except ValueError:
                continue
    keys = ", ".join(series.start)
    raise Unreadable(f"a date or moment at {keys} (see series), such as 2026-03-02")
