"""Scenarios of a plan in a process of their own, one after the other."""

import json
import threading

from models.roster.result import Limits
from scheduler.executing.here import Here
from scheduler.pipeline import Asked
from scheduler.reading import read_plan_text
from scheduler.report.page.many import SCENARIOS
from scheduler.rosters.document import RosterResult
from scheduler.service.jobs.records import BESIDE, JobStatus
from scheduler.service.jobs.told import Told
from scheduler.service.jobs.work import Work
from scheduler.whatif.document import (
    DOCUMENT_FILE,
    PAGE_FILE,
    TABLE_FILE,
    WhatIfDocument,
)
from scheduler.whatif.reading import scenarios_in
from scheduler.whatif.recording import record
from scheduler.whatif.running import Progress, Run
from scheduler.whatif.saving import table_text


def suppose(work: Work, told: Told, stop: threading.Event) -> None:
    """Solve the scenarios; what stands side by side is told, and no single roster."""
    with told.phase("validate", JobStatus.VALIDATING, work):
        read = read_plan_text(work.plan.decode())
        made = scenarios_in(json.loads(work.beside), read.plan, BESIDE[work.kind])
    options = work.options
    limits = Limits(
        options.seconds / len(made), options.gap, options.seed, options.workers
    )

    def watch(run: Progress) -> None:
        failed = f", {run.failed} failed" if run.failed else ""
        told.tell("log", line=f"solved {run.solved} of {run.to_solve}{failed}")

    # Nothing is put on the disk: who is killed would leave it there.
    with told.phase("solve", JobStatus.SOLVING, work):
        run = Run(None, Asked(options.engine, limits), Here())
        solved = run.solve(made, stop, watch)
    with told.phase("check", JobStatus.CHECKING, work):
        document = without_folders(record(read.plan, run, solved, read.notes))
        texts = {
            DOCUMENT_FILE: document.model_dump_json(indent=2) + "\n",
            TABLE_FILE: table_text(document),
            PAGE_FILE: SCENARIOS.text(document),
        }
    told.send_texts(texts)
    answer = solved[0].answer
    base = None if answer is None else answer.result
    told.tell(
        "end",
        status="unknown" if base is None else base.status,
        stop_reason=_stop_reason(base, stop),
        objective=None if base is None else base.objective,
        bound=None if base is None else base.bound,
        gap=None if base is None else base.gap,
    )


def _stop_reason(base: RosterResult | None, stop: threading.Event) -> str:
    """Return why the job has ended; that of the plan as it is, unless it was told to.

    If that failed the job did not: the others stand side by side.
    """
    if stop.is_set():
        return "stopped"
    return "crash" if base is None else base.stop_reason


def without_folders(document: WhatIfDocument) -> WhatIfDocument:
    """Return a document whose rosters are not kept."""
    bare = [one.model_copy(update={"folder": None}) for one in document.scenarios]
    return document.model_copy(update={"scenarios": bare})
