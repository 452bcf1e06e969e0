"""The command that makes a page of a roster: report."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.output import JsonFlag, NotesFlag, give, tell
from scheduler.cli.plans import PlanPath
from scheduler.preparing import prepare
from scheduler.report.page.content import page_document
from scheduler.report.page.render import page_text
from scheduler.report.page.sources import read_sources
from scheduler.report.words import entry
from scheduler.rosters.cells import write_files
from scheduler.rosters.document import REPORT_FILE


def report(
    plan: PlanPath,
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="ROSTER_DIR",
            help="Folder with roster.csv, and what else is known of the roster.",
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Default: report.html in the roster's folder; of a workbook its own "
            "name with .html.",
        ),
    ] = None,
    quiet: NotesFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """One page of a roster, to look at, print, and send: it opens offline."""
    path = out or _beside(folder)
    if path.is_dir():
        raise typer.BadParameter(f"{path} is a folder", param_hint="--out")
    prepared = prepare(plan)
    sources = read_sources(prepared, folder)
    text = page_text(page_document(sources))
    try:
        write_files(path.parent, {path.name: text})
    except OSError as error:
        reason = (error.strerror or "it cannot be made").lower()
        raise typer.BadParameter(f"cannot write {path}: {reason}") from error
    if not quiet:
        tell(sources.notes)
    size = len(text.encode())
    give(
        {"file": str(path), "bytes": size, "notes": list(sources.notes)},
        as_json=as_json,
        shown=lambda: [entry("report", f"{path} ({size / 1e6:.1f} MB)")],
    )


def _beside(roster: Path) -> Path:
    return roster.with_suffix(".html") if roster.is_file() else roster / REPORT_FILE
