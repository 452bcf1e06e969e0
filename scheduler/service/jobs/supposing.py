"""Scenarios of a plan in a process of their own, one after the other."""

import json
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

from models.roster.result import Limits
from scheduler.executing.here import Here
from scheduler.pipeline import Asked
from scheduler.reading import read_plan_text
from scheduler.report.page.scenarios import scenarios_text
from scheduler.service.jobs.records import JobStatus
from scheduler.service.jobs.told import Told
from scheduler.service.jobs.work import Work
from scheduler.service.store.blobs import Blob
from scheduler.whatif.document import WhatIfDocument
from scheduler.whatif.reading import scenarios_in
from scheduler.whatif.recording import record
from scheduler.whatif.running import Progress, Run
from scheduler.whatif.saving import DOCUMENT_FILE, PAGE_FILE, TABLE_FILE, table_text
from scheduler.whatif.stored import Store

SCENARIOS = "scenarios.json"


def suppose(work: Work, told: Told, stop: threading.Event) -> None:
    """Solve the scenarios; what stands side by side is told, and no single roster."""
    with told.phase("validate", JobStatus.VALIDATING, work):
        read = read_plan_text(work.plan.decode())
        made = scenarios_in(json.loads(work.scenarios), read.plan, SCENARIOS)
    options = work.options
    limits = Limits(
        options.seconds / len(made), options.gap, options.seed, options.workers
    )

    def watch(run: Progress) -> None:
        failed = f", {run.failed} failed" if run.failed else ""
        told.tell("log", line=f"solved {run.solved} of {run.to_solve}{failed}")

    with (
        told.phase("solve", JobStatus.SOLVING, work),
        TemporaryDirectory(prefix="ringfence-whatif-") as folder,
    ):
        run = Run(Store(Path(folder)), Asked(options.engine, limits), Here())
        solved = run.solve(made, stop, watch)
    told.tell("status", status=JobStatus.CHECKING)
    document = without_folders(record(read.plan, run, solved, read.notes))
    texts = {
        DOCUMENT_FILE: document.model_dump_json(indent=2) + "\n",
        TABLE_FILE: table_text(document),
        PAGE_FILE: scenarios_text(document),
    }
    for name, text in texts.items():
        told.send(name, Blob.of(text.encode()))
    answer = solved[0].answer
    base = None if answer is None else answer.result
    ended = "stopped" if stop.is_set() or base is None else base.stop_reason
    told.tell(
        "end",
        status="unknown" if base is None else base.status,
        stop_reason=ended,
        objective=None if base is None else base.objective,
        bound=None if base is None else base.bound,
        gap=None if base is None else base.gap,
    )


def without_folders(document: WhatIfDocument) -> WhatIfDocument:
    """Return a document whose rosters are not kept."""
    bare = [one.model_copy(update={"folder": None}) for one in document.scenarios]
    return document.model_copy(update={"scenarios": bare})
