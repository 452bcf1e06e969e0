"""A plan as a workbook: a sheet for each list and table, ready to be filled."""

import inspect
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from scheduler.domain import Plan
from scheduler.exports.book import (
    FAINT,
    INK,
    PALE,
    Book,
    Column,
    Page,
    Value,
    written,
)
from scheduler.exports.plan_cells import cell_at
from scheduler.exports.plan_help import (
    explained,
    first_sentence,
    formula_of_names,
    read_me_lines,
)
from scheduler.reading.layout import (
    EXPORTS,
    KEY,
    MEANING,
    PARTS,
    PLAN,
    SHEETS,
    UNREAD,
    VALUE,
    CalendarDate,
    CellKind,
    ExportCode,
    Leaf,
    Part,
    columns_of,
    plan_leaves,
)
from scheduler.tables import TABLES

READ_ME = f"{UNREAD}read me"
_SPARE = 1000  # rows below the last that offer their choices
_HEIGHT = 44
_LINE = 105  # characters in a line of meanings
_TABLE, _EMPTY = "#2E86AB", "#C9D3DA"
_KINDS = {
    CellKind.DATE: ("date", 17),
    CellKind.DAY_OR_MOMENT: ("date", 22),
    CellKind.MOMENT: ("moment", 22),
    CellKind.TIME: ("time", 9),
    CellKind.NUMBER: ("number", 12),
    CellKind.WHOLE: ("number", 12),
}
Rows = list[list[Value]]


def write_plan_workbook(plan: Plan, path: Path) -> None:
    """Write a plan as a workbook; what is there stays if that fails.

    Raises
    ------
    InvalidInput
        When a table has more rows than a sheet can hold.
    """
    with written(path, plan.name or "Plan") as book:
        rows = {name: list(_rows(plan, name)) for name in SHEETS if name != PLAN}
        _read_me(book, rows)
        _plan_sheet(book, plan)
        for name, own in rows.items():
            _sheet(book, name, own)


def _rows(plan: Plan, sheet: str) -> Iterator[list[Value]]:
    """Yield the rows of a table, or of a sheet of entries."""
    if sheet in TABLES:
        for row in getattr(plan, sheet):
            yield _cells(row, columns_of(sheet))
        return
    part = next(part for part in PARTS if part.sheet == sheet)
    for owner, entry in _entries(plan, part):
        cells = _cells(entry, columns_of(sheet))
        yield cells if owner is None else [owner, *cells]


def _entries(plan: Plan, part: Part) -> Iterator[tuple[str | None, BaseModel]]:
    """Yield the entries of a sheet, with the name of the entry in which each lies."""
    if part.path == EXPORTS:
        for each in _codes(plan):
            yield None, each
        return
    entries = getattr(plan, part.path[0])
    named = (
        entries.items()
        if isinstance(entries, dict)
        else [(entry.name, entry) for entry in entries]
    )
    for name, entry in named:
        if part.owner is None:
            yield (name if isinstance(entries, dict) else None), entry
        elif part.model is CalendarDate:
            for date, hours in entry.dates.items():
                texts = [str(each) for each in hours]
                yield name, CalendarDate(date=date, hours=texts)
        else:
            for inside in getattr(entry, part.path[1]):
                yield name, inside


def _codes(plan: Plan) -> Iterator[ExportCode]:
    """Yield what other tools call agents and activities."""
    for tool, lists in plan.exports.model_dump().items():
        for own, codes in lists.items():
            for name, code in codes.items():
                yield ExportCode(tool=tool, of=own, name=name, code=code)


def _cells(entry: BaseModel, leaves: Sequence[Leaf]) -> list[Value]:
    return [cell_at(entry, leaf) for leaf in leaves]


def _sheet(book: Book, name: str, rows: Rows) -> None:
    """Add a table, or the entries of a list."""
    part = next((part for part in PARTS if part.sheet == name), None)
    first = list[Column]()
    if part is not None and (part.owner or part.path == ("calendars",)):
        owner = part.owner or "name"
        words = (
            f"Name of sheet {part.path[0]}." if part.owner else "Name of your choice."
        )
        first = [Column(owner, width=18, note=words)]
    columns = [*first, *map(_column, columns_of(name))]
    columns = [_widened(column, n, rows) for n, column in enumerate(columns)]
    tab = INK if part is not None else _TABLE
    page = book.page(name, tab=tab if rows else _EMPTY)
    count = page.table(columns, rows, fixed=1, height=_HEIGHT)
    last = count + _SPARE
    for n, leaf in enumerate(columns_of(name), start=len(first)):
        _offer(page, (1, n, last, n), leaf.name, leaf, name)
    if part is not None and part.owner:
        _offer(page, (1, 0, last, 0), part.owner, None, name)


def _column(leaf: Leaf) -> Column:
    kind, width = _KINDS.get(leaf.kind, ("text", 13))
    if leaf.many and leaf.kind is CellKind.WHOLE:
        width = 14
    is_light = not leaf.field.is_required() or len(leaf.path) > 2
    return Column(leaf.name, kind, width, explained(leaf), is_light)


def _widened(column: Column, n: int, rows: Rows) -> Column:
    """Return a column in which its texts and the words of its name have room."""
    texts = [row[n] for row in rows[:_SPARE]]
    longest = max((len(text) for text in texts if isinstance(text, str)), default=0)
    words = max(map(len, column.name.replace("_", "_ ").split()))
    name = max(words, len(column.name) // 2 if "_" not in column.name else words)
    width = max(
        column.width, min(40, longest + 3), len(column.name) * 0.62 + 3, name + 3
    )
    return Column(column.name, column.kind, width, column.note, column.light)


def _offer(
    page: Page, cells: tuple[int, int, int, int], name: str, leaf: Leaf | None, own: str
) -> None:
    """Let cells offer what may stand in them."""
    rule: dict[str, Any] = {"validate": "list", "error_type": "warning"}
    if leaf is not None and leaf.kind is CellKind.TRUTH:
        rule |= {"source": ["yes", "no"], "error_type": "stop"}
    elif leaf is not None and leaf.choices and not leaf.many:
        source = list(leaf.choices)
        rule |= {"source": source, "error_type": "stop"}
    elif (formula := formula_of_names(name, own)) and not (leaf and leaf.many):
        rule["source"] = formula
    else:
        return
    rule["error_title"] = "Not of the list"
    rule["error_message"] = (
        "Choose from the list; the sheet named like the column has it."
    )
    page.raw.data_validation(*cells, rule)


def _plan_sheet(book: Book, plan: Plan) -> None:
    """Add the keys that are given once, each with what it means."""
    page = book.page(PLAN)
    columns = (
        Column(KEY, width=36),
        Column(VALUE, width=30),
        Column(MEANING, width=110, light=True),
    )
    page.table(columns, [], fixed=1)
    row, above = 1, ""
    for leaf in plan_leaves():
        section = leaf.path[0] if len(leaf.path) > 1 else ""
        line = {"top": 1 if section != above else 4, "top_color": FAINT}
        above = section
        kind = _KINDS.get(leaf.kind, ("text", 0))[0]
        value = cell_at(plan, leaf) if leaf.name != "format" else plan.format
        kind = "text" if isinstance(value, str) else kind
        page.put(row, 0, leaf.name, book.format("text", bold=True, **line))
        look = book.format(kind, align="left", indent=1, bg_color=PALE, **line)
        page.put(row, 1, value, look)
        grey = book.format("text", font_color="#555555", text_wrap=True, **line)
        words = explained(leaf).replace("\n", "  ")
        page.put(row, 2, words, grey)
        page.raw.set_row(row, 15 * -(-len(words) // _LINE))
        _offer(page, (row, 1, row, 1), leaf.name, leaf, PLAN)
        row += 1


def _read_me(book: Book, rows: dict[str, Rows]) -> None:
    """Add what this workbook is, and a link to every sheet."""
    page = book.page(READ_ME, tab="#E0A030")
    page.raw.set_column(0, 0, 24)
    page.raw.set_column(1, 1, 10)
    page.raw.set_column(2, 2, 100)
    big = book.format("text", bold=True, font_size=18, font_color=INK)
    page.put(0, 0, book.title, big)
    page.raw.set_row(0, 28)
    row = 1
    for line in read_me_lines():
        page.put(row, 0, line, book.format("text", font_color="#444444"))
        row += 1
    columns = (Column("sheet"), Column("rows", "whole"), Column("what stands in it"))
    page.headers(columns, row + 1)
    link = book.format("text", font_color=_TABLE, underline=1)
    for n, name in enumerate(SHEETS, start=row + 2):
        page.raw.write_url(n, 0, f"internal:'{name}'!A1", link, name)
        count = len(rows[name]) if name in rows else len(plan_leaves())
        page.put(n, 1, count, book.format("few"))
        page.put(n, 2, _meaning(name), book.format())


def _meaning(sheet: str) -> str:
    if sheet == PLAN:
        return "Keys that are given once: horizon, rules for everybody, weights."
    part = next((part for part in PARTS if part.sheet == sheet), None)
    model = TABLES[sheet] if part is None else part.model
    return first_sentence(inspect.getdoc(model) or "")
