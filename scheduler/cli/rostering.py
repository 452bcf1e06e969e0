"""The command that builds a roster."""

import math
import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from models.errors import InvalidInput
from models.roster.result import Limits
from models.roster.solve import (
    engine_named,
    refuse_helpers,
    refuse_near,
    refuse_start,
)
from models.roster.track import Watch
from scheduler.cli.executors import Address, ExecutorName, executor_of
from scheduler.cli.exits import ExitCode
from scheduler.cli.interrupt import stop_on_interrupt
from scheduler.cli.output import JsonFlag, QuietFlag, asides, give, made_folder, tell
from scheduler.cli.plans import PlanPath, refuse_plan_folder
from scheduler.pipeline import (
    Asked,
    Outcome,
    Prepared,
    build,
    prepare,
    read_start,
    save,
)
from scheduler.report.page.content import page_document
from scheduler.report.page.render import page_text
from scheduler.report.page.sources import sources_of
from scheduler.report.progress import Watcher
from scheduler.report.summary import summary
from scheduler.simulating import SimulateDocument, Wanted
from scheduler.simulating.verify import verify

MOST_WORKERS = 8

TimeLimit = Annotated[float, typer.Option(metavar="SECONDS", help="Time for the run.")]
EngineName = Annotated[str, typer.Option(help="auto, columns, cpsat or milp.")]
WorkLimit = Annotated[
    int,
    typer.Option(
        min=0, help="Stop a search after so many steps of columns, in whatever time."
    ),
]
Gap = Annotated[
    float,
    typer.Option(help="Stop a search when (objective - bound) / bound is this."),
]
Seed = Annotated[int, typer.Option(min=0, help="Of the search.")]
Workers = Annotated[
    int,
    typer.Option(
        min=0, help="Threads; 1 makes a run repeatable; 0: one per processor."
    ),
]


def roster(
    plan: PlanPath,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder of the roster.")],
    engine: EngineName = "auto",
    time_limit: TimeLimit = 60.0,
    gap: Gap = 0.01,
    seed: Seed = 0,
    workers: Workers = 0,
    work_limit: WorkLimit = 0,
    start: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="ROSTER_DIR",
            help="Start from this roster, made by hand (also a wide sheet) "
            "or by an earlier run.",
        ),
    ] = None,
    near: Annotated[
        bool,
        typer.Option(
            "--near",
            help="With --from: stay near it. Weeks that it lacks are made, others "
            "change only where that saves half a paid hour a person.",
        ),
    ] = False,
    verified: Annotated[
        bool,
        typer.Option(
            "--verify",
            help="Simulate the roster, ask for more where it falls short and solve "
            "again, up to three times; keep the better one.",
        ),
    ] = False,
    helpers: Annotated[
        int,
        typer.Option(
            min=0,
            help="Processes of their own for large plans: they price groups of agents, "
            "of hundreds of kinds of them, or solve parts where engine cpsat does so.",
        ),
    ] = 0,
    executor: ExecutorName = "processes",
    address: Address = None,
    no_report: Annotated[
        bool, typer.Option("--no-report", help="Write no report.html.")
    ] = False,
    quiet: QuietFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Build a roster: calls covered, case time ring-fenced, deadlines met."""
    asked = wanted(engine, time_limit, gap, seed, workers, work_limit)
    if helpers or executor != "processes" or address is not None:
        refuse_helpers_of(engine)
        asked = replace(asked, opener=executor_of(executor, address, helpers).helpers)
    if near:
        refuse_near_of(engine, start)
        asked = replace(asked, limits=replace(asked.limits, near=True))
    refuse_plan_folder(out, plan)
    if start is not None:
        refuse_start_of(engine)
    prepared = prepare(plan)
    if start is not None:
        asked = replace(asked, start=read_start(prepared, start))
    roster_to(
        prepared,
        asked,
        out,
        quiet=quiet,
        as_json=as_json,
        verified=verified,
        with_report=not no_report,
    )


def wanted(
    engine: str,
    time_limit: float,
    gap: float,
    seed: int,
    workers: int,
    work_limit: int = 0,
) -> Asked:
    """Return what is asked of the engine; refuse what cannot be."""
    if not (math.isfinite(time_limit) and time_limit > 0):
        _refuse(f"must be > 0 seconds, got {time_limit}", "--time-limit")
    if not (math.isfinite(gap) and gap >= 0):
        _refuse(f"must be >= 0, got {gap}", "--gap")
    try:
        engine_named(engine)
    except InvalidInput as error:
        raise typer.BadParameter(str(error), param_hint="--engine") from error
    if work_limit and engine_named(engine) != "columns":
        _refuse(f"engine {engine} has none, columns has", "--work-limit")
    threads = workers or min(os.cpu_count() or 1, MOST_WORKERS)
    return Asked(engine, Limits(time_limit, gap, seed, threads, work_limit))


def refuse_start_of(engine: str) -> None:
    """Refuse an engine that cannot start from a roster."""
    try:
        refuse_start(engine_named(engine))
    except InvalidInput as error:
        raise typer.BadParameter(str(error), param_hint="--from") from error


def refuse_near_of(engine: str, start: Path | None) -> None:
    """Refuse to stay near nothing, and an engine that cannot stay near a roster."""
    if start is None:
        raise typer.BadParameter("goes with --from", param_hint="--near")
    try:
        refuse_near(engine_named(engine))
    except InvalidInput as error:
        raise typer.BadParameter(str(error), param_hint="--near") from error


def refuse_helpers_of(engine: str) -> None:
    """Refuse an engine that asks no helpers."""
    try:
        refuse_helpers(engine_named(engine))
    except InvalidInput as error:
        raise typer.BadParameter(str(error), param_hint="--helpers") from error


def _refuse(message: str, option: str) -> None:
    raise typer.BadParameter(message, param_hint=option)


def roster_to(
    prepared: Prepared,
    asked: Asked,
    out: Path,
    *,
    quiet: bool,
    as_json: bool,
    verified: bool = False,
    with_report: bool = True,
) -> None:
    """Solve, write, show; leave with the exit code that fits."""
    made_folder(out)
    if not quiet:
        tell([*prepared.plea.notes, *(asked.start.notes if asked.start else ())])
    outcome, simulated = _watched(prepared, asked, quiet=quiet, verified=verified)
    text = None
    if simulated is not None:
        text = simulated.model_dump_json(indent=2) + "\n"
    page = _page(outcome, simulated) if with_report else None
    saved = save(outcome, out, text, page)
    if as_json or not quiet:
        give(
            saved.document.model_dump(mode="json"),
            as_json=as_json,
            shown=lambda: summary(saved.document, saved.files),
        )
    if not quiet:
        tell([*saved.notes, *_unasked(asked, outcome)])
    if code := exit_code(outcome):
        raise typer.Exit(code)


def _unasked(asked: Asked, outcome: Outcome) -> list[str]:
    """Return a note where helpers had nothing to do."""
    if asked.opener is None or outcome.result.helpers:
        return []
    why = (
        "columns asks them for plans of many hundred different agents, without people "
        "wanted on shifts or cases between calls"
    )
    if engine_named(asked.engine) == "cpsat":
        why = "cpsat solves a plan of this size as a whole; it asks for parts of larger"
    return [f"no helper was asked: {why}"]


def _watched(
    prepared: Prepared, asked: Asked, *, quiet: bool, verified: bool
) -> tuple[Outcome, SimulateDocument | None]:
    """Build the roster with progress on standard error; simulate it if asked."""
    with watched(quiet=quiet) as (watch, stop):
        outcome = build(prepared, asked, watch, stop)
        if not verified:
            return outcome, None
        workers = max(1, asked.limits.workers)
        wanted = Wanted(seed=asked.limits.seed, workers=workers)
        found = verify(outcome, asked, wanted, watch, stop)
        return (outcome, None) if found is None else (found.outcome, found.simulated)


def _page(outcome: Outcome, simulated: SimulateDocument | None) -> str | None:
    """Return the page of a roster; ``None`` without one.

    A page that fails is a note: what was found in minutes of search is kept.
    """
    roster, seen = outcome.result.roster, outcome.outlook
    if roster is None or seen is None:
        return None
    try:
        sources = sources_of(
            outcome.prepared, roster, seen, outcome.document, simulated
        )
        return page_text(page_document(sources))
    except Exception as error:
        tell([f"no report.html: {error!r}; ringfence report tries again"])
        return None


@contextmanager
def watched(*, quiet: bool) -> Iterator[tuple[Watch | None, threading.Event]]:
    """Show progress on standard error; hand out the event that Ctrl-C sets."""
    with ExitStack() as stack:
        watch = None
        if not quiet:
            watch = stack.enter_context(Watcher(asides()).shown())
        yield watch, stack.enter_context(stop_on_interrupt())


def exit_code(outcome: Outcome) -> int:
    """Return what the process should leave with."""
    if outcome.gave_up:
        return ExitCode.INTERRUPTED
    return {
        "illegal": ExitCode.ILLEGAL,
        "infeasible": ExitCode.INFEASIBLE,
        "unknown": ExitCode.NO_ROSTER_IN_TIME,
    }.get(outcome.document.status, ExitCode.DONE)
