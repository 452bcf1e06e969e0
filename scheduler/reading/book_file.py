"""Where the parts of a plan stand in a workbook."""

from typing import Any

from scheduler.reading.layout import PARTS, PLAN
from scheduler.reading.sheet_table import SheetTable
from scheduler.reading.source import Place, at
from scheduler.tables import TABLES
from scheduler.validation import Path

CALENDARS = ("calendars",)


class BookFile:
    """Locator of a workbook."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.settings: dict[str, Any] = {}
        self.anchors: dict[Path, tuple[str, int]] = {}
        self.tables: dict[str, SheetTable] = {}
        self._rows: dict[tuple[str, int], dict[str, Any]] = {}

    def remember(self, paths: list[Path]) -> None:
        """Read once more the rows that are going to be asked for."""
        for name, table in self.tables.items():
            wanted = {
                path[1]
                for path in paths
                if path[0] == name and len(path) > 2 and isinstance(path[1], int)
            }
            for i, cells in table.cells(wanted).items() if wanted else ():
                self._rows[name, i] = cells

    def place(self, path: Path) -> Place:
        """Return sheet, row and column (or key) of a path."""
        if path[0] in TABLES:
            return self._in_table(path)
        for end in range(len(path), 0, -1):
            if path[:end] in self.anchors:
                sheet, row = self.anchors[path[:end]]
                rest = path if sheet == PLAN else path[end:]
                if path[:1] == CALENDARS and path[2:3] == ("dates",):
                    rest = ("date",) if _is_date(path) else ("hours",)
                return Place(self.file, row, _column(rest), sheet)
        lists = [part.sheet for part in PARTS if part.path == path[:1]]
        if lists:
            return Place(self.file, None, _column(path[1:]), lists[0])
        return Place(self.file, None, _column(path), PLAN)

    def value(self, path: Path) -> object:
        """Return what was typed at a path, ``None`` where nothing was."""
        if _is_date(path):
            return path[3]
        if path[0] not in TABLES:
            found = at(self.settings, path)
            return None if isinstance(found, dict) else found
        if len(path) < 3:
            return None
        row = self._rows.get((str(path[0]), int(path[1])), {})
        return row.get(str(path[2]))

    def _in_table(self, path: Path) -> Place:
        name = str(path[0])
        table = self.tables.get(name)
        if table is None:
            return Place(self.file, None, None, name)
        if len(path) == 1:
            return Place(self.file, None, None, table.sheet)
        if isinstance(path[1], int):
            column = str(path[2]) if len(path) > 2 else None
            return Place(self.file, table.row(path[1]), column, table.sheet)
        return Place(self.file, table.header_row, str(path[1]), table.sheet)


def _is_date(path: Path) -> bool:
    """Whether a path leads to a date for which a calendar has hours."""
    return path[:1] == CALENDARS and path[2:3] == ("dates",) and len(path) == 4


def _column(path: Path) -> str | None:
    return ".".join(part for part in path if isinstance(part, str)) or None
