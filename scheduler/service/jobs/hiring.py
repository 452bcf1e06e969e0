"""A hiring plan in a process of its own: mixes one after the other."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from models.roster.result import Limits
from scheduler.executing.here import Here
from scheduler.hiring.answers import Answers
from scheduler.hiring.document import DOCUMENT_FILE, PAGE_FILE, TABLE_FILE, HireDocument
from scheduler.hiring.reading import hires_in
from scheduler.hiring.recording import hire_document
from scheduler.hiring.running import HireRun
from scheduler.hiring.saving import table_text
from scheduler.pipeline import Asked
from scheduler.reading import read_plan_text
from scheduler.report.page.many import HIRES
from scheduler.service.jobs.records import BESIDE, JobStatus
from scheduler.service.jobs.told import Told
from scheduler.service.jobs.work import Work


def hire(work: Work, told: Told, stop: threading.Event) -> None:
    """Find whom to hire; the plan of hires is told, and no roster of its weeks."""
    with told.phase("validate", JobStatus.VALIDATING, work):
        read = read_plan_text(work.plan.decode())
        hiring = hires_in(json.loads(work.beside), read.plan, BESIDE[work.kind])
    options = work.options
    limits = Limits(options.each, options.gap, options.seed, options.workers)
    # Nothing is put on the disk: who is killed would leave it there.
    asked, nothing = Asked(options.engine, limits), Answers(None, Here())
    run = HireRun(hiring, nothing, asked, options.mixes)
    since = time.monotonic()

    def watch(words: str) -> None:
        told.tell("log", line=words)
        if run.best is not None:
            told.tell(
                "incumbent",
                phase="mixes",
                seconds=round(time.monotonic() - since, 3),
                objective=run.best.cost,
                bound=run.bound,
                gap=run.gap,
            )

    with (
        told.phase("solve", JobStatus.SOLVING, work),
        _stopped_after(options.seconds, stop) as overdue,
    ):
        run.search(stop, watch)
    with told.phase("check", JobStatus.CHECKING, work):
        document = _without_folders(hire_document(run, read.notes))
        texts = {
            DOCUMENT_FILE: document.model_dump_json(indent=2) + "\n",
            TABLE_FILE: table_text(document),
            PAGE_FILE: HIRES.text(document),
        }
    told.send_texts(texts)
    told.tell(
        "end",
        status="unknown" if document.status == "failed" else document.status,
        stop_reason=_stop_reason(document, overdue),
        objective=document.cost,
        bound=document.bound,
        gap=document.gap,
    )


@contextmanager
def _stopped_after(seconds: float, stop: threading.Event) -> Iterator[threading.Event]:
    """Stop a search after some time; hand out what says that this was why."""
    overdue = threading.Event()

    def end() -> None:
        overdue.set()
        stop.set()

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield overdue
    finally:
        timer.cancel()


def _stop_reason(found: HireDocument, overdue: threading.Event) -> str:
    """Return why the search has ended."""
    if found.status in ("optimal", "infeasible"):
        return found.status
    if found.status == "failed":
        return "crash"
    if found.interrupted:
        return "time_limit" if overdue.is_set() else "stopped"
    near = found.gap is not None and found.gap <= found.asked_gap
    return "gap" if near else "work_limit"


def _without_folders(document: HireDocument) -> HireDocument:
    """Return a document whose rosters are not kept."""
    bare = [one.model_copy(update={"folder": None}) for one in document.weeks]
    return document.model_copy(update={"weeks": bare})
