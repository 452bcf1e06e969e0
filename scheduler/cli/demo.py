"""The command that shows the whole way on a sample: demo."""

from pathlib import Path
from typing import Annotated

import typer

from models.errors import PlanError
from scheduler.cli.output import JsonFlag, QuietFlag
from scheduler.cli.rostering import Seed, TimeLimit, Workers, roster_to, wanted
from scheduler.domain import Plan
from scheduler.preparing import prepare
from scheduler.reading import plan_hash, read_plan
from scheduler.samples import SAMPLES
from scheduler.writing import write_plan

DEMO_PLAN = "retail-bank"


def demo(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Gets DIR/plan and DIR/roster.")
    ] = Path("demo"),
    time_limit: TimeLimit = 60.0,
    seed: Seed = 0,
    workers: Workers = 0,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite a plan that was changed.")
    ] = False,
    quiet: QuietFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Write the sample plan to DIR/plan and roster it to DIR/roster."""
    asked = wanted("auto", time_limit, 0.01, seed, workers)
    plan, sample = folder / "plan", SAMPLES[DEMO_PLAN]()
    if not force and _holds_another(plan, sample):
        raise typer.BadParameter(
            f"{plan} holds a plan that is not the demo's; name another DIR, or add "
            f"--force to overwrite it"
        )
    write_plan(sample, plan)
    roster_to(prepare(plan), asked, folder / "roster", quiet=quiet, as_json=as_json)
    if not quiet and not as_json:
        for line in _what_next(folder):
            typer.echo(line)


def _what_next(folder: Path) -> list[str]:
    """Return which files to open, and what to try."""
    plan, made = folder / "plan", folder / "roster"
    return [
        "",
        f"open   {made}/report.html in a browser (everything on one page), or",
        f"       {made}/roster.csv (who works when), activities.csv (what they do),",
        "       coverage.csv (calls), backlog.csv (cases)",
        f"try    ringfence workbook {plan} {made} --out {folder}/roster.xlsx",
        f"       ringfence check {plan} {made}",
        f"       ringfence requirements {plan}",
        f"       ringfence throughput {plan}",
        f"       ringfence simulate {plan} {made}",
        f"       ringfence worth {plan} {made}",
        f"       ringfence explain {plan} {made} --agent A01 --day 2026-03-02",
        f"change {plan}/plan.toml or its tables, then",
        f"       ringfence roster {plan} --out {made}",
    ]


def _holds_another(folder: Path, plan: Plan) -> bool:
    """Whether a folder has files in it that do not say what a plan says."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return False
    try:
        return read_plan(folder).plan_hash != plan_hash(plan)
    except PlanError:
        return True
