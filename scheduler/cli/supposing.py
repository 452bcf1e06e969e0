"""The command that solves a plan in many ways: whatif."""

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
from scheduler.cli.plans import PlanPath
from scheduler.cli.rostering import Seed, TimeLimit, refuse_start_of, wanted
from scheduler.domain import Plan
from scheduler.pipeline import TABLE_FILES, prepare_made, read_start
from scheduler.reading import read_plan
from scheduler.report.page.scenarios import scenarios_text
from scheduler.report.whatif import whatif_parts
from scheduler.report.words import plural
from scheduler.whatif.reading import read_scenarios
from scheduler.whatif.recording import record
from scheduler.whatif.running import Progress, Run, Solved
from scheduler.whatif.saving import STORE, save
from scheduler.whatif.stored import Store


def whatif(
    plan: PlanPath,
    scenarios: Annotated[
        Path, typer.Argument(metavar="SCENARIOS", help="scenarios.toml, or .json.")
    ],
    out: Annotated[
        Path,
        typer.Option(
            metavar="DIR",
            help="Folder of the table, the page, and each scenario's roster.",
        ),
    ],
    engine: Annotated[str, typer.Option(help="auto, columns, cpsat or milp.")] = "auto",
    time_limit: TimeLimit = 60.0,
    gap: Annotated[
        float, typer.Option(help="Stop when (objective - bound) / bound is this.")
    ] = 0.01,
    seed: Seed = 0,
    workers: Annotated[
        int, typer.Option(min=1, help="Threads of each scenario; 1: repeatable.")
    ] = 1,
    work_limit: Annotated[
        int,
        typer.Option(
            min=0, help="Stop after so many steps of columns, whatever time they take."
        ),
    ] = 0,
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
    if out.resolve() == plan.resolve():
        raise typer.BadParameter("is the plan's own folder", param_hint="--out")
    where = executor_of(executor, address, processes, workers)
    read = read_plan(plan)
    made = read_scenarios(scenarios, read.plan)
    texts = _start(start, engine, read.plan) if start is not None else {}
    folder = made_folder(out)
    store = Store(folder / STORE)
    run = Run(store, asked, where, texts)
    with _shown(quiet=quiet) as (watch, stop):
        solved = run.solve(made, stop, watch)
    notes = [*read.notes, *store.notes]
    document = record(read.plan, run, solved, notes)
    files = save(document, solved, scenarios_text(document), folder)
    if not quiet:
        tell(document.notes)
    if as_json or not quiet:
        give(
            document.model_dump(mode="json"),
            as_json=as_json,
            shown=lambda: whatif_parts(document, list(map(str, files))),
        )
    if code := _exit_code(run, solved):
        raise typer.Exit(code)


def _start(folder: Path, engine: str, plan: Plan) -> dict[str, str]:
    """Return the files of a roster to start from, which can be read."""
    refuse_start_of(engine)
    read_start(prepare_made(plan), folder)
    paths = (folder / name for name in TABLE_FILES[:2])
    return {path.name: path.read_text("utf-8") for path in paths if path.exists()}


@contextmanager
def _shown(
    *, quiet: bool
) -> Iterator[tuple[Callable[[Progress], None], threading.Event]]:
    """Show how far a run is on standard error; hand out what Ctrl-C sets."""
    console = asides(quiet=quiet)
    with console.status("reading") as status, stop_on_interrupt() as stop:

        def watch(run: Progress) -> None:
            words = f"solved {run.solved} of {plural(run.to_solve, 'scenario')}"
            if run.known:
                words += f", {run.known} known before"
            if run.failed:
                words += f", {run.failed} failed"
            status.update(words)

        yield watch, stop


def _exit_code(run: Run, solved: Sequence[Solved]) -> int:
    """Return what the process should leave with: the worst of all scenarios."""
    states = {one.answer.result.status for one in solved if one.answer is not None}
    if any(one.error for one in solved):
        return ExitCode.INTERNAL_ERROR
    if run.interrupted and any(one.answer is None for one in solved):
        return ExitCode.INTERRUPTED
    if "illegal" in states:
        return ExitCode.ILLEGAL
    if "unknown" in states:
        return ExitCode.NO_ROSTER_IN_TIME
    return ExitCode.DONE
