"""The commands that write plans and rosters for others: workbook, new, convert."""

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from scheduler.cli.output import JsonFlag, NotesFlag, give, tell
from scheduler.cli.plans import PlanPath
from scheduler.domain import Plan
from scheduler.exports.plan_workbook import write_plan_workbook
from scheduler.exports.roster_workbook import write_roster_workbook
from scheduler.exports.rostered import rostered
from scheduler.preparing import prepare
from scheduler.reading import read_plan
from scheduler.rosters.cells import write_files
from scheduler.samples.first import first
from scheduler.writing import json_text, write_plan

_SUFFIX = ".xlsx"
_OTHERS = (".csv", ".toml", ".xls", ".xlsm", ".ods", ".txt")
_FORMS = "plan.xlsx, plan.json, or a folder for plan.toml and CSV tables."
Target = Annotated[Path, typer.Argument(metavar="OUT", help=_FORMS)]
Force = Annotated[bool, typer.Option("--force", help="Overwrite what is there.")]


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


def new(
    out: Target = Path("plan.xlsx"),
    force: Force = False,
    as_json: JsonFlag = False,
) -> None:
    """A small plan to change into your own, with explanations: workbook or folder."""
    _refuse_target(out, force=force)
    _write_plan(first(), out)
    words = f"written: {out}; try: ringfence roster {out} --out roster"
    give({"file": str(out)}, as_json=as_json, shown=lambda: [Text(words)])


def convert(
    plan: PlanPath,
    out: Target,
    force: Force = False,
    quiet: NotesFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Write a plan in another form: workbook, JSON, or folder of plan.toml and CSV."""
    _refuse_target(out, force=force)
    read = read_plan(plan)
    _write_plan(read.plan, out)
    if not quiet:
        tell(read.notes)
    document = {"file": str(out), "plan_hash": read.plan_hash}
    give(document, as_json=as_json, shown=lambda: [Text(f"written: {out}")])


def _refuse_target(out: Path, *, force: bool) -> None:
    """Refuse what is no form of a plan, and what would be lost."""
    if out.suffix.lower() in _OTHERS and not out.is_dir():
        raise typer.BadParameter(f"must be {_FORMS}", param_hint="OUT")
    taken = out.is_file() or (out.is_dir() and any(out.iterdir()))
    if taken and not force:
        raise typer.BadParameter(
            f"{out} is there already; name another, or add --force to overwrite it",
            param_hint="OUT",
        )


def _write_plan(plan: Plan, out: Path) -> None:
    """Write a plan in the form that a path names."""
    suffix = "" if out.is_dir() else out.suffix.lower()
    if suffix == _SUFFIX:
        write_plan_workbook(plan, out)
    elif suffix == ".json":
        write_files(out.parent, {out.name: json_text(plan)})
    else:
        write_plan(plan, out)
