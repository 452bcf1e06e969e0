"""Values of a plan as cells of a workbook that are read back the same."""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import tomlkit
from pydantic import BaseModel

from scheduler.clock import TimeRange
from scheduler.exports.book import Value
from scheduler.reading.layout import NONE, CellKind, Leaf
from scheduler.writing import inline, used

_FIRST_YEAR = 1901  # of dates that a workbook knows
_MOST_DIGITS = 16  # that a cell holds
_BARS = "|\n"


def cell_at(entry: BaseModel, leaf: Leaf) -> Value:
    """Return the cell of a key of an entry; ``None`` where it has its default."""
    value: Any = entry
    for key in leaf.path:
        if key not in dict(used(value)):
            return None
        value = getattr(value, key)
    return cell_of(value, leaf)


def cell_of(value: Any, leaf: Leaf) -> Value:
    """Return a value as a cell."""
    if value is None:
        return NONE if leaf.optional else None
    if leaf.many:
        return _list(value, leaf)
    if leaf.kind is CellKind.INLINE:
        return str(tomlkit.item(inline(value)).as_string())
    if leaf.kind is CellKind.TIME:
        return dt.timedelta(minutes=value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, dt.date):
        return _date(value, leaf)
    return _number(value) if isinstance(value, int | float) else str(value)


def _date(value: dt.date, leaf: Leaf) -> Value:
    """Return a date or moment as one, or as text where a cell cannot say the same."""
    if not isinstance(value, dt.datetime):
        return value if value.year >= _FIRST_YEAR else value.isoformat()
    is_bare = leaf.kind is CellKind.DAY_OR_MOMENT and value.time() == dt.time()
    uneven = value.second or value.microsecond
    if value.tzinfo is None and not is_bare and not uneven and value.fold == 0:
        return value
    return value.isoformat(timespec="auto" if uneven else "minutes")


def _number(value: float) -> Value:
    """Return a number, or its text where a cell would round it."""
    same = float(f"{value:.{_MOST_DIGITS}G}") == value
    return value if same else repr(value)


def _list(values: Sequence[Any], leaf: Leaf) -> Value:
    """Return a list in one cell: parted by bars, or as plan.toml has it."""
    texts = [_item(value) for value in values]
    one = values[0] if len(values) == 1 else None
    if isinstance(one, int | float) and not isinstance(one, bool):
        return _number(one)
    if isinstance(one, dt.date):
        return _date(one, leaf)
    if not texts or texts[0].startswith("[") or any(map(_is_unclear, texts)):
        return str(inline([str(text) for text in texts]).as_string())
    return "|".join(texts)


def _item(value: Any) -> str:
    if isinstance(value, TimeRange):
        return str(value)
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _is_unclear(text: str) -> bool:
    return not text or text != text.strip() or any(bar in text for bar in _BARS)
