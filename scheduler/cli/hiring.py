"""The command that finds whom to hire: hire."""

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
)
from scheduler.cli.exits import ExitCode
from scheduler.cli.output import JsonFlag, QuietFlag, give_noted, made_folder
from scheduler.cli.plans import PlanPath, refuse_plan_folder
from scheduler.cli.rostering import (
    EngineName,
    Gap,
    Seed,
    WorkLimit,
    wanted,
)
from scheduler.hiring.answers import Answers
from scheduler.hiring.reading import read_hires
from scheduler.hiring.recording import hire_document
from scheduler.hiring.running import HireRun
from scheduler.hiring.saving import save
from scheduler.reading import read_plan
from scheduler.report.hire import hire_parts
from scheduler.report.page.many import HIRES
from scheduler.whatif.saving import STORE
from scheduler.whatif.stored import Store


def hire(
    plan: PlanPath,
    hires: Annotated[
        Path, typer.Argument(metavar="HIRES", help="hires.toml, or .json.")
    ],
    out: ManyOut,
    engine: EngineName = "auto",
    time_limit: TimeLimitEach = 60.0,
    gap: Gap = 0.01,
    seed: Seed = 0,
    workers: WorkersEach = 1,
    work_limit: WorkLimit = 0,
    mixes: Annotated[
        int, typer.Option(min=1, help="Most mixes whose rosters are looked for.")
    ] = 25,
    processes: Processes = 0,
    executor: ExecutorName = "processes",
    address: Address = None,
    quiet: QuietFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Find how many of whom to hire, so that weeks are met at least cost."""
    asked = wanted(engine, time_limit, gap, seed, workers, work_limit)
    refuse_plan_folder(out, plan)
    where = executor_of(executor, address, processes, workers)
    read = read_plan(plan)
    found = read_hires(hires, read.plan)
    folder = made_folder(out)
    run = HireRun(found, Answers(Store(folder / STORE), where), asked, mixes)
    with working(where, quiet=quiet) as (say, stop):
        run.search(stop, say)
    document = hire_document(run, read.notes)
    files = save(document, run, HIRES.text(document), folder)
    give_noted(document, files, hire_parts, quiet=quiet, as_json=as_json)
    if code := _code(run, document.status):
        raise typer.Exit(code)


def _code(run: HireRun, status: str) -> ExitCode:
    """Return what to leave with: infeasible, no mix in time and an error are apart."""
    if status in ("optimal", "feasible"):
        return ExitCode.DONE
    if status == "unknown" and run.interrupted:
        return ExitCode.INTERRUPTED
    return {
        "failed": ExitCode.INTERNAL_ERROR,
        "infeasible": ExitCode.INFEASIBLE,
    }.get(status, ExitCode.NO_ROSTER_IN_TIME)
