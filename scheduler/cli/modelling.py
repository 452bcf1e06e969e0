"""The commands for other solvers: export-model, import-solution."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.exits import ExitCode
from scheduler.cli.output import JsonFlag, NotesFlag, give, tell
from scheduler.cli.plans import PlanPath, refuse_plan_folder
from scheduler.compact import FORMATS, export, read_solution
from scheduler.pipeline import judge, prepare
from scheduler.report.verdict import verdict_parts
from scheduler.report.words import plural
from scheduler.rosters.cells import write_files
from scheduler.rosters.record import violation_entries
from scheduler.rosters.units import in_hours, parts_in_hours
from scheduler.rosters.writing import activities_text, roster_text


def export_model(
    plan: PlanPath,
    out: Annotated[Path, typer.Option(metavar="FILE", help="The model: .mps or .lp.")],
    quiet: NotesFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Write the compact model of a plan, so that any solver can be run on it."""
    if out.suffix.lower() not in FORMATS:
        expected = f"must end in {' or '.join(FORMATS)}, got {out.name!r}"
        raise typer.BadParameter(expected, param_hint="--out")
    prepared = prepare(plan)
    axis = prepared.translation.axis
    written = export(prepared.problem, axis, out.with_suffix(out.suffix.lower()))
    if not quiet:
        tell(prepared.plea.notes)
    document = {
        "files": [str(path) for path in written.files],
        "variables": written.variables,
        "whole": written.whole,
        "rows": written.rows,
    }
    shown = [
        f"{plural(written.variables, 'variable')}, {written.whole:,} of them 0 or 1, "
        f"{plural(written.rows, 'row')}",
        *map(str, written.files),
    ]
    give(document, as_json=as_json, shown=lambda: shown)


def import_solution(
    plan: PlanPath,
    solution: Annotated[
        Path,
        typer.Argument(
            metavar="SOLUTION", help="What a solver found: a name and a value a line."
        ),
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder of the roster.")],
    quiet: NotesFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Make a roster of a solver's solution of the exported model, and check it."""
    refuse_plan_folder(out, plan)
    prepared = prepare(plan)
    problem, axis = prepared.problem, prepared.translation.axis
    roster = read_solution(problem, axis, solution)
    texts = {
        "roster.csv": roster_text(problem, axis, roster),
        "activities.csv": activities_text(problem, axis, roster),
    }
    files = write_files(out, texts)
    verdict = judge(prepared, out)
    entries = violation_entries(verdict.violations, axis)
    parts = parts_in_hours(verdict.objective_parts)
    if not quiet:
        tell(verdict.notes)
    document = {
        "legal": not entries,
        "violations": [entry.model_dump(mode="json") for entry in entries],
        "objective": in_hours(sum(verdict.objective_parts.values())),
        "objective_parts": parts,
        "files": [str(path) for path in files],
    }
    give(
        document,
        as_json=as_json,
        shown=lambda: verdict_parts(entries, parts, verdict.not_judged),
    )
    if entries:
        raise typer.Exit(ExitCode.ILLEGAL)
