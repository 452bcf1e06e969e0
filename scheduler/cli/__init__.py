"""The command line: translates arguments, calls the pipeline, shows the answer."""

import gc
import sys
from collections.abc import Sequence

from scheduler.cli.app import app_of
from scheduler.cli.exits import ExitCode, guarded

__all__ = ["ExitCode", "main"]

_RARELY = (200_000, 20, 100)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command of the arguments; return its exit code (see ``ExitCode``)."""
    # A plan of a million cases is a million objects that stay: looking for rubbish
    # among them again and again takes as long as all the rest.
    gc.set_threshold(*_RARELY)
    given = list(sys.argv[1:] if arguments is None else arguments)
    words = [word for word in given if word != "--debug"] or ["--help"]
    return guarded(
        lambda: app_of(words)(words, prog_name="ringfence", standalone_mode=False),
        as_json="--json" in words,
        debug="--debug" in given,
    )
