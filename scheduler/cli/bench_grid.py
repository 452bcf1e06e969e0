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
    time_limits=[10.0],
    gap=0.3,
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
    """Measure runs, add each to the file at once, and show the table of all of them.

    What was interrupted goes on where it was. Leaves with an exit code where a run
    has no legal roster.
    """
    known = {} if into is None else _known(into)
    there = {} if again else known
    left = [run for run in runs if run not in there]
    minutes = sum(run.time_limit for run in left) / 60
    tell(
        [f"{len(left)} of {len(runs)} runs to go, {minutes:,.1f} min at most"], lead=""
    )
    found = dict(there)
    try:
        for number, asked in enumerate(left, 1):
            record = benchmark.measured(asked, megabytes)
            if into is not None:
                benchmark.append(into, record)
            found[asked] = record
            tell([f"{number}/{len(left)} {_told(record)}"], lead="")
    except KeyboardInterrupt as error:
        raise typer.Abort from error
    records = [found[run] for run in runs]
    give({"runs": records}, as_json=as_json, shown=list)
    if not as_json:
        typer.echo(benchmark.markdown(records))
    if not all(record.get("legal") for record in records):
        raise typer.Exit(ExitCode.ILLEGAL)


def _known(into: Path) -> dict[benchmark.Wanted, benchmark.Record]:
    """Return the runs that a file has, which can then be written to."""
    found = {benchmark.wanted_of(run): run for run in benchmark.read(into)}
    try:
        into.parent.mkdir(parents=True, exist_ok=True)
        with into.open("a", encoding="utf-8"):
            return found
    except OSError as error:
        reason = (error.strerror or "it cannot be opened").lower()
        message = f"cannot write to {into}: {reason}"
        raise typer.BadParameter(message, param_hint="--into") from error


def _told(record: benchmark.Record) -> str:
    """Return a run in a line."""
    load = "" if record["asked_load"] is None else f" load {record['asked_load']:g}"
    run = f"{record['case']}{load} {record['asked_engine']} seed {record['seed']}"
    if "error" in record:
        last = record["error"].strip().rpartition("\n")[2]
        return f"{run}: failed, {last}"
    gap = "no gap" if record["gap"] is None else f"gap {record['gap']:.2%}"
    return (
        f"{run}: {record['status']}, {gap}, {record['seconds']:.1f} s, "
        f"{record['peak_mb']:,.0f} MB"
    )
