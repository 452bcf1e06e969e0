"""The command that reads an export of tickets: tickets."""

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from scheduler.cli.output import JsonFlag, give
from scheduler.reading.tickets import Columns, read_tickets
from scheduler.report.words import day, grid
from scheduler.rosters.cells import write_files
from scheduler.rosters.exports import (
    TypeHistory,
    day_after,
    histories,
    history_text,
    open_text,
)

DAYS_SHOWN = 10


def tickets(
    export: Annotated[
        Path, typer.Argument(metavar="FILE", help="CSV, a row for each ticket.")
    ],
    received: Annotated[
        str, typer.Option(metavar="COLUMN", help="When it was received.")
    ],
    completed: Annotated[
        str | None,
        typer.Option(metavar="COLUMN", help="When it was completed; empty: open."),
    ] = None,
    case_type: Annotated[
        str | None, typer.Option("--type", metavar="COLUMN", help="Its case type.")
    ] = None,
    case_id: Annotated[
        str | None, typer.Option("--id", metavar="COLUMN", help="Its name.")
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Up to its start. Default: after the last."),
    ] = None,
    time_zone: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="To bring times with a UTC offset to."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help="Write open_cases.csv and the history there."
        ),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Backlog and ages of an export, day by day; its open cases for a plan."""
    columns = Columns(received, completed, case_type, case_id)
    found = read_tickets(export, columns, export.stem, time_zone)
    date = _date(at) if at else day_after(found) if found else dt.date.today()
    seen = histories(found, date)
    if out is not None:
        files = {
            "open_cases.csv": open_text(found, date),
            "backlog_history.csv": history_text(seen),
        }
        write_files(out, files)
    give(_document(seen, date), as_json=as_json, shown=lambda: _parts(seen, date))


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        expected = f"must be a date such as 2026-03-02, got {text!r}"
        raise typer.BadParameter(expected, param_hint="--at") from None


def _document(seen: Sequence[TypeHistory], at: dt.date) -> dict[str, Any]:
    return {
        "at": at.isoformat(),
        "case_types": [
            {
                "case_type": one.case_type,
                "dates": [date.isoformat() for date in one.dates],
                "opening": one.seen.opening.tolist(),
                "arrived": one.seen.arrived.tolist(),
                "completed": one.seen.completed.tolist(),
                "closing": one.seen.closing.tolist(),
                "ages": one.seen.ages.tolist(),
                "oldest_days": one.seen.oldest_days.round(4).tolist(),
            }
            for one in seen
        ],
    }


def _parts(seen: Sequence[TypeHistory], at: dt.date) -> Iterator[RenderableType]:
    """Yield the last days of each case type, and what they add up to."""
    if not seen:
        yield f"no ticket before {at}"
    for one in seen:
        yield _last_days(one)
        total = one.seen
        yield (
            f"{int(total.arrived.sum()):,} received - {int(total.completed.sum()):,} "
            f"completed = {int(total.closing[-1]):,} open at the start of {at}"
        )
        yield ""


def _last_days(one: TypeHistory) -> Table:
    table = grid(title=one.case_type)
    table.add_column("", no_wrap=True)
    names = ("opening", "new", "done", "closing", "0-1 d", "1-3", "3-5", "5+", "oldest")
    for name in names:
        table.add_column(name, justify="right", no_wrap=True)
    days = len(one.dates)
    for n in range(max(0, days - DAYS_SHOWN), days):
        counts = (
            one.seen.opening[n],
            one.seen.arrived[n],
            one.seen.completed[n],
            one.seen.closing[n],
            *one.seen.ages[n],
        )
        table.add_row(
            Text(f"{day(one.dates[n])} {one.dates[n]:%b}"),
            *(f"{int(count):,}" for count in counts),
            f"{one.seen.oldest_days[n]:.0f} d",
        )
    return table
