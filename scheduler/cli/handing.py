"""The command that hands a roster on to other tools: export."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType

from models.roster import check
from scheduler.cli.output import JsonFlag, NotesFlag, give, tell
from scheduler.cli.plans import PlanPath
from scheduler.exports.schedule import Schedule, schedule_of
from scheduler.exports.schedule_files import Format, export_notes, schedule_files
from scheduler.preparing import prepare
from scheduler.report.words import entry, plural
from scheduler.rosters.cells import write_files
from scheduler.rosters.origin import origin_notes
from scheduler.rosters.reading import read_roster


def export(
    plan: PlanPath,
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="ROSTER_DIR",
            help="Folder with roster.csv and activities.csv, or a roster.xlsx.",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="For its files.")],
    form: Annotated[
        Format,
        typer.Option(
            "--format",
            help="schedule: one row for each activity; amazon: staff_shifts and "
            "staff_shift_activities; genesys: JSON of a schedule import; iex-pipe.",
        ),
    ] = Format.SCHEDULE,
    version: Annotated[
        int, typer.Option("--version", min=1, metavar="N", help="Of the schedule.")
    ] = 1,
    quiet: NotesFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """A roster in the shape of another tool, with its codes and ids."""
    prepared = prepare(plan)
    read = read_roster(
        folder,
        prepared.problem,
        prepared.translation.axis,
        prepared.translation.plan,
    )
    found = schedule_of(prepared.translation, read.roster)
    own = prepared.translation.plan
    written = write_files(out, schedule_files(found, form, own.exports, version))
    notes = [*origin_notes(folder, prepared.plea.plan_hash), *read.notes]
    broken = len(check.violations(prepared.problem, read.roster))
    if broken:
        notes.append(
            f"the roster breaks rules, {plural(broken, 'time')}: ringfence check "
            "tells which"
        )
    if read.roster.activities is None:
        notes.append("only shifts: there is no activities.csv")
    notes += export_notes(found, form, own)
    if not quiet:
        tell(notes)
    files = [str(path) for path in written]
    document = {"format": form.value, "files": files, "notes": notes}
    give(document, as_json=as_json, shown=lambda: _parts(found, files))


def _parts(found: Schedule, files: list[str]) -> Iterator[RenderableType]:
    shifts = [shift for own in found.agents for shift in own.shifts]
    doings = sum(len(shift.doings) for shift in shifts)
    people = sum(bool(own.shifts) for own in found.agents)
    yield entry("written", ", ".join(files))
    yield entry(
        "of",
        f"{plural(people, 'agent')}, {plural(len(shifts), 'shift')}, {doings:,} "
        "activities",
    )
