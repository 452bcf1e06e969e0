"""Where many solves run, as commands ask for it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import Event
from typing import Annotated, Protocol

import typer

from scheduler.cli.exits import ExitCode
from scheduler.cli.interrupt import stop_on_interrupt
from scheduler.cli.output import asides
from scheduler.executing import Executor
from scheduler.executing import Processes as OnProcesses
from scheduler.executing.on_ray import INSTALL, OnRay, installed
from scheduler.rosters.document import RosterResult

ManyOut = Annotated[
    Path,
    typer.Option("--out", metavar="DIR", help="Folder of the tables and the rosters."),
]
TimeLimitEach = Annotated[
    float, typer.Option("--time-limit", metavar="SECONDS", help="Of each solve.")
]
WorkersEach = Annotated[
    int, typer.Option("--workers", min=1, help="Threads of each solve; 1: repeatable.")
]
Processes = Annotated[
    int,
    typer.Option(min=0, help="Solves at a time; 0: as many as there are processors."),
]
ExecutorName = Annotated[str, typer.Option(help="processes of this machine, or ray.")]
Address = Annotated[
    str | None,
    typer.Option(
        metavar="HOST:PORT", help="Of a Ray cluster. Default: one begun here."
    ),
]


def executor_of(
    name: str, address: str | None, processes: int, workers: int = 1
) -> OnProcesses | OnRay:
    """Return what solves run on; refuse what there is not."""
    if name not in ("processes", "ray"):
        _refuse(f"there are processes and ray, not {name!r}", "--executor")
    if name == "processes":
        if address is not None:
            _refuse("only --executor ray has an address", "--address")
        return OnProcesses(processes, workers)
    if not installed():
        _refuse(INSTALL, "--executor")
    return OnRay(address, processes, workers)


def _refuse(message: str, option: str) -> None:
    raise typer.BadParameter(message, param_hint=option)


@contextmanager
def working(
    where: Executor, *, quiet: bool
) -> Iterator[tuple[Callable[[str], None], Event]]:
    """Hand out what says on standard error how far it is, and what Ctrl-C sets."""
    console = asides(quiet=quiet)
    kept = where.kept() if isinstance(where, OnRay) else nullcontext()
    with console.status("reading") as status, stop_on_interrupt() as stop, kept:
        yield lambda words: status.update(words), stop


class _Answer(Protocol):
    @property
    def result(self) -> RosterResult: ...


class _Solved(Protocol):
    @property
    def answer(self) -> _Answer | None: ...
    @property
    def error(self) -> str | None: ...


def worst_code(
    solved: Iterable[_Solved], *, interrupted: bool, bad: Mapping[str, ExitCode]
) -> ExitCode:
    """Return what to leave with after many solves: the worst of all.

    ``bad`` is by status, the worst first.
    """
    every = list(solved)
    if any(one.error for one in every):
        return ExitCode.INTERNAL_ERROR
    found = [None if one.answer is None else one.answer.result for one in every]
    if interrupted and any(one is None or one.gave_up for one in found):
        return ExitCode.INTERRUPTED
    states = {one.status for one in found if one is not None}
    return next(
        (code for status, code in bad.items() if status in states), ExitCode.DONE
    )
