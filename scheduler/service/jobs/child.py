"""A job in a process of its own: from the plan's text to the texts of its files.

It speaks to who started it in messages of JSON; a file's content follows its message.
It knows no database, and ends with the process that it was forked from.
"""

import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import Any

from models.errors import InvalidInput, PlanError
from models.roster.result import Limits
from models.roster.solve import STARTING, engine_named, solve
from scheduler.pipeline import (
    Asked,
    Outcome,
    Prepared,
    StartRead,
    judged_outcome,
    prepare_read,
    searching,
    texts_of,
)
from scheduler.reading import read_plan_text
from scheduler.report.page.content import page_document
from scheduler.report.page.render import page_text
from scheduler.report.page.sources import sources_of
from scheduler.rosters.so_far import so_far
from scheduler.service.jobs.death import die_with_parent
from scheduler.service.jobs.hiring import hire
from scheduler.service.jobs.records import JobStatus, Options
from scheduler.service.jobs.starting import start_of
from scheduler.service.jobs.supposing import suppose
from scheduler.service.jobs.told import Told, Watching
from scheduler.service.jobs.work import Work
from scheduler.service.tracing import flush, set_up_tracing
from scheduler.simulating import SimulateDocument, Wanted
from scheduler.simulating.verify import verify

_LEAST_SECONDS = 0.5  # for the search, however long the plan took to read


def run(talk: Connection, errors: Connection, work: Work) -> None:
    """Do the work; what it comes to is told. ``errors`` takes what libraries print."""
    # If it is gone before this, the first message finds nobody to hear it.
    die_with_parent(signal.SIGKILL)
    os.setsid()
    for stream in (1, 2):
        os.dup2(errors.fileno(), stream)
    if work.trace:
        set_up_tracing()
    _limit(work.memory_mb)
    stop = threading.Event()

    def stopped(signum: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, stopped)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    told = Told(talk)
    try:
        _RUNS[work.kind](work, told, stop)
    except PlanError as error:
        told.tell("invalid", problems=[_as_dict(each) for each in error.problems])
    except InvalidInput as error:
        told.tell("invalid", problems=[{"expected": str(error)}])
    except MemoryError:
        told.tell("memory")
    except Exception as error:
        # What the error says may be about people: it is kept with the job, not logged.
        told.tell("crash", error=f"{type(error).__name__}: {error}")
    finally:
        flush()


def _solve(work: Work, told: Told, stop: threading.Event) -> None:
    since = time.monotonic()
    with told.phase("validate", JobStatus.VALIDATING, work):
        read = read_plan_text(work.plan.decode())
    with told.phase("build", JobStatus.BUILDING, work):
        prepared = prepare_read(read)
        for note in prepared.plea.notes:
            told.tell("log", line=note)
        can_start = engine_named(work.options.engine) in STARTING
        start = start_of(work.beside, prepared) if can_start else None
        for note in () if start is None else start.notes:
            told.tell("log", line=note)
        asked = _asked(work.options, time.monotonic() - since, start)
        limits = searching(prepared.problem, asked.limits)
    with told.phase("solve", JobStatus.SOLVING, work):
        watching = Watching(told, partial(so_far, prepared.translation))
        found = solve(
            prepared.problem,
            asked.engine,
            limits,
            watching.progress,
            stop,
            None if start is None else start.roster,
        )
        watching.tell_held()
    with told.phase("check", JobStatus.CHECKING, work):
        outcome = judged_outcome(prepared, asked, found)
    simulated = None
    if work.options.verify:
        outcome, simulated = _verified(outcome, asked, Watching(told), stop)
    page = _page(prepared, outcome, simulated, told) if work.options.report else None
    text = None if simulated is None else simulated.model_dump_json(indent=2) + "\n"
    told.send_texts(texts_of(outcome, text, page))
    document = outcome.document
    told.tell(
        "end",
        status=document.status,
        stop_reason=document.stop_reason,
        objective=document.objective,
        bound=document.bound,
        gap=document.gap,
    )


def _asked(options: Options, seconds: float, start: StartRead | None) -> Asked:
    """Return what is asked of the engine, of the time that is left of it."""
    left = max(_LEAST_SECONDS, options.seconds - seconds)
    limits = Limits(left, options.gap, options.seed, options.workers, near=options.near)
    return Asked(options.engine, limits, start)


def _verified(
    outcome: Outcome, asked: Asked, watching: Watching, stop: threading.Event
) -> tuple[Outcome, SimulateDocument | None]:
    wanted = Wanted(seed=asked.limits.seed, workers=asked.limits.workers)
    found = verify(outcome, asked, wanted, watching.progress, stop)
    watching.tell_held()
    if found is None:
        return outcome, None
    return found.outcome, found.simulated


def _page(
    prepared: Prepared,
    outcome: Outcome,
    simulated: SimulateDocument | None,
    told: Told,
) -> str | None:
    """Return the page of a roster; one that fails does not lose the roster."""
    roster, seen = outcome.result.roster, outcome.outlook
    if roster is None or seen is None:
        return None
    try:
        sources = sources_of(prepared, roster, seen, outcome.document, simulated)
        return page_text(page_document(sources))
    except Exception as error:
        told.tell("log", line=f"no report.html: {type(error).__name__}")
        return None


def _limit(memory_mb: int) -> None:
    """Allow so much memory more than there is, and no image of it on disk.

    What counts is memory that can be written to, not address space: libraries reserve
    much of that for each thread.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        most = _data_bytes() + memory_mb * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _data_bytes() -> int:
    """Return how much memory this process can write to."""
    pages = int(Path("/proc/self/statm").read_text().split()[5])
    return pages * resource.getpagesize()


_RUNS: Mapping[str, Callable[[Work, Told, threading.Event], None]] = {
    "roster": _solve,
    "whatif": suppose,
    "hire": hire,
}


def _as_dict(problem: object) -> Mapping[str, Any]:
    as_dict = getattr(problem, "as_dict", None)
    return as_dict() if as_dict else {"expected": str(problem)}
