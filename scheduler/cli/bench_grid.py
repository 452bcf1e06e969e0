"""Runs of a grid one after the other, each in a process of its own."""

from collections.abc import Sequence
from pathlib import Path

import typer

from scheduler import bench as benchmark
from scheduler.cli.exits import ExitCode
from scheduler.cli.output import give, tell

SMOKE = benchmark.Grid(
    cases=[benchmark.case_named("tiny")],
    engines=["columns", "cpsat", "milp"],
    time_limits=[30.0],
    gap=1.0,
)


def smoke(*, as_json: bool) -> None:
    """Run every engine on a small case; one without a legal roster is a failure."""
    run_grid(list(SMOKE.runs()), None, None, again=True, as_json=as_json)


def run_grid(
    runs: Sequence[benchmark.Wanted],
    into: Path | None,
    megabytes: float | None,
    *,
    again: bool,
    as_json: bool,
) -> None:
    """Measure runs and show the table of all of them.

    Leaves with an exit code where a run has no legal roster.
    """
    if into is not None:
        _refuse_closed(into)
    try:
        records = benchmark.run_all(
            runs,
            into,
            megabytes,
            again=again,
            tell=lambda line: tell([line], lead=""),
        )
    except KeyboardInterrupt as error:
        raise typer.Abort from error
    give({"runs": records}, as_json=as_json, shown=list)
    if not as_json:
        typer.echo(benchmark.markdown(records))
    if not all(record.get("legal") for record in records):
        raise typer.Exit(ExitCode.ILLEGAL)


def _refuse_closed(into: Path) -> None:
    """Refuse a file that cannot be written to, before a run is lost to it."""
    try:
        into.parent.mkdir(parents=True, exist_ok=True)
        with into.open("a", encoding="utf-8"):
            return
    except OSError as error:
        reason = (error.strerror or "it cannot be opened").lower()
        message = f"cannot write to {into}: {reason}"
        raise typer.BadParameter(message, param_hint="--into") from error
