"""Writes a plan as the folder that a planner edits: plan.toml and the CSV tables."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import tomlkit
from pydantic import BaseModel
from tomlkit.items import AoT, Array, InlineTable, Table

from models.errors import InvalidInput
from scheduler.clock import TimeRange
from scheduler.domain import Plan
from scheduler.rosters.cells import csv_text
from scheduler.tables import TABLES, Row

ALWAYS = {"format", "days"}  # written though they may have their default

COMMENTS = {
    "horizon": "Which days are rostered, and on which grid.",
    "calendars": "Opening hours; a weekday left out is closed.",
    "queues": "Real-time work: calls.",
    "case_types": "Deferred work: cases with a deadline.",
    "shift_types": "The menu of shifts: starts times lengths.",
    "contracts": "What people may and must work.",
    "rules": "Rules for everybody.",
    "exports": "What other tools call agents and activities.",
    "weights": "What one unit is worth in paid hours; left out: the default.",
}

COMMENT_APART = re.compile(r"^(# .*)\n\n(?=\[)", re.MULTILINE)
LONG = 80  # characters in a line of plan.toml


def write_plan(plan: Plan, folder: Path) -> None:
    """Write ``plan`` to ``folder``, which is made where it is missing.

    The folder then holds this plan and nothing else of a plan: a table of an earlier
    one that has no rows any more is removed. Other files stay.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plan.toml").write_bytes(settings_text(plan).encode())
    for name in TABLES:
        path = folder / f"{name}.csv"
        rows: Sequence[Row] = getattr(plan, name)
        if rows:
            path.write_bytes(table_text(rows).encode())
        else:
            path.unlink(missing_ok=True)


def settings_text(plan: Plan) -> str:
    """Return plan.toml: keys that differ from their default, a comment per section."""
    document = tomlkit.document()
    document.add(tomlkit.comment("A plan; data/README.md explains every key."))
    sections = {}
    for key, value in used(plan):
        if key in COMMENTS:
            sections[key] = value
        elif key not in TABLES:
            document.add(key, inline(value))
    for key, value in sections.items():
        document.add(tomlkit.nl())
        document.add(tomlkit.comment(COMMENTS[key]))
        document.add(key, _section(value))
    return COMMENT_APART.sub(r"\1\n", tomlkit.dumps(document))


def json_text(plan: Plan) -> str:
    """Return plan.json: keys that differ from their default."""
    return plan.model_dump_json(exclude_defaults=True, indent=1) + "\n"


def table_text(rows: Sequence[Row]) -> str:
    """Return a CSV table of rows of one kind: needed columns and those that are used.

    >>> from scheduler.tables import Skill
    >>> print(table_text([Skill(agent_id="A1", skill="phones")]), end="")
    agent_id,skill
    A1,phones
    """
    fields = type(rows[0]).model_fields
    filled = {key for row in rows for key, _ in used(row)}
    columns = [name for name in fields if name in filled]
    return csv_text(columns, (_cells(row, columns) for row in rows))


def _cells(row: Row, columns: Sequence[str]) -> list[str]:
    texts = row.model_dump()
    return [_cell(getattr(row, column), texts[column]) for column in columns]


def used(model: BaseModel) -> list[tuple[str, Any]]:
    """Return the keys that are needed or differ from their default, with values."""
    return [
        (key, getattr(model, key))
        for key, field in type(model).model_fields.items()
        if key in ALWAYS
        or field.is_required()
        or getattr(model, key) != field.get_default(call_default_factory=True)
    ]


def _cell(value: Any, text: Any) -> str:
    """Return a cell; ``text`` is how the row itself serialises the value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        whole = not (value.second or value.microsecond)
        return value.isoformat(timespec="minutes" if whole else "auto")
    if isinstance(value, float):
        return str(_number(value))
    return str(text)


def _number(value: float) -> float | int:
    """Return a whole number without its point."""
    return int(value) if value.is_integer() else value


def _section(value: Any) -> Table | AoT:
    """Return a section, a dictionary of sections or a list of them, as tables."""
    if isinstance(value, list):
        tables = tomlkit.aot()
        for one in value:
            tables.append(_section(one))
        return tables
    if isinstance(value, dict):
        named = tomlkit.table(is_super_table=True)
        for name, one in value.items():
            named.add(name, _section(one))
        return named
    table = tomlkit.table()
    for key, one in used(value):
        table.add(key, inline(one))
    return table


def inline(value: Any) -> Any:
    """Return a value that plan.toml has in one line, or an array in several."""
    if value is None:
        raise InvalidInput(
            "plan.toml cannot say that a key has no value; plan.json and plan.xlsx can"
        )
    if isinstance(value, BaseModel):
        return _inline_table(used(value))
    if isinstance(value, dict):
        return _inline_table((str(key), one) for key, one in value.items())
    if isinstance(value, list):
        return _array([inline(one) for one in value])
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, StrEnum | TimeRange):
        return str(value)
    return value


def _inline_table(pairs: Iterable[tuple[str, Any]]) -> InlineTable:
    table = tomlkit.inline_table()
    for key, one in pairs:
        table.add(key, inline(one))
    return table


def _array(values: list[Any]) -> Array:
    array = tomlkit.array()
    array.extend(values)
    return array.multiline(len(array.as_string()) > LONG)
