"""The command that builds a roster for what may come: robust."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel
from rich.console import RenderableType

from scheduler.cli.executors import (
    Address,
    ExecutorName,
    Processes,
    executor_of,
    working,
)
from scheduler.cli.exits import ExitCode
from scheduler.cli.output import JsonFlag, QuietFlag, give, made_folder, tell
from scheduler.cli.plans import PlanPath, refuse_plan_folder
from scheduler.cli.rostering import (
    Gap,
    Seed,
    TimeLimit,
    Workers,
    WorkLimit,
    exit_code,
    refuse_start_of,
    wanted,
)
from scheduler.pipeline import prepare_read, read_start
from scheduler.reading import read_plan
from scheduler.report.robust import robust_parts
from scheduler.report.summary import summary
from scheduler.robust.building import Built, Wanted, build
from scheduler.robust.saving import save
from scheduler.whatif.reading import read_samples

_ONLY = "There is no roster for what may come: this is for what is expected alone."


def robust(
    plan: PlanPath,
    samples: Annotated[
        Path,
        typer.Argument(
            metavar="SAMPLES", help="File of scenarios that has [[samples]]."
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            metavar="DIR", help="Folder of the roster; of the one for the mean: mean/."
        ),
    ],
    named: Annotated[
        str | None,
        typer.Option(
            "--samples", metavar="NAME", help="Which samples, if there are several."
        ),
    ] = None,
    unseen: Annotated[
        int, typer.Option(min=2, max=1000, help="Other samples to try both rosters on.")
    ] = 200,
    unseen_seed: Annotated[
        int | None,
        typer.Option(min=0, help="Of those; default: the next of the samples' own."),
    ] = None,
    free_hours: Annotated[
        bool,
        typer.Option(
            "--free-hours",
            help="Let hours cost what they cost: do not hold everybody's hours of each "
            "week at those of the roster for the mean.",
        ),
    ] = False,
    engine: Annotated[str, typer.Option(help="auto, columns or cpsat.")] = "auto",
    time_limit: TimeLimit = 120.0,
    gap: Gap = 0.01,
    seed: Seed = 0,
    workers: Workers = 0,
    work_limit: WorkLimit = 0,
    start: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="ROSTER_DIR",
            help="The roster for the mean, if it is whole and legal; else its start.",
        ),
    ] = None,
    processes: Processes = 0,
    executor: ExecutorName = "processes",
    address: Address = None,
    quiet: QuietFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Build shifts that do well whatever comes, and try them on samples unseen."""
    asked = wanted(engine, time_limit, gap, seed, workers, work_limit)
    refuse_start_of(engine)
    refuse_plan_folder(out, plan)
    where = executor_of(executor, address, processes, 1)
    read = read_plan(plan)
    drawn = read_samples(samples, read.plan, named)
    other = drawn.seed + 1 if unseen_seed is None else unseen_seed
    if other == drawn.seed:
        message = f"must differ from the samples' own, {drawn.seed}"
        raise typer.BadParameter(message, param_hint="--unseen-seed")
    prepared = prepare_read(read)
    if start is not None:
        asked = replace(asked, start=read_start(prepared, start))
    if not quiet:
        tell(prepared.plea.notes)
    with working(where, quiet=quiet) as (say, stop):
        built = build(
            prepared,
            asked,
            Wanted(drawn, unseen, other, holds=not free_hours),
            where,
            say,
            stop,
        )
    files, notes = save(built, made_folder(out))
    if not quiet:
        tell(notes)
    if as_json or not quiet:
        found, shown = _answer(built, files)
        give(found.model_dump(mode="json"), as_json=as_json, shown=shown)
    if code := _exit_code(built, interrupted=stop.is_set()):
        raise typer.Exit(code)


def _answer(
    built: Built, files: list[Path]
) -> tuple[BaseModel, Callable[[], Iterable[RenderableType]]]:
    """Return the document and what people read; without both, that of the mean."""
    document, mean = built.document, built.mean.document
    if document is not None:
        return document, lambda: robust_parts(document, list(map(str, files)))
    return mean, lambda: (*summary(mean, files), "", _ONLY)


def _exit_code(built: Built, *, interrupted: bool) -> int:
    """Return what the process should leave with."""
    if built.robust is not None:
        return exit_code(built.robust)
    if code := exit_code(built.mean):
        return code
    return ExitCode.INTERRUPTED if interrupted else ExitCode.NO_ROSTER_IN_TIME
