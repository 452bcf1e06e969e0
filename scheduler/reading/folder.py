"""A plan as a folder: plan.toml and CSV tables."""

import re
import tomllib
from pathlib import Path as FilePath
from typing import Any

from scheduler.reading.csv_table import CsvTable
from scheduler.reading.files import WHOLE_TEXT, escapes_amiss, text_of
from scheduler.reading.finding import Finding
from scheduler.reading.given import given_by
from scheduler.reading.imports import TableImport, imports_of
from scheduler.reading.mapped import MappedTable, imported
from scheduler.reading.source import Place, Source, at
from scheduler.reading.suggest import closest
from scheduler.reading.toml_lines import key_lines, line_of
from scheduler.tables import TABLES
from scheduler.validation import Path

SETTINGS = "plan.toml"
_FILES = tuple(f"{name}.csv" for name in TABLES)
_TABLE_NAME = f"the name of a table, there is no such table: {', '.join(_FILES)}"
_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


class Folder:
    """Locator of a folder."""

    def __init__(self) -> None:
        self.settings: dict[str, Any] = {}
        self.lines: dict[Path, int] = {}
        self.tables: dict[str, CsvTable | MappedTable] = {}
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
        """Return file, line and column (or key) of a path."""
        if path[0] not in TABLES:
            return Place(SETTINGS, line_of(path, self.lines), self._key(path))
        table = self.tables.get(str(path[0]))
        if table is None:
            return Place(f"{path[0]}.csv")
        if len(path) == 1:
            return Place(table.file)
        if isinstance(path[1], int):
            column = table.column(str(path[2]), path[1]) if len(path) > 2 else None
            return Place(table.file, table.line(path[1]), column)
        return Place(table.file, table.header_line, path[1])

    def value(self, path: Path) -> object:
        """Return what was typed at a path, ``None`` where nothing was."""
        if path[0] not in TABLES:
            return at(self.settings, path)
        if len(path) < 3:
            return None
        row = self._rows.get((str(path[0]), int(path[1])), {})
        return row.get(str(path[2]))

    def _key(self, path: Path) -> str:
        """Return a dotted key in which names stand for positions."""
        words = []
        for n, part in enumerate(path):
            if isinstance(part, int):
                name = at(self.settings, (*path[: n + 1], "name"))
                words.append(name if isinstance(name, str) else str(part + 1))
            else:
                words.append(part)
        return ".".join(words)


def read_folder(folder: FilePath) -> Source:
    """Return what is in a folder, with everything that is wrong with its files."""
    locator = Folder()
    source = Source(locator)
    _read_settings(folder / SETTINGS, locator, source)
    told = list(imports_of(source, locator.lines))
    others = {(folder / how.file).resolve() for _, how in told}
    for path in sorted(folder.iterdir()):
        hidden = path.name.startswith((".", "~"))
        is_table = path.suffix.lower() == ".csv" and not hidden
        if is_table and path.resolve() not in others:
            _read_table(path, locator, source)
    for line, how in told:
        _import(folder, how, line, locator, source)
    if "agents" not in locator.tables and "agents" not in source.incomplete:
        source.incomplete.add("agents")
        source.findings.append(
            Finding("agents.csv", None, None, None, "a file", rule="no_file")
        )
    source.tables = {
        name: locator.tables[name] for name in TABLES if name in locator.tables
    }
    return source


def _import(
    folder: FilePath,
    how: TableImport,
    line: int | None,
    locator: Folder,
    source: Source,
) -> None:
    """Read a table from a file of another tool."""
    table: MappedTable | str = f"one source of {how.table}: {how.table}.csv or a file"
    if how.table not in locator.tables:
        table = imported(folder, how, given_by(source))
    if isinstance(table, str):
        source.incomplete.add(how.table)
        source.findings.append(
            Finding(SETTINGS, line, "imports.file", how.file, table, rule="no_file")
        )
    else:
        locator.tables[how.table] = table


def _read_settings(path: FilePath, locator: Folder, source: Source) -> None:
    text = text_of(path)
    if isinstance(text, Finding):
        source.findings.append(text)
        return
    try:
        content = tomllib.loads(text)
        if escapes_amiss(text, content):
            raise ValueError(f"expected {WHOLE_TEXT}")
    except RecursionError:
        source.findings.append(_wrong_toml("it is nested too deeply", None))
    except ValueError as error:
        source.findings.append(_wrong_toml(*_syntax(text, str(error))))
    else:
        locator.lines = key_lines(text.replace("\r\n", "\n"))
        _refuse_tables(content, locator.lines, source)
        locator.settings = source.settings = content


def _syntax(text: str, message: str) -> tuple[str, int | None]:
    """Return what tomllib says, and its line."""
    where = _LINE.search(message)
    why = _LINE.sub("", message)
    if where is None:
        return why, None
    return why, int(where[1]) if where[1] else text.rstrip().count("\n") + 1


def _wrong_toml(why: str, line: int | None) -> Finding:
    expected = f"TOML: {why[:1].lower()}{why[1:]}"
    return Finding(SETTINGS, line, None, None, expected, rule="syntax")


def _refuse_tables(
    content: dict[str, Any], lines: dict[Path, int], source: Source
) -> None:
    """Take rows of tables, which belong into CSV files, out of the settings."""
    for name in [name for name in TABLES if name in content]:
        del content[name]
        source.incomplete.add(name)
        line = line_of((name,), lines) or line_of((name, 0), lines)
        expected = f"the rows of this table in {name}.csv"
        source.findings.append(
            Finding(SETTINGS, line, name, None, expected, rule="table")
        )


def _read_table(path: FilePath, locator: Folder, source: Source) -> None:
    name = path.stem
    if path.name not in _FILES:
        meant = closest(name, TABLES)
        file = f"{meant}.csv" if meant else None
        source.incomplete |= {meant} if meant else set()
        source.findings.append(
            Finding(path.name, None, None, None, _TABLE_NAME, file, "no_table")
        )
        return
    text = text_of(path)
    if isinstance(text, Finding):
        source.incomplete.add(name)
        source.findings.append(text)
    else:
        locator.tables[name] = CsvTable(name, text)
