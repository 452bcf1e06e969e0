"""What the exit code of a command says, and how an error becomes one."""

import json
import os
import sys
import traceback
from collections.abc import Callable
from enum import IntEnum
from typing import Any, cast

import typer

from models.errors import InvalidInput, PlanError
from scheduler.cli.output import tell
from scheduler.report.words import plural

# Click's UsageError, wherever this version of typer keeps it.
USAGE_ERROR = cast(type[typer.BadParameter], typer.BadParameter.__base__)


class ExitCode(IntEnum):
    """Exit codes of every command."""

    DONE = 0
    INTERNAL_ERROR = 1
    USAGE = 2
    BAD_INPUT = 3
    INFEASIBLE = 4
    NO_ROSTER_IN_TIME = 5
    ILLEGAL = 6
    WORSE = 7
    INTERRUPTED = 130


def guarded(command: Callable[[], Any], *, as_json: bool, debug: bool) -> int:
    """Run a command; return its exit code, having told what went wrong."""
    try:
        code = int(command() or 0)
        sys.stdout.flush()
        return code
    except typer.Exit as leave:
        return leave.exit_code
    except (BrokenPipeError, SystemExit):  # rich's and typer's way to say the same
        # Whoever reads has read enough: nothing more is to be said, nor is it wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE
    except PlanError as error:
        return _bad_plan(error, as_json=as_json)
    except Exception as error:
        if debug:
            traceback.print_exc()
        return _failed(*_named(error), as_json=as_json)


def _named(error: Exception) -> tuple[ExitCode, str]:
    """Return the exit code of an error and what to tell people."""
    if isinstance(error, USAGE_ERROR):
        return ExitCode.USAGE, _usage(error)
    if isinstance(error, InvalidInput):
        return ExitCode.BAD_INPUT, str(error)
    if isinstance(error, typer.Abort):
        return ExitCode.INTERRUPTED, "interrupted"
    words = " ".join(f"{type(error).__name__}: {error}".split())
    return ExitCode.INTERNAL_ERROR, f"{words} (run with --debug for the traceback)"


def _usage(error: typer.BadParameter) -> str:
    """Return a usage error's message, with the command that explains more."""
    path = error.ctx.command_path if error.ctx else "ringfence"
    message = error.format_message().rstrip(".")
    return f"{message[:1].lower()}{message[1:]}\ntry '{path} --help'"


def _bad_plan(error: PlanError, *, as_json: bool) -> int:
    """Print every problem of a plan."""
    count = plural(len(error.problems), "problem")
    if as_json:
        findings = [as_document(problem) for problem in error.problems]
        _document(ExitCode.BAD_INPUT, count, findings=findings)
    else:
        tell((str(problem) for problem in error.problems), lead="")
        tell([count], lead="error: ")
    return ExitCode.BAD_INPUT


def as_document(problem: object) -> object:
    """Return a finding as JSON has it."""
    as_dict = getattr(problem, "as_dict", None)
    return as_dict() if as_dict else {"message": str(problem)}


def _failed(code: ExitCode, message: str, *, as_json: bool) -> int:
    """Print an error and return its code."""
    if as_json:
        _document(code, "; ".join(message.splitlines()))
    else:
        tell([message], lead="error: ")
    return code


def _document(code: ExitCode, message: str, **more: object) -> None:
    """Print an error as the command's one JSON document."""
    error = {"code": int(code), "message": message, **more}
    sys.stdout.write(json.dumps({"error": error}) + "\n")
