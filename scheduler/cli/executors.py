"""Where many solves run, as commands ask for it."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.executing import Executor
from scheduler.executing import Processes as OnProcesses
from scheduler.executing.on_ray import INSTALL, OnRay, installed

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
    name: str, address: str | None, processes: int, workers: int
) -> Executor:
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


def made_folder(out: Path) -> Path:
    """Return a folder, made where it is missing; refuse one that cannot be made."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or "it cannot be made").lower()
        raise typer.BadParameter(f"cannot write to {out}: {reason}") from error
    return out
