"""The command that solves many sites: sites."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.executors import (
    Address,
    ExecutorName,
    ManyOut,
    Processes,
    TimeLimitEach,
    WorkersEach,
    executor_of,
    working,
    worst_code,
)
from scheduler.cli.exits import ExitCode
from scheduler.cli.output import JsonFlag, QuietFlag, give_noted, made_folder
from scheduler.cli.rostering import (
    EngineName,
    Gap,
    Seed,
    WorkLimit,
    wanted,
)
from scheduler.executing.task import processors
from scheduler.report.sites import sites_parts
from scheduler.report.words import plural
from scheduler.sites.reading import read_sites
from scheduler.sites.recording import sites_document
from scheduler.sites.running import Progress, SitesRun
from scheduler.sites.saving import save_sites
from scheduler.whatif.saving import STORE
from scheduler.whatif.stored import Store

_BAD = {
    "illegal": ExitCode.ILLEGAL,
    "infeasible": ExitCode.INFEASIBLE,
    "unknown": ExitCode.NO_ROSTER_IN_TIME,
}


def sites(
    folder: Annotated[
        Path,
        typer.Argument(metavar="SITES", help="Folder with sites.toml and the plans."),
    ],
    out: ManyOut,
    engine: EngineName = "auto",
    time_limit: TimeLimitEach = 300.0,
    gap: Gap = 0.005,
    seed: Seed = 0,
    workers: WorkersEach = 1,
    work_limit: WorkLimit = 0,
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
    read = read_sites(folder, processes or processors())
    out = made_folder(out)
    run = SitesRun(Store(out / STORE), asked, where, divisions)
    with working(where, quiet=quiet) as (say, stop):
        solved = run.solve(read, stop, lambda now: say(_told(now)))
    document = sites_document(read, run, solved)
    files = save_sites(document, run, solved, out)
    give_noted(document, files, sites_parts, quiet=quiet, as_json=as_json)
    if code := worst_code(solved, interrupted=run.interrupted, bad=_BAD):
        raise typer.Exit(code)


def _told(run: Progress) -> str:
    """Return how far a run is, in words."""
    words = f"solved {run.solved} of {plural(run.sites, 'site')}"
    if run.failed:
        words += f", {run.failed} failed"
    if run.round > 1:
        words += f", division {run.round} of shared queues"
    return words
