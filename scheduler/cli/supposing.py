"""The command that solves a plan in many ways: whatif."""

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
from scheduler.cli.plans import PlanPath, refuse_plan_folder
from scheduler.cli.rostering import (
    EngineName,
    Gap,
    Seed,
    WorkLimit,
    refuse_start_of,
    wanted,
)
from scheduler.domain import Plan
from scheduler.pipeline import TABLE_FILES, prepare_made, read_start
from scheduler.reading import read_plan
from scheduler.report.page.many import SCENARIOS
from scheduler.report.whatif import whatif_parts
from scheduler.report.words import plural
from scheduler.whatif.reading import read_scenarios
from scheduler.whatif.recording import record
from scheduler.whatif.running import Progress, Run
from scheduler.whatif.saving import STORE, save
from scheduler.whatif.stored import Store

_BAD = {"illegal": ExitCode.ILLEGAL, "unknown": ExitCode.NO_ROSTER_IN_TIME}


def whatif(
    plan: PlanPath,
    scenarios: Annotated[
        Path, typer.Argument(metavar="SCENARIOS", help="scenarios.toml, or .json.")
    ],
    out: ManyOut,
    engine: EngineName = "auto",
    time_limit: TimeLimitEach = 60.0,
    gap: Gap = 0.01,
    seed: Seed = 0,
    workers: WorkersEach = 1,
    work_limit: WorkLimit = 0,
    start: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="ROSTER_DIR",
            help="Start every scenario from this roster of the plan.",
        ),
    ] = None,
    processes: Processes = 0,
    executor: ExecutorName = "processes",
    address: Address = None,
    quiet: QuietFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Solve scenarios of a plan, and put what comes of them side by side."""
    asked = wanted(engine, time_limit, gap, seed, workers, work_limit)
    refuse_plan_folder(out, plan)
    where = executor_of(executor, address, processes, workers)
    read = read_plan(plan)
    made = read_scenarios(scenarios, read.plan)
    texts = _start(start, engine, read.plan) if start is not None else {}
    folder = made_folder(out)
    store = Store(folder / STORE)
    run = Run(store, asked, where, texts)
    with working(where, quiet=quiet) as (say, stop):
        solved = run.solve(made, stop, lambda now: say(_told(now)))
    notes = [*read.notes, *store.notes]
    document = record(read.plan, run, solved, notes)
    files = save(document, solved, SCENARIOS.text(document), folder)
    give_noted(document, files, whatif_parts, quiet=quiet, as_json=as_json)
    if code := worst_code(solved, interrupted=run.interrupted, bad=_BAD):
        raise typer.Exit(code)


def _start(folder: Path, engine: str, plan: Plan) -> dict[str, str]:
    """Return the files of a roster to start from, which can be read."""
    refuse_start_of(engine)
    read_start(prepare_made(plan), folder)
    paths = (folder / name for name in TABLE_FILES[:2])
    return {path.name: path.read_text("utf-8") for path in paths if path.exists()}


def _told(run: Progress) -> str:
    """Return how far a run is, in words."""
    words = f"solved {run.solved} of {plural(run.to_solve, 'scenario')}"
    if run.known:
        words += f", {run.known} known before"
    if run.failed:
        words += f", {run.failed} failed"
    return words
