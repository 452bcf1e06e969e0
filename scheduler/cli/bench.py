"""The command that measures engines on cases: bench."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from models.errors import InvalidInput, PlanError
from scheduler import bench as benchmark
from scheduler.cli.bench_files import compare, plot, table
from scheduler.cli.bench_grid import run_grid, smoke
from scheduler.cli.output import JsonFlag, give
from scheduler.cli.rostering import Workers, exit_code, wanted, watched
from scheduler.domain import Plan, RuleSet
from scheduler.pipeline import Asked, save
from scheduler.writing import write_plan

#: ``bench`` by itself measures; its own commands read what was measured.
bench = typer.Typer(
    invoke_without_command=True, help="Measure engines on cases, each run in one row."
)
bench.command()(compare)
bench.command()(table)
bench.command()(plot)

Several = "; may be given several times"


@bench.callback()
def measure(
    context: typer.Context,
    case: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="What to solve: a name of --list, a plan (folder, .json, .xlsx), an "
            f"instance of Curtois and Qu (.txt){Several}.",
        ),
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
    smoke_test: Annotated[
        bool, typer.Option("--smoke", help="Every engine on a small case, quickly.")
    ] = False,
    engine: Annotated[
        list[str] | None,
        typer.Option(
            help=f"auto, columns, cpsat or milp{Several}.", show_default="auto"
        ),
    ] = None,
    seed: Annotated[
        list[int] | None,
        typer.Option(
            min=0, help=f"Of the case and of the search{Several}.", show_default="0"
        ),
    ] = None,
    time_limit: Annotated[
        list[float] | None,
        typer.Option(
            metavar="SECONDS",
            help=f"Time to search{Several}.",
            show_default="the case's",
        ),
    ] = None,
    gap: Annotated[
        float,
        typer.Option(help="Stop when (objective - bound) / bound is this; 0: proof."),
    ] = 0.0,
    load: Annotated[
        list[float] | None,
        typer.Option(
            help=f"Work over people, of a centre{Several}.",
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
    repeats: Annotated[int, typer.Option(min=1, help="Of each run, for noise.")] = 1,
    into: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Add each run as a line of JSON; what is there is not run again.",
        ),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Run what the file already has, too.")
    ] = False,
    memory_limit: Annotated[
        float | None,
        typer.Option(
            metavar="MB",
            min=1,
            help="End runs that need more, of a grid.",
            show_default="80% of the machine's",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Gets DIR/plan and DIR/roster, of a single run."
        ),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Measure engines on cases: every combination, each in a process of its own.

    One case with one engine, seed and time limit runs here and now, with progress.
    """
    if context.invoked_subcommand is not None:
        return
    if listed:
        _list(as_json=as_json)
        return
    if smoke_test:
        smoke(as_json=as_json)
        return
    chosen = _chosen(case, curtois)
    grid = benchmark.Grid(
        cases=chosen,
        engines=engine or ["auto"],
        loads=load or [],
        seeds=seed or [0],
        time_limits=time_limit or [],
        gap=gap,
        workers=workers,
        rules=None if rules is None else rules.value,
        repeats=repeats,
    )
    _refuse_nonsense(grid)
    runs = list(grid.runs())
    if len(runs) == 1 and into is None:
        _single(chosen[0], runs[0], out, rules, as_json=as_json)
        return
    if out is not None:
        raise typer.BadParameter("is for a single run", param_hint="--out")
    run_grid(runs, into, memory_limit, again=again, as_json=as_json)


def _refuse_nonsense(grid: benchmark.Grid) -> None:
    """Refuse engines, limits and loads that cannot be."""
    for engine in grid.engines:
        for seconds in grid.time_limits or [1.0]:
            wanted(engine, seconds, grid.gap, 0, grid.workers)
    if grid.loads and all(each.centre is None for each in grid.cases):
        names = ", ".join(each.name for each in grid.cases)
        raise typer.BadParameter(f"only a centre takes a load, {names} has its own")


def _single(
    case: benchmark.Case,
    run: benchmark.Wanted,
    out: Path | None,
    rules: RuleSet | None,
    *,
    as_json: bool,
) -> None:
    """Solve one case in this process, with progress on standard error."""
    asked = wanted(
        run.asked_engine, run.time_limit, run.stop_gap, run.seed, run.workers
    )
    plan = _made(case, run.asked_load, run.seed)
    if rules is not None:
        case, plan = benchmark.ruled(case, plan, rules)
    if out is not None:
        _keep(plan, out / "plan")
    ran = _watched(case, plan, asked)
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
        shown=lambda: [
            *lines,
            f"and any {benchmark.PATTERN}, and the path of any plan",
        ],
    )


def _chosen(names: list[str] | None, curtois: Path | None) -> list[benchmark.Case]:
    """Return the cases that are asked for."""
    if (not names) == (curtois is None):
        raise typer.BadParameter("name a case or a file, or ask for --list")
    if curtois is not None:
        plan = benchmark.read_curtois(curtois)
        name = str(curtois) if curtois.suffix == ".txt" else curtois.stem
        return [benchmark.Case(name, 600.0, made=lambda _: plan)]
    return [_case(name) for name in names or ()]


def _case(name: str) -> benchmark.Case:
    try:
        return benchmark.case_of(name)
    except InvalidInput as error:
        if isinstance(error, PlanError):
            raise
        raise typer.BadParameter(str(error), param_hint="--case") from error


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
