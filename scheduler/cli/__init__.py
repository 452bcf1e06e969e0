"""The command line: translates arguments, calls the pipeline, shows the answer."""

import sys
from collections.abc import Sequence

from scheduler.cli.app import app
from scheduler.cli.exits import ExitCode, guarded

__all__ = ["ExitCode", "main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command of the arguments; return its exit code (see ``ExitCode``)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    words = [word for word in given if word != "--debug"] or ["--help"]
    return guarded(
        lambda: app(words, prog_name="ringfence", standalone_mode=False),
        as_json="--json" in words,
        debug="--debug" in given,
    )
