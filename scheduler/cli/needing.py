"""The commands that say what a plan needs: requirements, throughput."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType

from scheduler.cli.output import JsonFlag, NotesFlag, give, tell
from scheduler.cli.plans import PlanPath
from scheduler.foreseeing import foresee
from scheduler.preparing import Prepared, prepare
from scheduler.report.capacity import Outset, outset
from scheduler.report.casework import case_parts
from scheduler.report.requirements import (
    requirement_rows,
    requirement_tables,
    requirements_text,
)
from scheduler.report.throughput import (
    Row,
    opening_rows,
    throughput_parts,
    throughput_rows,
    throughput_text,
)
from scheduler.rosters.cells import write_files
from scheduler.rosters.figures import CaseFigures
from scheduler.rosters.measure_cases import case_figures
from scheduler.translate import Translation

TableFolder = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="Write the table there.")
]


def requirements(
    plan: PlanPath,
    out: TableFolder = None,
    quiet: NotesFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """People that the calls need, per queue and interval."""
    prepared = prepare(plan)
    rows = requirement_rows(prepared.translation)
    if out is not None:
        write_files(out, {"requirements.csv": requirements_text(rows)})
    if not quiet:
        tell(prepared.plea.notes)
    document = {"requirements": rows, "notes": list(prepared.plea.notes)}
    give(
        document,
        as_json=as_json,
        shown=lambda: requirement_tables(prepared.translation),
    )


def throughput(
    plan: PlanPath,
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="ROSTER_DIR", help="A roster: what becomes of the cases in it."
        ),
    ] = None,
    out: TableFolder = None,
    quiet: NotesFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Hours of deferred work by day: does capacity hold, what is due when."""
    prepared = prepare(plan)
    cases = None if folder is None else _cases_in(prepared, folder)
    rows, found = throughput_rows(prepared.translation), outset(prepared.translation)
    if out is not None:
        write_files(out, {"throughput.csv": throughput_text(rows)})
    if not quiet:
        tell(prepared.plea.notes)
    document = {
        **found.as_document(),
        "opening": opening_rows(prepared.translation),
        "throughput": rows,
        "notes": list(prepared.plea.notes),
    }
    if cases is not None:
        document["cases"] = [case.model_dump(mode="json") for case in cases]
    give(
        document,
        as_json=as_json,
        shown=lambda: _work_and_cases(prepared.translation, found, rows, cases),
    )


def _work_and_cases(
    translation: Translation,
    found: Outset,
    rows: list[Row],
    cases: list[CaseFigures] | None,
) -> Iterator[RenderableType]:
    """Yield what there is to do, and with a roster what becomes of it."""
    yield from throughput_parts(translation, found, rows)
    if cases is not None:
        yield ""
        yield from case_parts(cases)


def _cases_in(prepared: Prepared, folder: Path) -> list[CaseFigures]:
    """Return what becomes of the cases in a roster."""
    cases = foresee(prepared, folder).outlook.cases
    return [case_figures(prepared.translation, case) for case in cases]
