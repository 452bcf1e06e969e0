"""The table of contents of the command line."""

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

from scheduler.cli.bench import bench
from scheduler.cli.calculators import burndown, erlang, establishment
from scheduler.cli.certifying import certify
from scheduler.cli.demo import demo
from scheduler.cli.explaining import explain
from scheduler.cli.exporting import tickets
from scheduler.cli.judging import check, score
from scheduler.cli.plans import requirements, throughput, validate
from scheduler.cli.rostering import roster
from scheduler.cli.schemas import schema
from scheduler.cli.simulating import simulate
from scheduler.cli.valuing import worth
from scheduler.cli.working import worklist
from scheduler.version import VERSION

app = typer.Typer(
    name="ringfence",
    epilog="Exit codes: 0 done, 1 internal error, 2 usage, 3 bad input, 4 proven that "
    "no roster exists, 5 no roster in the time given, 6 illegal roster, or a bound "
    "that does not hold, 130 interrupted with none found.",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"ringfence {VERSION}")
        raise typer.Exit


@app.callback()
def ringfence(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Show it."
        ),
    ] = False,
    debug: Annotated[
        bool,
        typer.Option("--debug", help="Show the traceback of an internal error."),
    ] = False,
) -> None:
    """Weekly rosters that cover the calls and clear the cases in time."""


COMMANDS = (
    demo,
    validate,
    requirements,
    throughput,
    roster,
    check,
    score,
    explain,
    worth,
    simulate,
    certify,
    worklist,
    tickets,
    erlang,
    burndown,
    establishment,
    bench,
    schema,
)


def _heard(command: Callable[..., None]) -> Callable[..., None]:
    """Return the command with Ctrl-C as an error that reaches our own exit codes."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> None:
        try:
            command(*arguments, **options)
        except KeyboardInterrupt as error:
            raise typer.Abort from error

    return run


for each in COMMANDS:
    app.command()(_heard(each))
