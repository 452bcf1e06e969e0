"""Cells of a plan's workbook as the texts and lists of its other forms."""

import re
import tomllib
from typing import Any

from scheduler.reading.csv_table import with_point
from scheduler.reading.layout import NONE, CellKind, Leaf
from scheduler.reading.words import AMBIGUOUS
from scheduler.reading.workbook import (
    Cell,
    dated,
    moment_of_cell,
    numbered,
    text_of_cell,
    timed,
)

_NUMBERS = (CellKind.NUMBER, CellKind.WHOLE)
_BARS = re.compile(r"[|\n]")
_PARTED = re.compile(r"[|\n,;]")  # of what has no comma in it


def text_for(cell: Cell, leaf: Leaf | None) -> str:
    """Return a cell as a file would have it; without a leaf as it stands."""
    if leaf is None:
        return text_of_cell(cell)
    if leaf.kind is CellKind.MOMENT:
        return moment_of_cell(cell)
    if leaf.kind in (CellKind.DATE, CellKind.DAY_OR_MOMENT):
        cell = dated(cell)
    elif leaf.kind is CellKind.TIME:
        cell = timed(cell)
    elif leaf.kind in _NUMBERS:
        cell = numbered(cell)
    text = text_of_cell(cell)
    if leaf.kind not in _NUMBERS or leaf.many:
        return text
    unsure = isinstance(cell, str) and AMBIGUOUS.fullmatch(f"{text}?")
    return f"{text}?" if unsure else with_point(text)


def value_for(text: str, leaf: Leaf | None) -> Any:
    """Return what the text of a cell says in the settings of a plan."""
    if leaf is None:
        return text
    if leaf.many:
        return _items(text, leaf)
    if leaf.optional and text.lower() == NONE:
        return None
    if leaf.kind is CellKind.INLINE:
        return _inline(text)
    if leaf.choices and all(choice.isdecimal() for choice in leaf.choices):
        return int(text) if text.isdecimal() else text
    return text


def _items(text: str, leaf: Leaf) -> Any:
    """Return the list in a cell: parted by bars, or as plan.toml has it."""
    if text.startswith("["):
        return _inline(text)
    parted = _BARS if leaf.kind is CellKind.TEXT else _PARTED
    return [item.strip() for item in parted.split(text) if item.strip()]


def _inline(text: str) -> Any:
    """Return a value as plan.toml has it; the text where it is none."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except (tomllib.TOMLDecodeError, RecursionError):
        return text
