"""The command that solves many sites: sites."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.executors import (
    Address,
    ExecutorName,
    Processes,
    executor_of,
    made_folder,
)
from scheduler.cli.exits import ExitCode
from scheduler.cli.interrupt import stop_on_interrupt
from scheduler.cli.output import JsonFlag, QuietFlag, asides, give, tell
from scheduler.cli.rostering import Seed, TimeLimit, wanted
from scheduler.report.sites import sites_parts
from scheduler.report.words import plural
from scheduler.sites.reading import read_sites
from scheduler.sites.recording import sites_document
from scheduler.sites.running import Progress, SitesRun
from scheduler.sites.saving import save_sites
from scheduler.sites.solved import Solved
from scheduler.whatif.saving import STORE
from scheduler.whatif.stored import Store


def sites(
    folder: Annotated[
        Path,
        typer.Argument(metavar="SITES", help="Folder with sites.toml and the plans."),
    ],
    out: Annotated[
        Path,
        typer.Option(metavar="DIR", help="Folder of the table and the rosters."),
    ],
    engine: Annotated[str, typer.Option(help="auto, columns, cpsat or milp.")] = "auto",
    time_limit: TimeLimit = 300.0,
    gap: Annotated[
        float,
        typer.Option(help="Stop a site when (objective - bound) / bound is this."),
    ] = 0.005,
    seed: Seed = 0,
    workers: Annotated[
        int, typer.Option(min=1, help="Threads of each site; 1: repeatable.")
    ] = 1,
    work_limit: Annotated[
        int,
        typer.Option(
            min=0, help="Stop after so many steps of columns, whatever time they take."
        ),
    ] = 0,
    divisions: Annotated[
        int,
        typer.Option(min=1, help="Most divisions of shared queues that are tried."),
    ] = 3,
    processes: Processes = 0,
    executor: ExecutorName = "processes",
    address: Address = None,
    quiet: QuietFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Build the rosters of many sites, some of which may share queues."""
    asked = wanted(engine, time_limit, gap, seed, workers, work_limit)
    if out.resolve() == folder.resolve():
        raise typer.BadParameter("is the folder of the sites", param_hint="--out")
    where = executor_of(executor, address, processes, workers)
    read = read_sites(folder)
    out = made_folder(out)
    run = SitesRun(Store(out / STORE), asked, where, divisions)
    with _shown(quiet=quiet) as (watch, stop):
        solved = run.solve(read, stop, watch)
    document = sites_document(read, run, solved)
    files = save_sites(document, run, solved, out)
    if not quiet:
        tell(document.notes)
    if as_json or not quiet:
        give(
            document.model_dump(mode="json"),
            as_json=as_json,
            shown=lambda: sites_parts(document, list(map(str, files))),
        )
    if code := _exit_code(run, solved):
        raise typer.Exit(code)


@contextmanager
def _shown(
    *, quiet: bool
) -> Iterator[tuple[Callable[[Progress], None], threading.Event]]:
    """Show how far a run is on standard error; hand out what Ctrl-C sets."""
    console = asides(quiet=quiet)
    with console.status("reading") as status, stop_on_interrupt() as stop:

        def watch(run: Progress) -> None:
            words = f"solved {run.solved} of {plural(run.sites, 'site')}"
            if run.failed:
                words += f", {run.failed} failed"
            if run.round > 1:
                words += f", division {run.round} of shared queues"
            status.update(words)

        yield watch, stop


def _exit_code(run: SitesRun, solved: Sequence[Solved]) -> int:
    """Return what the process should leave with: the worst of all sites."""
    states = {one.answer.result.status for one in solved if one.answer is not None}
    if any(one.error for one in solved):
        return ExitCode.INTERNAL_ERROR
    if run.interrupted and any(one.answer is None for one in solved):
        return ExitCode.INTERRUPTED
    for status, code in (
        ("illegal", ExitCode.ILLEGAL),
        ("infeasible", ExitCode.INFEASIBLE),
        ("unknown", ExitCode.NO_ROSTER_IN_TIME),
    ):
        if status in states:
            return code
    return ExitCode.DONE
