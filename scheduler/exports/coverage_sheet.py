"""The sheet of the calls: people needed and people there, interval by interval."""

from collections.abc import Iterator
from typing import Any

from scheduler.exports.book import GREEN_INK, RED, RED_INK, Book, Column, Page, Value
from scheduler.exports.rostered import Rostered
from scheduler.rosters.outlook import QueueOutlook, outermost

_COLUMNS = (
    Column("queue", width=24, note="A queue, or queues that share people (a+b)."),
    Column("start", "moment", 21, "Start of the interval, local time."),
    Column("required", "some", 10, "People that the calls need."),
    Column("rostered", "some", 10, "People on calls: heads."),
    Column("effective", "some", 10, "People on calls, by their speed."),
    Column(
        "short",
        "some",
        9,
        "People missing of those who must be there in every interval.",
    ),
    Column(
        "service level",
        "percent",
        11,
        "Predicted: answered in time / offered; empty without calls.",
    ),
    Column("target", "percent", 9, "Service level that the plan asks for."),
)
_SHORT, _LEVEL, _TARGET = 5, 6, 7
_CHART_ROWS, _CHART_WIDTH, _CHART_HEIGHT = 16, 980, 300
_CHARTS_A_PAGE = 2
_SHOWN = 0.05  # people: less looks like nobody


def coverage_sheet(book: Book, seen: Rostered) -> None:
    """Add cover of every queue and interval, after a chart of each."""
    queues = [queue for queue in seen.outlook.queues if len(queue.shown)]
    if not queues:
        return
    charts = book.page("Coverage charts", tab="#2E86AB")
    page = book.page("Coverage", tab="#2E86AB")
    cells = [row for queue in queues for row in _rows(seen, queue)]
    rows = page.table(_COLUMNS, cells, fixed=2)
    _colours(page, rows)
    _charts(charts, queues)


def _rows(seen: Rostered, queue: QueueOutlook) -> Iterator[tuple[Value, ...]]:
    demand = queue.demand
    target = demand.service_level if demand.same_promise else None
    for i in queue.shown:
        yield (
            demand.name,
            seen.moment(int(demand.starts[i])),
            float(demand.required[i]),
            float(queue.rostered[i]),
            float(queue.effective[i]),
            float(queue.short[i]),
            float(queue.service_level[i]),
            target,
        )


def _colours(page: Page, rows: int) -> None:
    """Show who is missing, and levels below their target, in red."""
    bad = {"bg_color": RED, "font_color": RED_INK}
    page.coloured(rows, _SHORT, ">=", _SHOWN, {**bad, "bold": True})
    for formula, look in (
        ('=AND($G2<>"",$G2<$H2)', bad),
        ('=AND($G2<>"",$G2>=$H2)', {"font_color": GREEN_INK}),
    ):
        page.raw.conditional_format(
            1,
            _LEVEL,
            rows,
            _LEVEL,
            {
                "type": "formula",
                "criteria": formula,
                "format": page.book.raw.add_format(look),
            },
        )


def _charts(page: Page, queues: list[QueueOutlook]) -> None:
    """Draw required against rostered, for queues and the widest sets of them."""
    demands = [queue.demand for queue in queues]
    widest = set(outermost(demands))
    first = 1
    drawn, breaks = 0, list[int]()
    for q, queue in enumerate(queues):
        last = first + len(queue.shown) - 1
        if q in widest or len(queue.demand.queues) == 1:
            chart = _chart(page, queue, first, last)
            page.raw.insert_chart(drawn * _CHART_ROWS, 0, chart)
            drawn += 1
            if drawn % _CHARTS_A_PAGE == 0:
                breaks.append(drawn * _CHART_ROWS)
        first = last + 1
    page.raw.set_h_pagebreaks(breaks)


def _chart(page: Page, queue: QueueOutlook, first: int, last: int) -> Any:
    chart = page.book.raw.add_chart({"type": "line"})
    for column, colour, width in ((4, "#2E86AB", 2.25), (2, "#D1495B", 1.5)):
        chart.add_series(
            {
                "name": ["Coverage", 0, column],
                "categories": ["Coverage", first, 1, last, 1],
                "values": ["Coverage", first, column, last, column],
                "line": {"color": colour, "width": width},
            }
        )
    shown = max(1, (last - first + 1) // 14)
    chart.set_title(
        {
            "name": ["Coverage", first, 0],
            "name_font": {"size": 12},
            "overlay": False,
        }
    )
    chart.set_x_axis(
        {
            "text_axis": True,
            "num_format": "ddd hh:mm",
            "interval_unit": shown,
            "interval_tick": shown,
            "num_font": {"size": 8, "rotation": -45},
        }
    )
    chart.set_y_axis(
        {
            "name": "people",
            "min": 0,
            "num_format": "0",
            "major_gridlines": {"visible": True, "line": {"color": "#DDDDDD"}},
        }
    )
    chart.set_legend({"position": "top"})
    chart.set_size({"width": _CHART_WIDTH, "height": _CHART_HEIGHT})
    return chart
