"""Workbooks whose text stays text, with sheets that read and print well."""

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from models.errors import InvalidInput
from scheduler.reading.workbook import LAST_ROW, LONGEST_TEXT

Value = str | float | dt.date | dt.timedelta | None

FORMATS = {
    "text": "@",
    "date": "ddd yyyy-mm-dd",
    "moment": "ddd yyyy-mm-dd hh:mm",
    "time": "[hh]:mm",
    "number": "General",
    "whole": "#,##0",
    "tenths": "#,##0.0",
    "few": '#,##0;-#,##0;"·"',
    "some": '#,##0.0;-#,##0.0;"·"',
    "signed": "+#,##0.0;-#,##0.0;0.0",
    "percent": "0.0%",
}
TEXT_KINDS = ("text", "date", "moment")  # aligned to the left
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
INK, FAINT, PALE, LINE = "#1F3A4D", "#6B8496", "#E8EEF2", "#B8C4CC"
RED, RED_INK, GREEN_INK = "#F8D7D3", "#9C1C12", "#1E6B3A"
_A4 = 9
_PAGE_WIDTH = 200  # characters that can still be read


@dataclass(frozen=True)
class Column:
    """A column of a sheet; ``note`` is the comment on its header.

    The header of one that may be left empty is ``light``.
    """

    name: str
    kind: str = "text"
    width: float = 12
    note: str = ""
    light: bool = False


class Book:
    """A workbook that is being written."""

    def __init__(self, path: Path, title: str) -> None:
        self.title = title
        self.raw: Any = xlsxwriter.Workbook(str(path), OPTIONS)
        self.raw.set_properties({"title": title, "author": "Ringfence"})
        self.raw.set_size(2400, 1500)
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def format(self, kind: str = "text", **more: Any) -> Any:
        """Return the look of cells of a kind; equal ones are made once."""
        wanted = {"num_format": FORMATS[kind], "valign": "vcenter", "font_size": 10}
        if kind in TEXT_KINDS:
            wanted |= {"align": "left", "indent": 1}
        wanted |= more
        key = tuple(sorted(wanted.items()))
        if key not in self._formats:
            self._formats[key] = self.raw.add_format(wanted)
        return self._formats[key]

    def header(self, kind: str = "text", *, light: bool = False) -> Any:
        """Return the look of headers of columns of a kind."""
        return self.format(
            align="left" if kind in TEXT_KINDS else "right",
            bold=True,
            font_color="white",
            bg_color=FAINT if light else INK,
            text_wrap=True,
            border=1,
            border_color=LINE,
        )

    def page(self, name: str, *, tab: str = INK) -> "Page":
        """Return a new sheet, the last one, ready to be printed."""
        return Page(self, name, tab)


class Page:
    """A sheet that is being written."""

    def __init__(self, book: Book, name: str, tab: str) -> None:
        self.book, self.name = book, name
        self.raw: Any = book.raw.add_worksheet(name)
        self.raw.set_tab_color(tab)
        self.raw.hide_gridlines(2)
        self.raw.set_landscape()
        self.raw.set_paper(_A4)
        self.raw.fit_to_pages(1, 0)
        self.raw.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        title = book.title.replace("&", "&&")[:120]
        self.raw.set_header(f"&L&9{title}&R&9{name}")
        self.raw.set_footer("&R&9&P / &N")

    def put(self, row: int, column: int, value: Value, look: Any) -> None:
        """Write a value; text is text, whatever it looks like."""
        if row > LAST_ROW:
            raise InvalidInput(
                f"sheet {self.name!r}: must have at most {LAST_ROW:,} rows below its "
                "header, which is all that a workbook can hold; a folder can hold more"
            )
        if value is None or (isinstance(value, float) and not math.isfinite(value)):
            self.raw.write_blank(row, column, None, look)
        elif isinstance(value, str):
            if len(value) > LONGEST_TEXT:
                raise InvalidInput(
                    f"sheet {self.name!r}: text must have at most {LONGEST_TEXT:,} "
                    f"characters, got {len(value):,} ({value[:40]!r}...)"
                )
            self.raw.write_string(row, column, value, look)
        elif isinstance(value, dt.date):
            self.raw.write_datetime(row, column, value, look)
        elif isinstance(value, dt.timedelta):
            self.raw.write_number(row, column, value / dt.timedelta(days=1), look)
        else:
            self.raw.write_number(row, column, value, look)

    def headers(self, columns: Sequence[Column], row: int = 0, first: int = 0) -> None:
        """Write the names of columns, with what they mean as comments."""
        for n, column in enumerate(columns, start=first):
            look = self.book.header(column.kind, light=column.light)
            self.put(row, n, column.name, look)
            if column.note:
                size = {"x_scale": 2.2, "y_scale": 0.6 + len(column.note) / 150}
                self.raw.write_comment(row, n, column.note, size)

    def rows(
        self,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Value]],
        row: int,
        first: int = 0,
    ) -> int:
        """Write rows from ``row`` on; return the row after the last."""
        line = {"bottom": 4, "bottom_color": LINE}
        looks = [self.book.format(column.kind, **line) for column in columns]
        text, moment = (self.book.format(kind, **line) for kind in ("text", "moment"))
        for values in rows:
            for n, value in enumerate(values):
                look = looks[n]
                if isinstance(value, str):
                    look = text
                elif isinstance(value, dt.datetime):
                    look = moment
                self.put(row, first + n, value, look)
            row += 1
        return row

    def table(
        self,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Value]],
        *,
        fixed: int = 0,
        height: int = 30,
    ) -> int:
        """Write a whole sheet: a header that stays, filters; return its rows."""
        self.headers(columns)
        for n, column in enumerate(columns):
            self.raw.set_column(n, n, column.width, self.book.format(column.kind))
        end = self.rows(columns, rows, 1)
        self.raw.freeze_panes(1, fixed)
        self.raw.autofilter(0, 0, max(1, end - 1), len(columns) - 1)
        self.raw.repeat_rows(0)
        self.raw.set_row(0, height)
        pages = round(sum(column.width for column in columns) / _PAGE_WIDTH)
        if pages > 1:
            self.raw.fit_to_pages(pages, 0)
            self.raw.repeat_columns(0, max(0, fixed - 1))
        return end - 1

    def coloured(
        self, rows: int, column: int, criteria: str, value: Any, look: Mapping[str, Any]
    ) -> None:
        """Colour the cells of a column below the header whose value is like that."""
        rule = {
            "type": "cell",
            "criteria": criteria,
            "value": value,
            "format": self.book.raw.add_format(dict(look)),
        }
        self.raw.conditional_format(1, column, max(1, rows), column, rule)


def local(moment: dt.datetime) -> dt.datetime | str:
    """Return what the clock shows at an aware moment, as a cell holds it.

    An hour that a clock change repeats is text with its UTC offset.

    >>> from zoneinfo import ZoneInfo
    >>> london = ZoneInfo("Europe/London")
    >>> local(dt.datetime(2026, 10, 25, 1, 30, tzinfo=london))
    '2026-10-25T01:30+01:00'
    >>> local(dt.datetime(2026, 10, 25, 2, 30, tzinfo=london))
    datetime.datetime(2026, 10, 25, 2, 30)
    """
    other = moment.replace(fold=1 - moment.fold)
    if other.utcoffset() != moment.utcoffset():
        return moment.isoformat(timespec="minutes")
    return moment.replace(tzinfo=None, fold=0)


@contextmanager
def written(path: Path, title: str) -> Iterator[Book]:
    """Write a workbook under another name, and put it into place when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    try:
        book = Book(partial, title)
        yield book
        book.raw.close()
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
