"""A plan as one file, plan.json."""

import json
from pathlib import Path as FilePath
from typing import Any

from scheduler.reading.files import WHOLE_TEXT, escapes_amiss, text_of
from scheduler.reading.finding import Finding
from scheduler.reading.json_table import JsonTable
from scheduler.reading.source import Place, Source, at
from scheduler.tables import TABLES
from scheduler.validation import Path


class JsonFile:
    """Locator of a JSON document: places are JSON pointers."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.content: Any = None

    def remember(self, paths: list[Path]) -> None:
        """Do nothing: the whole document is at hand."""

    def place(self, path: Path) -> Place:
        """Return file and JSON pointer of a path."""
        parts = (str(part).replace("~", "~0").replace("/", "~1") for part in path)
        return Place(self.file, None, "".join(f"/{part}" for part in parts))

    def value(self, path: Path) -> object:
        """Return what was typed at a path, ``None`` where nothing was."""
        return at(self.content, path)


def read_json(path: FilePath) -> Source:
    """Return what is in a JSON file, with everything that is wrong with the file."""
    text = text_of(path)
    if isinstance(text, Finding):
        return Source(JsonFile(path.name), findings=[text])
    return source_of(path.name, text)


def source_of(name: str, text: str) -> Source:
    """Return what a JSON text says, with everything that is wrong with it."""
    locator = JsonFile(name)
    source = Source(locator)
    twice: list[str] = []
    try:
        content = json.loads(text, object_pairs_hook=lambda p: _unique(p, twice))
        is_amiss = escapes_amiss(text, content)
    except RecursionError:
        _wrong(source, name, "JSON that is nested less deeply")
        return source
    except json.JSONDecodeError as error:
        why = error.msg[:1].lower() + error.msg[1:]
        _wrong(source, name, f"JSON: {why}", error.lineno)
        return source
    except ValueError as error:
        _wrong(source, name, f"JSON: {error}")
        return source
    if is_amiss:
        _wrong(source, name, WHOLE_TEXT)
        return source
    for key in dict.fromkeys(twice):
        _wrong(source, name, f"each key once, {key!r} is given twice")
    if not isinstance(content, dict):
        _wrong(source, name, "a JSON object")
        return source
    locator.content = content
    source.settings = {k: v for k, v in content.items() if k not in TABLES}
    source.tables = {
        name: JsonTable(name, content[name]) for name in TABLES if name in content
    }
    return source


def _unique(pairs: list[tuple[str, Any]], twice: list[str]) -> dict[str, Any]:
    """Return the object of these pairs; add the keys that it has twice to ``twice``."""
    content = dict(pairs)
    if len(content) < len(pairs):
        keys = [key for key, _ in pairs]
        twice += [key for key in content if keys.count(key) > 1]
    return content


def _wrong(source: Source, file: str, expected: str, line: int | None = None) -> None:
    source.findings.append(Finding(file, line, None, None, expected, rule="syntax"))
