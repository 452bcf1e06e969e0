"""Lines of keys in a TOML text, which tomllib does not tell.

The text has already been read by tomllib, so it is known to be right.
"""

import re
from collections.abc import Iterator

from scheduler.validation import Path

_PART = r"""(?:"(?:\\.|[^"\\\n])*"|'[^'\n]*'|[A-Za-z0-9_-]+)"""
_KEY = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_STATEMENT = re.compile(
    rf"[ \t]*(?P<header>\[\[?)[ \t]*(?P<table>{_KEY})[ \t]*\]\]?"
    rf"|[ \t]*(?P<key>{_KEY})[ \t]*="
)
_TOKEN = re.compile(
    r'"""(?:\\[\s\S]|[^\\])*?"{3,5}'
    r"|'''[\s\S]*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|[\[\]{}\n]"
    r"""|[^\[\]{}\n#"']+"""
)


def key_lines(text: str) -> dict[Path, int]:
    r"""Return the line of every key that has one of its own.

    Entries of inline tables and arrays are on the line of the key that they belong to.

    >>> key_lines("[horizon]\ndays = 7\n[[queues]]")
    {('horizon',): 1, ('horizon', 'days'): 2, ('queues', 0): 3}
    """
    lines: dict[Path, int] = {}
    entries: dict[Path, int] = {}  # last position of each array of tables
    table: Path = ()
    for line, header, parts in _statements(text):
        if header is None:
            path = (*table, *parts)
        else:
            path = table = _table(parts, header == "[[", entries)
        lines.setdefault(path, line)
    return lines


def line_of(path: Path, lines: dict[Path, int]) -> int | None:
    """Return the line of a path, or of the nearest key that encloses it."""
    for end in range(len(path), 0, -1):
        if path[:end] in lines:
            return lines[path[:end]]
    return None


def _table(parts: list[str], is_entry: bool, entries: dict[Path, int]) -> Path:
    """Return the path of a header, counting the entries of arrays of tables."""
    path: Path = ()
    for n, part in enumerate(parts, start=1):
        path = (*path, part)
        if is_entry and n == len(parts):
            entries[path] = entries.get(path, -1) + 1
        if path in entries:
            path = (*path, entries[path])
    return path


def _statements(text: str) -> Iterator[tuple[int, str | None, list[str]]]:
    """Yield the line of every header (with its bracket) and key, and its parts."""
    position, line = 0, 1
    while position < len(text):
        match = _STATEMENT.match(text, position)
        if match:
            parts = re.findall(_PART, match["table"] or match["key"])
            yield line, match["header"], [part.strip("\"'") for part in parts]
            end = _value_end(text, match.end())
        else:
            end = _token(text, position).end()
        line += text.count("\n", position, end)
        position = end


def _value_end(text: str, position: int) -> int:
    """Return where the rest of a statement ends, at the end of a line."""
    depth = 0
    while position < len(text):
        token = _token(text, position)
        if token[0] == "\n" and depth == 0:
            break
        depth += (token[0] in "[{") - (token[0] in "]}")
        position = token.end()
    return position


def _token(text: str, position: int) -> re.Match[str]:
    token = _TOKEN.match(text, position)
    if token is None:
        raise AssertionError(f"no TOML at {text[position : position + 20]!r}")
    return token
