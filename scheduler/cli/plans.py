"""What commands say of a plan, and the one that only looks at it: validate."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from models.errors import PlanError
from scheduler.cli.exits import ExitCode, as_document
from scheduler.cli.output import JsonFlag, NotesFlag, give, tell
from scheduler.preparing import prepare
from scheduler.report.words import plural

PlanPath = Annotated[
    Path,
    typer.Argument(metavar="PLAN", help="A plan folder, a plan.json or a plan.xlsx."),
]


def refuse_plan_folder(out: Path, plan: Path) -> None:
    """Refuse to write into a plan's own folder."""
    if out.resolve() == plan.resolve():
        raise typer.BadParameter("is the plan's own folder", param_hint="--out")


def validate(
    plan: PlanPath, quiet: NotesFlag = False, as_json: JsonFlag = False
) -> None:
    """Every problem of a plan at once."""
    try:
        prepared = prepare(plan)
    except PlanError as error:
        if not as_json:
            raise
        give(_invalid(error), as_json=True, shown=list)
        raise typer.Exit(ExitCode.BAD_INPUT) from error
    problem, plea = prepared.problem, prepared.plea
    axis = prepared.translation.axis
    document = {
        "valid": True,
        "findings": [],
        "notes": list(plea.notes),
        "plan_hash": plea.plan_hash,
    }
    words = (
        f"the plan is right: {plea.name or plan}, {axis.date(0)} to "
        f"{axis.date(problem.days - 1)}, {plural(len(problem.agents), 'agent')}"
    )
    if not quiet:
        tell(plea.notes)
    give(document, as_json=as_json, shown=lambda: [Text(words)])


def _invalid(error: PlanError) -> dict[str, Any]:
    """Return the findings of a plan as a document."""
    findings = [as_document(problem) for problem in error.problems]
    return {"valid": False, "findings": findings, "notes": []}
