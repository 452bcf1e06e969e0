"""The command that tells what changes from one roster to another: compare."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.output import JsonFlag, NotesFlag, give, tell
from scheduler.cli.plans import PlanPath
from scheduler.preparing import prepare
from scheduler.report.compared import compared_parts
from scheduler.rosters.comparing import compare as compared

_HELP = "Folder with roster.csv (and activities.csv)."


def compare(
    plan: PlanPath,
    first: Annotated[Path, typer.Argument(metavar="ROSTER_A", help=_HELP)],
    second: Annotated[
        Path, typer.Argument(metavar="ROSTER_B", help="The same of the other.")
    ],
    limit: Annotated[
        int, typer.Option(min=0, metavar="N", help="Changed days shown.")
    ] = 40,
    quiet: NotesFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """What changes for whom between two rosters of a plan, and what comes of it."""
    found = compared(prepare(plan), first, second)
    if not quiet:
        tell(found.notes)
    give(
        found.model_dump(mode="json"),
        as_json=as_json,
        shown=lambda: compared_parts(found, limit),
    )
