"""The sheet of the cases: inflow, work done, backlog and breaches, day by day."""

from collections.abc import Iterator
from typing import Any

from scheduler.exports.book import RED, RED_INK, Book, Column, Page, Value
from scheduler.exports.rostered import Rostered
from scheduler.rosters.cells import AGE_COLUMNS
from scheduler.rosters.outlook import CaseOutlook


def _age(name: str) -> str:
    """Return a column of ages as words.

    >>> _age("age_0_1"), _age("age_5_up")
    ('0-1 days', '5+ days')
    """
    words = name.removeprefix("age_").replace("_up", "+").replace("_", "-")
    return f"{words} days"


_COLUMNS = (
    Column("case type", width=20),
    Column("date", "date", 16),
    Column("opening", "some", 10, "Open cases at the start of the day."),
    Column("inflow", "some", 9, "New cases for people, expected."),
    Column("done", "some", 9, "Cases completed, expected."),
    Column("backlog", "some", 10, "Open cases at the end of the day."),
    Column("due", "some", 9, "Cases whose deadline lies on that day."),
    Column("breaches", "some", 10, "Those of them not done by then, each once."),
    Column("hours needed", "some", 10, "Of a trained agent, for the cases due."),
    Column("hours in blocks", "some", 10, "Ring-fenced, of a trained agent."),
    Column(
        "hours between calls",
        "some",
        10,
        "As far as the plan counts on them, beside the blocks.",
    ),
    Column("oldest, days", "some", 9, "Age of the oldest open case, at the end."),
    *(
        Column(_age(name), "some", 9, "Open cases of that age, at the end of the day.")
        for name in AGE_COLUMNS
    ),
)
_INFLOW, _DONE, _CLOSING, _BREACHES = 3, 4, 5, 7
_CHART_ROWS, _CHART_WIDTH, _CHART_HEIGHT = 16, 760, 300
_SHOWN = 0.05  # cases: less looks like none


def backlog_sheet(book: Book, seen: Rostered) -> None:
    """Add what becomes of the cases by type and day, with a chart of each type."""
    if not seen.outlook.cases:
        return
    page = book.page("Backlog", tab="#3A7D44")
    cells = [row for case in seen.outlook.cases for row in _rows(seen, case)]
    rows = page.table(_COLUMNS, cells, fixed=2, height=42)
    bad = {"bg_color": RED, "font_color": RED_INK, "bold": True}
    page.coloured(rows, _BREACHES, ">=", _SHOWN, bad)
    days = len(seen.dates)
    for k in range(len(seen.outlook.cases)):
        chart = _chart(page, 1 + k * days, (k + 1) * days)
        row = rows + 2 + (k // 2) * _CHART_ROWS
        page.raw.insert_chart(row, 0 if k % 2 == 0 else 9, chart)


def _rows(seen: Rostered, case: CaseOutlook) -> Iterator[tuple[Value, ...]]:
    found = case.forecast
    for day, date in enumerate(seen.dates):
        values = (
            found.opening[day],
            found.inflow[day],
            found.completed[day],
            found.closing[day],
            found.due[day],
            found.breaches[day],
            case.hours_needed[day],
            case.hours_rostered[day],
            case.hours_fill[day],
            found.oldest_days[day],
            *found.ages[day],
        )
        yield case.case_type, date, *(float(value) for value in values)


def _chart(page: Page, first: int, last: int) -> Any:
    """Return columns of new and done cases, and lines of backlog and breaches."""
    bars = page.book.raw.add_chart({"type": "column"})
    lines = page.book.raw.add_chart({"type": "line"})
    for chart, column, colour in (
        (bars, _INFLOW, "#B8C4CC"),
        (bars, _DONE, "#3A7D44"),
        (lines, _CLOSING, "#1F3A4D"),
        (lines, _BREACHES, "#D1495B"),
    ):
        chart.add_series(
            {
                "name": [page.name, 0, column],
                "categories": [page.name, first, 1, last, 1],
                "values": [page.name, first, column, last, column],
                "fill": {"color": colour},
                "line": {"color": colour, "width": 2},
                "gap": 60,
            }
        )
    bars.combine(lines)
    bars.set_title({"name": [page.name, first, 0], "name_font": {"size": 12}})
    bars.set_x_axis({"text_axis": True, "num_format": "ddd d mmm"})
    grid = {"visible": True, "line": {"color": "#DDDDDD"}}
    bars.set_y_axis({"name": "cases", "min": 0, "major_gridlines": grid})
    bars.set_legend({"position": "top"})
    bars.set_size({"width": _CHART_WIDTH, "height": _CHART_HEIGHT})
    return bars
