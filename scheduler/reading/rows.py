"""Rows of tables, checked one by one."""

from dataclasses import dataclass, field
from itertools import islice
from types import GenericAlias
from typing import Any

from pydantic import TypeAdapter, ValidationError

from scheduler.reading.collect import Issues
from scheduler.reading.source import Table
from scheduler.reading.words import issue_of
from scheduler.tables import TABLES, Row

_AT_ONCE = 10_000  # rows: few enough for their errors to be held

Batch = list[tuple[int, Any]]  # positions and contents


@dataclass
class CheckedRows:
    """The rows of a table that are well formed, and their positions in it."""

    rows: list[Row] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)


def check_rows(table: Table, issues: Issues) -> CheckedRows:
    """Return the rows that are well formed; add what is wrong with the others."""
    model: Any = GenericAlias(list, (TABLES[table.name],))
    adapter: TypeAdapter[list[Row]] = TypeAdapter(model)
    checked = CheckedRows()
    records = table.records()
    while batch := list(islice(records, _AT_ONCE)):
        try:
            rows = adapter.validate_python([content for _, content in batch])
        except ValidationError as error:
            bad = _add_issues(error, table, batch, issues)
            batch = [row for j, row in enumerate(batch) if j not in bad]
            rows = adapter.validate_python([content for _, content in batch])
        checked.rows += rows
        checked.positions.extend(i for i, _ in batch)
    return checked


def _add_issues(
    error: ValidationError, table: Table, batch: Batch, issues: Issues
) -> set[int]:
    """Add the issues of a batch; return which of its rows have some."""
    bad = set()
    for detail in error.errors(include_url=False):
        j, *inside = detail["loc"]
        bad.add(int(j))
        # Said once, of the header.
        if detail["type"] == "missing" and not table.has(str(inside[0])):
            continue
        detail["loc"] = tuple(inside)
        issues.add([issue_of(detail, (table.name, batch[int(j)][0]))])
    return bad
