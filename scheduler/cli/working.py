"""The command that says who should take which case next: worklist."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from scheduler.calendars import TimeAxis
from scheduler.cli.output import JsonFlag, NotesFlag, give, tell
from scheduler.cli.plans import PlanPath
from scheduler.foreseeing import foresee
from scheduler.preparing import Prepared, prepare
from scheduler.report.worklist import worklist_document, worklist_parts
from scheduler.rosters.worklist import By
from scheduler.rosters.worklist import worklist as listed


def worklist(
    plan: PlanPath,
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="ROSTER_DIR",
            help="Folder with a roster's tables, or a roster.xlsx.",
        ),
    ],
    at: Annotated[
        str,
        typer.Option(metavar="TIME", help="Such as 2026-03-02T10:30, in local time."),
    ],
    by: Annotated[
        By, typer.Option(help="What comes first of cases that can be in time.")
    ] = By.DEADLINE,
    limit: Annotated[
        int, typer.Option(min=1, metavar="N", help="Lines of open cases shown.")
    ] = 15,
    quiet: NotesFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Who should take which case next, at a moment of the roster."""
    prepared = prepare(plan)
    minute = _minute(prepared, at)
    seen = foresee(prepared, folder)
    found = listed(prepared.translation, seen.roster, seen.outlook.cases, minute, by)
    if not quiet:
        tell(seen.notes)
    give(
        worklist_document(found),
        as_json=as_json,
        shown=lambda: worklist_parts(found, limit),
    )


def _minute(prepared: Prepared, text: str) -> int:
    """Return a moment of the horizon as its minute."""
    axis: TimeAxis = prepared.translation.axis
    end = prepared.problem.day_starts[-1]
    expected = (
        f"a moment from {axis.moment(0):%Y-%m-%dT%H:%M} to before "
        f"{axis.moment(end):%Y-%m-%dT%H:%M}"
    )
    try:
        minute = axis.minute(dt.datetime.fromisoformat(text))
    except ValueError:
        minute = -1
    if not 0 <= minute < end:
        raise typer.BadParameter(f"must be {expected}, got {text!r}", param_hint="--at")
    return minute
