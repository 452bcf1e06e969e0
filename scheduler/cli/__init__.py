"""The command line: translates arguments, calls the pipeline, shows the answer."""

import sys
from collections.abc import Sequence

from scheduler.cli.app import app_of
from scheduler.cli.exits import ExitCode, guarded
from scheduler.collecting import look_rarely

__all__ = ["ExitCode", "main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command of the arguments; return its exit code (see ``ExitCode``)."""
    look_rarely()
    given = list(sys.argv[1:] if arguments is None else arguments)
    words = [word for word in given if word != "--debug"] or ["--help"]
    return guarded(
        lambda: app_of(words)(words, prog_name="ringfence", standalone_mode=False),
        as_json="--json" in words,
        debug="--debug" in given,
    )
