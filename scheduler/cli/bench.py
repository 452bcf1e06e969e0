"""The command that measures an engine on a named case: bench."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from models.errors import InvalidInput
from scheduler import bench as benchmark
from scheduler.cli.output import JsonFlag, give
from scheduler.cli.rostering import Workers, exit_code, wanted, watched
from scheduler.domain import Plan, RuleSet
from scheduler.pipeline import Asked, save
from scheduler.writing import write_plan


def bench(
    case: Annotated[
        str | None, typer.Option(metavar="NAME", help="What to solve, see --list.")
    ] = None,
    curtois: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Solve an employee shift scheduling instance (Curtois and Qu, 2014).",
        ),
    ] = None,
    listed: Annotated[
        bool, typer.Option("--list", help="Show the cases and their time limits.")
    ] = False,
    engine: Annotated[str, typer.Option(help="auto, columns, cpsat or milp.")] = "auto",
    seed: Annotated[
        int, typer.Option(min=0, help="Of the case and of the search.")
    ] = 0,
    time_limit: Annotated[
        float | None,
        typer.Option(
            metavar="SECONDS", help="Time to search.", show_default="the case's"
        ),
    ] = None,
    gap: Annotated[
        float,
        typer.Option(help="Stop when (objective - bound) / bound is this; 0: proof."),
    ] = 0.0,
    load: Annotated[
        float | None,
        typer.Option(
            help="Work over people, of a centre.",
            show_default=str(benchmark.DEFAULT_LOAD),
        ),
    ] = None,
    rules: Annotated[
        RuleSet | None,
        typer.Option(
            help="Labour rules that everybody has.", show_default="the case's"
        ),
    ] = None,
    workers: Workers = 0,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Gets DIR/plan and DIR/roster.")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Solve a named case and tell how it went in one row of a table."""
    if listed:
        _list(as_json=as_json)
        return
    if (case is None) == (curtois is None):
        raise typer.BadParameter("name a case or a file, or ask for --list")
    chosen = _chosen(case) if case is not None else _of_file(curtois)
    seconds = chosen.seconds if time_limit is None else time_limit
    asked = wanted(engine, seconds, gap, seed, workers)
    plan = _made(chosen, load, seed)
    if rules is not None:
        chosen, plan = benchmark.ruled(chosen, plan, rules)
    if out is not None:
        _keep(plan, out / "plan")
    ran = _watched(chosen, plan, asked)
    if out is not None:
        save(ran.outcome, out / "roster")
    _tell(ran.figures, as_json=as_json)
    if code := exit_code(ran.outcome):
        raise typer.Exit(code)


def _list(*, as_json: bool) -> None:
    """Print the cases that have a name of their own."""
    cases = [benchmark.case_named(name) for name in benchmark.LISTED]
    document = {
        "cases": [{"case": each.name, "time_limit": each.seconds} for each in cases],
        "pattern": benchmark.PATTERN,
    }
    lines = [f"{each.name:<26}{each.seconds:4.0f} s" for each in cases]
    give(
        document,
        as_json=as_json,
        shown=lambda: [*lines, f"and any {benchmark.PATTERN}"],
    )


def _chosen(name: str) -> benchmark.Case:
    try:
        return benchmark.case_named(name)
    except InvalidInput as error:
        raise typer.BadParameter(str(error), param_hint="--case") from error


def _of_file(path: Path | None) -> benchmark.Case:
    """Return an instance as a case that is the same for every seed and load."""
    if path is None:
        raise typer.BadParameter("name a file", param_hint="--curtois")
    return benchmark.Case(path.stem, 600.0, made=benchmark.read_curtois(path))


def _made(case: benchmark.Case, load: float | None, seed: int) -> Plan:
    try:
        return case.plan(load, seed)
    except InvalidInput as error:
        raise typer.BadParameter(str(error)) from error


def _keep(plan: Plan, folder: Path) -> None:
    """Write the plan before the search, so that a wrong folder costs no time."""
    try:
        write_plan(plan, folder)
    except OSError as error:
        reason = (error.strerror or "it cannot be made").lower()
        raise typer.BadParameter(f"cannot write to {folder}: {reason}") from error


def _watched(case: benchmark.Case, plan: Plan, asked: Asked) -> benchmark.Ran:
    """Run a case with progress on standard error."""
    with watched(quiet=False) as (watch, stop):
        return benchmark.run(case, plan, asked, watch, stop)


def _tell(figures: benchmark.Run, *, as_json: bool) -> None:
    """Print the run, on one line; the table's head goes to standard error."""
    if as_json:
        give(asdict(figures), as_json=True, shown=list)
        return
    typer.echo(benchmark.HEADER, err=True)
    typer.echo(benchmark.row(figures))
