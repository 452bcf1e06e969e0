"""The command that writes a roster for a spreadsheet: workbook."""

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from scheduler.cli.output import JsonFlag, NotesFlag, give, tell
from scheduler.cli.plans import PlanPath
from scheduler.exports.roster_workbook import write_roster_workbook
from scheduler.exports.rostered import rostered
from scheduler.preparing import prepare

_SUFFIX = ".xlsx"


def workbook(
    plan: PlanPath,
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="ROSTER_DIR",
            help="Folder with roster.csv and activities.csv, or a roster.xlsx.",
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE", help="The workbook to write.")
    ] = Path("roster.xlsx"),
    quiet: NotesFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """A roster as a workbook: to look at, print, edit, and read back."""
    if out.suffix.lower() != _SUFFIX:
        raise typer.BadParameter("must end in .xlsx", param_hint="--out")
    prepared = prepare(plan)
    seen = rostered(prepared, folder)
    write_roster_workbook(out, seen)
    if not quiet:
        tell([*seen.notes, *prepared.translation.notes])
    document = {"file": str(out), "legal": not seen.violations}
    give(document, as_json=as_json, shown=lambda: [Text(f"written: {out}")])
