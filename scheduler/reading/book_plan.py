"""A plan as a workbook: a sheet of keys and values, one for each list and table."""

from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any

from scheduler.reading.book_file import CALENDARS, BookFile
from scheduler.reading.finding import Finding
from scheduler.reading.layout import (
    EXPORTS,
    KEY,
    PARTS,
    PLAN,
    SHEETS,
    UNREAD,
    VALUE,
    Leaf,
    Part,
    columns_of,
    plan_leaves,
)
from scheduler.reading.sheet_cells import text_for, value_for
from scheduler.reading.sheet_table import SheetTable
from scheduler.reading.source import Source, at
from scheduler.reading.suggest import closest
from scheduler.reading.workbook import Cell, Workbook, open_workbook, text_of_cell
from scheduler.tables import TABLES
from scheduler.validation import Path

_NAME = "name"
_SHORT = {"rules": "rules.set"}  # keys that stand for others, as in plan.toml


def read_book(path: FilePath) -> Source:
    """Return what is in a workbook, with everything that is wrong with its sheets."""
    locator = BookFile(path.name)
    source = Source(locator)
    book = open_workbook(path)
    if isinstance(book, Finding):
        source.findings.append(book)
        return source
    reader = _Reader(book, locator, source)
    reader.read()
    return source


class _Reader:
    """Reads a workbook into a source."""

    def __init__(self, book: Workbook, locator: BookFile, source: Source) -> None:
        self._book, self._locator, self._source = book, locator, source
        self._settings: dict[str, Any] = {}
        self._named: dict[tuple[str, str], Path] = {}  # entries that others lie in

    def read(self) -> None:
        sheets = self._sheets()
        if PLAN not in sheets:
            expected = f"a sheet {PLAN!r} with keys and values of the plan"
            self._wrong(None, None, None, None, expected)
            return
        self._read_plan(sheets[PLAN])
        for part in PARTS:
            if part.sheet in sheets:
                self._read_part(part, sheets[part.sheet])
        for name in TABLES:
            if name in sheets:
                self._locator.tables[name] = SheetTable(name, self._book, sheets[name])
        if "agents" not in sheets:
            self._source.incomplete.add("agents")
            self._wrong("agents", None, None, None, "a sheet")
        self._source.tables = dict(self._locator.tables)
        self._locator.settings = self._source.settings = self._settings

    def _sheets(self) -> dict[str, str]:
        """Return by their names in small letters the sheets that are a plan's."""
        found = {}
        for sheet in self._book.names:
            name = sheet.strip().lower()
            if name in SHEETS:
                found[name] = sheet
            elif not name.startswith(UNREAD):
                meant = closest(name, SHEETS)
                self._source.incomplete |= {meant} if meant else set()
                self._wrong(
                    sheet,
                    None,
                    None,
                    None,
                    "the name of a table or section, there is no such sheet (those "
                    f"that begin with {UNREAD} are not read)",
                    meant,
                )
        return found

    def _read_plan(self, sheet: str) -> None:
        """Read the sheet of keys and values."""
        rows = self._book.rows(sheet)
        top, cells = next(rows, (1, []))
        names = [text_of_cell(cell).lower() for cell in cells]
        for column in (KEY, VALUE):
            if column not in names:
                self._wrong(sheet, top, column, None, f"a column {column!r}")
                return
        leaves = {leaf.name: leaf for leaf in plan_leaves()}
        key_at, value_at = names.index(KEY), names.index(VALUE)
        for row, cells in rows:
            key = text_of_cell(cells[key_at])
            key = _SHORT.get(key, key)
            if not key or cells[value_at] == "":
                continue
            self._set_key(sheet, row, key, leaves.get(key), cells[value_at])

    def _set_key(
        self, sheet: str, row: int, key: str, leaf: Leaf | None, cell: Cell
    ) -> None:
        path = tuple(key.split("."))
        apart = {part.path[0] for part in PARTS} | TABLES.keys()
        if path in self._locator.anchors:
            self._wrong(sheet, row, key, None, "a key that is given once")
        elif path[0] in apart:
            self._wrong(sheet, row, key, None, f"this on a sheet {path[0]!r}")
        elif not _put(self._settings, path, value_for(text_for(cell, leaf), leaf)):
            self._wrong(sheet, row, key, None, "a key of this format")
        else:
            self._locator.anchors[path] = (PLAN, row)

    def _read_part(self, part: Part, sheet: str) -> None:
        """Read a sheet of entries."""
        rows = self._book.rows(sheet)
        top, cells = next(rows, (1, []))
        names = [text_of_cell(cell).lower() for cell in cells]
        for name in {name for name in names if name and names.count(name) > 1}:
            self._wrong(sheet, top, name, None, "a column name that is given once")
            return
        leaves = {leaf.name: leaf for leaf in columns_of(part.sheet)}
        for row, filled in self._entries(rows, names, leaves):
            entry: dict[str, Any] = {}
            owner = filled.pop(part.owner, "") if part.owner else ""
            for name, text in filled.items():
                value = value_for(text, leaves.get(name))
                if not _put(entry, tuple(name.split(".")), value):
                    self._wrong(sheet, row, name, text, "a key of this format")
            self._add(part, sheet, row, owner, entry)

    def _entries(
        self,
        rows: Iterator[tuple[int, list[Cell]]],
        names: list[str],
        leaves: dict[str, Leaf],
    ) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield row and filled cells of every entry, as texts."""
        for row, cells in rows:
            pairs = zip(names, cells, strict=False)
            found = {
                name: text_for(cell, leaves.get(name)) for name, cell in pairs if name
            }
            filled = {name: text for name, text in found.items() if text}
            if filled:
                yield row, filled

    def _add(
        self, part: Part, sheet: str, row: int, owner: str, entry: dict[str, Any]
    ) -> None:
        """Put an entry where it belongs."""
        if part.owner is not None:
            place = self._named.get((part.path[0], owner))
            if place is None:
                self._no_owner(part, sheet, row, owner)
                return
            path = self._put_inside(part, sheet, row, (*place, part.path[1]), entry)
        elif part.path == CALENDARS:
            path = self._put_calendar(sheet, row, entry)
        elif part.path == EXPORTS:
            path = self._put_code(sheet, row, entry)
        else:
            entries = self._settings.setdefault(part.path[0], [])
            path = (part.path[0], len(entries))
            entries.append(entry)
            if isinstance(name := entry.get(_NAME), str):
                self._named.setdefault((part.path[0], name), path)
        if path:
            self._locator.anchors[path] = (sheet, row)

    def _put_inside(
        self, part: Part, sheet: str, row: int, path: Path, entry: dict[str, Any]
    ) -> Path:
        """Put an entry into another; return its path, empty where it cannot be."""
        inside = at(self._settings, path[:-1])
        if part.path != ("calendars", "dates"):
            entries = inside.setdefault(path[-1], [])
            entries.append(entry)
            return (*path, len(entries) - 1)
        date = entry.get("date")
        dates = inside.setdefault("dates", {})
        if date is None or date in dates:
            expected = "a value" if date is None else "a date that is given once"
            self._wrong(sheet, row, "date", date, expected)
            return ()
        dates[date] = entry.get("hours", [])
        return (*path, date)

    def _put_calendar(self, sheet: str, row: int, entry: dict[str, Any]) -> Path:
        name = entry.pop(_NAME, None)
        calendars = self._settings.setdefault("calendars", {})
        if name is None or name in calendars:
            expected = "a value" if name is None else "a name that is given once"
            self._wrong(sheet, row, _NAME, name, expected)
            return ()
        calendars[name] = entry
        path = ("calendars", name)
        self._named["calendars", name] = path
        return path

    def _put_code(self, sheet: str, row: int, entry: dict[str, Any]) -> Path:
        """Put what another tool calls something among the rest; return its path."""
        keys = [leaf.name for leaf in columns_of(EXPORTS[0])]
        for name in (
            *(key for key in keys if key not in entry),
            *(entry.keys() - keys),
        ):
            expected = "a value" if name in keys else f"one of {', '.join(keys)}"
            self._wrong(sheet, row, name, None, expected)
            return ()
        *path, code = (entry[key] for key in keys)
        _put(self._settings, (*EXPORTS, *path), code)
        for end in (1, 2):  # where a name of the tool, or of its list, is wrong
            self._locator.anchors.setdefault((*EXPORTS, *path[:end]), (sheet, row))
        return (*EXPORTS, *path)

    def _no_owner(self, part: Part, sheet: str, row: int, owner: str) -> None:
        known = [name for kind, name in self._named if kind == part.path[0]]
        expected = f"a name of sheet {part.path[0]}"
        self._wrong(
            sheet, row, part.owner, owner or None, expected, closest(owner, known)
        )

    def _wrong(
        self,
        sheet: str | None,
        row: int | None,
        column: str | None,
        value: str | None,
        expected: str,
        meant: str | None = None,
    ) -> None:
        self._source.findings.append(
            Finding(
                self._book.file, row, column, value, expected, meant, "table", sheet
            )
        )


def _put(content: dict[str, Any], path: tuple[str, ...], value: Any) -> bool:
    """Put a value at a path of keys; return whether there is a place for it."""
    for key in path[:-1]:
        content = content.setdefault(key, {})
        if not isinstance(content, dict):
            return False
    content[path[-1]] = value
    return True
