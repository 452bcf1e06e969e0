"""Text of files that people hand us."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from scheduler.reading.finding import Finding

LARGEST_BYTES = 200_000_000
WHOLE_TEXT = r"whole characters, and none of them \u0000"


def text_of(path: Path) -> str | Finding:
    """Return a file's text, or what is wrong with the file."""
    try:
        if not path.is_file():
            return _finding(path, "a file", "no_file")
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            return _finding(
                path,
                f"a file of {LARGEST_BYTES / 1e6:,.0f} MB at most, this one has "
                f"{size / 1e6:,.0f} MB",
                "file_size",
            )
        return _decoded(path, path.read_bytes())
    except OSError as error:
        why = error.strerror or "it cannot be opened"
        return _finding(path, f"a file that can be read ({why.lower()})", "unreadable")


def escapes_amiss(text: str, content: object) -> bool:
    r"""Whether a string in it, escaped as text, is none that a file or database keeps.

    Such are ``\\0``, and half of a character that UTF-16 has in two.

    >>> escapes_amiss(r'"\ud83d\ude00"', "\U0001f600")
    False
    >>> escapes_amiss(r'"\ud83d"', "\ud83d")
    True
    """
    return "\\u" in text.lower() and any(map(_is_amiss, _strings(content)))


def _is_amiss(text: str) -> bool:
    return "\0" in text or any("\ud800" <= each <= "\udfff" for each in text)


def _strings(content: object) -> Iterator[str]:
    """Return all keys and values that are text."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for key, value in content.items():
            yield from _strings(key)
            yield from _strings(value)
    elif isinstance(content, list):
        for each in content:
            yield from _strings(each)


def _decoded(path: Path, content: bytes) -> str | Finding:
    if _is_utf_16(content):
        return _finding(
            path, "text in UTF-8; this is UTF-16: save it as UTF-8", "no_text"
        )
    if b"\0" in content:
        return _finding(path, "text in UTF-8; this is another kind of file", "no_text")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return _finding(
            path, "text in UTF-8 (a spreadsheet calls it CSV UTF-8)", "no_text", line
        )


def _is_utf_16(content: bytes) -> bool:
    """Whether it has the mark of UTF-16, or looks like it: every second byte is 0."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    start = content[:64]
    halves = start[::2], start[1::2]
    return len(start) > 1 and any(not any(half) for half in halves)


def _finding(path: Path, expected: str, rule: str, row: int | None = None) -> Finding:
    return Finding(path.name, row, None, None, expected, rule=rule)
