"""People that the calls need: requirements.csv, and a table per queue."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from models.erlang import Definition
from scheduler.calendars import TimeAxis
from scheduler.domain import Scope
from scheduler.report.words import cell, count, day, grid
from scheduler.rosters.cells import csv_text, number
from scheduler.rosters.writing import moment_text
from scheduler.tables.guarded import guarded
from scheduler.translate import QueueDemand, Translation

COLUMNS = (
    "queue",
    "start",
    "calls",
    "handle_seconds",
    "offered_erlangs",
    "required",
    "least",
)
DAYS_SIDE_BY_SIDE = 7
MOST_TABLES = 4
_SHADES = (
    "black on color(195)",
    "black on color(153)",
    "black on color(117)",
    "black on color(75)",
    "white on color(26)",
    "white on color(18)",
)

Row = dict[str, Any]


def requirement_rows(translation: Translation) -> list[Row]:
    """Return a row for each queue (set) and interval that is open or needs people."""
    end = translation.problem.day_starts[-1]
    return [
        {
            "queue": demand.name,
            "start": moment_text(translation.axis, int(demand.starts[i])),
            "calls": round(float(demand.calls[i]), 4),
            "handle_seconds": round(float(demand.handle_seconds[i]), 4),
            "offered_erlangs": round(float(demand.load[i]), 4),
            "required": round(float(demand.required[i]), 4),
            "least": round(float(demand.least[i]), 4),
        }
        for demand in translation.demands
        for i in np.flatnonzero(demand.is_open | (demand.required > 0)).tolist()
        if demand.starts[i] < end
    ]


def requirements_text(rows: list[Row]) -> str:
    """Return requirements.csv."""
    return csv_text(
        COLUMNS,
        (
            (
                guarded(row["queue"]),
                row["start"],
                *(number(row[column]) for column in COLUMNS[2:]),
            )
            for row in rows
        ),
    )


def requirement_tables(translation: Translation) -> Iterator[RenderableType]:
    """Yield a table per queue and week: hours down, days across, peaks inside."""
    days = range(translation.problem.days)
    weeks = [
        days[first : first + DAYS_SIDE_BY_SIDE]
        for first in range(0, len(days), DAYS_SIDE_BY_SIDE)
    ]
    if not translation.demands:
        yield "no queues in this plan"
    for demand in translation.demands:
        yield Text(_promise(demand), style="bold")
        for week in weeks[:MOST_TABLES]:
            yield _week(translation, demand, week)
        if weeks[MOST_TABLES:]:
            yield f"and {len(weeks) - MOST_TABLES} more weeks: see requirements.csv"
        yield ""


def _promise(demand: QueueDemand) -> str:
    """Return the queue, what its callers are promised, and what the figures are."""
    share, within = demand.service_level, demand.answer_within_seconds
    words = f"{demand.name}: {share:.0%} answered within {within:g} s"
    if demand.scope is not Scope.INTERVAL:
        words += f" over the {demand.scope}"
    if demand.definition is not Definition.OFFERED:
        words += f" ({demand.definition})"
    if demand.patience_seconds is not None:
        words += f", patience {demand.patience_seconds:g} s"
    if len(demand.handle_factors) > 1:
        words += f", up to {len(demand.handle_factors)} chats at once"
    if demand.forecast_cv:
        words += f", forecast give or take {demand.forecast_cv:.0%}"
    if demand.unplanned_shrinkage:
        words += f", {demand.unplanned_shrinkage:.0%} unplanned shrinkage"
    return f"{words}; people, hour's peak"


def _week(translation: Translation, demand: QueueDemand, week: range) -> Table:
    """Return one week of a queue."""
    axis, starts = translation.axis, translation.problem.day_starts
    peaks: dict[int, dict[int, float]] = defaultdict(dict)
    totals = dict.fromkeys(week, 0.0)
    for d in week:
        inside = (starts[d] <= demand.starts) & (demand.starts < starts[d + 1])
        for i in np.flatnonzero(inside & (demand.required > 0)).tolist():
            hour, people = _hour(axis, demand, i), float(demand.required[i])
            peaks[hour][d] = max(people, peaks[hour].get(d, 0.0))
            totals[d] += people * demand.minutes / 60
    table = grid()
    table.add_column("", style="dim", no_wrap=True)
    for d in week:
        table.add_column(day(axis.date(d)), justify="right", no_wrap=True)
    most = max((max(row.values()) for row in peaks.values()), default=0.0)
    for hour in sorted(peaks):
        cells = (_heat(peaks[hour].get(d), most) for d in week)
        table.add_row(f"{hour:02}:00", *cells)
    table.add_section()
    table.add_row("agent-hours", *(cell(totals[d]) for d in week), style="bold")
    return table


def _heat(people: float | None, most: float) -> Text:
    """Return people on a ground that is the darker the nearer they are to the most."""
    if people is None:
        return Text("· ")
    shade = min(int(people / most * len(_SHADES)), len(_SHADES) - 1)
    return Text(f" {count(people)} ", style=_SHADES[shade])


def _hour(axis: TimeAxis, demand: QueueDemand, i: int) -> int:
    """Return the hour on the clock in which an interval starts."""
    return axis.moment(int(demand.starts[i])).hour
