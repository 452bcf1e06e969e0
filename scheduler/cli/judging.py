"""The commands that judge rosters: check, score."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.exits import ExitCode
from scheduler.cli.output import JsonFlag, NotesFlag, give, tell
from scheduler.cli.plans import PlanPath
from scheduler.pipeline import judge, prepare
from scheduler.report.score import score_parts
from scheduler.report.verdict import verdict_parts
from scheduler.rosters.record import violation_entries
from scheduler.rosters.score import score as scored
from scheduler.rosters.units import in_hours, parts_in_hours


def check(
    plan: PlanPath,
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="ROSTER_DIR",
            help="Folder with roster.csv (and activities.csv), a roster.xlsx, or a "
            "sheet with a row for each agent and a column for each date.",
        ),
    ],
    quiet: NotesFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Is this roster legal, and what does it cost; also one made by hand."""
    prepared = prepare(plan)
    verdict = judge(prepared, folder)
    entries = violation_entries(verdict.violations, prepared.translation.axis)
    parts = parts_in_hours(verdict.objective_parts)
    document = {
        "legal": not entries,
        "violations": [entry.model_dump(mode="json") for entry in entries],
        # Without activities the dearest goals are unknown: a sum would mislead.
        "objective": None
        if verdict.not_judged
        else in_hours(sum(verdict.objective_parts.values())),
        "objective_parts": parts,
        "not_judged": list(verdict.not_judged),
    }
    if not quiet:
        tell(verdict.notes)
    give(
        document,
        as_json=as_json,
        shown=lambda: verdict_parts(entries, parts, verdict.not_judged),
    )
    if entries:
        raise typer.Exit(ExitCode.ILLEGAL)


def score(
    plan: PlanPath,
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="ROSTER_DIR",
            help="Folder with roster.csv (and activities.csv), or a roster.xlsx.",
        ),
    ],
    against: Annotated[
        Path | None,
        typer.Option(metavar="OTHER_DIR", help="Another roster of the same plan."),
    ] = None,
    quiet: NotesFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Goals and rules of a roster, or of two side by side; also of a spreadsheet's."""
    prepared = prepare(plan)
    found = scored(prepared, folder, against)
    if not quiet:
        tell(prepared.translation.notes)
    give(
        found.model_dump(mode="json"), as_json=as_json, shown=lambda: score_parts(found)
    )
