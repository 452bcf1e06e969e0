"""The command that tells what hours and rules are worth: worth."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.output import JsonFlag, NotesFlag, asides, give, tell
from scheduler.cli.plans import PlanPath
from scheduler.preparing import prepare
from scheduler.report.worth import worth_parts
from scheduler.rosters.worth import Asked
from scheduler.rosters.worth import worth as worths


def worth(
    plan: PlanPath,
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="ROSTER_DIR", help="Folder that `ringfence roster` wrote."
        ),
    ],
    check: Annotated[
        int,
        typer.Option(
            min=0, metavar="N", help="Solve again with the N largest, one by one."
        ),
    ] = 0,
    time_limit: Annotated[
        float, typer.Option(min=1, metavar="SECONDS", help="For each of them.")
    ] = 20,
    quiet: NotesFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """What an hour more is worth, by day, time and skill; a hire; room in a rule."""
    prepared = prepare(plan)
    if not quiet:
        tell(prepared.translation.notes)
    with asides(quiet=quiet).status("reckoning what hours are worth") as status:

        def watch(done: int) -> None:
            status.update(f"solving again: {done + 1} of {check}")

        found = worths(prepared, folder, Asked(check, time_limit), watch)
    give(
        found.model_dump(mode="json"), as_json=as_json, shown=lambda: worth_parts(found)
    )
