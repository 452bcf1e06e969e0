"""The table of contents of the command line."""

from collections.abc import Callable, Sequence
from functools import wraps
from importlib import import_module
from typing import Annotated, Any

import typer

from models.errors import InvalidInput
from scheduler.version import VERSION

#: Commands, in the order in which they are shown, and the modules that have them.
COMMANDS = {
    "demo": "demo",
    "validate": "plans",
    "requirements": "needing",
    "throughput": "needing",
    "roster": "rostering",
    "check": "judging",
    "score": "judging",
    "compare": "comparing",
    "report": "reporting",
    "explain": "explaining",
    "worth": "valuing",
    "whatif": "supposing",
    "sites": "siting",
    "robust": "hedging",
    "hire": "hiring",
    "simulate": "simulating",
    "workbook": "workbooks",
    "new": "workbooks",
    "convert": "workbooks",
    "certify": "certifying",
    "export-model": "modelling",
    "import-solution": "modelling",
    "worklist": "working",
    "calendars": "calendaring",
    "export": "handing",
    "tickets": "exporting",
    "erlang": "calculators",
    "burndown": "calculators",
    "establishment": "calculators",
    "bench": "bench",
    "schema": "schemas",
    "serve": "listening",
    "worker": "serving",
    "keys": "keys",
    "openapi": "describing",
    "db": "databases",
    "config": "settings",
}
#: Those of them that need the extra ``service``.
OF_SERVICE = ("serve", "worker", "keys", "openapi", "db", "config")


def app_of(words: Sequence[str]) -> typer.Typer:
    """Return the application for some words: with the command that they begin with.

    With all commands where they begin with none. Others are not imported: solvers take
    a second, which who asks for something else need not wait.
    """
    app = typer.Typer(
        name="ringfence",
        epilog="Exit codes: 0 done, 1 internal error, 2 usage, 3 bad input, 4 proven "
        "that no roster exists, 5 no roster in the time given, 6 illegal roster, or a "
        "bound that does not hold, 7 worse than before (bench compare), 130 "
        "interrupted with none found.",
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_ringfence)
    first = words[0] if words else ""
    for name in [first] if first in COMMANDS else COMMANDS:
        command = _command(name)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name)(_heard(command))
    return app


def _command(name: str) -> Any:
    """Return a command; where an extra is missing, one that says what to install."""
    try:
        module = import_module(f"scheduler.cli.{COMMANDS[name]}")
        return getattr(module, name.replace("-", "_"))
    except ModuleNotFoundError as error:
        ours = (error.name or "").partition(".")[0] in ("scheduler", "models")
        if name not in OF_SERVICE or ours:
            raise
        return _missing(name, error.name or "")


def _missing(name: str, module: str) -> typer.Typer:
    """Return the command that says that an extra is not installed."""
    told = f"{name} needs {module}: pip install 'ringfence[service]'"

    def say(context: typer.Context) -> None:
        raise InvalidInput(told)

    settings = {"ignore_unknown_options": True, "allow_extra_args": True}
    absent = typer.Typer(help="Not installed: it is of ringfence[service].")
    absent.callback(invoke_without_command=True, context_settings=settings)(say)
    return absent


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"ringfence {VERSION}")
        raise typer.Exit


def _ringfence(
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


def _heard(command: Callable[..., None]) -> Callable[..., None]:
    """Return the command with Ctrl-C as an error that reaches our own exit codes."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> None:
        try:
            command(*arguments, **options)
        except KeyboardInterrupt as error:
            raise typer.Abort from error

    return run
